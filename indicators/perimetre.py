"""What a figure is asked about: period, PLIE, territory, operation, splits, and who asks."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from data_access.base.jours import add_months
from data_access.droits import ARRONDIE, EXACTE, LECTURES_PAR_DEFAUT


@dataclass(frozen=True)
class Periode:
    """Days from `du` to `au`, both included. ValueError if `au` comes before `du`."""

    du: date
    au: date

    def __post_init__(self) -> None:
        if self.au < self.du:
            raise ValueError("La période finit avant d’avoir commencé.")

    @property
    def jours(self) -> int:
        """Number of days, both ends counted."""
        return (self.au - self.du).days + 1

    def months(self) -> list["Periode"]:
        """The period cut at calendar months, first and last ones shortened to fit."""
        mois = []
        debut = self.du
        while debut <= self.au:
            fin = end_of_month(debut)
            mois.append(Periode(debut, min(fin, self.au)))
            debut = fin + timedelta(days=1)
        return mois

    def within(self, du: date, au: date) -> "Periode":
        """The days that it shares with those; where there are none, its own day nearest to them."""
        if self.du <= au and du <= self.au:
            return Periode(max(self.du, du), min(self.au, au))
        proche = self.au if self.au < du else self.du
        return Periode(proche, proche)

    def one_year_before(self) -> "Periode":
        """The same period of the year before; a period ending on a month's last day still does."""
        au = add_months(self.au, -12)
        return Periode(add_months(self.du, -12), end_of_month(au) if self.au == end_of_month(self.au) else au)


def end_of_month(jour: date) -> date:
    """Last day of the month of `jour`."""
    return add_months(jour.replace(day=1), 1) - timedelta(days=1)


@dataclass(frozen=True)
class Filtres:
    """A perimeter, a period and the splits asked for. `plie` is never empty: their union is meant."""

    plie: tuple[str, ...]
    periode: Periode
    operation: str | None = None
    territoire: str | None = None
    par: tuple[str, ...] = ()

    def over(self, periode: Periode) -> "Filtres":
        """The same perimeter and splits over another period."""
        return replace(self, periode=periode)

    def split_by(self, *par: str) -> "Filtres":
        """The same perimeter and period with these splits instead."""
        return replace(self, par=par)


@dataclass(frozen=True)
class Limite:
    """Within one PLIE, the only territory (and what it contains) or the only operations that may be read."""

    plie: str
    territoire: str | None = None
    operations: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Droits:
    """Who asks: a role, the PLIE it may read (None = all those of the database), and how far in each.

    `limites`: the PLIE of which only a part is open. `publie_au`: the published date of each PLIE, after which
    the role `comite` reads nothing (None = not checked: a preview on the command line). `lecture`: exact or rounded
    figures; empty = as the role reads by default.
    """

    role: str
    plie: tuple[str, ...] | None = None
    limites: tuple[Limite, ...] = ()
    publie_au: tuple[tuple[str, date], ...] | None = None
    lecture: str = ""

    @property
    def arrondit(self) -> bool:
        """True when small numbers are rounded for this reader; an unknown reading is rounded."""
        return (self.lecture or LECTURES_PAR_DEFAUT.get(self.role, ARRONDIE)) != EXACTE

    def limits_of(self, plie: str) -> tuple[Limite, ...]:
        """What restricts the reading of that PLIE; () when the whole of it is open."""
        return tuple(limite for limite in self.limites if limite.plie == plie)


ANIMATION = Droits("animation")
