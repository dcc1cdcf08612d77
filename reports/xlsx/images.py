"""A picture in the workbook: its table, true numbers or words where there is none, and its native Excel chart, drawn
from cells, with its alternative text."""

import re
from dataclasses import dataclass, replace
from typing import Any

from xlsxwriter.chart import Chart

from charts import palette
from charts.colonnes import list_steps
from charts.dessin import describe
from indicators.declaration import Unite
from indicators.nombres import write_amount
from reports.notice import SANS_GRAPHIQUE, has_native_chart, table_of, write_precision
from reports.xlsx.feuille import (
    DECIMAL,
    ENTIER,
    POLICE,
    CaseEcrite,
    FeuilleEcrite,
    cell_value,
    format_of,
    number,
    text,
)
from sections.images import Forme, Image, Serie, Tableau

COLONNE_CACHEE = 40
"""First of the hidden columns from which charts are drawn where the table itself cannot be: a word would be a 0."""
LARGEUR = 560
_ENTIER = re.compile(r"(?:0|[1-9]\d{0,2}(?:\s\d{3})*)")
_DEBOUT = (Forme.TEMPS, Forme.FLUX, Forme.CASCADE)
_TIRETS = ("solid", "dash", "round_dot", "long_dash")
_TEXTE = {"name": POLICE, "size": 9, "color": palette.ENCRE}
_FORMES = {
    Forme.TEMPS: {"type": "line"},
    Forme.FLUX: {"type": "column"},
    Forme.CASCADE: {"type": "column", "subtype": "stacked"},
    Forme.PARTS: {"type": "bar", "subtype": "percent_stacked"},
}


@dataclass(frozen=True)
class Place:
    """Where the numbers of a chart are: header row, first and last row, columns of the names, of the series,
    of the reference where there is one."""

    entete: int
    debut: int
    fin: int
    noms: int
    series: tuple[int, ...]
    repere: int


def write_image(feuille: FeuilleEcrite, image: Image) -> None:
    """The message, what it is about, the table, the chart beside it."""
    hauteur = _height_of(image) if has_native_chart(image) else 0
    feuille.keep_together(max(hauteur, 24 * (len(table_of(image).lignes) + 2)) + 90)
    feuille.write_heading(image.message)
    feuille.write_paragraph(write_precision(image), font_color=palette.TEXTE_SECOND)
    haut = feuille.ligne
    place = _write_table(feuille, image)
    if not has_native_chart(image):
        if not image.dessinable:
            feuille.write_paragraph(SANS_GRAPHIQUE, italic=True)
        return
    _insert_chart(feuille, image, place, haut)
    feuille.fill_to(haut, hauteur + 12)


def chart_column(image: Image) -> int:
    """Column where the chart begins, beside the table."""
    return max(3, len(_name_columns(image)))


# ---- the table


def _write_table(feuille: FeuilleEcrite, image: Image) -> Place:
    """The table, one row a category and one column a series, or the words that the picture brings instead."""
    noms = _name_columns(image)
    entete = feuille.write_header(noms)
    if _in_words(image):
        _write_words(feuille, table_of(image))
    else:
        for rang, categorie in enumerate(image.categories):
            feuille.write_row([text(categorie), *_write_numbers(image, rang)])
    series = tuple(range(1, len(image.series) + 1))
    place = Place(entete, entete + 1, entete + len(image.categories), 0, series, len(noms) - 1)
    sans = any(v is None for serie in image.series for v in serie.valeurs)
    if not has_native_chart(image) or not (sans or image.tableau or image.genre is Forme.CASCADE):
        return place
    return _write_drawn(feuille, image, place)


def write_words_table(feuille: FeuilleEcrite, tableau: Tableau) -> None:
    """A table of words of a section, its title, what it says."""
    feuille.keep_together(160)
    feuille.write_heading(tableau.titre)
    if tableau.note:
        feuille.write_paragraph(tableau.note, font_color=palette.TEXTE_SECOND)
    feuille.write_header(tableau.entete)
    _write_words(feuille, tableau)


def _write_words(feuille: FeuilleEcrite, tableau: Tableau) -> None:
    """Each line; a whole number that words write is a number again, a rounded share stays in words."""
    for ligne in tableau.lignes:
        feuille.write_row([_read_number(mot) for mot in ligne])


def _read_number(mot: str) -> CaseEcrite:
    return number(float(re.sub(r"\s", "", mot)), ENTIER, "") if _ENTIER.fullmatch(mot) else text(mot)


