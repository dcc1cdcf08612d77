"""Mode séance: the edition slide by slide, the keyboard forwards and back, decisions written as they are taken."""

from pathlib import Path

import streamlit as st

from components.acces.session import may
from components.messages.etats import show_note
from components.messages.texte import plain
from components.seances.decisions import read_decisions, show_decision, show_new_decision
from components.seances.editions import choose_edition, read_editions, read_one
from data_access.seances.editions import EditionGardee
from indicators.phrases.chiffres import count
from pages.animation.projection.diapositives import Diapositive, list_slides

_STYLE = Path(__file__).with_name("projection.css")
RANG, PLEIN_ECRAN, COMMENTAIRE, DECISIONS = (
    "projection_rang",
    "projection_plein_ecran",
    "projection_mot",
    "projection_dec",
)


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
    _show_comment(slides[rang])
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
    avant.button(
        "Précédente", icon=":material/arrow_back:", shortcut="Left", key="projection_avant", width="stretch",
        disabled=rang == 0, on_click=_go, args=(rang - 1,),
    )  # fmt: skip
    ou.markdown(f"{rang + 1} / {nombre}")
    apres.button(
        "Suivante", icon=":material/arrow_forward:", shortcut="Right", key="projection_apres", width="stretch",
        disabled=rang == nombre - 1, on_click=_go, args=(rang + 1,),
    )  # fmt: skip
    plein = st.session_state.get(PLEIN_ECRAN)
    ecran.button(
        "Quitter la projection" if plein else "Projeter",
        icon=":material/fullscreen_exit:" if plein else ":material/fullscreen:",
        shortcut="F", key="projection_ecran", width="stretch", on_click=_toggle, args=(PLEIN_ECRAN,),
    )  # fmt: skip
    mot.button(
        "Mot de l’équipe", icon=":material/comment:", shortcut="M", key="projection_commentaire", width="stretch",
        on_click=_toggle, args=(COMMENTAIRE,),
    )  # fmt: skip
    decider.button(
        "Décisions", icon=":material/gavel:", shortcut="D", key="projection_decisions", width="stretch",
        on_click=_toggle, args=(DECISIONS,),
    )  # fmt: skip


def _go(rang: int) -> None:
    st.session_state[RANG] = max(rang, 0)


def _toggle(cle: str) -> None:
    st.session_state[cle] = not st.session_state.get(cle, False)


def _show_comment(slide: Diapositive) -> None:
    """The presenter's comment: hidden unless asked."""
    if st.session_state.get(COMMENTAIRE):
        with st.container(border=True):
            st.markdown("**Commentaire de l’équipe**")
            st.text(slide.commentaire or "Aucun commentaire pour cette section.")


def _show_decisions(code_plie: str, gardee: EditionGardee, slide: Diapositive) -> None:
    """The form, then those already taken in this meeting."""
    siennes = read_decisions(code_plie, gardee.numero)
    st.subheader(f"Décisions de la séance : {count(len(siennes), 'décision')}", anchor=False)
    show_new_decision(code_plie, gardee.numero, f"projection_{len(siennes)}", slide.section)
    for decision in reversed(siennes):
        show_decision(decision)
