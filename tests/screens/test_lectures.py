"""Who reads what: rights crossed with readings, « Voir comme », and no list of people but for the animation team."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.acces.registre import ECRANS, RACINE, list_open_to
from components.acces.session import protect_download
from data_access import tables as t
from data_access.base.moteur import VARIABLE_URL, current_version
from data_access.droits import change_reading, grant, remove
from data_access.historique.comite import publish
from data_access.journal.acces import Action, list_events
from data_access.refus import Refus
from indicators.nombres import write_integer
from indicators.perimetre import Periode
from seances.edition import compose, freeze
from seances.preparation import DemandeDEdition
from tests.screens.adresses import address_of

CODE = "AGENAIS"
QUI = "marie@plie.fr"
AGEN, VOISINE = "47001", "47019"
ARRONDI = "effectifs arrondis à 5 près"
Ouvrir = Callable[..., AppTest]


@pytest.fixture
def ouvrir(moteur: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ouvrir]:
    """Opens the dashboard at the address of a page: as somebody who has signed in, or in local mode."""
    monkeypatch.setenv(VARIABLE_URL, moteur.url.render_as_string())
    monkeypatch.chdir(RACINE)
    st.cache_data.clear()

    def _ouvrir(code: str, identite: str = "", **parametres: str) -> AppTest:
        app = AppTest.from_file(str(RACINE / "app.py"), default_timeout=60)
        if identite:
            app.user = {"is_logged_in": True, "email": identite}
        for nom, valeur in parametres.items():
            app.query_params[nom] = valeur
        app._page_hash = address_of(code)
        app.run()
        assert not app.exception
        assert [e.value for e in app.error] == []
        return app

    yield _ouvrir
    st.cache_data.clear()


def give(moteur: sa.Engine, role: str, lecture: str = "", plie: str | None = CODE) -> int:
    with moteur.begin() as base:
        return grant(base, QUI, role, plie, None, None, "essai", lecture).numero


def publish_now(moteur: sa.Engine) -> None:
    with moteur.begin() as base:
        au = base.execute(sa.select(t.plie.c.date_extraction).where(t.plie.c.code_plie == CODE)).scalar_one()
        publish(base, CODE, au, current_version(base), "essai")


def words(app: AppTest) -> str:
    genres = (app.title, app.markdown, app.warning, app.info, app.caption)
    return " ".join(str(element.value) for genre in genres for element in genre)


def big_figure(app: AppTest, titre: str) -> str:
    """The large number of that card."""
    html = " ".join(str(e.proto.body) for e in app.get("html"))
    trouve = re.search(rf'class="titre">{titre}</span>.*?<strong class="\w+">(.*?)</strong>', html, re.S)
    assert trouve, titre
    return trouve[1]


def count_active(moteur: sa.Engine, commune: str) -> int:
    """The file active of a commune, its quartiers included, on the day of the data, counted without the dashboard."""
    requete = """
        SELECT count(*) FROM parcours p JOIN plie ON plie.code_plie = p.code_plie
        WHERE p.code_plie = :plie AND (p.code_commune = :commune OR p.code_quartier IN (
            SELECT code_territoire FROM territoires z WHERE z.code_plie = :plie AND z.code_parent = :commune))
        AND p.entree_le <= plie.date_extraction AND p.fin_le > plie.date_extraction"""
    with moteur.connect() as base:
        return base.execute(sa.text(requete), {"plie": CODE, "commune": commune}).scalar_one()


def rounded(nombre: int) -> str:
    """As definitions.md says it, and not as the code under test does."""
    if nombre == 0:
        return "0"
    return "moins de 5" if nombre < 5 else f"≈\u00a0{write_integer((nombre + 2) // 5 * 5)}"


@pytest.mark.parametrize(
    ("role", "lecture", "exacte"),
    [
        ("comite", "", False),
        ("comite", "exacte", True),
        ("direction", "", True),
        ("direction", "arrondie", False),
        ("animation", "", True),
    ],
)
def test_each_right_reads_as_it_says(ouvrir: Ouvrir, moteur: sa.Engine, role: str, lecture: str, exacte: bool) -> None:
    publish_now(moteur)
    give(moteur, role, lecture)
    assert count_active(moteur, AGEN) % 5 or count_active(moteur, VOISINE) % 5
    for commune in (AGEN, VOISINE):
        app = ouvrir("file_active", QUI, territoire=commune)
        attendu = count_active(moteur, commune)
        assert big_figure(app, "File active") == (write_integer(attendu) if exacte else rounded(attendu))
        assert (ARRONDI in words(app)) is not exacte
        (ligne,) = [m.value for m in app.markdown if "· rôle " in m.value]
        assert (f"{role.replace('comite', 'comité')} · {ARRONDI}" in ligne) is not exacte


def test_a_reading_that_changes_acts_at_the_next_click(ouvrir: Ouvrir, moteur: sa.Engine) -> None:
    """The same filters, the same person: nothing kept under the former reading is shown again."""
    numero, attendu = give(moteur, "direction"), count_active(moteur, VOISINE)
    app = ouvrir("file_active", QUI, territoire=VOISINE)
    for lecture, texte in (("arrondie", rounded(attendu)), ("exacte", write_integer(attendu))):
        with moteur.begin() as base:
            change_reading(base, numero, lecture, "essai")
        assert big_figure(app.run(), "File active") == texte


def test_one_rounded_right_rounds_the_other_plie_too(ouvrir: Ouvrir, moteur: sa.Engine) -> None:
    give(moteur, "direction")
    autre = give(moteur, "direction", "arrondie", "MNO")
    attendu = count_active(moteur, VOISINE)
    assert big_figure(ouvrir("file_active", QUI, plie=CODE, territoire=VOISINE), "File active") == rounded(attendu)
    with moteur.begin() as base:
        remove(base, autre, "essai")
    exact = ouvrir("file_active", QUI, plie=CODE, territoire=VOISINE)
    assert big_figure(exact, "File active") == write_integer(attendu)


def look_as(app: AppTest, role: str) -> AppTest:
    (choix,) = [s for s in app.selectbox if s.label == "Voir comme"]
    assert choix.options == ["Animation", "Direction", "Comité"]
    choix.set_value(role).run()
    assert not app.exception
    assert [e.value for e in app.error] == []
    return app


@pytest.mark.parametrize("identite", ["", QUI], ids=["local", "connecte"])
def test_the_team_sees_what_others_will_see_before_it_publishes(
    ouvrir: Ouvrir, moteur: sa.Engine, identite: str
) -> None:
    if identite:
        give(moteur, "animation")
    attendu = count_active(moteur, VOISINE)
    app = ouvrir("file_active", identite, territoire=VOISINE)
    comite = look_as(app, "comite")
    assert "rôle comité, en aperçu · effectifs arrondis à 5 près" in words(comite)
    assert "le comité, lui, ne lit que les chiffres publiés" in words(comite)
    assert "[DRO-005]" not in words(comite)
    assert big_figure(comite, "File active") == rounded(attendu)
    direction = look_as(app, "direction")
    assert "rôle direction, en aperçu" in words(direction)
    assert ARRONDI not in words(direction)
    assert big_figure(direction, "File active") == write_integer(attendu)
    assert "en aperçu" not in words(look_as(app, "animation"))
    if identite:
        assert app.multiselect(key="w_plie").options == ["Agenais"]


@pytest.mark.parametrize("role", ["comite", "direction"])
def test_the_pages_follow_the_role_one_looks_as(ouvrir: Ouvrir, moteur: sa.Engine, role: str) -> None:
    give(moteur, "animation")
    ouverts, fermes = list_open_to(role), [e for e in list_open_to("animation") if role not in e.roles]
    assert [e.code for e in fermes] == ["seance", "projection", "importer", "qualite"]
    for ecran in (ouverts[-2], *fermes):
        app = look_as(ouvrir(ecran.code, QUI), role)
        if ecran in ouverts:
            assert [titre.value for titre in app.title] == [ecran.titre]
            continue
        assert [titre.value for titre in app.title] == ["Page réservée"]
        assert "revenez à « Animation »" in words(app)
        # From a closed page too, one looks as oneself again.
        assert [titre.value for titre in look_as(app, "animation").title] == [ecran.titre]
    with moteur.connect() as base:
        actions = [(e.role, e.action) for e in list_events(base) if e.identite == QUI]
    # What the team meets while it looks as another is neither a refusal nor done in the name of that role.
    assert {nom for nom, _ in actions} == {"animation"}
    assert Action.REFUS not in {action for _, action in actions}


def test_one_looks_as_oneself_again_where_nothing_is_chosen(ouvrir: Ouvrir) -> None:
    app = look_as(ouvrir("synthese"), "comite")
    app.multiselect(key="w_plie").set_value([]).run()
    assert "[FIL-003]" in words(app)
    assert "en aperçu" not in words(look_as(app, "animation"))


@pytest.mark.parametrize("role", ["comite", "direction"])
def test_nobody_looks_as_a_role_that_reads_more(ouvrir: Ouvrir, moteur: sa.Engine, role: str) -> None:
    publish_now(moteur)
    give(moteur, role, "arrondie")
    app = ouvrir("file_active", QUI, territoire=VOISINE)
    assert "Voir comme" not in [s.label for s in app.selectbox]
    for vue in ("animation", "direction", "comite", "administration"):
        app.session_state["vue_choisie"] = vue
        app.run()
        assert f"rôle {role.replace('comite', 'comité')} · {ARRONDI}" in words(app)
        assert big_figure(app, "File active") == rounded(count_active(moteur, VOISINE))


def test_a_file_made_while_looking_as_another_needs_the_right_that_one_has(
    moteur: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE_URL, moteur.url.render_as_string())
    monkeypatch.setattr(st, "user", _User({"is_logged_in": True, "email": QUI}))
    monkeypatch.setattr("components.acces.session.prepare_base", lambda: None)
    monkeypatch.setattr(st, "session_state", {"vue_choisie": "comite"})
    numero = give(moteur, "animation")
    faire = protect_download("dossiers", "telecharger", [CODE], lambda: b"papiers")
    assert faire() == b"papiers"
    with pytest.raises(Refus, match="DRO-014"):
        protect_download("qualite", "telecharger", [CODE], lambda: b"numeros")
    with moteur.begin() as base:
        remove(base, numero, "essai")
    with pytest.raises(Refus, match="DRO-014"):
        faire()


class _User(dict):
    """What `st.user` gives of a token."""

    def __getattr__(self, nom: str) -> object:
        return self[nom]

    def to_dict(self) -> dict:
        return dict(self)


def everything_sent(app: AppTest) -> bytes:
    """All that the page gives to the browser, tables and data of charts included."""
    morceaux, restent = [], [app._tree]
    while restent:
        noeud = restent.pop()
        if getattr(noeud, "proto", None) is not None:
            morceaux.append(noeud.proto.SerializeToString())
        restent.extend(getattr(noeud, "children", {}).values())
    return b"\n".join(morceaux)


@pytest.fixture
def numeros(moteur: sa.Engine) -> re.Pattern[bytes]:
    """What finds the number of any person or parcours of the database."""
    p = t.parcours.c
    with moteur.connect() as base:
        connus = {str(v) for ligne in base.execute(sa.select(p.id_parcours, p.id_participant)) for v in ligne}
    motif = re.compile(rb"P[A-Z]?[0-9]{6}")
    assert len(connus) > 1000
    assert all(motif.fullmatch(numero.encode()) for numero in connus)
    return motif


@pytest.mark.parametrize("role", ["direction", "comite"])
def test_neither_direction_nor_committee_sees_a_list_of_people(
    ouvrir: Ouvrir, moteur: sa.Engine, numeros: re.Pattern[bytes], role: str
) -> None:
    publish_now(moteur)
    give(moteur, role, "exacte")
    for ecran in ECRANS:
        app = ouvrir(ecran.code, QUI, plie=CODE)
        assert not numeros.search(everything_sent(app)), ecran.code
        assert not app.dataframe, ecran.code


def test_no_paper_has_one_either(moteur: sa.Engine, numeros: re.Pattern[bytes]) -> None:
    """What the files of a meeting are made from, even the team's own: direction downloads those of the committee."""
    with moteur.connect() as base:
        edition = compose(base, DemandeDEdition(CODE, "revue_mensuelle", Periode(date(2021, 1, 1), date(2021, 9, 30))))
    assert edition.lecture == "exacte"
    assert not numeros.search(json.dumps(freeze(edition)).encode())


def test_the_team_sees_them(ouvrir: Ouvrir, numeros: re.Pattern[bytes]) -> None:
    """Without this, the test above could look at the wrong place."""
    assert numeros.search(everything_sent(ouvrir("qualite", plie=CODE)))
