"""Flat rectangles: one colour, no line, no shadow."""

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn

from reports.pptx.cadre import Boite


def draw_rectangle(formes: Any, boite: Boite, couleur: str, nom: str) -> Any:
    """A plain rectangle."""
    forme = formes.add_shape(MSO_SHAPE.RECTANGLE, *boite.emu())
    paint_flat(forme, couleur, nom)
    return forme


def paint_flat(forme: Any, couleur: str, nom: str) -> None:
    """One colour and nothing of the theme, whose style would add a line and a shadow."""
    forme.name = nom
    forme.fill.solid()
    forme.fill.fore_color.rgb = RGBColor.from_string(couleur.lstrip("#"))
    forme.line.fill.background()
    for style in forme._element.findall(qn("p:style")):
        forme._element.remove(style)
