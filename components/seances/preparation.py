"""Préparer la séance: which meeting, what changed since the last one, what to look at, section by section."""

from dataclasses import replace

import streamlit as st

from components.cadre.base import connect, current_url
from components.cadre.chiffres import composer
from components.cadre.choix import Perimetre
from components.impression.edition import show_cover, show_suivis
from components.impression.section import show_section
from components.messages.etats import show_empty, show_note
from components.messages.texte import plain
from components.seances.brouillon import (
    Brouillon,
    as_demande,
    choose_audience,
    choose_sections,
    dress,
    move_section,
    read_brouillon,
)
from components.seances.mots import attempt, show_introduction, show_old_words, show_unkept, show_words
from components.seances.reperes import read_last, show_changes, show_watch_list
from indicators.perimetre import Droits
from indicators.phrases.chiffres import count
from seances.decisions import read_followups
from seances.preparation import AUDIENCES, INSTANCES, SECTIONS, write_audience
from sections.contenu import Edition
from sections.liste import TITRES

INSTANCE = "seance_instance"


def is_one_plie(perimetre: Perimetre) -> bool:
    """A meeting is that of one PLIE; says so otherwise."""
    if len(perimetre.codes) == 1:
        return True
    show_empty("Une séance est celle d’un seul PLIE.", "Choisissez-en un dans le menu de gauche. [SEA-001]")
    return False


def show_preparation(perimetre: Perimetre) -> Edition:
    """Everything that comes before publishing; gives the edition as it would be published."""
    code = perimetre.codes[0]
    show_unkept()
    gauche, droite = st.columns(2, gap="medium")
    with gauche:
        instance = _choose_instance()
    brouillon = read_brouillon(code, instance)
    with droite:
        _choose_audience(code, instance, brouillon)
    with connect(current_url()) as base:
        suivis = read_followups(base, code)
    edition = dress(composer(as_demande(brouillon, instance, perimetre)), brouillon, suivis)
    show_cover(edition)
    _show_narrow_perimeter(edition)
    derniere = read_last(edition)
    gauche, droite = st.columns(2, gap="medium")
    with gauche:
        show_changes(derniere, edition)
    with droite:
        show_watch_list(edition)
    _show_sections(code, instance, brouillon, edition, derniere)
    with st.expander(f"**Décisions à suivre** : {count(len(suivis), 'décision')}", key="seance_suivis"):
        show_suivis(suivis)
    return edition


def _choose_instance() -> str:
    """The body that meets."""
    return st.selectbox(
        "Instance", list(INSTANCES), format_func=lambda code: INSTANCES[code].nom, key=INSTANCE, width=420
    )


def _choose_audience(code: str, instance: str, brouillon: Brouillon) -> None:
    cle = f"seance_audience_{code}_{instance}"
    st.session_state[cle] = brouillon.audience or INSTANCES[instance].audience
    st.selectbox(
        "Pour qui",
        list(AUDIENCES),
        format_func=lambda audience: write_audience(audience, Droits(audience).arrondit),
        key=cle,
        on_change=attempt,
        args=(lambda: choose_audience(code, instance, st.session_state[cle]),),
        width=420,
    )


def _show_narrow_perimeter(edition: Edition) -> None:
    """A filter left from another page would be published without being wanted."""
    filtres = [nom for nom, code in (("territoire", edition.territoire), ("opération", edition.operation)) if code]
    if filtres:
        show_note(
            f"Un filtre est posé ({' et '.join(filtres)}) : l’édition ne portera que sur cette partie du PLIE. "
            "Pour le PLIE entier, retirez-le dans le menu de gauche."
        )


def _show_sections(code: str, instance: str, brouillon: Brouillon, edition: Edition, derniere: Edition | None) -> None:
    """Which sections and in which order, then each of them: a closed one costs nothing."""
    st.subheader("Sections", anchor=False)
    _choose_sections(code, instance, brouillon)
    if derniere is not None:
        show_old_words(code, instance, brouillon, derniere)
    show_introduction(code, instance, brouillon)
    for section, choix in zip(edition.sections, brouillon.sections, strict=True):
        titre = f"**{plain(section.titre)}** : {plain(section.message)}"
        with st.expander(titre, key=f"seance_{section.code}", on_change="rerun") as pli:
            if pli.open:
                _show_moves(code, instance, section.code)
                show_section(replace(section, commentaire="", points_de_decision=()), f"seance_{section.code}")
                show_words(code, instance, choix)


def _show_moves(code: str, instance: str, section: str) -> None:
    """Earlier or later in the meeting, without choosing every section again."""
    with st.container(horizontal=True):
        for libelle, icone, pas in (("Plus tôt", "arrow_upward", -1), ("Plus tard", "arrow_downward", 1)):
            st.button(
                libelle,
                icon=f":material/{icone}:",
                key=f"seance_deplacer_{section}_{pas}",
                on_click=attempt,
                args=(lambda pas=pas: move_section(code, instance, section, pas),),
            )


def _choose_sections(code: str, instance: str, brouillon: Brouillon) -> None:
    cle = f"seance_sections_{code}_{instance}"
    st.session_state[cle] = [section.code for section in brouillon.sections]
    st.multiselect(
        "Sections de la séance, dans l’ordre où elles sont choisies",
        list(SECTIONS),
        format_func=TITRES.__getitem__,
        placeholder="Choisir une section",
        select_all=False,
        key=cle,
        on_change=attempt,
        args=(lambda: choose_sections(code, instance, list(st.session_state[cle]) or ["synthese"]),),
    )
