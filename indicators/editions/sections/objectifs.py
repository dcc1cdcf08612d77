"""Objectifs: what was promised, where it stands, where it is heading, operation by operation."""

from collections.abc import Sequence

from indicators import phrases
from indicators.editions.contenu import Chiffre, Cible, Groupe, Section
from indicators.editions.lecture import Lecture
from indicators.mots_des_objectifs import write_group, write_projection
from indicators.objectifs import ObjectifEvalue, Statut
from indicators.statuts import write_elapsed, write_reached, write_statut

PROTOCOLE = "Protocole d’accord"


def write_objectifs(lecture: Lecture) -> Section:
    """Every target, the protocol's first."""
    tous = list(lecture.objectifs)
    dites = phrases.keep((phrases.say_targets_by_status(tous), phrases.say_targets(tous)))
    return Section(
        code="objectifs",
        titre="Objectifs",
        message=dites[0] if dites else "Aucun objectif n’a un nombre et une donnée.",
        phrases=dites[1:],
        chiffres=_write_figures(tous),
        groupes=_group(lecture, tous),
    )


def _write_figures(tous: list[ObjectifEvalue]) -> tuple[Chiffre, ...]:
    atteints, precision = write_reached(tous)
    retards = sum(o.statut in (Statut.EN_RETARD, Statut.NON_ATTEINT, Statut.DEPASSE) for o in tous)
    return (
        Chiffre("objectifs", "Objectifs atteints", None, atteints, "", precision),
        Chiffre(
            "objectifs",
            "En retard, non atteints ou dépassés",
            float(retards),
            str(retards),
            "",
            "protocole et opérations",
        ),
        Chiffre(
            "objectifs", "Objectifs suivis", float(len(tous)), str(len(tous)), "", "du protocole et des opérations"
        ),
    )


def _group(lecture: Lecture, tous: list[ObjectifEvalue]) -> tuple[Groupe, ...]:
    protocole = [o for o in tous if o.operation is None]
    groupes = [Groupe(None, PROTOCOLE, _summarise(protocole), _cibles(protocole))] if protocole else []
    for operation in lecture.operations:
        siens = [o for o in tous if o.operation == operation.code_operation]
        if siens:
            titre = f"{operation.code_operation} · {operation.intitule}"
            groupes.append(Groupe(operation.code_operation, titre, _summarise(siens), _cibles(siens)))
    return tuple(groupes)


def _summarise(objectifs: Sequence[ObjectifEvalue]) -> str:
    return f"{write_group(objectifs)} ; {write_elapsed(objectifs)}"


def _cibles(objectifs: Sequence[ObjectifEvalue]) -> tuple[Cible, ...]:
    return tuple(
        Cible(
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
        )
        for o in objectifs
    )
