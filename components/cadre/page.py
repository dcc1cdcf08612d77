"""How a page begins: is it open to the reader, under which title, on which perimeter; how it ends."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import streamlit as st

from components.acces.ecran import refuse_page
from components.acces.registre import Ecran, find_ecran
from components.acces.session import Session, current_rights, current_session, name_role
from components.cadre.chiffres import are_invented, programmes
from components.cadre.choix import Perimetre
from components.cadre.filtres import (
    TOUT_LE_TERRITOIRE,
    TOUTES_LES_OPERATIONS,
    choose_perimetre,
    show_filters,
    show_ignored,
)
from components.messages.etats import guarded, stop_page
from components.messages.texte import plain
from data_access.droits import COMITE
from data_access.moments import day_in_france
from data_access.refus import Refus
from indicators.arrondi import read_base
from indicators.nombres import say_rounding, write_short_date

_STYLE = Path(__file__).with_name("style.css")
# In the page itself: an icon by name would be asked from Google's servers by every browser, a file would be refused to
# whoever is not signed in yet. Read once: app.py runs again at each click, this module does not.
_DESSIN = b64encode(Path(__file__).with_name("favicon.svg").read_bytes()).decode()
ICONE = f"data:image/svg+xml;base64,{_DESSIN}"
# The only script that a page of ours runs: the server's policy allows it by its hash (serveur/entetes.py).
SCRIPT = "document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView()"
_NOMS_MONTRES = 3


def load_style() -> None:
    """The few rules of style.css, before anything is drawn."""
    st.html(_STYLE)


def open_page(code: str) -> Perimetre:
    """Guards the page, draws filters and header, returns the perimeter. The first line of every page of figures."""
    ecran = _enter(code)
    perimetre = choose_perimetre(ecran)
    show_header(ecran, perimetre)
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
    show_header(ecran)


def show_tabs(parties: Mapping[str, Sequence[Callable[[], None]]], cle: str) -> None:
    """Tabs of which only the open one is drawn, each of its parts guarded."""
    onglets = st.tabs(list(parties), key=cle, on_change="rerun")
    for onglet, siennes in zip(onglets, parties.values(), strict=True):
        if onglet.open:
            with onglet:
                for show in siennes:
                    with guarded():
                        show()


def _enter(code: str) -> Ecran:
    ecran = find_ecran(code)
    if current_rights().role not in ecran.roles:
        refuse_page(ecran)
        stop_page()
    return ecran


def show_header(ecran: Ecran, perimetre: Perimetre | None = None) -> None:
    """Title, question, and the perimeter line when the page has figures."""
    st.title(ecran.titre, anchor=False)
    st.markdown(f"*{ecran.question}*")
    if perimetre is None:
        return
    session = current_session()
    inventees = " · **données inventées**" if are_invented(perimetre.filtres.plie) else ""
    st.markdown(f"**{plain(write_perimetre(perimetre))}** · {_write_reader(session)}{inventees}")
    if session.apercu and session.droits.role == COMITE:
        st.caption("Aperçu sur les chiffres du jour : le comité, lui, ne lit que les chiffres publiés.")
    if perimetre.dates_differentes:
        st.caption(write_dates(perimetre))
    if perimetre.periode.au > perimetre.date_donnees:
        st.caption(
            f"La période va au-delà des données : après le {write_short_date(perimetre.date_donnees)}, "
            "un chiffre peut être incomplet."
        )


def write_perimetre(perimetre: Perimetre) -> str:
    """« PLIE de l’Agenais · tout le territoire · toutes les opérations · du … au … · données au … »."""
    territoire = perimetre.territoire.nom if perimetre.territoire else TOUT_LE_TERRITOIRE.lower()
    periode = perimetre.periode
    return " · ".join(
        (
            write_plie(perimetre),
            territoire,
            _write_operation(perimetre),
            f"du {write_short_date(periode.du)} au {write_short_date(periode.au)}",
            _write_date_of_data(perimetre),
        )
    )


def describe_reading(perimetre: Perimetre) -> tuple[str, ...]:
    """What a file says of its figures: over what, at which date, read how, and that sample people are invented."""
    inventees = ("Données inventées : aucune de ces personnes n’existe.",) if are_invented(perimetre.codes) else ()
    return (write_perimetre(perimetre), _write_reader(current_session()), *inventees)


def _write_reader(session: Session) -> str:
    """« rôle comité · effectifs arrondis à 5 près »; « rôle direction, en aperçu »."""
    role = f"rôle {name_role(session.droits)}{', en aperçu' if session.apercu else ''}"
    return f"{role} · {write_rounding()}" if session.droits.arrondit else role


def write_rounding() -> str:
    """« effectifs arrondis à 5 près »: what a rounded reading is, with the base of this server."""
    try:
        return say_rounding(read_base())
    except Refus:  # each figure says so itself
        return "effectifs arrondis"


def _write_date_of_data(perimetre: Perimetre) -> str:
    """« données au 30/09/2021 »; for the committee « chiffres publiés le 12/10/2021, arrêtés au 30/09/2021 »."""
    au = write_short_date(perimetre.date_donnees)
    if not perimetre.publications:
        return f"données au {au}"
    jours = sorted({day_in_france(p.publie_le) for p in perimetre.publications})
    if len(jours) == 1:
        return f"chiffres publiés le {write_short_date(jours[0])}, arrêtés au {au}"
    return f"chiffres publiés du {write_short_date(jours[0])} au {write_short_date(jours[-1])}, arrêtés au {au}"


def _write_operation(perimetre: Perimetre) -> str:
    """« opération A5 – Renforcer… » or « toutes les opérations »."""
    if (operation := perimetre.operation) is None:
        return TOUTES_LES_OPERATIONS.lower()
    return f"opération {operation.code_operation} – {operation.intitule}"


def write_plie(perimetre: Perimetre) -> str:
    """Names of the PLIE, or how many there are when the list would be long."""
    plie = perimetre.plie
    if len(plie) <= _NOMS_MONTRES:
        return ", ".join(p.nom for p in plie)
    organismes = {p.organisme_intermediaire for p in plie}
    organisme = next(iter(organismes)) if len(organismes) == 1 else None
    if organisme:
        return f"{len(plie)} PLIE {organisme}"
    return f"les {len(plie)} PLIE" if perimetre.tous else f"{len(plie)} PLIE"


def write_dates(perimetre: Perimetre) -> str:
    """Says that the PLIE do not stop on the same day."""
    dates = sorted({p.date_extraction for p in perimetre.plie})
    quoi = "chiffres publiés" if perimetre.publications else "données"
    return (
        f"Les {quoi} des PLIE choisis ne s’arrêtent pas le même jour ({', '.join(map(write_short_date, dates))}) : "
        "la plus ancienne date vaut pour tous."
    )


def go_to_anchor() -> None:
    """Scrolls to that part: the last line of a page, once all is there."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
