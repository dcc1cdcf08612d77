"""An edition: every section asked of `publier` for one audience in one version of the data; frozen to JSON and back."""

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, replace
from datetime import date
from operator import methodcaller
from typing import Any

from pydantic import TypeAdapter

from data_access.base.moteur import Base, current_version, moment_of
from data_access.refus import Refus
from indicators.arrondi import read_base
from indicators.catalogue import CATALOGUE
from indicators.catalogue.references import keep_sources
from indicators.contexte import read_contexte
from indicators.declaration import Indicateur
from indicators.documentation import describe_source
from indicators.nombres import write_date, write_short_date
from indicators.objectifs import evaluate_objectifs
from indicators.perimetre import Droits, Filtres
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
from seances.preparation import INSTANCES, ChoixDeSection, DemandeDEdition
from sections.contenu import Definition, Edition, Section
from sections.lecture import Lecture
from sections.liste import PAR_CODE
from sections.source import SourceDirecte

SYNTHESE, OBJECTIFS = "synthese", "objectifs"

DEBUT_FSE_PLUS = date(2022, 1, 1)
"""Calls of 2021 still belong to the programme 2014-2020 and ask for its mention (AGAPE call of 2021, l. 7711-7772)."""
_ESSAIS = 3
Progres = Callable[[float, str], None]


def compose(base: Base, demande: DemandeDEdition, progres: Progres | None = None) -> Edition:
    """The edition of what was prepared, not published yet.

    Raises Refus when the PLIE, the body, a section or the perimeter is unknown, or when imports keep coming in between.
    """
    for _ in range(_ESSAIS):
        version = current_version(base)
        edition = _compose(base, demande, _check(base, demande), version, progres)
        if current_version(base) == version:
            return edition
    raise Refus(
        "La séance ne peut pas être composée : des chargements sont en cours et les chiffres changent. "
        "Rien n’est publié. Recommencez dans quelques minutes.",
        "EDI-003",
    )


def _check(base: Base, demande: DemandeDEdition) -> Plie:
    instance, code = demande.instance, demande.code_plie
    if instance not in INSTANCES:
        raise Refus(f"L’instance « {instance} » n’existe pas. Instances : {', '.join(INSTANCES)}.", "EDI-001")
    inconnues = [s.code for s in demande.sections if s.code not in PAR_CODE]
    if inconnues:
        raise Refus(f"La section « {inconnues[0]} » n’existe pas. Sections : {', '.join(PAR_CODE)}.", "EDI-002")
    plie = next((p for p in list_plie(base) if p.code_plie == code), None)
    if plie is None:
        raise Refus(f"Le PLIE « {code} » n’est pas dans la base. Chargez son classeur.", "EDI-004")
    return plie


def _compose(base: Base, demande: DemandeDEdition, plie: Plie, version: int, progres: Progres | None) -> Edition:
    instance = INSTANCES[demande.instance]
    audience = demande.audience or instance.audience
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
        perimetre=_write_perimeter(lecture, plie),
        operation=demande.operation,
        territoire=demande.territoire,
        version=version,
        version_le=moment_of(base, version),
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


def _open(base: Base, demande: DemandeDEdition, plie: Plie, droits: Droits) -> Lecture:
    codes = (plie.code_plie,)
    filtres = Filtres(codes, demande.periode, demande.operation, demande.territoire)
    objectifs = (
        evaluate_objectifs(base, plie.code_plie, filtres.periode.au, droits, filtres.operation)
        if filtres.territoire is None
        else []
    )
    return Lecture(
        source=SourceDirecte(base, droits),
        filtres=filtres,
        larges=replace(filtres, operation=None),
        plie=(plie,),
        operations=list_operations(base, codes),
        territoires=list_territoires(base, codes),
        objectifs=objectifs,
        sans_objectifs=SANS_OBJET_PAR_TERRITOIRE if filtres.territoire else "",
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


def _write_perimeter(lecture: Lecture, plie: Plie) -> str:
    """« PLIE de l’Agenais · tout le territoire · toutes les opérations · du 01/01/2021 au 31/12/2021 »."""
    filtres = lecture.filtres
    territoire, operation = "tout le territoire", "toutes les opérations"
    if filtres.territoire:
        noms = {z.code_territoire: z.nom for z in lecture.territoires}
        territoire = noms.get(filtres.territoire, filtres.territoire)
    if filtres.operation:
        noms = {o.code_operation: o.intitule for o in lecture.operations}
        operation = f"opération {filtres.operation} – {noms.get(filtres.operation, '')}"
    dates = f"du {write_short_date(filtres.periode.du)} au {write_short_date(filtres.periode.au)}"
    return " · ".join((plie.nom, territoire, operation, dates))


def define_all(codes: Collection[str], code_plie: str) -> tuple[Definition, ...]:
    """Definitions of those figures, in the order of the catalogue, with what the texts of that PLIE say."""
    return tuple(define(indicateur, code_plie) for code, indicateur in CATALOGUE.items() if code in codes)


def define(indicateur: Indicateur, code_plie: str) -> Definition:
    """One definition as the catalogue gives it today, with the sources of that PLIE and the national ones."""
    return Definition(
        code=indicateur.code,
        libelle=indicateur.libelle,
        texte=indicateur.definition,
        unite=str(indicateur.unite),
        sources=tuple(map(describe_source, keep_sources(indicateur.sources, code_plie))),
        reserves=indicateur.reserves,
    )


_EDITION = TypeAdapter(Edition)


def freeze(edition: Edition) -> dict[str, Any]:
    """The edition as JSON values: days and moments in ISO 8601, numbers as their types say."""
    typee = asdict(thaw(asdict(edition)))
    return json.loads(json.dumps(typee, default=methodcaller("isoformat"), ensure_ascii=False))


def thaw(contenu: dict[str, Any]) -> Edition:
    """The edition that `freeze` gave; a field that it did not have yet takes its default."""
    return _EDITION.validate_python(contenu)


def fingerprint(contenu: dict[str, Any]) -> str:
    """SHA-256 of the frozen content, whatever the order in which a database gives back its keys."""
    return hashlib.sha256(json.dumps(contenu, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
