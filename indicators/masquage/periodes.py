"""Whole periods: the blocks of time that masked readers may add up, never take apart.

Two overlapping periods give by subtraction what happened in between. Time is therefore cut once into
blocks (years, cut again where the published date falls, start of the protocol); a period offered to
masked roles is a union of blocks, and a part is shown over it only if it is shown in each block.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from data_access.derivation import add_months
from indicators.perimetre import Periode, end_of_month

_UN_JOUR = timedelta(days=1)
_ANNEES_COMPAREES = 3


@dataclass(frozen=True)
class Calendrier:
    """Where time is cut for one PLIE: its published date and the first day of its protocol."""

    publie_le: date
    protocole_du: date | None = None

    def bounds(self) -> set[date]:
        """First days of the blocks that the published date and the protocol make, years apart."""
        lendemain = self.publie_le + _UN_JOUR
        douze_mois = add_months(self.publie_le.replace(day=1), -11)
        bornes = {_before(jour, n) for jour in (lendemain, douze_mois) for n in range(_ANNEES_COMPAREES)}
        if self.protocole_du:
            bornes |= {self.protocole_du, add_months(self.protocole_du, -12)}
        return bornes

    def blocks(self, periode: Periode) -> list[Periode] | None:
        """The blocks that the period is made of; None when it is not made of whole blocks."""
        fin = periode.au + _UN_JOUR
        bornes = self.bounds()
        if periode.au >= self.publie_le:
            bornes.add(fin)
        if not all(self._is_bound(jour, bornes) for jour in (periode.du, fin)):
            return None
        annees = {date(annee, 1, 1) for annee in range(periode.du.year, fin.year + 1)}
        coupes = sorted({periode.du, fin} | {b for b in bornes | annees if periode.du < b < fin})
        return [Periode(a, b - _UN_JOUR) for a, b in zip(coupes, coupes[1:], strict=False)]

    def _is_bound(self, jour: date, bornes: set[date]) -> bool:
        return jour in bornes or (jour.day == 1 and jour.month == 1)

    def is_stock_day(self, jour: date) -> bool:
        """Month ends, the published date and its anniversaries: the days on which a stock is offered."""
        return jour == end_of_month(jour) or jour + _UN_JOUR in self.bounds() or jour >= self.publie_le


def _before(jour: date, annees: int) -> date:
    """The same day some years before; the day after a month's end stays the first of a month."""
    if jour.day == 1:
        return jour.replace(year=jour.year - annees)
    return add_months(jour, -12 * annees)
