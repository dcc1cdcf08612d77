"""How a page begins: is it open to the reader, on which perimeter, under which title."""

from base64 import b64encode
from pathlib import Path

import streamlit as st

from components.acces.journal import note_refusal
from components.acces.session import ROLES, current_rights, current_session
from components.cadre.chiffres import programmes
from components.cadre.choix import Perimetre
from components.cadre.entete import show_header
from components.cadre.filtres import choose_perimetre, show_filters, show_ignored
from components.cadre.registre import Ecran, find_ecran
from components.messages.etats import show_refused, stop_page

_STYLE = Path(__file__).with_name("style.css")
# In the page itself: an icon by name would be asked from Google's servers by every browser, a file would be refused to
# whoever is not signed in yet. Read once: app.py runs again at each click, this module does not.
_DESSIN = b64encode(Path(__file__).with_name("favicon.svg").read_bytes()).decode()
ICONE = f"data:image/svg+xml;base64,{_DESSIN}"


def load_style() -> None:
    """The few rules of style.css, before anything is drawn."""
    st.html(_STYLE)


def open_page(code: str) -> Perimetre:
    """Guards the page, draws filters and header, returns the perimeter. The first line of every page of figures."""
    ecran = _enter(code)
    perimetre = choose_perimetre(ecran)
    show_header(ecran, perimetre, current_session())
    show_ignored()
    return perimetre


def open_reference_page(code: str) -> Perimetre | None:
    """The same for a page that says something without any figure too: None while there is nothing to read."""
    if programmes().plie:
        return open_page(code)
    open_tool_page(code)
    return None


def open_tool_page(code: str) -> None:
    """The same for a page that must open without any data: nothing in it depends on the filters."""
    ecran = _enter(code)
    show_filters(ecran)
    show_header(ecran, None, current_session())


def _enter(code: str) -> Ecran:
    ecran = find_ecran(code)
    if current_rights().role not in ecran.roles:
        note_refusal("DRO-010", ecran.code)
        show_refused(write_refusal(ecran))
        stop_page()
    return ecran


def write_refusal(ecran: Ecran) -> str:
    """Whom the page is for; never what it contains."""
    session = current_session()
    if session.apercu:
        return (
            f"Le rôle {ROLES[session.droits.role]}, que vous prenez en aperçu, n’ouvre pas cette page. Choisissez-en "
            "une autre dans le menu, ou revenez à « Animation » sous « Voir comme », en bas du menu. [DRO-010]"
        )
    roles = " ou ".join(ROLES[role] for role in ecran.roles)
    return f"Cette page est réservée à un autre rôle ({roles}). Demandez l’accès à l’administration. [DRO-010]"
