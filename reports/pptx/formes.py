"""What stands on a slide: boxes, flat rectangles, the emblem, the words read aloud instead of what is seen.

Lengths are in points; PowerPoint counts in EMU, 12 700 a point.
"""

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Emu

from reports import embleme

EMU_PAR_POINT = 12_700
LARGEUR, HAUTEUR = 960.0, 540.0
"""16:9, 13.333 × 7.5 inches: PowerPoint's own wide format."""
BANDE = 24.0
"""Height of the strip with the footer and the funders' mention."""
_FINESSE = 100_000
"""Points of the drawing in one height of the flag."""


@dataclass(frozen=True)
class Boite:
    """A rectangle of the slide."""

    x: float
    y: float
    largeur: float
    hauteur: float

    @property
    def droite(self) -> float:
        """Its right side."""
        return self.x + self.largeur

    @property
    def bas(self) -> float:
        """Its bottom."""
        return self.y + self.hauteur

    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Left, top, width, height as python-pptx wants them."""
        return tuple(Emu(round(v * EMU_PAR_POINT)) for v in (self.x, self.y, self.largeur, self.hauteur))  # type: ignore[return-value]

    def below(self, hauteur: float) -> "Boite":
        """What is left under its first `hauteur` points."""
        return replace(self, y=self.y + hauteur, hauteur=self.hauteur - hauteur)

    def top(self, hauteur: float) -> "Boite":
        """Its first `hauteur` points."""
        return replace(self, hauteur=hauteur)

    def bottom(self, hauteur: float) -> "Boite":
        """Its last `hauteur` points."""
        return replace(self, y=self.bas - hauteur, hauteur=hauteur)

    def columns(self, nombre: int, gouttiere: float) -> list["Boite"]:
        """Side by side, of equal width."""
        largeur = (self.largeur - gouttiere * (nombre - 1)) / nombre
        return [replace(self, x=self.x + rang * (largeur + gouttiere), largeur=largeur) for rang in range(nombre)]

    def overlaps(self, autre: "Boite") -> bool:
        """True when they share more than a side."""
        return self.x < autre.droite and autre.x < self.droite and self.y < autre.bas and autre.y < self.bas


def box_of(forme: Any) -> Boite:
    """The rectangle of a shape of python-pptx."""
    return Boite(*(getattr(forme, nom) / EMU_PAR_POINT for nom in ("left", "top", "width", "height")))


def describe(forme: Any, texte: str) -> None:
    """Gives a shape its alternative text."""
    forme._element.xpath("./*/p:cNvPr")[0].set("descr", texte)


def rgb(couleur: str) -> RGBColor:
    """« #17607D » as python-pptx wants it."""
    return RGBColor.from_string(couleur.lstrip("#"))


def draw_rectangle(formes: Any, boite: Boite, couleur: str, nom: str) -> Any:
    """A plain rectangle."""
    forme = formes.add_shape(MSO_SHAPE.RECTANGLE, *boite.emu())
    _paint_flat(forme, couleur, nom)
    return forme


def _paint_flat(forme: Any, couleur: str, nom: str) -> None:
    """One colour and nothing of the theme, whose style would add a line and a shadow."""
    forme.name = nom
    forme.fill.solid()
    forme.fill.fore_color.rgb = rgb(couleur)
    forme.line.fill.background()
    for style in forme._element.findall(qn("p:style")):
        forme._element.remove(style)


def draw_emblem(formes: Any, x: float, y: float, hauteur: float) -> Any:
    """The emblem as native shapes, sharp at any size, its top left corner at (x, y); gives back the group."""
    groupe = formes.add_group_shape()
    draw_rectangle(groupe.shapes, Boite(x, y, embleme.LARGEUR * hauteur, hauteur), embleme.BLEU, "Fond bleu")
    contours = [
        [(round(x * _FINESSE), round(y * _FINESSE)) for x, y in etoile.sommets] for etoile in embleme.draw_stars()
    ]
    gauche, haut, cote = (round(v * EMU_PAR_POINT) for v in (x, y, hauteur))
    dessin = groupe.shapes.build_freeform(*contours[0][0], scale=cote / _FINESSE)
    for rang, contour in enumerate(contours):
        if rang:
            dessin.move_to(*contour[0])
        dessin.add_line_segments(contour[1:], close=True)
    _paint_flat(dessin.convert_to_shape(Emu(gauche), Emu(haut)), embleme.OR, "Douze étoiles")
    groupe.name = "Emblème de l’Union européenne"
    describe(groupe, embleme.ALTERNATIVE)
    return groupe


def copy_emblem(groupe: Any, formes: Any) -> None:
    """The same emblem at the same place of another slide: copied, since drawing it again takes much longer."""
    arbre = formes._spTree
    copie = deepcopy(groupe._element)
    premier = max(int(i) for i in arbre.xpath(".//p:cNvPr/@id")) + 1
    for rang, proprietes in enumerate(copie.xpath(".//p:cNvPr")):
        proprietes.set("id", str(premier + rang))
    arbre.append(copie)
