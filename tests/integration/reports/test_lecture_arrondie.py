"""Slides, workbook, PDF and command line of a place in a rounded reading: nothing exact in any of their corners."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import openpyxl
import pypdf
import pytest
import sqlalchemy as sa

from data_access.base.moteur import make_engine
from indicators.__main__ import main as indicators
from indicators.perimetre import ANIMATION, Filtres, Periode
from indicators.publication import publier
from reports import pdf, pptx, xlsx
from seances.edition import compose
from seances.preparation import DemandeDEdition
from sections.contenu import Edition
from sections.lecture import filtres_of
from tests.partage import copy_base, sample_base

PERIODE = Periode(date(2021, 1, 1), date(2021, 9, 30))
AGEN = "47001"
TROP_COURANT = 45
"""Smaller numbers are also days, ages, months and pages."""
_NOMBRE = re.compile(r"(?<![\d/,\-.#])\d{2,}(?![\d/,\-.]|\s?%)")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Connection]:
    moteur = make_engine(copy_base(sample_base("agenais"), tmp_path_factory.mktemp("a") / "plie.db"))
    with moteur.connect() as connexion:
        yield connexion
    moteur.dispose()


@pytest.fixture(scope="module")
def edition(base: sa.Connection) -> Edition:
    """Without its definitions, which cite the lines of their sources."""
    composee = compose(base, DemandeDEdition("AGENAIS", "comite_pilotage", PERIODE, "comite", territoire=AGEN))
    return replace(composee, definitions=())


@pytest.fixture(scope="module")
def secrets(base: sa.Connection, edition: Edition) -> set[int]:
    """The exact numbers of all that was asked: under a territory, none may be shown but the median of enough rows."""
    exacts = (
        nombre
        for figure in edition.figures
        for cellule in publier(base, figure.question.indicateur, filtres_of(figure.question, "AGENAIS"), ANIMATION)
        for nombre in (cellule.numerateur and cellule.valeur, cellule.numerateur, cellule.denominateur)
    )
    trouves = {int(n) for n in exacts if n and n == int(n) and n % 5 and n > TROP_COURANT and not 1900 < n < 2100}
    assert len(trouves) > 20
    return trouves


def numbers_in(texte: str) -> set[int]:
    sans_ages = texte.replace("26 à 49 ans", "").replace("26-49 ans", "")
    return {int(n) for n in _NOMBRE.findall(re.sub(r"[\u202f\u00a0](?=\d{3})", "", sans_ages))}


def read_workbook(octets: bytes) -> set[int]:
    """The numbers of every cell, hidden ones included, those written in words too."""
    lus: set[int] = set()
    for feuille in openpyxl.load_workbook(io.BytesIO(octets)):
        for ligne in feuille.iter_rows(values_only=True):
            for valeur in ligne:
                if isinstance(valeur, int | float) and not isinstance(valeur, bool):
                    lus |= {int(valeur)} if valeur == int(valeur) else set()
                elif isinstance(valeur, str):
                    lus |= numbers_in(valeur)
    return lus


def read_slides(octets: bytes) -> set[int]:
    """The texts of every part: slides, notes, alternative texts, charts, and the workbooks inside the charts."""
    lus: set[int] = set()
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        for nom in archive.namelist():
            if nom.endswith(".xlsx"):
                lus |= read_workbook(archive.read(nom))
            elif nom.startswith(("ppt/slides/", "ppt/notesSlides/", "ppt/charts/")) and nom.endswith(".xml"):
                xml = archive.read(nom).decode()
                alternatives = " ".join(re.findall(r'descr="([^"]*)"', xml))
                lus |= numbers_in(f"{re.sub('<[^>]+>', ' ', xml)} {alternatives}")
    return lus


def read_pdf(octets: bytes) -> set[int]:
    return numbers_in("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(octets)).pages))


@pytest.mark.parametrize(
    ("make", "read"), [(pptx.build, read_slides), (xlsx.build, read_workbook), (pdf.build, read_pdf)],
    ids=["slides", "workbook", "pdf"],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_paper_of_a_place_holds_no_exact_number(edition: Edition, secrets: set[int], make, read) -> None:
    lus = read(make(edition))
    assert len(lus) > 30
    assert lus & secrets == set()


def test_the_command_line_gives_none_either(
    base: sa.Connection, secrets: set[int], capsys: pytest.CaptureFixture[str]
) -> None:
    url = base.engine.url.render_as_string()
    arguments = ["--plie", "AGENAIS", "--du", "2021-01-01", "--au", "2021-09-30", "--base", url, "--json"]
    assert indicators([*arguments, "--role", "comite", "--territoire", AGEN]) == 0
    lignes = json.loads(capsys.readouterr().out)
    comptes = [
        nombre for ligne in lignes for nombre in (ligne["numerateur"], ligne["denominateur"]) if nombre is not None
    ]
    assert len(comptes) > 20
    assert [n for n in comptes if n % 5] == []
    assert {ligne["etat"] for ligne in lignes} >= {"arrondi", "moins_de_5"}
    assert indicators([*arguments, "--role", "comite", "--lecture", "exacte", "--territoire", AGEN, "file_active"]) == 0
    (exacte,) = json.loads(capsys.readouterr().out)
    assert exacte["etat"] == "exact"
    assert (
        exacte["valeur"]
        == publier(base, "file_active", Filtres(("AGENAIS",), PERIODE, territoire=AGEN), ANIMATION).valeur
    )
