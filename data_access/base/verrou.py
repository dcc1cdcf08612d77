"""Locks between processes, let go by the system if the one that holds them dies."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

ATTENTE_S = 600


def hold_transaction(base: sa.Connection, numero: int) -> None:
    """From here to the end of the caller's transaction nobody else holds that number; on SQLite, nobody else writes.

    `numero`: any constant, the same for every process.
    """
    if base.dialect.name == "postgresql":
        base.execute(sa.select(sa.func.pg_advisory_xact_lock(numero)))
    elif not base.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
        base.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def hold_lock(fichier: Path | str) -> Iterator[None]:
    """Held by one process (or thread) at a time, in a small SQLite file; the others wait, ten minutes at most
    (sqlite3.OperationalError)."""
    verrou = sqlite3.connect(fichier, timeout=ATTENTE_S, isolation_level=None)
    try:
        verrou.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        verrou.close()
