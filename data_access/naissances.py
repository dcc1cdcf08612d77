"""A date of birth blurred as far as the figures allow: the age band at each entry stays, the day goes."""

from collections.abc import Collection
from datetime import date, timedelta

from data_access.derivation import add_months, birthday

_SEUILS = (26, 50)
_PLUS_JEUNE, _PLUS_AGE = timedelta(days=6 * 365), timedelta(days=5 * 365)


def blur_birth(naissance: date, entrees: Collection[date]) -> date | None:
    """A date that depends only on the bands of age on the days of `entrees`, and on those days.

    The middle of all the births that would give the same bands; None when nobody asks for an age. Where that span is
    so short that its middle falls outside (births of a 29 February), the date stays.
    """
    if not entrees:
        return None
    seuils = sorted({add_months(entree, -12 * age) + timedelta(days=1) for entree in entrees for age in _SEUILS})
    apres = [seuil for seuil in seuils if seuil > naissance]
    avant = [seuil for seuil in seuils if seuil <= naissance]
    if not apres:
        milieu = avant[-1] + _PLUS_JEUNE
    elif not avant:
        milieu = apres[0] - _PLUS_AGE
    else:
        milieu = avant[-1] + (apres[0] - avant[-1]) // 2
    return milieu if _bands(milieu, entrees) == _bands(naissance, entrees) else naissance


def _bands(naissance: date, entrees: Collection[date]) -> list[bool]:
    return [entree < birthday(naissance, age) for entree in sorted(entrees) for age in _SEUILS]
