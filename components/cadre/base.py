"""The databases as screens see them: the live one, its first filling, and the published one of the committee."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data_access.base.moteur import current_version, default_url, on_each_query, shared_engine
from data_access.base.schema import ensure_schema
from data_access.historique.comite import committee_url
from data_access.imports import demarrage

_pretes: set[str] = set()
_verrou = threading.Lock()


@contextmanager
def connect(url: str) -> Iterator[Any]:
    """A fresh connection for one computation."""
    with shared_engine(url).connect() as base:
        yield base


@contextmanager
def connect_while_awaited(url: str) -> Iterator[Any]:
    """The same, only to read: what may last stops before its next query when nobody waits for it any more."""
    with connect(url) as base:
        on_each_query(base, _stop_if_nobody_waits)
        yield base


def _stop_if_nobody_waits() -> None:
    """Ends the run whose tab was closed, or which a newer click has replaced; outside of a run, nothing.

    Streamlit looks for such a request whenever a page draws or reads its state: a computation does neither, be it
    of minutes.
    """
    contexte = get_script_run_ctx(suppress_warning=True)
    if contexte is not None:
        _ = "" in contexte.session_state


@contextmanager
def write(url: str) -> Iterator[Any]:
    """A transaction: kept whole at the end, or not at all when something fails."""
    with shared_engine(url).begin() as base:
        yield base


def current_url() -> str:
    """URL of the database of this server."""
    return default_url()


def read_committee_url() -> str | None:
    """URL of the published database, made first if a publication came; None while nothing is published.

    Raises `Refus`.
    """
    with st.spinner("Préparation des chiffres publiés…"):
        return committee_url(shared_engine(current_url()))


def read_version() -> int:
    """Version of the data: part of the key of every cached figure."""
    with connect(current_url()) as base:
        return current_version(base)


def prepare_base() -> None:
    """Makes the tables if they are missing; fills an empty database from the sample workbooks, showing progress.

    Done once for the server: whoever arrives meanwhile waits for the same filling.
    """
    url = current_url()
    if url in _pretes:
        return
    with _verrou:
        if url not in _pretes:
            _fill(url)
            _pretes.add(url)


def _fill(url: str) -> None:
    engine = shared_engine(url)
    ensure_schema(engine)
    if not demarrage.needs_first_fill(engine):
        return
    cadre = st.empty()
    with cadre.container():
        st.subheader("Premier démarrage")
        st.write("La base est vide : les classeurs d’exemple y sont chargés, une seule fois.")
        barre = st.progress(0.0, text="Ouverture des classeurs…")
        demarrage.fill_from_samples(engine, lambda part, texte: _advance(barre, part, texte))
    cadre.empty()


def _advance(barre: Any, part: float, texte: str) -> None:
    barre.progress(min(max(part, 0.0), 1.0), text=texte)
