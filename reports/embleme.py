"""What the funder of the period asks to be printed on every paper: its words, the emblem beside them.

2021-2027: regulation (EU) 2021/1060, article 47 and annex IX: « Cofinancé par l’Union européenne », written in full
next to the emblem. 2014-2020: regulation (EU) 821/2014, article 4: the words « Union européenne » in full under the
emblem, and the fund; the sentence is the one that AGAPE recommends (domain/sources/001_8de27cb0c5a06911.txt,
« Obligations de publicité », l. 7711-7772).

The emblem is drawn from its official geometry, no picture of anyone is copied. Publications Office of the Union,
Interinstitutional style guide, annex A1: the length is one and a half times the height; twelve five-pointed stars,
upright, stand like the hours of a clock on an invisible circle whose radius is a third of the height; the points of
each are on an invisible circle whose radius is an eighteenth of the height.
"""

import io
from dataclasses import dataclass
from math import cos, pi, sin

from PIL import Image, ImageDraw

# Unit: the height of the flag; origin: its top left corner.
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
_ECHELLE_SVG, _LISSAGE = 540, 4


@dataclass(frozen=True)
class Mention:
    """The words beside the emblem, and those under it when the period wants some."""

    texte: str
    sous_embleme: str = ""

    @property
    def court(self) -> str:
        """What fits in a footer: the words that the regulation itself asks for."""
        return self.sous_embleme or self.texte


_MENTIONS = {
    "ue": Mention("Cofinancé par l’Union européenne"),
    "fse": Mention(
        "Ce projet est cofinancé par le Fonds social européen dans le cadre du programme opérationnel national "
        "«\u00a0Emploi et Inclusion\u00a0» 2014-2020",
        "Union européenne",
    ),
}


def mention_of(code: str) -> Mention:
    """The mention of a programming period, « ue » (2021-2027) or « fse » (2014-2020); KeyError for another."""
    return _MENTIONS[code]


# ---- the emblem


@dataclass(frozen=True)
class Etoile:
    """One star: its centre and its ten corners, the highest first, clockwise, points and hollows in turn."""

    centre: Sommet
    sommets: tuple[Sommet, ...]


def draw_stars() -> tuple[Etoile, ...]:
    """The twelve stars, the one at noon first."""
    centres = [_around((LARGEUR / 2, 0.5), RAYON_DU_CERCLE, rang / NOMBRE) for rang in range(NOMBRE)]
    rayons = (RAYON_D_UNE_ETOILE, RAYON_D_UNE_ETOILE * _CREUX)
    return tuple(Etoile(c, tuple(_around(c, rayons[rang % 2], rang / 10) for rang in range(10))) for c in centres)


def _around(centre: Sommet, rayon: float, tour: float) -> Sommet:
    """The point at `tour` of a turn, clockwise from the top."""
    angle = 2 * pi * tour
    return centre[0] + rayon * sin(angle), centre[1] - rayon * cos(angle)


def as_svg() -> str:
    """The emblem as an SVG drawing of 810 × 540 units."""
    etoiles = "".join(
        f'<polygon points="{" ".join(f"{x * _ECHELLE_SVG:.4f},{y * _ECHELLE_SVG:.4f}" for x, y in etoile.sommets)}"/>'
        for etoile in draw_stars()
    )
    largeur = int(LARGEUR * _ECHELLE_SVG)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {largeur} {_ECHELLE_SVG}" role="img">'
        f"<title>{ALTERNATIVE}</title>"
        f'<rect width="{largeur}" height="{_ECHELLE_SVG}" fill="{BLEU}"/><g fill="{OR}">{etoiles}</g></svg>'
    )


def as_png(hauteur: int = 240) -> bytes:
    """The emblem as a PNG of `hauteur` pixels, half as long again."""
    grande = hauteur * _LISSAGE
    image = Image.new("RGB", (int(LARGEUR * grande), grande), BLEU)
    dessin = ImageDraw.Draw(image)
    for etoile in draw_stars():
        dessin.polygon([(x * grande, y * grande) for x, y in etoile.sommets], fill=OR)
    # Drawn large then reduced: the points of the stars stay sharp without stairs.
    image = image.resize((int(LARGEUR * hauteur), hauteur), Image.Resampling.LANCZOS)
    octets = io.BytesIO()
    image.save(octets, "PNG", optimize=True)
    return octets.getvalue()
