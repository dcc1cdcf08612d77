"""The screen « Droits »: the table, granting, removing with a confirmation, and what is refused there."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from components.acces.registre import RACINE
from data_access import tables as t
from data_access.base.moteur import VARIABLE_URL, make_engine
from data_access.base.schema import ensure_schema
from data_access.droits import grant, list_rights, rights_of
from data_access.journal.acces import Action, FiltreEvenements, list_events
from tests.screens.adresses import address_of

ADMIN = "anne@plie.fr"
LECTURE = "Lecture des petits effectifs"
Ouvrir = Callable[[], AppTest]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """One PLIE with a territory and a structure, an administrator."""
    url = f"sqlite:///{tmp_path / 'plie.db'}"
    engine = make_engine(url)
    ensure_schema(engine)
    with engine.begin() as base:
        jour = sa.func.current_date()
        base.execute(sa.insert(t.plie).values(code_plie="A", nom="PLIE de l’Agenais", date_extraction=jour))
        zone = {"code_plie": "A", "code_territoire": "47001", "nom": "Agen", "type": "commune"}
        base.execute(sa.insert(t.territoires).values(**zone))
        operation = {"code_plie": "A", "code_operation": "A1", "intitule": "x", "structure_beneficiaire": "CCAS"}
        base.execute(sa.insert(t.operations).values(**operation, debut=jour, fin=jour))
        grant(base, ADMIN, "administration", None, None, None, "essai")
    monkeypatch.setenv(VARIABLE_URL, url)
    monkeypatch.chdir(RACINE)
    return engine


@pytest.fixture
def ouvrir(engine: sa.Engine) -> Ouvrir:
    def _ouvrir() -> AppTest:
        app = AppTest.from_file(str(RACINE / "app.py"), default_timeout=60)
        app.user = {"is_logged_in": True, "email": ADMIN}
        app._page_hash = address_of("droits")
        return app.run()

    return _ouvrir


def open_tab(app: AppTest, nom: str) -> AppTest:
    app.session_state["droits_onglets"] = nom
    return app.run()


def rights(engine: sa.Engine) -> list[tuple]:
    with engine.connect() as base:
        return [(d.identite, d.role, d.code_plie, d.code_territoire, d.structure) for d in list_rights(base)]


def reading_of(engine: sa.Engine, identite: str) -> str | None:
    with engine.connect() as base:
        (droit,) = rights_of(base, identite)
    return droit.lecture


def press(app: AppTest, libelle: str) -> AppTest:
    (bouton,) = [b for b in app.button if b.label == libelle]
    return bouton.click().run()


def choose(app: AppTest, libelle: str, valeur: str) -> AppTest:
    (choix,) = [s for s in [*app.selectbox, *app.radio] if s.label == libelle]
    return choix.set_value(valeur).run()


def test_table_says_who_sees_what_in_words(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    with engine.begin() as base:
        grant(base, "a@b.fr", "direction", "A", "47001", None, ADMIN)
        grant(base, "a@b.fr", "direction", "A", None, "CCAS", ADMIN, "arrondie")
        grant(base, "z@b.fr", "comite", None, None, None, ADMIN)
    app = ouvrir()
    assert not app.exception
    tableau = app.table[0].value
    assert [*zip(*(tableau[nom] for nom in ("Personne", "Rôle", "Voit", "Lecture")), strict=True)] == [
        ("a@b.fr", "direction", "Agenais, territoire Agen", "exacte"),
        ("a@b.fr", "direction", "Agenais, opérations de CCAS", "arrondie"),
        (ADMIN, "administration", "aucun chiffre", "–"),
        ("z@b.fr", "comité", "tous les PLIE", "arrondie"),
    ]
    assert any("tout y est arrondi : a@b.fr (direction)." in c.value for c in app.caption)
    app.text_input(key="droits_cherche").set_value("Z@").run()
    assert list(app.table[0].value["Personne"]) == ["z@b.fr"]
    app.text_input(key="droits_cherche").set_value("personne").run()
    assert not app.table
    assert any("Aucun droit n’est accordé à « personne »" in i.value for i in app.info)


def test_granting_a_territory(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    app = open_tab(ouvrir(), "Accorder un droit")
    app.text_input(key="accorder_identite").set_value(" Marie@Plie.fr ").run()
    choose(app, "Rôle", "direction")
    choose(app, "Ce que la personne peut lire", "Un territoire")
    press(app, "Accorder ce droit")
    (dit,) = [s.value for s in app.success]
    assert "Droit accordé : marie@plie.fr – direction – Agenais, territoire Agen – lecture exacte" in dit
    assert ("marie@plie.fr", "direction", "A", "47001", None) in rights(engine)
    app = open_tab(app, "Qui voit quoi")
    with engine.connect() as base:
        (droit,) = [d for d in list_rights(base) if d.identite == "marie@plie.fr"]
    assert droit.accorde_par == ADMIN


def test_the_reading_of_the_role_is_proposed_and_may_be_another(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    app = open_tab(ouvrir(), "Accorder un droit")
    proposees = {}
    for role in ("comite", "direction", "animation", "administration"):
        choose(app, "Rôle", role)
        proposees[role] = [r.value for r in app.radio if r.label == LECTURE]
    assert proposees == {"comite": ["arrondie"], "direction": ["exacte"], "animation": [], "administration": []}
    choose(app, "Rôle", "comite")
    (choix,) = [r for r in app.radio if r.label == LECTURE]
    assert list(choix.options) == [
        "Exacte : tous les effectifs",
        "Arrondie : par commune, quartier ou caractéristique, effectifs arrondis à 5 près",
    ]
    app.text_input(key="accorder_identite").set_value("elue@ville.fr").run()
    choose(app, LECTURE, "exacte")
    press(app, "Accorder ce droit")
    assert reading_of(engine, "elue@ville.fr") == "exacte"


def test_the_reading_of_a_right_is_changed_in_the_list(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    with engine.begin() as base:
        droit = grant(base, "elue@ville.fr", "comite", "A", None, None, ADMIN)
        grant(base, "marie@plie.fr", "animation", "A", None, None, ADMIN)
    app = ouvrir()
    (choix,) = [s for s in app.selectbox if s.label == "Droit à changer"]
    # Neither the administrator nor the team has a reading to choose.
    assert list(choix.options) == ["elue@ville.fr – comité – Agenais – lecture arrondie"]
    choose(app, "Droit à changer", droit.numero)  # type: ignore[arg-type]
    (bouton,) = [b for b in app.button if b.label == "Changer la lecture"]
    assert bouton.disabled
    choose(app, LECTURE, "exacte")
    press(app, "Changer la lecture")
    assert any("elue@ville.fr – comité – Agenais – lecture exacte" in s.value for s in app.success)
    assert reading_of(engine, "elue@ville.fr") == "exacte"
    assert list(app.table[0].value["Lecture"]) == ["–", "exacte", "exacte"]
    with engine.connect() as base:
        (note,) = list_events(base, FiltreEvenements(actions=(Action.DROIT_MODIFIE,)))
    assert (note.identite, note.objet) == (ADMIN, "identite:elue@ville.fr role:comite lecture:exacte")


def test_what_each_role_may_be_limited_to(ouvrir: Ouvrir) -> None:
    app = open_tab(ouvrir(), "Accorder un droit")
    parties = {}
    for role in ("comite", "direction", "animation", "administration"):
        choose(app, "Rôle", role)
        radios = [list(r.options) for r in app.radio if r.label == "Ce que la personne peut lire"]
        parties[role] = radios[0][1:] if radios else []
        assert bool([s for s in app.selectbox if s.label == "PLIE"]) is (role != "administration")
    assert parties == {
        "comite": ["Un territoire"],
        "direction": ["Un territoire", "Les opérations d’une structure"],
        "animation": [],
        "administration": [],
    }


def test_a_refused_grant_says_why_and_writes_nothing(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    avant = rights(engine)
    app = open_tab(ouvrir(), "Accorder un droit")
    app.text_input(key="accorder_identite").set_value("marie").run()
    press(app, "Accorder ce droit")
    assert [e.value for e in app.error if "[DRO-021]" in e.value]
    assert rights(engine) == avant


def test_removing_asks_for_a_confirmation(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    with engine.begin() as base:
        droit = grant(base, "marie@plie.fr", "comite", "A", None, None, ADMIN)
    app = ouvrir()
    choose(app, "Droit à retirer", droit.numero)  # type: ignore[arg-type]
    press(app, "Retirer ce droit…")
    assert any("marie@plie.fr – comité – Agenais – lecture arrondie" in w.value for w in app.warning)
    press(app, "Garder ce droit")
    assert len(rights(engine)) == 2
    choose(app, "Droit à retirer", droit.numero)  # type: ignore[arg-type]
    press(app, "Retirer ce droit…")
    press(app, "Confirmer le retrait")
    assert [ligne[0] for ligne in rights(engine)] == [ADMIN]
    assert any("Droit retiré : marie@plie.fr" in s.value for s in app.success)


def test_the_last_administrator_cannot_leave(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    app = ouvrir()
    choose(app, "Droit à retirer", 1)  # type: ignore[arg-type]
    press(app, "Retirer ce droit…")
    press(app, "Confirmer le retrait")
    assert [e.value for e in app.error if "[DRO-028]" in e.value]
    assert [ligne[0] for ligne in rights(engine)] == [ADMIN]


def test_an_administrator_removed_meanwhile_grants_nothing(ouvrir: Ouvrir, engine: sa.Engine) -> None:
    app = open_tab(ouvrir(), "Accorder un droit")
    app.text_input(key="accorder_identite").set_value("complice@plie.fr").run()
    with engine.begin() as base:
        grant(base, "paul@plie.fr", "administration", None, None, None, "essai")
        base.execute(sa.delete(t.droits).where(t.droits.c.identite == ADMIN))
    press(app, "Accorder ce droit")
    assert [ligne[0] for ligne in rights(engine)] == ["paul@plie.fr"]
    assert any("[DRO-012]" in w.value for w in app.warning)
