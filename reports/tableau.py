"""One table as a file: CSV or workbook, its numbers as numbers, under the lines that say what they are."""

import csv
import io
import re
from collections.abc import Sequence

import pandas as pd
import xlsxwriter

from indicators.nombres import FINE, INSECABLE, MOINS

_NOMBRE = re.compile(rf"[{MOINS}+]?[{INSECABLE} ]?\d[\d{FINE}{INSECABLE} ]*(,\d+)?({FINE}%)?")


def write_csv(lignes: Sequence[str], table: pd.DataFrame) -> bytes:
    """Semicolons, decimal commas, UTF-8 with its mark: a French Excel opens it as it is. What the numbers are comes
    first, one line each, then the table."""
    texte = io.StringIO()
    ecriture = csv.writer(texte, delimiter=";", lineterminator="\r\n")
    ecriture.writerows([_harmless(ligne)] for ligne in lignes)
    ecriture.writerow([])
    ecriture.writerow([_harmless(str(nom)) for nom in table.columns])
    ecriture.writerows([[_plain_number(str(v)) for v in ligne] for ligne in table.itertuples(index=False)])
    return texte.getvalue().encode("utf-8-sig")


def _plain_number(texte: str) -> str:
    """« 1 012 » as « 1012 », which a spreadsheet counts with; a word as it is, never a formula."""
    if not _NOMBRE.fullmatch(texte):
        return _harmless(texte)
    return texte.replace(FINE, "").replace(INSECABLE, "").replace(" ", "").replace(MOINS, "-").replace("+", "")


def _harmless(texte: str) -> str:
    """A text that a spreadsheet would run as a formula is kept as a text."""
    return f"'{texte}" if texte[:1] in ("=", "+", "-", "@", "\t", "\r") else texte


def write_xlsx(lignes: Sequence[str], table: pd.DataFrame) -> bytes:
    """The table in one sheet, its numbers true numbers, under what they are."""
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as f:
        feuille = f.add_worksheet("Tableau")
        gras = f.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        entier, part = f.add_format({"num_format": "#,##0.##"}), f.add_format({"num_format": "0.0%"})
        for rang, ligne in enumerate(lignes):
            feuille.write_string(rang, 0, ligne, gras if rang == 0 else None)
        debut = len(lignes) + 1
        for colonne, nom in enumerate(table.columns):
            feuille.write_string(debut, colonne, str(nom), gras)
        for rang, valeurs in enumerate(table.itertuples(index=False), start=debut + 1):
            for colonne, valeur in enumerate(valeurs):
                nombre = read_number(str(valeur))
                if nombre is None:
                    feuille.write_string(rang, colonne, str(valeur))
                else:
                    feuille.write_number(rang, colonne, nombre, part if str(valeur).endswith("%") else entier)
        feuille.freeze_panes(debut + 1, 1)
        feuille.autofilter(debut, 0, debut + max(len(table), 1), max(len(table.columns) - 1, 0))
        feuille.set_column(0, 0, 40)
        feuille.set_column(1, max(len(table.columns) - 1, 1), 16)
    return sortie.getvalue()


def read_number(texte: str) -> float | None:
    """The number that a French text writes, a share for « 41,7 % »; None for words and rounded numbers."""
    if not _NOMBRE.fullmatch(texte):
        return None
    nu = _plain_number(texte).replace(",", ".")
    return float(nu[:-1]) / 100 if nu.endswith("%") else float(nu)
