"""The screens in a real browser, on a real server."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.acces.registre import list_open_to
from tests.e2e.conftest import serve

# A label on two lines comes without space between month and year.
MOIS_ABREGES = re.compile(r"(janv|févr|sept|oct|déc)\.\s*20")
MOIS_ANGLAIS = re.compile(r"\b(Jan|Feb|Apr|May|Jul|Aug|Sep|Dec)\s*20")


def wait_until_ready(page: Page) -> None:
    """The title is there and the script has finished."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)


@pytest.mark.parametrize("ecran", list_open_to("animation"), ids=lambda ecran: ecran.code)
def test_each_screen_opens_without_error(page: Page, app_url: str, ecran) -> None:
    erreurs: list[str] = []
    page.on("pageerror", lambda erreur: erreurs.append(str(erreur)))
    page.goto(f"{app_url}/{ecran.code}")
    wait_until_ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(re.escape(ecran.titre)))
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("ECR-001")).to_have_count(0)
    expect(page.get_by_text("Traceback")).to_have_count(0)
    assert erreurs == []


def test_months_are_french_in_a_chart(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/file_active")
    wait_until_ready(page)
    textes = page.get_by_test_id("stVegaLiteChart").locator("svg text")
    expect(textes.first).to_be_visible(timeout=15_000)
    ecrit = " ".join(" ".join(textes.all_text_contents()).split())
    assert MOIS_ABREGES.search(ecrit)
    assert not MOIS_ANGLAIS.search(ecrit)


def test_deep_link_restores_its_filters(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/file_active?plie=TECHNOWEST")
    wait_until_ready(page)
    expect(page.get_by_text("PLIE Espace Technowest · ").first).to_be_visible()
    page.get_by_test_id("stSidebarNavLink").first.click()
    wait_until_ready(page)
    expect(page.get_by_text("PLIE Espace Technowest · ").first).to_be_visible()
    assert "plie=TECHNOWEST" in page.url


@pytest.mark.parametrize("entree", ["server.py", "app.py"])
def test_fresh_server_asked_first_for_an_inner_page_runs_app(
    page: Page, url_base: str, tmp_path: Path, entree: str
) -> None:
    with serve(url_base, tmp_path / "serveur.log", entree) as url:
        page.goto(f"{url}/file_active")
        wait_until_ready(page)
        # The filters and the banner come from app.py: a page run by itself would have neither.
        expect(page.get_by_text("Périmètre", exact=True)).to_be_visible()
        expect(page.get_by_text("Mode local")).to_be_visible()


def test_first_visitor_by_a_deep_link_is_not_told_that_the_page_is_missing(
    page: Page, url_base: str, tmp_path: Path
) -> None:
    with serve(url_base, tmp_path / "serveur.log") as url:
        page.goto(f"{url}/file_active?plie=AGENAIS")
        wait_until_ready(page)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_have_text("File active")


def test_page_says_that_it_is_french(page: Page, app_url: str) -> None:
    reponse = page.goto(app_url)
    wait_until_ready(page)
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert reponse is not None
    assert reponse.headers["x-frame-options"] == "SAMEORIGIN"
    assert reponse.headers["referrer-policy"] == "same-origin"


def test_nothing_is_asked_from_outside(page: Page, app_url: str) -> None:
    demandes: list[str] = []
    page.on("request", lambda demande: demandes.append(demande.url))
    page.goto(app_url)
    wait_until_ready(page)
    dehors = [url for url in demandes if not url.startswith((app_url, app_url.replace("http", "ws"), "data:", "blob:"))]
    assert dehors == []


def test_narrow_screen_has_no_sideways_scroll(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(app_url)
    wait_until_ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_definition_link_of_a_card_leads_to_its_definition(page: Page, app_url: str) -> None:
    page.goto(app_url)
    wait_until_ready(page)
    lien = page.get_by_role("link", name="Définition : Part de femmes")
    expect(lien).to_be_visible()
    page.goto(app_url + "/" + (lien.get_attribute("href") or "").lstrip("/"))
    wait_until_ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Définitions")
    expect(page.locator("#part_femmes")).to_be_in_viewport(timeout=15_000)
