"""What was typed is what is read: the one place where text and moments that come from data are made fit for a screen.

Streamlit reads titles, captions, messages, tables, labels of buttons, folds and pills as Markdown, with LaTeX,
colours and icons. In a label, « * », « $ », « [ ] » or « :red[ ] » would be read as such, and « ![ ]( ) » would fetch
a picture. What a widget shows as it is (`st.text`, `st.selectbox`, `st.multiselect`, `st.dataframe`, pictures) does
not pass here, nor do papers.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data_access.moments import as_utc, french_zone

T = TypeVar("T")
_FEMININS = ("Gravité", "Opération", "Feuille")
# Invisible, and enough to break what Streamlit looks for after Markdown is read, where nothing can be escaped.
JOINT = "\u2060"
_APRES_LECTURE = re.compile(r":(?=material[_/]\w|[\w+-]+:)|(?<!\S)[<>~-](?=(?:->|-|=|>)(?!\S))")
_SIGNES = re.compile(
    r"[\\`*~$\[]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word, « _ » is only itself
    r"|<(?=[A-Za-z/!?])|&(?=#?\w+;)"
    r"|:(?=[^\W\d]|[:/-])"  # directives, addresses
    r"|(?<=www)\."
)
_DEBUT_DE_BLOC = re.compile(r"^[#>=|]|^[-+](?=[- \t]|$)", re.MULTILINE)
_NUMERO = re.compile(r"^(\d{1,9})([.)])(?=[ \t]|$)", re.MULTILINE)
_RETRAIT = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)


def plain(texte: object) -> str:
    """`texte` as Markdown that reads exactly as it was typed, without the spaces around its lines."""
    sans_retrait = _RETRAIT.sub("", str(texte))
    lu = _SIGNES.sub(r"\\\g<0>", _APRES_LECTURE.sub(rf"\g<0>{JOINT}", sans_retrait))
    return _NUMERO.sub(r"\1\\\2", _DEBUT_DE_BLOC.sub(r"\\\g<0>", lu))


def print_table(table: pd.DataFrame | Sequence[Mapping[str, str]]) -> None:
    """The whole table, one line a row, its words as they were typed."""
    ecrite = pd.DataFrame(table).rename(columns=plain)
    st.table(ecrite.map(lambda valeur: plain(valeur) if isinstance(valeur, str) else valeur), hide_index=True)


def print_list(phrases: Iterable[str]) -> None:
    """One line a sentence."""
    st.markdown("\n".join(f"- {plain(phrase)}" for phrase in phrases))


def write_moment(moment: datetime) -> str:
    """« 21/11/2026 à 14:05 », on the clock of the reader."""
    return f"{as_utc(moment).astimezone(_reader_zone()):%d/%m/%Y à %H:%M}"


def _reader_zone() -> tzinfo:
    """The clock of the browser, if it is a time zone: whoever writes to the server may put anything there."""
    try:
        return ZoneInfo(st.context.timezone or "")
    except (LookupError, ValueError, OSError):  # unknown, not a name, a folder or a path too long
        return french_zone()


def filter_rows(
    lignes: Sequence[T],
    filtres: Mapping[str, Callable[[T], str]],
    cle: str = "",
    ordre: Callable[[str], Any] | None = None,
) -> list[T]:
    """The rows whose values are chosen, one field a filter; a field where nothing is chosen keeps all.

    `filtres`: name of the field, and what it reads of a row; `cle`: what is chosen stays when the rows change;
    `ordre` sorts what is offered, else as it comes.
    """
    gardees = list(lignes)
    for place, (nom, read) in zip(st.columns(len(filtres)), filtres.items(), strict=True):
        offertes = list(dict.fromkeys(map(read, lignes)))
        choisies = place.multiselect(
            nom,
            sorted(offertes, key=ordre) if ordre else offertes,
            placeholder="Toutes" if nom in _FEMININS else "Tous",
            key=f"{cle}_{nom}" if cle else None,
            select_all=False,
        )
        gardees = [ligne for ligne in gardees if not choisies or read(ligne) in choisies]
    return gardees
