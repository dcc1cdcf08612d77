"""A reading whose answers are given by hand, for the tests of sections."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from indicators.comparable import SANS_COMPARAISON
from indicators.perimetre import Filtres, Periode
from indicators.referentiel import Plie, RegleDeSortie
from indicators.resultats import Cellule, Etat, ResultatPublie
from sections.lecture import Lecture

JOUR = date(2021, 9, 30)
ANNEE = Periode(date(2021, 1, 1), JOUR)
Reponse = Callable[[str, Filtres], ResultatPublie]


def plie(code: str) -> Plie:
    """A PLIE of that code."""
    return Plie(code, f"PLIE de {code}", None, None, JOUR, None, None, None)


class Dictee:
    """A source that answers what the test says, and that nothing compares."""

    def __init__(self, reponse: Reponse, noms: Mapping, regles: tuple[RegleDeSortie, ...] = ()) -> None:
        self.read, self.noms, self.regles = reponse, noms, regles

    def read_year_before(self, code: str, filtres: Filtres) -> ResultatPublie:
        """Nothing."""
        return replace(self.read(code, filtres), cellules=(Cellule((), Etat.SANS_OBJET, motif=SANS_COMPARAISON),))

    def read_labels(self, plie: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
        """Those of the first PLIE."""
        return self.noms[plie[0]]

    def read_realisations(self, plie: tuple[str, ...], operation: str, periode: Periode) -> tuple:
        """None."""
        return ()

    def read_rules(self, plie: tuple[str, ...], periode: Periode) -> tuple[RegleDeSortie, ...]:
        """Those that were dictated."""
        return self.regles


def read(codes: tuple[str, ...], reponse: Reponse, noms: Mapping | None = None, regles=()) -> Lecture:  # type: ignore[no-untyped-def]
    """A reading of those PLIE."""
    filtres = Filtres(codes, ANNEE)
    return Lecture(Dictee(reponse, noms or {}, regles), filtres, filtres, [plie(c) for c in codes], [])
