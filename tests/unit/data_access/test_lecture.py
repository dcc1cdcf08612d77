"""Workbooks that are damaged, disguised or hostile: refused in words, quickly, without harm."""

import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from data_access.classeur import anomalies, garde, lecture
from tests.unit.data_access.petits_classeurs import (
    places,
    raw_sheets,
    refusal,
    valid_sheets,
    verify,
    write,
    write_raw,
)


@pytest.fixture
def classeur(tmp_path: Path) -> Path:
    return write(tmp_path, valid_sheets())


def rewrite(chemin: Path, partie: str, transformer) -> Path:
    """The workbook with one of its parts changed."""
    with zipfile.ZipFile(chemin) as archive:
        parties = {nom: archive.read(nom) for nom in archive.namelist()}
    parties[partie] = transformer(parties.get(partie, b""))
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in parties.items():
            archive.writestr(nom, contenu)
    return chemin


def test_missing_file_folder_and_impossible_path(tmp_path):
    assert refusal(tmp_path / "absent.xlsx") == "IMP-007"
    assert refusal(tmp_path) == "IMP-007"
    assert refusal(tmp_path / ("x" * 5000)) == "IMP-007"


@pytest.mark.parametrize("contenu", [b"", b"code_plie;nom\nT;x\n", b"\x89PNG", b"%PDF-1.7"])
def test_not_a_workbook(tmp_path, contenu):
    chemin = tmp_path / "essai.xlsx"
    chemin.write_bytes(contenu)
    assert refusal(chemin) == "IMP-001"


def test_csv_renamed_in_words(tmp_path):
    chemin = tmp_path / "essai.xlsx"
    chemin.write_text("code_plie;nom\n")
    (anomalie,) = _anomalies(chemin)
    assert anomalie.message == (
        "Classeur : le fichier n’est pas un classeur Excel .xlsx, même si son nom le dit. Rien n’est chargé. "
        "Ouvrez-le dans Excel ou LibreOffice et enregistrez-le au format « Classeur Excel (.xlsx) ». [IMP-001]"
    )


def _anomalies(chemin: Path) -> list[anomalies.Anomalie]:
    return verify(chemin).rapport.anomalies()


def test_zip_that_is_not_a_workbook(tmp_path):
    chemin = tmp_path / "essai.xlsx"
    with zipfile.ZipFile(chemin, "w") as archive:
        archive.writestr("bonjour.txt", "x")
    assert refusal(chemin) == "IMP-001"


def test_password_or_old_format(tmp_path):
    chemin = tmp_path / "essai.xlsx"
    chemin.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\x00" * 512)
    assert refusal(chemin) == "IMP-002"


def test_too_heavy(tmp_path):
    chemin = tmp_path / "essai.xlsx"
    with chemin.open("wb") as flux:
        flux.truncate(garde.POIDS_MAX + 1)
    assert refusal(chemin) == "IMP-003"


def test_small_file_that_unpacks_to_hundreds_of_megabytes(classeur):
    debut = time.monotonic()
    rewrite(classeur, "xl/worksheets/sheet2.xml", lambda _: b"<worksheet>" + b"<row/>" * 30_000_000)
    debut = time.monotonic()
    assert classeur.stat().st_size < garde.POIDS_MAX
    assert refusal(classeur) == "IMP-004"
    assert time.monotonic() - debut < 2


@pytest.mark.parametrize(
    "bombe",
    [
        b"<row>" + b"<c/>" * 30_000_000 + b"</row>",
        b"<row/>" * 20_000_000,
        b"<x/>" * 30_000_000,
    ],
    ids=["cells", "rows", "elements"],
)
def test_a_sheet_of_empty_elements_does_not_fill_memory(classeur, bombe):
    espace = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    feuille = b"<worksheet %b><sheetData>%b</sheetData></worksheet>" % (espace, bombe)
    rewrite(classeur, "xl/worksheets/sheet2.xml", lambda _: feuille)
    debut = time.monotonic()
    assert refusal(classeur) in ("IMP-004", "IMP-005")
    assert time.monotonic() - debut < 5


def test_millions_of_texts(classeur):
    rewrite(classeur, "xl/sharedStrings.xml", lambda _: b"<sst>" + b"<si/>" * 25_000_000)
    assert refusal(classeur) == "IMP-004"


def test_heavy_styles(classeur):
    rewrite(classeur, "xl/styles.xml", lambda _: b"<styleSheet>" + b"<x/>" * 4_000_000)
    assert refusal(classeur) == "IMP-004"


def test_too_many_parts(classeur):
    with zipfile.ZipFile(classeur, "a") as archive:
        for rang in range(garde.PARTIES_MAX):
            archive.writestr(f"xl/media/{rang}", "")
    assert refusal(classeur) == "IMP-004"


def test_too_many_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(lecture, "LIGNES_MAX", 2)
    feuilles = valid_sheets()
    feuilles["Contacts"] *= 2
    assert refusal(write(tmp_path, feuilles)) == "IMP-005"


@pytest.mark.parametrize("partie", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"])
@pytest.mark.parametrize("degat", [b"<", b"", b"<a></b>", b"<worksheet>"])
def test_damaged_parts(classeur, partie, degat):
    rewrite(classeur, partie, lambda _: degat)
    rapport = verify(classeur).rapport
    assert rapport.is_blocking


def test_truncated_archive(classeur):
    classeur.write_bytes(classeur.read_bytes()[:-200])
    assert refusal(classeur) == "IMP-006"


def test_flipped_bytes(classeur):
    contenu = bytearray(classeur.read_bytes())
    for rang in range(2000, len(contenu), 997):
        contenu[rang] ^= 0xFF
    classeur.write_bytes(contenu)
    verify(classeur)  # refused or not, never an exception


def test_entities_are_refused(classeur):
    bombe = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">' + b"]>"

    def arm(contenu: bytes) -> bytes:
        return contenu.replace(b"<worksheet", bombe + b"<worksheet", 1).replace(b"</sheetData>", b"&b;</sheetData>")

    rewrite(classeur, "xl/worksheets/sheet2.xml", arm)
    assert refusal(classeur) == "IMP-006"


