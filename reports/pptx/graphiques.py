"""One native chart for each kind of picture: the numbers are those of the edition, and can be edited."""

from collections.abc import Callable
from typing import Any

from reports.pptx.accessibilite import describe
from reports.pptx.graphiques_des_mois import draw_flow, draw_months
from reports.pptx.graphiques_en_barres import draw_bars, draw_columns_with_line, draw_parts, draw_waterfall
from reports.pptx.trace import Place
from sections.contenu import Genre, Image

_DESSINS: dict[Genre, Callable[[Place, Image], Any]] = {
    Genre.BARRES: draw_bars,
    Genre.TEMPS: draw_months,
    Genre.FLUX: draw_flow,
    Genre.PARTS: draw_parts,
    Genre.CASCADE: draw_waterfall,
    Genre.PARITE: draw_columns_with_line,
}


def draw_chart(place: Place, image: Image) -> Any:
    """Adds the chart of an image to a slide; gives back its graphic frame."""
    cadre = _DESSINS[image.genre](place, image)
    cadre.name = f"Graphique : {image.sujet}"
    describe(cadre, write_alternative(image))
    return cadre


def write_alternative(image: Image) -> str:
    """The picture in words: its subject, each number, the reference line."""
    plusieurs = len(image.series) > 1
    lues = []
    for rang, categorie in enumerate(image.categories):
        nombres = ", ".join(f"{s.nom} {s.textes[rang]}" if plusieurs else s.textes[rang] for s in image.series)
        lues.append(f"{categorie} : {nombres}")
    repere = f" Repère : {image.nom_du_repere}." if image.repere is not None else ""
    return f"{image.sujet}. {' ; '.join(lues)}.{repere}"


def write_gaps(image: Image) -> str:
    """« moins de 5 : Femmes, moins de 26 ans »: what neither the bars nor the names say."""
    trous: dict[str, list[str]] = {}
    for rang, nom in enumerate(image.categories):
        sans = [serie for serie in image.series if serie.valeurs[rang] is None]
        if image.genre not in (Genre.TEMPS, Genre.FLUX) and len(sans) == len(image.series):
            continue
        for serie in sans:
            trous.setdefault(serie.textes[rang], []).append(f"{nom}, {serie.nom}" if len(image.series) > 1 else nom)
    return " ; ".join(f"{texte} : {' · '.join(noms)}" for texte, noms in trous.items())
