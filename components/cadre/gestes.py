"""What is done on the pages, in the journal of accesses: exports, lists seen, editions, decisions."""

from collections.abc import Callable, Collection

import streamlit as st

from components.acces.session import current_author, current_session, protect_download
from components.cadre.base import current_url, write
from data_access.journal.acces import Action, record

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOTES = "gestes_notes"


def note(action: Action, codes_plie: Collection[str], objet: str) -> None:
    """Note it now, whoever does it (« mode local » where nobody signs in)."""
    with write(current_url()) as base:
        record(base, current_author(), current_session().role, action, codes_plie, objet)


def note_once(action: Action, codes_plie: Collection[str], objet: str, detail: str = "") -> None:
    """The same, once in a session for the same `detail`: a list stays open over many runs."""
    notes: set[tuple] = st.session_state.setdefault(_NOTES, set())
    cle = (action, tuple(codes_plie), objet, detail)
    if cle not in notes:
        note(action, codes_plie, objet)
        notes.add(cle)


def noted_download(
    code: str, action: str, codes_plie: Collection[str], objet: str, faire: Callable[[], bytes]
) -> Callable[[], bytes]:
    """`faire`, for a button that prepares its file when it is clicked: allowed at that moment, and noted once made.

    A file that cannot be noted is not given.
    """
    qui, role, adresse = current_author(), current_session().role, current_url()

    def faire_et_noter() -> bytes:
        contenu = faire()
        with write(adresse) as base:
            record(base, qui, role, Action.EXPORT, codes_plie, objet)
        return contenu

    return protect_download(code, action, codes_plie, faire_et_noter)
