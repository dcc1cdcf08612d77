"""Which cells are shown: decided once on canonical tables, whatever the call that asks for them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import log1p
from typing import Any, TypeVar

from data_access.tables import NON_RENSEIGNE
from indicators.masquage.arbre import BLOC, Chemin, Effectif, Masque, mask_tree, restore
from indicators.masquage.comptages import RESTE, Compteur, Dimension
from indicators.masquage.familles import FAMILLES, FLUX, ISSUE, SORTIES, SOUS, STOCK, TERRITOIRE
from indicators.masquage.periodes import Calendrier
from indicators.masquage.suppression import Case, aggregate, build_tableau, mask_tableau
from indicators.perimetre import Periode

_T = TypeVar("_T")
Question = dict[Dimension, tuple[Chemin, ...]]
_PEU_UTILES = (NON_RENSEIGNE, "a_confirmer", "non_documentee", "negative")
_PRECIEUX = ("positive",)
PERSONNES = ("sexe", "age", "rsa", "minima_sociaux", "deld", "qpv", "handicap", "diplome")


@dataclass(frozen=True)
class Decision:
    """A masked table: hidden parts of each characteristic, hidden cells."""

    masques: tuple[Masque, ...]
    feuilles: dict[Case, Effectif]
    caches: set[Case]

    def shows(self, case: Case) -> bool:
        """True when this cell is shown."""
        if any(m.hides(chemin) for m, chemin in zip(self.masques, case, strict=True) if chemin):
            return False
        vue = (self.masques[0].reduce(case[0]), self.masques[1].reduce(case[1]))
        return vue not in self.caches


@dataclass
class Decisions:
    """Masking of one PLIE, or one of its operations, at one threshold. `memoire` keeps the tables."""

    compteur: Compteur
    calendrier: Calendrier
    k: int
    memoire: dict[Hashable, Any] = field(default_factory=dict)

    def shows(self, famille: str, periode: Periode, question: Question) -> bool:
        """True when the number of rows of the family in those parts is shown over that period."""
        question = {d: chemins for d, chemins in question.items() if chemins != ((),)}
        if not question:
            return True
        if len(question) > 2 or (len(question) == 2 and _is_too_fine(question)):
            return False
        if famille == SORTIES and not any(d.code in (ISSUE, SOUS) for d in question):
            famille = FLUX
        periodes = self._pieces(famille, periode)
        return periodes is not None and all(self._shows(famille, p, question) for p in periodes)

    def _pieces(self, famille: str, periode: Periode) -> list[Periode] | None:
        temps = "flux" if famille == FLUX else FAMILLES[famille].temps
        if temps == "jour":
            return [Periode(periode.au, periode.au)] if self.calendrier.is_stock_day(periode.au) else None
        blocs = self.calendrier.blocks(periode)
        return blocs if temps == "flux" or blocs is None else [periode]

    def _shows(self, famille: str, periode: Periode, question: Question) -> bool:
        dimensions = tuple(sorted(question, key=lambda d: (d.code, d.sous)))
        decision = self.decide(famille, periode, dimensions)
        listes = [question[d] for d in dimensions]
        cases = [(a, b) for a in listes[0] for b in (listes[1] if len(listes) > 1 else ((),))]
        return bool(cases) and all(decision.shows(case) for case in cases)

    # -- tables ------------------------------------------------------------------------------------

    def decide(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> Decision:
        """The masked table of a family over a period by one or two characteristics."""
        return self._kept((famille, periode, dimensions), lambda: self._decide(famille, periode, dimensions))

    def _decide(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> Decision:
        masques = tuple(self.mask_of(famille, periode, d) for d in dimensions)
        feuilles = self._leaves(famille, periode, dimensions)
        if len(dimensions) == 1:
            return Decision((*masques, Masque()), feuilles, set())
        tableau = build_tableau(aggregate(feuilles, dict(enumerate(masques))))
        forces = frozenset(case for case in tableau.cases if self._is_forced(famille, periode, dimensions, case))
        return Decision(masques, feuilles, mask_tableau(tableau, self.k, _cost, forces))

    def mask_of(self, famille: str, periode: Periode, dimension: Dimension) -> Masque:
        """Hidden parts of one characteristic shown alone. Exits share those of entries, exits and stock."""
        if famille == SORTIES and dimension.code not in (ISSUE, SOUS):
            famille = FLUX
        return self._kept((famille, periode, dimension), lambda: self._mask_of(famille, periode, dimension))

    def _mask_of(self, famille: str, periode: Periode, dimension: Dimension) -> Masque:
        feuilles = {a: e for (a, _), e in self._leaves(famille, periode, (dimension,)).items()}
        forces: set[Chemin] = set()
        if dimension.code == TERRITOIRE:
            for f in ("entrees", SORTIES) if famille == FLUX else (famille,):
                forces |= self.compteur.find_inconsistent(f, periode)
        if famille == FLUX:
            noeuds = {chemin[:n] for chemin in feuilles for n in range(1, len(chemin) + 1)}
            for veille_ou_fin in _ends(periode):
                stock = self.mask_of(STOCK, veille_ou_fin, dimension)
                forces |= {chemin for chemin in noeuds if stock.hides(chemin)}
            if dimension.code == TERRITOIRE:
                forces |= self._too_thin(periode)
        return mask_tree(feuilles, self.k, _cost, frozenset(forces))

    def _too_thin(self, periode: Periode) -> set[Chemin]:
        """Territories whose entries and exits, shown, could not protect one of their small counts: the moves
        that leave the stock as it is go down by min(entries, exits) of each part, k − 1 in all at least."""
        minces: set[Chemin] = set()
        for code in PERSONNES:
            dimensions = tuple(sorted((Dimension(code), Dimension(TERRITOIRE)), key=lambda d: d.code))
            rang = dimensions.index(Dimension(TERRITOIRE))
            lignes: dict[Chemin, dict[Chemin, Effectif]] = {}
            for case, effectif in self._leaves(FLUX, periode, dimensions).items():
                lieu, part = case[rang], case[1 - rang]
                for n in range(1, len(lieu) + 1):
                    ligne = lignes.setdefault(lieu[:n], {})
                    ligne[part] = ligne[part].plus(effectif) if part in ligne else effectif
            minces |= {
                lieu
                for lieu, ligne in lignes.items()
                if any(e.is_small(self.k) for e in ligne.values())
                and sum(e.slack() for e in ligne.values()) < self.k - 1
            }
        return minces

    def _is_forced(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...], case: Case) -> bool:
        """Entries and exits are hidden where the stock is, before or after: the flow identity would give it back."""
        if famille != FLUX or not all(case) or any(BLOC in chemin for chemin in case):
            return False
        vraie = (restore(case[0]), restore(case[1]))
        return not all(self.decide(STOCK, jour, dimensions).shows(vraie) for jour in _ends(periode))

    def _leaves(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> dict[Case, Effectif]:
        return self._kept(("feuilles", famille, periode, dimensions), lambda: self._count(famille, periode, dimensions))

    def _count(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> dict[Case, Effectif]:
        if famille != FLUX:
            comptes = self.compteur.count(famille, periode, dimensions)
            return {_as_case(cle): Effectif((n,)) for cle, n in comptes.items()}
        entrees = self.compteur.count("entrees", periode, dimensions)
        sorties = self.compteur.count(SORTIES, periode, dimensions)
        cles = entrees | sorties
        for jour in _ends(periode):
            # Nobody came or left there, but somebody stands there: hidden if the stock is.
            cles |= self.compteur.count(STOCK, jour, dimensions)
        return {_as_case(cle): Effectif((entrees.get(cle, 0), sorties.get(cle, 0))) for cle in cles}

    def _kept(self, cle: Hashable, calcul: Callable[[], _T]) -> _T:
        if cle not in self.memoire:
            self.memoire[cle] = calcul()
        return self.memoire[cle]

    def of_mode(self, mode: str) -> "Decisions":
        """The same for the parcours of one mode only."""
        autre: dict[Hashable, Any] = self._kept(("mode", mode), lambda: {})
        return replace(self, compteur=replace(self.compteur, mode=mode), memoire=autre)


def _is_too_fine(question: Question) -> bool:
    """Types of exit crossed with another characteristic: no table is that fine."""
    return any(d.code == ISSUE and any(len(chemin) > 2 for chemin in chemins) for d, chemins in question.items())


def _as_case(cle: tuple[Chemin, ...]) -> Case:
    return cle[0], cle[1] if len(cle) > 1 else ()


def _ends(periode: Periode) -> tuple[Periode, Periode]:
    veille = periode.du - timedelta(days=1)
    return Periode(veille, veille), Periode(periode.au, periode.au)


def _cost(chemin: Chemin, total: int) -> float:
    """What hiding a part loses: one cell, a little more when it is large; almost nothing for what is never
    published by itself, little for what nobody looks for, much for the headline figures."""
    nom = chemin[-1] if chemin else ""
    if nom in (BLOC, RESTE):
        return 0.01
    poids = 0.3 if nom in _PEU_UTILES else 5.0 if nom in _PRECIEUX else 1.0
    return poids * (1 + log1p(total) / 10)
