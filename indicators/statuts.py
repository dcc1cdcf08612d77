"""Targets in few words: the status, the number beside its target, how many are reached."""

from collections.abc import Iterable
from math import floor

from indicators.nombres import ENVIRON, MOTS_DES_ETATS, write_decimal, write_number, write_percent, write_short_date
from indicators.objectifs import ObjectifEvalue, Statut, count_reached
from indicators.resultats import Etat

MOTS_DES_STATUTS = {
    Statut.ATTEINT: "atteint",
    Statut.EN_AVANCE: "en avance",
    Statut.DANS_LE_RYTHME: "dans le rythme",
    Statut.PROCHE: "proche de l’objectif",
    Statut.EN_RETARD: "en retard",
    Statut.EN_DESSOUS: "en dessous",
    Statut.DEPASSE: "maximum dépassé",
    Statut.NON_ATTEINT: "non atteint",
    Statut.SANS_DONNEE: "sans donnée",
    Statut.NON_PARAMETRE: "objectif non paramétré",
}


SANS_OBJET_PAR_TERRITOIRE = (
    "Un objectif engage tout le PLIE ou une opération entière : il ne se compare pas aux chiffres d’une partie du "
    "territoire."
)


def of_protocol(evalues: Iterable[ObjectifEvalue]) -> list[ObjectifEvalue]:
    """Those of the protocol that have a number."""
    return [o for o in evalues if o.operation is None and o.objectif is not None]


def find_only_target(evalues: Iterable[ObjectifEvalue], indicateur: str) -> ObjectifEvalue | None:
    """The only numbered target on the whole of that indicator; None when there is none, or when several differ."""
    trouves = [o for o in evalues if o.indicateur == indicateur and o.objectif is not None and not o.part]
    return trouves[0] if len({o.objectif for o in trouves}) == 1 else None


def write_objectif(objectif: ObjectifEvalue, valeur: float | None) -> str:
    """A number in the manner of the target: « 43,5 % » or « 798 »."""
    if valeur is None:
        return MOTS_DES_STATUTS[Statut.SANS_DONNEE]
    return write_percent(valeur) if objectif.est_taux else write_number(valeur)


def write_statut(objectif: ObjectifEvalue) -> str:
    """« En retard : 798 sur 920 (attendu 887) »; the expected number only where it is prorated."""
    mot = MOTS_DES_STATUTS[objectif.statut].capitalize()
    fait = write_done(objectif)
    if objectif.objectif is None or not fait:
        return mot
    if objectif.est_delai:
        return f"{mot} : {write_delay(objectif)}"
    sur = "pour un maximum de" if objectif.est_maximum else "sur"
    debut = f"{mot} : {fait} {sur} {write_objectif(objectif, objectif.objectif)}"
    if objectif.attendu is None or objectif.attendu == objectif.objectif:
        return debut
    decimales = 0 if objectif.attendu >= 10 else 1
    return f"{debut} (attendu {write_decimal(objectif.attendu, decimales)})"


def write_done(objectif: ObjectifEvalue) -> str:
    """What is realised, as it was published: « 87 », « ≈ 60 », « moins de 5 »; nothing without data."""
    if objectif.realise is None:
        return MOTS_DES_ETATS[objectif.etat] if objectif.etat in (Etat.MOINS_DE_5, Etat.EFFECTIF_FAIBLE) else ""
    if not objectif.base or not objectif.realise:
        return write_objectif(objectif, objectif.realise)
    return ENVIRON + (write_percent(objectif.realise, 0) if objectif.est_taux else write_number(objectif.realise))


def write_part_done(part: float) -> str:
    """« 73 % »; with a decimal just below 100 %, which would otherwise be said of what is not reached."""
    presque = 0.995 <= part < 1
    return write_percent(floor(1000 * part) / 1000, 1) if presque else write_percent(part, 0)


def write_delay(objectif: ObjectifEvalue) -> str:
    """« 51 sur 160 hors délai (15 jours au plus) », or that all are within it."""
    sur, limite = objectif.hors_delai_sur or 0.0, write_number(objectif.objectif or 0.0)
    borne = f"({limite} jours au plus)"
    if not objectif.hors_delai:
        return f"{write_number(sur)} sur {write_number(sur)} dans le délai {borne}"
    return f"{write_number(objectif.hors_delai)} sur {write_number(sur)} hors délai {borne}"


def write_reached(evalues: list[ObjectifEvalue], territoire: str | None = None) -> tuple[str, str]:
    """« 5 / 21 », and how many targets are left out; « sans objet » under the name of a territory."""
    if territoire is not None:
        return MOTS_DES_ETATS[Etat.SANS_OBJET], SANS_OBJET_PAR_TERRITOIRE
    atteints, comptes = count_reached(evalues)
    reste = len(evalues) - comptes
    ecartes = [f"{reste} sans nombre ou sans donnée"] if reste else []
    if comptes:
        return f"{atteints} / {comptes}", " ; ".join(["objectifs ayant un nombre et une donnée", *ecartes])
    return MOTS_DES_STATUTS[Statut.SANS_DONNEE], "aucun objectif n’a un nombre et une donnée"


def write_elapsed(evalues: Iterable[ObjectifEvalue]) -> str:
    """« 96 % de la durée est écoulée (du 01/01/2015 au 31/12/2021) » for the longest one."""
    longs = sorted(evalues, key=lambda o: o.fin - o.debut, reverse=True)
    if not longs:
        return ""
    o = longs[0]
    bornes = f"du {write_short_date(o.debut)} au {write_short_date(o.fin)}"
    return f"{write_percent(o.part_ecoulee, 0)} de la durée est écoulée ({bornes})"
