"""Few came or left: a stock that is shown then nearly gives the ones around it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from data_access.derivation import add_months
from indicators.masquage.arbre import Chemin, Effectif, nodes_of
from indicators.masquage.comptages import Dimension
from indicators.masquage.familles import SORTIES, STOCK
from indicators.masquage.periodes import Calendrier
from indicators.perimetre import Periode

Comptes = dict[tuple[Chemin, ...], int]
_PASSAGES = 3
"""Entries or exits, in protected widths (k − 1), under which one stock nearly gives the next."""
_MOIS = 12
"""How far around an evening few may have come or left, in months."""
_UN_JOUR = timedelta(days=1)


@dataclass(frozen=True)
class Passages:
    """Who comes and leaves around an evening. `count`: number of rows of a family over a period, by characteristic."""

    count: Callable[[str, Periode, tuple[Dimension, ...]], Comptes]
    calendrier: Calendrier
    k: int

    def small_before(self, soir: Periode, dimension: Dimension) -> set[Chemin]:
        """Parts that may have held from 1 to k − 1 people while few came or left: shown, even empty, they would say
        how many there were."""
        avant = self._by_part(soir, self._quiet(_before(soir)), dimension)
        return {c for c, (reste, venus, partis) in avant.items() if self._is_maybe_small(reste, venus, partis)}

    def small_after(self, soir: Periode, dimension: Dimension) -> set[Chemin]:
        """Parts that may come to hold from 1 to k − 1 people while few come or leave. What an older export showed
        stays as it was: what is to come is looked at as it was known when that evening was first shown."""
        apres = self._by_part(soir, self._quiet(self._after(soir)), dimension)
        return {c for c, (reste, venus, partis) in apres.items() if self._is_maybe_small(reste, partis, venus)}

    def _is_maybe_small(self, reste: int, en_moins: int, en_plus: int) -> bool:
        """True when there may be 1 to k − 1 people on another evening: from `reste` − `en_moins` to `reste` +
        `en_plus`."""
        return en_moins + en_plus > 0 and reste - en_moins < self.k and reste + en_plus > 0

    def _by_part(self, soir: Periode, calme: Periode | None, dimension: Dimension) -> dict[Chemin, tuple[int, ...]]:
        """For each part: people there on that evening, entries and exits of the quiet time."""
        if calme is None:
            return {}
        familles = ((STOCK, soir), ("entrees", calme), (SORTIES, calme))
        reste, venus, partis = (self.count(f, p, (dimension,)) for f, p in familles)
        parts = {
            cle[0]: Effectif((reste.get(cle, 0), venus.get(cle, 0), partis.get(cle, 0)))
            for cle in reste | venus | partis
        }
        return {chemin: effectif.valeurs for chemin, effectif in nodes_of(parts).items() if chemin}

    def _quiet(self, periodes: Iterable[Periode]) -> Periode | None:
        """The longest of these times, the shortest first, when few came or few left."""
        calme = None
        for periode in periodes:
            passages = [sum(self.count(f, periode, ()).values()) for f in ("entrees", SORTIES)]
            if min(passages) >= _PASSAGES * (self.k - 1):
                break
            calme = periode
        return calme

    def _after(self, soir: Periode) -> Iterator[Periode]:
        matin, connu = soir.au + _UN_JOUR, self.calendrier.first_shown(soir.au)
        for mois in range(1, _MOIS):
            if add_months(matin, mois - 1) <= connu:
                yield Periode(matin, min(add_months(matin, mois) - _UN_JOUR, connu))


def _before(soir: Periode) -> Iterator[Periode]:
    for mois in range(1, _MOIS):
        yield Periode(add_months(soir.au + _UN_JOUR, -mois), soir.au)
