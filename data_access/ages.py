"""The bands of age: three, separated by two ages that each PLIE may choose."""

import re

BornesAge = tuple[int, int]
BORNES_USUELLES: BornesAge = (26, 50)
_APRES_TOUT = 1000
_ECRITES = re.compile(r"\s*(\d{1,2})\s*;\s*(\d{1,2})\s*", re.ASCII)


def read_bounds(texte: str | None) -> BornesAge | None:
    """« 26;53 » → (26, 53); None for what is not two growing ages."""
    ecrites = _ECRITES.fullmatch(texte or "")
    if ecrites is None:
        return None
    jeune, senior = int(ecrites[1]), int(ecrites[2])
    return (jeune, senior) if 0 < jeune < senior else None


def bounds_or_usual(texte: str | None) -> BornesAge:
    """The bounds that a PLIE gives; the usual ones when it gives none that can be read."""
    return read_bounds(texte) or BORNES_USUELLES


_PLUS_JEUNES, _PLUS_AGES = "moins de {} ans", "{} ans et plus"
EST_LA_PREMIERE, EST_LA_DERNIERE = "moins de %", "% ans et plus"
"""What the words of the first and of the last band are like, whatever the bounds (SQL LIKE)."""


def age_bands(bornes: BornesAge) -> tuple[str, str, str]:
    """The words of the bands, the youngest first: « moins de 26 ans », « 26-49 ans », « 50 ans et plus »."""
    jeune, senior = bornes
    medians = f"{jeune}-{senior - 1} ans" if jeune < senior - 1 else f"{jeune} ans"
    return _PLUS_JEUNES.format(jeune), medians, _PLUS_AGES.format(senior)


def rank_band(tranche: str) -> tuple[int, int]:
    """First and last age of a band, to put those of several PLIE in order; what is not a band comes last."""
    ages = [int(nombre) for nombre in re.findall(r"[0-9]+", tranche)]
    if not ages:
        return _APRES_TOUT, _APRES_TOUT
    if tranche == _PLUS_JEUNES.format(ages[0]):
        return 0, ages[0] - 1
    return ages[0], _APRES_TOUT if tranche == _PLUS_AGES.format(ages[0]) else ages[-1]


def name_band(tranche: str) -> str:
    """How a band is printed: « Moins de 26 ans », « 26 à 49 ans »."""
    return re.sub(r"(\d+)-(\d+)", r"\1 à \2", tranche[:1].upper() + tranche[1:])


TRANCHES_USUELLES = age_bands(BORNES_USUELLES)
