"""The bands of age: three, separated by two ages that each PLIE may choose."""

import re

BornesAge = tuple[int, int]
BORNES_USUELLES: BornesAge = (26, 50)
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


def age_bands(bornes: BornesAge) -> tuple[str, str, str]:
    """The words of the bands, the youngest first: « moins de 26 ans », « 26-49 ans », « 50 ans et plus »."""
    jeune, senior = bornes
    medians = f"{jeune}-{senior - 1} ans" if jeune < senior - 1 else f"{jeune} ans"
    return f"moins de {jeune} ans", medians, f"{senior} ans et plus"


TRANCHES_USUELLES = age_bands(BORNES_USUELLES)
