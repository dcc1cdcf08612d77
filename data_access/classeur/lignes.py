"""The rows of a sheet as they are written.

openpyxl's own row parser is driven directly, because its public iterator neither gives the row
number of a far cell cheaply nor tells a formula never calculated from an empty cell.
"""

from collections.abc import Iterator
from typing import Any

from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from data_access.classeur import controles as c
from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.classeur.garde import refuse

COLONNES_MAX = 16_384
_LIGNES_POSSIBLES = 1_048_576


class _Parseur(WorkSheetParser):
    """openpyxl's row parser, which also notes the formulas that bear no result."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jamais_calculees: list[int] = []

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """One cell; a formula with an empty text as its result (t="str") was calculated."""
        cellule = super().parse_cell(element)
        if cellule["value"] is None and element.get("t") != "str" and element.find(FORMULA_TAG) is not None:
            self.jamais_calculees.append(cellule["column"] - 1)
        return cellule


def raw_rows(source: Any, largeur: int) -> Iterator[tuple[int, list[object], list[int]]]:
    """Number, first `largeur` cells and uncalculated positions of each row written in the sheet.

    The dimensions declared by the sheet are never used. Rows must come in order.
    """
    livre = source.parent
    try:
        with source._get_source() as flux:
            parseur = _Parseur(
                flux,
                source._shared_strings,
                data_only=True,
                epoch=livre.epoch,
                date_formats=livre._date_formats,
                timedelta_formats=livre._timedelta_formats,
            )
            precedent = 0
            for numero, ligne in parseur.parse():
                if numero <= precedent:
                    raise refuse(c.ILLISIBLE, "des lignes sont dans le désordre")
                if numero > _LIGNES_POSSIBLES:
                    raise refuse(c.TROP_DE_LIGNES, feuille=source.title)
                precedent = numero
                cellules: list[object] = [None] * largeur
                for cellule in ligne:
                    rang = cellule["column"] - 1
                    if rang < largeur:
                        cellules[rang] = cellule["value"]
                jamais, parseur.jamais_calculees = parseur.jamais_calculees, []
                yield numero, cellules, jamais
    except (ClasseurRefuseError, GeneratorExit):
        raise
    except Exception:  # noqa: BLE001  openpyxl raises anything on a damaged sheet
        raise refuse(c.ILLISIBLE, "une feuille est abîmée", source.title) from None
