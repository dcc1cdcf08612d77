"""A part that was, or will be, small a few passages away: shown, even empty, it would say how many people it held."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import pytest

from indicators.masquage.comptages import Compteur, Dimension
from indicators.masquage.decisions import Decisions
from indicators.masquage.familles import ACCOMPAGNES, FLUX, SORTIES, STOCK
from indicators.masquage.passages import Passages
from indicators.masquage.periodes import Calendrier
from indicators.perimetre import Periode

K = 5
SOIR = Periode(date(2021, 12, 31), date(2021, 12, 31))
AGE = Dimension("age")


@dataclass
class Comptes:
    """A PLIE in numbers: its stock on any evening, and who left on which day."""

    stock: Mapping[str, int]
    sorties: Mapping[str, list[date]] = field(default_factory=dict)
    operation: str | None = None

    def count(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> dict[tuple[Any, ...], int]:
        comptes = self.stock if famille == STOCK else {}
        if famille == SORTIES:
            comptes = {p: sum(periode.du <= j <= periode.au for j in jours) for p, jours in self.sorties.items()}
        if not dimensions:
            return {(): sum(comptes.values())}
        # As in the database, nobody means no row.
        return {((part,),): nombre for part, nombre in comptes.items() if nombre}


class Passants(Comptes):
    """The same where as many come as leave."""

    def count(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> dict[tuple[Any, ...], int]:
        return super().count(SORTIES if famille == "entrees" else famille, periode, dimensions)


def hides(comptes: Comptes, part: str) -> bool:
    decisions = Decisions(cast(Compteur, comptes), Calendrier(SOIR.au), K)
    return decisions.mask_of(STOCK, SOIR, AGE).hides((part,))


@pytest.mark.parametrize("reste", [0, K, K + 2])
def test_a_part_just_left_is_hidden_while_few_leave(reste: int) -> None:
    stock = {"jeunes": reste, "moyens": 30, "seniors": 30}
    assert not hides(Comptes(stock), "jeunes")
    parti = {"jeunes": [date(2021, 11, 15)]}
    assert hides(Comptes(stock, parti), "jeunes") is (reste == 0)


def test_a_part_that_no_one_left_or_joined_stays_shown() -> None:
    comptes = Comptes({"jeunes": 0, "moyens": 30, "seniors": 30}, {"moyens": [date(2021, 11, 15)]})
    assert not hides(comptes, "jeunes")
    assert not hides(comptes, "moyens")


def test_many_passages_hide_it_well_enough() -> None:
    stock = {"jeunes": 0, "moyens": 30, "seniors": 30}
    mois = [date(2021, 12, 1)] * 3 * K

    assert not hides(Passants(stock, {"jeunes": [date(2021, 12, 15)], "moyens": mois}), "jeunes")
    assert hides(Passants(stock, {"jeunes": [date(2021, 12, 15)], "moyens": mois[:5]}), "jeunes")


def test_inside_an_operation_stocks_and_flows_do_not_answer_each_other() -> None:
    comptes = Comptes({"jeunes": 0, "moyens": 30, "seniors": 30}, {"jeunes": [date(2021, 11, 15)]}, operation="A1")
    assert not hides(comptes, "jeunes")


AN_PASSE = Periode(date(2020, 12, 31), date(2020, 12, 31))
BIENTOT = {"jeunes": 0, "moyens": 30, "seniors": 30}


class Arrivees(Comptes):
    """The same whose `sorties` are people who come."""

    def count(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> dict[tuple[Any, ...], int]:
        autres = {"entrees": SORTIES, SORTIES: "entrees"}
        return super().count(autres.get(famille, famille), periode, dimensions)


def hides_then(calendrier: Calendrier, soir: Periode = AN_PASSE, **venus: date) -> bool:
    comptes = Arrivees(BIENTOT, {part: [jour] for part, jour in venus.items()})
    return ("jeunes",) in Passages(comptes.count, calendrier, K).small_after(soir, AGE)


def test_a_part_about_to_be_joined_is_hidden_while_few_come() -> None:
    assert hides_then(Calendrier(SOIR.au), jeunes=date(2021, 2, 15))
    assert not hides_then(Calendrier(SOIR.au), moyens=date(2021, 2, 15))
    assert not hides_then(Calendrier(SOIR.au), jeunes=date(2021, 12, 15))


def test_many_arrivals_hide_them_well_enough() -> None:
    def small(passages: int) -> set[tuple[str, ...]]:
        venus = {"jeunes": [date(2021, 1, 15)], "moyens": [date(2021, 1, 20)] * passages}
        return Passages(Passants(BIENTOT, venus).count, Calendrier(SOIR.au), K).small_after(AN_PASSE, AGE)

    assert small(3 * K) == set()
    assert small(K) == {("jeunes",)}


def test_what_was_shown_at_an_older_published_date_stays_shown() -> None:
    # 31/12/2020 was read at the end of January, when nobody had come yet.
    lu_en_janvier = Calendrier(SOIR.au, publications=(date(2021, 1, 31),))
    assert not hides_then(lu_en_janvier, jeunes=date(2021, 2, 15))
    # The evening of a published date is shown on that very day: nothing to come is known.
    assert not hides_then(lu_en_janvier, Periode(date(2021, 1, 31), date(2021, 1, 31)), jeunes=date(2021, 2, 15))
    assert hides_then(Calendrier(SOIR.au, publications=(date(2021, 3, 31),)), jeunes=date(2021, 2, 15))


def test_first_shown() -> None:
    calendrier = Calendrier(date(2021, 12, 31), publications=(date(2021, 3, 15), date(2021, 6, 30)))
    assert calendrier.first_shown(date(2020, 12, 31)) == date(2021, 3, 15)
    assert calendrier.first_shown(date(2021, 3, 15)) == date(2021, 3, 15)
    assert calendrier.first_shown(date(2020, 6, 30)) == date(2021, 6, 30)
    assert calendrier.first_shown(date(2021, 12, 31)) == date(2021, 12, 31)
    assert calendrier.first_shown(date(2022, 1, 31)) == date(2021, 12, 31)


def test_flows_hide_the_zeros_that_the_stock_hides() -> None:
    """Nobody came, left or stood there in December: said so, the hidden stock of the end of November would be 0."""
    comptes = Comptes({"jeunes": 0, "moyens": 30, "seniors": 30}, {"jeunes": [date(2021, 11, 15)]})
    decisions = Decisions(cast(Compteur, comptes), Calendrier(SOIR.au), K)
    decembre = Periode(date(2021, 12, 1), date(2021, 12, 31))
    assert decisions.mask_of(STOCK, SOIR, AGE).hides(("jeunes",))
    assert decisions.mask_of(FLUX, decembre, AGE).hides(("jeunes",))
    assert decisions.mask_of(ACCOMPAGNES, decembre, AGE).hides(("jeunes",))
    jamais = Comptes({"jeunes": 0, "moyens": 30, "seniors": 30})
    assert not Decisions(cast(Compteur, jamais), Calendrier(SOIR.au), K).mask_of(FLUX, decembre, AGE).hides(("jeunes",))
