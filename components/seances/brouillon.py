"""The meeting being prepared, as the team left it: kept in the database at each change, so that nothing is lost."""

from dataclasses import replace
from typing import Any

from components.acces.session import current_author, require
from components.cadre.base import connect, current_url, write
from components.cadre.choix import Perimetre
from seances import preparation
from seances.preparation import INSTANCES, Brouillon, ChoixDeSection, Demande
from sections.contenu import Edition, Suivi


def read_brouillon(code_plie: str, instance: str) -> Brouillon:
    """The draft of that meeting, as anybody of the team left it; at first the sections that the body is used to."""
    with connect(current_url()) as base:
        return preparation.read_brouillon(base, code_plie, instance) or default_brouillon(instance)


def default_brouillon(instance: str) -> Brouillon:
    """Nothing written yet."""
    return Brouillon(tuple(ChoixDeSection(code) for code in INSTANCES[instance].sections))


def keep_brouillon(code_plie: str, instance: str, brouillon: Brouillon) -> None:
    """Keep the draft in the database. Raises Refus."""
    require("seance", "rediger", (code_plie,))
    with write(current_url()) as base:
        preparation.keep_brouillon(base, code_plie, instance, brouillon, current_author())


def keep_introduction(code_plie: str, instance: str, texte: str) -> None:
    """Keep what is said before the sections."""
    keep_brouillon(code_plie, instance, replace(read_brouillon(code_plie, instance), commentaire=texte))


def change_section(code_plie: str, instance: str, code: str, **valeurs: Any) -> None:
    """Keep what was written on one section."""
    brouillon = read_brouillon(code_plie, instance)
    sections = tuple(replace(s, **valeurs) if s.code == code else s for s in brouillon.sections)
    keep_brouillon(code_plie, instance, replace(brouillon, sections=sections))


def choose_audience(code_plie: str, instance: str, audience: str) -> None:
    """Keep whom the papers are for."""
    keep_brouillon(code_plie, instance, replace(read_brouillon(code_plie, instance), audience=audience))


def choose_sections(code_plie: str, instance: str, codes: list[str]) -> None:
    """Keep these sections in this order, with what was written on those that stay."""
    brouillon = read_brouillon(code_plie, instance)
    ecrites = {section.code: section for section in brouillon.sections}
    sections = tuple(ecrites.get(code, ChoixDeSection(code)) for code in codes)
    keep_brouillon(code_plie, instance, replace(brouillon, sections=sections))


def move_section(code_plie: str, instance: str, code: str, pas: int) -> None:
    """Put a section `pas` places further; at either end it stays where it is."""
    brouillon = read_brouillon(code_plie, instance)
    sections = list(brouillon.sections)
    rang = next((rang for rang, section in enumerate(sections) if section.code == code), None)
    if rang is None or not 0 <= rang + pas < len(sections):
        return
    sections.insert(rang + pas, sections.pop(rang))
    keep_brouillon(code_plie, instance, replace(brouillon, sections=tuple(sections)))


def forget_words(code_plie: str, instance: str) -> None:
    """Keep the sections and their order; what was written for the last meeting goes."""
    brouillon = read_brouillon(code_plie, instance)
    sections = tuple(ChoixDeSection(section.code) for section in brouillon.sections)
    keep_brouillon(code_plie, instance, replace(brouillon, sections=sections, commentaire=""))


def as_demande(brouillon: Brouillon, instance: str, perimetre: Perimetre) -> Demande:
    """What must be composed: without any word of the team, so that writing one computes nothing anew."""
    filtres = perimetre.filtres
    return Demande(
        code_plie=filtres.plie[0],
        instance=instance,
        periode=filtres.periode,
        audience=brouillon.audience or INSTANCES[instance].audience,
        sections=tuple(ChoixDeSection(section.code) for section in brouillon.sections),
        operation=filtres.operation,
        territoire=filtres.territoire,
    )


def dress(edition: Edition, brouillon: Brouillon, suivis: tuple[Suivi, ...]) -> Edition:
    """The edition with what the team wrote and the decisions to follow."""
    sections = tuple(
        replace(section, commentaire=choix.commentaire, points_de_decision=choix.points_de_decision)
        for section, choix in zip(edition.sections, brouillon.sections, strict=True)
    )
    return replace(edition, sections=sections, commentaire=brouillon.commentaire, suivis=suivis)
