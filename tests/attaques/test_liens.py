"""Links that ask for more than there is, and tabs closed before the answer: neither keeps the server busy."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from websockets.sync.client import connect

from components.cadre import choix as c
from components.cadre.offre import Programmes
from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.refus import Refus
from indicators.catalogue import CATALOGUE
from indicators.perimetre import ANIMATION, Droits, Filtres, Periode
from indicators.publication import publier
from indicators.referentiel import Plie, Territoire
from tests.attaques.test_pages_fermees import page
from tests.e2e.conftest import RACINE, serve
from tests.programme import make_programme
from tests.properties.donnees import load

DONNEES = date(2022, 12, 31)
OFFRE = Programmes(
    (Plie("P", "P", None, None, DONNEES, None, None, None),),
    (),
    (Territoire("P", "K1", "K1", "commune", None, None),),
)
JOURS = ("0001-01-01", "0100-01-01", "1999-12-31", "2010-01-01", "2023-01-01", "9990-12-31", "9999-12-31")
SIECLES = Periode(date(1900, 1, 1), date(2100, 12, 31))
MOIS = [f"{annee}-{mois:02d}" for annee in (2020, 2021, 2022) for mois in range(1, 13)]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Connection]:
    moteur = make_engine(f"sqlite:///{tmp_path_factory.mktemp('liens') / 'plie.db'}")
    t.metadata.create_all(moteur)
    with moteur.connect() as connexion:
        load(connexion, make_programme(60, operations=True))
        yield connexion


@pytest.mark.parametrize("du", JOURS)
@pytest.mark.parametrize("au", JOURS)
def test_days_of_a_link_stay_inside_those_that_the_widget_offers(du: str, au: str) -> None:
    lien = {"plie": ["P"], "periode": [c.LIBRE], "du": [du], "au": [au]}
    choix, notes = c.read_choix(lien, OFFRE)
    periode = c.build_perimetre(choix, OFFRE).periode
    assert c.PREMIER_JOUR <= periode.du <= periode.au <= DONNEES
    assert bool(notes) == ({du, au} != {"2010-01-01"})


def test_what_a_link_says_that_cannot_be_read_is_dropped_and_said() -> None:
    lien = {
        "plie": ["P"] * 10_000 + [f"X{n}" for n in range(10_000)],
        "periode": ["P" * 100_000],
        "territoire": ["K1", "K2"],
        "operation": ["' OR 1=1 --"],
        "du": ["12/31/2020"],
        "au": ["9" * 5_000],
    }
    choix, notes = c.read_choix(lien, OFFRE)
    assert choix == c.Choix(("P",), territoire="K1")
    assert len(notes) == 4
    assert not any("9999" in note or "PPPP" in note for note in notes)


@pytest.mark.parametrize("operation", [None, "O1"])
@pytest.mark.parametrize("droits", [ANIMATION, Droits("direction")], ids=lambda d: d.role)
def test_no_figure_is_asked_over_more_months_than_the_data_hold(
    base: sa.Connection, droits: Droits, operation: str | None
) -> None:
    """Attempt: two centuries, month by month, of every figure. Failure: the 36 months of the data."""
    codes = [code for code, i in CATALOGUE.items() if "mois" in i.decoupages]
    for code in codes if droits == ANIMATION else ("file_active", "entrees"):
        resultat = publier(base, code, Filtres(("P",), SIECLES, operation, par=("mois",)), droits)
        assert {cellule.at("mois") for cellule in resultat if not cellule.motif} <= set(MOIS), code


def test_a_month_of_the_data_costs_the_same_whatever_the_period(base: sa.Connection) -> None:
    par_mois = Filtres(("P",), Periode(date(2020, 1, 1), DONNEES), "O1", par=("mois",))
    codes = ("file_active", "taux_sorties_positives", "anciennete_mediane")
    attendues = [_count_queries(base, code, par_mois) for code in codes]
    vues = [_count_queries(base, code, par_mois.over(SIECLES)) for code in codes]
    assert vues == attendues
    assert max(attendues) > len(MOIS)


def _count_queries(base: sa.Connection, code: str, filtres: Filtres) -> int:
    requetes: list[str] = []

    def note(_connexion: object, _curseur: object, requete: str, *_: object) -> None:
        requetes.append(requete)

    sa.event.listen(base, "before_cursor_execute", note)
    publier(base, code, filtres, ANIMATION)
    sa.event.remove(base, "before_cursor_execute", note)
    return len(requetes)


@pytest.mark.parametrize(
    ("du", "au"), [(date.min, DONNEES), (date(100, 1, 1), date(9990, 12, 31)), (DONNEES, date.max)]
)
def test_years_that_no_data_can_have_are_refused_in_words(base: sa.Connection, du: date, au: date) -> None:
    for code in CATALOGUE:
        with pytest.raises(Refus, match=r"\[IND-006\]"):
            publier(base, code, Filtres(("P",), Periode(du, au)), ANIMATION)


CALCUL = """
import sys, time
from pathlib import Path
sys.path.insert(0, {racine!r})
import streamlit as st
from components.acces.base import connect_while_awaited
from sqlalchemy import text

@st.cache_data(show_spinner=False)
def compute():
    fin = time.monotonic() + 60
    with connect_while_awaited("sqlite://") as base:
        while time.monotonic() < fin:
            base.execute(text("SELECT 1"))
            Path({trace!r}).write_text(str(time.monotonic()))
            time.sleep(0.05)

compute()
"""


def test_a_computation_that_nobody_waits_for_stops(tmp_path: Path) -> None:
    """Attempt: ask for what lasts, close the tab. Failure: not one more query than that of the moment."""
    trace = tmp_path / "trace"
    (tmp_path / "calcul.py").write_text(CALCUL.format(racine=str(RACINE), trace=str(trace)), encoding="utf-8")
    with serve("sqlite://", tmp_path / "serveur.log", "calcul.py", racine=tmp_path) as url:
        adresse = url.replace("http", "ws") + "/_stcore/stream"
        with connect(adresse, origin=url, subprotocols=["streamlit"], max_size=None) as prise:  # type: ignore[arg-type,list-item]
            prise.send(page().SerializeToString())
            _wait_until(trace.exists)
            avant = trace.read_text()
            _wait_until(lambda: trace.read_text() not in ("", avant))
        time.sleep(1)
        arret = trace.read_text()
        time.sleep(1)
        assert trace.read_text() == arret


def _wait_until(vrai: object, secondes: float = 30) -> None:
    limite = time.monotonic() + secondes
    while not vrai():  # type: ignore[operator]
        assert time.monotonic() < limite
        time.sleep(0.02)
