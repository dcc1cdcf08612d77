"""Draws, one generator per PLIE and theme, so that changing one theme leaves the others as they were; and days: seasons
of a PLIE, the confinement of spring 2020, working days."""

import math
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from data_access.base.jours import add_months

Choix = TypeVar("Choix")


def make_hasard(code_plie: str, theme: str) -> Random:
    """The generator of this PLIE for this theme; the same names always give the same draws."""
    return Random(f"plie-tableau-de-bord/1/{code_plie}/{theme}")  # noqa: S311 - sample data, nothing secret


def draw(hasard: Random, poids: Mapping[Choix, float]) -> Choix:
    """One key of `poids`, drawn in proportion to its weight."""
    return hasard.choices(list(poids), weights=list(poids.values()))[0]


def draw_around(hasard: Random, moyenne: float, dispersion: float) -> float:
    """A positive number of mean `moyenne`, lognormal (a long tail of long parcours)."""
    return hasard.lognormvariate(math.log(moyenne) - dispersion**2 / 2, dispersion)


def draw_count(hasard: Random, moyenne: float) -> int:
    """A whole number of mean `moyenne`, Poisson."""
    seuil, produit, nombre = math.exp(-moyenne), hasard.random(), 0
    while produit > seuil:
        produit *= hasard.random()
        nombre += 1
    return nombre


def draw_known(hasard: Random, valeur: Choix, part_manquante: float) -> Choix | None:
    """`valeur`, or None (« non renseigné ») in `part_manquante` of the draws."""
    return None if hasard.random() < part_manquante else valeur


# Share of a year's entries, month by month: few in August, more in January and at the autumn return.
SAISON_ENTREES = (1.25, 1.05, 1.1, 0.95, 0.9, 0.95, 0.75, 0.35, 1.35, 1.3, 1.05, 0.8)
CONFINEMENT_DU, CONFINEMENT_AU = date(2020, 3, 17), date(2020, 5, 31)
_CONFINEMENT = {(2020, 3): 0.5, (2020, 4): 0.12, (2020, 5): 0.35, (2020, 6): 0.9}


def list_mois(du: date, au: date) -> list[date]:
    """First day of each month touched by [du, au]."""
    mois, suivants = du.replace(day=1), []
    while mois <= au:
        suivants.append(mois)
        mois = add_months(mois, 1)
    return suivants


def season(mois: date) -> float:
    """Weight of the entries of a month (1 = an ordinary month)."""
    return SAISON_ENTREES[mois.month - 1] * _CONFINEMENT.get((mois.year, mois.month), 1.0)


def draw_day(hasard: Random, du: date, au: date) -> date:
    """A working day of [du, au]; `du` itself when the interval has none."""
    ecart = max((au - du).days, 0)
    for _ in range(8):
        jour = du + timedelta(hasard.randint(0, ecart))
        if jour.weekday() < 5:
            return jour
    return du


def draw_entrees(hasard: Random, du: date, au: date, nombre: int) -> list[date]:
    """`nombre` entry days of [du, au], sorted, following the seasons and the spring of 2020."""
    mois = list_mois(du, au)
    poids = [season(m) * _part_of_month(m, au) for m in mois]
    tires = hasard.choices(mois, weights=poids, k=nombre)
    return sorted(draw_day(hasard, max(m, du), min(add_months(m, 1) - timedelta(1), au)) for m in tires)


def _part_of_month(mois: date, au: date) -> float:
    fin = add_months(mois, 1)
    return min((au - mois).days + 1, (fin - mois).days) / (fin - mois).days


def after_confinement(hasard: Random, jour: date, part_reportee: float) -> date:
    """`jour`, put off to the summer of 2020 in `part_reportee` of the cases that fall in the confinement."""
    if CONFINEMENT_DU <= jour <= CONFINEMENT_AU and hasard.random() < part_reportee:
        return draw_day(hasard, date(2020, 6, 2), date(2020, 9, 30))
    return jour


def to_working_day(jour: date) -> date:
    """`jour`, or the Friday before when it falls on a week-end."""
    return jour - timedelta(max(jour.weekday() - 4, 0))


def list_annees(du: date, au: date) -> list[tuple[date, date]]:
    """First and last day of each calendar year of [du, au], cut at its ends."""
    return [
        (max(date(annee, 1, 1), du), min(date(annee, 12, 31), au)) for annee in range(du.year, au.year + 1) if du <= au
    ]
