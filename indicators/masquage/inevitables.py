"""What no masking could hide, since the definitions have it shown: totals of a whole PLIE or operation, and zeros."""

from collections.abc import Iterator
from itertools import combinations

from indicators.masquage.lecture import Chiffre, Cle, Lecture
from indicators.masquage.sens import FLUX

_DEPEND_DU_JOUR = ("saisie",)
"""Parts of a flow that are not the same whatever the period it is read over."""


def smallest_total(lecture: Lecture, cle: Cle) -> float:
    """The least of the shown totals that hold this count: what is inside can have no wider an interval."""
    tous = (lecture.chiffres.get(large) for large in _wholes_of(cle))
    return min((c.vrai for c in tous if c and c.montre and c.vrai), default=float("inf"))


def says_no_more(lecture: Lecture, cle: Cle) -> bool:
    """True when a wider count is the whole of one that is shown too: « all the exits of the year are undocumented »
    says it of each of its months, « everybody has a contract » of each référent. A reader then knows that nobody
    else is there: zeros are shown (definitions, « Small numbers »)."""
    return any(_holds_all(lecture, cle, large) for large in _wider(lecture, cle))


def is_all_of_a_total(lecture: Lecture, cle: Cle, vrai: float | None) -> bool:
    """True for all of a shown total. It is no secret of the complement of an empty sub-population, where a zero is
    what is said, nor of a référent who is the only one."""
    tous = (lecture.chiffres.get(large) for large in _wholes_of(cle))
    return any(c and c.montre and c.vrai == vrai for c in tous)


def _holds_all(lecture: Lecture, cle: Cle, large: Cle) -> bool:
    memes = large.periode == cle.periode
    sans = [large._replace(parts=large.parts - {p}) for p in large.parts if memes or p[0] not in _DEPEND_DU_JOUR]
    ailleurs = [large._replace(lieu="")] if large.lieu else []
    ici = lecture.chiffres.get(large)
    return any(_is_same(ici, lecture.chiffres.get(tous)) for tous in (*sans, *ailleurs))


def _is_same(ici: Chiffre | None, tous: Chiffre | None) -> bool:
    return bool(ici and tous and ici.montre and tous.montre and ici.vrai == tous.vrai)


def _wider(lecture: Lecture, cle: Cle) -> Iterator[Cle]:
    """Counts that hold this one, over this period or, for what adds up over time, one that holds it."""
    periodes = {cle.periode}
    if cle.population in FLUX:
        periodes |= {p for p in lecture.periodes if p.du <= cle.periode.du and cle.periode.au <= p.au}
    return (large._replace(periode=p) for large in _wholes_of(cle) for p in periodes)


def _wholes_of(cle: Cle) -> list[Cle]:
    """This count and those that hold it: some of its parts left out, here or everywhere."""
    restes = [frozenset(reste) for n in range(len(cle.parts) + 1) for reste in combinations(cle.parts, n)]
    return [cle._replace(lieu=lieu, parts=reste) for lieu in {cle.lieu, ""} for reste in restes]
