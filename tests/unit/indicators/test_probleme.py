"""The audit's program: people moved between a few places first, and the same answer as one interval at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.masquage.probleme import LectureIncoherente, Probleme
from indicators.masquage.resolution import Modele, Relation

LIEUX, PARTS = 9, 3
K = 5
nombres = st.lists(st.integers(0, 3) | st.integers(0, 20), min_size=LIEUX * PARTS, max_size=LIEUX * PARTS)
caches = st.sets(st.integers(0, LIEUX * PARTS - 1), min_size=2)


def build(nombres: list[int], caches: set[int]) -> tuple[list[int], list[Relation], np.ndarray]:
    """Hidden cells of a table of places and parts, whose totals are known."""
    cellules = sorted(caches)
    rangs = {c: i for i, c in enumerate(cellules)}
    lignes = [range(lieu * PARTS, (lieu + 1) * PARTS) for lieu in range(LIEUX)]
    colonnes = [range(part, LIEUX * PARTS, PARTS) for part in range(PARTS)]
    relations = [{rangs[c]: 1.0 for c in ligne if c in rangs} for ligne in (*lignes, *colonnes)]
    return cellules, [r for r in relations if r], np.array([nombres[c] for c in cellules], dtype=float)


@settings(max_examples=60, deadline=None)
@given(nombres=nombres, caches=caches)
def test_narrow_counts_are_those_found_one_by_one(nombres: list[int], caches: set[int]) -> None:
    cellules, relations, vrais = build(nombres, caches)
    sommes = [sum(vrais[i] for i in r) for r in relations]
    vises = list(range(len(cellules)))
    probleme = Probleme(relations, sommes, vrais, vises, K - 1.0, [str(c // PARTS) for c in cellules])
    trouves = probleme.find_narrow()
    modele = Modele(np.zeros(len(vises)), np.full(len(vises), 1000.0), relations, sommes)
    for i in vises:
        seul = np.eye(len(vises))[i]
        bas, haut = modele.cheapest(seul), modele.cheapest(-seul)
        assert bas is not None
        assert haut is not None
        largeur = haut[i] - bas[i]
        assert (i in trouves) is bool(largeur < K - 1 - 1e-6)
        if i in trouves:
            assert trouves[i] == pytest.approx(largeur, abs=1e-4)


def test_true_counts_that_contradict_a_sum_are_said() -> None:
    with pytest.raises(LectureIncoherente):
        Probleme([{0: 1.0, 1: 1.0}], [7.0], np.array([1.0, 2.0]), [0], K - 1.0, ["a", "b"]).find_narrow()
