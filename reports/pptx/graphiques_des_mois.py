"""Charts of months: curves with their last number, columns of entries and exits."""

from math import ceil, floor, log10
from typing import Any

from pptx.chart.chart import Chart
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE

from charts import palette
from reports.pptx import style_des_graphiques as style
from reports.pptx.trace import Place, add_native, columns_of, fit_numbers, greatest
from sections.contenu import Genre, Image, Serie

_MOIS_MARQUES, _MOIS_CHIFFRES = 24, 18
_GRADUATIONS = 5
_COULEURS = (palette.PRINCIPALE, palette.SIXIEME, *palette.CATEGORIES[1:5])
"""This year in our colour, the year before in grey, then the others."""


def draw_months(place: Place, image: Image) -> Any:
    """One curve a series; a month without number is a gap."""
    colonnes = columns_of(image, image.categories)
    cadre, graphique = add_native(place, image, XL_CHART_TYPE.LINE_MARKERS, colonnes)
    style.set_legend(graphique, len(image.series) > 1)
    _set_months(graphique, image, place)
    bas, haut, pas = _scale(image)
    style.set_value_axis(graphique.value_axis, bas, haut, colonnes.format, visible=True, pas=pas)
    finales = [_last(serie) for serie in image.series]
    sommet = max(valeur for _, valeur in finales)
    for rang, serie in enumerate(graphique.plots[0].series):
        couleur = _COULEURS[rang % len(_COULEURS)]
        style.draw_line(serie, couleur, 3.0 if rang == 0 else 2.25, tirets=rang > 0)
        _mark(serie, couleur, len(image.categories) <= _MOIS_MARQUES)
        point, valeur = finales[rang]
        if point >= 0:
            # Above the highest curve and below the others: they never overlap.
            position = XL_LABEL_POSITION.ABOVE if valeur == sommet else XL_LABEL_POSITION.BELOW
            style.label_point(serie, point, colonnes.format, position, couleur)
    return cadre


def _last(serie: Serie) -> tuple[int, float]:
    """Place and value of the last number of a series; (-1, 0) when it has none."""
    connues = [(rang, valeur) for rang, valeur in enumerate(serie.valeurs) if valeur is not None]
    return connues[-1] if connues else (-1, 0.0)


def _mark(serie: Any, couleur: str, visible: bool) -> None:
    serie.marker.style = XL_MARKER_STYLE.CIRCLE if visible else XL_MARKER_STYLE.NONE
    if visible:
        serie.marker.size = 7
        serie.marker.format.fill.solid()
        serie.marker.format.fill.fore_color.rgb = style.rgb(couleur)
        serie.marker.format.line.color.rgb = style.rgb(couleur)


def starts_at_zero(image: Image) -> bool:
    """False when the axis of a series of months is cut, which the slide then says."""
    return image.genre is not Genre.TEMPS or _scale(image)[0] == 0.0


def _scale(image: Image) -> tuple[float, float, float]:
    """Ends and step of the axis: round numbers with room around the curves, never below zero."""
    valeurs = [v for serie in image.series for v in serie.valeurs if v is not None]
    bas, haut = min(valeurs), max(valeurs)
    marge = max((haut - bas) * 0.2, haut * 0.03, 0.01 if image.unite == "%" else 1.0)
    pas = _round_step((haut - bas + 2 * marge) / _GRADUATIONS)
    return max(floor((bas - marge) / pas) * pas, 0.0), ceil((haut + marge) / pas) * pas, pas


def _round_step(pas: float) -> float:
    """1, 2, 5, 10, 20, 50… the first that is no smaller."""
    decade = 10.0 ** floor(log10(pas))
    return next(decade * facteur for facteur in (1, 2, 5, 10) if decade * facteur >= pas * 0.999)


def _set_months(graphique: Chart, image: Image, place: Place) -> None:
    """Every month is named while the names stand side by side, then one in two, in three…"""
    style.set_category_axis(graphique.category_axis, style.TAILLE_MINIMALE)
    bande = place.boite.largeur * 0.9 / len(image.categories)
    mots = [mot for nom in image.categories for mot in nom.split(" ")]
    plus_large = max(place.regle.width_of(mot, style.TAILLE_MINIMALE) for mot in mots)
    style.name_one_in(graphique.category_axis, max(1, ceil((plus_large + 6.0) / bande)))


def draw_flow(place: Place, image: Image) -> Any:
    """Entries and exits side by side, each with its number while there is room."""
    colonnes = columns_of(image, image.categories)
    cadre, graphique = add_native(place, image, XL_CHART_TYPE.COLUMN_CLUSTERED, colonnes)
    style.set_legend(graphique, True)
    _set_months(graphique, image, place)
    chiffres = len(image.categories) <= _MOIS_CHIFFRES
    pas = _round_step(greatest(image) / _GRADUATIONS)
    haut = greatest(image) * 1.12 if chiffres else ceil(greatest(image) / pas) * pas
    style.set_value_axis(graphique.value_axis, 0.0, haut, colonnes.format, visible=not chiffres, pas=pas)
    trace = graphique.plots[0]
    trace.gap_width, trace.overlap = 40, 0
    colonne = place.boite.largeur * 0.95 / len(image.categories) / (len(image.series) + 0.4)
    for rang, serie in enumerate(trace.series):
        style.paint_bars(serie, (palette.ENTREES, palette.SORTIES, *palette.CATEGORIES[2:])[rang])
        if chiffres:
            style.label_values(serie, colonnes.format, taille=fit_numbers(image, colonne, place.regle))
    return cadre
