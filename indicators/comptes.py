"""Rows → numbers: one SQL aggregate, whatever the splits. Nothing loads parcours into memory."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from indicators.decoupages import name_part
from indicators.lignes import Condition, Lignes

Cle = tuple[str, ...]
JOURS_PAR_MOIS = 30.4375


class days_between(FunctionElement):  # noqa: N801 — reads as the SQL function that it is
    """Number of days from the first date to the second, on both engines."""

    type = sa.Integer()
    inherit_cache = True
    name = "days_between"


@compiles(days_between, "sqlite")
def _days_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    debut, fin = (compiler.process(c, **kw) for c in element.clauses)
    return f"CAST(julianday({fin}) - julianday({debut}) AS INTEGER)"


@compiles(days_between)
def _days_default(element: Any, compiler: Any, **kw: Any) -> str:
    debut, fin = (compiler.process(c, **kw) for c in element.clauses)
    return f"({fin} - {debut})"


def count_rows(base: sa.Connection, lignes: Lignes, par: Sequence[str] = ()) -> dict[Cle, float]:
    """Number of rows (or sum of their quantity) for each part of the splits; the whole under () without split.

    A sum over no known quantity is absent from the answer: unknown is not 0.
    """
    mesure: sa.ColumnElement = sa.func.count()
    if lignes.quantite is not None:
        mesure = sa.func.sum(lignes.quantite)
    elif lignes.cle is not None:
        mesure = sa.func.count(sa.distinct(lignes.cle))
    comptes: dict[Cle, float] = defaultdict(float)
    for cle, nombre in _group(base, lignes, par, mesure):
        if nombre is not None:
            comptes[cle] += nombre
    return dict(comptes)


def count_both(
    base: sa.Connection, hautes: Lignes, basses: Lignes, par: Sequence[str]
) -> tuple[dict[Cle, float], dict[Cle, float]]:
    """Counts of both rows, in one pass when they come from one source up to their last conditions."""
    nues = all(x.cle is None and x.quantite is None for x in (hautes, basses))
    if not nues or hautes.source is not basses.source:
        return count_rows(base, hautes, par), count_rows(base, basses, par)
    communes = [x for x, y in zip(hautes.conditions, basses.conditions, strict=False) if x is y]
    mesures = [_count_of(x.conditions[len(communes) :]) for x in (hautes, basses)]
    comptes: tuple[dict[Cle, float], dict[Cle, float]] = (defaultdict(float), defaultdict(float))
    for cle, *nombres in _group(base, basses, par, *mesures, conditions=communes):
        for compte, nombre in zip(comptes, nombres, strict=True):
            if nombre:
                compte[cle] += nombre
    return dict(comptes[0]), dict(comptes[1])


def _count_of(conditions: Sequence[Condition]) -> sa.ColumnElement:
    return sa.func.sum(sa.case((sa.and_(sa.true(), *conditions), 1), else_=0))


def distribute(base: sa.Connection, lignes: Lignes, par: Sequence[str] = ()) -> dict[Cle, Counter[float]]:
    """How often each quantity of the rows occurs, for each part of the splits: enough for a mean and a median."""
    if lignes.quantite is None:
        raise ValueError("Ces lignes ne portent pas de quantité.")
    colonnes = {d: lignes.colonnes[d] for d in par} | {"quantite": lignes.quantite}
    # PostgreSQL groups by the columns of a subquery, not by an expression that holds parameters.
    valeurs = lignes.select(*(c.label(f"d_{d}") for d, c in colonnes.items())).subquery()
    effectifs: dict[Cle, Counter[float]] = defaultdict(Counter)
    for *parts, valeur, nombre in base.execute(sa.select(*valeurs.c, sa.func.count()).group_by(*valeurs.c)):
        if valeur is not None:
            effectifs[tuple(map(name_part, parts))][valeur] += nombre
    return dict(effectifs)


def mean(effectifs: Counter[float]) -> float:
    """Arithmetic mean; ZeroDivisionError if empty."""
    return sum(valeur * n for valeur, n in effectifs.items()) / effectifs.total()


def median(effectifs: Counter[float]) -> float:
    """Middle value, mean of the two middle ones for an even number; IndexError if empty."""
    return sum(_at(effectifs, rang) for rang in ((effectifs.total() - 1) // 2, effectifs.total() // 2)) / 2


def _at(effectifs: Counter[float], rang: int) -> float:
    vus = 0
    for valeur in sorted(effectifs):
        vus += effectifs[valeur]
        if vus > rang:
            return valeur
    raise IndexError(rang)


def _group(
    base: sa.Connection,
    lignes: Lignes,
    par: Sequence[str],
    *mesures: sa.ColumnElement,
    conditions: Sequence[Condition] | None = None,
) -> Iterator[tuple[Any, ...]]:
    """(part, measures…) for each part of the splits; several values of the database may bear the name of one part."""
    colonnes = [lignes.colonnes[decoupage].label(f"d_{decoupage}") for decoupage in par]
    gardees = lignes.conditions if conditions is None else conditions
    requete = sa.select(*colonnes, *mesures).select_from(lignes.source).where(*gardees).group_by(*colonnes)
    for ligne in base.execute(requete):
        yield tuple(map(name_part, ligne[: len(par)])), *ligne[len(par) :]
