"""« Voir comme », at the bottom of the menu: the animation team sees what others will see before it publishes."""

import streamlit as st

from components.acces.droits import APERCUS
from components.acces.identite import Etat
from components.acces.session import ROLES, Session, look_as
from data_access.droits.lignes import ANIMATION, COMITE, DIRECTION

_VUE = "w_voir_comme"
_DIT = {
    DIRECTION: "Aperçu : les pages et les chiffres de la direction, sans aucune liste.",
    COMITE: "Aperçu : les pages du comité, chiffres du jour arrondis ; rien n’a besoin d’être publié.",
}


def show_view_as(session: Session) -> None:
    """The choice, what it shows, and that nobody signed in where that is so. Nothing for the other roles."""
    with st.sidebar:
        if session.role == ANIMATION:
            _choose(session)
        if session.visiteur.etat is Etat.LOCAL:
            st.caption("Mode local : sans connexion, sur cet ordinateur seulement.")


def _choose(session: Session) -> None:
    vue = session.droits.role
    st.session_state[_VUE] = vue
    st.selectbox(
        "Voir comme",
        (ANIMATION, *APERCUS),
        format_func=lambda role: ROLES[role].capitalize(),
        key=_VUE,
        on_change=lambda: look_as(st.session_state[_VUE]),
    )
    if session.apercu:
        st.caption(_DIT[vue])
