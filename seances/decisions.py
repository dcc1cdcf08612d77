"""Decisions taken on an edition: what may be written, and what became of those of the earlier meetings."""

from collections.abc import Iterable
from dataclasses import replace

from data_access.base.moteur import Base
from data_access.refus import Refus
from data_access.seances.decisions import (
    Decision,
    insert_decision,
    list_decisions,
    list_open_decisions,
    update_decision,
)
from data_access.seances.editions import find_edition
from sections.contenu import Suivi

ETATS = {"a_faire": "à faire", "en_cours": "en cours", "fait": "fait", "abandonne": "abandonné"}
LONGUEUR_MAXIMALE = 2_000


def keep_decision(base: Base, decision: Decision, auteur: str) -> int:
    """Write the decision, a new one when it has no id; gives its id. Raises `Refus`."""
    propre = _check(decision)
    if propre.id is None:
        edition = find_edition(base, propre.code_plie, propre.edition)
        if edition is None:
            raise Refus(
                "Une décision se prend sur une édition publiée : rien n’est enregistré. Publiez-la d’abord.", "DEC-005"
            )
        return insert_decision(base, edition, propre, auteur)
    if not update_decision(base, propre):
        raise Refus(
            "Cette décision n’existe plus : elle a été retirée entre-temps. Rien n’est modifié. Rechargez la page.",
            "DEC-003",
        )
    return propre.id


def read_followups(base: Base, code_plie: str) -> tuple[Suivi, ...]:
    """Decisions of earlier meetings that the next one must hear of."""
    return _as_suivis(list_open_decisions(base, code_plie))


def read_minutes(base: Base, code_plie: str, edition: int) -> tuple[Suivi, ...]:
    """Decisions taken on that edition."""
    return _as_suivis(list_decisions(base, code_plie, edition))


def _as_suivis(decisions: Iterable[Decision]) -> tuple[Suivi, ...]:
    return tuple(Suivi(d.edition, d.texte, d.porteur, d.echeance, ETATS[d.etat], d.suivi) for d in decisions)


def _check(decision: Decision) -> Decision:
    """The same without spaces around its texts."""
    propre = replace(
        decision, texte=decision.texte.strip(), porteur=decision.porteur.strip(), suivi=decision.suivi.strip()
    )
    if not propre.texte:
        raise Refus("La décision est vide : rien n’est enregistré. Écrivez-la.", "DEC-001")
    if max(map(len, (propre.texte, propre.porteur, propre.suivi))) > LONGUEUR_MAXIMALE:
        raise Refus(
            f"Le texte dépasse {LONGUEUR_MAXIMALE} caractères : rien n’est enregistré. Raccourcissez-le.", "DEC-002"
        )
    if propre.etat not in ETATS:
        raise Refus(
            f"L’état « {propre.etat} » n’existe pas : rien n’est enregistré. "
            f"Choisissez parmi {', '.join(ETATS.values())}.",
            "DEC-004",
        )
    return propre
