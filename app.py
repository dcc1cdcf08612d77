"""Who is it → what may they open → navigation → run the page. Nothing else."""

import gc
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import streamlit as st

from components.acces.base import prepare_base
from components.acces.ecran import show_account, show_closed_page, show_door, show_view_as
from components.acces.journal import note_arrival
from components.acces.registre import ECRANS, SECTION, Ecran, list_open_to
from components.acces.session import Session, open_session
from components.cadre.page import ICONE, load_style
from components.messages.etats import PageStopped, guarded, show_unwritable
from pages.comite.section import show_page

NOM = "Tableau de bord PLIE"


@st.cache_resource(show_spinner=False)
def freeze_imports() -> bool:
    """Keeps imported modules out of the collection that Streamlit runs after each script (CPU ÷ 3)."""
    gc.collect()
    gc.freeze()
    return True


def build_menu(session: Session) -> list[st.Page]:
    """Every page of the registry: those that the role may open, and for the others the words of the refusal.

    An address that the menu did not know would be answered in English. The file of a closed page is not even run.
    """
    ouverts = list_open_to(session.droits.role)
    if not ouverts:
        return [build_closed_page(ecran, show_door, default=ecran == ECRANS[0]) for ecran in ECRANS]
    menu = [
        build_page(ecran) if ecran in ouverts else build_closed_page(ecran, partial(show_closed_page, ecran))
        for ecran in ECRANS
    ]
    if ECRANS[0] in ouverts:
        return menu
    # The first page of the registry lives at « / »: whoever may not open it is taken to her own first page.
    premiere = menu[ECRANS.index(ouverts[0])]
    accueil = st.Page(
        partial(st.switch_page, premiere), title=NOM, url_path="accueil", default=True, visibility="hidden"
    )
    return [accueil, *menu]


def build_page(ecran: Ecran) -> st.Page:
    """A page of the registry as Streamlit wants it."""
    return st.Page(
        partial(show_page, ecran.code) if ecran.fichier == SECTION else ecran.chemin,
        title=ecran.titre,
        icon=ecran.icone,
        url_path=ecran.code,
        default=ecran == ECRANS[0],
        help=ecran.question,
    )


def build_closed_page(ecran: Ecran, refus: Callable[[], None], default: bool = False) -> st.Page:
    """The same address, with a refusal instead of the page, and not in the menu."""
    return st.Page(refus, title=NOM, url_path=ecran.code, default=default, visibility="hidden")


def main() -> None:
    """One run of the dashboard."""
    st.set_page_config(page_title=NOM, page_icon=ICONE, layout="wide")
    load_style()
    freeze_imports()
    with guarded(), open_session() as session:
        page = st.navigation(build_menu(session), expanded=True, position="sidebar" if session.roles else "hidden")
        if session.roles:
            prepare_base()
            if raison := note_arrival(session):
                show_unwritable(raison)
            show_account(session)
        with guarded(), suppress(PageStopped):
            page.run()
        if session.roles:
            show_view_as(session)


main()
