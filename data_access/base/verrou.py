"""A lock between processes, let go by the system if the one that holds it dies: a small SQLite file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ATTENTE_S = 600


@contextmanager
def hold_lock(fichier: Path | str) -> Iterator[None]:
    """Held by one process (or thread) at a time; the others wait, ten minutes at most (sqlite3.OperationalError)."""
    verrou = sqlite3.connect(fichier, timeout=ATTENTE_S, isolation_level=None)
    try:
        verrou.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        verrou.close()
