"""Targets as screens write them: their status in words, a bullet each, the target of a figure."""

from collections.abc import Iterable, Sequence

from charts.puces import Puce
from components.chiffres import objectifs, short_name
from components.choix import Perimetre
from indicators.nombres import write_decimal, write_number, write_percent, write_short_date
from indicators.objectifs import ObjectifEvalue, Statut, count_reached

MAXIMUM_DE_PUCES = 12
MOTS_DES_STATUTS = {
    Statut.ATTEINT: "atteint",
    Statut.EN_AVANCE: "en avance",
    Statut.DANS_LE_RYTHME: "dans le rythme",
    Statut.EN_RETARD: "en retard",
    Statut.DEPASSE: "maximum dépassé",
    Statut.NON_ATTEINT: "non atteint",
    Statut.SANS_DONNEE: "sans donnée",
    Statut.MASQUE: "masqué",
    Statut.NON_PARAMETRE: "objectif non paramétré",
}


def objectifs_of(perimetre: Perimetre) -> list[ObjectifEvalue]:
    """Targets of the perimeter's PLIE (of its operation if one is chosen), at the end of the period."""
    return objectifs(perimetre.codes, perimetre.periode.au, perimetre.filtres.operation)


def of_protocol(evalues: Iterable[ObjectifEvalue]) -> list[ObjectifEvalue]:
    """Those of the protocol that have a number."""
    return [o for o in evalues if o.operation is None and o.objectif is not None]


def find_cible(perimetre: Perimetre, evalues: Iterable[ObjectifEvalue], indicateur: str) -> ObjectifEvalue | None:
    """The only numbered target on that indicator; None when there is none, when several differ, or when
    several PLIE are chosen: the target of one is not the target of all."""
    if len(perimetre.codes) > 1:
        return None
    trouves = [o for o in evalues if o.indicateur == indicateur and o.objectif is not None]
    return trouves[0] if len({o.objectif for o in trouves}) == 1 else None


def write_objectif(objectif: ObjectifEvalue, valeur: float | None) -> str:
    """A number in the manner of the target: « 43,5 % » or « 798 »."""
    if valeur is None:
        return MOTS_DES_STATUTS[Statut.SANS_DONNEE]
    return write_percent(valeur) if objectif.est_taux else write_number(valeur)


def write_statut(objectif: ObjectifEvalue) -> str:
    """« En retard : 798 sur 920 (attendu 887) »; the expected number only where it is prorated."""
    mot = MOTS_DES_STATUTS[objectif.statut].capitalize()
    if objectif.objectif is None or objectif.realise is None:
        return mot
    debut = f"{mot} : {write_objectif(objectif, objectif.realise)} sur {write_objectif(objectif, objectif.objectif)}"
    if objectif.attendu is None or objectif.attendu == objectif.objectif:
        return debut
    decimales = 0 if objectif.attendu >= 10 else 1
    return f"{debut} (attendu {write_decimal(objectif.attendu, decimales)})"


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


def write_reached(evalues: list[ObjectifEvalue]) -> tuple[str, str]:
    """« 5 / 21 », and how many targets are left out and why."""
    atteints, comptes = count_reached(evalues)
    hors = len(evalues) - comptes
    if not comptes:
        return "sans donnée", "aucun objectif n’a un nombre et une donnée"
    suite = f" ; {hors} sans nombre ou sans donnée" if hors else ""
    return f"{atteints} / {comptes}", f"objectifs ayant un nombre et une donnée{suite}"


def write_elapsed(evalues: Iterable[ObjectifEvalue]) -> str:
    """« 96 % de la durée du protocole est écoulée (du 01/01/2015 au 31/12/2021) » for the longest one."""
    longs = sorted(evalues, key=lambda o: o.fin - o.debut, reverse=True)
    if not longs:
        return ""
    o = longs[0]
    bornes = f"du {write_short_date(o.debut)} au {write_short_date(o.fin)}"
    return f"{write_percent(o.part_ecoulee, 0)} de la durée est écoulée ({bornes})"