def _write_numbers(image: Image, rang: int) -> list[CaseEcrite]:
    nombre = format_of(image.unite)
    cellules = [
        number(None if (v := serie.valeurs[rang]) is None else cell_value(v, image.unite), nombre, serie.textes[rang])
        for serie in image.series
    ]
    cellules += [text(serie.textes[rang]) for serie in _series_in_words(image)]
    if image.repere is not None:
        cellules.append(number(cell_value(image.repere, image.unite), nombre, ""))
    return cellules


def _name_columns(image: Image) -> tuple[str, ...]:
    """Headers of the table: a series whose words say more than its numbers has them beside."""
    if _in_words(image):
        return table_of(image).entete
    noms = (image.entete, *(s.nom for s in image.series), *(f"{s.nom}, en mots" for s in _series_in_words(image)))
    return noms if image.repere is None else (*noms, image.nom_du_repere)


def _in_words(image: Image) -> bool:
    """True for a table of words; the two numbers of a map are not of one unit."""
    return image.tableau is not None or image.genre is Forme.CARTE


def _series_in_words(image: Image) -> list[Serie]:
    return [
        serie
        for serie in image.series
        if any(
            valeur is not None and texte != write_amount(valeur, image.unite)
            for valeur, texte in zip(serie.valeurs, serie.textes, strict=True)
        )
    ]


def _write_drawn(feuille: FeuilleEcrite, image: Image, table: Place) -> Place:
    """The same numbers without the words, blank where there is none, in columns that are not shown."""
    voulu = feuille.classeur.format(num_format=format_of(image.unite))
    noms, lignes = _list_drawn(image)
    colonnes = tuple(range(COLONNE_CACHEE + 1, COLONNE_CACHEE + 1 + len(noms)))
    for colonne, nom in zip(colonnes, noms, strict=True):
        feuille.page.write_string(table.entete, colonne, nom)
    for rang, (categorie, valeurs) in enumerate(lignes, table.debut):
        feuille.page.write_string(rang, COLONNE_CACHEE, categorie)
        for colonne, valeur in zip(colonnes, valeurs, strict=True):
            if valeur is not None:
                feuille.page.write_number(rang, colonne, cell_value(valeur, image.unite), voulu)
    feuille.page.set_column(COLONNE_CACHEE, COLONNE_CACHEE + 12, None, None, {"hidden": True})
    if image.tableau is not None and image.repere is not None and _stands(image):
        table = replace(table, repere=colonnes[-1] + 1)
        for rang in range(table.debut, table.fin + 1):
            feuille.page.write_number(rang, table.repere, cell_value(image.repere, image.unite), voulu)
    # The next picture has rows of its own, even where words take fewer.
    feuille.skip(max(0, table.fin + 1 - feuille.ligne))
    return replace(table, noms=COLONNE_CACHEE, series=colonnes)


def _list_drawn(image: Image) -> tuple[tuple[str, ...], list[tuple[str, tuple[float | None, ...]]]]:
    """Names of the series, then each category and its numbers as they are drawn: none where a word stands."""
    noms = tuple(serie.nom for serie in image.series)
    if image.genre is Forme.CASCADE:
        # What is under each step, then the step.
        marches = [(bas, haut - bas) for bas, haut in list_steps(image)]
        return ("Appui", *noms), list(zip(image.categories, marches, strict=True))
    lignes: list[tuple[str, tuple[float | None, ...]]] = []
    for rang, categorie in enumerate(image.categories):
        valeurs = tuple(serie.valeurs[rang] for serie in image.series)
        mots = dict.fromkeys(serie.textes[rang] for serie in image.series if serie.valeurs[rang] is None)
        if image.genre is Forme.PARTS and image.incomplete and mots:
            # The parts that are left are not those of a whole.
            valeurs = (None,) * len(valeurs)
        lignes.append((f"{categorie} ({', '.join(mots)})" if mots else categorie, valeurs))
    return noms, lignes


# ---- the chart


def _height_of(image: Image) -> int:
    """Pixels that a chart needs: more for many bars or long names."""
    if image.genre in _DEBOUT or _stands(image):
        return 300
    longs = sum(1 + (len(nom) > 34) for nom in image.categories)
    return max(220, 90 + longs * (44 if len(image.series) > 1 and image.genre is not Forme.PARTS else 25))


def _stands(image: Image) -> bool:
    """Bars stand up where a line must cross them: Excel draws no line across lying bars."""
    return image.genre is Forme.BARRES and image.repere is not None


