"""Targets: what was promised, what is done, what was expected by now, and where it is heading.

Rules: definitions.md, « Targets (objectifs) ».
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt

import sqlalchemy as sa

from data_access import tables as t
from data_access.derivation import add_months
from indicators.acces import check_limits, check_rights
from indicators.catalogue import CATALOGUE
from indicators.contexte import read_contexte
from indicators.declaration import Temporalite
from indicators.perimetre import Droits, Filtres, Periode
from indicators.publication import publier

PART_MINIMALE_POUR_PROJETER = 0.2
SEUIL_AVANCE = 1.10
SEUIL_RYTHME = 0.90
_Z_95 = 1.96
_SANS_PRORATA = ("maximum", "taux", "moyenne")


class Statut(StrEnum):
    """Where a target stands on a day."""

    ATTEINT = "atteint"
    EN_AVANCE = "en_avance"
    DANS_LE_RYTHME = "dans_le_rythme"
    EN_RETARD = "en_retard"
    DEPASSE = "depasse"
    NON_ATTEINT = "non_atteint"
    SANS_DONNEE = "sans_donnee"
    NON_PARAMETRE = "non_parametre"


_SANS_STATUT = (Statut.NON_PARAMETRE, Statut.SANS_DONNEE)


@dataclass(frozen=True)
class Projection:
    """Expected value at the end of the period at the present pace, with a 95 % interval."""

    valeur: float
    basse: float
    haute: float


@dataclass(frozen=True)
class ObjectifEvalue:
    """A target and where it stands. Rates are fractions; nothing is rounded.

    `operation` is None for the protocol. `objectif` is the number to reach (ETP and référents applied),
    `valeur_texte` the number that the text prints. `taux` = realised ÷ objectif.
    """

    plie: str
    operation: str | None
    indicateur: str
    libelle: str
    nature: str
    valeur_texte: float | None
    objectif: float | None
    objectif_max: float | None
    unite: str | None
    debut: date
    fin: date
    realise: float | None
    attendu: float | None
    taux: float | None
    projection: Projection | None
    statut: Statut
    part_ecoulee: float
    au_dela_de_la_fourchette: bool
    source: str | None

    @property
    def calcule(self) -> bool:
        """True when the realised value is an indicator of the catalogue, False when it is declared."""
        return self.indicateur in CATALOGUE

    @property
    def est_taux(self) -> bool:
        """True when the value is a fraction, to be printed in %."""
        return self.nature == "taux" or (self.calcule and CATALOGUE[self.indicateur].unite == "%")

    @property
    def est_maximum(self) -> bool:
        """True when the number is a ceiling, not to be exceeded."""
        return _is_maximum(self)


@dataclass(frozen=True)
class _Objectif:
    """A row of the sheet « Objectifs »."""

    code_plie: str
    code_operation: str | None
    code_indicateur: str
    libelle: str
    nature: str
    valeur: float | None
    valeur_max: float | None
    unite: str | None
    debut: date
    fin: date
    source: str | None


@dataclass(frozen=True)
class _Realise:
    valeur: float | None
    variance: float = 0.0


def evaluate_objectifs(
    base: sa.Connection, code_plie: str, au: date, droits: Droits, operation: str | None = None
) -> list[ObjectifEvalue]:
    """Every target of the PLIE (or of one of its operations) as it stands on the evening of `au`.

    Raises PublicationRefusee when the rights do not cover the PLIE, or cover a part of it only: a target commits
    the whole operation.
    """
    filtres = Filtres((code_plie,), Periode(au, au), operation)
    check_rights(filtres, droits)
    check_limits(read_contexte(base, filtres.plie), filtres, droits)
    o = t.objectifs.c
    requete = sa.select(*(o[nom] for nom in _Objectif.__dataclass_fields__)).where(o.code_plie == code_plie)
    if operation is not None:
        requete = requete.where(o.code_operation == operation)
    lignes = base.execute(requete.order_by(o.code_operation, o.id)).all()
    return [_evaluate(base, _Objectif(*ligne), au, droits) for ligne in lignes]


def _evaluate(base: sa.Connection, objectif: _Objectif, au: date, droits: Droits) -> ObjectifEvalue:
    ecoulee = elapsed_share(objectif.debut, objectif.fin, au)
    cible, cible_max = _effective_target(base, objectif, au)
    realise = _realised(base, objectif, au, droits) if ecoulee > 0 else _Realise(None)
    prorata = _is_prorated(objectif)
    attendu = None if cible is None else cible * ecoulee if prorata else cible
    return ObjectifEvalue(
        plie=objectif.code_plie,
        operation=objectif.code_operation,
        indicateur=objectif.code_indicateur,
        libelle=objectif.libelle,
        nature=objectif.nature,
        valeur_texte=objectif.valeur,
        objectif=cible,
        objectif_max=cible_max,
        unite=objectif.unite,
        debut=objectif.debut,
        fin=objectif.fin,
        realise=realise.valeur,
        attendu=attendu,
        taux=realise.valeur / cible if realise.valeur is not None and cible else None,
        projection=_project(realise, ecoulee) if prorata else None,
        statut=_status(objectif, cible, realise.valeur, attendu, after_end=au > objectif.fin),
        part_ecoulee=ecoulee,
        au_dela_de_la_fourchette=cible_max is not None and realise.valeur is not None and realise.valeur > cible_max,
        source=objectif.source,
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


def _is_maximum(objectif: _Objectif | ObjectifEvalue) -> bool:
    ratio_plafonne = objectif.nature in ("taux", "moyenne") and "maximum" in (objectif.unite or "").lower()
    return objectif.nature == "maximum" or ratio_plafonne


def _is_prorated(objectif: _Objectif) -> bool:
    if objectif.nature in _SANS_PRORATA:
        return False
    indicateur = CATALOGUE.get(objectif.code_indicateur)
    return indicateur is None or indicateur.temporalite is Temporalite.FLUX


def _effective_target(base: sa.Connection, objectif: _Objectif, au: date) -> tuple[float | None, float | None]:
    facteur: float | None = 1.0
    if objectif.nature == "par_etp":
        facteur = _etp(base, objectif, au)
    elif objectif.nature == "par_referent":
        facteur = _team(base, objectif, au, sa.func.count())
    if objectif.valeur is None or facteur is None:
        return None, None
    cible_max = None if objectif.valeur_max is None else objectif.valeur_max * facteur
    return objectif.valeur * facteur, cible_max


def _etp(base: sa.Connection, objectif: _Objectif, au: date) -> float | None:
    """ETP of the operation (of the team in post for a protocol) × months of the target's period ÷ 12."""
    if objectif.code_operation is None:
        etp = _team(base, objectif, au, sa.func.sum(t.referents.c.etp))
    else:
        o = t.operations.c
        etp = base.scalar(
            sa.select(o.etp).where(o.code_plie == objectif.code_plie, o.code_operation == objectif.code_operation)
        )
    return None if etp is None else etp * months_of(objectif.debut, objectif.fin) / 12


