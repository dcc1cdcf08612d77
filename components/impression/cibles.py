"""Targets as screens draw them: the target of a figure, a bullet each."""

from collections.abc import Iterable, Sequence

from charts.puces import Puce
from components.cadre.chiffres import objectifs, short_name
from components.cadre.choix import Perimetre
from indicators.objectifs import ObjectifEvalue
from indicators.statuts import SANS_OBJET_PAR_TERRITOIRE, find_only_target, write_statut

MAXIMUM_DE_PUCES = 12
OBJECTIFS_FERMES = (
    "Un objectif engage une opération entière, ou tout le PLIE : vos droits portent sur une partie seulement, il n’est "
    "donc pas montré. [DRO-007]"
)


def why_no_targets(perimetre: Perimetre) -> str:
    """Why no target may stand beside the figures of this perimeter; empty where some may."""
    if perimetre.objectifs_fermes:
        return OBJECTIFS_FERMES
    return SANS_OBJET_PAR_TERRITOIRE if perimetre.filtres.territoire is not None else ""


def objectifs_of(perimetre: Perimetre) -> list[ObjectifEvalue]:
    """Targets of the perimeter's PLIE (of its operation if one is chosen), at the end of the period; none under the
    name of a territory, nor where the reader's part of the PLIE opens none."""
    if why_no_targets(perimetre):
        return []
    return objectifs(perimetre.codes, perimetre.periode.au, perimetre.filtres.operation)


def find_cible(perimetre: Perimetre, evalues: Iterable[ObjectifEvalue], indicateur: str) -> ObjectifEvalue | None:
    """The only numbered target on that indicator; None where several PLIE are chosen: the target of one is not
    the target of all."""
    return find_only_target(evalues, indicateur) if len(perimetre.codes) == 1 else None


def make_puces(evalues: Iterable[ObjectifEvalue], perimetre: Perimetre) -> tuple[Puce, ...]:
    """One bullet for each target that has a number and data, in order; the PLIE is named where there are several."""
    noms = {p.code_plie: f"{short_name(p.nom)} · " for p in perimetre.plie} if len(perimetre.plie) > 1 else {}
    return tuple(
        Puce(
            code=str(rang),
            libelle=noms.get(o.plie, "") + o.libelle,
            part=o.taux,
            attendu=None if o.attendu is None or not o.objectif else o.attendu / o.objectif,
            texte=write_statut(o),
            statut=str(o.statut),
        )
        for rang, o in enumerate(evalues)
        if o.taux is not None
    )


def keep_latest(lignes: Sequence[Puce], maximum: int = MAXIMUM_DE_PUCES) -> tuple[Puce, ...]:
    """The bullets, or the least advanced ones when there are too many to be read."""
    if len(lignes) <= maximum:
        return tuple(lignes)
    return tuple(sorted(lignes, key=lambda p: p.part / (p.attendu or 1.0))[:maximum])
