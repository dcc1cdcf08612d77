"""Targets: what was promised, what is done, what was expected by now, and where it is heading.

Rules: definitions.md, « Targets (objectifs) ».
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.jours import add_months
from indicators.acces import check_limits, check_rights
from indicators.contexte import read_contexte
from indicators.mesures import Mesure, Objectif, list_targets, measure
from indicators.perimetre import Droits, Filtres, Periode

PART_MINIMALE_POUR_PROJETER = 0.2
SEUIL_AVANCE = 1.10
SEUIL_RYTHME = 0.90
SEUIL_PROCHE = 0.90
_Z_95 = 1.96


class Statut(StrEnum):
    """Where a target stands on a day. `PROCHE` and `EN_DESSOUS` are said of what has no rhythm."""

    ATTEINT = "atteint"
    EN_AVANCE = "en_avance"
    DANS_LE_RYTHME = "dans_le_rythme"
    PROCHE = "proche"
    EN_RETARD = "en_retard"
    EN_DESSOUS = "en_dessous"
    DEPASSE = "depasse"
    NON_ATTEINT = "non_atteint"
    SANS_DONNEE = "sans_donnee"
    NON_PARAMETRE = "non_parametre"


A_RATTRAPER = (Statut.EN_RETARD, Statut.EN_DESSOUS, Statut.NON_ATTEINT, Statut.DEPASSE)
_SANS_STATUT = (Statut.NON_PARAMETRE, Statut.SANS_DONNEE)


@dataclass(frozen=True)
class Projection:
    """Expected value at the end of the period at the present pace, with a 95 % interval."""

    valeur: float
    basse: float
    haute: float


@dataclass(frozen=True, kw_only=True)
class ObjectifEvalue(Objectif, Mesure):
    """A target, what is realised and where it stands. Rates are fractions; nothing is rounded but what a rounded
    reading gives.

    `objectif` is the number to reach (ETP and référents applied), `objectif_max` the high end of a fourchette.
    `taux` = realised ÷ objectif, for a maximum delay the share within it.
    """

    objectif: float | None
    objectif_max: float | None
    attendu: float | None
    taux: float | None
    projection: Projection | None
    statut: Statut
    part_ecoulee: float
    au_dela_de_la_fourchette: bool

    @property
    def est_delai(self) -> bool:
        """True for a maximum delay, judged on how many are within it."""
        return self.hors_delai_sur is not None


def evaluate_objectifs(
    base: sa.Connection, code_plie: str, au: date, droits: Droits, operation: str | None = None
) -> list[ObjectifEvalue]:
    """Every target of the PLIE (or of one of its operations) as it stands on the evening of `au`.

    Raises Refus when the rights do not cover the PLIE, or cover a part of it only: a target commits
    the whole operation.
    """
    filtres = Filtres((code_plie,), Periode(au, au), operation)
    check_rights(filtres, droits)
    check_limits(read_contexte(base, filtres.plie), filtres, droits)
    return [_evaluate(base, objectif, au, droits) for objectif in list_targets(base, code_plie, operation)]


def _evaluate(base: sa.Connection, objectif: Objectif, au: date, droits: Droits) -> ObjectifEvalue:
    ecoulee = elapsed_share(objectif.debut, objectif.fin, au)
    cible, cible_max = _effective_target(base, objectif, au)
    mesure = measure(base, objectif, au, droits)
    attendu = _expect(objectif, cible, mesure, ecoulee)
    return ObjectifEvalue(
        **vars(objectif),
        **vars(mesure),
        objectif=cible,
        objectif_max=cible_max,
        attendu=attendu,
        taux=_share(mesure, cible),
        projection=_project(mesure, ecoulee) if objectif.a_un_rythme else None,
        statut=_status(objectif, cible, mesure, attendu, after_end=au > objectif.fin),
        part_ecoulee=ecoulee,
        au_dela_de_la_fourchette=cible_max is not None and (mesure.realise or 0.0) > cible_max,
    )


def elapsed_share(debut: date, fin: date, au: date) -> float:
    """Elapsed days ÷ days of the period, both ends included, kept between 0 and 1."""
    ecoules = (min(au, fin) - debut).days + 1
    return max(0.0, ecoules / ((fin - debut).days + 1))


def months_of(debut: date, fin: date) -> float:
    """Length in months, both ends included: 1 January – 31 December = 12; a part of a month counts by its days."""
    lendemain = fin + timedelta(days=1)
    entiers = 0
    while add_months(debut, entiers + 1) <= lendemain:
        entiers += 1
    borne = add_months(debut, entiers)
    return entiers + (lendemain - borne).days / (add_months(debut, entiers + 1) - borne).days


def _effective_target(base: sa.Connection, objectif: Objectif, au: date) -> tuple[float | None, float | None]:
    facteur: float | None = 1.0
    if objectif.nature == "par_etp":
        facteur = _etp(base, objectif, au)
    elif objectif.nature == "par_referent":
        facteur = _team(base, objectif, au, sa.func.count())
    if objectif.valeur_texte is None or facteur is None:
        return None, None
    cible_max = None if objectif.valeur_max is None else objectif.valeur_max * facteur
    return objectif.valeur_texte * facteur, cible_max


def _etp(base: sa.Connection, objectif: Objectif, au: date) -> float | None:
    """ETP of the operation (of the team in post for a protocol) × months of the target's period ÷ 12."""
    if objectif.operation is None:
        etp = _team(base, objectif, au, sa.func.sum(t.referents.c.etp))
    else:
        o = t.operations.c
        etp = base.scalar(sa.select(o.etp).where(o.code_plie == objectif.plie, o.code_operation == objectif.operation))
    return None if etp is None else etp * months_of(objectif.debut, objectif.fin) / 12


