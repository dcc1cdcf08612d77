"""Who sees what: every role × every page, with and without rights, and perimeters that are never crossed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.acces import session
from components.acces.identite import Venue, identify, is_local_request, is_loopback
from components.acces.registre import ECRANS, RACINE, TOUS, is_allowed, list_open_to
from components.acces.session import AUTEUR_LOCAL, build_rights, protect_download
from data_access import tables as t
from data_access.base.moteur import VARIABLE_URL, make_engine
from data_access.droits import grant, list_rights, remove
from data_access.historique.comite import publish
from data_access.journal.acces import NOMS, Action, list_events
from data_access.refus import Refus
from indicators.acces import ROLES as LECTEURS
from indicators.perimetre import Droits, Limite
from tests.partage import copy_base
from tests.screens.adresses import address_of

AU = date(2021, 6, 30)
STRUCTURE = "CCAS d’essai"
Ouvrir = Callable[..., AppTest]


@pytest.fixture
def engine(exemples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Engine]:
    """The sample database, copied: a person of each role, on AGENAIS; its figures published up to 30/06/2021."""
    url = copy_base(exemples, tmp_path / "plie.db")
    engine = make_engine(url)
    with engine.begin() as base:
        a5 = (t.operations.c.code_plie == "AGENAIS", t.operations.c.code_operation == "A5")
        base.execute(sa.update(t.operations).where(*a5).values(structure_beneficiaire=STRUCTURE))
        for role in TOUS:
            plie = None if role == "administration" else "AGENAIS"
            grant(base, f"{role}@plie.fr", role, plie, None, None, "essai")
        version = base.execute(sa.select(sa.func.max(t.versions.c.id))).scalar_one()
        publish(base, "AGENAIS", AU, version, "essai")
    monkeypatch.setenv(VARIABLE_URL, url)
    monkeypatch.chdir(RACINE)
    st.cache_data.clear()
    yield engine
    st.cache_data.clear()
    engine.dispose()


@pytest.fixture
def ouvrir(engine: sa.Engine) -> Ouvrir:
    """Opens the dashboard as somebody, at the address of a page."""

    def _ouvrir(identite: str | None, code: str = "", **parametres: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(RACINE / "app.py"), default_timeout=60)
        app.user = {"is_logged_in": identite is not None} | ({"email": identite} if identite else {})
        for nom, valeur in parametres.items():
            app.query_params[nom] = valeur
        app._page_hash = address_of(code) if code else ""
        return app.run()

    return _ouvrir


def words(app: AppTest) -> str:
    genres = (app.title, app.markdown, app.warning, app.error, app.info, app.caption, app.subheader, app.header)
    return " ".join(str(element.value) for genre in genres for element in genre)


@pytest.mark.parametrize("ecran", ECRANS, ids=lambda e: e.code)
@pytest.mark.parametrize("role", TOUS)
def test_each_role_opens_its_pages_and_is_refused_the_others(ouvrir: Ouvrir, role: str, ecran) -> None:  # type: ignore[no-untyped-def]
    app = ouvrir(f"{role}@plie.fr", ecran.code)
    assert not app.exception
    assert [e.value for e in app.error] == []
    if role in ecran.roles:
        assert [t.value for t in app.title] == [ecran.titre]
        assert "[DRO-" not in words(app).replace("[DRO-007]", "")
    elif ecran == ECRANS[0]:
        # Its address is the home page: one is taken to one's own first page.
        assert [t.value for t in app.title] == [list_open_to(role)[0].titre]
    else:
        assert [t.value for t in app.title] == ["Page réservée"]
        (refus,) = [w.value for w in app.warning]
        assert "[DRO-010]" in refus
        assert ecran.question not in words(app)


@pytest.mark.parametrize("identite", [None, "inconnu@plie.fr", "", "direction", "ｄirection@plie.fr"])
def test_whoever_is_not_known_sees_nothing(ouvrir: Ouvrir, identite: str | None) -> None:
    for ecran in ECRANS:
        app = ouvrir(identite, ecran.code)
        assert not app.exception
        assert [t.value for t in app.title] == ["Tableau de bord PLIE"]
        assert not app.sidebar.children
        assert ecran.question not in words(app)
        assert "agenais" not in words(app).lower()
        if identite is None:
            assert [b.label for b in app.button] == ["Se connecter"]
        else:
            attendu = "[DRO-012]" if identite == "inconnu@plie.fr" else "[DRO-013]"
            assert attendu in words(app)
            assert [b.label for b in app.button] == ["Se déconnecter"]


def test_menu_is_the_table_of_roles() -> None:
    assert {role: [e.code for e in list_open_to(role)] for role in TOUS}["administration"] == ["droits", "definitions"]
    assert all(is_allowed(role, e.code) == (role in e.roles) for role in TOUS for e in ECRANS)
    assert all(set(roles) <= set(e.roles) for e in ECRANS for roles in e.actions.values())
    # Who reads no figure in `indicators` opens no page of figures here, and conversely.
    figures = [e for e in ECRANS if e.code not in ("droits", "definitions")]
    assert {role for e in figures for role in e.roles} == set(LECTEURS)


@pytest.mark.parametrize(
    ("role", "code", "action"),
    [
        ("inconnu", "synthese", None),
        ("", "synthese", None),
        ("animation", "ailleurs", None),
        ("animation", "importer", "effacer"),
        ("comite", "importer", "charger"),
        ("administration", "importer", "charger"),
        ("animation", "droits", "accorder"),
        ("direction", "qualite", "telecharger"),
    ],
)
def test_what_is_not_written_in_the_table_is_closed(role: str, code: str, action: str | None) -> None:
    assert not is_allowed(role, code, action)


def test_every_page_may_be_named_in_the_journal() -> None:
    assert {ecran.code for ecran in ECRANS} <= NOMS


VERBES = {
    "accorder": "accorder un droit",
    "anonymiser": "anonymiser au-delà de la durée de conservation",
    "annuler": "annuler un chargement",
    "charger": "charger un classeur",
    "decider": "noter les décisions",
    "enregistrer_profil": "enregistrer un profil",
    "modifier": "changer la lecture d’un droit",
    "publier": "publier une date",
    "rediger": "rédiger",
    "retirer": "retirer un droit",
    "telecharger": "télécharger",
}


def write_table() -> str:
    """Markdown: one line a page or an action, one column a role."""

    def line(*cellules: str) -> str:
        return f"| {' | '.join(cellules)} |\n"

    def marks(roles: tuple[str, ...]) -> list[str]:
        return ["oui" if role in roles else "–" for role in TOUS]

    entete = line("Page", *(session.ROLES[role] for role in TOUS)) + line(*["---"] * (len(TOUS) + 1))
    corps = "".join(
        line(f"**{ecran.titre}**", *marks(ecran.roles))
        + "".join(line(f"– {VERBES[action]}", *marks(roles)) for action, roles in ecran.actions.items())
        for ecran in ECRANS
    )
    return entete + corps


def test_table_of_roles_of_the_documentation_is_the_registry() -> None:
    texte = (RACINE / "docs" / "deploiement.md").read_text(encoding="utf-8")
    assert write_table() in texte, f"recopier dans docs/deploiement.md :\n{write_table()}"


def test_a_right_removed_acts_at_the_next_click(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    app = ouvrir("direction@plie.fr", "file_active")
    assert [t.value for t in app.title] == ["File active"]
    with engine.begin() as base:
        (droit,) = [d for d in list_rights(base) if d.identite == "direction@plie.fr"]
        remove(base, droit.numero, "essai")
    app.run()
    assert "[DRO-012]" in words(app)
    assert "Agenais" not in words(app)


def test_a_plie_removed_leaves_the_filters(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    with engine.begin() as base:
        autre = grant(base, "animation@plie.fr", "animation", "MNO", None, None, "essai")
    app = ouvrir("animation@plie.fr", "qualite", plie=["AGENAIS", "MNO"])
    assert app.session_state["choix"].plie == ("AGENAIS", "MNO")
    with engine.begin() as base:
        remove(base, autre.numero, "essai")
    app.run()
    assert app.session_state["choix"].plie == ("AGENAIS",)
    assert "un PLIE absent de vos droits" in words(app)
    assert "MNO" not in {str(v) for tableau in app.dataframe for v in tableau.value.get("PLIE", [])}


@pytest.mark.parametrize("ecran", [e for e in ECRANS if "comite" in e.roles], ids=lambda e: e.code)
@pytest.mark.parametrize("role", ["comite", "direction", "animation"])
def test_a_link_never_opens_another_plie(ouvrir: Ouvrir, role: str, ecran) -> None:  # type: ignore[no-untyped-def]
    app = ouvrir(f"{role}@plie.fr", ecran.code, plie=["TECHNOWEST", "MNO"], territoire="99999", operation="ZZ")
    assert app.session_state["choix"].plie == ("AGENAIS",)
    assert "Technowest" not in words(app)
    assert [list(m.options) for m in app.multiselect if m.label == "PLIE"] == [["Agenais"]]


def test_committee_reads_up_to_the_published_date(ouvrir: Ouvrir) -> None:
    app = ouvrir("comite@plie.fr", "synthese")
    assert "arrêtés au 30/06/2021" in words(app)
    app = ouvrir("comite@plie.fr", "file_active", plie="AGENAIS", periode="libre", du="2021-01-01", au="2021-09-30")
    assert "une date d’avant ou d’après celles que le filtre propose" in words(app)
    assert "du 01/01/2021 au 30/06/2021" in words(app)
    assert "30/09/2021" not in words(app)


def test_committee_reads_nothing_before_a_publication(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    with engine.begin() as base:
        grant(base, "mno@plie.fr", "comite", "MNO", None, None, "essai")
    assert "[DRO-005]" in words(ouvrir("mno@plie.fr", "file_active", plie="MNO"))
    with engine.begin() as base:
        base.execute(sa.delete(t.publications))
    app = ouvrir("comite@plie.fr", "file_active")
    assert "[DRO-005]" in words(app)
    assert not app.metric


def test_a_territory_is_read_alone(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    with engine.begin() as base:
        grant(base, "agen@plie.fr", "direction", "AGENAIS", "47001", None, "essai")
    app = ouvrir("agen@plie.fr", "file_active")
    assert app.session_state["choix"].territoire == "47001"
    (choix,) = [s for s in app.selectbox if s.label == "Territoire"]
    assert "Tout le territoire" not in choix.options
    autre = next(zone for zone in _zones(engine) if zone != "47001")
    app = ouvrir("agen@plie.fr", "file_active", plie="AGENAIS", territoire=autre)
    assert app.session_state["choix"].territoire == "47001"
    assert "un territoire étranger" in words(app)


def _zones(engine: sa.Engine) -> list[str]:
    with engine.connect() as base:
        zones = t.territoires.c
        return list(base.scalars(sa.select(zones.code_territoire).where(zones.code_plie == "AGENAIS")))


def test_a_structure_reads_its_operations(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    with engine.begin() as base:
        grant(base, "ccas@plie.fr", "direction", "AGENAIS", None, STRUCTURE, "essai")
    app = ouvrir("ccas@plie.fr", "file_active", plie="AGENAIS", operation="A1")
    assert app.session_state["choix"].operation == "A5"
    (choix,) = [s for s in app.selectbox if s.label == "Opération"]
    assert len(choix.options) == 1


def test_rows_of_rights_add_up(engine: sa.Engine) -> None:
    with engine.begin() as base:

        def rights(role: str, *parties: tuple) -> Droits:
            lignes = [
                grant(base, "x@plie.fr", role, plie, zone, structure, "essai", *lecture)
                for plie, zone, structure, *lecture in parties
            ]
            droits = build_rights(base, lignes, role)
            for ligne in lignes:
                remove(base, ligne.numero, "essai")
            return droits

        zone, structure = ("AGENAIS", "47001", None), ("AGENAIS", None, STRUCTURE)
        entier, autre, tous = ("AGENAIS", None, None), ("MNO", None, None), (None, None, None)
        limites = (Limite("AGENAIS", None, ("A5",)), Limite("AGENAIS", "47001"))
        obtenu = rights("direction", zone, structure, autre)
        assert (obtenu.plie, set(obtenu.limites)) == (("AGENAIS", "MNO"), set(limites))
        assert rights("direction", zone, entier) == Droits("direction", ("AGENAIS",), lecture="exacte")
        assert rights("direction", zone, tous) == Droits("direction", None, lecture="exacte")
        assert rights("animation", entier) == Droits("animation", ("AGENAIS",), lecture="exacte")
        assert rights("administration", tous) == Droits("administration", ())
        assert rights("comite", entier, autre).publie_au == (("AGENAIS", AU),)
        # One rounded row rounds the whole session, other PLIE included; a row of before readings is rounded.
        assert rights("comite", entier).arrondit
        assert not rights("comite", (*entier, "exacte")).arrondit
        assert rights("comite", (*entier, "exacte"), autre).lecture == "arrondie"
        assert rights("direction", (*zone, "arrondie"), entier).lecture == "arrondie"
        sans = replace(grant(base, "x@plie.fr", "direction", None, None, None, "essai"), lecture=None)
        assert build_rights(base, [sans], "direction").arrondit
        assert build_rights(base, (), "direction") == Droits("aucun", ())


def test_a_structure_that_runs_nothing_any_more_opens_nothing(engine: sa.Engine) -> None:
    with engine.begin() as base:
        ligne = grant(base, "x@plie.fr", "direction", "AGENAIS", None, STRUCTURE, "essai")
        base.execute(sa.update(t.operations).values(structure_beneficiaire=None))
        assert build_rights(base, [ligne], "direction").limites == (Limite("AGENAIS", None, ()),)


def test_one_role_at_a_time(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    with engine.begin() as base:
        grant(base, "animation@plie.fr", "comite", "AGENAIS", None, None, "essai")
    app = ouvrir("animation@plie.fr")
    assert "rôle animation" in words(app)
    (choix,) = [s for s in app.selectbox if s.label == "Vous regardez en tant que"]
    assert choix.options == ["animation", "comité"]
    choix.set_value("comite").run()
    assert "rôle comité" in words(app)
    assert "arrêtés au 30/06/2021" in words(app)
    app._page_hash = address_of("importer")
    app.run()
    assert "[DRO-010]" in words(app)


def test_ways_in_and_refusals_are_noted_once(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    app = ouvrir("comite@plie.fr", "importer")
    app.run()
    ouvrir("inconnu@plie.fr").run()
    ouvrir(None).run()
    app = ouvrir("direction@plie.fr")
    [b for b in app.button if b.label == "Se déconnecter"][0].click().run()
    with engine.connect() as base:
        notes = [(e.identite, e.action, e.objet) for e in reversed(list_events(base)) if e.identite != "essai"]
    assert notes == [
        ("comite@plie.fr", Action.CONNEXION, "oidc"),
        ("comite@plie.fr", Action.REFUS, "importer DRO-010"),
        ("inconnu@plie.fr", Action.REFUS, "DRO-012"),
        ("direction@plie.fr", Action.CONNEXION, "oidc"),
        ("direction@plie.fr", Action.DECONNEXION, "oidc"),
    ]


def test_what_is_done_bears_the_name_of_who_did_it(ouvrir: Ouvrir) -> None:
    def auteur() -> None:
        import streamlit as st

        from components.acces.session import current_author

        st.write(current_author())

    app = AppTest.from_function(auteur)
    assert app.run().markdown[0].value == AUTEUR_LOCAL
    app.user = {"is_logged_in": True, "email": "Animation@PLIE.fr"}
    assert app.run().markdown[0].value == "animation@plie.fr"


def test_a_file_asked_after_the_right_is_gone_is_not_made(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "user", _User({"is_logged_in": True, "email": "animation@plie.fr"}))
    monkeypatch.setattr("components.acces.session.is_local", lambda: False)
    monkeypatch.setattr("components.acces.session.prepare_base", lambda: None)
    faire = protect_download("qualite", "telecharger", ["AGENAIS"], lambda: b"numeros")
    assert faire() == b"numeros"
    with pytest.raises(Refus, match="DRO-015"):
        protect_download("qualite", "telecharger", ["MNO"], lambda: b"numeros")
    with pytest.raises(Refus, match="DRO-014"):
        protect_download("droits", "accorder", [], lambda: b"")
    with engine.begin() as base:
        (droit,) = [d for d in list_rights(base) if d.identite == "animation@plie.fr"]
        remove(base, droit.numero, "essai")
    with pytest.raises(Refus, match="DRO-014"):
        faire()


class _User(dict):
    """What `st.user` gives of a token."""

    def __getattr__(self, nom: str) -> object:
        return self[nom]

    def to_dict(self) -> dict:
        return dict(self)


@pytest.mark.parametrize(
    ("revendications", "etat"),
    [
        ({}, Venue.FERME),
        ({"email": "a@b.fr"}, Venue.FERME),
        ({"is_logged_in": False}, Venue.ANONYME),
        ({"is_logged_in": "true", "email": "a@b.fr"}, Venue.ANONYME),
        ({"is_logged_in": True}, Venue.ADRESSE_REFUSEE),
        ({"is_logged_in": True, "email": None}, Venue.ADRESSE_REFUSEE),
        ({"is_logged_in": True, "email": "a@b.fr", "email_verified": False}, Venue.ADRESSE_REFUSEE),
        ({"is_logged_in": True, "email": "a@b.fr", "email_verified": "false"}, Venue.ADRESSE_REFUSEE),
        ({"is_logged_in": True, "email": "a@b.fr", "email_verified": None}, Venue.ADRESSE_REFUSEE),
        ({"is_logged_in": True, "email": "a@b.fr", "email_verified": True}, Venue.CONNECTE),
        ({"is_logged_in": True, "email": "a@b.fr", "email_verified": "true"}, Venue.CONNECTE),
        ({"is_logged_in": True, "email": "a@b.fr"}, Venue.CONNECTE),
    ],
)
def test_who_a_token_names(revendications: dict, etat: Venue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "user", _User(revendications))
    assert identify(local=False).venue == etat
    # As soon as sign-in is configured, this computer must sign in too.
    assert identify(local=True).venue == (Venue.LOCAL if etat is Venue.FERME else etat)


ICI = {"Host": "127.0.0.1:8501", "Origin": "http://localhost:8501"}


@pytest.mark.parametrize(
    ("ecoute", "client", "en_tetes", "local"),
    [
        ("127.0.0.1", None, ICI, True),
        ("localhost", "127.0.0.1", ICI, True),
        ("::1", "::1", {"host": "[::1]:8501"}, True),
        ("127.0.0.1", "::ffff:127.0.0.1", {}, True),
        ("0.0.0.0", None, ICI, False),
        ("", None, ICI, False),
        (None, None, ICI, False),
        ("127.0.0.1", "192.168.1.12", ICI, False),
        ("127.0.0.1", "::ffff:192.168.1.12", ICI, False),
        ("127.0.0.1", "nimporte", ICI, False),
        ("127.0.0.1", None, ICI | {"Host": "plie.exemple.fr"}, False),
        ("127.0.0.1", None, ICI | {"Host": "127.0.0.1.exemple.fr"}, False),
        ("127.0.0.1", None, ICI | {"Host": "[::1"}, False),
        ("127.0.0.1", None, ICI | {"Host": ""}, False),
        ("127.0.0.1", None, ICI | {"Origin": "https://plie.exemple.fr"}, False),
        ("127.0.0.1", None, ICI | {"Origin": "null"}, False),
        ("127.0.0.1", None, ICI | {"X-Forwarded-For": "192.168.1.12"}, False),
        ("127.0.0.1", None, ICI | {"Via": "1.1 relais"}, False),
    ],
)
def test_local_mode_is_for_this_computer_only(ecoute, client, en_tetes: dict, local: bool) -> None:  # type: ignore[no-untyped-def]
    assert is_local_request(ecoute, client, en_tetes) is local


def test_loopback_is_a_whole_network() -> None:
    assert is_loopback("127.8.9.10")
    assert not is_loopback("128.0.0.1")
