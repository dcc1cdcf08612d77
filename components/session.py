"""Who is it, and what may they read. Sign-in will come here, and nowhere else."""

import streamlit as st

from indicators.perimetre import ANIMATION, Droits

_ADRESSES_LOCALES = ("127.0.0.1", "localhost", "::1")
ROLES = {
    "comite": "comité",
    "direction": "direction",
    "animation": "animation",
    "administration": "administration",
}
AUTEUR_LOCAL = "mode local"
_AUCUN = Droits("aucun", ())


def current_rights() -> Droits:
    """Rights of the person in front of the screen.

    No sign-in is configured: local mode, role animation on every PLIE, on the loopback address only.
    Anywhere else nothing is open.
    """
    return ANIMATION if is_local() else _AUCUN


def is_local() -> bool:
    """True when the server listens on this machine only."""
    return st.get_option("server.address") in _ADRESSES_LOCALES


def current_author() -> str:
    """Whose name is kept beside what is loaded or changed."""
    return AUTEUR_LOCAL


def name_role(droits: Droits) -> str:
    """The role in French."""
    return ROLES.get(droits.role, "aucun")


def show_local_banner() -> None:
    """Says, discreetly, that nobody signed in."""
    st.sidebar.caption("Mode local : sans connexion, rôle animation, sur cet ordinateur seulement.")