def _team(base: sa.Connection, objectif: Objectif, au: date, mesure: sa.ColumnElement) -> float | None:
    # A finished target keeps the team of its last day: later arrivals cannot move it.
    r, jour = t.referents.c, min(au, objectif.fin)
    en_poste = (r.code_plie == objectif.plie, r.depuis <= jour, sa.or_(r.jusqua.is_(None), r.jusqua >= jour))
    return base.scalar(sa.select(mesure).where(*en_poste))


def _expect(objectif: Objectif, cible: float | None, mesure: Mesure, ecoulee: float) -> float | None:
    """What should be done by now: the whole target where there is no rhythm; else a share of what is still to come
    on top of those who were there at the start."""
    if cible is None or not objectif.a_un_rythme:
        return cible
    return mesure.depart + (cible - mesure.depart) * ecoulee


def _share(mesure: Mesure, cible: float | None) -> float | None:
    if mesure.hors_delai is not None and mesure.hors_delai_sur:
        return 1 - mesure.hors_delai / mesure.hors_delai_sur
    return mesure.realise / cible if mesure.realise is not None and cible else None


def _project(mesure: Mesure, ecoulee: float) -> Projection | None:
    """Those there at the start + what was added ÷ elapsed share. The interval holds the rest of the period for a
    compound Poisson flow of the same pace: variance of the rest = (1 − s)/s × Σ of squares ÷ s."""
    if mesure.realise is None or ecoulee < PART_MINIMALE_POUR_PROJETER:
        return None
    centre = mesure.depart + (mesure.realise - mesure.depart) / ecoulee
    marge = _Z_95 * sqrt((1 - ecoulee) / ecoulee * mesure.variance / ecoulee)
    return Projection(centre, max(mesure.realise, centre - marge), centre + marge)


def _status(
    objectif: Objectif, cible: float | None, mesure: Mesure, attendu: float | None, *, after_end: bool
) -> Statut:
    if cible is None or attendu is None:
        return Statut.NON_PARAMETRE if objectif.valeur_texte is None else Statut.SANS_DONNEE
    if mesure.realise is None:
        return Statut.SANS_DONNEE
    if _is_reached(objectif, cible, mesure, mesure.realise):
        return Statut.ATTEINT
    if after_end:
        return Statut.NON_ATTEINT
    if objectif.est_maximum:
        return Statut.DEPASSE
    if not objectif.a_un_rythme:
        return Statut.PROCHE if mesure.realise > SEUIL_PROCHE * cible else Statut.EN_DESSOUS
    if mesure.realise >= SEUIL_AVANCE * attendu:
        return Statut.EN_AVANCE
    return Statut.DANS_LE_RYTHME if mesure.realise >= SEUIL_RYTHME * attendu else Statut.EN_RETARD


def _is_reached(objectif: Objectif, cible: float, mesure: Mesure, realise: float) -> bool:
    if mesure.hors_delai is not None:
        return mesure.hors_delai == 0
    return realise <= cible if objectif.est_maximum else realise >= cible


def count_reached(objectifs: list[ObjectifEvalue]) -> tuple[int, int]:
    """(reached, those that have a number and data): « n objectifs atteints sur N »."""
    comptes = [o for o in objectifs if o.statut not in _SANS_STATUT]
    return sum(o.statut is Statut.ATTEINT for o in comptes), len(comptes)
