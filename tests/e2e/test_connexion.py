"""Signing in and out with a real provider, on a real server: who comes in, who does not, what remains of it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Response, expect

from data_access.base.moteur import make_engine
from data_access.journal.acces import list_events
from tests.e2e.connexion import (
    NON_VERIFIEE,
    make_base,
    name_of,
    remove_rights,
    run_provider,
    serve_signed_in,
    sign_in,
    wait_until_still,
)


@pytest.fixture(scope="module")
def base_connectee(url_base: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_base(url_base, tmp_path_factory.mktemp("connexion"))


@pytest.fixture(scope="module")
def url(base_connectee: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with (
        run_provider() as metadonnees,
        serve_signed_in(base_connectee, metadonnees, tmp_path_factory.mktemp("serveur")) as adresse,
    ):
        yield adresse


def events_of(url: str, identite: str) -> list[tuple[str, str]]:
    engine = make_engine(url)
    with engine.connect() as base:
        notes = [(e.action.value, e.objet) for e in reversed(list_events(base)) if e.identite == identite]
    engine.dispose()
    return notes


def test_this_computer_too_must_sign_in(page: Page, url: str) -> None:
    reponses: list[Response] = []
    page.on("response", lambda reponse: reponses.append(reponse))
    for code in ("", "/file_active", "/importer", "/droits"):
        page.goto(url + code)
        expect(page.get_by_role("button", name="Se connecter")).to_be_visible(timeout=30_000)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(0)
        expect(page.get_by_text("Mode local")).to_have_count(0)
    expect(page.locator("link[rel*=icon]")).to_have_attribute("href", re.compile("^data:image/svg"))
    # From a deep link, Streamlit looks for its own server beside the page first.
    assert [r.url for r in reponses if not r.ok and "/_stcore/" not in r.url] == []


def test_in_and_out(page: Page, url: str, base_connectee: str) -> None:
    qui = name_of("direction")
    sign_in(page, url, qui)
    expect(page.get_by_text(qui)).to_be_visible()
    expect(page.get_by_text(re.compile("rôle direction"))).to_be_visible()
    page.reload()
    wait_until_still(page)
    expect(page.get_by_text(qui)).to_be_visible()
    page.get_by_role("button", name="Se déconnecter").click()
    # The provider ends its own session too, then sends back.
    page.get_by_role("button", name="End session").click()
    page.wait_for_url(f"{url}/**")
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible(timeout=30_000)
    assert events_of(base_connectee, qui) == [("connexion", "oidc"), ("deconnexion", "oidc")]


def test_known_to_the_provider_but_without_a_right(page: Page, url: str, base_connectee: str) -> None:
    sign_in(page, url, "inconnu@plie.fr")
    expect(page.get_by_text("inconnu@plie.fr n’a aucun droit")).to_be_visible()
    expect(page.get_by_text("DRO-012")).to_be_visible()
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(0)
    page.goto(f"{url}/file_active")
    wait_until_still(page)
    expect(page.get_by_text("DRO-012")).to_be_visible()
    assert ("refus", "DRO-012") in events_of(base_connectee, "inconnu@plie.fr")


def test_address_that_the_provider_does_not_vouch_for(page: Page, url: str) -> None:
    sign_in(page, url, NON_VERIFIEE)
    expect(page.get_by_text("DRO-013")).to_be_visible()
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(0)


def test_a_right_removed_acts_at_the_next_click(page: Page, url: str, base_connectee: str) -> None:
    qui = name_of("animation", "TECHNOWEST")
    sign_in(page, url, qui)
    expect(page.get_by_text("PLIE Espace Technowest").first).to_be_visible()
    remove_rights(base_connectee, qui)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="File active").click()
    expect(page.get_by_text("DRO-012")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Espace Technowest")).to_have_count(0)
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(0)


def test_a_right_removed_gives_no_file_and_says_so_in_french(page: Page, url: str, base_connectee: str) -> None:
    qui = name_of("animation")
    sign_in(page, url, qui)
    page.goto(f"{url}/qualite")
    wait_until_still(page)
    remove_rights(base_connectee, qui)
    page.get_by_role("button", name=re.compile("Tout en un classeur")).click()
    expect(page.get_by_text("SRV-017")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Failed to")).to_have_count(0)
    assert "export" not in [action for action, _ in events_of(base_connectee, qui)]


def test_a_cookie_of_another_server_opens_nothing(page: Page, url: str) -> None:
    hote = url.removeprefix("http://").split(":")[0]
    page.context.add_cookies([{"name": "_streamlit_user", "value": "forge", "domain": hote, "path": "/"}])
    page.goto(url)
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible(timeout=30_000)
