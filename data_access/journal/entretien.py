"""What is done once a day, by whoever comes first: the journal of accesses loses what is older than its retention."""

import logging
import threading
from datetime import UTC, date, datetime

import sqlalchemy as sa

from data_access.journal.acces import last_day_to_purge, purge
from data_access.refus import Refus

_journal = logging.getLogger("plie.entretien")
_verrou = threading.Lock()
_faits: dict[str, date] = {}


def purge_once_a_day(engine: sa.Engine, aujourdhui: date | None = None) -> None:
    """Purge the journal if this process has not done it today. Never raises: a page must open whatever happens here."""
    jour = aujourdhui or datetime.now(UTC).date()
    adresse = engine.url.render_as_string(hide_password=True)
    with _verrou:
        if _faits.get(adresse) == jour:
            return
        # Noted before it is done: nobody else waits, and what fails today is tried again tomorrow.
        _faits[adresse] = jour
    try:
        with engine.begin() as base:
            purge(base, last_day_to_purge(jour), "automatique", "")
    except Refus as refus:
        _journal.error("%s", refus)
    except sa.exc.SQLAlchemyError as erreur:
        _journal.warning("JRN-003 %s", type(erreur).__name__)
