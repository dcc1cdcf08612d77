"""Sentences on targets: how many are reached, which are the furthest from their number."""

from collections import Counter
from collections.abc import Iterable, Sequence

from indicators.nombres import INSECABLE
from indicators.objectifs import A_RATTRAPER, ObjectifEvalue, Statut, count_reached
from indicators.phrases.chiffres import count, enumerate_in_words, shorten
from indicators.statuts import write_part_done

Mots = Sequence[tuple[Statut, str, str]]
RETARDS_NOMMES = 3
_PAR_STATUT = (
    (Statut.ATTEINT, "atteint", "atteints"),
    (Statut.EN_AVANCE, "en avance", "en avance"),
    (Statut.DANS_LE_RYTHME, "dans le rythme", "dans le rythme"),
    (Statut.PROCHE, "proche", "proches"),
    (Statut.EN_RETARD, "en retard", "en retard"),
    (Statut.EN_DESSOUS, "en dessous", "en dessous"),
    (Statut.DEPASSE, "au-delà de son maximum", "au-delà de leur maximum"),
    (Statut.NON_ATTEINT, "non atteint", "non atteints"),
)


def count_statuses(objectifs: Iterable[ObjectifEvalue], mots: Mots) -> list[str]:
    """« 5 atteints », « 4 en avance »: those of each status, in the order of `mots`, where there are some."""
    nombres = Counter(o.statut for o in objectifs)
    return [count(nombres[statut], singulier, pluriel) for statut, singulier, pluriel in mots if nombres[statut]]


def say_targets_by_status(objectifs: list[ObjectifEvalue]) -> str | None:
    """« 21 objectifs ont un nombre et une donnée : 5 atteints, 4 en avance, 8 dans le rythme et 4 en retard ;
    9 autres attendent l’un ou l’autre. »"""
    _, comptes = count_reached(objectifs)
    if not comptes:
        return None
    parties = count_statuses(objectifs, _PAR_STATUT)
    debut = f"{count(comptes, 'objectif a', 'objectifs ont')} un nombre et une donnée : {enumerate_in_words(parties)}"
    autres = len(objectifs) - comptes
    attend = f" ; {count(autres, 'autre attend', 'autres attendent')} l’un ou l’autre" if autres else ""
    return f"{debut}{attend}."


def say_targets(objectifs: list[ObjectifEvalue]) -> str | None:
    """« 14 objectifs atteints sur 38 ; les plus loin du compte : Sorties positives (78 % de l’attendu)… »"""
    atteints, comptes = count_reached(objectifs)
    if not comptes:
        return None
    debut = f"{count(atteints, 'objectif atteint', 'objectifs atteints')} sur {comptes}"
    retards = latest(objectifs)
    depasses = sum(is_exceeded(o) for o in objectifs)
    suite = f" ; {count(depasses, 'maximum dépassé', 'maximums dépassés')}" if depasses else ""
    if not retards:
        return f"{debut}{suite} ; aucun n’est en retard ni en dessous." if not depasses else f"{debut}{suite}."
    noms = ", ".join(f"{_name(o)} ({say_pace(o)})" for o in retards)
    return f"{debut}{suite} ; {'les plus loin du compte' if len(retards) > 1 else 'le plus loin du compte'} : {noms}."


def say_pace(objectif: ObjectifEvalue) -> str:
    """« 78 % de l’attendu » of a count whose period runs, « 94 % de l’objectif » of what has no rhythm."""
    quoi = "de l’objectif" if objectif.attendu == objectif.objectif else "de l’attendu"
    return f"{write_part_done(pace(objectif))} {quoi}"


def is_exceeded(objectif: ObjectifEvalue) -> bool:
    """True for a ceiling that is passed, its period over or not."""
    return objectif.est_maximum and objectif.statut in (Statut.DEPASSE, Statut.NON_ATTEINT)


def latest(objectifs: Iterable[ObjectifEvalue], nombre: int = RETARDS_NOMMES) -> list[ObjectifEvalue]:
    """Targets the furthest below what was expected, worst first, `nombre` at most; no ceiling."""
    retards = [o for o in objectifs if o.statut in A_RATTRAPER and o.attendu and not o.est_maximum]
    return sorted(retards, key=pace)[:nombre]


def pace(objectif: ObjectifEvalue) -> float:
    """Realised ÷ expected by now."""
    return (objectif.realise or 0.0) / (objectif.attendu or 1.0)


def _name(objectif: ObjectifEvalue) -> str:
    lieu = f"{objectif.operation}{INSECABLE}" if objectif.operation else ""
    return f"{lieu}«{INSECABLE}{shorten(objectif.libelle)}{INSECABLE}»"
