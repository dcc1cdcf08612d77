"""The data as they were: each PLIE at a version, from its present rows and its journal played backwards.

What is written is a whole database (rows, sheets given, versions, derived columns): `publier` reads it like any other.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import current_version, make_engine
from data_access.classeur.conversion import Cle, Valeurs, key_getter
from data_access.colonnes import Feuille, Genre
from data_access.format import FEUILLES, feuille
from data_access.historique.comparaison import list_changes
from data_access.imports.derivation import refresh_derived
from data_access.imports.differences import Difference
from data_access.imports.modifications import write_differences
from data_access.imports.transaction import Enregistre, LigneEnregistree, write_loaded_sheets
from data_access.refus import Refus


class Inverse:
    """The reverse of the changes of one sheet, built change by change."""

    def __init__(self, origine: Feuille, enregistrees: list[LigneEnregistree]) -> None:
        self.difference = Difference(origine)
        self._enregistrees = enregistrees
        self._cle_de = key_getter(origine) if origine.cle else lambda valeurs: valeurs
        self._par_cle: dict[Cle, list[LigneEnregistree]] = {}
        for ligne in enregistrees:
            self._par_cle.setdefault(self._cle_de(ligne[1]), []).append(ligne)

    def take_back(self, avant: dict[str, Any] | None, apres: dict[str, Any] | None) -> None:
        """The reverse of « `avant` became `apres` », as the journal writes them; KeyError if `apres` is not stored."""
        self._take_back(as_values(self.difference.feuille, avant), as_values(self.difference.feuille, apres))

    def _take_back(self, avant: Valeurs | None, apres: Valeurs | None) -> None:
        if apres is None:
            if avant is None or (self.difference.feuille.cle and self._cle_de(avant) in self._par_cle):
                raise KeyError
            self.difference.ajouts.append(avant)
            return
        enregistrees = self._par_cle[self._cle_de(apres)]
        if not enregistrees or enregistrees[-1][1] != apres:
            raise KeyError
        numero, valeurs = enregistrees.pop()
        if avant is None:
            self.difference.retraits.append((numero, valeurs))
        else:
            self.difference.modifications.append((numero, valeurs, avant))

    def rows(self) -> list[Valeurs]:
        """The rows of before: those that stay in their order, then those that come back."""
        anciennes = {numero: avant for numero, _, avant in self.difference.modifications}
        retirees = {numero for numero, _ in self.difference.retraits}
        restent = (anciennes.get(numero, v) for numero, v in self._enregistrees if numero not in retirees)
        return [*restent, *self.difference.ajouts]


def as_values(origine: Feuille, ligne: dict[str, Any] | None) -> Valeurs | None:
    """A row of the journal as it is typed in the tables."""
    if ligne is None:
        return None
    return tuple(
        date.fromisoformat(valeur)
        if colonne.genre is Genre.DATE and (valeur := ligne.get(colonne.nom))
        else ligne.get(colonne.nom)
        for colonne in origine.colonnes
    )


_ESSAIS = 5
_COLONNES_GARDEES = ("id", "moment", "auteur", "classeur", "empreinte", "annulation_de")
_ROMPU = (
    "Les données du PLIE « {code} » ne peuvent pas être remises à la version {version} : elles ne correspondent plus "
    "au journal, parce qu’elles ont été modifiées hors des chargements. Rien n’est écrit. Publiez la version présente."
)
_OCCUPE = (
    "Les données changent sans arrêt : un chargement est arrivé pendant chacune des lectures. Rien n’est écrit. "
    "Recommencez quand les chargements sont finis."
)


def rebuild(
    base: sa.Connection, versions: Mapping[str, int], cible: sa.Engine, deja_ecrits: Collection[str] = ()
) -> None:
    """Write into `cible` (SQLite, empty or not) the PLIE of `versions` as they were, in the place of what it held.

    One transaction: the readers of `cible` see what it held, or all of this. `base` may be on either engine.
    `deja_ecrits`: the PLIE that `cible` already holds at the version asked for. Raises `Refus`.
    """
    t.metadata.create_all(cible)
    a_ecrire = {code: version for code, version in versions.items() if code not in deja_ecrits}
    for _ in range(_ESSAIS):
        # Imports are the only writers: the same version before and after means that all was read of one moment.
        courante = current_version(base)
        try:
            with cible.connect() as ecrite:
                # What is kept refers to versions that are written again: checked at the end of the transaction only.
                ecrite.exec_driver_sql("BEGIN")
                ecrite.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                write_versions(base, versions, ecrite)
                for code, version in a_ecrire.items():
                    lignes = {f.nom: rows_at(base, f.nom, code, version) for f in FEUILLES}
                    write_rows(ecrite, code, version, lignes, loaded_sheets_at(base, code, version))
                if current_version(base) == courante:
                    ecrite.commit()
                    return
        except Refus:
            if current_version(base) == courante:
                raise
    raise Refus(_OCCUPE, "INS-002")


@contextmanager
def open_past(base: sa.Connection, code_plie: str, version: int) -> Iterator[sa.Connection]:
    """A database of its own that holds one PLIE as it was at that version. Raises `Refus`."""
    engine = make_engine("sqlite://")
    try:
        rebuild(base, {code_plie: version}, engine)
        with engine.connect() as passe:
            yield passe
    finally:
        engine.dispose()


def rows_at(base: sa.Connection, nom: str, code_plie: str, version: int) -> list[Valeurs]:
    """The rows of the sheet `nom` of a PLIE at that version, in the order of the format.

    Raises `Refus` when the journal does not lead to the present rows, or for a version that does not exist.
    """
    enregistre = Enregistre(base)
    enregistre.limit_to([code_plie])
    presentes = enregistre.rows(nom)
    if version == enregistre.version:
        return [valeurs for _, valeurs in presentes]
    inverse = Inverse(feuille(nom), presentes)
    try:
        for changement in list_changes(base, version, enregistre.version, nom, code_plie):
            inverse.take_back(changement.avant, changement.apres)
    except KeyError:
        raise Refus(_ROMPU.format(code=code_plie, version=version), "INS-001") from None
    return inverse.rows()


def loaded_sheets_at(base: sa.Connection, code_plie: str, version: int) -> dict[str, int]:
    """The sheets that the PLIE had given by that version, and the version that had given each last."""
    f, v = t.feuilles_chargees.c, t.versions.c
    presentes = base.execute(sa.select(f.nom_table, f.version_id).where(f.code_plie == code_plie))
    donnees: dict[str, Any] = {table: numero for table, numero in presentes}
    suivantes = sa.select(v.feuilles_precedentes).where(v.id > version).order_by(v.id.desc())
    for precedentes in base.execute(suivantes).scalars():
        donnees |= {table: numero for code, table, numero in precedentes or () if code == code_plie}
    return {table: numero for table, numero in donnees.items() if numero is not None}


def write_rows(
    cible: sa.Connection,
    code_plie: str,
    version: int,
    lignes: Mapping[str, list[Valeurs]],
    feuilles: Mapping[str, int],
) -> None:
    """Put in the place of what `cible` holds of a PLIE these rows (by sheet), and note these sheets as given.

    Inside the caller's transaction; derived columns are computed. `feuilles`: as `loaded_sheets_at` gives them.
    """
    for origine in reversed(FEUILLES):
        table = t.TABLES[origine.table]
        cible.execute(sa.delete(table).where(table.c.code_plie == code_plie))
    cible.execute(sa.delete(t.feuilles_chargees).where(t.feuilles_chargees.c.code_plie == code_plie))
    ajouts = {nom: Difference(feuille(nom), ajouts=siennes) for nom, siennes in lignes.items()}
    write_differences(cible, version, ajouts, journal=False)
    write_loaded_sheets(cible, ((code_plie, table, donnee_par) for table, donnee_par in feuilles.items()))
    refresh_derived(cible, [code_plie])


def write_versions(base: sa.Connection, versions: Mapping[str, int], cible: sa.Connection) -> None:
    """The versions up to the last of those; each names only the PLIE that are held as it left them, or later."""
    v = t.versions
    cible.execute(sa.delete(v))
    requete = sa.select(*(v.c[nom] for nom in _COLONNES_GARDEES), v.c.codes_plie)
    requete = requete.where(v.c.id <= max(versions.values(), default=0)).order_by(v.c.id)
    lignes = [
        {**ligne, "bilan": {}, "codes_plie": [c for c in ligne["codes_plie"] if versions.get(c, 0) >= ligne["id"]]}
        for ligne in base.execute(requete).mappings()
    ]
    if lignes:
        cible.execute(sa.insert(v), lignes)
