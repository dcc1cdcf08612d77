"""A section on screen, whoever composed it: a page for its perimeter, or an edition reopened."""

import streamlit as st

from components.cadre.page import open_page
from components.impression.cartes import show_chiffres
from components.impression.cibles import show_groupe, show_signs
from components.impression.emporter import Provenance
from components.impression.images import show_image, show_live_image
from components.impression.lecture import open_lecture
from components.impression.tableaux import show_tableau
from components.messages.etats import guarded, show_empty, show_note, stop_page
from components.messages.texte import plain, print_list
from indicators.referentiel import SOUTIEN_AUX_STRUCTURES, supports_structures
from sections.contenu import Section
from sections.images import Forme, Image, Tableau
from sections.lecture import Lecture
from sections.liste import PAR_CODE

AUTRES_CHIFFRES = (
    "Ses résultats sont sur la page « Objectifs ». Revenez à toutes les opérations pour lire les autres chiffres."
)

BANDE = 4


def open_section(code: str) -> Lecture:
    """Guards the page, draws its filters and header: what its section is written from. An operation without
    participants says so, where the section has nothing to say of it."""
    perimetre, sujet = open_page(code), PAR_CODE[code]
    if sujet.personnes and perimetre.operation is not None and supports_structures(perimetre.operation):
        show_empty(SOUTIEN_AUX_STRUCTURES, AUTRES_CHIFFRES)
        stop_page()
    return open_lecture(perimetre)


def context_of(code: str, lecture: Lecture) -> Provenance:
    """What the files of that page say of themselves."""
    return Provenance(code, lecture.filtres.plie, lecture.dite)


def show_section(section: Section, cle: str, page: Provenance | None = None, groupes: bool = True) -> None:
    """Figures, what to remember beside the main picture, the other pictures, targets, tables, words.

    `page`: where clicks filter or open a detail, and files are given away; an edition shows what it printed, no more.
    `groupes`: False where the page itself prints the targets.
    """
    for note in section.notes:
        show_note(note)
    show_chiffres(section.chiffres)
    if section.muets:
        st.caption(plain(section.muets))
    images = section.images if page else section.a_imprimer
    _show_columns(section, [i for i in images if i.genre is not Forme.PUCES], cle, page)
    _show_tables([t for t in section.tableaux if t.ouvert], f"{cle}_ouvert", page)
    for image in images:
        if image.genre is Forme.PUCES:
            _show_image(image, cle, page)
    if section.groupes and groupes:
        show_signs()
        for groupe in section.groupes:
            show_groupe(groupe)
    _show_tables([t for t in section.tableaux if not t.ouvert], f"{cle}_tableau", page)
    show_words(section)


def _show_tables(tableaux: list[Tableau], cle: str, page: Provenance | None) -> None:
    for rang, tableau in enumerate(tableaux):
        show_tableau(tableau, f"{cle}_{rang}", page)


def _show_columns(section: Section, images: list[Image], cle: str, page: Provenance | None) -> None:
    """What to remember, then each picture in the column that is the shortest so far. Columns begin anew after a few
    pictures: a telephone, which shows one column after the other, keeps about the same order."""
    parties: list[Image | None] = [None, *images]
    for rang in range(0, len(parties), BANDE):
        bande = parties[rang : rang + BANDE]
        colonnes, hauteurs = st.columns(2 if len(parties) > 1 else 1, gap="large"), [0.0, 0.0]
        for partie in bande:
            courte = hauteurs.index(min(hauteurs[: len(colonnes)]))
            with colonnes[courte]:
                if partie is None:
                    st.subheader("À retenir", anchor=False)
                    print_list((section.message, *section.phrases))
                    hauteurs[courte] += 3.0 + len(section.phrases)
                else:
                    _show_image(partie, cle, page)
                    hauteurs[courte] += _height_of(partie)


def _height_of(image: Image) -> float:
    """About how many lines of text a picture is as high as, its title and its table included."""
    if image.absence:
        return 3.0
    return 4.0 + (len(image.categories) if image.genre in (Forme.BARRES, Forme.PARTS, Forme.PARITE) else 6.0)


def _show_image(image: Image, cle: str, page: Provenance | None) -> None:
    with guarded():
        if page is not None:
            show_live_image(image, f"{cle}_{image.code}", page)
        else:
            show_image(image, f"{cle}_{image.code}")


def show_words(section: Section) -> None:
    """The comment of the team and the points to decide."""
    if section.commentaire:
        st.markdown("**Commentaire de l’équipe**")
        st.text(section.commentaire)
    if section.points_de_decision:
        st.markdown("**Points de décision**")
        st.text("\n".join(f"• {point}" for point in section.points_de_decision))
