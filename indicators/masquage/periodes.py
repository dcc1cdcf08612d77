"""Whole periods: the blocks of time that masked readers may add up, never take apart.

Two overlapping periods give by subtraction what happened in between. Time is therefore cut once into
blocks (years, cut again where the published date falls, start of the protocol); a period offered to
masked roles is a union of blocks, and a part is shown over it only if it is shown in each block.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from data_access.derivation import add_months
from indicators.perimetre import Periode

_UN_JOUR = timedelta(days=1)
_ANNEES_COMPAREES = 3


@dataclass(frozen=True)
class Calendrier:
    """Where time is cut for one PLIE: the date of its data, the first day of its protocol, and every date
    published so far, since what was read then may be kept and put beside what is read now."""

    publie_le: date
    protocole_du: date | None = None
    publications: tuple[date, ...] = ()

    def bounds(self) -> set[date]:
        """First days of the blocks that the published date and the protocol make, years apart."""
        bornes = set()
        for jour in {self.publie_le, *self.publications}:
            debuts = (jour + _UN_JOUR, add_months(jour.replace(day=1), -11))
            bornes |= {_before(debut, n) for debut in debuts for n in range(_ANNEES_COMPAREES)}
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

    def block_after(self, soir: date) -> Periode | None:
        """The block that begins on the morrow of that evening; None where nothing follows."""
        du = soir + _UN_JOUR
        suivantes = [b for b in (*self.bounds(), date(du.year + 1, 1, 1)) if du < b <= self.publie_le + _UN_JOUR]
        return Periode(du, min(suivantes) - _UN_JOUR) if suivantes else None

    def _is_bound(self, jour: date, bornes: set[date]) -> bool:
        return jour in bornes or (jour.day == 1 and jour.month == 1)

    def is_stock_day(self, jour: date) -> bool:
        """The last day of a block: the stock of a part is shown where its flows are decided. Between, two stocks
        and the flow of the whole PLIE in the month would give the small flows of the part."""
        return self._is_bound(jour + _UN_JOUR, self.bounds()) or jour >= self.publie_le

    def first_shown(self, soir: date) -> date:
        """The published date at which the stock of that evening was first read."""
        for rang, publie_le in enumerate(dates := sorted({*self.publications, self.publie_le})):
            alors = replace(self, publie_le=publie_le, publications=tuple(dates[:rang]))
            if soir <= publie_le and alors.is_stock_day(soir):
                return publie_le
        return self.publie_le


def _before(jour: date, annees: int) -> date:
    """The same day some years before; the day after a month's end stays the first of a month."""
    if jour.day == 1:
        return jour.replace(year=jour.year - annees)
    return add_months(jour, -12 * annees)


def list_offered(publie_le: date, protocole_du: date | None) -> tuple[Periode, ...]:
    """The whole periods offered to the committee at a published date, each with the same one a year before:
    year to date, twelve months, year before, protocol."""
    debut = min(protocole_du, publie_le) if protocole_du else None
    offertes = [
        Periode(date(publie_le.year, 1, 1), publie_le),
        Periode(add_months(publie_le.replace(day=1), -11), publie_le),
        Periode(date(publie_le.year - 1, 1, 1), date(publie_le.year - 1, 12, 31)),
        *([Periode(debut, publie_le)] if debut else []),
    ]
    return tuple(dict.fromkeys(p for offerte in offertes for p in (offerte, offerte.one_year_before())))
