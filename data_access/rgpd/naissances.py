"""A date of birth blurred as far as the figures allow: the age band at each entry stays, the day goes."""

from collections.abc import Collection
from datetime import date, timedelta

from data_access.ages import BORNES_USUELLES, BornesAge
from data_access.imports.derivation import add_months

_PLUS_JEUNE, _PLUS_AGE = timedelta(days=6 * 365), timedelta(days=5 * 365)


def blur_birth(naissance: date, entrees: Collection[date], bornes: BornesAge = BORNES_USUELLES) -> date | None:
    """A date that depends only on the bands of age on the days of `entrees`, and on those days.

    The middle of all the births that would give the same bands; None when nobody asks for an age. Where that span is
    so short that its middle falls outside (births of a 29 February), the date stays.
    """
    if not entrees:
        return None
    seuils = sorted({add_months(entree, -12 * age) + timedelta(days=1) for entree in entrees for age in bornes})
    apres = [seuil for seuil in seuils if seuil > naissance]
    avant = [seuil for seuil in seuils if seuil <= naissance]
    if not apres:
        milieu = avant[-1] + _PLUS_JEUNE
    elif not avant:
        milieu = apres[0] - _PLUS_AGE
    else:
        milieu = avant[-1] + (apres[0] - avant[-1]) // 2
    return milieu if _bands(milieu, entrees, bornes) == _bands(naissance, entrees, bornes) else naissance


def _bands(naissance: date, entrees: Collection[date], bornes: BornesAge) -> list[bool]:
    ages = [
        jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))
        for jour in sorted(entrees)
    ]
    return [age < borne for age in ages for borne in bornes]
