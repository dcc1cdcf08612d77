"""A person of each role signs in, on a real server, and sees exactly what the table of roles says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.acces.registre import ECRANS, TOUS, list_open_to
from tests.e2e.connexion import (
    JAMAIS_PUBLIE,
    PLIE,
    make_base,
    name_of,
    run_provider,
    serve_signed_in,
    sign_in,
    wait_until_still,
)

COTE_A_COTE = ("comite", "direction", "animation")
"""Roles whose open pages are read by two people in test_cote_a_cote.py: they are not opened a third time."""


@pytest.fixture(scope="module")
def url(url_base: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    dossier: Path = tmp_path_factory.mktemp("roles")
    with run_provider() as metadonnees, serve_signed_in(make_base(url_base, dossier), metadonnees, dossier) as adresse:
        yield adresse


def text_of(page: Page) -> str:
    return page.get_by_test_id("stApp").inner_text()


@pytest.mark.parametrize("role", TOUS)
def test_each_role_sees_its_pages_and_no_other(page: Page, url: str, role: str) -> None:
    sign_in(page, url, name_of(role))
    ouverts = list_open_to(role)
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_text([re.compile(e.titre + "$") for e in ouverts])
    expect(page.get_by_role("heading", level=1)).to_have_text(ouverts[0].titre)
    for ecran in (e for e in ECRANS if e not in ouverts or role not in COTE_A_COTE):
        page.goto(f"{url}/{ecran.code}")
        wait_until_still(page)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        if ecran in ouverts:
            expect(page.get_by_role("heading", level=1)).to_have_text(ecran.titre, timeout=30_000)
            expect(page.get_by_text("ECR-001")).to_have_count(0)
        elif ecran == ECRANS[0]:
            expect(page.get_by_role("heading", level=1)).to_have_text(ouverts[0].titre, timeout=30_000)
        else:
            expect(page.get_by_text("DRO-010")).to_be_visible(timeout=30_000)
            expect(page.get_by_role("heading", level=1)).to_have_text("Page réservée")
            expect(page.get_by_text(ecran.question)).to_have_count(0)


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
