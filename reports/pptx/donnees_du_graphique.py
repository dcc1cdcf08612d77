"""The workbook inside a chart: French, plain text, the numbers that the chart draws and the words that are printed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData

from sections.contenu import Image, Serie

FEUILLE = "Données"
FEUILLE_EN_MOTS = "En toutes lettres"
_FEUILLE_DE_PYTHON_PPTX = "Sheet1!"
_FRANCAIS = "[$-40C]"


@dataclass(frozen=True)
class Colonnes:
    """What a chart draws: names under the bars (perhaps shortened), one column of numbers a series."""

    entete: str
    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]
    format: str


def format_of(unite: str, series: Sequence[Serie]) -> str:
    """How the numbers of an image are written, in French even on a machine that is not; « ≈ » before rounded ones."""
    if any(serie.base for serie in series):
        return f'{_FRANCAIS}"≈ "0\\ %' if unite == "%" else f'{_FRANCAIS}"≈ "#,##0;;0'
    if unite == "%":
        return f"{_FRANCAIS}0.0\\ %"
    entiers = all(v is None or float(v).is_integer() for serie in series for v in serie.valeurs)
    return f"{_FRANCAIS}#,##0" if entiers else f"{_FRANCAIS}#,##0.0"


def as_chart_data(colonnes: Colonnes) -> CategoryChartData:
    """The same, as python-pptx wants it."""
    donnees = CategoryChartData(number_format=colonnes.format)
    donnees.categories = list(colonnes.categories)
    for nom, valeurs in colonnes.series:
        donnees.add_series(nom, list(valeurs))
    return donnees


def embed_workbook(graphique: Any, colonnes: Colonnes, image: Image) -> None:
    """Replaces the workbook of python-pptx: it would take « =… » for a formula, and its sheet has an English name."""
    graphique.part.chart_workbook.update_from_xlsx_blob(_make_workbook(colonnes, image))
    for reference in graphique._chartSpace.xpath(".//c:f"):
        reference.text = reference.text.replace(_FEUILLE_DE_PYTHON_PPTX, f"'{FEUILLE}'!")


def _make_workbook(colonnes: Colonnes, image: Image) -> bytes:
    octets = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    classeur = xlsxwriter.Workbook(octets, options)
    style = classeur.add_format({"num_format": colonnes.format.removeprefix(_FRANCAIS)})
    gras = classeur.add_format({"bold": True})
    nombres = classeur.add_worksheet(FEUILLE)
    nombres.set_column(0, 0, 45)
    nombres.set_column(1, len(colonnes.series), 18)
    nombres.write_string(0, 0, colonnes.entete, gras)
    nombres.write_column(1, 0, colonnes.categories)
    for rang, (nom, valeurs) in enumerate(colonnes.series, 1):
        nombres.write_string(0, rang, nom, gras)
        for ligne, valeur in enumerate(valeurs, 1):
            if valeur is not None:
                nombres.write_number(ligne, rang, valeur, style)
    _write_words(classeur.add_worksheet(FEUILLE_EN_MOTS), image, gras)
    classeur.close()
    return octets.getvalue()


def _write_words(feuille: Any, image: Image, gras: Any) -> None:
    """The table of the image as it is printed: whole names, a word where there is no number."""
    feuille.set_column(0, 0, 45)
    feuille.set_column(1, len(image.series), 18)
    for colonne, titre in enumerate((image.entete, *(serie.nom for serie in image.series))):
        feuille.write_string(0, colonne, titre, gras)
    feuille.write_column(1, 0, image.categories)
    for colonne, serie in enumerate(image.series, 1):
        feuille.write_column(1, colonne, serie.textes)
