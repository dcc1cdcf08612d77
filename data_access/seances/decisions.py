"""Decisions of the meetings: what, who, when due, and what became of them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from data_access import tables as t
from data_access.refus import Refus

ETATS = {"a_faire": "à faire", "en_cours": "en cours", "fait": "fait", "abandonne": "abandonné"}
OUVERTS = ("a_faire", "en_cours")
LONGUEUR_MAXIMALE = 2_000


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


def add_decision(base: sa.Connection, decision: Decision, auteur: str) -> int:
    """Write a new decision; gives its id. Raises `Refus`."""
    valeurs = _check(decision)
    maintenant = datetime.now(UTC)
    reponse = base.execute(
        sa.insert(t.decisions).values(
            **valeurs,
            code_plie=decision.code_plie,
            edition_id=_edition_id(base, decision),
            saisie_le=maintenant,
            saisie_par=auteur,
            modifie_le=maintenant,
        )
    )
    (numero,) = reponse.inserted_primary_key or (0,)
    return numero


def change_decision(base: sa.Connection, decision: Decision) -> None:
    """Write the decision over the one that bears its id. Raises `Refus` when there is none."""
    d = t.decisions.c
    reponse = base.execute(
        sa.update(t.decisions)
        .where(d.id == decision.id, d.code_plie == decision.code_plie)
        .values(**_check(decision), modifie_le=datetime.now(UTC))
    )
    if not reponse.rowcount:
        raise Refus(
            "Cette décision n’existe plus : elle a été retirée entre-temps. Rien n’est modifié. Rechargez la page.",
            "DEC-003",
        )


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


def _check(decision: Decision) -> dict[str, object]:
    texte, porteur, suivi = (valeur.strip() for valeur in (decision.texte, decision.porteur, decision.suivi))
    if not texte:
        raise Refus("La décision est vide : rien n’est enregistré. Écrivez-la.", "DEC-001")
    if max(len(texte), len(porteur), len(suivi)) > LONGUEUR_MAXIMALE:
        raise Refus(
            f"Le texte dépasse {LONGUEUR_MAXIMALE} caractères : rien n’est enregistré. Raccourcissez-le.", "DEC-002"
        )
    if decision.etat not in ETATS:
        raise Refus(
            f"L’état « {decision.etat} » n’existe pas : rien n’est enregistré. "
            f"Choisissez parmi {', '.join(ETATS.values())}.",
            "DEC-004",
        )
    return {
        "texte": texte,
        "porteur": porteur,
        "suivi": suivi,
        "echeance": decision.echeance,
        "etat": decision.etat,
        "section": decision.section,
    }


def _edition_id(base: sa.Connection, decision: Decision) -> int:
    e = t.editions.c
    requete = sa.select(e.id).where(e.code_plie == decision.code_plie, e.numero == decision.edition)
    numero = base.scalar(requete)
    if numero is None:
        raise Refus(
            "Une décision se prend sur une édition publiée : rien n’est enregistré. Publiez-la d’abord.", "DEC-005"
        )
    return numero
