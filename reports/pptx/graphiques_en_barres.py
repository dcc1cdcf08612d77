"""Charts of bars: sorted, against a reference, stacked, standing on one another."""

from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

from charts import palette
from reports.pptx import style_des_graphiques as style
from reports.pptx.donnees_du_graphique import Colonnes, format_of
from reports.pptx.trace import (
    Place,
    add_native,
    columns_of,
    fit_names,
    fit_numbers,
    greatest,
    name_with_state,
    size_for,
)
from sections.contenu import Image

BASE_INVISIBLE = "Départ de la barre"
"""The series on which the steps of a waterfall stand: drawn in nothing, but edited with the rest."""
_PART_DES_NOMS = 0.42
_LEGENDE = 34.0
_ECART_DES_NOMS = 12.0
_VIDE_DES_COLONNES = 70
_HAUTEUR_D_UN_NOMBRE = 24.0
_SOUS_LA_LIGNE = ("#5B9BB5", "#8794A0")
"""Light enough for the dark reference line to be seen across, dark enough (3:1) to be seen on white."""


def _color(rang: int) -> str:
    return palette.CATEGORIES[rang % len(palette.CATEGORIES)]


def draw_bars(place: Place, image: Image) -> Any:
    """Horizontal bars; vertical with a line when they are compared with a number."""
    if image.repere is not None:
        return draw_columns_with_line(place, image)
    plusieurs = len(image.series) > 1
    noms, taille, gauche = _name_bars(place, image, _LEGENDE if plusieurs else 0.0)
    colonnes = columns_of(image, noms)
    cadre, graphique = add_native(place, image, XL_CHART_TYPE.BAR_CLUSTERED, colonnes)
    style.set_legend(graphique, plusieurs)
    style.set_category_axis(graphique.category_axis, taille)
    graphique.category_axis.reverse_order = True
    style.set_value_axis(graphique.value_axis, 0.0, greatest(image) * 1.14, colonnes.format, visible=False)
    trace = graphique.plots[0]
    trace.gap_width, trace.overlap, trace.vary_by_categories = 45, 0, False
    trace.has_data_labels = True
    style.label_values(trace, colonnes.format, taille=size_for(image))
    for rang, serie in enumerate(trace.series):
        style.paint_bars(serie, _color(rang))
    haut = _LEGENDE / place.boite.hauteur if plusieurs else 0.0
    style.set_plot_box(graphique, gauche, haut, 0.99 - gauche, 1.0 - haut)
    return cadre


def _name_bars(place: Place, image: Image, legende: float) -> tuple[tuple[str, ...], float, float]:
    """Names of horizontal bars, their size, where the bars begin as a part of the chart's width."""
    bande = (place.boite.hauteur - legende) / len(image.categories)
    largeur = place.boite.largeur * _PART_DES_NOMS - _ECART_DES_NOMS
    noms, taille, large = fit_names(name_with_state(image), largeur, bande * 0.94, place.regle, size_for(image))
    return noms, taille, (large + _ECART_DES_NOMS) / place.boite.largeur


def draw_columns_with_line(place: Place, image: Image) -> Any:
    """Columns and a dashed line at the reference, itself a series of the data."""
    nombre, combien = len(image.categories), len(image.series)
    bande = place.boite.largeur * 0.93 / nombre
    noms, taille, _ = fit_names(
        name_with_state(image), bande - 8.0, place.boite.hauteur * 0.26, place.regle, size_for(image)
    )
    repere = (image.nom_du_repere or "repère", (image.repere,) * nombre)
    colonnes = columns_of(image, noms, repere)
    cadre, graphique = add_native(place, image, XL_CHART_TYPE.COLUMN_CLUSTERED, colonnes)
    style.set_legend(graphique, True)
    style.set_category_axis(graphique.category_axis, taille)
    maximum = min(greatest(image) * 1.2, 1.0) if image.unite == "%" else greatest(image) * 1.15
    style.set_value_axis(graphique.value_axis, 0.0, maximum, colonnes.format, visible=False)
    trace = graphique.plots[0]
    trace.gap_width, trace.overlap, trace.vary_by_categories = _VIDE_DES_COLONNES, 0, False
    ecrits = fit_numbers(image, bande / (combien + _VIDE_DES_COLONNES / 100) - 2.0, place.regle)
    basses = maximum * _HAUTEUR_D_UN_NOMBRE / (place.boite.hauteur * 0.7)
    for rang, serie in enumerate(list(trace.series)[:combien]):
        style.paint_bars(serie, _SOUS_LA_LIGNE[rang % len(_SOUS_LA_LIGNE)])
        # At the foot of the column: the reference line never crosses a number there.
        style.label_values(serie, colonnes.format, XL_LABEL_POSITION.INSIDE_BASE, taille=ecrits)
        for point, valeur in enumerate(image.series[rang].valeurs):
            if valeur is not None and valeur < basses:
                style.label_point(
                    serie, point, colonnes.format, XL_LABEL_POSITION.OUTSIDE_END, palette.ENCRE, ecrits, seul=False
                )
    style.turn_last_bars_into_line(graphique)
    return cadre


