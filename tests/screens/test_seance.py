"""Préparer la séance, its projection and the committee's papers, on a database of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from data_access.base.moteur import VARIABLE_URL, make_engine
from data_access.imports.demarrage import DOSSIER_EXEMPLES
from data_access.imports.deroule import import_classeur
from data_access.seances.decisions import list_decisions
from data_access.seances.preparation import read_preparation
from data_access.seances.publications import last_publications
from seances.publication import list_editions, open_edition
from tests.partage import copy_base, sample_base
from tests.screens.adresses import address_of, find_page

RACINE = Path(__file__).resolve().parents[2]
CODE = "HAUT_PERIGORD"
SEANCE, PROJECTION = "pages/animation/seance/ecran.py", "pages/animation/projection/ecran.py"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Engine]:
    url = copy_base(sample_base("haut_perigord"), tmp_path / "plie.db")
    monkeypatch.setenv(VARIABLE_URL, url)
    monkeypatch.chdir(RACINE)
    st.cache_data.clear()
    engine = make_engine(url)
    yield engine
    engine.dispose()
    st.cache_data.clear()


@pytest.fixture
def ouvrir(engine: sa.Engine) -> Callable[[str], AppTest]:
    def _ouvrir(fichier: str, **parametres: str) -> AppTest:
        app = AppTest.from_file(str(RACINE / "app.py"), default_timeout=60)
        app.query_params["plie"] = CODE
        for nom, valeur in parametres.items():
            app.query_params[nom] = valeur
        app._page_hash = address_of(find_page(fichier))
        app.run()
        assert not app.exception
        return app

    return _ouvrir


def _texts(app: AppTest) -> str:
    return "\n".join(e.value for e in (*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.error))


def _publish(app: AppTest) -> None:
    app.checkbox(key="seance_relue").check().run()
    next(b for b in app.button if b.label == "Publier l’édition").click().run()
    assert not app.exception
    assert any("publiée" in message.value for message in app.success)


def _unfold(app: AppTest, section: str) -> AppTest:
    """A closed section is not drawn."""
    app.session_state[f"seance_{section}"] = True
    return app.run()


def test_what_is_written_is_kept_at_once_and_published(ouvrir: Callable, engine: sa.Engine) -> None:
    app = ouvrir(SEANCE)
    assert "première" in _texts(app)
    commentaire = f"seance_commentaire_{CODE}_comite_pilotage_synthese"
    assert not app.get("vega_lite_chart")
    _unfold(app, "synthese")
    assert app.get("vega_lite_chart")
    app.text_area(key=commentaire).set_value("La file active tient.").run()
    app.text_area(key=f"seance_points_{CODE}_comite_pilotage_synthese").set_value("Un point\n\nUn autre").run()
    with engine.connect() as base:
        brouillon = read_preparation(base, CODE, "comite_pilotage")
        assert brouillon["sections"][0]["commentaire"] == "La file active tient."
    # Somebody else, another day, finds what was written.
    assert _unfold(ouvrir(SEANCE), "synthese").text_area(key=commentaire).value == "La file active tient."
    _publish(app)
    with engine.connect() as base:
        edition = open_edition(base, CODE, 1).edition
        assert edition.sections[0].commentaire == "La file active tient."
        assert edition.sections[0].points_de_decision == ("Un point", "Un autre")
        assert last_publications(base)[CODE].au == edition.au


def test_sections_are_chosen_and_ordered(ouvrir: Callable, engine: sa.Engine) -> None:
    app = ouvrir(SEANCE)
    app.multiselect(key=f"seance_sections_{CODE}_comite_pilotage").set_value(["etapes", "synthese"]).run()
    _publish(app)
    with engine.connect() as base:
        assert [s.code for s in open_edition(base, CODE, 1).edition.sections] == ["etapes", "synthese"]


def test_a_section_is_moved_by_one_place(ouvrir: Callable, engine: sa.Engine) -> None:
    app = _unfold(ouvrir(SEANCE), "objectifs")
    app.button(key="seance_deplacer_objectifs_-1").click().run()
    app.button(key="seance_deplacer_objectifs_-1").click().run()
    with engine.connect() as base:
        gardees = [s["code"] for s in read_preparation(base, CODE, "comite_pilotage")["sections"]]
    assert gardees[:3] == ["objectifs", "synthese", "file_active"]
    assert list(app.multiselect(key=f"seance_sections_{CODE}_comite_pilotage").value) == gardees


def test_two_people_writing_at_once_lose_nothing(ouvrir: Callable, engine: sa.Engine) -> None:
    une, autre = (_unfold(_unfold(ouvrir(SEANCE), "synthese"), "objectifs") for _ in range(2))
    cle = f"seance_commentaire_{CODE}_comite_pilotage_%s"
    une.text_area(key=cle % "synthese").set_value("De l’une").run()
    autre.text_area(key=cle % "objectifs").set_value("De l’autre").run()
    with engine.connect() as base:
        sections = {s["code"]: s["commentaire"] for s in read_preparation(base, CODE, "comite_pilotage")["sections"]}
    assert (sections["synthese"], sections["objectifs"]) == ("De l’une", "De l’autre")
    assert autre.text_area(key=cle % "synthese").value == "De l’une"


def test_a_text_that_cannot_be_kept_stays_in_its_field(ouvrir: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    app = ouvrir(SEANCE)

    def refuse(*_: object) -> None:
        raise sa.exc.OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr("seances.preparation.save_preparation", refuse)
    mot = f"seance_mot_{CODE}_comite_pilotage"
    app.text_area(key=mot).set_value("À ne pas perdre").run()
    assert not app.exception
    assert any("SEA-003" in e.value for e in app.error)
    assert app.text_area(key=mot).value == "À ne pas perdre"


def test_the_words_of_the_last_meeting_are_told_and_may_be_cleared(ouvrir: Callable) -> None:
    app = ouvrir(SEANCE)
    mot = f"seance_mot_{CODE}_comite_pilotage"
    app.text_area(key=mot).set_value("Bienvenue").run()
    _publish(app)
    assert not app.checkbox(key="seance_relue").value
    assert "ceux de l’édition n° 1" in _texts(app)
    app.button(key="seance_effacer").click().run()
    assert app.text_area(key=mot).value == ""
    assert "ceux de l’édition n° 1" not in _texts(app)


def test_the_team_s_review_is_not_published_to_the_committee(ouvrir: Callable, engine: sa.Engine) -> None:
    app = ouvrir(SEANCE)
    app.selectbox(key="seance_instance").select("revue_mensuelle").run()
    assert "Effectifs exacts" in _texts(app)
    _publish(app)
    with engine.connect() as base:
        assert CODE not in last_publications(base)
        assert list_editions(base, CODE, pour_le_comite=True) == []


def test_nothing_is_published_before_it_is_read_again(ouvrir: Callable) -> None:
    app = ouvrir(SEANCE)
    assert next(b for b in app.button if b.label == "Publier l’édition").disabled


def test_the_slides_follow_one_another(ouvrir: Callable, engine: sa.Engine) -> None:
    _publish(ouvrir(SEANCE))
    app = ouvrir(PROJECTION)
    assert app.button(key="projection_avant").disabled
    titres = []
    while True:
        titres.append(app.header[0].value)
        suivante = app.button(key="projection_apres")
        if suivante.disabled:
            break
        suivante.click().run()
        assert not app.exception
        assert not app.error
    assert len(titres) > 15
    assert titres[0].startswith("Comité de pilotage")
    for section in ("Synthèse", "Objectifs", "File active", "Étapes"):
        assert section in titres


def test_the_presenter_s_comment_is_hidden_unless_asked(ouvrir: Callable) -> None:
    app = ouvrir(SEANCE)
    app.text_area(key=f"seance_mot_{CODE}_comite_pilotage").set_value("Ne pas lire tout haut.").run()
    _publish(app)
    app = ouvrir(PROJECTION)
    assert not any("tout haut" in e.value for e in app.text)
    app.button(key="projection_commentaire").click().run()
    assert any("tout haut" in e.value for e in app.text)


def test_a_decision_taken_in_the_meeting_is_kept(ouvrir: Callable, engine: sa.Engine) -> None:
    _publish(ouvrir(SEANCE))
    app = ouvrir(PROJECTION)
    app.button(key="projection_decisions").click().run()
    app.text_area(key="projection_0_texte").set_value("Ouvrir une étape")
    app.text_input(key="projection_0_porteur").set_value("Direction")
    app.text_input(key="projection_0_echeance").set_value("31/02/2022")
    enregistrer = next(b for b in app.button if b.label == "Enregistrer la décision")
    enregistrer.click().run()
    assert any("DEC-006" in e.value for e in app.error)
    app.text_input(key="projection_0_echeance").set_value("31/01/2022")
    next(b for b in app.button if b.label == "Enregistrer la décision").click().run()
    with engine.connect() as base:
        (decision,) = list_decisions(base, CODE, 1)
    assert (decision.texte, decision.porteur, f"{decision.echeance:%d/%m/%Y}") == (
        "Ouvrir une étape",
        "Direction",
        "31/01/2022",
    )


def test_the_committee_s_papers_wait_for_a_publication(ouvrir: Callable) -> None:
    assert "Aucun dossier" in _texts(ouvrir("pages/comite/dossiers.py"))
    _publish(ouvrir(SEANCE))
    app = ouvrir("pages/comite/dossiers.py")
    assert "Édition n° 1" in _texts(app)
    assert {b.label for b in app.button} >= {"Présentation", "Classeur", "Document PDF", "Note d’une page"}


def test_several_plie_are_not_one_meeting(engine: sa.Engine) -> None:
    import_classeur(engine, DOSSIER_EXEMPLES / "plie_mno.xlsx", "essai")
    app = AppTest.from_file(str(RACINE / "app.py"), default_timeout=60)
    app.query_params["plie"] = [CODE, "MNO"]
    app.run()
    app.switch_page(SEANCE).run()
    assert "SEA-001" in _texts(app)
