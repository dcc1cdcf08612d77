"""How far a share seen on few people can be from what it would be on many: the interval of Wilson at 95 %.

Source: E. B. Wilson (1927), « Probable inference, the law of succession, and statistical inference », JASA 22,
p. 209-212.
"""

from math import sqrt

from indicators.resultats import Cellule

_Z = 1.959964


def wilson(reussites: float, total: float) -> tuple[float, float]:
    """Lower and upper bound of a share, both between 0 and 1. ValueError for an empty or impossible count."""
    if not 0 <= reussites <= total or not total:
        raise ValueError("A share needs a total, and no more successes than that.")
    part, carre = reussites / total, _Z * _Z
    centre = (part + carre / (2 * total)) / (1 + carre / total)
    demi = _Z * sqrt(part * (1 - part) / total + carre / (4 * total * total)) / (1 + carre / total)
    return max(centre - demi, 0.0), min(centre + demi, 1.0)


def differs(cellule: Cellule, reference: float) -> bool | None:
    """Is the share of the cell really another than `reference`? None where it has no share or no denominator."""
    if cellule.valeur is None or cellule.numerateur is None or not cellule.denominateur:
        return None
    basse, haute = wilson(cellule.numerateur, cellule.denominateur)
    return not basse <= reference <= haute
