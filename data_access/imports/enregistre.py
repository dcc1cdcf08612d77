"""What the database already holds for the PLIE of a workbook, read once a sheet."""

from collections.abc import Collection

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import current_version
from data_access.classeur.conversion import Cle, Valeurs, key_getter
from data_access.classeur.effacements import Effacements
from data_access.format import feuille
from data_access.imports.qualite import Identite, open_identities
from data_access.imports.transaction import FeuilleDUnPlie

LigneEnregistree = tuple[int, Valeurs]
"""Row number in the table, and the workbook's columns in the order of the format."""


class Enregistre:
    """Stored rows, restricted to the PLIE given to `limit_to`; nothing is read before it is asked for."""

    def __init__(self, base: sa.Connection) -> None:
        self._base = base
        # Read first: if another import comes in between, `apply_import` sees that the version has moved.
        self.version = current_version(base)
        self.codes_plie = set(base.execute(sa.select(t.plie.c.code_plie)).scalars())
        self._codes: list[str] = []
        self._lignes: dict[str, list[LigneEnregistree]] = {}

    def limit_to(self, codes_plie: Collection[str]) -> None:
        """Look only at these PLIE from now on."""
        self._codes = sorted(set(codes_plie) & self.codes_plie)
        self._lignes.clear()

    def rows(self, nom: str) -> list[LigneEnregistree]:
        """The stored rows of sheet `nom`."""
        if nom not in self._lignes:
            self._lignes[nom] = self._read(nom) if self._codes else []
        return self._lignes[nom]

    def keyed(self, nom: str) -> dict[Cle, LigneEnregistree]:
        """The stored rows of a sheet that has a key, by key."""
        cle_de = key_getter(feuille(nom))
        return {cle_de(valeurs): (numero, valeurs) for numero, valeurs in self.rows(nom)}

    def loaded_sheets(self) -> set[tuple[str, str]]:
        """(code_plie, table) of the sheets ever given for these PLIE."""
        f = t.feuilles_chargees.c
        return {
            tuple(r)
            for r in self._base.execute(sa.select(f.code_plie, f.nom_table).where(f.code_plie.in_(self._codes)))
        }

    def erased(self) -> Effacements:
        """The numbers of these PLIE that were erased."""
        return Effacements(self._base, self._codes)

    def count_parcours(self, codes_plie: Collection[str]) -> dict[str, int]:
        """How many parcours each of these PLIE has."""
        p = t.parcours.c
        requete = sa.select(p.code_plie, sa.func.count()).where(p.code_plie.in_(codes_plie)).group_by(p.code_plie)
        return {code: nombre for code, nombre in self._base.execute(requete)}

    def open_anomalies(self, feuilles: Collection[FeuilleDUnPlie]) -> set[Identite]:
        """The anomalies found when these sheets were given last."""
        return open_identities(self._base, feuilles)

    def _read(self, nom: str) -> list[LigneEnregistree]:
        table = t.TABLES[feuille(nom).table]
        colonnes = [table.c[colonne] for colonne in t.workbook_columns(table)]
        requete = sa.select(table.c.id, *colonnes).where(table.c.code_plie.in_(self._codes)).order_by(table.c.id)
        return [(ligne[0], tuple(ligne[1:])) for ligne in self._base.execute(requete)]
