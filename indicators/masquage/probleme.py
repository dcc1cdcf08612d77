"""The audit's program: how wide the interval of each hidden count is.

It starts from the true table. A move that keeps every sum gives a table that a reader cannot exclude
either. In a large group most counts are cleared by moves of a handful of neighbours, the others by the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indicators.masquage.intervalles import group_linked
from indicators.masquage.resolution import Modele, Relation, Usage

_PRECISION = 1e-6
_VOISINAGES, _GRAND = (60, 400), 8000
_DIRECTIONS, _PEU = 60, 8
_ACCESSOIRE = 1e-4


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
    table = Modele(bas, hauts, relations, sommes).cheapest(np.zeros(len(vrais)))
    if table is None:
        raise LectureIncoherente(f"{len(vrais)} inconnues, {len(relations)} sommes")
    return table


def _ceiling(*nombres: np.ndarray) -> float:
    """Far above anything counted, so that « as large as one likes » is a point like another."""
    return 2 * max([100.0, *(float(np.nanmax(np.abs(n), initial=0.0)) for n in nombres)])


class Groupe:
    """Unknowns that relations link all together, `depart` being one table that satisfies them."""

    def __init__(self, relations: Sequence[Relation], depart: np.ndarray, suffisant: float) -> None:
        self.relations = relations
        self.depart = depart
        self.suffisant = suffisant
        self.plafond = _ceiling(depart)
        self.hauts, self.bas = np.zeros(len(depart)), np.zeros(len(depart))
        self._entier: Modele | None = None
        self._lignes: list[list[int]] = [[] for _ in depart]
        for rang, relation in enumerate(relations):
            for i in relation:
                self._lignes[i].append(rang)

    def widths(self, vises: Sequence[int]) -> dict[int, float]:
        """Width of the interval of each of those counts: exact when it is less than what suffices."""
        restants = list(vises)
        # A move of the whole costs a tenth of a second, but seconds in a large group.
        for taille in _VOISINAGES if len(self.depart) > _GRAND else ():
            a_voir = set(restants)
            while a_voir:
                centre = a_voir.pop()
                if self._is_narrow(centre):
                    self._widen(centre, self._near(centre, taille), a_voir | {centre})
            restants = [i for i in restants if self._is_narrow(i)]
        self._widen_together(restants)
        for i in restants:
            self._widen(i, range(len(self.depart)), set())
        return {i: float(self.hauts[i] - self.bas[i]) + _PRECISION for i in vises}

    def _widen_together(self, vises: Sequence[int]) -> None:
        """Each move of the whole, in a direction drawn at random, widens many counts at once."""
        hasard, tous = np.random.default_rng(0), range(len(self.depart))
        for _ in range(_DIRECTIONS):
            restants = [i for i in vises if self._is_narrow(i)]
            if len(restants) < _PEU:
                return
            couts = np.zeros(len(tous))
            couts[restants] = hasard.choice([-1.0, 1.0], len(restants)) * hasard.uniform(0.5, 1, len(restants))
            for sens in (1.0, -1.0):
                self._move(tous, self._moves_of(tous), sens * couts)

    def _is_narrow(self, i: int) -> bool:
        return bool(self.hauts[i] - self.bas[i] < self.suffisant - _PRECISION)

    def _near(self, centre: int, taille: int) -> list[int]:
        """The `taille` unknowns that the fewest and shortest sums link to this one, and those linked as closely."""
        pris, bord = {centre}, [centre]
        while bord and len(pris) < taille:
            lignes = sorted({r for i in bord for r in self._lignes[i]}, key=lambda r: len(self.relations[r]))
            bord = []
            for ligne in lignes:
                nouveaux = [i for i in self.relations[ligne] if i not in pris]
                pris.update(nouveaux)
                bord += nouveaux
                if len(pris) >= taille:
                    break
        return sorted(pris)

    def _widen(self, centre: int, cellules: Sequence[int], a_voir: set[int]) -> None:
        """Moves of those unknowns alone that take `centre` as far as it goes, the others with it if they can."""
        modele = self._moves_of(cellules)
        entraines = [i for i, c in enumerate(cellules) if c in a_voir and c != centre]
        for sens in (1.0, -1.0):
            if not self._is_narrow(centre):
                return
            couts = np.zeros(len(cellules))
            couts[entraines] = -sens * _ACCESSOIRE
            couts[cellules.index(centre)] = sens
            self._move(cellules, modele, couts)

    def _move(self, cellules: Sequence[int], modele: Modele, couts: np.ndarray) -> None:
        mouvement = modele.cheapest(couts)
        if mouvement is not None:
            self.hauts[cellules] = np.maximum(self.hauts[cellules], mouvement)
            self.bas[cellules] = np.minimum(self.bas[cellules], mouvement)

    def _moves_of(self, cellules: Sequence[int]) -> Modele:
        if len(cellules) < len(self.depart):
            return self._build(cellules)
        # The whole is built once: its last solution is where the next question starts.
        self._entier = self._entier or self._build(cellules)
        return self._entier

    def _build(self, cellules: Sequence[int]) -> Modele:
        rangs = {c: i for i, c in enumerate(cellules)}
        lignes = {r for c in cellules for r in self._lignes[c]}
        relations: list[Mapping[int, float]] = [
            {rangs[c]: s for c, s in self.relations[r].items() if c in rangs} for r in lignes
        ]
        depart = self.depart[list(cellules)]
        return Modele(-depart, self.plafond - depart, relations, usage=Usage.TOUT)
