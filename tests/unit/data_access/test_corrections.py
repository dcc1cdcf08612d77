"""Workbooks to send: one sheet, or one file, a référent."""

import io
import zipfile
from datetime import datetime

import openpyxl

from data_access.imports.corrections import SANS_REFERENT, group_by_referent, write_corrections, zip_corrections
from data_access.imports.qualite import AnomalieOuverte


def _anomalie(referent: str | None, cle: str = "c1", code_plie: str = "T") -> AnomalieOuverte:
    return AnomalieOuverte(
        code_plie=code_plie, controle="IMP-202", gravite="avertissement", feuille="Parcours", ligne=2,
        colonne="type_sortie", cle=cle, code_referent=referent, code_operation=None, message="Le message.",
        conseil="Le conseil.", version=1, depuis_version=1, depuis_le=datetime(2024, 1, 31),
    )  # fmt: skip


def _open(contenu: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(contenu))


def test_one_sheet_a_referent_the_orphans_last() -> None:
    livre = _open(write_corrections([_anomalie(None), _anomalie("R2"), _anomalie("R1"), _anomalie("R1", "c2")]))
    assert livre.sheetnames == ["R1", "R2", SANS_REFERENT]
    lignes = list(livre["R1"].iter_rows(values_only=True))
    assert [ligne[2] for ligne in lignes] == ["Numéro", "c1", "c2"]
    assert lignes[1] == (
        "T", "Parcours", "c1", None, "type_sortie", "avertissement", "Le conseil.", "Le message.", "31/01/2024",
    )  # fmt: skip


def test_codes_that_no_sheet_may_bear() -> None:
    livre = _open(write_corrections([_anomalie("A/B"), _anomalie("A?B"), _anomalie("x" * 40), _anomalie("X" * 40)]))
    assert livre.sheetnames[:2] == ["A B", "A B (2)"]
    assert all(len(nom) <= 31 for nom in livre.sheetnames)
    assert len(livre.sheetnames) == 4


def test_one_file_a_referent_holds_only_theirs() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_corrections([_anomalie("R1"), _anomalie("R/2", "c2")]))) as archive:
        assert archive.namelist() == ["001_T_R_2.xlsx", "002_T_R1.xlsx"]
        livre = _open(archive.read("002_T_R1.xlsx"))
    assert livre.sheetnames == ["R1"]
    assert livre["R1"].max_row == 2


def test_referents_of_two_plie_are_two_people() -> None:
    assert len(group_by_referent([_anomalie("R1"), _anomalie("R1", code_plie="U")])) == 2


def test_nothing_to_correct_is_still_a_workbook() -> None:
    assert _open(write_corrections([])).sheetnames == ["Rien à corriger"]
