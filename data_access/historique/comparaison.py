"""« Ce qui a changé » between any two versions: the journal folded, so that only the net changes remain.

A row changed and changed back is not a change; a row added then removed never was. Rows are known by their
key; in a sheet without one, identical rows are as many events.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import current_version
from data_access.colonnes import Feuille
from data_access.format import feuille, feuille_of_table
from data_access.refus import Refus

AJOUT, MODIFICATION, RETRAIT = "ajout", "modification", "retrait"
_LOT = 2_000
_INCONNUE = (
    "Comparaison impossible : la version {version} n’existe pas, les données en sont à la version {derniere}. "
    "Rien n’est comparé. Choisissez une version de l’historique (0 = avant le premier chargement)."
)

LigneNotee = dict[str, Any]
"""A row as the journal keeps it: column → value, days as « AAAA-MM-JJ »."""
AvantApres = tuple[LigneNotee | None, LigneNotee | None]


@dataclass(frozen=True)
class Changement:
    """One row that differs. `cle`: its key; `colonnes`: for a changed row, column → (before, after)."""

    genre: str
    feuille: str
    code_plie: str
    cle: LigneNotee
    avant: LigneNotee | None
    apres: LigneNotee | None

    @property
    def colonnes(self) -> dict[str, tuple[Any, Any]]:
        """The columns that changed; empty for a row added or removed."""
        if self.avant is None or self.apres is None:
            return {}
        noms = dict.fromkeys([*self.avant, *self.apres])
        paires = {nom: (self.avant.get(nom), self.apres.get(nom)) for nom in noms}
        return {nom: paire for nom, paire in paires.items() if paire[0] != paire[1]}


@dataclass(frozen=True)
class EcartDeLigne:
    """Rows of one sheet that differ between two versions, in numbers."""

    ajoutes: int
    modifies: int
    retires: int


def compare_versions(base: sa.Connection, de: int, a: int, code_plie: str | None = None) -> dict[str, EcartDeLigne]:
    """By sheet that differs, in the order of the format: how many rows.

    Going back in time (`de` > `a`) is allowed; version 0 is before the first import. Raises `Refus`.
    """
    _check_versions(base, de, a)
    ecarts = {}
    for nom in _sheets_touched(base, de, a, code_plie):
        genres = Counter(changement.genre for changement in _net_changes(base, de, a, nom, code_plie))
        if genres:
            ecarts[nom] = EcartDeLigne(genres[AJOUT], genres[MODIFICATION], genres[RETRAIT])
    return ecarts


def list_changes(
    base: sa.Connection,
    de: int,
    a: int,
    nom_feuille: str,
    code_plie: str | None = None,
    debut: int = 0,
    limite: int | None = None,
) -> list[Changement]:
    """Row by row, what differs in one sheet: at most `limite` rows from the `debut`-th on.

    For the animation team alone: rows bear the numbers of people. Raises `Refus`, KeyError for a
    sheet that is not in the format.
    """
    _check_versions(base, de, a)
    fin = None if limite is None else debut + limite
    return list(islice(_net_changes(base, de, a, feuille(nom_feuille).nom, code_plie), debut, fin))


def _check_versions(base: sa.Connection, *versions: int) -> None:
    derniere = current_version(base)
    for version in versions:
        if not 0 <= version <= derniere:
            raise Refus(_INCONNUE.format(version=version, derniere=derniere), "HIS-001")


def _journal_between(de: int, a: int, code_plie: str | None, *colonnes: sa.Column) -> sa.Select:
    j = t.journal.c
    requete = sa.select(*colonnes).where(j.version_id > min(de, a), j.version_id <= max(de, a))
    return requete if code_plie is None else requete.where(j.code_plie == code_plie)


def _sheets_touched(base: sa.Connection, de: int, a: int, code_plie: str | None) -> list[str]:
    requete = _journal_between(de, a, code_plie, t.journal.c.nom_table).distinct()
    tables = set(base.execute(requete).scalars())
    return [feuille_of_table(table).nom for table in t.TABLES if table in tables]


def _net_changes(base: sa.Connection, de: int, a: int, nom: str, code_plie: str | None) -> Iterator[Changement]:
    origine = feuille(nom)
    j = t.journal.c
    requete = _journal_between(de, a, code_plie, j.avant, j.apres).where(j.nom_table == origine.table).order_by(j.id)
    paires = (tuple(ligne) for ligne in base.execute(requete.execution_options(yield_per=_LOT)))
    nettes = _fold_by_key(origine, paires) if origine.cle else _fold_as_multiset(origine, paires)
    for avant, apres in nettes:
        if _differ(avant, apres):
            yield _as_change(origine, *((avant, apres) if de <= a else (apres, avant)))


def _differ(avant: LigneNotee | None, apres: LigneNotee | None) -> bool:
    """A column that did not exist yet when the journal was written is an empty one."""
    if avant is None or apres is None:
        return avant is not apres
    return any(avant.get(nom) != apres.get(nom) for nom in {*avant, *apres})


def _fold_by_key(origine: Feuille, paires: Iterator[tuple]) -> Iterator[AvantApres]:
    """First state and last state of each key."""
    nettes: dict[tuple, AvantApres] = {}
    for avant, apres in paires:
        cle = tuple((avant or apres)[colonne] for colonne in origine.cle)
        premier = nettes[cle][0] if cle in nettes else avant
        nettes[cle] = premier, apres
    yield from nettes.values()


def _fold_as_multiset(origine: Feuille, paires: Iterator[tuple]) -> Iterator[AvantApres]:
    """How many more, or fewer, of each content."""
    noms = [colonne.nom for colonne in origine.colonnes]
    soldes: Counter[str] = Counter()
    for avant, apres in paires:
        for ligne, sens in ((avant, -1), (apres, 1)):
            if ligne is not None:
                soldes[json.dumps({nom: ligne.get(nom) for nom in noms})] += sens
    for texte, solde in soldes.items():
        for _ in range(abs(solde)):
            yield (None, json.loads(texte)) if solde > 0 else (json.loads(texte), None)


def _as_change(origine: Feuille, avant: LigneNotee | None, apres: LigneNotee | None) -> Changement:
    ligne = apres or avant or {}
    genre = AJOUT if avant is None else RETRAIT if apres is None else MODIFICATION
    cle = {nom: ligne.get(nom) for nom in origine.cle}
    return Changement(genre, origine.nom, ligne["code_plie"], cle, avant, apres)
