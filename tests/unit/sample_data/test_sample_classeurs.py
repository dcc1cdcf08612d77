"""The ten workbooks that are kept: small, honest on their first sheet, what the generator writes today."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sample_data.generation.classeur import chemin_of, invent_plie, write_classeurs
from sample_data.generation.reference import CLASSEURS, list_codes_plie

POIDS_MAX = 6_000_000


def test_ten_workbooks_under_6_mb() -> None:
    chemins = [chemin_of(code) for code in list_codes_plie()]
    assert sorted(CLASSEURS.glob("*")) == sorted(chemins)
    assert sum(chemin.stat().st_size for chemin in chemins) < POIDS_MAX


def test_kept_workbooks_are_those_of_the_generator(tmp_path: Path) -> None:
    for refait in write_classeurs(tmp_path):
        assert refait.read_bytes() == (CLASSEURS / refait.name).read_bytes(), f"{refait.name} : python -m sample_data"


@pytest.mark.parametrize("code", list_codes_plie())
def test_first_sheet_says_that_the_data_are_invented(code: str) -> None:
    classeur = openpyxl.load_workbook(chemin_of(code), read_only=True)
    assert classeur.sheetnames[0] == "Lisez-moi"
    texte = " ".join(str(cellule) for rang in classeur["Lisez-moi"].iter_rows(values_only=True) for cellule in rang)
    assert "Données inventées" in texte
    classeur.close()


def test_one_workbook_holds_every_row_with_real_dates() -> None:
    feuilles = invent_plie("HAUT_PERIGORD")
    classeur = openpyxl.load_workbook(chemin_of("HAUT_PERIGORD"), read_only=True)
    assert classeur.sheetnames[1:] == list(feuilles)
    for nom, lignes in feuilles.items():
        rangs = classeur[nom].iter_rows(values_only=True)
        entetes = next(rangs)
        valeurs = list(rangs)
        assert len(valeurs) == len(lignes), nom
        for colonne in ("entree_le", "debut", "realise_le"):
            if colonne in entetes:
                assert all(isinstance(rang[entetes.index(colonne)], datetime) for rang in valeurs)
    classeur.close()
