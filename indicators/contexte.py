"""What every figure needs to know of its PLIE before counting, read once per version of the data.

Small, without any person: territory links, operations, thresholds, sheets given, columns never filled, first days,
presence of exit rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import sqlalchemy as sa

from data_access import tables as t
from data_access.format import feuille_of_table
from indicators.catalogue import CATALOGUE
from indicators.declaration import Indicateur
from indicators.perimetre import Filtres, Periode
from indicators.referentiel import (
    SOUTIEN_AUX_STRUCTURES,
    Operation,
    list_operations,
    list_thresholds,
    supports_structures,
)

TERRITOIRE = (
    "Les référents et leurs ETP sont ceux du PLIE entier : ce chiffre ne se calcule pas pour une partie du territoire."
)
HORS_OPERATION = "Ce chiffre n’a de sens que dans une opération : choisissez-en une."
# What the monthly figures date: nothing is counted before the first of these days.
_ARRIVEES = (
    t.parcours.c.diagnostic_le,
    t.parcours.c.entree_le,
    t.participations.c.entree_le,
    t.etapes.c.debut,
    t.contacts.c.contact_le,
)


@dataclass(frozen=True)
class JeuDeRegles:
    """Exit rules of a PLIE that begin and end together: how many they are."""

    code_plie: str
    depuis: date
    jusqua: date | None
    nombre: int


@dataclass(frozen=True)
class Contexte:
    """Of some PLIE. `version` is 0 while nothing was imported (tests fill the tables directly).

    `vides`: (PLIE, « table.colonne ») of the columns that a figure needs and that no row fills. `premieres_entrees`
    and `protocoles`: first entry recorded by each PLIE, first day of its protocol.
    `etendue`: from the month of the first thing that happened to somebody to the last date of the data; None while
    nothing did.
    """

    version: int
    plie: tuple[str, ...]
    liens: tuple[tuple[str, str | None], ...]
    operations: tuple[Operation, ...]
    seuils: tuple[int, ...]
    retours_le_meme_jour: bool
    feuilles: frozenset[tuple[str, str]]
    regles: tuple[JeuDeRegles, ...]
    vides: frozenset[tuple[str, str]] = frozenset()
    premieres_entrees: Mapping[str, date] = field(default_factory=dict)
    protocoles: Mapping[str, date] = field(default_factory=dict)
    etendue: Periode | None = None

    def with_descendants(self, territoire: str | None) -> tuple[str, ...]:
        """`territoire` and every territory below it (by code_parent); () without territory."""
        if territoire is None:
            return ()
        trouves = {territoire}
        while nouveaux := {enfant for enfant, parent in self.liens if parent in trouves} - trouves:
            trouves |= nouveaux
        return tuple(sorted(trouves))

    def cut_to_data(self, periode: Periode) -> Periode:
        """The days of `periode` of which the data can say something: a link may ask for thousands of years."""
        return periode if self.etendue is None else periode.within(self.etendue.du, self.etendue.au)

    def explain_absence(self, indicateur: Indicateur, periode: Periode, code: str) -> str:
        """What the PLIE lacks for that figure over the period: a sheet, a column, an exit rule in force (without any, 0
        would be a false statement). A sentence; empty when it lacks nothing."""
        for table in indicateur.tables:
            if (code, table) not in self.feuilles:
                return f"L’onglet « {feuille_of_table(table).nom} » n’a jamais été donné."
        for colonne in indicateur.colonnes:
            if (code, colonne) in self.vides:
                table, nom = colonne.split(".")
                return f"La colonne « {nom} » de l’onglet « {feuille_of_table(table).nom} » n’est jamais remplie."
        if indicateur.regles and code not in self.plie_with_rules(periode):
            return "Aucune règle de sortie n’était en vigueur sur la période."
        return ""

    def find_reason(self, indicateur: Indicateur, filtres: Filtres) -> str:
        """Why this perimeter cannot bear the figure, whatever the data, in French; empty when it can."""
        if indicateur.sans_territoire and filtres.territoire is not None:
            return TERRITOIRE
        if indicateur.operation_seulement and filtres.operation is None and "operation" not in filtres.par:
            return HORS_OPERATION
        visees = [operation for operation in self.operations if operation.code_operation == filtres.operation]
        return SOUTIEN_AUX_STRUCTURES if visees and all(map(supports_structures, visees)) else ""

    def applied_rules(self, periode: Periode) -> tuple[str, ...]:
        """The rules in force on a day of the period, as printed under the figure."""
        ecrites = "{0.code_plie} : {0.nombre} règles depuis le {0.depuis:%d/%m/%Y}"
        return tuple(map(ecrites.format, self._in_force(periode)))

    def plie_with_rules(self, periode: Periode) -> set[str]:
        """PLIE that had an exit rule in force on a day of the period."""
        return {jeu.code_plie for jeu in self._in_force(periode)}

    def _in_force(self, periode: Periode) -> list[JeuDeRegles]:
        return [j for j in self.regles if j.depuis <= periode.au and (j.jusqua is None or j.jusqua >= periode.du)]


def read_contexte(base: sa.Connection, plie: tuple[str, ...]) -> Contexte:
    """The context of those PLIE in the present version of the data."""
    v = t.versions.c
    derniere = base.execute(sa.select(v.id, v.moment).order_by(v.id.desc()).limit(1)).first()
    if derniere is None:
        return _read(base, plie, 0)
    garde = _keep(str(base.engine.url), derniere.id, derniere.moment, plie)
    if not garde:
        garde.append(_read(base, plie, derniere.id))
    return garde[0]


@lru_cache(maxsize=64)
def _keep(*_cle: object) -> list[Contexte]:
    """Where a context is kept, by database, version and PLIE. A version is known by its number and its moment, so that
    a database made anew at the same address is not taken for the old one."""
    return []


def _read(base: sa.Connection, plie: tuple[str, ...], version: int) -> Contexte:
    z, p, f, r = t.territoires.c, t.plie.c, t.feuilles_chargees.c, t.regles_de_sortie.c
    liens = base.execute(sa.select(z.code_territoire, z.code_parent).where(z.code_plie.in_(plie)))
    retours = base.scalars(sa.select(p.retours_le_meme_jour).where(p.code_plie.in_(plie)))
    feuilles = base.execute(sa.select(f.code_plie, f.nom_table).where(f.code_plie.in_(plie)))
    regles = base.execute(
        sa.select(r.code_plie, r.depuis, r.jusqua, sa.func.count())
        .where(r.code_plie.in_(plie))
        .group_by(r.code_plie, r.depuis, r.jusqua)
        .order_by(r.code_plie, r.depuis)
    )
    return Contexte(
        version=version,
        plie=plie,
        liens=tuple((enfant, parent) for enfant, parent in liens),
        operations=tuple(list_operations(base, plie)),
        seuils=list_thresholds(base, plie),
        retours_le_meme_jour=any(retours),
        feuilles=frozenset((code, nom) for code, nom in feuilles),
        regles=tuple(JeuDeRegles(*ligne) for ligne in regles),
        vides=_read_empty_columns(base, plie),
        premieres_entrees=_read_first_days(base, t.parcours, sa.func.min(t.parcours.c.entree_le), plie),
        protocoles=_read_first_days(base, t.plie, sa.func.min(p.protocole_du), plie),
        etendue=_read_extent(base, plie),
    )


def _read_empty_columns(base: sa.Connection, plie: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Of the columns that the catalogue needs, those that a PLIE has rows for and fills in none."""
    vides: set[tuple[str, str]] = set()
    for nom, colonnes in _needed_columns().items():
        c = t.TABLES[nom].c
        comptes = sa.select(c.code_plie, *(sa.func.count(c[colonne]) for colonne in colonnes))
        for code, *remplies in base.execute(comptes.where(c.code_plie.in_(plie)).group_by(c.code_plie)):
            vides |= {(code, f"{nom}.{x}") for x, nombre in zip(colonnes, remplies, strict=True) if not nombre}
    return frozenset(vides)


def _needed_columns() -> dict[str, list[str]]:
    colonnes: dict[str, list[str]] = defaultdict(list)
    for nom in dict.fromkeys(nom for indicateur in CATALOGUE.values() for nom in indicateur.colonnes):
        table, colonne = nom.split(".")
        colonnes[table].append(colonne)
    return colonnes


def _read_first_days(
    base: sa.Connection, table: sa.Table, premier: sa.ColumnElement, plie: Iterable[str]
) -> dict[str, date]:
    c = table.c
    lignes = base.execute(sa.select(c.code_plie, premier).where(c.code_plie.in_(plie)).group_by(c.code_plie))
    return {code: jour for code, jour in lignes if jour is not None}


def _read_extent(base: sa.Connection, plie: tuple[str, ...]) -> Periode | None:
    arrivees = [
        base.scalar(sa.select(sa.func.min(colonne)).where(colonne.table.c.code_plie.in_(plie))) for colonne in _ARRIVEES
    ]
    fin = base.scalar(sa.select(sa.func.max(t.plie.c.date_extraction)).where(t.plie.c.code_plie.in_(plie)))
    debut = min((jour for jour in arrivees if jour is not None), default=None)
    return Periode(debut.replace(day=1), max(debut, fin)) if debut and fin else None
