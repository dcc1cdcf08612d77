"""A base that cannot be written: notes wait for it, reading goes on, the reason is said."""

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from tempfile import gettempdir

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import LECTURE_SEULE, OCCUPEE, PLEIN, explain_refusal, make_engine
from data_access.droits import DUREE, close_connexion, is_closed
from data_access.journal import attente
from data_access.journal.acces import Action, list_events, record
from data_access.journal.attente import Note, write_or_wait

MATIN = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def note_of(identite: str) -> Note:
    return lambda base: record(base, identite, "comite", Action.CONNEXION, (), "oidc", MATIN)


@pytest.fixture
def fermable(moteur: sa.Engine) -> Callable[[bool], None]:
    """Makes the base refuse what is written, or take it again."""
    ferme = {"oui": False}

    def close(base: sa.Connection) -> None:
        if base.dialect.name == "sqlite":
            base.exec_driver_sql(f"PRAGMA query_only={'ON' if ferme['oui'] else 'OFF'}")
        elif ferme["oui"]:
            base.exec_driver_sql("SET TRANSACTION READ ONLY")

    sa.event.listen(moteur, "begin", close)
    yield lambda oui: ferme.update(oui=oui)
    sa.event.remove(moteur, "begin", close)


def test_notes_wait_for_the_base_and_keep_their_moment(
    moteur: sa.Engine, fermable: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attente, "_REPOS_S", 0)
    fermable(True)
    assert write_or_wait(moteur, note_of("a@plie.fr")) == LECTURE_SEULE
    assert write_or_wait(moteur, note_of("b@plie.fr")) == LECTURE_SEULE
    # Whoever comes next with nothing to note is told too.
    assert write_or_wait(moteur) == LECTURE_SEULE
    with moteur.connect() as base:
        assert list_events(base) == []
    fermable(False)
    assert write_or_wait(moteur, note_of("c@plie.fr")) is None
    assert write_or_wait(moteur) is None
    with moteur.connect() as base:
        evenements = list_events(base)
    assert [e.identite for e in evenements] == ["c@plie.fr", "b@plie.fr", "a@plie.fr"]
    assert {e.moment for e in evenements} == {MATIN}


def test_what_waits_is_bounded_and_not_tried_at_each_click(
    moteur: sa.Engine, fermable: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    essais: list[int] = []
    monkeypatch.setattr(attente, "_MAXIMUM", 3)
    monkeypatch.setattr(attente, "_attentes", type(attente._attentes)(attente._Attente))
    fermable(True)

    def note(numero: int) -> Note:
        return lambda base: (essais.append(numero), note_of(f"{numero}@plie.fr")(base))[1]

    for numero in range(10):
        assert write_or_wait(moteur, note(numero)) == LECTURE_SEULE
    assert essais == [0]
    monkeypatch.setattr(attente, "_REPOS_S", 0)
    fermable(False)
    assert write_or_wait(moteur) is None
    with moteur.connect() as base:
        assert [e.identite for e in list_events(base)] == [f"{n}@plie.fr" for n in (9, 8, 7)]


def test_a_note_that_is_wrong_is_raised_and_does_not_wait(moteur: sa.Engine) -> None:
    with pytest.raises(sa.exc.DBAPIError):
        write_or_wait(moteur, lambda base: base.exec_driver_sql("INSERT INTO absente VALUES (1)"))
    assert write_or_wait(moteur) is None


def test_a_base_held_by_an_import_is_not_waited_for(moteur_sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attente, "_PATIENCE_MS", 50)
    with moteur_sqlite.connect() as base:
        base.exec_driver_sql("BEGIN IMMEDIATE")
        assert write_or_wait(moteur_sqlite, note_of("a@plie.fr")) is OCCUPEE
    with moteur_sqlite.connect() as base:
        # Those who write for good have their patience back.
        assert base.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000


def test_reasons_are_told_apart() -> None:
    def error(nom: str) -> sqlite3.OperationalError:
        erreur = sqlite3.OperationalError("essai")
        erreur.sqlite_errorname = nom
        return erreur

    assert explain_refusal(error("SQLITE_FULL")) is PLEIN
    assert explain_refusal(error("SQLITE_IOERR_WRITE")) is PLEIN
    assert explain_refusal(error("SQLITE_READONLY_DIRECTORY")) is LECTURE_SEULE
    assert explain_refusal(sa.exc.OperationalError("", {}, error("SQLITE_BUSY_SNAPSHOT"))) is OCCUPEE
    assert explain_refusal(error("SQLITE_IOERR_READ")) is None
    assert explain_refusal(ValueError("essai")) is None


def test_a_base_in_a_folder_that_cannot_be_written_is_read(moteur_sqlite: sa.Engine, tmp_path: Path) -> None:
    moteur_sqlite.dispose()
    with sqlite3.connect(tmp_path / "plie.db") as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
    os.chmod(tmp_path, 0o755)
    # Up to the folder of temporary files, which is deeper when several processes share the tests.
    for parent in takewhile(lambda p: p != Path(gettempdir()), tmp_path.parents):
        os.chmod(parent, 0o755)
    enfant = os.fork()
    if enfant == 0:
        code = 1
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            else:
                os.chmod(tmp_path, 0o555)
            engine = make_engine(str(moteur_sqlite.url))
            with engine.connect() as lu:
                assert lu.execute(sa.select(sa.func.count()).select_from(t.droits)).scalar() == 0
            assert write_or_wait(engine, note_of("a@plie.fr")) == LECTURE_SEULE
            code = 0
        finally:
            os._exit(code)
    _, statut = os.waitpid(enfant, 0)
    os.chmod(tmp_path, 0o755)
    assert os.waitstatus_to_exitcode(statut) == 0


def test_a_sign_in_that_is_over_is_kept_as_long_as_its_cookie(moteur: sa.Engine) -> None:
    with moteur.begin() as base:
        vieille = {"empreinte": "a" * 64, "close_le": datetime.now(UTC) - DUREE}
        base.execute(sa.insert(t.connexions_closes).values(**vieille))
        for _ in range(2):
            close_connexion(base, "b" * 64)
    with moteur.connect() as base:
        assert [is_closed(base, lettre * 64) for lettre in "abc"] == [False, True, False]
