"""Draws: one generator per PLIE and theme, so that changing one theme leaves the others as they were."""

import math
from collections.abc import Mapping
from random import Random
from typing import TypeVar

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
