"""A meeting from its preparation to its decision, in a real browser: what a coordinator does, and the four files."""

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pptx
import pypdf
import pytest
from playwright.sync_api import Page, expect

from data_access.base.moteur import make_engine
from data_access.seances.decisions import list_decisions
from tests.e2e.conftest import RACINE, serve
from tests.e2e.test_navigateur import wait_until_ready
from tests.partage import copy_base, sample_base

CODE = "HAUT_PERIGORD"
CLASSEUR = RACINE / "sample_data" / "classeurs" / "plie_haut_perigord.xlsx"
COMMENTAIRE = "La file active baisse avec la fin d’une convention."
POINT = "Ouvrir une étape mobilité"
ATTENTE = 30_000  # milliseconds: a busy machine is slow, not wrong
FICHIERS = {"Présentation": "pptx", "Classeur": "xlsx", "Document PDF": "pdf", "Note d’une page": "pdf"}


@pytest.fixture
def url_base(tmp_path: Path) -> str:
    """A database of its own: what is published stays."""
    return copy_base(sample_base("haut_perigord"), tmp_path / "plie.db")


@pytest.fixture
def serveur(url_base: str, tmp_path: Path) -> Iterator[str]:
    with serve(url_base, tmp_path / "serveur.log") as url:
        yield url


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_meeting_from_its_preparation_to_its_decision(page: Page, serveur: str, url_base: str) -> None:
    page.goto(f"{serveur}/seance?plie={CODE}")
    wait_until_ready(page)
    _write_and_publish(page)
    lus = {nom: _download(page, nom) for nom in FICHIERS}
    _read_files(lus)
    _project(page, serveur)
    with make_engine(url_base).connect() as base:
        (decision,) = list_decisions(base, CODE)
    assert (decision.edition, decision.texte, decision.porteur) == (1, "Ouvrir l’étape en mars, f m d", "Direction")
    assert f"{decision.echeance:%d/%m/%Y}" == "31/03/2022"


def _write_and_publish(page: Page) -> None:
    page.get_by_test_id("stExpander").filter(has_text="Synthèse").locator("summary").click()
    page.get_by_label("Commentaire de l’équipe").fill(COMMENTAIRE)
    page.get_by_label("Points de décision, un par ligne").fill(POINT)
    page.get_by_text("J’ai relu l’édition").click()
    publier = page.get_by_role("button", name="Publier l’édition")
    expect(publier).to_be_enabled(timeout=ATTENTE)
    publier.click()
    expect(page.get_by_text("Édition n° 1 publiée")).to_be_visible(timeout=ATTENTE)
    page.get_by_role("tab", name="Éditions").click()
    expect(page.get_by_role("button", name="Présentation", exact=True)).to_be_visible(timeout=ATTENTE)


def _download(page: Page, nom: str) -> bytes:
    """Prepared at the first click, downloaded at the second."""
    page.get_by_role("button", name=nom, exact=True).click()
    rang = list(FICHIERS).index(nom)
    bouton = page.get_by_test_id("stColumn").nth(rang).get_by_test_id("stDownloadButton")
    expect(bouton).to_be_visible(timeout=ATTENTE)
    with page.expect_download() as recu:
        bouton.get_by_role("button").click()
    assert recu.value.suggested_filename.endswith(f".{FICHIERS[nom]}")
    assert recu.value.suggested_filename.startswith("plie-du-haut-perigord_comite-de-pilotage_2021-09-30_n1")
    return Path(recu.value.path()).read_bytes()


def _read_files(lus: dict[str, bytes]) -> None:
    deck = pptx.Presentation(io.BytesIO(lus["Présentation"]))
    ecrit = "\n".join(f.text_frame.text for d in deck.slides for f in d.shapes if f.has_text_frame)
    assert len(deck.slides) > 15
    assert sum(getattr(f, "has_chart", False) for d in deck.slides for f in d.shapes) >= 5
    livre = openpyxl.load_workbook(io.BytesIO(lus["Classeur"]))
    assert {"Lisez-moi", "Synthèse", "Chiffres", "Définitions"} <= set(livre.sheetnames)
    file_active = next(r[1] for r in livre["Synthèse"].iter_rows(values_only=True) if r[0] == "File active")
    document, note = (pypdf.PdfReader(io.BytesIO(lus[nom])) for nom in ("Document PDF", "Note d’une page"))
    assert len(note.pages) == 1
    assert len(document.pages) > 5
    textes = {
        "pptx": ecrit,
        "xlsx": "\n".join(str(v) for f in livre for r in f.iter_rows(values_only=True) for v in r if v is not None),
        "pdf": "\n".join(p.extract_text() for p in document.pages),
        "note": note.pages[0].extract_text(),
    }
    for nom, texte in textes.items():
        plat = " ".join(texte.replace("\u00a0", " ").replace("\u202f", " ").split())
        assert f"La file active compte {file_active} parcours" in plat, nom
        assert POINT in plat, nom
        if nom != "note":
            assert COMMENTAIRE in plat, nom


def _project(page: Page, serveur: str) -> None:
    """With the keyboard alone, then one decision typed: its letters are not shortcuts."""
    page.goto(f"{serveur}/projection?plie={CODE}")
    wait_until_ready(page)
    barre = page.locator(".st-key-projection_barre")
    expect(barre.get_by_text("1 / ")).to_be_visible(timeout=ATTENTE)
    wait_until_ready(page)
    # The shortcuts of a page listen a moment after it is drawn.
    page.wait_for_timeout(1_000)
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Quitter la projection")).to_be_visible(timeout=ATTENTE)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden(timeout=ATTENTE)
    for rang in (2, 3, 4):
        page.keyboard.press("ArrowRight")
        expect(barre.get_by_text(f"{rang} / ")).to_be_visible(timeout=ATTENTE)
    page.keyboard.press("ArrowLeft")
    expect(barre.get_by_text("3 / ")).to_be_visible(timeout=ATTENTE)
    expect(page.get_by_text(COMMENTAIRE)).to_have_count(0)
    page.keyboard.press("m")
    expect(page.get_by_text(COMMENTAIRE)).to_be_visible(timeout=ATTENTE)
    page.keyboard.press("d")
    texte = page.get_by_label("Nouvelle décision")
    texte.click()
    page.keyboard.type("Ouvrir l’étape en mars, f m d")
    page.get_by_label("Qui").fill("Direction")
    page.get_by_label("Pour le").fill("31/03/2022")
    page.get_by_role("button", name="Enregistrer la décision").click()
    expect(page.get_by_text("Décisions de la séance : 1 décision")).to_be_visible(timeout=ATTENTE)
    expect(barre.get_by_text("3 / ")).to_be_visible(timeout=ATTENTE)
