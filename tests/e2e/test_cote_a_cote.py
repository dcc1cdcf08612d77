"""Two people of one role, each of her own PLIE, on one server: what is kept for one never serves the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from components.acces.registre import list_open_to
from tests.e2e.connexion import (
    AUTRE,
    PLIE,
    make_base,
    name_of,
    run_provider,
    serve_signed_in,
    sign_in,
    wait_until_still,
)
from tests.e2e.test_roles import COTE_A_COTE

NOMS = {PLIE: "Agenais", AUTRE: "Espace Technowest"}


@pytest.fixture(scope="module")
def url(url_base: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    dossier: Path = tmp_path_factory.mktemp("roles")
    with run_provider() as metadonnees, serve_signed_in(make_base(url_base, dossier), metadonnees, dossier) as adresse:
        yield adresse


def text_of(page: Page) -> str:
    return page.get_by_test_id("stApp").inner_text()


@pytest.mark.parametrize("role", COTE_A_COTE)
def test_two_people_side_by_side_never_meet(browser: Browser, browser_context_args: dict, url: str, role: str) -> None:
    """Same server, same pages in turn, each asking for the other: what is kept for one never serves the other."""
    pages = {}
    for plie in (PLIE, AUTRE):
        pages[plie] = browser.new_context(**browser_context_args).new_page()
        sign_in(pages[plie], url, name_of(role, plie))
    for ecran in list_open_to(role):
        for plie, autre in ((PLIE, AUTRE), (AUTRE, PLIE)):
            page = pages[plie]
            page.goto(f"{url}/{ecran.code}?plie={autre}&plie={plie}&operation=A5&territoire=47001")
            wait_until_still(page)
            expect(page.get_by_role("heading", level=1)).to_have_text(ecran.titre, timeout=30_000)
            wait_until_still(page)
            expect(page.get_by_text("Page not found")).to_have_count(0)
            expect(page.get_by_text("ECR-001")).to_have_count(0)
            # One's own address bears the name of one's own PLIE; the other's appears nowhere.
            assert NOMS[autre].lower() not in text_of(page).lower()
            assert f"plie={autre}" not in page.url
    for page in pages.values():
        page.context.close()
