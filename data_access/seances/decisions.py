"""Decisions of the meetings, as rows; what may be written in one: `seances.decisions`."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from data_access import tables as t

OUVERTS = ("a_faire", "en_cours")


@dataclass(frozen=True)
class Decision:
    """One decision of a meeting. `edition`: the number of the edition it was taken on; `id` None while not stored."""

    code_plie: str
    edition: int
    texte: str
    porteur: str
    echeance: date | None = None
    etat: str = "a_faire"
    suivi: str = ""
    section: str | None = None
    id: int | None = None


def insert_decision(base: sa.Connection, edition_id: int, decision: Decision, auteur: str) -> int:
    """Write a new decision; gives its id."""
    maintenant = datetime.now(UTC)
    reponse = base.execute(
        sa.insert(t.decisions).values(
            **_values(decision),
            code_plie=decision.code_plie,
            edition_id=edition_id,
            saisie_le=maintenant,
            saisie_par=auteur,
            modifie_le=maintenant,
        )
    )
    (numero,) = reponse.inserted_primary_key or (0,)
    return numero


def update_decision(base: sa.Connection, decision: Decision) -> bool:
    """Write the decision over the one that bears its id; False when there is none."""
    d = t.decisions.c
    requete = sa.update(t.decisions).where(d.id == decision.id, d.code_plie == decision.code_plie)
    return base.execute(requete.values(**_values(decision), modifie_le=datetime.now(UTC))).rowcount > 0


def remove_decision(base: sa.Connection, code_plie: str, numero: int) -> None:
    """Remove a decision entered by mistake; nothing happens when it is gone already."""
    d = t.decisions.c
    base.execute(sa.delete(t.decisions).where(d.id == numero, d.code_plie == code_plie))


def list_decisions(base: sa.Connection, code_plie: str, edition: int | None = None) -> list[Decision]:
    """Decisions of a PLIE in the order in which they were taken; with `edition`, those of that meeting."""
    d, e = t.decisions.c, t.editions.c
    colonnes = (d.code_plie, e.numero, d.texte, d.porteur, d.echeance, d.etat, d.suivi, d.section, d.id)
    requete = sa.select(*colonnes).join(t.editions, e.id == d.edition_id).where(d.code_plie == code_plie)
    if edition is not None:
        requete = requete.where(e.numero == edition)
    return [Decision(*ligne) for ligne in base.execute(requete.order_by(e.numero, d.id))]


def list_open_decisions(base: sa.Connection, code_plie: str) -> list[Decision]:
    """Those that the next meeting must hear of: still open, or closed since the last edition was published."""
    d, e = t.decisions.c, t.editions.c
    derniere = base.scalar(sa.select(sa.func.max(e.publie_le)).where(e.code_plie == code_plie))
    if derniere is None:
        return []
    recentes = set(base.scalars(sa.select(d.id).where(d.code_plie == code_plie, d.modifie_le >= derniere)))
    return [x for x in list_decisions(base, code_plie) if x.etat in OUVERTS or x.id in recentes]


def _values(decision: Decision) -> dict[str, Any]:
    return {nom: getattr(decision, nom) for nom in ("texte", "porteur", "suivi", "echeance", "etat", "section")}
