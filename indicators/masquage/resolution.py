"""One linear program kept in HiGHS: costs and bounds change from a question to the next, its basis serves again."""

from collections.abc import Mapping, Sequence
from enum import Enum

import highspy
import numpy as np

Relation = Mapping[int, float]
Nombres = Sequence[float] | np.ndarray
_SECONDES = 5.0


class Usage(Enum):
    """What changes from a question to the next, hence the simplex that goes on from the last answer, and whether
    simplifying the program first is worth it. Ratios measured on the largest samples: 1.5 to 2."""

    COUTS = (4, "off")
    BORNES = (1, "off")
    TOUT = (1, "choose")


class Modele:
    """Unknowns between bounds, whose weighted sums are known. Answers the cheapest point for given costs."""

    def __init__(
        self,
        bas: Nombres,
        hauts: Nombres,
        relations: Sequence[Relation],
        sommes: Nombres | None = None,
        *,
        usage: Usage = Usage.COUTS,
    ) -> None:
        """`relations`: unknown → weight, each sum being 0, or the one that `sommes` says."""
        strategie, simplification = usage.value
        # Simplified again for each question: in a large program, faster than going on from the last answer.
        self._a_froid = usage is Usage.TOUT
        self.nombre = len(bas)
        self._colonnes = np.arange(self.nombre, dtype=np.int32)
        self._highs = highspy.Highs()
        for nom, valeur in (("output_flag", False), ("presolve", simplification), ("threads", 1), ("parallel", "off")):
            self._highs.setOptionValue(nom, valeur)
        self._highs.setOptionValue("simplex_strategy", strategie)
        programme = _linear_program(bas, hauts, relations)
        if sommes is not None:
            programme.row_lower_ = programme.row_upper_ = np.array(sommes, dtype=float)
        self._highs.passModel(programme)

    def bound(self, rangs: Sequence[int], bas: Nombres, hauts: Nombres) -> None:
        """Other bounds for some unknowns."""
        self._highs.changeColsBounds(
            len(rangs), np.array(rangs, dtype=np.int32), np.array(bas, dtype=float), np.array(hauts, dtype=float)
        )

    def cheapest(self, couts: np.ndarray) -> np.ndarray | None:
        """The point of least cost; None when there is no point at all."""
        if self._a_froid:
            self._highs.clearSolver()
        self._highs.changeColsCost(self.nombre, self._colonnes, np.asarray(couts, dtype=float))
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._highs.getSolution().col_value)


def solve_integer(
    couts: Sequence[float],
    bas: Sequence[float],
    hauts: Sequence[float],
    lignes: Sequence[tuple[Relation, float, float]],
    entieres: int,
) -> tuple[np.ndarray | None, float]:
    """The point of least cost under `lignes` (weights, least, greatest), its `entieres` first unknowns whole,
    and what that cost cannot go under. Past some seconds, the best point found so far, or None.
    """
    highs = highspy.Highs()
    for nom, valeur in (("output_flag", False), ("threads", 1), ("time_limit", _SECONDES)):
        highs.setOptionValue(nom, valeur)
    programme = _linear_program(bas, hauts, [ligne for ligne, _, _ in lignes])
    programme.col_cost_ = np.array(couts, dtype=float)
    programme.row_lower_ = np.array([bas for _, bas, _ in lignes], dtype=float)
    programme.row_upper_ = np.array([haut for _, _, haut in lignes], dtype=float)
    entier, reel = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    programme.integrality_ = [entier if i < entieres else reel for i in range(len(couts))]
    highs.passModel(programme)
    highs.run()
    info = highs.getInfo()
    trouve = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return (np.array(highs.getSolution().col_value) if trouve else None), info.mip_dual_bound


def _linear_program(bas: Nombres, hauts: Nombres, relations: Sequence[Relation]) -> highspy.HighsLp:
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(bas), len(relations)
    programme.col_cost_ = np.zeros(len(bas))
    programme.col_lower_, programme.col_upper_ = np.array(bas, dtype=float), np.array(hauts, dtype=float)
    programme.row_lower_ = programme.row_upper_ = np.zeros(len(relations))
    matrice = programme.a_matrix_
    matrice.format_ = highspy.MatrixFormat.kRowwise
    matrice.num_col_, matrice.num_row_ = len(bas), len(relations)
    matrice.start_ = np.cumsum([0, *map(len, relations)]).astype(np.int32)
    matrice.index_ = np.array([i for relation in relations for i in relation], dtype=np.int32)
    matrice.value_ = np.array([p for relation in relations for p in relation.values()], dtype=float)
    return programme