def _team(base: sa.Connection, objectif: _Objectif, au: date, mesure: sa.ColumnElement) -> float | None:
    # A finished target keeps the team of its last day: later arrivals cannot move it.
    r, jour = t.referents.c, min(au, objectif.fin)
    en_poste = (r.code_plie == objectif.code_plie, r.depuis <= jour, sa.or_(r.jusqua.is_(None), r.jusqua >= jour))
    return base.scalar(sa.select(mesure).where(*en_poste))


def _realised(base: sa.Connection, objectif: _Objectif, au: date, droits: Droits) -> _Realise:
    periode = Periode(objectif.debut, min(au, objectif.fin))
    if objectif.code_indicateur in CATALOGUE:
        return _published(base, objectif, periode, droits)
    return _declared(base, objectif, periode)


def _published(base: sa.Connection, objectif: _Objectif, periode: Periode, droits: Droits) -> _Realise:
    filtres = Filtres((objectif.code_plie,), periode, operation=objectif.code_operation)
    cellules = publier(base, objectif.code_indicateur, filtres, droits).cellules
    if len(cellules) != 1 or cellules[0].valeur is None:
        return _Realise(None)
    return _Realise(cellules[0].valeur, cellules[0].valeur)


def _declared(base: sa.Connection, objectif: _Objectif, periode: Periode) -> _Realise:
    z = t.realisations.c
    lignes = base.execute(
        sa.select(sa.func.count(), sa.func.sum(z.valeur), sa.func.sum(z.valeur * z.valeur)).where(
            z.code_plie == objectif.code_plie,
            z.code_operation == objectif.code_operation,
            z.code_indicateur == objectif.code_indicateur,
            z.realise_le.between(periode.du, periode.au),
        )
    ).one()
    nombre, somme, carres = lignes
    return _Realise(float(somme), float(carres)) if nombre else _Realise(None)


def _project(realise: _Realise, ecoulee: float) -> Projection | None:
    """Realised ÷ elapsed share. The interval holds the rest of the period for a compound Poisson flow
    of the same pace: variance of the rest = (1 − s)/s × Σ of squares ÷ s."""
    if realise.valeur is None or ecoulee < PART_MINIMALE_POUR_PROJETER:
        return None
    centre = realise.valeur / ecoulee
    marge = _Z_95 * sqrt((1 - ecoulee) / ecoulee * realise.variance / ecoulee)
    return Projection(centre, max(realise.valeur, centre - marge), centre + marge)


def _status(
    objectif: _Objectif, cible: float | None, realise: float | None, attendu: float | None, *, after_end: bool
) -> Statut:
    if cible is None or attendu is None:
        return Statut.NON_PARAMETRE if objectif.valeur is None else Statut.SANS_DONNEE
    if realise is None:
        return Statut.SANS_DONNEE
    maximum = _is_maximum(objectif)
    atteint = realise <= cible if maximum else realise >= cible
    if atteint:
        return Statut.ATTEINT
    if after_end:
        return Statut.NON_ATTEINT
    if maximum:
        return Statut.DEPASSE
    if realise >= SEUIL_AVANCE * attendu:
        return Statut.EN_AVANCE
    return Statut.DANS_LE_RYTHME if realise >= SEUIL_RYTHME * attendu else Statut.EN_RETARD


def count_reached(objectifs: list[ObjectifEvalue]) -> tuple[int, int]:
    """(reached, those that have a number and data): « n objectifs atteints sur N »."""
    comptes = [o for o in objectifs if o.statut not in _SANS_STATUT]
    return sum(o.statut is Statut.ATTEINT for o in comptes), len(comptes)
