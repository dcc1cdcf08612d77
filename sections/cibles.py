"""Targets as plain data: what is promised, done, expected, in numbers for the bullet and in words for the reader."""

from collections.abc import Sequence
from dataclasses import replace

from indicators.objectifs import ObjectifEvalue
from indicators.phrases.cibles import (
    explain_number,
    put_rivals_together,
    write_attendu,
    write_projection,
    write_realise,
    write_remarks,
    write_taux,
)
from indicators.statuts import write_statut
from sections.contenu import Cible
from sections.lecture import Lecture, short_name

MAXIMUM_DE_PUCES = 12


def as_cibles(lecture: Lecture, objectifs: Sequence[ObjectifEvalue]) -> tuple[Cible, ...]:
    """The targets, contradictory ones side by side; the PLIE is named where there are several."""
    noms = {p.code_plie: short_name(p.nom) for p in lecture.plie} if lecture.plusieurs else {}
    return tuple(_cible(o, lecture.objectifs, noms.get(o.plie, "")) for o in put_rivals_together(objectifs))


def _cible(o: ObjectifEvalue, tous: Sequence[ObjectifEvalue], plie: str) -> Cible:
    cible = Cible(
        operation=o.operation,
        libelle=o.libelle,
        realise=o.realise,
        objectif=o.objectif,
        attendu=o.attendu,
        part=o.taux,
        attendu_part=None if o.attendu is None or not o.objectif else o.attendu / o.objectif,
        est_taux=o.est_taux,
        statut=str(o.statut),
        texte=write_statut(o),
        projection=write_projection(o),
        debut=o.debut,
        fin=o.fin,
        source=o.source or "",
        remarque=" ; ".join(remarques := write_remarks(o, tous)),
        remarques=remarques,
        plie=plie,
        fait=write_realise(o),
        suite=" · ".join(filter(None, (write_taux(o), write_attendu(o), write_projection(o)))),
        explication=explain_number(o),
        attendu_ecrit=write_attendu(o),
        objectif_max=o.objectif_max,
        est_maximum=o.est_maximum,
    )
    # A delay shows the share within it.
    return replace(cible, realise=o.taux, objectif=1.0, attendu=1.0, est_taux=True) if o.est_delai else cible


def keep_latest(cibles: Sequence[Cible], maximum: int = MAXIMUM_DE_PUCES) -> Sequence[Cible]:
    """The targets, or the least advanced ones when there are too many to be read."""
    if len(cibles) <= maximum:
        return cibles
    return sorted(cibles, key=lambda c: (c.part or 0.0) / (c.attendu_part or 1.0))[:maximum]
