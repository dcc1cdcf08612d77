"""Loaded by Python at the start of a server under test, first in PYTHONPATH: its SQLite files cannot grow any more.

SQLite itself then refuses what needs a page, as on a full disk.
"""

import sqlite3

_connect = sqlite3.dbapi2.connect


def _connect_without_room(*arguments, **options):  # type: ignore[no-untyped-def]
    connexion = _connect(*arguments, **options)
    (pages,) = connexion.execute("PRAGMA page_count").fetchone()
    connexion.execute(f"PRAGMA max_page_count={pages or 1}")
    return connexion


sqlite3.connect = sqlite3.dbapi2.connect = _connect_without_room
