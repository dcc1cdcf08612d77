"""Droits, parts « Journal » and « Conservation »: read, filtered, taken away, anonymised; nobody else gets there."""

import io
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from components.acces import session
from components.acces.identite import Venue, Visiteur
from components.acces.journal import noted_download
from components.acces.registre import find_ecran
from data_access import tables as t
from data_access.base.moteur import VARIABLE_URL, make_engine
from data_access.droits import grant
from data_access.journal.acces import Action, Evenement, list_events, purge_once_a_day, record
from data_access.journal.recit import ACTIONS, as_row, write_csv, write_objet, write_xlsx
from data_access.moments import french_zone
from data_access.refus import Refus
from data_access.rgpd import conservation as cs
from indicators.perimetre import Droits
from pages.administration.droits.conservation import show_conservation
from pages.administration.droits.journal import show_journal

Ouvrir = Callable[..., AppTest]
DROITS = find_ecran("droits").code
ADMINISTRATION = Droits("administration", ())


@pytest.fixture
def engine(base_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A copy of the sample database, free to be changed."""
    chemin = tmp_path / "plie.db"
    source = make_engine(base_url)
    with source.connect() as base:
        base.exec_driver_sql(f"VACUUM INTO '{chemin}'")
    source.dispose()
    copie = make_engine(f"sqlite:///{chemin}")
    _forget_other_tests(copie)
    monkeypatch.setenv(VARIABLE_URL, str(copie.url))
    yield copie
    copie.dispose()
    shutil.rmtree(tmp_path / "publie", ignore_errors=True)


def _forget_other_tests(engine: sa.Engine) -> None:
    """Only imports stay in the journal of the copy: the tests that share its source have noted what they read."""
    with engine.begin() as base:
        (garde,) = base.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'evenements_sans_retrait'").one()
        base.exec_driver_sql("DROP TRIGGER evenements_sans_retrait")
        base.execute(sa.delete(t.evenements).where(t.evenements.c.action != Action.IMPORT))
        base.exec_driver_sql(garde)


@pytest.fixture
def droits(ouvrir: Ouvrir, engine: sa.Engine, en_tant_que, monkeypatch) -> Callable[[str], AppTest]:
    """Opens a part of the screen « Droits » as the administrator."""
    monkeypatch.setenv(VARIABLE_URL, str(engine.url))
    en_tant_que(ADMINISTRATION)

    def _ouvrir(onglet: str) -> AppTest:
        app = ouvrir(DROITS)
        app.session_state["droits_onglets"] = onglet
        return app.run()

    return _ouvrir


def _events(engine: sa.Engine, action: Action) -> list[Evenement]:
    with engine.connect() as base:
        return [e for e in list_events(base) if e.action is action]


def _words(app: AppTest) -> str:
    elements = (*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.success)
    return "\n".join(e.value for e in elements)


def test_events_are_shown_in_french_and_filtered(droits, engine: sa.Engine) -> None:
    with engine.begin() as base:
        record(base, "anne@plie.fr", "animation", Action.EXPORT, ["AGENAIS"], "qualite xlsx")
        record(base, "=cmd()", "comite", Action.REFUS, [], "droits DRO-010")
    app = droits("Journal")
    (table,) = [d.value for d in app.dataframe]
    assert list(table.columns) == ["Date", "Qui", "Rôle", "Action", "PLIE", "Objet"]
    (ligne,) = table[table["Qui"] == "anne@plie.fr"].to_dict("records")
    assert (ligne["Action"], ligne["PLIE"], ligne["Objet"]) == ("téléchargement", "AGENAIS", "Qualité, xlsx")
    assert ligne["Date"][:10] == f"{datetime.now(french_zone()):%d/%m/%Y}"
    app.text_input(key="journal_identite").set_value("ANNE").run()
    assert set(app.dataframe[0].value["Qui"]) == {"anne@plie.fr"}
    app.text_input(key="journal_identite").set_value("").run()
    app.multiselect(key="journal_actions").set_value([Action.REFUS]).run()
    assert set(app.dataframe[0].value["Action"]) == {"refus"}
    app.selectbox(key="journal_plie").set_value("AGENAIS").run()
    assert "Aucun événement ne répond à ces filtres." in _words(app)


def test_reading_the_journal_is_noted_once(droits, engine: sa.Engine) -> None:
    app = droits("Journal")
    app.run()
    assert [(e.identite, e.role, e.objet) for e in _events(engine, Action.LISTE_VUE)] == [
        ("essai@plie.fr", "administration", "journal")
    ]


def test_the_other_parts_do_not_read_the_journal(droits, engine: sa.Engine) -> None:
    droits("Accorder un droit")
    assert _events(engine, Action.LISTE_VUE) == []


def test_an_unusable_setting_is_said(droits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLIE_JOURNAL_JOURS", "3")
    app = droits("Journal")
    assert "[JRN-002]" in _words(app)
    assert len(app.dataframe) == 1


@pytest.mark.parametrize("montrer", [show_journal, show_conservation])
@pytest.mark.parametrize("role", ["comite", "direction", "animation", "aucun"])
def test_no_other_role_reads_it(engine: sa.Engine, en_tant_que, montrer: Callable[[], None], role: str) -> None:
    en_tant_que(Droits(role, None))
    with pytest.raises(Refus, match="DRO-01"):
        montrer()
    assert _events(engine, Action.LISTE_VUE) == []


def test_a_list_with_numbers_is_noted_with_its_perimeter(ouvrir: Ouvrir, engine: sa.Engine, en_tant_que) -> None:
    en_tant_que(Droits("animation", ("AGENAIS",)))
    app = ouvrir(find_ecran("qualite").code, plie="AGENAIS")
    (filtre,) = [m for m in app.multiselect if m.label == "Référent"]
    referent = next(o for o in filtre.options if o != "Sans référent")
    filtre.set_value([referent]).run()
    app.run()
    vues = [(e.identite, e.codes_plie, e.objet) for e in reversed(_events(engine, Action.LISTE_VUE))]
    assert vues == [
        ("essai@plie.fr", ("AGENAIS",), "anomalies"),
        ("essai@plie.fr", ("AGENAIS",), f"anomalies referent:{referent}"),
    ]


def test_a_file_is_noted_when_it_is_made_and_only_if_it_may_be(engine: sa.Engine, monkeypatch) -> None:
    visiteur = Visiteur(Venue.CONNECTE, "chef@plie.fr")
    ouverte = session.Session(visiteur, ("animation",), Droits("animation", ("AGENAIS",)))
    monkeypatch.setattr(session, "read_session", lambda: ouverte)
    with engine.begin() as base:
        grant(base, "admin@plie.fr", "administration", None, None, None, par="essai")
        droit = grant(base, "chef@plie.fr", "animation", "AGENAIS", None, None, par="essai")
    faire = noted_download("qualite", "telecharger", ("AGENAIS",), "qualite xlsx", lambda: b"contenu")
    assert _events(engine, Action.EXPORT) == []
    assert faire() == b"contenu"
    (evenement,) = _events(engine, Action.EXPORT)
    assert (evenement.identite, evenement.codes_plie, evenement.objet) == ("chef@plie.fr", ("AGENAIS",), "qualite xlsx")
    with engine.begin() as base:
        base.execute(sa.delete(t.droits).where(t.droits.c.id == droit.numero))
    with pytest.raises(Refus, match="DRO-01"):
        faire()
    assert len(_events(engine, Action.EXPORT)) == 1


def test_files_hold_no_formula() -> None:
    evenement = Evenement(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "=cmd()", "", Action.REFUS, (), "droits DRO-010")
    assert as_row(evenement)[0] == "02/07/2026 00:30:00", "à l’heure de Paris"
    lignes = write_csv([evenement]).decode("utf-8-sig").splitlines()
    assert lignes[0] == "Date;Qui;Rôle;Action;PLIE;Objet"
    assert lignes[1].split(";")[1:3] == ["'=cmd()", "–"]
    feuille = openpyxl.load_workbook(io.BytesIO(write_xlsx([evenement])))["Journal"]
    assert (feuille["B2"].value, feuille["B2"].data_type) == ("=cmd()", "s")


@pytest.mark.parametrize(
    ("objet", "mots"),
    [
        ("", ""),
        ("version:12", "version 12"),
        ("qualite xlsx referent:R01", "Qualité, xlsx, référent R01"),
        ("role:comite identite:anne@plie.fr", "rôle comité, pour anne@plie.fr"),
        ("edition:3 date:2023-12-31", "édition 3, au 31/12/2023"),
        ("2025-01-31", "31/01/2025"),
    ],
)
def test_objet_in_words(objet: str, mots: str) -> None:
    assert write_objet(objet) == mots


def test_every_action_has_its_word() -> None:
    assert set(ACTIONS) == set(Action)
    assert len(set(ACTIONS.values())) == len(Action)


def test_old_events_go_on_the_first_visit_of_the_day(
    ouvrir: Ouvrir, engine: sa.Engine, en_tant_que, monkeypatch
) -> None:
    monkeypatch.setattr("data_access.journal.acces._faits", {})
    with engine.begin() as base:
        base.execute(
            sa.insert(t.evenements).values(
                moment=datetime.now(UTC) - timedelta(days=400),
                identite="ancien@plie.fr",
                role="comite",
                action=Action.EXPORT.value,
                codes_plie=[],
                objet="",
            )
        )
    en_tant_que(ADMINISTRATION)
    ouvrir()
    with engine.connect() as base:
        restent = list_events(base)
    assert "ancien@plie.fr" not in {e.identite for e in restent}
    assert [e.identite for e in restent if e.action is Action.PURGE_JOURNAL] == ["automatique"]


def test_daily_purge_never_stops_a_page(engine: sa.Engine, monkeypatch, caplog) -> None:
    monkeypatch.setattr("data_access.journal.acces._faits", {})
    monkeypatch.setenv("PLIE_JOURNAL_JOURS", "jamais")
    purge_once_a_day(engine)
    purge_once_a_day(engine)
    assert caplog.text.count("JRN-002") == 1
    purge_once_a_day(engine, date(2020, 1, 1))
    assert caplog.text.count("JRN-002") == 2


def test_conservation_says_the_rule_and_who_is_past_it(droits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cs.VARIABLE, raising=False)
    app = droits("Conservation")
    assert "jusqu’au 31/12/2033" in _words(app)
    table = app.table[0].value
    assert set(table["Au-delà de la durée"]) == {"0"}
    assert "il n’y a rien à anonymiser" in _words(app)
    monkeypatch.setenv(cs.VARIABLE, "bientôt")
    app.run()
    assert "[CSV-001]" in _words(app)


def test_conservation_asks_twice_then_anonymises(droits, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cs.VARIABLE, "2024-01-01")
    app = droits("Conservation")
    with engine.connect() as base:
        avant = set(base.execute(sa.select(t.participants.c.id_participant)).scalars())
    app.selectbox(key="conservation_plie").set_value("TECHNOWEST").run()
    app.button(key="anonymiser").click().run()
    assert "aucune annulation" in app.checkbox(key="conservation_compris").label
    assert app.button(key="confirmer_anonymisation").disabled
    app.button(key="garder_participants").click().run()
    assert not [b for b in app.button if b.key == "confirmer_anonymisation"]
    app.selectbox(key="conservation_plie").set_value("TECHNOWEST").run()
    app.button(key="anonymiser").click().run()
    app.checkbox(key="conservation_compris").check().run()
    app.button(key="confirmer_anonymisation").click().run()
    assert [s.value for s in app.success] != []
    assert "participants anonymisés" in app.success[0].value
    p = t.participants.c
    with engine.connect() as base:
        apres = list(base.execute(sa.select(p.id_participant).where(p.code_plie == "TECHNOWEST")).scalars())
    assert apres
    assert not avant & set(apres)
    (evenement,) = _events(engine, Action.CONSERVATION_PURGE)
    assert (evenement.identite, evenement.codes_plie) == ("essai@plie.fr", ("TECHNOWEST",))
    assert evenement.objet == f"nombre:{len(apres)}"
