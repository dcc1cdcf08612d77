"""The audit's program: how wide the interval of each hidden count is.

It starts from the true table. A move that keeps every sum gives a table that a reader cannot exclude
either: each widens many intervals at once. People are first moved between a few places, drawn at random,
nothing moving elsewhere: programs a hundred times smaller, whose answers are as true. The whole is solved
for what is left.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from indicators.masquage.intervalles import group_linked
from indicators.masquage.resolution import Modele, Relation, Usage

_PRECISION = 1e-6
_LIEUX = (3, 6, 12, 24)
"""Between how many places people are moved, the fewest first: ratios measured, one draw of 6 places does in 0.2 s
what the whole does in 4."""
_TIRAGES, _PEU = 10, 8


class LectureIncoherente(Exception):
    """The true counts do not satisfy a sum of `liens.py`: that sum is wrong."""


@dataclass
class Probleme:
    """Unknown counts, each 0 or more, and their weighted `relations`, whose sums are known.

    `vrais`: the true value of each count, NaN where nobody counted it (it is then found by solving).
    `vises`: ranks of the counts to protect; each must keep an interval of `suffisant`. `lieux`: the place of each
    count, "" for none.
    """

    relations: Sequence[Relation]
    sommes: Sequence[float]
    vrais: np.ndarray
    vises: Sequence[int]
    suffisant: float
    lieux: Sequence[str]

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
        return Groupe(relations, depart, self.suffisant, [self.lieux[c] for c in cellules])


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

    def __init__(
        self, relations: Sequence[Relation], depart: np.ndarray, suffisant: float, lieux: Sequence[str]
    ) -> None:
        self.relations, self.depart, self.suffisant, self.lieux = relations, depart, suffisant, lieux
        self.hauts, self.bas = np.zeros(len(depart)), np.zeros(len(depart))
        self._hasard = np.random.default_rng(0)

    def widths(self, vises: Sequence[int]) -> dict[int, float]:
        """Width of the interval of each of those counts: exact when it is less than what suffices."""
        self._widen_between_places(vises)
        self._widen_together(vises)
        for i in self._narrow(vises):
            for sens in (1.0, -1.0):
                if self._is_narrow(i):
                    self._move(self._tout, [i], np.array([sens]))
        return {i: float(self.hauts[i] - self.bas[i]) + _PRECISION for i in vises}

    def _widen_between_places(self, vises: Sequence[int]) -> None:
        par_lieu: dict[str, list[int]] = defaultdict(list)
        for i, lieu in enumerate(self.lieux):
            par_lieu[lieu].append(i)
        for nombre in _LIEUX:
            if nombre < len(par_lieu):
                self._push_while_it_helps(vises, partial(self._draw_places, vises, par_lieu, nombre))

    def _draw_places(self, vises: Sequence[int], par_lieu: Mapping[str, list[int]], nombre: int) -> Iterator["Partie"]:
        """Some places, the first where a count is still to be widened."""
        for _ in range(_TIRAGES):
            if etroits := self._narrow(vises):
                premier = self.lieux[self._hasard.choice(etroits)]
                autres = [lieu for lieu in par_lieu if lieu != premier]
                choisis = [premier, *self._hasard.choice(autres, nombre - 1, replace=False)]
                cellules = [i for lieu in choisis for i in par_lieu[lieu]]
                yield Partie(self.relations, self.depart, cellules, self._par_cellule)

    def _widen_together(self, vises: Sequence[int]) -> None:
        """Each move in a direction drawn at random widens many counts at once; what is left goes one by one."""
        self._push_while_it_helps(vises, lambda: [self._tout])

    def _push_while_it_helps(self, vises: Sequence[int], choisir: Callable[[], Iterable["Partie"]]) -> None:
        avant = len(vises) + _PEU
        while _PEU < (restants := len(self._narrow(vises))) <= avant - _PEU:
            avant = restants
            for partie in choisir():
                self._push(partie, vises)

    def _narrow(self, vises: Sequence[int]) -> list[int]:
        return [i for i in vises if self._is_narrow(i)]

    def _is_narrow(self, i: int) -> bool:
        return bool(self.hauts[i] - self.bas[i] < self.suffisant - _PRECISION)

    def _push(self, partie: "Partie", vises: Sequence[int]) -> None:
        """A direction drawn at random for the counts of that part still to be widened, then the opposite one."""
        restants = [i for i in self._narrow(vises) if i in partie.rangs]
        if restants:
            couts = self._hasard.choice([-1.0, 1.0], len(restants)) * self._hasard.uniform(0.5, 1, len(restants))
            self._move(partie, restants, couts)
            self._move(partie, restants, -couts)

    def _move(self, partie: "Partie", cellules: Sequence[int], couts: np.ndarray) -> None:
        """Takes these counts as far as those costs push them: where each one goes can be believed."""
        tous = np.zeros(len(partie.cellules))
        tous[[partie.rangs[i] for i in cellules]] = couts
        mouvement = partie.modele.cheapest(tous)
        if mouvement is not None:
            self.hauts[partie.cellules] = np.maximum(self.hauts[partie.cellules], mouvement)
            self.bas[partie.cellules] = np.minimum(self.bas[partie.cellules], mouvement)

    @cached_property
    def _tout(self) -> "Partie":
        return Partie(self.relations, self.depart, range(len(self.depart)), self._par_cellule)

    @cached_property
    def _par_cellule(self) -> list[list[int]]:
        """The relations that name each count."""
        par_cellule: list[list[int]] = [[] for _ in self.depart]
        for rang, relation in enumerate(self.relations):
            for i in relation:
                par_cellule[i].append(rang)
        return par_cellule


class Partie:
    """Some counts of a group, that move among themselves while the others stay as they are."""

    def __init__(
        self,
        relations: Sequence[Relation],
        depart: np.ndarray,
        cellules: Sequence[int],
        par_cellule: Sequence[Sequence[int]],
    ) -> None:
        self.cellules = np.array(cellules)
        self.rangs = {c: i for i, c in enumerate(cellules)}
        lignes = sorted({rang for c in cellules for rang in par_cellule[c]})
        locales = [{self.rangs[c]: s for c, s in relations[rang].items() if c in self.rangs} for rang in lignes]
        ici = depart[self.cellules]
        self.modele = Modele(-ici, _ceiling(depart) - ici, locales, usage=Usage.TOUT)
