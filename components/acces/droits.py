"""From rows of rights to what `publier` checks: one role at a time, its PLIE, how far in each."""

from collections.abc import Iterable, Sequence
from typing import Any

from data_access.droits.lignes import (
    ADMINISTRATION,
    ANIMATION,
    ARRONDIE,
    COMITE,
    DIRECTION,
    EXACTE,
    Droit,
    list_structures,
)
from data_access.seances.publications import published_dates
from indicators.perimetre import Droits, Limite

# The first one that a person has is the one she comes in with.
ORDRE = (ANIMATION, DIRECTION, COMITE, ADMINISTRATION)
AUCUN = Droits("aucun", ())
APERCUS = (DIRECTION, COMITE)
"""What the animation team may look as: each reads a part of what it reads itself."""


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
