"""Publishing a date: the animation team opens to the committee the figures of a PLIE, as they are, up to that day.

A row a publication; the last one of each PLIE is in force. What the committee then reads: `historique.comite`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from data_access import tables as t


@dataclass(frozen=True)
class Publication:
    """What the committee reads of a PLIE: its data at `version`, up to the day `au`. `publie_le` is UTC."""

    numero: int
    code_plie: str
    au: date
    version: int
    edition: int | None
    publie_le: datetime
    publie_par: str


def insert_publication(
    base: sa.Connection, code_plie: str, au: date, version: int, edition_id: int | None, par: str
) -> Publication:
    """Write a publication of now; `historique.comite.publish` checks and notes it."""
    maintenant = datetime.now(UTC)
    nouvelle = sa.insert(t.publications).values(
        code_plie=code_plie, au=au, version_id=version, edition_id=edition_id, publie_le=maintenant, publie_par=par
    )
    numero = base.execute(nouvelle.returning(t.publications.c.id)).scalar_one()
    return Publication(numero, code_plie, au, version, edition_id, maintenant, par)


def last_publications(base: sa.Connection) -> dict[str, Publication]:
    """The publication in force of each PLIE that has one."""
    p = t.publications.c
    derniers = sa.select(sa.func.max(p.id)).group_by(p.code_plie)
    return {publication.code_plie: publication for publication in _read(base, p.id.in_(derniers))}


def list_publications(base: sa.Connection, code_plie: str | None = None) -> list[Publication]:
    """Every publication (of one PLIE), the last one first."""
    p = t.publications.c
    return _read(base, sa.true() if code_plie is None else p.code_plie == code_plie)[::-1]


def published_dates(base: sa.Connection) -> dict[str, date]:
    """The last day that the committee may read, of each PLIE that has published one."""
    return {code: publication.au for code, publication in last_publications(base).items()}


def _read(base: sa.Connection, condition: sa.ColumnElement[bool]) -> list[Publication]:
    p = t.publications.c
    colonnes = (p.id, p.code_plie, p.au, p.version_id, p.edition_id, p.publie_le, p.publie_par)
    lignes = base.execute(sa.select(*colonnes).where(condition).order_by(p.id))
    return [Publication(*ligne) for ligne in lignes]
