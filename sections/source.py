"""Figures read straight from a database, for the rights of a reader: what an edition is composed from."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from indicators.comparable import publier_un_an_avant
from indicators.perimetre import Droits, Filtres, Periode
from indicators.publication import publier
from indicators.realisations import RealisationParQui, list_by_whom
from indicators.referentiel import RegleDeSortie, list_exit_rules, list_labels
from indicators.resultats import ResultatPublie


class SourceDirecte:
    """A source that asks `publier` once for each figure over an open connection."""

    def __init__(self, base: Any, droits: Droits) -> None:
        self._base, self._droits = base, droits
        self.read = cache(self._read)
        self.read_year_before = cache(self._read_year_before)
        self.read_labels = cache(self._read_labels)

    def _read(self, code: str, filtres: Filtres) -> ResultatPublie:
        return publier(self._base, code, filtres, self._droits)

    def _read_year_before(self, code: str, filtres: Filtres) -> ResultatPublie:
        return publier_un_an_avant(self._base, code, filtres, self._droits)

    def _read_labels(self, plie: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
        return list_labels(self._base, plie)

    def read_realisations(
        self, plie: tuple[str, ...], operation: str, periode: Periode
    ) -> tuple[RealisationParQui, ...]:
        """What an operation declares, by whom."""
        return list_by_whom(self._base, plie, operation, periode)

    def read_rules(self, plie: tuple[str, ...], periode: Periode) -> list[RegleDeSortie]:
        """Their exit rules over the period."""
        return list_exit_rules(self._base, plie, periode)
