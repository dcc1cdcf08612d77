"""Published editions: written once, read for ever. The database refuses to change one (migration 0004)."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import hold_transaction
from data_access.refus import Refus

AUTEUR_LOCAL = "mode local"
AUTEUR_DES_COMMANDES = "ligne de commande"
"""Who publishes where nobody signs in: kept for the history, and no signature."""
_VERROU_POSTGRESQL = 7_543_112


@dataclass(frozen=True)
class EditionGardee:
    """What is stored beside the content: enough for a list."""

    id: int
    code_plie: str
    numero: int
    instance: str
    du: date
    au: date
    version: int
    empreinte: str
    publie_le: datetime
    publie_par: str


_COLONNES = [t.editions.c["version_id" if champ.name == "version" else champ.name] for champ in fields(EditionGardee)]


def sign(publie_par: str) -> str:
    """« par Camille Roux », preceded by a space; nothing where nobody signed in."""
    return f" par {publie_par}" if publie_par not in ("", AUTEUR_LOCAL, AUTEUR_DES_COMMANDES) else ""


def hold_editions(base: sa.Connection) -> None:
    """From here to the end of the caller's transaction nobody else publishes: whoever comes waits, then sees it."""
    hold_transaction(base, _VERROU_POSTGRESQL)


def next_number(base: sa.Connection, code_plie: str) -> int:
    """The number of the next edition of that PLIE, from 1; the caller holds the editions."""
    e = t.editions.c
    return (base.scalar(sa.select(sa.func.max(e.numero)).where(e.code_plie == code_plie)) or 0) + 1


def insert_edition(base: sa.Connection, contenu: dict[str, Any], **colonnes: Any) -> int:
    """Write an edition: its content (JSON values) and the other columns of the table; gives its id."""
    ecrite = base.execute(sa.insert(t.editions).values(contenu=contenu, **colonnes))
    (numero,) = ecrite.inserted_primary_key or (0,)
    return numero


def find_edition(base: sa.Connection, code_plie: str, numero: int) -> int | None:
    """The id of that edition, if there is one."""
    e = t.editions.c
    return base.scalar(sa.select(e.id).where(e.code_plie == code_plie, e.numero == numero))


def list_editions(base: sa.Connection, code_plie: str, pour_le_comite: bool = False) -> list[EditionGardee]:
    """Editions of a PLIE, the last one first; `pour_le_comite`: only those that were published to the committee."""
    e, p = t.editions.c, t.publications.c
    requete = sa.select(*_COLONNES).where(e.code_plie == code_plie).order_by(e.numero.desc())
    if pour_le_comite:
        requete = requete.where(e.id.in_(sa.select(p.edition_id).where(p.edition_id.is_not(None))))
    return [EditionGardee(*ligne) for ligne in base.execute(requete)]


def read_edition(base: sa.Connection, code_plie: str, numero: int) -> tuple[EditionGardee, dict[str, Any]]:
    """An edition and its content. Raises `Refus`."""
    e = t.editions.c
    requete = sa.select(*_COLONNES, e.contenu).where(e.code_plie == code_plie, e.numero == numero)
    ligne = base.execute(requete).first()
    if ligne is None:
        connues = ", ".join(str(g.numero) for g in reversed(list_editions(base, code_plie))) or "aucune"
        raise Refus(
            f"L’édition {numero} du PLIE « {code_plie} » n’existe pas. Éditions publiées : {connues}. "
            "Choisissez-en une dans la liste.",
            "EDI-010",
        )
    return EditionGardee(*ligne[:-1]), ligne.contenu
