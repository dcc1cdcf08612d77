"""One native chart for each kind of picture: the numbers are those of the edition, and can be edited."""

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

from charts import palette
from charts.colonnes import (
    GRADUATIONS,
    MOIS_CHIFFRES,
    MOIS_MARQUES,
    list_steps,
    round_step,
    scale_of,
)  # fmt: skip
from reports.caracteres import bind
from reports.pptx import habillage as h
from reports.pptx.formes import Boite
from reports.pptx.mesure import INTERLIGNE, Metre
from reports.pptx.toile import Page
from sections.images import Forme, Image, Serie

BASE_INVISIBLE = "Départ de la barre"
"""The series on which the steps of a waterfall stand: drawn in nothing, but edited with the rest."""
_HAUTEUR_D_UN_NOMBRE = 24.0
_PART_DES_NOMS, _ECART_DES_NOMS = 0.42, 12.0
LEGENDE = 34.0
_VIDE, _VIDE_DES_COLONNES = 45, 70
_PEU_DE_BARRES, _GRANDE_TAILLE, _NOMBRE_MINIMAL = 6, 16.0, 9.0
Natif = h.Natif


# ---- names and numbers measured for the room that they have


def _size_for(image: Image) -> float:
    """The size of names and numbers: larger where there are few."""
    return _GRANDE_TAILLE if len(image.categories) <= _PEU_DE_BARRES else h.TAILLE


def _fit_names(image: Image, largeur: float, hauteur: float, regle: Metre) -> tuple[tuple[str, ...], float, float]:
    """Names, their size, the width that they take: as large as the bands allow, then cut (whole in the notes). A name
    without any number has its state beside it."""
    noms, taille = [], _size_for(image)
    for rang, nom in enumerate(image.categories):
        vide = all(serie.valeurs[rang] is None for serie in image.series)
        noms.append(f"{nom} ({image.series[0].textes[rang]})" if vide else nom)
    while taille > h.TAILLE_MINIMALE and any(regle.height_of(nom, largeur, taille) > hauteur for nom in noms):
        taille -= 1.0
    permise = max(hauteur, taille * INTERLIGNE)
    coupes = tuple(bind(regle.cut(nom, largeur, permise, taille)) for nom in noms)
    prises = [regle.width_of(ligne, taille) for nom in coupes for ligne in regle.wrap(nom, largeur, taille)]
    return coupes, taille, min(max(prises, default=0.0) + 4.0, largeur)


def _fit_numbers(image: Image, largeur: float, regle: Metre) -> float:
    """The size at which the numbers stand side by side, one above each column."""
    textes = [t for serie in image.series for t, v in zip(serie.textes, serie.valeurs, strict=True) if v is not None]
    taille = _size_for(image)
    while taille > _NOMBRE_MINIMAL and any(regle.width_of(t, taille, gras=True) > largeur for t in textes):
        taille -= 1.0
    return taille


def name_bars(regle: Metre, boite: Boite, image: Image, legende: float) -> tuple[tuple[str, ...], float, float]:
    """Names of horizontal bars, their size, where the bars begin as a part of the chart's width."""
    bande = (boite.hauteur - legende) / len(image.categories)
    largeur = boite.largeur * _PART_DES_NOMS - _ECART_DES_NOMS
    noms, taille, large = _fit_names(image, largeur, bande * 0.94, regle)
    return noms, taille, (large + _ECART_DES_NOMS) / boite.largeur


def _greatest(image: Image) -> float:
    """The greatest number drawn, reference included; 1 when there is none."""
    return max([v or 0.0 for serie in image.series for v in serie.valeurs] + [image.repere or 0.0]) or 1.0


def _add(page: Page, boite: Boite, genre: Any, image: Image, noms: Sequence[str], *autres: h.Colonne) -> Natif:
    return h.add_native(page.formes, boite, genre, image, noms, [*((s.nom, s.valeurs) for s in image.series), *autres])


# ---- one kind of chart each


def _draw_bars(page: Page, boite: Boite, image: Image) -> Natif:
    """Horizontal bars; vertical with a line when they are compared with a number."""
    if image.repere is not None:
        return _draw_columns_with_line(page, boite, image)
    legende = LEGENDE if len(image.series) > 1 else 0.0
    noms, taille, gauche = name_bars(page.regle, boite, image, legende)
    natif = _add(page, boite, XL_CHART_TYPE.BAR_CLUSTERED, image, noms)
    h.set_legend(natif.graphique, legende > 0.0)
    h.set_category_axis(natif.graphique.category_axis, taille, renverse=True)
    h.set_value_axis(natif, 0.0, _greatest(image) * 1.14)
    h.space_bars(natif.trace, _VIDE)
    couleurs = palette.colors_of(image)
    for serie in natif.trace.series:
        h.paint_bars(serie, couleurs.get(serie.name, palette.PRINCIPALE))
        h.label_values(serie, natif.format, taille=_size_for(image))
    for rang, nom in enumerate(image.categories):
        if couleurs.get(nom, palette.PRINCIPALE) != palette.PRINCIPALE:
            h.paint(natif.trace.series[0].points[rang], couleurs[nom])
    h.set_plot_box(natif.graphique, gauche, legende / boite.hauteur)
    return natif


