"""The journal of accesses, as pages fill it: ways in and refusals, each once; files taken, lists seen, what is done."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from components.acces.base import current_engine, write
from components.acces.identite import Venue
from components.acces.session import Session, current_author, current_session, protect_download
from data_access.base.moteur import OCCUPEE, EcritureRefusee
from data_access.journal.acces import Action, FiltreEvenements, list_events, purge_once_a_day, record
from data_access.journal.attente import Note, write_or_wait

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOTES = "journal_notes"


def note_arrival(session: Session) -> EcritureRefusee | None:
    """The person has signed in: noted once for each time that the provider let her in, whatever tabs she opens.

    A base that cannot be written is read all the same: the note waits. Gives why.
    """
    engine = current_engine()
    purge_once_a_day(engine)
    visiteur = session.visiteur
    notes = []
    if visiteur.venue is Venue.CONNECTE and _is_new("connexion", visiteur.identite):
        notes.append(_make_note(session, Action.CONNEXION, "oidc", unless_since=visiteur.arrivee))
    raison = write_or_wait(engine, *notes)
    # An import under way will end: nobody is told.
    return None if raison is OCCUPEE else raison


def note_departure() -> None:
    """The person signs out."""
    _note_way(Action.DECONNEXION, "oidc")


def note_refusal(code: str, page: str = "") -> None:
    """Something was refused to somebody signed in; nothing is kept about those who are not, nor of what the team meets
    while it looks as another role."""
    if not current_session().apercu and _is_new("refus", code, page):
        _note_way(Action.REFUS, f"{page} {code}".strip())


def _note_way(action: Action, objet: str) -> None:
    session = current_session()
    if session.visiteur.venue is Venue.CONNECTE:
        write_or_wait(current_engine(), _make_note(session, action, objet))


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


def note(action: Action, codes_plie: Collection[str], objet: str) -> None:
    """Note what is done, now, whoever does it (« mode local » where nobody signs in)."""
    with write() as base:
        record(base, current_author(), current_session().role, action, codes_plie, objet)


def note_once(action: Action, codes_plie: Collection[str], objet: str, detail: str = "") -> None:
    """The same, once in a session for the same `detail`: a list stays open over many runs."""
    cle = (action, tuple(codes_plie), objet, detail)
    if cle not in _noted():
        note(action, codes_plie, objet)
        _noted().add(cle)


def show_download(
    libelle: str,
    nom: str,
    mime: str,
    droit: tuple[str, str],
    codes_plie: Collection[str],
    objet: str,
    faire: Callable[[], bytes],
    **options: Any,
) -> None:
    """A button whose file `nom` is prepared by `faire` when it is clicked: allowed at that moment, noted once made.

    `droit`: page and action of the registry; `objet`: what the journal says of it; `options` of the button.
    """
    options = {"icon": ":material/download:", "on_click": "ignore"} | options
    st.download_button(libelle, noted_download(*droit, codes_plie, objet, faire), nom, mime, **options)


def noted_download(
    code: str, action: str, codes_plie: Collection[str], objet: str, faire: Callable[[], bytes]
) -> Callable[[], bytes]:
    """`faire`, allowed when it is called, and noted once made: a file that cannot be noted is not given."""
    qui, role = current_author(), current_session().role

    def faire_et_noter() -> bytes:
        contenu = faire()
        with write() as base:
            record(base, qui, role, Action.EXPORT, codes_plie, objet)
        return contenu

    return protect_download(code, action, codes_plie, faire_et_noter)


def _is_new(*cle: str) -> bool:
    if cle in _noted():
        return False
    _noted().add(cle)
    return True


def _noted() -> set[tuple]:
    """What this session has noted once."""
    return st.session_state.setdefault(_NOTES, set())
