"""A table taken away: a French spreadsheet counts with its numbers, and runs none of its texts."""

import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from reports.tableau import read_number, write_csv, write_xlsx

LIGNES = ("File active par opération", "PLIE de l’Agenais · données au 30/09/2021")
TABLE = pd.DataFrame(
    {
        "Opération": ["AXE1", "=1+1"],
        "Présents": ["1\u202f012", "moins de 5"],
        "Taux": ["41,7\u202f%", "≈\u00a042\u202f%"],
    }
)


@pytest.mark.parametrize(
    ("texte", "nombre"),
    [
        ("1\u202f012", 1012.0),
        ("41,7\u202f%", 0.417),
        ("0", 0.0),
        ("12,2", 12.2),
        ("moins de 5", None),
        ("≈\u00a025", None),
        ("", None),
        ("12 mois", None),
        ("\u2212\u00a03", -3.0),
    ],
)
def test_french_numbers_are_read(texte: str, nombre: float | None) -> None:
    assert read_number(texte) == (None if nombre is None else pytest.approx(nombre))


def test_csv_opens_in_a_french_spreadsheet() -> None:
    brut = write_csv(LIGNES, TABLE)
    assert brut.startswith(b"\xef\xbb\xbf")
    lignes = brut.decode("utf-8-sig").split("\r\n")
    assert lignes[:2] == list(LIGNES)
    assert lignes[3:5] == ["Opération;Présents;Taux", "AXE1;1012;41,7%"]
    assert lignes[5] == "'=1+1;moins de 5;≈\u00a042\u202f%"


def test_workbook_holds_true_numbers_and_no_formula() -> None:
    feuille = load_workbook(io.BytesIO(write_xlsx(LIGNES, TABLE))).active
    assert [feuille.cell(1, 1).value, feuille.cell(2, 1).value] == list(LIGNES)
    assert [c.value for c in feuille[4]] == ["Opération", "Présents", "Taux"]
    assert [c.value for c in feuille[5]] == ["AXE1", 1012, 0.417]
    assert [c.value for c in feuille[6]] == ["=1+1", "moins de 5", "≈\u00a042\u202f%"]
    assert feuille.cell(6, 1).data_type == "s"
    assert feuille.cell(5, 3).number_format == "0.0%"
