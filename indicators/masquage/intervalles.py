"""Intervals in which hidden cells may lie, found by solving (HiGHS).

The unknowns are the moves of the hidden cells away from their true value: every sum that is shown stays
what it is, no cell goes below what a reader knows to be its least.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np

from indicators.masquage.resolution import Modele, Relation, Usage

_PRECISION = 1e-6
_DEJA_CACHE = 1e-3
_DIRECTIONS = 12
_PEU = 8
_C = TypeVar("_C", bound=Hashable)


@dataclass
class Systeme:
    """Hidden cells of a table: `bas[i]` is how far cell i can go down; each relation sums moves to 0."""

    bas: Sequence[float]
    relations: Sequence[Relation]


def find_widths(systeme: Systeme, suffisant: float) -> np.ndarray:
    """Width of the interval of each cell, exact below `suffisant`, at least `suffisant` above.

    Cells that no chain of sums links are solved apart. Each solution is a table that a reader cannot
    exclude: it widens every cell at once, so few are needed.
    """
    largeurs = np.full(len(systeme.bas), 2.0 * suffisant)
    for cellules, lignes in group_linked(len(systeme.bas), systeme.relations):
        rangs = {c: i for i, c in enumerate(cellules)}
        locales = [{rangs[c]: s for c, s in systeme.relations[i].items()} for i in lignes]
        largeurs[cellules] = _widths_of(locales, np.array([systeme.bas[c] for c in cellules], dtype=float), suffisant)
    return largeurs


def group_linked(nombre: int, relations: Sequence[Relation]) -> list[tuple[list[int], list[int]]]:
    """The unknowns in groups that no relation links, with the ranks of the relations of each; those that no
    relation names are left out."""
    chefs = list(range(nombre))

    def find_chef(i: int) -> int:
        while chefs[i] != i:
            chefs[i] = chefs[chefs[i]]
            i = chefs[i]
        return i

    for relation in relations:
        premier: int | None = None
        for i in relation:
            chef = find_chef(i)
            premier = chef if premier is None else premier
            chefs[chef] = premier
    groupes: dict[int, tuple[list[int], list[int]]] = {}
    for i in sorted({i for relation in relations for i in relation}):
        groupes.setdefault(find_chef(i), ([], []))[0].append(i)
    for rang, relation in enumerate(relations):
        if relation:
            groupes[find_chef(next(iter(relation)))][1].append(rang)
    return list(groupes.values())


def _widths_of(relations: Sequence[Relation], descente: np.ndarray, suffisant: float) -> np.ndarray:
    """The same for cells that are all linked: whole directions first, then what is still narrow, one by one."""
    nombre = len(descente)
    hauts, bas = np.zeros(nombre), np.zeros(nombre)
    modele = Modele(-descente, np.full(nombre, 4 * suffisant), relations)
    hasard = np.random.default_rng(0)

    def widen(objectif: np.ndarray) -> None:
        mouvement = modele.cheapest(objectif)
        if mouvement is not None:
            np.maximum(hauts, mouvement, out=hauts)
            np.minimum(bas, mouvement, out=bas)

    for _ in range(_DIRECTIONS):
        etroites = hauts - bas < suffisant - _PRECISION
        if etroites.sum() < _PEU:
            break
        objectif = np.where(etroites, hasard.choice([-1.0, 1.0], nombre) * hasard.uniform(0.5, 1, nombre), 0.0)
        widen(-objectif)
        widen(objectif)
    for i in np.argsort(descente):
        for sens in (-1.0, 1.0):
            if hauts[i] - bas[i] < suffisant - _PRECISION:
                objectif = np.zeros(nombre)
                objectif[i] = sens
                widen(objectif)
    return hauts - bas + _PRECISION


@dataclass
class Plan(Generic[_C]):
    """The cells that may be hidden, what each costs, and the sums that link them."""

    ordre: Sequence[_C]
    rangs: Mapping[_C, int]
    systeme: Systeme
    couts: Sequence[float]
    _modele: Modele | None = field(default=None, init=False)

    def find_moves(self, cellule: _C, caches: Collection[_C], ampleur: float) -> dict[_C, float]:
        """Cheapest moves that widen the interval of a cell by `ampleur`: cell → how far it moves.

        Up at once if it can be, else down as far as it can go and up for the rest. Empty when nothing can.
        """
        bas = min(float(self.systeme.bas[self.rangs[cellule]]), ampleur)
        for essais in ((ampleur,), (-ampleur,), (ampleur - bas, -bas)):
            mouvements = [self._solve(cellule, caches, valeur) for valeur in essais if valeur]
            if all(m is not None for m in mouvements):
                return self._spans([m for m in mouvements if m is not None])
        return {}

    def _solve(self, cellule: _C, caches: Collection[_C], valeur: float) -> np.ndarray | None:
        i, nombre = self.rangs[cellule], len(self.ordre)
        if -valeur > self.systeme.bas[i]:
            return None
        # Moves up, then moves down, so that each is paid.
        bas = np.minimum(np.asarray(self.systeme.bas, dtype=float), 4 * abs(valeur))
        hauts = np.concatenate([np.full(nombre, 4 * abs(valeur)), bas])
        planchers = np.zeros(2 * nombre)
        planchers[[i, nombre + i]] = hauts[[i, nombre + i]] = max(valeur, 0), max(-valeur, 0)
        if self._modele is None:
            relations = [dict(r) | {nombre + j: -s for j, s in r.items()} for r in self.systeme.relations]
            self._modele = Modele(planchers, hauts, relations, usage=Usage.BORNES)
        self._modele.bound(range(2 * nombre), planchers, hauts)
        couts = [_DEJA_CACHE if c in caches else cout for c, cout in zip(self.ordre, self.couts, strict=True)]
        solution = self._modele.cheapest(np.array(couts + couts))
        return None if solution is None else solution[:nombre] - solution[nombre:]

    def _spans(self, mouvements: Sequence[np.ndarray]) -> dict[_C, float]:
        hauts = np.maximum(np.max(mouvements, axis=0), 0)
        bas = np.minimum(np.min(mouvements, axis=0), 0)
        etendues = hauts - bas
        return {self.ordre[i]: float(etendues[i]) for i in map(int, np.nonzero(etendues > _PRECISION)[0])}
