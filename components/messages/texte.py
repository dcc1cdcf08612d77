"""What was typed is what is read: the one place where text that comes from data is made fit for a screen.

Streamlit reads titles, captions, messages, tables, labels of buttons, folds and pills as Markdown, with LaTeX,
colours and icons. In a label, « * », « $ », « [ ] » or « :red[ ] » would be read as such, and « ![ ]( ) » would fetch
a picture. What a widget shows as it is (`st.text`, `st.selectbox`, `st.multiselect`, `st.dataframe`, pictures) does
not pass here, nor do papers.
"""

import re
from collections.abc import Iterable

import pandas as pd
import streamlit as st

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


def print_table(table: pd.DataFrame) -> None:
    """The whole table, one line a row, its words as they were typed."""
    st.table(table.rename(columns=plain).map(_as_written), hide_index=True)


def print_list(phrases: Iterable[str]) -> None:
    """One line a sentence."""
    st.markdown("\n".join(f"- {plain(phrase)}" for phrase in phrases))


def _as_written(valeur: object) -> object:
    return plain(valeur) if isinstance(valeur, str) else valeur
