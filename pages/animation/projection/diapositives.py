"""Mode séance: the edition slide by slide, the keyboard forwards and back, decisions written as they are taken."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import streamlit as st

from components.acces.session import may
from components.impression.cartes import show_chiffres
from components.impression.edition import show_suivis
from components.impression.images import show_image
from components.impression.tableaux import show_tableau
from components.messages.etats import show_note
from components.messages.texte import plain, print_list
from components.seances.decisions import read_decisions, show_decision, show_new_decision
from components.seances.editions import choose_edition, read_editions, read_one
from data_access.seances.editions import EditionGardee
from indicators.nombres import say_rounding, write_date
from indicators.phrases.chiffres import count
from reports.embleme import mention_of
from sections.contenu import Cible, Edition, Groupe, Section
from sections.images import Forme, Image, Tableau

_STYLE = Path(__file__).with_name("projection.css")
RANG, PLEIN_ECRAN = "projection_rang", "projection_plein_ecran"
COMMENTAIRE, DECISIONS = "projection_mot", "projection_dec"
CIBLES_PAR_DIAPOSITIVE = 4
BARRES_PAR_DIAPOSITIVE = 6
CHIFFRES_PAR_LIGNE = 4
LIGNES_PAR_DIAPOSITIVE = 12
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


def show_projection(code_plie: str) -> None:
    """The edition of the link, or the last one; one slide of it."""
    gardees = read_editions(code_plie)
    if not gardees:
        show_note("Aucune édition n’est publiée : préparez la séance et publiez-la d’abord.")
        return
    gardee = _choose(gardees)
    slides = list_slides(read_one(code_plie, gardee.numero).edition)
    rang = min(st.session_state.get(RANG, 0), len(slides) - 1)
    if st.session_state.get(PLEIN_ECRAN):
        st.html(_STYLE)
        st.html(f"<style>:root {{ --agrandissement: {slides[rang].echelle}; }}</style>")
    with st.container(key="diapositive"):
        st.header(plain(slides[rang].titre), anchor=False)
        slides[rang].montrer()
    _show_buttons(rang, len(slides))
    if st.session_state.get(COMMENTAIRE):
        with st.container(border=True):
            st.markdown("**Commentaire de l’équipe**")
            st.text(slides[rang].commentaire or "Aucun commentaire pour cette section.")
    if st.session_state.get(DECISIONS) and may("projection", "decider"):
        _show_decisions(code_plie, gardee, slides[rang])


def _choose(gardees: list[EditionGardee]) -> EditionGardee:
    """From the link at first; hidden while projecting."""
    if st.session_state.get(PLEIN_ECRAN):
        numero = st.session_state.get("projection_edition", gardees[0].numero)
        return next((g for g in gardees if g.numero == numero), gardees[0])
    demande = st.query_params.get("edition", "")
    rang = next((r for r, g in enumerate(gardees) if str(g.numero) == demande), 0)
    choisie = choose_edition(gardees, "Édition", "projection_choix", rang)
    st.session_state["projection_edition"] = choisie.numero
    return choisie


def _show_buttons(rang: int, nombre: int) -> None:
    """Previous and next, on the arrows of the keyboard too; « F » for the whole screen."""
    with st.container(key="projection_barre"):
        avant, ou, apres, ecran, mot, decider = st.columns([2, 1, 2, 2, 2, 2], vertical_alignment="center")
    plein = st.session_state.get(PLEIN_ECRAN)
    sortie = ("Quitter la projection", "fullscreen_exit") if plein else ("Projeter", "fullscreen")
    boutons = (
        (avant, "Précédente", "arrow_back", "Left", "avant", rang == 0, _go, rang - 1),
        (apres, "Suivante", "arrow_forward", "Right", "apres", rang == nombre - 1, _go, rang + 1),
        (ecran, *sortie, "F", "ecran", False, _toggle, PLEIN_ECRAN),
        (mot, "Mot de l’équipe", "comment", "M", "commentaire", False, _toggle, COMMENTAIRE),
        (decider, "Décisions", "gavel", "D", "decisions", False, _toggle, DECISIONS),
    )
    ou.markdown(f"{rang + 1} / {nombre}")
    for place, libelle, icone, touche, nom, ferme, faire, valeur in boutons:
        place.button(
            libelle,
            icon=f":material/{icone}:",
            shortcut=touche,
            key=f"projection_{nom}",
            width="stretch",
            disabled=ferme,
            on_click=faire,
            args=(valeur,),
        )


def _go(rang: int) -> None:
    st.session_state[RANG] = max(rang, 0)


def _toggle(cle: str) -> None:
    st.session_state[cle] = not st.session_state.get(cle, False)


def _show_decisions(code_plie: str, gardee: EditionGardee, slide: Diapositive) -> None:
    """The form, then those already taken in this meeting."""
    siennes = read_decisions(code_plie, gardee.numero)
    st.subheader(f"Décisions de la séance : {count(len(siennes), 'décision')}", anchor=False)
    show_new_decision(code_plie, gardee.numero, f"projection_{len(siennes)}", slide.section)
    for decision in reversed(siennes):
        show_decision(decision)


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
    for rang, tableau in enumerate(section.tableaux):
        court = tableau.shortened(LIGNES_PAR_DIAPOSITIVE)
        slides.append(slide(partial(_show_table, court, f"projete_tableau_{rang}"), SERRE))
    if section.points_de_decision:
        slides.append(slide(partial(_show_points, section)))
    return slides


def _scale_of(image: Image) -> float:
    """By how many lines it draws."""
    if image.genre in (Forme.TEMPS, Forme.FLUX, Forme.CASCADE):
        return MOYEN
    if len(image.categories) <= CIBLES_PAR_DIAPOSITIVE or not image.dessinable:
        return AERE
    return DENSE if image.genre is Forme.BARRES else SERRE


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
    for texte in (*section.notes, section.muets):
        if texte:
            st.caption(plain(texte))


def _show_table(tableau: Tableau, cle: str) -> None:
    """A table at once, its essential columns and first lines."""
    show_tableau(replace(tableau, ouvert=True), cle, None)


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