def _insert_chart(feuille: FeuilleEcrite, image: Image, place: Place, ligne: int) -> None:
    forme = _FORMES.get(image.genre, {"type": "column" if _stands(image) else "bar"})
    graphique = feuille.classeur.livre.add_chart(forme)
    for serie in _list_series(feuille, image, place):
        graphique.add_series(serie)
    if _stands(image):
        graphique.combine(_draw_reference(feuille, image, place))
    _set_axes(graphique, image)
    seule = len(image.series) == 1 and not _stands(image)
    graphique.set_legend({"none": True} if seule else {"position": "top", "font": _TEXTE})
    graphique.set_title({"name": image.sujet, "name_font": {**_TEXTE, "size": 11, "bold": True}, "overlay": False})
    graphique.set_chartarea({"border": {"color": palette.GRILLE}, "fill": {"color": palette.FOND}})
    graphique.set_size({"width": LARGEUR, "height": _height_of(image)})
    graphique.show_blanks_as("gap")
    graphique.show_hidden_data()
    options = {"description": describe(image), "object_position": 1, "x_offset": 8, "y_offset": 2}
    feuille.page.insert_chart(ligne, chart_column(image), graphique, options)


def _list_series(feuille: FeuilleEcrite, image: Image, place: Place) -> list[dict[str, Any]]:
    couleurs = palette.colors_of(image)
    series = []
    for rang, colonne in enumerate(place.series):
        serie = _refer(feuille, place, colonne)
        numero = rang - (image.genre is Forme.CASCADE)
        if numero < 0:
            series.append(serie | {"fill": {"none": True}, "border": {"none": True}})
            continue
        nom = image.series[numero].nom
        nombre = DECIMAL if image.unite in (Unite.MOIS, Unite.JOURS) else format_of(image.unite)
        couleur = couleurs.get(nom, palette.SIXIEME)
        if image.genre is Forme.TEMPS:
            serie["line"] = {"color": couleur, "width": 2.5, "dash_type": _TIRETS[rang % len(_TIRETS)]}
            serie["marker"] = {"type": "circle", "size": 5, "fill": {"color": couleur}, "border": {"color": couleur}}
            series.append(serie)
            continue
        serie |= {"fill": {"color": couleur}, "gap": 40}
        serie["data_labels"] = {"value": True, "num_format": nombre, "font": dict(_TEXTE)}
        if image.genre is Forme.PARTS:
            serie["data_labels"] |= {"num_format": f"{nombre};;", "font": {**_TEXTE, "color": palette.ink_on(couleur)}}
        if image.genre is Forme.CASCADE:
            serie["data_labels"] |= {"font": {**_TEXTE, "color": palette.FOND, "bold": True}, "position": "center"}
        if nom not in couleurs and not numero:
            propres = image.statuts or image.categories
            serie["points"] = [{"fill": {"color": couleurs.get(propre, couleur)}} for propre in propres]
        series.append(serie)
    return series


def _refer(feuille: FeuilleEcrite, place: Place, colonne: int) -> dict[str, Any]:
    """A series and the cells that hold its name, its categories, its numbers."""
    return {
        "name": [feuille.nom, place.entete, colonne],
        "categories": [feuille.nom, place.debut, place.noms, place.fin, place.noms],
        "values": [feuille.nom, place.debut, colonne, place.fin, colonne],
    }


def _draw_reference(feuille: FeuilleEcrite, image: Image, place: Place) -> Chart:
    """The line of the norm, from a column of its own."""
    ligne = feuille.classeur.livre.add_chart({"type": "line"})
    trait = {"color": palette.REPERE, "width": 2, "dash_type": "dash"}
    nommee = {"name": image.nom_du_repere, "line": trait, "marker": {"type": "none"}}
    ligne.add_series(_refer(feuille, place, place.repere) | nommee)
    return ligne


def _set_axes(graphique: Chart, image: Image) -> None:
    """Standing bars and curves; lying bars have their first category on top, their names on the left even where bars
    start further, at the reference of parity."""
    en_parts = image.genre in (Forme.PARTS, Forme.PARITE)
    categories: dict[str, Any] = {"num_font": _TEXTE}
    valeurs: dict[str, Any] = {
        "num_font": _TEXTE,
        "num_format": "0%" if en_parts else format_of(image.unite),
        "major_gridlines": {"visible": True, "line": {"color": palette.GRILLE}},
        "line": {"none": True},
    }
    if image.genre in _DEBOUT or _stands(image):
        graphique.set_x_axis(categories | {"line": {"color": palette.TEXTE_SECOND}})
        graphique.set_y_axis(valeurs)
        return
    valeurs |= {"label_position": "high"}
    if en_parts:
        valeurs |= {"min": 0, "max": 1, "major_unit": 0.25}
    if image.genre is Forme.PARITE and image.repere is not None:
        valeurs["crossing"] = image.repere
    # XlsxWriter calls « x » the horizontal axis, which bears the values of lying bars.
    graphique.set_x_axis(valeurs)
    graphique.set_y_axis(categories | {"reverse": True, "label_position": "low", "major_tick_mark": "none"})
