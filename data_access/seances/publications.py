"""Publishing a date: the animation team opens to the committee the figures of a PLIE, as they are, up to that day.

A row a publication; the last one of each PLIE is in force. What the committee then reads: `historique.base_publiee`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.versions import current_version
from data_access.format import FEUILLES, feuille
from data_access.historique.instantane import rows_at
from data_access.journal.acces import Action, record
from data_access.refus import Refus


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


def publish(
    base: sa.Connection,
    code_plie: str,
    au: date,
    version: int,
    par: str,
    edition_id: int | None = None,
    role: str = "animation",
) -> Publication:
    """Open the figures of a PLIE up to `au`, from its data at `version`, and note it in the journal of accesses.

    Inside the caller's transaction. Whether `par` may do so is for the caller to check. Raises
    `Refus`, also when that version cannot be written again.
    """
    _check(base, code_plie, au, version)
    p, maintenant = t.publications, datetime.now(UTC)
    nouvelle = sa.insert(p).values(
        code_plie=code_plie, au=au, version_id=version, edition_id=edition_id, publie_le=maintenant, publie_par=par
    )
    numero = base.execute(nouvelle.returning(p.c.id)).scalar_one()
    record(base, par, role, Action.PUBLICATION, [code_plie], f"date:{au.isoformat()} version:{version}")
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


def _check(base: sa.Connection, code_plie: str, au: date, version: int) -> None:
    derniere = current_version(base)
    if not 1 <= version <= derniere:
        raise Refus(
            f"Publication impossible : la version {version} des données n’existe pas, elles en sont à la version "
            f"{derniere}. Rien n’est publié. Choisissez une version de l’historique.",
            "PUB-002",
        )
    plie = rows_at(base, "PLIE", code_plie, version)
    if not plie:
        raise Refus(
            f"Publication impossible : le PLIE « {code_plie} » n’est pas dans les données à la version {version}. "
            "Rien n’est publié. Vérifiez son code, ou importez son classeur.",
            "PUB-001",
        )
    extraction: date = plie[0][feuille("PLIE").rangs["date_extraction"]]
    if au > extraction:
        raise Refus(
            f"Publication impossible : les données du PLIE « {code_plie} » s’arrêtent au {extraction:%d/%m/%Y}, elles "
            f"ne disent rien du {au:%d/%m/%Y}. Rien n’est publié. Choisissez une date plus ancienne, ou importez un "
            "classeur plus récent.",
            "PUB-003",
        )
    premiere = base.scalar(sa.select(sa.func.min(t.parcours.c.entree_le)).where(t.parcours.c.code_plie == code_plie))
    if premiere is not None and au < premiere:
        raise Refus(
            f"Publication impossible : le PLIE « {code_plie} » n’a aucun parcours avant le {premiere:%d/%m/%Y}, et la "
            f"date demandée est le {au:%d/%m/%Y}. Rien n’est publié. Vérifiez l’année.",
            "PUB-004",
        )

    if version != derniere:
        for origine in FEUILLES:
            rows_at(base, origine.nom, code_plie, version)
