"""The Union's emblem as native shapes: a blue rectangle and twelve gold stars, grouped, sharp at any size."""

from copy import deepcopy
from typing import Any

from pptx.util import Emu

from reports.emblemes.geometrie import ALTERNATIVE, BLEU, LARGEUR, OR, draw_stars
from reports.pptx.accessibilite import describe
from reports.pptx.cadre import EMU_PAR_POINT, Boite
from reports.pptx.formes import draw_rectangle, paint_flat

_FINESSE = 100_000
"""Points of the drawing in one height of the flag."""


def draw_emblem(formes: Any, x: float, y: float, hauteur: float) -> Any:
    """The emblem with its top left corner at (x, y), in points; gives back the group."""
    gauche, haut, cote = (round(v * EMU_PAR_POINT) for v in (x, y, hauteur))
    groupe = formes.add_group_shape()
    draw_rectangle(groupe.shapes, Boite(x, y, LARGEUR * hauteur, hauteur), BLEU, "Fond bleu")

    paint_flat(_draw_stars(groupe.shapes, gauche, haut, cote), OR, "Douze étoiles")
    groupe.name = "Emblème de l’Union européenne"
    describe(groupe, ALTERNATIVE)
    return groupe


def copy_emblem(groupe: Any, formes: Any) -> None:
    """The same emblem at the same place of another slide: copied, since drawing it again takes much longer."""
    arbre = formes._spTree
    copie = deepcopy(groupe._element)
    premier = max(int(i) for i in arbre.xpath(".//p:cNvPr/@id")) + 1
    for rang, proprietes in enumerate(copie.xpath(".//p:cNvPr")):
        proprietes.set("id", str(premier + rang))
    arbre.append(copie)


def _draw_stars(formes: Any, gauche: int, haut: int, cote: int) -> Any:
    contours = [[_local(sommet) for sommet in etoile.sommets] for etoile in draw_stars()]
    dessin = formes.build_freeform(*contours[0][0], scale=cote / _FINESSE)
    for rang, contour in enumerate(contours):
        if rang:
            dessin.move_to(*contour[0])
        dessin.add_line_segments(contour[1:], close=True)
    return dessin.convert_to_shape(Emu(gauche), Emu(haut))


def _local(sommet: tuple[float, float]) -> tuple[int, int]:
    return round(sommet[0] * _FINESSE), round(sommet[1] * _FINESSE)
