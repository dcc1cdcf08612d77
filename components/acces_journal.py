"""Ways in and refusals in the journal of accesses: each once, not at each run of the page."""

from datetime import UTC, datetime

import streamlit as st

from components.acces_identite import Etat
from components.base import connect, current_url
from components.session import Session, current_session
from data_access.engine import shared_engine
from data_access.entretien import purge_once_a_day
from data_access.evenements import Action, FiltreEvenements, list_events, record

_NOTES = "acces_notes"


def note_arrival(session: Session) -> None:
    """The person has signed in: noted once for each time that the provider let her in, whatever tabs she opens."""
    purge_once_a_day(shared_engine(current_url()))
    visiteur = session.visiteur
    if visiteur.etat is not Etat.CONNECTE or not _is_new("connexion", visiteur.identite):
        return
    depuis = datetime.fromtimestamp(visiteur.arrivee, UTC)
    with connect(current_url()) as base:
        filtre = FiltreEvenements(depuis, actions=(Action.CONNEXION,), identite=visiteur.identite)
        if any(evenement.identite == visiteur.identite for evenement in list_events(base, filtre)):
            return
        record(base, visiteur.identite, session.role, Action.CONNEXION, session.droits.plie or (), "oidc")
        base.commit()


def note_departure() -> None:
    """The person signs out."""
    _note(Action.DECONNEXION, "oidc")


def note_refusal(code: str, page: str = "") -> None:
    """Something was refused to somebody signed in; nothing is kept about those who are not, nor of what the team meets
    while it looks as another role."""
    if not current_session().apercu and _is_new("refus", code, page):
        _note(Action.REFUS, f"{page} {code}".strip())


def _note(action: Action, objet: str) -> None:
    session = current_session()
    if session.visiteur.etat is not Etat.CONNECTE:
        return
    with connect(current_url()) as base:
        record(base, session.visiteur.identite, session.role, action, session.droits.plie or (), objet)
        base.commit()


def _is_new(*cle: str) -> bool:
    notes: set[tuple[str, ...]] = st.session_state.setdefault(_NOTES, set())
    if cle in notes:
        return False
    notes.add(cle)
    return True
