"""After something was erased: nothing of it stays in the files of the database, nor in the published ones."""

import logging

import sqlalchemy as sa

from data_access import tables as t
from data_access.historique.base_publiee import discard_published

_PATIENCE_MS = 10_000
_journal = logging.getLogger("plie.effacement")


def compact(engine: sa.Engine) -> bool:
    """Write the database again without what was erased, and drop the published databases; False if it was busy.

    What was erased is already out of every reading: this is about the bytes that a file keeps after a deletion.
    """
    discard_published(engine)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as base:
            if base.dialect.name == "sqlite":
                base.exec_driver_sql("VACUUM")
                occupe = base.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()
                return occupe is not None and occupe[0] == 0
            base.exec_driver_sql(f"SET lock_timeout = {_PATIENCE_MS}")
            for table in t.metadata.sorted_tables:
                base.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {table.name}")
    except sa.exc.OperationalError as erreur:
        _journal.warning("EFF-001 %s", type(erreur).__name__)
        return False
    return True
