"""The audit's program: how wide the interval of each hidden count is.

It starts from the true table. A move that keeps every sum gives a table that a reader cannot exclude
either: each widens many intervals at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.masquage.intervalles import group_linked
from indicators.masquage.resolution import Modele, Relation, Usage

_PRECISION = 1e-6
_DIRECTIONS, _PEU = 60, 8


class LectureIncoherente(Exception):
    """The true counts do not satisfy a sum of `liens.py`: that sum is wrong."""


@dataclass
class Probleme:
    """Unknown counts, each 0 or more, and their weighted `relations`, whose sums are known.

    `vrais`: the true value of each count, NaN where nobody counted it (it is then found by solving).
    `vises`: ranks of the counts to protect; each must keep an interval of `suffisant`.
    """

    relations: Sequence[Relation]
    sommes: Sequence[float]
    vrais: np.ndarray
    vises: Sequence[int]
    suffisant: float

    def find_narrow(self) -> dict[int, float]:
        """The counts to protect whose interval is shorter than `suffisant`, and its exact width.
        Raises LectureIncoherente when the true counts contradict the sums."""
        etroits: dict[int, float] = {}
        vises = set(self.vises)
        for cellules, lignes in group_linked(len(self.vrais), self.relations):
            locaux = [i for i, c in enumerate(cellules) if c in vises]
            if locaux:
                largeurs = self._group(cellules, lignes).widths(locaux)
                etroits |= {cellules[i]: largeurs[i] for i in locaux if largeurs[i] < self.suffisant}
        return etroits

    def _group(self, cellules: Sequence[int], lignes: Sequence[int]) -> "Groupe":
        rangs = {c: i for i, c in enumerate(cellules)}
        relations = [{rangs[c]: s for c, s in self.relations[i].items()} for i in lignes]
        sommes = np.array([self.sommes[i] for i in lignes])
        depart = _complete(self.vrais[list(cellules)], relations, sommes)
        return Groupe(relations, depart, self.suffisant)


def _complete(vrais: np.ndarray, relations: Sequence[Relation], sommes: np.ndarray) -> np.ndarray:
    """The true table, what nobody counted being anything that satisfies the sums."""
    inconnus = np.isnan(vrais)
    bas = np.where(inconnus, 0.0, vrais)
    hauts = np.where(inconnus, _ceiling(sommes, vrais), vrais)
    table = Modele(bas, hauts, relations, sommes, usage=Usage.TOUT).cheapest(np.zeros(len(vrais)))
    if table is None:
        raise LectureIncoherente(f"{len(vrais)} inconnues, {len(relations)} sommes")
    return table


def _ceiling(*nombres: np.ndarray) -> float:
    """Far above anything counted, so that « as large as one likes » is a point like another."""
    return 2 * max([100.0, *(float(np.nanmax(np.abs(n), initial=0.0)) for n in nombres)])


class Groupe:
    """Unknowns that relations link all together, `depart` being one table that satisfies them."""

    def __init__(self, relations: Sequence[Relation], depart: np.ndarray, suffisant: float) -> None:
        self.suffisant = suffisant
        self.hauts, self.bas = np.zeros(len(depart)), np.zeros(len(depart))
        self._modele = Modele(-depart, _ceiling(depart) - depart, relations, usage=Usage.TOUT)

    def widths(self, vises: Sequence[int]) -> dict[int, float]:
        """Width of the interval of each of those counts: exact when it is less than what suffices."""
        self._widen_together(vises)
        for i in vises:
            for sens in (1.0, -1.0):
                if self._is_narrow(i):
                    self._move([i], np.array([sens]))
        return {i: float(self.hauts[i] - self.bas[i]) + _PRECISION for i in vises}

    def _widen_together(self, vises: Sequence[int]) -> None:
        """Each move in a direction drawn at random widens many counts at once."""
        hasard = np.random.default_rng(0)
        for _ in range(_DIRECTIONS):
            restants = [i for i in vises if self._is_narrow(i)]
            if len(restants) < _PEU:
                return
            couts = hasard.choice([-1.0, 1.0], len(restants)) * hasard.uniform(0.5, 1, len(restants))
            self._move(restants, couts)
            self._move(restants, -couts)

    def _is_narrow(self, i: int) -> bool:
        return bool(self.hauts[i] - self.bas[i] < self.suffisant - _PRECISION)

    def _move(self, cellules: Sequence[int], couts: np.ndarray) -> None:
        """Takes these counts as far as those costs push them: where each one goes can be believed."""
        tous = np.zeros(len(self.hauts))
        tous[cellules] = couts
        mouvement = self._modele.cheapest(tous)
        if mouvement is not None:
            np.maximum(self.hauts, mouvement, out=self.hauts)
            np.minimum(self.bas, mouvement, out=self.bas)
