"""Who is it, and what may they read and do: asked here, and nowhere else.

Rights are read again in the database at each run, so that a right removed acts at the next click. Within one run
they do not change: `open_session` keeps them. Outside of it (a page run by itself, a callback, a fragment) they are
read anew.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import streamlit as st

from components.acces.base import connect, current_url, prepare_base, read_committee_url
from components.acces.identite import Venue, Visiteur, identify, is_local
from components.acces.registre import is_allowed
from data_access.droits import (
    ADMINISTRATION,
    ANIMATION,
    ARRONDIE,
    COMITE,
    DIRECTION,
    EXACTE,
    Droit,
    list_structures,
    rights_of,
)
from data_access.refus import Refus
from data_access.seances.editions import AUTEUR_LOCAL
from data_access.seances.publications import published_dates
from indicators.perimetre import ANIMATION as DROITS_LOCAUX
from indicators.perimetre import Droits, Limite

ROLES = {"comite": "comité", "direction": "direction", "animation": "animation", "administration": "administration"}
# The first one that a person has is the one she comes in with.
ORDRE = (ANIMATION, DIRECTION, COMITE, ADMINISTRATION)
AUCUN = Droits("aucun", ())
APERCUS = (DIRECTION, COMITE)
"""What the animation team may look as: each reads a part of what it reads itself."""
_ROLE_CHOISI, _VUE_CHOISIE = "role_choisi", "vue_choisie"


@dataclass(frozen=True)
class Session:
    """The person, the roles she has, the rights she looks with: those of a role of hers, or of the one whose view the
    animation team asks for (`apercu`)."""

    visiteur: Visiteur
    roles: tuple[str, ...]
    droits: Droits
    apercu: bool = False

    @property
    def role(self) -> str:
        """The role that the person has, whatever she looks as."""
        return ANIMATION if self.apercu else self.droits.role

    @property
    def reads_published(self) -> bool:
        """True for the committee itself; a view of what it reads needs no publication."""
        return self.droits.role == COMITE and not self.apercu

    @cached_property
    def url(self) -> str | None:
        """The database that the person reads: the live one, or the published one; None while nothing is published."""
        return read_committee_url() if self.reads_published else current_url()


_en_cours: ContextVar[Session | None] = ContextVar("session", default=None)


@contextmanager
def open_session() -> Iterator[Session]:
    """One run of the dashboard: who it is and what they may is read once, and forgotten at the end."""
    session = read_session()
    jeton = _en_cours.set(session)
    try:
        yield session
    finally:
        _en_cours.reset(jeton)


def current_session() -> Session:
    """The session of this run."""
    return _en_cours.get() or read_session()


def read_session() -> Session:
    """Who it is now and what they may now; whoever is not known has no right."""
    visiteur = identify(is_local())
    if visiteur.venue is Venue.LOCAL:
        return _look_as_chosen(Session(visiteur, (ANIMATION,), DROITS_LOCAUX))
    if visiteur.venue is not Venue.CONNECTE:
        return Session(visiteur, (), AUCUN)
    prepare_base()
    with connect() as base:
        lignes = rights_of(base, visiteur.identite)
        roles = list_roles(lignes)
        if not roles:
            return Session(visiteur, (), AUCUN)
        choisi = st.session_state.get(_ROLE_CHOISI)
        droits = build_rights(base, lignes, choisi if choisi in roles else roles[0])
        return _look_as_chosen(Session(visiteur, roles, droits))


def _look_as_chosen(session: Session) -> Session:
    vus = see_as(session.droits, st.session_state.get(_VUE_CHOISIE, ""))
    return session if vus == session.droits else replace(session, droits=vus, apercu=True)


def current_rights() -> Droits:
    """Rights of the person in front of the screen, in the role she looks with."""
    return current_session().droits


def choose_role(role: str) -> None:
    """From now on the person looks with this role; one that she does not have changes nothing."""
    st.session_state[_ROLE_CHOISI] = role
    look_as(role)


def look_as(role: str) -> None:
    """From now on the animation team looks as this role, its own included; for anybody else nothing changes."""
    st.session_state[_VUE_CHOISIE] = role


def current_author() -> str:
    """Whose name is kept beside what is loaded or changed."""
    return current_session().visiteur.identite or AUTEUR_LOCAL


def may(code: str, action: str) -> bool:
    """True when this action of this page is open to the person."""
    return is_allowed(current_rights().role, code, action)


def require(code: str, action: str, codes_plie: Collection[str] = ()) -> None:
    """Raises `Refus`, in words, unless the action and all these PLIE are open to the person."""
    _check(current_rights(), code, action, codes_plie)


def require_plie(codes_plie: Collection[str]) -> None:
    """Raises `Refus` unless all these PLIE are open to the person."""
    _check_plie(current_rights(), codes_plie)


def protect_download(
    code: str, action: str, codes_plie: Collection[str], faire: Callable[[], bytes]
) -> Callable[[], bytes]:
    """`faire`, for a button that prepares its file when it is clicked: rights are read again at that moment.

    Streamlit calls it outside of any run, where nobody is known: who it is, is kept from now.
    """
    session = current_session()
    _check(session.droits, code, action, codes_plie)

    def faire_si_permis() -> bytes:
        if session.visiteur.venue is Venue.CONNECTE:
            with connect() as base:
                droits = build_rights(base, rights_of(base, session.visiteur.identite), session.role)
            if session.apercu:
                droits = see_as(droits, session.droits.role)
            _check(droits, code, action, codes_plie)
        return faire()

    return faire_si_permis


def _check(droits: Droits, code: str, action: str, codes_plie: Collection[str]) -> None:
    if not is_allowed(droits.role, code, action):
        raise Refus(
            f"Votre rôle ({name_role(droits)}) ne permet pas cette action. Rien n’a été fait. "
            "Demandez à l’administration le rôle qui la permet.",
            "DRO-014",
        )
    _check_plie(droits, codes_plie)


def _check_plie(droits: Droits, codes_plie: Collection[str]) -> None:
    if droits.plie is not None and not set(codes_plie) <= set(droits.plie):
        raise Refus(
            "Un PLIE concerné n’est pas, ou n’est plus, dans vos droits. Rien n’est montré ni modifié. "
            "Demandez ce droit à l’administration.",
            "DRO-015",
        )


def name_role(droits: Droits) -> str:
    """The role in French."""
    return ROLES.get(droits.role, "aucun")


def list_roles(lignes: Sequence[Droit]) -> tuple[str, ...]:
    """Roles of those rows, the one to begin with first; a role that is not known here does not count."""
    presents = {ligne.role for ligne in lignes}
    return tuple(role for role in ORDRE if role in presents)


def build_rights(base: Any, lignes: Sequence[Droit], role: str) -> Droits:
    """What these rows open in that role.

    A row without PLIE opens them all; a row without limit opens the whole of its PLIE, whatever the others say. One
    rounded row rounds everything that the role reads. The committee reads nothing that is not published, nor anything
    after the published date.
    """
    siennes = [ligne for ligne in lignes if ligne.role == role]
    if not siennes:
        return AUCUN
    if role == ADMINISTRATION:
        return Droits(role, ())
    tous = any(ligne.code_plie is None for ligne in siennes)
    plie = None if tous else tuple(sorted({ligne.code_plie for ligne in siennes if ligne.code_plie}))
    entiers = {ligne.code_plie for ligne in siennes if not (ligne.code_territoire or ligne.structure)}
    limites = [] if tous else [_limit(base, ligne) for ligne in siennes if ligne.code_plie not in entiers]
    publie_au = None
    if role == COMITE:
        publies = published_dates(base)
        publie_au = tuple(sorted((code, au) for code, au in publies.items() if plie is None or code in plie))
    return Droits(role, plie, tuple(sorted(limites, key=repr)), publie_au, join_readings(siennes))


def join_readings(lignes: Iterable[Droit]) -> str:
    """The reading of a session that these rows of one role open: exact when each of them says so, rounded otherwise."""
    return EXACTE if all(ligne.lecture == EXACTE for ligne in lignes) else ARRONDIE


def see_as(droits: Droits, role: str) -> Droits:
    """What another role reads by default of the same PLIE, on the data of the day; for the animation team alone, the
    others keep what they have."""
    return Droits(role, droits.plie) if droits.role == ANIMATION and role in APERCUS else droits


def _limit(base: Any, ligne: Droit) -> Limite:
    code_plie = ligne.code_plie or ""
    if ligne.structure is None:
        return Limite(code_plie, territoire=ligne.code_territoire)
    # A structure that runs nothing any more opens nothing: an empty list, not None.
    return Limite(code_plie, ligne.code_territoire, list_structures(base, code_plie).get(ligne.structure, ()))
