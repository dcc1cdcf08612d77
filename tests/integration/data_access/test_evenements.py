"""The journal of accesses: append only in the database itself, closed vocabulary, purge as the only way out."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic import command

from data_access import tables as t
from data_access.__main__ import main
from data_access.base.moteur import make_engine
from data_access.base.schema import alembic_config
from data_access.historique.chargements import undo_last
from data_access.imports.deroule import apply_import, prepare_import, simulate
from data_access.journal import acces as ev
from data_access.journal.acces import Action, FiltreEvenements, list_events, purge, record
from data_access.refus import Refus
from tests.unit.data_access.petits_classeurs import valid_sheets, write

AUJOURDHUI = datetime.now(UTC).date()


def _note(moteur, jours: int = 0, action: Action = Action.CONNEXION, identite: str = "a@x.fr", codes=(), objet=""):
    """An event noted `jours` days ago."""
    with moteur.begin() as base:
        base.execute(
            sa.insert(t.evenements).values(
                moment=datetime.now(UTC) - timedelta(days=jours),
                identite=identite,
                role="animation",
                action=action.value,
                codes_plie=list(codes),
                objet=objet,
            )
        )


def _count(moteur) -> int:
    with moteur.connect() as base:
        return base.execute(sa.select(sa.func.count()).select_from(t.evenements)).scalar()


def test_what_is_noted_is_listed_last_first(moteur):
    with moteur.begin() as base:
        record(base, "a@x.fr", "animation", Action.IMPORT, ["PB", "PA"], "version:3")
        record(base, "b@x.fr", "comite", "refus", [], "qualite DRO-010")
    with moteur.connect() as base:
        recents = list_events(base)
    assert [(e.identite, e.role, e.action, e.codes_plie, e.objet) for e in recents] == [
        ("b@x.fr", "comite", Action.REFUS, (), "qualite DRO-010"),
        ("a@x.fr", "animation", Action.IMPORT, ("PA", "PB"), "version:3"),
    ]
    assert all(datetime.now(UTC) - e.moment < timedelta(minutes=1) for e in recents)


def test_an_event_goes_with_what_it_tells(moteur):
    with moteur.connect() as base:
        record(base, "a@x.fr", "animation", Action.IMPORT, ["PA"], "version:3")
        base.rollback()
    assert _count(moteur) == 0


def test_filters(moteur):
    _note(moteur, 20, Action.EXPORT, "Anne@x.fr", ["PA"])
    _note(moteur, 10, Action.EXPORT, "b%_@x.fr", ['P"é'])
    _note(moteur, 1, Action.REFUS, "anne@x.fr", ["PAB"])

    def identites(**filtre) -> list[str]:
        with moteur.connect() as base:
            return [e.identite for e in list_events(base, FiltreEvenements(**filtre))]

    depuis = datetime.now(UTC) - timedelta(days=15)
    assert identites(depuis=depuis) == ["anne@x.fr", "b%_@x.fr"]
    assert identites(jusqua=depuis) == ["Anne@x.fr"]
    assert identites(actions=(Action.EXPORT,)) == ["b%_@x.fr", "Anne@x.fr"]
    assert identites(identite="ANNE") == ["anne@x.fr", "Anne@x.fr"]
    assert identites(identite="%_") == ["b%_@x.fr"]
    assert identites(code_plie="PA") == ["Anne@x.fr"]
    assert identites(code_plie='P"é') == ["b%_@x.fr"]
    assert identites(limite=1) == ["anne@x.fr"]


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE evenements SET identite = 'autre'",
        "DELETE FROM evenements",
        "DELETE FROM evenements WHERE id = 1",
    ],
)
@pytest.mark.parametrize("age", [0, 179, 400])
def test_the_database_refuses_to_change_or_remove(moteur, ordre, age):
    _note(moteur, age)
    with pytest.raises(sa.exc.DatabaseError, match="ajout seulement"), moteur.begin() as base:
        base.exec_driver_sql(ordre)
    with moteur.connect() as base:
        assert [e.identite for e in list_events(base)] == ["a@x.fr"]


@pytest.mark.parametrize("debut", ["INSERT OR REPLACE", "REPLACE"])
def test_sqlite_refuses_to_replace(moteur_sqlite, debut):
    _note(moteur_sqlite, 400)
    valeurs = "(id, moment, identite, role, action, codes_plie, objet) VALUES (1, '2020-01-01', 'b', '', '', '[]', '')"
    with pytest.raises(sa.exc.DatabaseError, match="ajout seulement"), moteur_sqlite.begin() as base:
        base.exec_driver_sql(f"{debut} INTO evenements {valeurs}")
    with moteur_sqlite.connect() as base:
        assert [e.identite for e in list_events(base)] == ["a@x.fr"]


def test_postgresql_refuses_to_empty(moteur):
    if moteur.dialect.name != "postgresql":
        pytest.skip("SQLite n’a pas de TRUNCATE")
    _note(moteur)
    with pytest.raises(sa.exc.DatabaseError, match="ajout seulement"), moteur.begin() as base:
        base.exec_driver_sql("TRUNCATE evenements")
    assert _count(moteur) == 1


def test_purge_removes_what_is_old_and_says_so(moteur):
    for age in (800, 366, 364, 0):
        _note(moteur, age)
    with moteur.begin() as base:
        assert purge(base, AUJOURDHUI - timedelta(days=365), "automatique", "") == 2
    with moteur.connect() as base:
        restent = list_events(base)
    assert [e.action for e in restent] == [Action.PURGE_JOURNAL, Action.CONNEXION, Action.CONNEXION]
    assert restent[0].objet == (AUJOURDHUI - timedelta(days=365)).isoformat()
    with moteur.begin() as base:
        assert purge(base, AUJOURDHUI - timedelta(days=365), "automatique", "") == 0
    assert _count(moteur) == 3


def test_purge_of_recent_events_is_refused_by_the_database(moteur):
    _note(moteur, 100)
    with pytest.raises(sa.exc.DatabaseError, match="ajout seulement"), moteur.begin() as base:
        purge(base, AUJOURDHUI, "a@x.fr", "administration")
    assert _count(moteur) == 1, "le refus n’a pas tout défait"


def test_a_purge_opens_nothing_beyond_its_day(moteur):
    _note(moteur, 500, identite="ancienne")
    _note(moteur, 300, identite="moins ancienne")
    with moteur.begin() as base:
        assert purge(base, AUJOURDHUI - timedelta(days=400), "a@x.fr", "") == 1
    with pytest.raises(sa.exc.DatabaseError, match="ajout seulement"), moteur.begin() as base:
        base.exec_driver_sql("DELETE FROM evenements WHERE identite = 'moins ancienne'")


@pytest.mark.parametrize(
    "objet",
    ["P0001", "dupont", "Marie Dupont", "participant:P0001", "referent:P0001", "version:P1", "qualite P0001", " ", "="]
    + ["identite:a@x.fr", "role:chef", "DRO-0101", "date:hier"],
)
def test_objet_outside_the_vocabulary_is_refused(moteur_sqlite, objet):
    with pytest.raises(Refus, match="JRN-001") as refus, moteur_sqlite.begin() as base:
        record(base, "a@x.fr", "animation", Action.EXPORT, ["PA"], objet)
    assert "JRN-001" in str(refus.value)
    assert objet == "=" or objet.strip() == "" or objet not in str(refus.value)
    assert _count(moteur_sqlite) == 0


def test_objet_in_the_vocabulary(moteur_sqlite):
    with moteur_sqlite.begin() as base:
        base.execute(sa.insert(t.referents).values(code_plie="PA", code_referent="R01", etp=1, depuis=date(2020, 1, 1)))
        record(base, "a@x.fr", "animation", Action.EXPORT, ["PA"], "qualite xlsx referent:R01")
        record(base, "a@x.fr", "administration", Action.DROIT_ACCORDE, ["PA"], "role:comite identite:b@x.fr")
        record(base, "a@x.fr", "animation", Action.PUBLICATION, ["PA"], "edition:2 date:2023-12-31")
        with pytest.raises(Refus, match="JRN-001"):
            record(base, "a@x.fr", "animation", Action.EXPORT, ["PB"], "qualite xlsx referent:R01")
    assert _count(moteur_sqlite) == 3


def test_unknown_action_is_refused(moteur_sqlite):
    with pytest.raises(ValueError, match="lecture"), moteur_sqlite.begin() as base:
        record(base, "a@x.fr", "animation", "lecture", [])


@pytest.mark.parametrize("texte", ["0", "179", "1096", "-400", "un an", "365.5", "²"])
def test_unusable_retention_is_refused(monkeypatch, texte):
    monkeypatch.setenv(ev.VARIABLE_JOURS, texte)
    with pytest.raises(Refus, match="JRN-002"):
        ev.retention_days()


@pytest.mark.parametrize(("texte", "jours"), [("", 365), ("  ", 365), ("180", 180), ("1095", 1095)])
def test_retention(monkeypatch, texte, jours):
    monkeypatch.setenv(ev.VARIABLE_JOURS, texte)
    assert ev.last_day_to_purge(date(2026, 1, 1)) == date(2026, 1, 1) - timedelta(days=jours)


def test_migration_can_be_taken_back(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'plie.db'}")
    with engine.begin() as base:
        command.upgrade(alembic_config(base), "0003")
        command.downgrade(alembic_config(base), "0002")
        command.upgrade(alembic_config(base), "0003")
    _note(engine)
    with pytest.raises(sa.exc.DatabaseError, match="ajout seulement"), engine.begin() as base:
        base.exec_driver_sql("DELETE FROM evenements")
    engine.dispose()


def test_commands(moteur_sqlite, capsys, monkeypatch):
    _note(moteur_sqlite, 400, Action.EXPORT, "vieux@x.fr", ["PA"])
    _note(moteur_sqlite, 10, Action.EXPORT, "a@x.fr", ["PA"], "qualite xlsx")
    _note(moteur_sqlite, 0, Action.REFUS, "b@x.fr", ["PB"], "DRO-010")
    base = ["--base", str(moteur_sqlite.url)]

    def listed(*options: str) -> list[str]:
        assert main(["journal", "lister", "--json", *options, *base]) == 0
        return [e["identite"] for e in json.loads(capsys.readouterr().out)]

    assert listed() == ["b@x.fr", "a@x.fr", "vieux@x.fr"]
    assert listed("--action", "export", "--identite", "A@X") == ["a@x.fr"]
    assert listed("--plie", "PB") == ["b@x.fr"]
    assert listed("--depuis", f"{AUJOURDHUI - timedelta(days=20):%d/%m/%Y}") == ["b@x.fr", "a@x.fr"]
    assert listed("--jusqua", f"{AUJOURDHUI - timedelta(days=20):%d/%m/%Y}") == ["vieux@x.fr"]
    assert main(["journal", "lister", *base]) == 0
    assert "b@x.fr (animation)  refus  PB  DRO-010" in capsys.readouterr().out
    monkeypatch.setenv(ev.VARIABLE_JOURS, "30")
    assert main(["journal", "purger", *base]) == 1
    assert "JRN-002" in capsys.readouterr().err
    monkeypatch.delenv(ev.VARIABLE_JOURS)
    assert main(["journal", "purger", *base]) == 0
    assert "1 événement(s)" in capsys.readouterr().out
    assert listed()[1:] == ["b@x.fr", "a@x.fr"]


def test_imports_and_undos_are_noted_with_what_they_write(moteur, tmp_path):
    classeur = write(tmp_path, valid_sheets())
    prepare = prepare_import(moteur, classeur)
    with simulate(moteur, prepare) as base:
        assert list_events(base) == [], "une simulation n’est pas un chargement"
    apply_import(moteur, prepare, "a@x.fr", role="animation")
    assert apply_import(moteur, prepare_import(moteur, classeur), "a@x.fr", role="animation") == 1
    undo_last(moteur, "b@x.fr", role="animation")
    with moteur.connect() as base:
        trouves = [(e.identite, e.role, e.action, e.codes_plie, e.objet) for e in list_events(base)]
    assert trouves == [
        ("b@x.fr", "animation", Action.ANNULATION, ("T",), "version:1"),
        ("a@x.fr", "animation", Action.IMPORT, ("T",), "version:1"),
    ]


def test_commands_note_who_imports(moteur_sqlite, tmp_path, capsys):
    classeur, base = write(tmp_path, valid_sheets()), ["--base", str(moteur_sqlite.url), "--auteur", "cron"]
    assert main(["import", str(classeur), *base]) == 0
    assert main(["annuler", "--plie", "T", *base]) == 0
    capsys.readouterr()
    with moteur_sqlite.connect() as connexion:
        trouves = [(e.identite, e.role, e.action, e.objet) for e in list_events(connexion)]
    assert trouves == [
        ("cron", "commande", Action.ANNULATION, "version:1"),
        ("cron", "commande", Action.IMPORT, "version:1"),
    ]
