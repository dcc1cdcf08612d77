"""Objectifs: what was promised, where it stands, where it is heading, operation by operation."""

from collections.abc import Sequence

from indicators.nombres import write_short_date
from indicators.objectifs import A_RATTRAPER, ObjectifEvalue, Statut
from indicators.phrases import objectifs as phrases_des_objectifs
from indicators.phrases.chiffres import count
from indicators.phrases.cibles import find_repeats, write_group, write_operation, write_realise
from indicators.referentiel import Operation, Plie
from indicators.statuts import MOTS_DES_STATUTS, write_elapsed
from sections.cibles import as_cibles
from sections.contenu import Chiffre, Groupe, Section
from sections.dessins import absent
from sections.images import Forme, Image, Serie
from sections.lecture import Lecture, short_name
from sections.synthese import write_reached_card

RETARDS_MONTRES = 5
PROTOCOLE = "Protocole d’accord"
AUCUN = "Aucun objectif n’a un nombre et une donnée."


def write_objectifs(lecture: Lecture) -> Section:
    """Every target, the protocol's first."""
    tous = list(lecture.objectifs)
    dite = phrases_des_objectifs.say_targets_by_status(tous)
    return Section(
        code="objectifs",
        titre="Objectifs",
        message=dite or AUCUN,
        phrases=_name_latest(lecture, tous),
        chiffres=_write_cards(lecture, tous),
        images=(draw_statuses(lecture, tous),) if not lecture.sans_objectifs else (),
        groupes=group_targets(lecture, tous),
        notes=(lecture.sans_objectifs,) if lecture.sans_objectifs else (),
        muets=_name_without_target(lecture, tous) if tous else "",
    )


def _write_cards(lecture: Lecture, tous: list[ObjectifEvalue]) -> tuple[Chiffre, ...]:
    atteints = write_reached_card(lecture)
    if lecture.sans_objectifs:
        return (atteints,)
    retards = sum(o.statut in A_RATTRAPER for o in tous)
    return (
        atteints,
        _count_card("À rattraper ou non atteints", retards, "protocole et opérations"),
        _count_card("Objectifs suivis", len(tous), "du protocole et des opérations"),
    )


def _count_card(libelle: str, nombre: int, precision: str) -> Chiffre:
    return Chiffre("objectifs", libelle, float(nombre), str(nombre), "", precision)


def _name_latest(lecture: Lecture, tous: list[ObjectifEvalue]) -> tuple[str, ...]:
    """The targets the furthest below what was expected, then the ceilings that are exceeded."""
    retards = phrases_des_objectifs.latest(tous, RETARDS_MONTRES)
    lignes = [f"{_name(lecture, o)} : {write_realise(o)}, {phrases_des_objectifs.say_pace(o)}" for o in retards]
    depasses = [o for o in tous if phrases_des_objectifs.is_exceeded(o)]
    lignes += [f"{_name(lecture, o)} : {write_realise(o)}, maximum dépassé" for o in depasses]
    if not lignes and tous:
        return ("Aucun objectif n’est en retard ni en dessous, aucun maximum n’est dépassé.",)
    return tuple(lignes)


def _name(lecture: Lecture, objectif: ObjectifEvalue) -> str:
    noms = {p.code_plie: f"{short_name(p.nom)} · " for p in lecture.plie} if lecture.plusieurs else {}
    return f"{noms.get(objectif.plie, '')}{objectif.operation or 'protocole'} · {objectif.libelle}"


def draw_statuses(lecture: Lecture, tous: list[ObjectifEvalue]) -> Image:
    """How many targets stand in each status, one bar a PLIE."""
    sujet = "Où en sont les objectifs"
    plies = [p for p in lecture.plie if any(o.plie == p.code_plie for o in tous)]
    if not plies:
        return absent("statuts", sujet, "Aucun objectif dans ce périmètre.", Forme.PARTS)
    comptes = {s: [sum(o.statut is s and o.plie == p.code_plie for o in tous) for p in plies] for s in Statut}
    series = tuple(
        Serie(MOTS_DES_STATUTS[statut], tuple(map(float, nombres)), tuple(map(str, nombres)))
        for statut, nombres in comptes.items()
        if any(nombres)
    )
    return Image(
        code="statuts",
        genre=Forme.PARTS,
        message=sujet,
        sujet=sujet,
        entete="PLIE",
        categories=tuple(short_name(p.nom) for p in plies),
        series=series,
        unite="objectifs",
        indicateurs=(),
        effectif=f"n = {count(len(tous), 'objectif')}",
        note=f"au {write_short_date(lecture.filtres.periode.au)} ; on compte les objectifs, leurs valeurs ne "
        "s’additionnent pas",
        detail_seul=True,
    )


def _name_without_target(lecture: Lecture, tous: list[ObjectifEvalue]) -> str:
    """« Aucun objectif dans le texte pour : A6 · Animation. »; nothing where every operation read has one."""
    avec = {(o.plie, o.operation) for o in tous}
    lues = [o for o in lecture.operations if lecture.filtres.operation in (None, o.code_operation)]
    noms = [f"{o.code_operation} · {o.intitule}" for o in lues if (o.code_plie, o.code_operation) not in avec]
    return f"Aucun objectif dans le texte pour : {', '.join(noms)}." if noms else ""


def group_targets(lecture: Lecture, tous: list[ObjectifEvalue]) -> tuple[Groupe, ...]:
    groupes = []
    for plie in lecture.plie:
        siens = [o for o in tous if o.plie == plie.code_plie]
        operations = [o for o in lecture.operations if o.code_plie == plie.code_plie]
        repetees = find_repeats(operations, tous)
        protocole = [o for o in siens if o.operation is None]
        groupes.append(_groupe(lecture, plie, None, PROTOCOLE, _date_protocol(plie), protocole))
        for operation in operations:
            des_siens = [o for o in siens if o.operation == operation.code_operation]
            titre = f"{operation.code_operation} · {operation.intitule}"
            remarque = _say_repeat(repetees.get((operation.code_plie, operation.code_operation)))
            resume = write_operation(operation)
            groupes.append(_groupe(lecture, plie, operation, titre, resume, des_siens, remarque))
    return tuple(groupe for groupe in groupes if groupe.cibles)


def _groupe(
    lecture: Lecture,
    plie: Plie,
    operation: Operation | None,
    titre: str,
    resume: str,
    objectifs: Sequence[ObjectifEvalue],
    remarque: str = "",
) -> Groupe:
    code = operation.code_operation if operation else None
    resume = " ; ".join(filter(None, (resume, write_group(objectifs), write_elapsed(objectifs)))) if objectifs else ""
    return Groupe(code, titre, resume, as_cibles(lecture, objectifs), plie.code_plie, remarque)


def _date_protocol(plie: Plie) -> str:
    """« du 01/01/2015 au 31/12/2021 », or that the text does not date it."""
    if plie.protocole_du is None or plie.protocole_au is None:
        return "dates du protocole absentes du texte"
    return f"du {write_short_date(plie.protocole_du)} au {write_short_date(plie.protocole_au)}"


def _say_repeat(premiere: str | None) -> str:
    if not premiere:
        return ""
    return f"Répète {premiere} mot pour mot : même intitulé, mêmes objectifs. Aucun total ne les ajoute."
