"""The slides of an edition, in order: what each shows, without any state."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from components.impression.cartes import show_chiffres
from components.impression.edition import show_suivis
from components.impression.images import show_image
from components.messages.texte import plain, print_list
from indicators.nombres import say_rounding, write_date
from reports.mentions import mention_of
from sections.contenu import Cible, Edition, Genre, Groupe, Image, Section

CIBLES_PAR_DIAPOSITIVE = 4
BARRES_PAR_DIAPOSITIVE = 6
CHIFFRES_PAR_LIGNE = 4
AERE, MOYEN, DENSE, SERRE = 1.4, 1.3, 1.08, 0.95
"""How much a slide is enlarged: as much as leaves it whole on a screen of 1440 × 900 pixels."""


@dataclass(frozen=True)
class Diapositive:
    """One slide. `commentaire` is the team's, shown to nobody unless asked; `section` the code it belongs to;
    `echelle` how much it is enlarged."""

    titre: str
    montrer: Callable[[], object]
    commentaire: str = ""
    section: str | None = None
    echelle: float = AERE


def list_slides(edition: Edition) -> list[Diapositive]:
    """Cover, sections, decisions to follow."""
    slides = [Diapositive(edition.titre, lambda: _show_cover(edition), edition.commentaire)]
    for section in edition.sections:
        slides += _slides_of(section)
    if edition.suivis:
        slides.append(Diapositive("Décisions à suivre", lambda: show_suivis(edition.suivis)))
    return slides


def _show_cover(edition: Edition) -> None:
    st.subheader(plain(edition.plie), anchor=False)
    st.markdown(plain(edition.perimetre))
    numero = f"Édition n° {edition.numero}" if edition.numero else "Aperçu"
    st.markdown(f"{numero} · données au {write_date(edition.date_donnees)}")
    if edition.inventees:
        st.markdown("**Données inventées** : aucune de ces personnes n’existe.")
    st.markdown(mention_of(edition.mention).texte)
    if edition.arrondi_a:
        st.markdown(f"Par territoire et par public, {say_rounding(edition.arrondi_a)}.")


def _slides_of(section: Section) -> list[Diapositive]:
    def slide(montrer: Callable[[], object], echelle: float = AERE) -> Diapositive:
        return Diapositive(section.titre, montrer, section.commentaire, section.code, echelle)

    slides = [slide(partial(_show_summary, section), DENSE if len(section.chiffres) > CHIFFRES_PAR_LIGNE else AERE)]
    for image in section.a_imprimer:
        montrer = partial(show_image, image, f"projetee_{image.code}", barres=BARRES_PAR_DIAPOSITIVE)
        slides.append(slide(montrer, _scale_of(image)))
    groupes = [groupe for long in section.groupes for groupe in _split(long)]
    for rang, groupe in enumerate(groupes):
        echelle = DENSE if len(groupe.cibles) > CIBLES_PAR_DIAPOSITIVE / 2 else AERE
        slides.append(slide(partial(_show_targets, groupe, f"projete_{rang}"), echelle))
    if section.points_de_decision:
        slides.append(slide(partial(_show_points, section)))
    return slides


def _scale_of(image: Image) -> float:
    """By how many lines it draws."""
    if image.genre in (Genre.TEMPS, Genre.FLUX, Genre.CASCADE):
        return MOYEN
    if len(image.categories) <= CIBLES_PAR_DIAPOSITIVE or not image.dessinable:
        return AERE
    return DENSE if image.genre is Genre.BARRES else SERRE


def _split(groupe: Groupe) -> list[Groupe]:
    """A long group over several slides as even as can be, said « (2/3) »."""
    nombre = -(-len(groupe.cibles) // CIBLES_PAR_DIAPOSITIVE)
    if nombre < 2:
        return [groupe] if groupe.cibles else []
    par_page = -(-len(groupe.cibles) // nombre)
    lots: list[tuple[Cible, ...]] = [groupe.cibles[rang * par_page : (rang + 1) * par_page] for rang in range(nombre)]
    return [replace(groupe, titre=f"{groupe.titre} ({n}/{nombre})", cibles=lot) for n, lot in enumerate(lots, 1)]


def _show_summary(section: Section) -> None:
    st.subheader(plain(section.message), anchor=False)
    show_chiffres(section.chiffres)
    if section.phrases:
        print_list(section.phrases)


def _show_targets(groupe: Groupe, cle: str) -> None:
    """The bullets of the targets that have a number and data, the others in words."""
    if any(cible.part is not None for cible in groupe.cibles):
        show_image(replace(groupe.image, effectif=groupe.resume), cle)
    else:
        st.subheader(plain(groupe.titre), anchor=False)
    print_list(f"{cible.libelle} : {cible.texte.lower()}" for cible in groupe.cibles if cible.part is None)


def _show_points(section: Section) -> None:
    st.subheader("À décider", anchor=False)
    for point in section.points_de_decision:
        st.text(f"• {point}")
