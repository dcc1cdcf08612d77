"""The databases as screens see them: the live one, its first filling, and the published one of the committee."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from components.messages.etats import progress_bar
from components.streamlit_interne import stop_if_nobody_waits
from data_access.base.moteur import current_version, default_url, on_each_query, shared_engine
from data_access.base.schema import ensure_schema
from data_access.historique.comite import committee_url
from data_access.imports import demarrage

_pretes: set[str] = set()
_verrou = threading.Lock()


def current_url() -> str:
    """URL of the live database of this server."""
    return default_url()


def current_engine() -> Any:
    """The engine of that database."""
    return shared_engine(current_url())


@contextmanager
def connect(url: str | None = None) -> Iterator[Any]:
    """A fresh connection for one computation, to the live database unless `url` names another."""
    with shared_engine(url or current_url()).connect() as base:
        yield base


@contextmanager
def connect_while_awaited(url: str | None = None) -> Iterator[Any]:
    """The same, only to read: what may last stops before its next query when nobody waits for it any more."""
    with connect(url) as base:
        on_each_query(base, stop_if_nobody_waits)
        yield base


@contextmanager
def write() -> Iterator[Any]:
    """A transaction on the live database: kept whole at the end, or not at all when something fails."""
    with current_engine().begin() as base:
        yield base


def read_committee_url() -> str | None:
    """URL of the published database, made first if a publication came; None while nothing is published.

    Raises `Refus`.
    """
    with st.spinner("Préparation des chiffres publiés…"):
        return committee_url(current_engine())


def read_version() -> int:
    """Version of the data: part of the key of every cached figure."""
    with connect() as base:
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
            _fill()
            _pretes.add(url)


def _fill() -> None:
    engine = current_engine()
    ensure_schema(engine)
    if not demarrage.needs_first_fill(engine):
        return
    cadre = st.empty()
    with cadre.container():
        st.subheader("Premier démarrage")
        st.write("La base est vide : les classeurs d’exemple y sont chargés, une seule fois.")
        with progress_bar("Ouverture des classeurs…") as progres:
            demarrage.fill_from_samples(engine, progres)
    cadre.empty()
