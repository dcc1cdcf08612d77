"""Rows and texts read here, beside what openpyxl's public iterator reads in the same workbook."""

import io
import string
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.classeur.garde import ClasseurRecu
from data_access.classeur.livre import load_livre, raw_rows

LARGEUR = 8
TEXTES = st.text(string.printable.strip() + " éÉ’€_x005F_" + "𝔸", max_size=12)
CELLULES = (
    st.none()
    | TEXTES
    | st.sampled_from(["_x005F_x000D_", "#REF!", "=1+1", "  x  ", "12", "1e5", "TRUE"])
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(-1e12, 1e12)
    | st.dates(date(1900, 3, 1), date(2099, 12, 31))
    | st.datetimes(datetime(1950, 1, 1), datetime(2050, 1, 1)).map(lambda m: m.replace(microsecond=0))
    | st.sampled_from([time(12, 30), timedelta(hours=30)])
)
LIGNES = st.lists(st.lists(CELLULES, max_size=LARGEUR), max_size=8)


def by_xlsxwriter(lignes, **options) -> bytes:
    """The workbook of these cells; `constant_memory` writes the texts in the cells."""
    sortie = io.BytesIO()
    sans_deviner = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(sortie, {"in_memory": True, **sans_deviner, **options}) as livre:
        formats = {
            date: livre.add_format({"num_format": "dd/mm/yyyy"}),
            datetime: livre.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
            time: livre.add_format({"num_format": "hh:mm"}),
            timedelta: livre.add_format({"num_format": "[h]:mm"}),
        }
        gras = livre.add_format({"bold": True})
        onglet = livre.add_worksheet()
        for numero, ligne in enumerate(lignes):
            for rang, valeur in enumerate(ligne):
                if valeur is None:
                    onglet.write_blank(numero, rang, None, gras)
                else:
                    onglet.write(numero, rang, valeur, formats.get(type(valeur)))
        onglet.write_rich_string(20, 0, "deux ", gras, "polices")
        onglet.write_formula(21, 1, "=A1", None, 3.5)
        onglet.write_formula(22, 2, '="x"', None, "x")
        onglet.write_formula(23, 3, "=1/0", None, "#DIV/0!")
        onglet.write_formula(24, 4, "=TRUE", None, True)
    return sortie.getvalue()


def by_openpyxl(lignes) -> bytes:
    livre = openpyxl.Workbook()
    for ligne in lignes:
        livre.active.append([f"’{v}" if isinstance(v, str) and v.startswith("=") else v for v in ligne])
    sortie = io.BytesIO()
    livre.save(sortie)
    return sortie.getvalue()


def ours(contenu: bytes) -> list[list[object]]:
    """Our reading, rows not written put back as empty ones."""
    livre = load_livre(ClasseurRecu("x.xlsx", contenu))
    lignes = {numero: cellules for numero, cellules, _ in raw_rows(livre.worksheets[0], LARGEUR)}
    return [lignes.get(numero, [None] * LARGEUR) for numero in range(1, max(lignes, default=0) + 1)]


def theirs(contenu: bytes) -> list[list[object]]:
    """openpyxl's."""
    livre = openpyxl.load_workbook(io.BytesIO(contenu), read_only=True, data_only=True)
    lignes = [list(ligne) for ligne in livre.worksheets[0].iter_rows(min_col=1, max_col=LARGEUR, values_only=True)]
    while lignes and lignes[-1] == [None] * LARGEUR:
        lignes.pop()
    return lignes


def check_same(contenu: bytes) -> None:
    attendues, lues = theirs(contenu), ours(contenu)
    assert lues[: len(attendues)] == attendues
    assert all(ligne == [None] * LARGEUR for ligne in lues[len(attendues) :])
    assert [[type(v) for v in ligne] for ligne in lues[: len(attendues)]] == [[type(v) for v in x] for x in attendues]


@settings(max_examples=40, deadline=None)
@given(lignes=LIGNES)
def test_cells_are_those_of_openpyxl(lignes):
    check_same(by_xlsxwriter(lignes))
    check_same(by_xlsxwriter(lignes, constant_memory=True, in_memory=False))
    check_same(by_xlsxwriter(lignes, date_1904=True))
    check_same(by_openpyxl(lignes))


def with_sheet(xml: str) -> bytes:
    """A workbook whose sheet has these rows, written by hand."""
    source, sortie = io.BytesIO(by_xlsxwriter([])), io.BytesIO()
    espace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(source) as avant, zipfile.ZipFile(sortie, "w") as apres:
        for nom in avant.namelist():
            feuille = f'<worksheet xmlns="{espace}"><sheetData>{xml}</sheetData></worksheet>'
            apres.writestr(nom, feuille if nom == "xl/worksheets/sheet1.xml" else avant.read(nom))
    return sortie.getvalue()


@pytest.mark.parametrize(
    "xml",
    [
        "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
        '<row r="2.0"><c r="B2"><v>1</v></c><c><v>2.50</v></c></row>',
        '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="b3" t="b"><v>0</v></c></row>',
        '<row r="3"><c r="C3" t="d"><v>2020-02-29</v></c><c r="D3" t="d"><v>2020-02-29T12:00:00</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="str"><f>1</f><v></v></c></row>',
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" s="99"><v>-1E-3</v></c><c r="C1"/></row>',
    ],
)
def test_what_other_tools_write_is_read_as_openpyxl_does(xml):
    check_same(with_sheet(xml))


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1"><c r="A1" t="s"><v>999</v></c></row>',
        '<row r="1"><c r="A1"><v>douze</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="deux"><c r="A1"><v>1</v></c></row>',
        '<row r="1.5"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
    ],
)
def test_damaged_cells_are_refused_in_words(xml):
    with pytest.raises(ClasseurRefuseError) as refus:
        ours(with_sheet(xml))
    assert refus.value.anomalie.code == "IMP-006"
