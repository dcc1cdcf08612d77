"""Decided tables kept from one call to the next: bounded, and never across two versions of the data."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

import sqlalchemy as sa

from data_access import tables as t

VERSIONS_GARDEES = 4
TABLEAUX_GARDES = 20_000
_gardees: OrderedDict[Hashable, dict[Hashable, Any]] = OrderedDict()
_verrou = threading.Lock()


def memory_of(base: sa.Connection) -> dict[Hashable, Any]:
    """The tables already decided for this database at this version; a fresh dict when it has none.

    The key is the last import itself (number, moment, fingerprint) and the last date published, which cuts
    time: a database emptied and filled again never meets the old tables. A database in memory is never kept.
    Threads share it: two may decide the same table at once, they find the same and the last one written stays.
    """
    v, p = t.versions.c, t.publications.c
    derniere = base.execute(sa.select(v.id, v.moment, v.empreinte).order_by(v.id.desc()).limit(1)).first()
    publication = base.scalar(sa.select(sa.func.max(p.id)))
    url = base.engine.url
    if derniere is None or url.database in (None, "", ":memory:"):
        return {}
    cle = (url.render_as_string(), *derniere, publication)
    with _verrou:
        memoire = _gardees.setdefault(cle, {})
        _gardees.move_to_end(cle)
        while len(_gardees) > VERSIONS_GARDEES:
            _gardees.popitem(last=False)
        if sum(len(v) for v in list(memoire.values()) if isinstance(v, dict)) > TABLEAUX_GARDES:
            memoire.clear()
    return memoire
