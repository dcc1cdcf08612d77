"""Native Excel charts, drawn from the cells of the sheet, each with its alternative text."""

from typing import Any

from xlsxwriter.chart import Chart

from charts import palette
from indicators.declaration import Unite
from reports.notice import describe_image
from reports.xlsx.feuille import POLICE, Feuille
from reports.xlsx.formats import DECIMAL, format_of
from reports.xlsx.tableaux import Place, chart_rows
from sections.contenu import Genre, Image

LARGEUR = 560
_TIRETS = ("solid", "dash", "round_dot", "long_dash")
_TEXTE = {"name": POLICE, "size": 9, "color": palette.ENCRE}


def height_of(image: Image) -> int:
    """Pixels that a chart needs: more for many bars or long names."""
    if image.genre in (Genre.BARRES, Genre.PARTS, Genre.PARITE) and not _stands(image):
        longs = sum(1 + (len(nom) > 34) for nom in image.categories)
        return max(220, 90 + longs * (44 if len(image.series) > 1 and image.genre is not Genre.PARTS else 25))
    return 300


def can_draw(image: Image) -> bool:
    """False when every bar would be missing: a picture of nothing looks like a zero."""
    return any(v is not None for _, valeurs in chart_rows(image)[1] for v in valeurs)


def insert_chart(feuille: Feuille, image: Image, place: Place, ligne: int, colonne: int) -> None:
    """The chart of a picture, its top left corner in that cell."""
    graphique = _draw(feuille, image, place)
    graphique.set_title({"name": image.sujet, "name_font": {**_TEXTE, "size": 11, "bold": True}, "overlay": False})
    graphique.set_chartarea({"border": {"color": palette.GRILLE}, "fill": {"color": palette.FOND}})
    graphique.set_size({"width": LARGEUR, "height": height_of(image)})
    graphique.show_blanks_as("gap")
    graphique.show_hidden_data()
    options = {"description": describe_image(image), "object_position": 1, "x_offset": 8, "y_offset": 2}
    feuille.page.insert_chart(ligne, colonne, graphique, options)


def _draw(feuille: Feuille, image: Image, place: Place) -> Chart:
    dessins = {
        Genre.BARRES: _draw_bars,
        Genre.TEMPS: _draw_lines,
        Genre.FLUX: _draw_columns,
        Genre.PARTS: _draw_parts,
        Genre.CASCADE: _draw_steps,
        Genre.PARITE: _draw_parity,
    }
    return dessins[image.genre](feuille, image, place)


def _stands(image: Image) -> bool:
    """Bars stand up where a line must cross them: Excel draws no line across lying bars."""
    return image.genre is Genre.BARRES and image.repere is not None


def _draw_bars(feuille: Feuille, image: Image, place: Place) -> Chart:
    debout = _stands(image)
    graphique = feuille.classeur.livre.add_chart({"type": "column" if debout else "bar"})
    for rang in range(len(image.series)):
        couleur = palette.CATEGORIES[rang % len(palette.CATEGORIES)]
        graphique.add_series(_series(feuille, image, place, rang, couleur) | {"gap": 40})
    if debout:
        graphique.combine(_draw_reference(feuille, image, place))
        _set_axes(graphique, image)
        graphique.set_legend({"position": "top", "font": _TEXTE})
    else:
        _lie_down(graphique, image)
        graphique.set_legend({"none": True} if len(image.series) == 1 else {"position": "top", "font": _TEXTE})
    return graphique


def _draw_reference(feuille: Feuille, image: Image, place: Place) -> Chart:
    """The line of the norm, from its column of the table."""
    ligne = feuille.classeur.livre.add_chart({"type": "line"})
    ligne.add_series(
        {
            "name": image.nom_du_repere,
            "categories": [feuille.nom, place.debut, place.noms, place.fin, place.noms],
            "values": [feuille.nom, place.debut, place.repere, place.fin, place.repere],
            "line": {"color": palette.REPERE, "width": 2, "dash_type": "dash"},
            "marker": {"type": "none"},
        }
    )
    return ligne


def _draw_lines(feuille: Feuille, image: Image, place: Place) -> Chart:
    graphique = feuille.classeur.livre.add_chart({"type": "line"})
    couleurs = (palette.PRINCIPALE, palette.SIXIEME, *palette.CATEGORIES[1:])
    for rang in range(len(image.series)):
        couleur = couleurs[rang % len(couleurs)]
        serie = _series(feuille, image, place, rang, couleur, etiquettes=False)
        serie["line"] = {"color": couleur, "width": 2.5, "dash_type": _TIRETS[rang % len(_TIRETS)]}
        serie["marker"] = {"type": "circle", "size": 5, "fill": {"color": couleur}, "border": {"color": couleur}}
        serie.pop("fill")
        graphique.add_series(serie)
    _set_axes(graphique, image)
    graphique.set_legend({"position": "top", "font": _TEXTE})
    return graphique


