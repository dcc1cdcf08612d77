"""Ways in and refusals in the journal of accesses: each once, not at each run of the page."""

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from components.acces.identite import Etat
from components.acces.session import Session, current_session
from components.cadre.base import current_url
from data_access.base.moteur import OCCUPEE, EcritureRefusee, shared_engine
from data_access.journal.acces import Action, FiltreEvenements, list_events, purge_once_a_day, record
from data_access.journal.attente import Note, write_or_wait

_NOTES = "acces_notes"


def note_arrival(session: Session) -> EcritureRefusee | None:
    """The person has signed in: noted once for each time that the provider let her in, whatever tabs she opens.

    A base that cannot be written is read all the same: the note waits. Gives why.
    """
    engine = shared_engine(current_url())
    purge_once_a_day(engine)
    visiteur = session.visiteur
    notes = []
    if visiteur.etat is Etat.CONNECTE and _is_new("connexion", visiteur.identite):
        notes.append(_make_note(session, Action.CONNEXION, "oidc", unless_since=visiteur.arrivee))
    raison = write_or_wait(engine, *notes)
    # An import under way will end: nobody is told.
    return None if raison is OCCUPEE else raison


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
    if session.visiteur.etat is Etat.CONNECTE:
        write_or_wait(shared_engine(current_url()), _make_note(session, action, objet))


def _make_note(session: Session, action: Action, objet: str, unless_since: float | None = None) -> Note:
    """What writes it, with the moment it is now, though it be written later.

    `unless_since`: not if the same person has done the same since then (seconds, UTC).
    """
    identite, moment = session.visiteur.identite, datetime.now(UTC)

    def write_event(base: Any) -> None:
        if unless_since is None or not _is_noted(base, action, identite, unless_since):
            record(base, identite, session.role, action, session.droits.plie or (), objet, moment)

    return write_event


def _is_noted(base: Any, action: Action, identite: str, depuis: float) -> bool:
    filtre = FiltreEvenements(datetime.fromtimestamp(depuis, UTC), actions=(action,), identite=identite)
    # The filter finds whoever has that text in her address.
    return any(evenement.identite == identite for evenement in list_events(base, filtre))


def _is_new(*cle: str) -> bool:
    notes: set[tuple[str, ...]] = st.session_state.setdefault(_NOTES, set())
    if cle in notes:
        return False
    notes.add(cle)
    return True
