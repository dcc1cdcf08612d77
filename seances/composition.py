"""Composing an edition: every section asked of `publier`, for one audience, in one version of the data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.versions import current_version
from data_access.refus import Refus
from indicators.arrondi import read_base
from indicators.contexte import read_contexte
from indicators.nombres import write_date, write_short_date
from indicators.objectifs import evaluate_objectifs
from indicators.perimetre import Droits, Filtres, Periode
from indicators.referentiel import (
    SOUTIEN_AUX_STRUCTURES,
    Plie,
    list_invented,
    list_operations,
    list_plie,
    list_territoires,
    supports_structures,
)
from indicators.statuts import SANS_OBJET_PAR_TERRITOIRE
from seances.definitions import define_all
from seances.instances import INSTANCES
from sections.contenu import Edition, Section, Suivi
from sections.lecture import Lecture
from sections.liste import PAR_CODE
from sections.source import SourceDirecte

SYNTHESE, OBJECTIFS = "synthese", "objectifs"

DEBUT_FSE_PLUS = date(2022, 1, 1)
"""Calls of 2021 still belong to the programme 2014-2020 and ask for its mention (AGAPE call of 2021, l. 7711-7772)."""
_ESSAIS = 3
Progres = Callable[[float, str], None]


@dataclass(frozen=True)
class ChoixDeSection:
    """A section kept by the team, with what it wrote on it."""

    code: str
    commentaire: str = ""
    points_de_decision: tuple[str, ...] = ()


def read_sections(brouillon: Mapping[str, Any]) -> tuple[ChoixDeSection, ...]:
    """The sections of a draft, as `data_access.seances.preparations` keeps it."""
    return tuple(
        ChoixDeSection(s["code"], s["commentaire"], tuple(s["points_de_decision"])) for s in brouillon["sections"]
    )


@dataclass(frozen=True)
class Demande:
    """What the team asks for: which meeting, of which PLIE, over which period, for whom, with which sections.

    `lecture`: exact or rounded figures, whoever reads; empty = as the audience reads by default.
    """

    code_plie: str
    instance: str
    periode: Periode
    audience: str = ""
    sections: tuple[ChoixDeSection, ...] = ()
    operation: str | None = None
    territoire: str | None = None
    commentaire: str = ""
    suivis: tuple[Suivi, ...] = field(default_factory=tuple)
    lecture: str = ""


def compose(base: sa.Connection, demande: Demande, progres: Progres | None = None) -> Edition:
    """The edition that the demand describes, not published yet.

    Raises Refus when the PLIE, the body or a section is unknown or when imports keep coming in
    between, Refus when the perimeter is not one.
    """
    _check(base, demande)
    for _ in range(_ESSAIS):
        version = current_version(base)
        edition = _compose(base, demande, version, progres)
        if current_version(base) == version:
            return edition
    raise Refus(
        "La séance ne peut pas être composée : des chargements sont en cours et les chiffres changent. "
        "Rien n’est publié. Recommencez dans quelques minutes.",
        "EDI-003",
    )


def _check(base: sa.Connection, demande: Demande) -> None:
    if demande.instance not in INSTANCES:
        raise Refus(f"L’instance « {demande.instance} » n’existe pas. Instances : {', '.join(INSTANCES)}.", "EDI-001")
    inconnues = [s.code for s in demande.sections if s.code not in PAR_CODE]
    if inconnues:
        raise Refus(f"La section « {inconnues[0]} » n’existe pas. Sections : {', '.join(PAR_CODE)}.", "EDI-002")
    if demande.code_plie not in {p.code_plie for p in list_plie(base)}:
        raise Refus(f"Le PLIE « {demande.code_plie} » n’est pas dans la base. Chargez son classeur.", "EDI-004")


def _compose(base: sa.Connection, demande: Demande, version: int, progres: Progres | None) -> Edition:
    instance = INSTANCES[demande.instance]
    audience = demande.audience or instance.audience
    plie = next(p for p in list_plie(base) if p.code_plie == demande.code_plie)
    droits = Droits(audience, (plie.code_plie,), lecture=demande.lecture)
    lecture = _open(base, demande, plie, droits)
    choix = _keep_useful(lecture, demande.sections or tuple(ChoixDeSection(code) for code in instance.sections))
    sections = []
    for rang, un in enumerate(choix):
        if progres:
            progres(rang / len(choix), f"Section « {PAR_CODE[un.code].titre} »")
        sections.append(_write(lecture, un))
    if progres:
        progres(1.0, "Sections composées")
    figures = lecture.frozen_figures()
    periode = demande.periode
    return Edition(
        code_plie=plie.code_plie,
        plie=plie.nom,
        instance=demande.instance,
        titre=f"{instance.nom}, chiffres au {write_date(periode.au)}",
        audience=audience,
        du=periode.du,
        au=periode.au,
        date_donnees=plie.date_extraction,
        perimetre=_write_perimeter(base, demande, plie),
        operation=demande.operation,
        territoire=demande.territoire,
        version=version,
        version_le=base.scalar(sa.select(t.versions.c.moment).where(t.versions.c.id == version)),
        inventees=plie.code_plie in list_invented(base),
        mention="fse" if periode.au < DEBUT_FSE_PLUS else "ue",
        regles=read_contexte(base, (plie.code_plie,)).applied_rules(periode),
        sections=tuple(sections),
        suivis=demande.suivis,
        definitions=define_all({f.question.indicateur for f in figures}, plie.code_plie),
        figures=figures,
        commentaire=demande.commentaire,
        arrondi_a=read_base() if droits.arrondit else 0,
    )


def _open(base: sa.Connection, demande: Demande, plie: Plie, droits: Droits) -> Lecture:
    codes = (plie.code_plie,)
    au = demande.periode.au
    objectifs = (
        evaluate_objectifs(base, plie.code_plie, au, droits, demande.operation) if demande.territoire is None else []
    )
    filtres = Filtres(codes, demande.periode, demande.operation, demande.territoire)
    return Lecture(
        source=SourceDirecte(base, droits),
        filtres=filtres,
        larges=replace(filtres, operation=None),
        plie=(plie,),
        operations=list_operations(base, codes),
        objectifs=objectifs,
        sans_objectifs=SANS_OBJET_PAR_TERRITOIRE if demande.territoire else "",
    )


def _write(lecture: Lecture, choix: ChoixDeSection) -> Section:
    sujet = PAR_CODE[choix.code]
    if sujet.personnes and _has_no_people(lecture):
        section = Section(sujet.code, sujet.titre, SOUTIEN_AUX_STRUCTURES)
    else:
        section = sujet.ecrire(lecture)
    return replace(section, commentaire=choix.commentaire, points_de_decision=choix.points_de_decision)


def _keep_useful(lecture: Lecture, choix: Sequence[ChoixDeSection]) -> tuple[ChoixDeSection, ...]:
    """Of an operation without participants, the targets, one section that says so, and those that the team wrote on."""
    if not _has_no_people(lecture):
        return tuple(choix)
    return tuple(un for un in choix if un.code in (SYNTHESE, OBJECTIFS) or un.commentaire or un.points_de_decision)


def _has_no_people(lecture: Lecture) -> bool:
    choisie = next((o for o in lecture.operations if o.code_operation == lecture.filtres.operation), None)
    return choisie is not None and supports_structures(choisie)


def _write_perimeter(base: sa.Connection, demande: Demande, plie: Plie) -> str:
    """« PLIE de l’Agenais · tout le territoire · toutes les opérations · du 01/01/2021 au 31/12/2021 »."""
    territoire, operation = "tout le territoire", "toutes les opérations"
    if demande.territoire:
        noms = {z.code_territoire: z.nom for z in list_territoires(base, (plie.code_plie,))}
        territoire = noms.get(demande.territoire, demande.territoire)
    if demande.operation:
        noms = {o.code_operation: o.intitule for o in list_operations(base, (plie.code_plie,))}
        operation = f"opération {demande.operation} – {noms.get(demande.operation, '')}"
    periode = demande.periode
    dates = f"du {write_short_date(periode.du)} au {write_short_date(periode.au)}"
    return " · ".join((plie.nom, territoire, operation, dates))
