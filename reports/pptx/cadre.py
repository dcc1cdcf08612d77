"""Where things are on a slide. Lengths are in points; PowerPoint counts in EMU, 12 700 a point."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pptx.util import Emu

EMU_PAR_POINT = 12_700
LARGEUR, HAUTEUR = 960.0, 540.0
"""16:9, 13.333 × 7.5 inches: PowerPoint's own wide format."""
BANDE = 24.0
"""Height of the strip with the footer and the funders' mention."""


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

    def without_bottom(self, hauteur: float) -> "Boite":
        """All but its last `hauteur` points."""
        return replace(self, hauteur=self.hauteur - hauteur)

    def columns(self, nombre: int, gouttiere: float) -> Iterator["Boite"]:
        """Side by side, of equal width."""
        largeur = (self.largeur - gouttiere * (nombre - 1)) / nombre
        for rang in range(nombre):
            yield replace(self, x=self.x + rang * (largeur + gouttiere), largeur=largeur)

    def overlaps(self, autre: "Boite") -> bool:
        """True when they share more than a side."""
        return self.x < autre.droite and autre.x < self.droite and self.y < autre.bas and autre.y < self.bas


@dataclass(frozen=True)
class Cadre:
    """A layout: where its title is, where our content goes, where the strip of the footer is."""

    titre: Boite
    contenu: Boite
    bande: Boite


def box_of(forme: object) -> Boite:
    """The rectangle of a shape of python-pptx, in points."""
    return Boite(*(getattr(forme, nom) / EMU_PAR_POINT for nom in ("left", "top", "width", "height")))
