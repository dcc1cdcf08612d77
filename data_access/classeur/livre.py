"""Opening a workbook, and its rows as they are written.

openpyxl opens it, but for the shared texts: most of the opening went into describing their fonts. Rows are walked here
rather than by openpyxl, whose public iterator neither gives the row number of a far cell cheaply nor tells a formula
never calculated from an empty cell. The two kinds of cells that workbooks are made of, shared texts and numbers, are
read here; the others by openpyxl's own parser of cells.
"""

import io
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO, Any
from xml.etree.ElementTree import Element, SubElement

from openpyxl import Workbook
from openpyxl.cell.text import Text
from openpyxl.chartsheet import Chartsheet
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from data_access.classeur import controles as c
from data_access.classeur.anomalies import ClasseurRefuseError, refuse
from data_access.classeur.garde import TEXTE_MAX, ArchiveGardee, ClasseurRecu

_TEXTE_PARTAGE = f"{{{SHEET_MAIN_NS}}}si"
_TEXTE_SIMPLE = f"{{{SHEET_MAIN_NS}}}t"
_ECHAPPEMENT = "x005F_"  # how Excel writes an underscore that could be taken for a coded character
COLONNES_MAX = 16_384
_LIGNES_POSSIBLES = 1_048_576
_CHIFFRES = "0123456789"
_DATES_RETENUES = 4096


def load_livre(classeur: ClasseurRecu) -> Workbook:
    """The workbook opened for reading row by row, once `check_container` has accepted it.

    Raises `ClasseurRefuseError`, as does reading a sheet that `parties` refuses.
    """
    try:
        lecteur = _Lecteur(classeur.contenu)
        lecteur.read()
        return lecteur.wb
    except ClasseurRefuseError:
        raise
    except Exception:  # noqa: BLE001  openpyxl raises anything on a damaged workbook
        raise refuse(c.ILLISIBLE, "sa structure n’est pas celle d’un classeur") from None


class _Lecteur(ExcelReader):
    package: Manifest

    def __init__(self, contenu: bytes) -> None:
        super().__init__(io.BytesIO(contenu), read_only=True, data_only=True, keep_links=False, rich_text=False)
        self.archive = ArchiveGardee(contenu)

    def read_strings(self) -> None:
        partie = self.package.find(SHARED_STRINGS)
        if partie is not None:
            with self.archive.open(partie.PartName[1:]) as flux:
                self.shared_strings = _read_texts(flux)

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """Only its name: its drawing and pictures are nothing that we read."""
        self.wb._sheets.append(Chartsheet(parent=self.wb, title=sheet.name))


def _read_texts(flux: IO[bytes]) -> list[str]:
    textes: list[str] = []
    for _, element in iterparse(flux):
        if element.tag == _TEXTE_PARTAGE:
            if len(element) == 1 and element[0].tag == _TEXTE_SIMPLE:
                texte = element[0].text or ""
            else:  # several fonts in one cell
                texte = Text.from_tree(element).content
            if len(texte) > TEXTE_MAX:
                raise refuse(c.TEXTE_TROP_LONG, "d’une cellule")
            textes.append(texte.replace(_ECHAPPEMENT, ""))
            element.clear()
    return textes


def raw_rows(source: Any, largeur: int) -> Iterator[tuple[int, list[object], list[int]]]:
    """Number, first `largeur` cells and uncalculated positions of each row written in the sheet.

    The dimensions declared by the sheet are never used. Rows must come in order.
    """
    try:
        with source._get_source() as flux:
            lire = _cell_reader(source)
            precedent = 0
            for element in _row_elements(flux):
                numero = _row_number(element, precedent)
                if numero <= precedent:
                    raise refuse(c.ILLISIBLE, "des lignes sont dans le désordre")
                if numero > _LIGNES_POSSIBLES:
                    raise refuse(c.TROP_DE_LIGNES, feuille=source.title)
                precedent = numero
                yield numero, *_read_row(element, largeur, lire)
    except (ClasseurRefuseError, GeneratorExit):
        raise
    except Exception:  # noqa: BLE001  a damaged sheet raises anything
        raise refuse(c.ILLISIBLE, "une feuille est abîmée", source.title) from None


def _row_elements(flux: IO[bytes]) -> Iterator[Element]:
    """The rows one by one; each is emptied once it has been used."""
    for _, element in iterparse(flux):
        if element.tag == ROW_TAG:
            yield element
            element.clear()


def _row_number(element: Element, precedent: int) -> int:
    ecrit = element.get("r")
    if ecrit is None:
        return precedent + 1
    try:
        return int(ecrit)
    except ValueError:  # some tools write « 12.0 »
        if not float(ecrit).is_integer():
            raise
        return int(float(ecrit))


def _read_row(element: Element, largeur: int, lire: Callable[[Element], object]) -> tuple[list[object], list[int]]:
    cellules: list[object] = [None] * largeur
    jamais_calculees: list[int] = []
    rang = -1
    for cellule in element:
        adresse = cellule.get("r")
        rang = _column_of(adresse.rstrip(_CHIFFRES)) if adresse else rang + 1
        if rang >= largeur:
            continue
        valeur = lire(cellule)
        if valeur is not None:
            cellules[rang] = valeur
        # A formula with an empty text as its result (t="str") was calculated.
        elif cellule.get("t") != "str" and cellule.find(FORMULA_TAG) is not None:
            jamais_calculees.append(rang)
    return cellules, jamais_calculees


@lru_cache(maxsize=COLONNES_MAX)
def _column_of(lettres: str) -> int:
    return column_index_from_string(lettres) - 1


def _cell_reader(source: Any) -> Callable[[Element], object]:
    """The function that gives the value of a cell of this sheet."""
    livre = source.parent
    textes: list[str] = source._shared_strings
    styles_de_date = {str(style) for style in livre._date_formats}
    parseur = WorkSheetParser(
        None,
        textes,
        data_only=True,
        epoch=livre.epoch,
        date_formats=livre._date_formats,
        timedelta_formats=livre._timedelta_formats,
    )

    @lru_cache(maxsize=_DATES_RETENUES)
    def read_date(texte: str, style: str) -> object:
        # The days of a workbook are a few thousand, however many rows it has.
        cellule = Element("c", {"s": style})
        SubElement(cellule, VALUE_TAG).text = texte
        return parseur.parse_cell(cellule)["value"]

    def read(cellule: Element) -> object:
        genre = cellule.get("t", "n")
        if genre == "s":
            texte = cellule.findtext(VALUE_TAG)
            return textes[int(texte)] if texte else None
        if genre == "n":
            texte = cellule.findtext(VALUE_TAG)
            if not texte:
                return None
            style = cellule.get("s", "0")
            if style in styles_de_date:
                return read_date(texte, style)
            return float(texte) if "." in texte or "E" in texte or "e" in texte else int(texte)
        valeur = parseur.parse_cell(cellule)["value"]
        if isinstance(valeur, str) and len(valeur) > TEXTE_MAX:
            raise refuse(c.TEXTE_TROP_LONG, f"de la cellule {cellule.get('r', '')}".rstrip(), source.title)
        return valeur

    return read
