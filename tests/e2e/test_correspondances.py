"""The export of another software is matched by hand, and its profile goes out and comes back, in a real browser."""

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from data_access.__main__ import main as data_access
from tests.e2e.conftest import serve
from tests.e2e.test_import import CLASSEUR
from tests.e2e.test_navigateur import wait_until_ready

EXPORT = "N° dossier;Réf. parcours;Civilité;Né(e) le;Nom;Date entrée PLIE;Orienté par\n" + "".join(
    f"x{rang}1;y{rang}1;Madame;05/06/1990;DUPONT;01/02/2021;CCAS\n" for rang in range(12)
)
LIGNE_DU_MODE, LIGNE_DU_PRESCRIPTEUR = 5, 6
COLONNE_DE_L_EXPORT, VALEUR_FIXE = 2, 3


def drop(page: Page, accepte: str, chemin: Path) -> None:
    """Gives a file to the drop zone that takes files of that kind."""
    page.locator(f"input[type=file][accept*='{accepte}']").set_input_files(chemin)


def fill_cell(page: Page, table: Locator, ligne: int, colonne: int, texte: str) -> None:
    """Goes to a cell with the keyboard, from the first one, and types in it."""
    table.click(position={"x": 40, "y": 52})
    for touche, fois in (("ArrowDown", ligne), ("ArrowRight", colonne)):
        for _ in range(fois):
            page.keyboard.press(touche)
    page.keyboard.press("Enter")
    expect(page.locator("#portal input, #portal textarea").first).to_be_focused()
    page.keyboard.type(texte, delay=60)
    page.keyboard.press("Enter")
    expect(page.locator("#portal input, #portal textarea")).to_have_count(0)
    wait_until_ready(page)


def export_profil(page: Page, chemin: Path) -> dict:
    """The profile as the screen gives it out."""
    with page.expect_download() as recu:
        page.get_by_role("button", name="Exporter le profil (.json)").click()
    recu.value.save_as(chemin)
    return json.loads(chemin.read_text(encoding="utf-8"))


def rules_of_parcours(profil: dict) -> dict:
    """Our column of the parcours → its rule."""
    (source,) = profil["feuilles"]
    (parcours,) = [cible for cible in source["cibles"] if cible["feuille"] == "Parcours"]
    return parcours["colonnes"]


def test_matching_is_corrected_by_hand_and_its_profile_comes_back(page: Page, tmp_path: Path) -> None:
    url_base = f"sqlite:///{tmp_path / 'plie.db'}"
    assert data_access(["import", str(CLASSEUR), "--base", url_base]) == 0
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8")
    page.set_viewport_size({"width": 1440, "height": 4000})
    with serve(url_base, tmp_path / "serveur.log") as url:
        page.goto(f"{url}/importer")
        wait_until_ready(page)
        page.get_by_role("tab", name="Autre logiciel").click()
        drop(page, ".csv", tmp_path / "export.csv")
        expect(page.get_by_text("Colonnes d’identité refusées, jamais lues : Nom.")).to_be_visible(timeout=30_000)
        wait_until_ready(page)
        table = page.get_by_test_id("stDataFrame").first
        fill_cell(page, table, LIGNE_DU_MODE, VALEUR_FIXE, "complet")
        fill_cell(page, table, LIGNE_DU_PRESCRIPTEUR, COLONNE_DE_L_EXPORT, "Orienté")
        profil = export_profil(page, tmp_path / "profil.json")
        assert rules_of_parcours(profil)["mode"] == {"constante": "complet"}
        assert rules_of_parcours(profil)["prescripteur"] == {"sources": ["Orienté par"]}

        (tmp_path / "recu.json").write_text(json.dumps(profil | {"nom": "Reçu"}), encoding="utf-8")
        page.get_by_text("Importer un profil reçu d’un autre PLIE").click()
        drop(page, ".json", tmp_path / "recu.json")
        expect(page.get_by_text("Le profil « Reçu » est enregistré")).to_be_visible(timeout=30_000)
        wait_until_ready(page)
        page.get_by_role("combobox", name="Profil").click()
        page.get_by_role("option", name="Reçu").click()
        wait_until_ready(page)
        drop(page, ".csv", tmp_path / "export.csv")
        expect(page.get_by_label("Nom du profil")).to_have_value("Reçu", timeout=30_000)
        wait_until_ready(page)
        again = export_profil(page, tmp_path / "encore.json")
        assert again == profil | {"nom": "Reçu"}
        page.get_by_role("button", name="Vérifier ce fichier").click()
        expect(page.get_by_text("lu avec le profil « Reçu »")).to_be_visible(timeout=30_000)