def _draw_columns_with_line(page: Page, boite: Boite, image: Image) -> Natif:
    """Columns and a dashed line at the reference, itself a series of the data."""
    nombre, combien = len(image.categories), len(image.series)
    bande = boite.largeur * 0.93 / nombre
    noms, taille, _ = _fit_names(image, bande - 8.0, boite.hauteur * 0.26, page.regle)
    repere = (image.nom_du_repere or "repère", (image.repere,) * nombre)
    natif = _add(page, boite, XL_CHART_TYPE.COLUMN_CLUSTERED, image, noms, repere)
    h.set_legend(natif.graphique, True)
    h.set_category_axis(natif.graphique.category_axis, taille)
    maximum = min(_greatest(image) * 1.2, 1.0) if image.unite == "%" else _greatest(image) * 1.15
    h.set_value_axis(natif, 0.0, maximum)
    h.space_bars(natif.trace, _VIDE_DES_COLONNES)
    ecrits = _fit_numbers(image, bande / (combien + _VIDE_DES_COLONNES / 100) - 2.0, page.regle)
    basses = maximum * _HAUTEUR_D_UN_NOMBRE / (boite.hauteur * 0.7)
    couleurs = palette.colors_of(image)
    for rang, serie in enumerate(list(natif.trace.series)[:combien]):
        # Light enough for the dark reference line to be seen across.
        h.paint_bars(serie, palette.soften(couleurs.get(serie.name, palette.PRINCIPALE)))
        # At the foot of the column: the reference line never crosses a number there.
        h.label_values(serie, natif.format, XL_LABEL_POSITION.INSIDE_BASE, ecrits)
        for point, valeur in enumerate(image.series[rang].valeurs):
            if valeur is not None and valeur < basses:
                dehors = XL_LABEL_POSITION.OUTSIDE_END
                h.label_point(serie, point, natif.format, dehors, palette.ENCRE, ecrits)
    h.turn_last_bars_into_line(natif.graphique)
    return natif


def _draw_parts(page: Page, boite: Boite, image: Image) -> Natif:
    """Bars to 100 %; in plain numbers when some are unknown, since the others would then look larger than they are."""
    genre = XL_CHART_TYPE.BAR_STACKED if image.incomplete else XL_CHART_TYPE.BAR_STACKED_100
    noms, taille, gauche = name_bars(page.regle, boite, image, LEGENDE)
    natif = _add(page, boite, genre, image, noms)
    h.set_legend(natif.graphique, True)
    h.set_category_axis(natif.graphique.category_axis, taille, renverse=True)
    h.set_value_axis(natif, 0.0, max(_totals(image)) * 1.02 if image.incomplete else 1.0)
    h.space_bars(natif.trace, _VIDE, 100)
    couleurs, milieu = palette.colors_of(image), XL_LABEL_POSITION.CENTER
    for serie, nombres in zip(natif.trace.series, image.series, strict=True):
        couleur = couleurs[nombres.nom]
        h.paint_bars(serie, couleur, contour=True)
        h.label_values(serie, natif.format, milieu, _size_for(image), palette.ink_on(couleur))
        h.hide_labels(serie, list_narrow(page.regle, boite, image, nombres, gauche))
    h.set_plot_box(natif.graphique, gauche, LEGENDE / boite.hauteur)
    return natif


def _totals(image: Image) -> list[float]:
    return [sum(s.valeurs[rang] or 0.0 for s in image.series) or 1.0 for rang in range(len(image.categories))]


def list_narrow(regle: Metre, boite: Boite, image: Image, serie: Serie, gauche: float) -> list[int]:
    """The categories whose number is wider than its part of the bar."""
    totaux = _totals(image)
    if image.incomplete:
        totaux = [max(totaux) * 1.02] * len(totaux)
    trop = []
    for rang, (valeur, texte) in enumerate(zip(serie.valeurs, serie.textes, strict=True)):
        largeur = (valeur or 0.0) / totaux[rang] * (0.99 - gauche) * boite.largeur
        if valeur is not None and regle.width_of(texte, _size_for(image), gras=True) + 6.0 > largeur:
            trop.append(rang)
    return trop


