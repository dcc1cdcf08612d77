"""Where the stars stand and how they are made. Unit: the height of the flag; origin: its top left corner.

Source: Publications Office of the Union, Interinstitutional style guide, annex A1 (graphics guide to the European
emblem): the length is one and a half times the height; twelve five-pointed stars, upright, stand like the hours of
a clock on an invisible circle whose radius is a third of the height; the points of each are on an invisible circle
whose radius is an eighteenth of the height.
"""

from dataclasses import dataclass
from math import cos, pi, sin

BLEU = "#003399"
OR = "#FFCC00"
LARGEUR = 1.5
NOMBRE = 12
RAYON_DU_CERCLE = 1 / 3
RAYON_D_UNE_ETOILE = 1 / 18
ALTERNATIVE = "Emblème de l’Union européenne : douze étoiles d’or en cercle sur fond bleu"

Sommet = tuple[float, float]
# A regular star whose sides are straight from point to point: its hollows are on this smaller circle.
_CREUX = sin(pi / 10) / sin(3 * pi / 10)


@dataclass(frozen=True)
class Etoile:
    """One star: its centre and its ten corners, the highest first, clockwise, points and hollows in turn."""

    centre: Sommet
    sommets: tuple[Sommet, ...]


def draw_stars() -> tuple[Etoile, ...]:
    """The twelve stars, the one at noon first."""
    return tuple(_star(_around((LARGEUR / 2, 0.5), RAYON_DU_CERCLE, rang / NOMBRE)) for rang in range(NOMBRE))


def _star(centre: Sommet) -> Etoile:
    rayons = (RAYON_D_UNE_ETOILE, RAYON_D_UNE_ETOILE * _CREUX)
    return Etoile(centre, tuple(_around(centre, rayons[rang % 2], rang / 10) for rang in range(10)))


def _around(centre: Sommet, rayon: float, tour: float) -> Sommet:
    """The point at `tour` of a turn, clockwise from the top."""
    angle = 2 * pi * tour
    return centre[0] + rayon * sin(angle), centre[1] - rayon * cos(angle)
