"""A person of each role signs in, on a real server, and sees exactly what the table of roles says.

A browser signs in, and shows what only a browser shows; every page is then asked as a browser asks it, with the cookie
of the same person, by a program that reads all that the server sends.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.acces.registre import ECRANS, LECTEURS, TOUS, Ecran, list_open_to
from tests.attaques.visiteur import Seance, Visiteur
from tests.attaques.visiteur import sign_in as make_cookie
from tests.e2e.connexion import (
    AUTRE,
    JAMAIS_PUBLIE,
    PLIE,
    make_base,
    name_of,
    run_provider,
    serve_signed_in,
    sign_in,
    wait_until_still,
)

NOMS = {PLIE: "Agenais", AUTRE: "Espace Technowest"}


@pytest.fixture(scope="module")
def url(url_base: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    dossier: Path = tmp_path_factory.mktemp("roles")
    with run_provider() as metadonnees, serve_signed_in(make_base(url_base, dossier), metadonnees, dossier) as adresse:
        yield adresse


def text_of(page: Page) -> str:
    return page.get_by_test_id("stApp").inner_text()


def find_cookie(page: Page) -> str:
    (cookie,) = [c["value"] for c in page.context.cookies() if c["name"] == "_streamlit_user"]
    return cookie


def title_of(onglet: Seance) -> str:
    """The last title of the page that came last."""
    debut = max(rang for rang, m in enumerate(onglet.recus) if m.HasField("new_session"))
    titres = [m.delta.new_element.heading for m in onglet.recus[debut:] if m.delta.new_element.HasField("heading")]
    return [titre.body for titre in titres if titre.tag == "h1"][-1]


@pytest.mark.parametrize("role", TOUS)
def test_each_role_sees_its_pages_and_no_other(page: Page, url: str, role: str) -> None:
    sign_in(page, url, name_of(role))
    ouverts = list_open_to(role)
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_text([re.compile(e.titre + "$") for e in ouverts])
    expect(page.get_by_role("heading", level=1)).to_have_text(ouverts[0].titre)
    ferme = next(e for e in ECRANS[1:] if e not in ouverts)
    page.goto(f"{url}/{ferme.code}")
    wait_until_still(page)
    expect(page.get_by_text("DRO-010")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Page réservée")
    expect(page.get_by_text(ferme.question)).to_have_count(0)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    visiteur = Visiteur(url, find_cookie(page))
    for ecran in ECRANS:
        with visiteur.open() as onglet:
            check_page(onglet, ecran, role)


def check_page(onglet: Seance, ecran: Ecran, role: str) -> None:
    """That page by its address: open, closed, or the first one of the role instead of the home page."""
    ouverts = list_open_to(role)
    recu = onglet.run("" if ecran == ECRANS[0] else ecran.code)
    assert not [m for m in onglet.recus if m.HasField("page_not_found")], ecran.code
    if ecran in ouverts:
        assert title_of(onglet) == ecran.titre
        assert "ECR-001" not in recu, ecran.code
    elif ecran == ECRANS[0]:
        assert title_of(onglet) == ouverts[0].titre
    else:
        assert title_of(onglet) == "Page réservée"
        assert "DRO-010" in recu, ecran.code
        assert ecran.question not in recu


@pytest.mark.parametrize("role", LECTEURS)
def test_two_people_side_by_side_never_meet(url: str, role: str) -> None:
    """Same server, same pages in turn, each asking for the other: what is kept for one never serves the other."""
    with ExitStack() as pile:
        onglets = {}
        for plie in (PLIE, AUTRE):
            visiteur = Visiteur(url, make_cookie(url, name_of(role, plie)))
            onglets[plie] = pile.enter_context(visiteur.open())
        for ecran in list_open_to(role):
            for plie, autre in ((PLIE, AUTRE), (AUTRE, PLIE)):
                onglet = onglets[plie]
                onglet.recus.clear()
                page = "" if ecran == ECRANS[0] else ecran.code
                recu = onglet.run(page, question=f"plie={autre}&plie={plie}&operation=A5&territoire=47001")
                assert title_of(onglet) == ecran.titre
                assert not [m for m in onglet.recus if m.HasField("page_not_found")]
                assert "ECR-001" not in recu
                # One's own page bears the name of one's own PLIE; the other's appears nowhere.
                assert NOMS[plie].lower() in recu.lower(), (ecran.code, plie)
                assert NOMS[autre].lower() not in recu.lower(), (ecran.code, plie)
                adresses = [m.page_info_changed.query_string for m in onglet.recus if m.HasField("page_info_changed")]
                assert f"plie={autre}" not in adresses[-1]


def test_committee_reads_the_published_date_and_nothing_after(page: Page, url: str) -> None:
    sign_in(page, url, name_of("comite"))
    expect(page.get_by_text(re.compile("arrêtés au 30/06/2021"))).to_be_visible()
    page.goto(f"{url}/file_active?plie={PLIE}&periode=libre&du=2021-01-01&au=2021-09-30")
    wait_until_still(page)
    assert "du 01/01/2021 au 30/06/2021" in text_of(page) or "DRO-006" in text_of(page)
    assert "30/09/2021" not in page.get_by_test_id("stMain").inner_text()


def test_committee_of_a_plie_that_has_not_published_is_told_so(page: Page, url: str) -> None:
    sign_in(page, url, name_of("comite", JAMAIS_PUBLIE))
    expect(page.get_by_text("DRO-005")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(0)
