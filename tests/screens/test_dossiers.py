"""Dossiers de séance: the committee reads what was published to it, whatever its link or its session asks for."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access import tables as t
from data_access.base.moteur import VARIABLE_URL, make_engine
from data_access.seances.preparation import save_preparation
from indicators.perimetre import Droits, Limite, Periode
from pages.animation.seance.brouillon import default_brouillon
from seances.edition import compose
from seances.preparation import Brouillon, DemandeDEdition
from seances.publication import publish_edition
from tests.partage import copy_base

CODE, AUTRE = "AGENAIS", "TECHNOWEST"
PERIODE = Periode(date(2021, 1, 1), date(2021, 6, 30))
DOSSIERS = "pages/comite/dossiers.py"
SECRET = "Ceci n’est pas pour le comité."
COMITE = Droits("comite", (CODE,))


@pytest.fixture(scope="module")
def base_modele(exemples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One edition for the committee (n° 1), one for the team (n° 2), a draft; another PLIE has its own for its own."""
    fichier = tmp_path_factory.mktemp("dossiers") / "plie.db"
    engine = make_engine(copy_base(exemples, fichier))
    with engine.begin() as base:
        for code, instance, mot in (
            (CODE, "comite_pilotage", "Bienvenue"),
            (CODE, "revue_mensuelle", SECRET),
            (AUTRE, "comite_pilotage", SECRET),
        ):
            publish_edition(
                base, compose(base, DemandeDEdition(code, instance, PERIODE, commentaire=mot)), "essai", "animation"
            )
        brouillon = Brouillon(default_brouillon("comite_pilotage").sections, SECRET)
        save_preparation(base, CODE, "comite_pilotage", asdict(brouillon), "essai")
    engine.dispose()
    return fichier


@pytest.fixture
def regarder(
    moteur: sa.Engine, ouvrir: Callable, en_tant_que: Callable, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AppTest]:
    """Opens the page with these rights, this link, and whatever is already in the session."""
    monkeypatch.setenv(VARIABLE_URL, moteur.url.render_as_string())

    def _regarder(droits: Droits = COMITE, etat: dict[str, object] | None = None, **parametres: str) -> AppTest:
        en_tant_que(droits)
        app = ouvrir(None if etat else DOSSIERS, **parametres)
        if etat:
            for cle, valeur in etat.items():
                app.session_state[cle] = valeur
            app.switch_page(DOSSIERS).run()
        assert not app.exception
        assert [e.value for e in app.error] == []
        return app

    return _regarder


def everything(app: AppTest) -> str:
    """All the words of the page, those of its lists of choices too."""
    textes = [e.value for genre in (app.markdown, app.caption, app.info, app.warning, app.text) for e in genre]
    return "\n".join([*textes, *(str(option) for liste in app.selectbox for option in liste.options)])


def assert_own_edition_only(app: AppTest) -> None:
    dit = everything(app)
    (choix,) = [liste for liste in app.selectbox if liste.label == "Séance"]
    assert [option.split(" · ")[0] for option in choix.options] == ["n° 1"]
    assert "Édition n° 1" in dit
    assert "Bienvenue" in dit
    assert SECRET not in dit
    assert "Technowest" not in dit
    assert "Revue" not in dit


def test_the_committee_sees_what_was_published_to_it_and_nothing_else(regarder: Callable) -> None:
    app = regarder()
    assert_own_edition_only(app)
    for section in ("synthese", "publics"):
        app.session_state[f"rouverte_{section}"] = True
    app.run()
    assert app.get("vega_lite_chart")
    assert_own_edition_only(app)


@pytest.mark.parametrize(
    "parametres",
    [{"plie": AUTRE}, {"plie": AUTRE.lower()}, {"edition": "2"}, {"plie": AUTRE, "edition": "1"}, {"edition": "-1"}],
    ids=str,
)
def test_no_link_leads_to_another_edition(regarder: Callable, parametres: dict[str, str]) -> None:
    assert_own_edition_only(regarder(**parametres))


@pytest.mark.parametrize(
    "etat",
    [
        {f"dossier_{CODE}": 2},
        {f"dossier_{CODE}": 99},
        {f"dossier_{AUTRE}": 1},
        {f"edition_rouverte_{CODE}": 2, "projection_edition": 2},
        {"fichiers_de_seance": {(CODE, 2, "pptx"): b"de l'equipe", (AUTRE, 1, "pptx"): b"d'un autre"}},
    ],
    ids=lambda etat: ",".join(etat),
)
def test_nothing_left_in_the_session_leads_to_another_edition(regarder: Callable, etat: dict[str, object]) -> None:
    """A person may be of the team and of the committee: what she did in one role is not read in the other."""
    app = regarder(etat=etat)
    assert_own_edition_only(app)
    assert not app.get("download_button")


def test_without_papers_the_page_says_who_publishes_them(regarder: Callable, moteur: sa.Engine) -> None:
    with moteur.begin() as base:
        base.execute(sa.text("UPDATE publications SET edition_id = NULL"))
    app = regarder()
    assert "Aucun dossier de séance n’est publié" in everything(app)
    assert "Présentation" not in {bouton.label for bouton in app.button}


def test_whoever_reads_a_part_of_the_plie_has_no_papers(regarder: Callable) -> None:
    dit = everything(regarder(Droits("direction", (CODE,), (Limite(CODE, territoire="47001"),))))
    assert "[SEA-002]" in dit
    assert "Bienvenue" not in dit


def test_exact_papers_are_closed_to_a_rounded_reading(regarder: Callable, moteur: sa.Engine) -> None:
    with moteur.begin() as base:
        base.execute(sa.delete(t.publications))
        exacte = compose(base, DemandeDEdition(CODE, "comite_pilotage", PERIODE, commentaire=SECRET, lecture="exacte"))
        publish_edition(base, exacte, "essai", "animation")
    refus = regarder(COMITE)
    assert "[SEA-006]" in everything(refus)
    assert SECRET not in everything(refus)
    assert not [bouton for bouton in refus.button if bouton.label in ("Présentation", "Classeur")]
    lues = regarder(replace(COMITE, lecture="exacte"))
    assert SECRET in everything(lues)
    assert "Effectifs exacts, pour ses seuls lecteurs" in everything(lues)


def test_the_direction_of_the_whole_plie_reads_the_same_papers(regarder: Callable) -> None:
    assert_own_edition_only(regarder(Droits("direction", (CODE,))))
