"""A workbook is dropped, read, loaded and taken back, in a real browser."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RACINE, serve
from tests.e2e.test_navigateur import wait_until_ready
from tests.partage import copy_base, sample_base

CLASSEUR = RACINE / "sample_data" / "classeurs" / "plie_haut_perigord.xlsx"


@pytest.fixture
def modifie(tmp_path: Path) -> Path:
    """The sample workbook with one value of one parcours changed."""
    livre = openpyxl.load_workbook(CLASSEUR)
    feuille = livre["Parcours"]
    colonne = [cellule.value for cellule in feuille[1]].index("prescripteur") + 1
    feuille.cell(2, colonne).value = "Mission locale d’essai"
    chemin = tmp_path / "mois_suivant.xlsx"
    livre.save(chemin)
    return chemin


def test_workbook_is_loaded_then_taken_back(page: Page, modifie: Path, tmp_path: Path) -> None:
    url_base = copy_base(sample_base("haut_perigord"), tmp_path / "plie.db")
    with serve(url_base, tmp_path / "serveur.log") as url:
        page.goto(f"{url}/importer")
        wait_until_ready(page)
        expect(page.get_by_role("button", name="Choisir").first).to_be_visible()
        assert "per file" not in page.get_by_test_id("stFileUploaderDropzone").first.inner_text()
        page.locator("input[type=file]").first.set_input_files(modifie)
        expect(page.get_by_text("0 ligne ajoutée, 1 modifiée, 0 retirée.")).to_be_visible(timeout=30_000)
        with page.expect_download() as rapport:
            page.get_by_role("button", name="Télécharger le rapport").click()
        rapport.value.save_as(tmp_path / "rapport.xlsx")
        assert "Anomalies" in openpyxl.load_workbook(tmp_path / "rapport.xlsx").sheetnames
        page.get_by_role("button", name="Confirmer et charger").click()
        expect(page.get_by_text("Le classeur est chargé")).to_be_visible(timeout=30_000)
        page.get_by_role("tab", name="Ce qui a changé").click()
        expect(page.get_by_text("Ligne à ligne")).to_be_visible(timeout=30_000)
        page.get_by_role("tab", name="Historique").click()
        page.get_by_role("button", name="Annuler le dernier chargement").click()
        expect(page.get_by_text("1 ligne reprendrait sa valeur d’avant")).to_be_visible(timeout=30_000)
        page.get_by_role("button", name="Confirmer l’annulation").click()
        expect(page.get_by_text("La version 2 est annulée")).to_be_visible(timeout=30_000)
