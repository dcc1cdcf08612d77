"""Databases for the tests: SQLite always, PostgreSQL when `PLIE_TEST_POSTGRES_URL` is set."""

import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.base.moteur import make_engine
from data_access.base.schema import ensure_schema
from data_access.tables import metadata

VARIABLE_POSTGRESQL = "PLIE_TEST_POSTGRES_URL"
_PRINCIPAL = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def _module_principal() -> None:
    """A screen under test leaves itself as `__main__`: a process spawned by a later test would run it again."""
    sys.modules["__main__"] = _PRINCIPAL


@pytest.fixture(scope="session")
def _base_vierge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with empty tables, copied for each test."""
    chemin = tmp_path_factory.mktemp("base") / "vierge.db"
    engine = make_engine(f"sqlite:///{chemin}")
    ensure_schema(engine)
    with engine.connect() as base:
        base.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return chemin


@pytest.fixture(scope="session")
def url_postgresql() -> Iterator[str]:
    """URL of a PostgreSQL database of this session's own, dropped afterwards."""
    adresse = os.environ.get(VARIABLE_POSTGRESQL)
    if not adresse:
        pytest.skip(f"{VARIABLE_POSTGRESQL} n’est pas défini : rien n’est vérifié sur PostgreSQL")
    url = sa.make_url(adresse)
    nom = f"plie_test_{uuid.uuid4().hex[:12]}"
    maitre = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with maitre.connect() as base:
        base.exec_driver_sql(f"CREATE DATABASE {nom}")
        # Nothing here has to outlive the machine.
        base.exec_driver_sql(f"ALTER DATABASE {nom} SET synchronous_commit = off")
    yield url.set(database=nom).render_as_string(hide_password=False)
    with maitre.connect() as base:
        base.exec_driver_sql(f"DROP DATABASE {nom} WITH (FORCE)")
    maitre.dispose()


@pytest.fixture(scope="session")
def _moteur_postgresql(url_postgresql: str) -> Iterator[sa.Engine]:
    engine = make_engine(url_postgresql)
    ensure_schema(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def moteur_sqlite(tmp_path: Path, _base_vierge: Path) -> Iterator[sa.Engine]:
    """An engine on a SQLite file with empty tables."""
    chemin = tmp_path / "plie.db"
    shutil.copy(_base_vierge, chemin)
    engine = make_engine(f"sqlite:///{chemin}")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def moteur(request: pytest.FixtureRequest) -> sa.Engine:
    """An engine on empty tables; the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return request.getfixturevalue("moteur_sqlite")
    engine = request.getfixturevalue("_moteur_postgresql")
    with engine.begin() as base:
        _empty(base)
    return engine


def _empty(base: sa.Connection) -> None:
    """Row by row and only where there are any: to truncate thirty tables costs more than most tests."""
    tables = list(reversed(metadata.sorted_tables))
    comptes = sa.select(*(sa.exists(sa.select(sa.literal(1)).select_from(table)) for table in tables))
    for table, remplie in zip(tables, base.execute(comptes).one(), strict=True):
        if remplie:
            # Only the owner of a table can do this: the journal of accesses otherwise refuses to be emptied.
            base.exec_driver_sql(f"ALTER TABLE {table.name} DISABLE TRIGGER USER")
            base.execute(sa.delete(table))
            base.exec_driver_sql(f"ALTER TABLE {table.name} ENABLE TRIGGER USER")
    suites = base.scalars(sa.text("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()")).all()
    for suite in suites:
        base.exec_driver_sql(f'ALTER SEQUENCE "{suite}" RESTART')
