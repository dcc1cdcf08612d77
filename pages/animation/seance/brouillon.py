"""The meeting being prepared, as the team left it: kept in the database at each change, and never lost in silence."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from components.acces.base import connect, write
from components.acces.session import current_author, require
from components.cadre.choix import Perimetre
from components.messages.etats import log_failure, show_note
from components.messages.texte import plain
from data_access.refus import Refus
from seances import preparation
from seances.preparation import INSTANCES, Brouillon, ChoixDeSection, DemandeDEdition
from sections.contenu import Edition, Suivi

LONGUEUR_COMMENTAIRE = 1500
_NON_GARDE = "seance_non_garde"
_ECHEC = (
    "Votre dernier changement n’est pas gardé : la base n’a pas répondu. Un texte est encore dans son champ : "
    "modifiez-le d’un caractère, puis sortez du champ pour réessayer. [SEA-003]"
)


class Reunion(NamedTuple):
    """Whose draft it is: a PLIE and the body that meets."""

    code_plie: str
    instance: str


def read_brouillon(reunion: Reunion) -> Brouillon:
    """The draft of that meeting, as anybody of the team left it; at first the sections that the body is used to."""
    with connect() as base:
        return preparation.read_brouillon(base, *reunion) or default_brouillon(reunion.instance)


def default_brouillon(instance: str) -> Brouillon:
    """Nothing written yet."""
    return Brouillon(tuple(ChoixDeSection(code) for code in INSTANCES[instance].sections))


def change_brouillon(reunion: Reunion, **valeurs: Any) -> None:
    """Keep these values of the draft in the database. Raises Refus."""
    require("seance", "rediger", (reunion.code_plie,))
    brouillon = replace(read_brouillon(reunion), **valeurs)
    with write() as base:
        preparation.keep_brouillon(base, *reunion, brouillon, current_author())


def change_section(reunion: Reunion, code: str, **valeurs: Any) -> None:
    """Keep what was written on one section."""
    sections = read_brouillon(reunion).sections
    change_brouillon(reunion, sections=tuple(replace(s, **valeurs) if s.code == code else s for s in sections))


def choose_sections(reunion: Reunion, codes: list[str]) -> None:
    """Keep these sections in this order, with what was written on those that stay."""
    ecrites = {section.code: section for section in read_brouillon(reunion).sections}
    change_brouillon(reunion, sections=tuple(ecrites.get(code, ChoixDeSection(code)) for code in codes))


def move_section(reunion: Reunion, code: str, pas: int) -> None:
    """Put a section `pas` places further; at either end it stays where it is."""
    codes = [section.code for section in read_brouillon(reunion).sections]
    if code in codes and 0 <= codes.index(code) + pas < len(codes):
        rang = codes.index(code)
        codes.insert(rang + pas, codes.pop(rang))
        choose_sections(reunion, codes)


def forget_words(reunion: Reunion) -> None:
    """Keep the sections and their order; what was written for the last meeting goes."""
    sections = tuple(ChoixDeSection(section.code) for section in read_brouillon(reunion).sections)
    change_brouillon(reunion, sections=sections, commentaire="")


def as_demande(brouillon: Brouillon, instance: str, perimetre: Perimetre) -> DemandeDEdition:
    """What must be composed: without any word of the team, so that writing one computes nothing anew."""
    filtres = perimetre.filtres
    return DemandeDEdition(
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


def show_introduction(reunion: Reunion, brouillon: Brouillon) -> None:
    """What is said before the sections."""
    _show_field(
        "Mot d’introduction (facultatif)",
        f"seance_mot_{reunion.code_plie}_{reunion.instance}",
        brouillon.commentaire,
        lambda texte: change_brouillon(reunion, commentaire=texte),
    )


def show_words(reunion: Reunion, choix: ChoixDeSection) -> None:
    """The comment and the points to decide of a section."""
    suite = f"{reunion.code_plie}_{reunion.instance}_{choix.code}"
    _show_field(
        "Commentaire de l’équipe",
        f"seance_commentaire_{suite}",
        choix.commentaire,
        lambda texte: change_section(reunion, choix.code, commentaire=texte),
    )
    _show_field(
        "Points de décision, un par ligne",
        f"seance_points_{suite}",
        "\n".join(choix.points_de_decision),
        lambda texte: change_section(reunion, choix.code, points_de_decision=_split(texte)),
    )


def _split(texte: str) -> tuple[str, ...]:
    return tuple(ligne.strip() for ligne in texte.splitlines() if ligne.strip())


def _show_field(libelle: str, cle: str, valeur: str, garder: Callable[[str], None]) -> None:
    """A text of the draft. What a colleague wrote meanwhile replaces what was read before, not what is being typed."""
    lu = f"{cle}_lu"
    change_ailleurs = st.session_state.get(lu) != valeur and st.session_state.get(cle, "").strip() != valeur
    if cle not in st.session_state or change_ailleurs:
        st.session_state[cle] = valeur
    st.session_state[lu] = valeur
    st.text_area(
        libelle,
        key=cle,
        max_chars=LONGUEUR_COMMENTAIRE,
        on_change=partial(attempt, lambda: garder(st.session_state[cle].strip())),
    )


def show_old_words(reunion: Reunion, brouillon: Brouillon, derniere: Edition) -> None:
    """Says that nothing was written since the last edition: its words would be published again."""
    if not has_old_words(brouillon, derniere):
        return
    show_note(
        f"Les commentaires et les points de décision sont ceux de l’édition n° {derniere.numero}. "
        "Relisez-les, ou commencez une page blanche : les sections restent."
    )
    st.button(
        "Effacer les textes",
        icon=":material/ink_eraser:",
        key="seance_effacer",
        on_click=partial(attempt, lambda: forget_words(reunion)),
    )


def has_old_words(brouillon: Brouillon, derniere: Edition) -> bool:
    """True when a text of the draft is, word for word, that of the last edition."""
    anciens = {(s.code, s.commentaire, s.points_de_decision) for s in derniere.sections}
    return bool(brouillon.commentaire and brouillon.commentaire == derniere.commentaire) or any(
        (s.commentaire or s.points_de_decision) and (s.code, s.commentaire, s.points_de_decision) in anciens
        for s in brouillon.sections
    )


def attempt(ecrire: Callable[[], None]) -> None:
    """What a widget does when it changes, before the page is drawn: whatever goes wrong is told there."""
    try:
        ecrire()
    except Refus as refus:
        st.session_state[_NON_GARDE] = str(refus)
    except Exception as erreur:
        log_failure("SEA-003", erreur)
        st.session_state[_NON_GARDE] = _ECHEC


def show_unkept() -> None:
    """Why the last text could not be kept, if so."""
    if message := st.session_state.pop(_NON_GARDE, ""):
        st.error(plain(message), icon=":material/error:")
