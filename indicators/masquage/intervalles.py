"""Intervals in which hidden cells may lie, found by solving (HiGHS through SciPy).

The unknowns are the moves of the hidden cells away from their true value: every sum that is shown stays
what it is, no cell goes below what a reader knows to be its least.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack
from scipy.sparse.csgraph import connected_components

Relation = Mapping[int, float]
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

    def matrix(self) -> Any:
        """The relations as a sparse matrix."""
        lignes, colonnes, valeurs = [], [], []
        for i, relation in enumerate(self.relations):
            for j, coefficient in relation.items():
                lignes.append(i)
                colonnes.append(j)
                valeurs.append(coefficient)
        return csr_matrix((valeurs, (lignes, colonnes)), shape=(len(self.relations), len(self.bas)))


def find_widths(systeme: Systeme, suffisant: float) -> np.ndarray:
    """Width of the interval of each cell, exact below `suffisant`, at least `suffisant` above.

    Cells that no chain of sums links are solved apart. Each solution is a table that a reader cannot
    exclude: it widens every cell at once, so few are needed.
    """
    largeurs = np.full(len(systeme.bas), 2.0 * suffisant)
    matrice = systeme.matrix().tocsc()
    if not matrice.shape[0] or not matrice.shape[1]:
        return largeurs
    nombre, groupes = connected_components((abs(matrice).T @ abs(matrice)), directed=False)
    ordre = np.argsort(groupes, kind="stable")
    for cellules in np.split(ordre, np.cumsum(np.bincount(groupes, minlength=nombre))[:-1]):
        bloc = matrice[:, cellules]
        utiles = np.unique(bloc.nonzero()[0])
        if len(utiles):
            largeurs[cellules] = _widths_of(bloc[utiles], np.asarray(systeme.bas, dtype=float)[cellules], suffisant)
    return largeurs


def _widths_of(matrice: Any, descente: np.ndarray, suffisant: float) -> np.ndarray:
    """The same for cells that are all linked: whole directions first, then what is still narrow, one by one."""
    nombre = len(descente)
    hauts, bas = np.zeros(nombre), np.zeros(nombre)
    bornes = np.column_stack([-descente, np.full(nombre, 4 * suffisant)])
    hasard = np.random.default_rng(0)
    for _ in range(_DIRECTIONS):
        etroites = hauts - bas < suffisant - _PRECISION
        if etroites.sum() < _PEU:
            break
        objectif = np.where(etroites, hasard.choice([-1.0, 1.0], nombre) * hasard.uniform(0.5, 1, nombre), 0.0)
        for sens in (-1.0, 1.0):
            _widen(_solve(matrice, bornes, sens * objectif), hauts, bas)
    for i in np.argsort(descente):
        for sens in (-1.0, 1.0):
            if hauts[i] - bas[i] < suffisant - _PRECISION:
                objectif = np.zeros(nombre)
                objectif[i] = sens
                _widen(_solve(matrice, bornes, objectif), hauts, bas)
    return hauts - bas + _PRECISION


def _solve(matrice: Any, bornes: np.ndarray, objectif: np.ndarray) -> np.ndarray:
    solution = linprog(objectif, A_eq=matrice, b_eq=np.zeros(matrice.shape[0]), bounds=bornes, method="highs")
    return solution.x if solution.status == 0 else np.zeros(len(bornes))


def _widen(mouvement: np.ndarray, hauts: np.ndarray, bas: np.ndarray) -> None:
    np.maximum(hauts, mouvement, out=hauts)
    np.minimum(bas, mouvement, out=bas)


@dataclass
class Plan(Generic[_C]):
    """The cells that may be hidden, what each costs, and the sums that link them."""

    ordre: Sequence[_C]
    rangs: Mapping[_C, int]
    systeme: Systeme
    couts: Sequence[float]
    _matrice: Any = field(default=None, init=False)

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
        nombre = len(self.ordre)
        if self._matrice is None:
            matrice = self.systeme.matrix()
            self._matrice = hstack([matrice, -matrice]).tocsr()
        couts = np.array([_DEJA_CACHE if c in caches else cout for c, cout in zip(self.ordre, self.couts, strict=True)])
        hauts = np.full(nombre, 4 * abs(valeur))
        bas = np.minimum(np.asarray(self.systeme.bas, dtype=float), 4 * abs(valeur))
        bornes = np.zeros((2 * nombre, 2))
        bornes[:nombre, 1], bornes[nombre:, 1] = hauts, bas
        i = self.rangs[cellule]
        bornes[i] = (max(valeur, 0),) * 2
        bornes[nombre + i] = (max(-valeur, 0),) * 2
        if -valeur > self.systeme.bas[i]:
            return None
        zeros = np.zeros(self._matrice.shape[0])
        solution = linprog(
            np.concatenate([couts, couts]), A_eq=self._matrice, b_eq=zeros, bounds=bornes, method="highs"
        )
        return solution.x[:nombre] - solution.x[nombre:] if solution.status == 0 else None

    def _spans(self, mouvements: Sequence[np.ndarray]) -> dict[_C, float]:
        hauts = np.maximum(np.max(mouvements, axis=0), 0)
        bas = np.minimum(np.min(mouvements, axis=0), 0)
        etendues = hauts - bas
        return {self.ordre[i]: float(etendues[i]) for i in map(int, np.nonzero(etendues > _PRECISION)[0])}