def draw_parts(place: Place, image: Image) -> Any:
    """Bars to 100 %; in plain numbers when some are unknown, since the others would then look larger than they are."""
    genre = XL_CHART_TYPE.BAR_STACKED if image.incomplete else XL_CHART_TYPE.BAR_STACKED_100
    noms, taille, gauche = _name_bars(place, image, _LEGENDE)
    colonnes = columns_of(image, noms)
    cadre, graphique = add_native(place, image, genre, colonnes)
    style.set_legend(graphique, True)
    style.set_category_axis(graphique.category_axis, taille)
    graphique.category_axis.reverse_order = True
    fin = max(_totals(image)) * 1.02 if image.incomplete else 1.0
    style.set_value_axis(graphique.value_axis, 0.0, fin, colonnes.format, visible=False)
    trace = graphique.plots[0]
    trace.gap_width, trace.overlap = 45, 100
    for rang, serie in enumerate(trace.series):
        couleur = palette.PAR_NOM.get(image.series[rang].nom, _color(rang))
        style.paint_bars(serie, couleur)
        style.outline(serie)
        encre = palette.ENCRE if couleur in style.CLAIRES else palette.FOND
        style.label_values(serie, colonnes.format, XL_LABEL_POSITION.CENTER, taille=size_for(image), couleur=encre)
        style.hide_labels(serie, [i for i, _ in _too_narrow(place, image, rang, 0.99 - gauche)])
    haut = _LEGENDE / place.boite.hauteur
    style.set_plot_box(graphique, gauche, haut, 0.99 - gauche, 0.99 - haut)
    return cadre


def _totals(image: Image) -> list[float]:
    return [sum(s.valeurs[rang] or 0.0 for s in image.series) or 1.0 for rang in range(len(image.categories))]


def _too_narrow(place: Place, image: Image, rang: int, etendue: float) -> list[tuple[int, str]]:
    """Points of a series whose number is wider than its part of the bar, with that number in words."""
    totaux = _totals(image)
    serie = image.series[rang]
    trop = []
    for point, (valeur, texte) in enumerate(zip(serie.valeurs, serie.textes, strict=True)):
        total = max(totaux) * 1.02 if image.incomplete else totaux[point]
        largeur = (valeur or 0.0) / total * etendue * place.boite.largeur
        if valeur is not None and place.regle.width_of(texte, size_for(image), gras=True) + 6.0 > largeur:
            trop.append((point, texte))
    return trop


def write_narrow_parts(place: Place, image: Image) -> str:
    """« 50 ans et plus : Non renseigné 12 »: the numbers that their part of the bar is too narrow to hold."""
    _, _, gauche = _name_bars(place, image, _LEGENDE)
    dites = []
    for rang, serie in enumerate(image.series):
        petites = [p for p in _too_narrow(place, image, rang, 0.99 - gauche) if serie.valeurs[p[0]]]
        if petites:
            nombres = " · ".join(f"{image.categories[point]} {texte}" for point, texte in petites)
            dites.append(f"{serie.nom} : {nombres}")
    return " ; ".join(dites)


def draw_waterfall(place: Place, image: Image) -> Any:
    """What came stands on what was there, what left hangs from the top: an invisible series holds them up."""
    avant, entrees, sorties, apres = (v or 0.0 for v in image.series[0].valeurs)
    sommet = max(avant + entrees, apres + sorties, 1.0) * 1.02
    texte = place.boite.hauteur * 0.85 / sommet
    noms = tuple(
        nom if valeur * texte >= _HAUTEUR_D_UN_NOMBRE else f"{nom} : {ecrit}"
        for nom, valeur, ecrit in zip(
            image.categories, (avant, entrees, sorties, apres), image.series[0].textes, strict=True
        )
    )
    series = [(BASE_INVISIBLE, (0.0, avant, apres, 0.0)), (image.series[0].nom, image.series[0].valeurs)]
    colonnes = Colonnes(image.entete, noms, series, format_of(image.unite, image.series))
    cadre, graphique = add_native(place, image, XL_CHART_TYPE.COLUMN_STACKED, colonnes)
    style.set_legend(graphique, False)
    style.set_category_axis(graphique.category_axis, 16.0)
    style.set_value_axis(graphique.value_axis, 0.0, sommet, colonnes.format, visible=False)
    trace = graphique.plots[0]
    trace.gap_width, trace.overlap = 45, 100
    base, barres = trace.series
    base.format.fill.background()
    base.format.line.fill.background()
    style.paint_bars(barres, palette.SIXIEME)
    style.label_values(barres, colonnes.format, XL_LABEL_POSITION.INSIDE_END, taille=18.0, couleur=palette.FOND)
    for rang, couleur, signe in ((1, palette.ENTREES, "+"), (2, palette.SORTIES, "−")):
        style.paint(barres.points[rang], couleur)
        signes = colonnes.format.replace("#,##0", f'"{signe} "#,##0')
        style.label_point(barres, rang, signes, XL_LABEL_POSITION.INSIDE_END, palette.FOND, 18.0, seul=False)
    # A step too low for its number has it in its name instead.
    style.hide_labels(barres, [rang for rang, nom in enumerate(noms) if nom != image.categories[rang]])
    return cadre