def test_utf16_hides_nothing(classeur):
    rewrite(classeur, "xl/worksheets/sheet2.xml", lambda c: c.decode().replace("UTF-8", "UTF-16").encode("utf-16"))
    assert refusal(classeur) == "IMP-006"


def test_rows_out_of_order_are_not_silently_lost(classeur):
    rewrite(classeur, "xl/worksheets/sheet14.xml", lambda c: c.replace(b'<row r="3"', b'<row r="2"'))
    assert refusal(classeur) == "IMP-006"


def test_far_cell(tmp_path):
    chemin = write(tmp_path, valid_sheets())
    livre = openpyxl.load_workbook(chemin)
    livre["Etapes"]["XFD1048576"] = "loin"
    livre.save(chemin)
    debut = time.monotonic()
    verifie = verify(chemin)
    assert time.monotonic() - debut < 2
    assert not verifie.rapport.anomalies()
    assert len(verifie.feuilles["Etapes"].lignes) == 2


def test_far_row_in_a_known_column(tmp_path):
    chemin = write(tmp_path, valid_sheets())
    livre = openpyxl.load_workbook(chemin)
    livre["Etapes"]["A1048576"] = "T"
    livre.save(chemin)
    assert refusal(chemin) == "IMP-005"


def test_every_column_a_sheet_can_have(tmp_path):
    feuilles = raw_sheets(valid_sheets())
    feuilles["Participants"][0] += [f"inconnue {rang}" for rang in range(16_384 - 4)]
    (anomalie,) = _anomalies(write_raw(tmp_path, feuilles))
    assert anomalie.code == "IMP-210"
    assert anomalie.message.count("inconnue") == 10
    assert "et 16370 autres" in anomalie.message


def test_hidden_sheets_are_read(tmp_path):
    chemin = write(tmp_path, valid_sheets())
    livre = openpyxl.load_workbook(chemin)
    livre["Etapes"].sheet_state = "veryHidden"
    livre.save(chemin)
    assert len(verify(chemin).feuilles["Etapes"].lignes) == 2


def test_formulas_never_calculated(tmp_path):
    chemin = write(tmp_path, valid_sheets())
    livre = openpyxl.load_workbook(chemin)
    livre["Etapes"]["H2"] = "=A1"
    livre["Etapes"]["I2"] = "=1+1"
    livre.save(chemin)
    verifie = verify(chemin)
    assert places(verifie.rapport.anomalies()) == [
        ("IMP-101", "Etapes", 2, "statut"),
        ("IMP-208", "Etapes", 2, "statut"),
        ("IMP-208", "Etapes", 2, "heures"),
    ]


def test_formulas_with_a_result_even_empty_are_read(tmp_path):
    chemin = tmp_path / "formules.xlsx"
    with xlsxwriter.Workbook(str(chemin)) as livre:
        for nom, lignes in raw_sheets(valid_sheets()).items():
            onglet = livre.add_worksheet(nom)
            jour = livre.add_format({"num_format": "dd/mm/yyyy"})
            for rang, ligne in enumerate(lignes):
                for colonne, valeur in enumerate(ligne):
                    if hasattr(valeur, "year"):
                        onglet.write_datetime(rang, colonne, valeur, jour)
                    elif valeur is not None:
                        onglet.write(rang, colonne, "oui" if valeur is True else "non" if valeur is False else valeur)
            if nom == "Etapes":
                onglet.write_formula(1, 8, '=IF(A2="","",7)', None, 7)
                onglet.write_formula(2, 8, '=IF(A3="","","")', None, "")
    # What Excel writes for a formula whose result is an empty text.
    rewrite(chemin, "xl/worksheets/sheet11.xml", lambda c: c.replace(b'<c r="I3">', b'<c r="I3" t="str">'))
    verifie = verify(chemin)
    assert not verifie.rapport.anomalies()
    assert [valeurs[8] for valeurs in verifie.feuilles["Etapes"].lignes.values()] == [7.0, None]


def test_1904_dates(tmp_path):
    chemin = write(tmp_path, valid_sheets())
    livre = openpyxl.load_workbook(chemin)
    livre.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    livre.save(chemin)
    lignes = verify(chemin).feuilles["Etapes"].lignes
    assert lignes[2][5].isoformat() == "2022-03-01"


def test_a_long_report_stays_readable(tmp_path, monkeypatch):
    monkeypatch.setattr(anomalies, "MAX_DETAILLEES", 3)
    feuilles = valid_sheets()
    feuilles["Contacts"] += [feuilles["Contacts"][0] | {"nature": "visite"}] * 8
    verifie = verify(write(tmp_path, feuilles))
    trouves = verifie.rapport.anomalies()
    assert [a.code for a in trouves] == ["IMP-106"] * 3 + ["IMP-299"]
    assert trouves[-1].message.startswith("Classeur : 5 autres anomalies « Valeur hors de la liste ».")
    assert verifie.feuilles["Contacts"].rejets == 8


def test_bytes_as_well_as_a_path(classeur):
    recu = garde.ClasseurRecu("essai.xlsx", classeur.read_bytes())
    garde.check_container(recu)
    assert zipfile.is_zipfile(io.BytesIO(recu.contenu))
