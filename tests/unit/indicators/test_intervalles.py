"""A gap that chance alone explains is not said to be one; the interval is the published one."""

import pytest

from indicators.intervalles import differs, wilson
from indicators.resultats import Cellule, Etat


def part(haut: float, bas: float) -> Cellule:
    return Cellule((), Etat.EXACT, haut / bas, haut, bas)


def test_interval_is_that_of_the_textbook() -> None:
    # Examples of Newcombe (1998), « Two-sided confidence intervals for the single proportion », method 3.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    with pytest.raises(ValueError, match="total"):
        wilson(3, 2)


def test_few_people_do_not_differ_and_many_do() -> None:
    assert differs(part(3, 4), 0.46) is False
    assert differs(part(300, 400), 0.46) is True
    assert differs(part(1, 100), 0.46) is True


def test_without_a_share_nothing_is_said() -> None:
    assert differs(Cellule((), Etat.SANS_OBJET), 0.46) is None
    assert differs(Cellule((), Etat.ARRONDI, 0.5, 5, None), 0.46) is None
