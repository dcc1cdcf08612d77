"""What the screen says when there is nothing to show, when it is refused and when it fails.

Four parts, in French: what, where, why, what to do; a code at the end for support.
"""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st

from components.messages.texte import plain
from data_access.base.moteur import EcritureRefusee, explain_refusal
from data_access.refus import Refus

_journal = logging.getLogger("plie.ecrans")

ERREUR = (
    "Une erreur est survenue pendant l’affichage de cette partie de la page. Les données ne sont pas touchées. "
    "Rechargez la page ; si le message revient, signalez-le à l’équipe d’animation avec son code. [ECR-001]"
)
CALCUL = "Calcul des chiffres…"


class PageStopped(BaseException):
    """The page has said all that it has to say; what is drawn after it still is, as it is not after `st.stop`."""


def stop_page() -> NoReturn:
    """The end of this page."""
    raise PageStopped


def show_empty(quoi: str, conseil: str = "Élargissez la période ou le périmètre dans le menu de gauche.") -> None:
    """Nothing to draw: says what is missing and what to do."""
    st.info(plain(f"{quoi} {conseil}"), icon=":material/search_off:")


def show_refused(message: str) -> None:
    """A refusal, in its own words."""
    st.warning(plain(message), icon=":material/lock:")


def show_note(message: str) -> None:
    """A remark about what was ignored or adjusted."""
    st.info(plain(message), icon=":material/info:")


def show_failure(erreur: Exception) -> None:
    """An unforeseen error: the reader gets a sentence, the log gets where it came from and no value."""
    log_failure("ECR-001", erreur)
    st.error(plain(explain_refusal(erreur) or ERREUR), icon=":material/error:")


def show_unwritable(raison: EcritureRefusee) -> None:
    """The base is read and cannot be written: said to readers, most of whom can only tell somebody."""
    st.warning(
        f"Les chiffres se lisent, mais rien de nouveau ne peut être enregistré. {raison.cause} : prévenez la personne "
        f"qui tient le serveur. [{raison.code}]",
        icon=":material/save:",
    )


@contextmanager
def guarded() -> Iterator[None]:
    """A part of a page that may be refused or fail without taking the rest of the page with it."""
    try:
        yield
    except Refus as refus:
        show_refused(str(refus))
    except Exception as erreur:
        show_failure(erreur)


@contextmanager
def refused_by(icone: str = "block") -> Iterator[None]:
    """What is done on a click: stops where it is refused, and says why in its words."""
    try:
        yield
    except Refus as refus:
        st.error(plain(refus), icon=f":material/{icone}:")


@contextmanager
def progress_bar(texte: str, prefixe: str = "") -> Iterator[Callable[[float, str], None]]:
    """A bar to be moved with the part done and where it is; it goes when the work is done."""
    barre = st.progress(0.0, text=plain(prefixe + texte))

    def advance(part: float, ou: str) -> None:
        barre.progress(min(max(part, 0.0), 1.0), text=plain(prefixe + ou))

    try:
        yield advance
    finally:
        barre.empty()


def confirm(
    oui: str, non: str, cles: tuple[str, str], forget: Callable[[], None], icone: str = "check", ouvert: bool = True
) -> bool:
    """The two buttons of what cannot be done by mistake: do it, only where `ouvert`, or leave it (`forget`)."""
    with st.container(horizontal=True, gap="small"):
        confirme = st.button(oui, type="primary", icon=f":material/{icone}:", key=cles[0], disabled=not ouvert)
        st.button(non, icon=":material/close:", key=cles[1], on_click=forget)
    return confirme and ouvert


def log_failure(code: str, erreur: Exception) -> None:
    """One line in the log: only the type and the place, since the text of an error may quote a row or a password."""
    _journal.error("%s %s", code, describe_failure(erreur))


def describe_failure(erreur: BaseException) -> str:
    """The type of an error and the last places that it went through, without its text."""
    places = traceback.extract_tb(erreur.__traceback__)[-4:]
    lieux = " < ".join(f"{p.filename}:{p.lineno} ({p.name})" for p in reversed(places))
    return f"{type(erreur).__name__} {lieux}"
