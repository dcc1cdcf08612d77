"""The version of the data: it grows by one with each import that changes something."""

import sqlalchemy as sa

from data_access import tables as t


def current_version(base: sa.Connection) -> int:
    """Number of the last import; 0 while nothing has been loaded."""
    return base.execute(sa.select(sa.func.max(t.versions.c.id))).scalar() or 0