def _draw_steps(page: Page, boite: Boite, image: Image) -> Natif:
    """What came stands on what was there, what left hangs from the top: an invisible series holds them up."""
    marches, (nombres,) = list_steps(image), image.series
    sommet = max(1.0, *(haut for _, haut in marches)) * 1.02
    # A step too low for its number has it in its name instead.
    basses = [(haut - bas) * boite.hauteur * 0.85 / sommet < _HAUTEUR_D_UN_NOMBRE for bas, haut in marches]
    noms = [
        f"{nom} : {texte}" if basse else nom
        for nom, texte, basse in zip(image.categories, nombres.textes, basses, strict=True)
    ]
    supports = (BASE_INVISIBLE, [bas for bas, _ in marches])
    colonnes = [supports, (nombres.nom, nombres.valeurs)]
    natif = h.add_native(page.formes, boite, XL_CHART_TYPE.COLUMN_STACKED, image, noms, colonnes)
    h.set_legend(natif.graphique, False)
    h.set_category_axis(natif.graphique.category_axis, 16.0)
    h.set_value_axis(natif, 0.0, sommet)
    h.space_bars(natif.trace, _VIDE, 100)
    base, barres = natif.trace.series
    base.format.fill.background()
    base.format.line.fill.background()
    h.paint_bars(barres, palette.SIXIEME)
    dedans = XL_LABEL_POSITION.INSIDE_END
    h.label_values(barres, natif.format, dedans, 18.0, palette.FOND)
    for rang, signe in ((1, "+"), (2, "−")):
        h.paint(barres.points[rang], palette.colors_of(image)[image.categories[rang]])
        signes = natif.format.replace("#,##0", f'"{signe} "#,##0')
        h.label_point(barres, rang, signes, dedans, palette.FOND, 18.0)
    h.hide_labels(barres, [rang for rang, basse in enumerate(basses) if basse])
    return natif


def _draw_months(page: Page, boite: Boite, image: Image) -> Natif:
    """One curve a series; a month without number is a gap."""
    natif = _add(page, boite, XL_CHART_TYPE.LINE_MARKERS, image, image.categories)
    h.set_legend(natif.graphique, len(image.series) > 1)
    _set_months(natif, page.regle, boite, image)
    h.set_value_axis(natif, *scale_of(image))
    couleurs, finales = palette.colors_of(image), [_last(serie) for serie in image.series]
    sommet = max(valeur for _, valeur in finales)
    for rang, serie in enumerate(natif.trace.series):
        couleur, (point, valeur) = couleurs[image.series[rang].nom], finales[rang]
        h.draw_line(serie, couleur, rang == 0, len(image.categories) <= MOIS_MARQUES)
        if point >= 0:
            # Above the highest curve and below the others: they never overlap.
            position = XL_LABEL_POSITION.ABOVE if valeur == sommet else XL_LABEL_POSITION.BELOW
            h.label_point(serie, point, natif.format, position, couleur, seul=True)
    return natif


def _last(serie: Serie) -> tuple[int, float]:
    """Place and value of the last number of a series; (-1, 0) when it has none."""
    connues = [(rang, valeur) for rang, valeur in enumerate(serie.valeurs) if valeur is not None]
    return connues[-1] if connues else (-1, 0.0)


def _set_months(natif: Natif, regle: Metre, boite: Boite, image: Image) -> None:
    """Every month is named while the names stand side by side, then one in two, in three…"""
    mots = [mot for nom in image.categories for mot in nom.split(" ")]
    plus_large = max(regle.width_of(mot, h.TAILLE_MINIMALE) for mot in mots)
    un_sur = ceil((plus_large + 6.0) / (boite.largeur * 0.9 / len(image.categories)))
    h.set_category_axis(natif.graphique.category_axis, h.TAILLE_MINIMALE, un_sur)


def _draw_flow(page: Page, boite: Boite, image: Image) -> Natif:
    """Entries and exits side by side, each with its number while there is room."""
    natif = _add(page, boite, XL_CHART_TYPE.COLUMN_CLUSTERED, image, image.categories)
    h.set_legend(natif.graphique, True)
    _set_months(natif, page.regle, boite, image)
    chiffres, pas = len(image.categories) <= MOIS_CHIFFRES, round_step(_greatest(image) / GRADUATIONS)
    if chiffres:
        h.set_value_axis(natif, 0.0, _greatest(image) * 1.12)
    else:
        h.set_value_axis(natif, 0.0, ceil(_greatest(image) / pas) * pas, pas)
    h.space_bars(natif.trace, 40)
    colonne = boite.largeur * 0.95 / len(image.categories) / (len(image.series) + 0.4)
    for serie in natif.trace.series:
        h.paint_bars(serie, palette.colors_of(image)[serie.name])
        if chiffres:
            h.label_values(serie, natif.format, taille=_fit_numbers(image, colonne, page.regle))
    return natif


DESSINS: dict[Forme, Callable[[Page, Boite, Image], Natif]] = {
    Forme.BARRES: _draw_bars,
    Forme.TEMPS: _draw_months,
    Forme.FLUX: _draw_flow,
    Forme.PARTS: _draw_parts,
    Forme.CASCADE: _draw_steps,
    Forme.PARITE: _draw_columns_with_line,
}
