"""« Retirer un droit »: which one, then a confirmation that says whom it is about."""

import streamlit as st

from components.acces.session import current_author, require
from components.cadre.base import connect, current_url
from components.messages.texte import plain
from data_access.droits.lignes import Droit, remove
from data_access.refus import Refus
from pages.administration.droits.tableau import Noms, read_names, read_rights, say_next, write_right

_A_RETIRER = "droit_a_retirer"


def show_removal() -> None:
    """The choice, then the confirmation."""
    droits = {droit.numero: droit for droit in read_rights()}
    noms = read_names()
    st.subheader("Retirer un droit", anchor=False)
    choisi = droits.get(st.session_state.get(_A_RETIRER) or 0)
    if choisi is not None:
        _confirm(choisi, noms)
        return
    numero = st.selectbox(
        "Droit à retirer",
        list(droits),
        index=None,
        format_func=lambda n: write_right(droits[n], noms),
        placeholder="Choisir un droit",
        key="retirer_choix",
    )
    if st.button("Retirer ce droit…", icon=":material/person_remove:", disabled=numero is None, key="retirer"):
        st.session_state[_A_RETIRER] = numero
        st.rerun()


def _confirm(droit: Droit, noms: Noms) -> None:
    st.warning(
        plain(f"Retirer ce droit : {write_right(droit, noms)} ? La personne ne le verra plus dès son prochain clic."),
        icon=":material/person_remove:",
    )
    with st.container(horizontal=True, gap="small"):
        confirme = st.button("Confirmer le retrait", type="primary", icon=":material/check:", key="confirmer_retrait")
        st.button("Garder ce droit", icon=":material/close:", key="garder_droit", on_click=_forget)
    if confirme:
        _remove(droit, noms)


def _forget() -> None:
    st.session_state.pop(_A_RETIRER, None)


def _remove(droit: Droit, noms: Noms) -> None:
    require("droits", "retirer")
    _forget()
    try:
        with connect(current_url()) as base:
            remove(base, droit.numero, current_author())
            base.commit()
    except Refus as refus:
        st.error(plain(refus), icon=":material/block:")
        return
    say_next(f"Droit retiré : {write_right(droit, noms)}.")