def _draw_columns(feuille: Feuille, image: Image, place: Place) -> Chart:
    graphique = feuille.classeur.livre.add_chart({"type": "column"})
    for rang, couleur in zip(range(len(image.series)), (palette.ENTREES, palette.SORTIES), strict=False):
        graphique.add_series(_series(feuille, image, place, rang, couleur) | {"gap": 40})
    _set_axes(graphique, image)
    graphique.set_legend({"position": "top", "font": _TEXTE})
    return graphique


def _draw_parts(feuille: Feuille, image: Image, place: Place) -> Chart:
    graphique = feuille.classeur.livre.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for rang, serie in enumerate(image.series):
        couleur = palette.PAR_NOM.get(serie.nom, palette.CATEGORIES[rang % len(palette.CATEGORIES)])
        decrite = _series(feuille, image, place, rang, couleur) | {"gap": 40}
        clair = palette.contrast(couleur) < 3
        decrite["data_labels"]["font"] = {**_TEXTE, "color": palette.ENCRE if clair else palette.FOND}
        decrite["data_labels"]["num_format"] = format_of(image.unite) + ";;"
        graphique.add_series(decrite)
    _lie_down(graphique, image, minimum=0, maximum=1, format_des_valeurs="0%")
    graphique.set_legend({"position": "top", "font": _TEXTE})
    return graphique


def _draw_steps(feuille: Feuille, image: Image, place: Place) -> Chart:
    """A waterfall: what is under each bar is drawn without colour."""
    graphique = feuille.classeur.livre.add_chart({"type": "column", "subtype": "stacked"})
    appui = _series(feuille, image, place, 0, palette.FOND, etiquettes=False)
    graphique.add_series(appui | {"fill": {"none": True}, "border": {"none": True}, "gap": 40})
    barre = _series(feuille, image, place, 1, palette.SIXIEME)
    couleurs = (palette.SIXIEME, palette.ENTREES, palette.SORTIES, palette.SIXIEME)
    barre["points"] = [{"fill": {"color": couleur}} for couleur in couleurs]
    barre["data_labels"]["font"] = {**_TEXTE, "color": palette.FOND, "bold": True}
    barre["data_labels"]["position"] = "center"
    graphique.add_series(barre)
    _set_axes(graphique, image)
    graphique.set_legend({"none": True})
    return graphique


def _draw_parity(feuille: Feuille, image: Image, place: Place) -> Chart:
    """Bars that start from the reference: the gap is what one sees first."""
    graphique = feuille.classeur.livre.add_chart({"type": "bar"})
    for rang, couleur in zip(range(len(image.series)), (palette.FEMMES, palette.SIXIEME), strict=False):
        graphique.add_series(_series(feuille, image, place, rang, couleur) | {"gap": 50})
    _lie_down(graphique, image, minimum=0, maximum=1, format_des_valeurs="0%", depart=image.repere)
    graphique.set_legend({"none": True} if len(image.series) == 1 else {"position": "top", "font": _TEXTE})
    return graphique


def _series(
    feuille: Feuille, image: Image, place: Place, rang: int, couleur: str, etiquettes: bool = True
) -> dict[str, Any]:
    colonne = place.series[rang]
    serie: dict[str, Any] = {
        "name": [feuille.nom, place.entete, colonne],
        "categories": [feuille.nom, place.debut, place.noms, place.fin, place.noms],
        "values": [feuille.nom, place.debut, colonne, place.fin, colonne],
        "fill": {"color": couleur},
    }
    if etiquettes:
        nombre = DECIMAL if image.unite in (Unite.MOIS, Unite.JOURS) else format_of(image.unite)
        serie["data_labels"] = {"value": True, "num_format": nombre, "font": dict(_TEXTE)}
    return serie


def _set_axes(graphique: Chart, image: Image) -> None:
    graphique.set_x_axis({"num_font": _TEXTE, "line": {"color": palette.TEXTE_SECOND}})
    graphique.set_y_axis(
        {
            "num_font": _TEXTE,
            "num_format": format_of(image.unite),
            "major_gridlines": {"visible": True, "line": {"color": palette.GRILLE}},
            "line": {"none": True},
        }
    )


def _lie_down(
    graphique: Chart,
    image: Image,
    minimum: float | None = None,
    maximum: float | None = None,
    format_des_valeurs: str = "",
    depart: float | None = None,
) -> None:
    """Axes of lying bars: the first category on top, names on the left even where bars start further."""
    categories = {"reverse": True, "num_font": _TEXTE, "label_position": "low", "major_tick_mark": "none"}
    valeurs: dict[str, Any] = {
        "num_font": _TEXTE,
        "num_format": format_des_valeurs or format_of(image.unite),
        "major_gridlines": {"visible": True, "line": {"color": palette.GRILLE}},
        "line": {"none": True},
        "label_position": "high",
    }
    if minimum is not None:
        valeurs["min"] = minimum
    if maximum is not None:
        valeurs |= {"max": maximum, "major_unit": maximum / 4}
    if depart is not None:
        valeurs["crossing"] = depart
    # XlsxWriter calls « x » the horizontal axis, which bears the values of lying bars.
    graphique.set_x_axis(valeurs)
    graphique.set_y_axis(categories)
