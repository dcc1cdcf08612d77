"""Sign-ins that are over: kept, as a digest of their cookie, as long as that cookie could still be presented."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from data_access import tables as t

# Streamlit accepts its cookie for 30 days and one more (1.67).
DUREE = timedelta(days=32)


def close_connexion(base: sa.Connection, empreinte: str) -> None:
    """This sign-in is over, for good; those whose cookie has expired are forgotten. In the caller's transaction."""
    c, maintenant = t.connexions_closes.c, datetime.now(UTC)
    base.execute(sa.delete(t.connexions_closes).where(c.close_le < maintenant - DUREE))
    if not is_closed(base, empreinte):
        base.execute(sa.insert(t.connexions_closes).values(empreinte=empreinte, close_le=maintenant))


def is_closed(base: sa.Connection, empreinte: str) -> bool:
    """True if the person has signed out of this sign-in."""
    c = t.connexions_closes.c
    return base.execute(sa.select(sa.literal(1)).where(c.empreinte == empreinte)).first() is not None
