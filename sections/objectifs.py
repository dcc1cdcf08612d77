"""Objectifs: what was promised, where it stands, where it is heading, operation by operation."""

from collections.abc import Sequence
from dataclasses import replace

from indicators.objectifs import A_RATTRAPER, ObjectifEvalue
from indicators.phrases import chiffres as phrases
from indicators.phrases import objectifs as phrases_des_objectifs
from indicators.phrases.cibles import put_rivals_together, write_group, write_projection, write_remarks
from indicators.statuts import SANS_OBJET_PAR_TERRITOIRE, write_elapsed, write_reached, write_statut
from sections.contenu import Chiffre, Cible, Groupe, Section
from sections.lecture import Lecture

PROTOCOLE = "Protocole d’accord"


def write_objectifs(lecture: Lecture) -> Section:
    """Every target, the protocol's first."""
    tous, territoire = list(lecture.objectifs), lecture.filtres.territoire
    vide = SANS_OBJET_PAR_TERRITOIRE if territoire else "Aucun objectif n’a un nombre et une donnée."
    dites = phrases.keep((phrases_des_objectifs.say_targets_by_status(tous), phrases_des_objectifs.say_targets(tous)))
    return Section(
        code="objectifs",
        titre="Objectifs",
        message=dites[0] if dites else vide,
        phrases=dites[1:],
        chiffres=_write_figures(tous, territoire),
        groupes=_group(lecture, tous),
    )


def _write_figures(tous: list[ObjectifEvalue], territoire: str | None) -> tuple[Chiffre, ...]:
    atteints, precision = write_reached(tous, territoire)
    reached = Chiffre("objectifs", "Objectifs atteints", None, atteints, "", precision)
    if territoire:
        return (reached,)
    retards = sum(o.statut in A_RATTRAPER for o in tous)
    return (
        reached,
        Chiffre(
            "objectifs",
            "À rattraper ou non atteints",
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
    return tuple(_cible(o, objectifs) for o in put_rivals_together(objectifs))


def _cible(o: ObjectifEvalue, tous: Sequence[ObjectifEvalue]) -> Cible:
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
        remarque=" ; ".join(write_remarks(o, tous)),
    )
    return replace(cible, realise=o.taux, objectif=1.0, attendu=1.0, est_taux=True) if o.est_delai else cible
