"""A picture drawn: the only door of the screens and of the drawings of the PDF, from one description."""

from collections.abc import Callable

import altair as alt

from charts.assemblage import Couches, assemble
from charts.carte import draw_map
from charts.colonnes import draw_flow, draw_months, draw_steps
from charts.rangees import draw_bars, draw_bullets, draw_parity, draw_parts
from sections.images import Forme, Image

_DESSINS: dict[Forme, Callable[[Image, bool], Couches]] = {
    Forme.BARRES: draw_bars,
    Forme.TEMPS: draw_months,
    Forme.FLUX: draw_flow,
    Forme.PARTS: draw_parts,
    Forme.CASCADE: draw_steps,
    Forme.PARITE: draw_parity,
    Forme.PUCES: draw_bullets,
    Forme.CARTE: draw_map,
}
_MAXIMUM_LU = 40


def draw(image: Image, cliquable: bool = False, large: bool = False) -> alt.LayerChart:
    """The chart of a picture that is `dessinable`, as wide as its place; `large`: a page, where names stand beside
    their bars. A click is read under the name « choix »: its field « code » is the code of the category, else its name.
    """
    dessin = _DESSINS[image.genre](image, large)
    couches = list(dessin.couches)
    if cliquable:
        couches[dessin.marque] = couches[dessin.marque].add_params(alt.selection_point(name="choix", fields=["code"]))
    return assemble(couches, dessin.hauteur, describe(image))


def describe(image: Image) -> str:
    """Alternative text: the subject, each number, the reference; how many numbers are left to the table."""
    plusieurs = len(image.series) > 1
    lues = [
        f"{nom}, {serie.nom} : {serie.textes[rang]}" if plusieurs else f"{nom} : {serie.textes[rang]}"
        for rang, nom in enumerate(image.categories)
        for serie in image.series
    ]
    reste = len(lues) - _MAXIMUM_LU
    suite = f" ; et {reste} autres valeurs, dans le tableau" if reste > 0 else ""
    repere = f" Repère : {image.nom_du_repere}." if image.repere is not None else ""
    return f"{image.sujet}. {' ; '.join(lues[:_MAXIMUM_LU])}{suite}.{repere}"
