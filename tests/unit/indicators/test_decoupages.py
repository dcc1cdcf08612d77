"""Splits: order of the bands of age whatever their bounds, names that several splits share."""

import random

from data_access.ages import age_bands
from data_access.tables import NON_RENSEIGNE
from indicators.decoupages import PERSONNES, SORTIES, find_decoupage


def test_bands_of_any_bounds_come_in_the_order_of_ages() -> None:
    age = find_decoupage("age")
    ranges = ["moins de 26 ans", "26-49 ans", "26-52 ans", "50 ans et plus", "53 ans et plus", NON_RENSEIGNE]
    assert set(ranges) == {*age_bands((26, 50)), *age_bands((26, 53)), NON_RENSEIGNE}
    melange = random.Random(1).sample(ranges, len(ranges))
    assert sorted(melange, key=age.rank) == ranges


def test_bands_are_printed_whatever_their_bounds() -> None:
    age = find_decoupage("age")
    assert [age.label(t) for t in (*age_bands((30, 55)), NON_RENSEIGNE)] == [
        *("Moins de 30 ans", "30 à 54 ans", "55 ans et plus"),
        "Non renseigné",
    ]


def test_a_name_that_several_splits_share_means_the_one_that_the_figure_allows() -> None:
    assert find_decoupage("nature", (*PERSONNES, "nature_contact")).code == "nature_contact"
    assert find_decoupage("nature", SORTIES).code == "nature"
    assert find_decoupage("type", SORTIES).code == "type_sortie"
    assert find_decoupage("nature").code == "nature"
