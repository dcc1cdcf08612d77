"""Masking on small tables: boundaries, single hidden cells, remainders, hierarchies, the setting."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.__main__ import main
from indicators.masquage.arbre import BLOC, Effectif, Masque, children_of, mask_tree, nodes_of, restore
from indicators.masquage.optimum import find_optimum
from indicators.masquage.resolution import solve_integer
from indicators.masquage.seuil import SeuilRefuse, read_threshold
from indicators.masquage.suppression import Tableau, aggregate, build_tableau, find_narrow, is_margin, mask_tableau

K = 5


def cost(_chemin: tuple[str, ...], total: int) -> float:
    return 1 + total / 1000


def mask(parts: dict[str, int], k: int = K) -> Masque:
    return mask_tree({tuple(nom.split("/")): Effectif((n,)) for nom, n in parts.items()}, k, cost)


def names(masque: Masque) -> set[str]:
    return {"/".join(chemin) for chemin in masque.caches}


@pytest.mark.parametrize(("nombre", "cache"), [(0, False), (1, True), (K - 1, True), (K, False)])
def test_boundaries(nombre: int, cache: bool) -> None:
    assert mask({"a": nombre, "b": 30, "c": 40}).hides(("a",)) is cache


def test_a_single_hidden_part_takes_the_cheapest_neighbour() -> None:
    assert names(mask({"F": 43, "H": 41, "nr": 2})) == {"nr", "H"}


def test_two_hidden_parts_with_remainder_2_are_not_enough() -> None:
    assert names(mask({"a": 1, "b": 1, "c": 8, "d": 40})) == {"a", "b", "c"}


def test_a_total_of_five_cannot_hide_two_and_three_with_zeros_shown() -> None:
    masque = mask({"a": 2, "b": 3})
    assert masque.retenus == {()}
    assert masque.hides(("jamais vu",))


def test_a_part_that_contains_others_is_erased_not_lost() -> None:
    masque = mask({"E/K1": 30, "E/K2": 12, "E/K3": 40, "nr": 3})
    assert masque.hides(("E",))
    assert masque.hides(("nr",))
    assert masque.hides(("E", "K2"))
    assert not masque.hides(("E", "K1"))
    assert masque.reduce(("E", "K1")) == ("E›K1",)


def test_everything_inside_a_hidden_part_is_hidden() -> None:
    masque = mask({"K1/Z1": 2, "K1/Z2": 1, "K2": 6, "K3": 50})
    assert masque.hides(("K1", "Z1"))
    assert masque.hides(("K1", "jamais vu"))
    assert masque.reduce(("K1", "Z1")) == (BLOC,)


def test_counts_shown_together_are_hidden_together() -> None:
    feuilles = {("a",): Effectif((12, 0)), ("b",): Effectif((20, 3)), ("c",): Effectif((30, 30))}
    assert mask_tree(feuilles, K, cost).hides(("b",))


chemins_a = st.sampled_from([("a",), ("b",), ("c", "x"), ("c", "y"), ("c", "z")])
chemins_b = st.sampled_from([("F",), ("H",), ("nr",)])
tables = st.dictionaries(st.tuples(chemins_a, chemins_b), st.integers(0, 40), min_size=1, max_size=15)


@settings(max_examples=60, deadline=None)
@given(table=tables, k=st.sampled_from([5, 11]))
def test_random_tables_pass_the_audit(table: dict, k: int) -> None:
    """Every hidden cell has an interval of k − 1, solved; or its own totals leave it no more than that."""
    tableau, caches = mask_random(table, k)
    montrees = [c for c in tableau.cases if c not in caches and not is_margin(c)]
    plus_possible = {c for c in tableau.cases if not is_margin(c)} - set(montrees)
    for case in find_narrow(tableau, caches, k):
        ligne, colonne = tableau.cases[(case[0], ())].total, tableau.cases[((), case[1])].total
        tout = tableau.cases[((), ())].total
        assert min(ligne, colonne) - max(0, ligne + colonne - tout) < 2 * k or caches == plus_possible, case
    for case in montrees:
        nombre = tableau.cases[case].total
        marges = (tableau.cases[(case[0], ())].total, tableau.cases[((), case[1])].total)
        assert nombre == 0 or nombre >= k or min(marges) < k or case in tableau.vaines, case


CHEMINS = [("a",), ("b",), ("c", "x"), ("c", "y"), ("c", "z", "1"), ("c", "z", "2"), ("d", "x"), ("d", "y")]
# Parts that nobody has are there too: the application lists them, shown as 0 or masked.
arbres = st.fixed_dictionaries({chemin: st.integers(0, 30) | st.integers(0, 3) for chemin in CHEMINS})


@settings(max_examples=150, deadline=None)
@given(arbre=arbres, k=st.sampled_from([5, 11]))
def test_random_trees_give_no_small_part_back(arbre: dict, k: int) -> None:
    """Every small part of every level is hidden and its interval, solved in whole numbers from what is shown, has
    k − 1 or more; or the shown total that holds it has less to give."""
    feuilles = {chemin: Effectif((n,)) for chemin, n in arbre.items()}
    masque = mask_tree(feuilles, k, cost)
    noeuds = {chemin: e.total for chemin, e in nodes_of(feuilles).items()}
    montres = {chemin: n for chemin, n in noeuds.items() if not chemin or not masque.hides(chemin)}
    for chemin, n in noeuds.items():
        if chemin and 0 < n < k:
            assert chemin not in montres
            bas, haut = whole_interval(noeuds, montres, chemin)
            dessus = min(montres[chemin[:i]] for i in range(len(chemin)) if chemin[:i] in montres)
            assert haut - bas >= min(k - 1, dessus), (chemin, bas, haut, montres)


def whole_interval(noeuds: dict, montres: dict, cible: tuple[str, ...]) -> tuple[int, int]:
    """Least and greatest whole value of a node, knowing only the nodes shown and that children make their parent."""
    rangs = {chemin: i for i, chemin in enumerate(noeuds)}
    bas = [float(montres.get(chemin, 0)) for chemin in noeuds]
    hauts = [float(montres.get(chemin, noeuds[()])) for chemin in noeuds]
    lignes = []
    for parent, enfants in children_of(noeuds).items():
        lignes.append(({rangs[parent]: -1.0} | {rangs[e]: 1.0 for e in enfants}, 0.0, 0.0))
    bornes = []
    for sens in (1.0, -1.0):
        couts = [sens * (chemin == cible) for chemin in noeuds]
        solution, _ = solve_integer(couts, bas, hauts, lignes, entieres=len(noeuds))
        assert solution is not None
        bornes.append(round(solution[rangs[cible]]))
    return bornes[0], bornes[1]


@settings(max_examples=25, deadline=None)
@given(table=tables, k=st.sampled_from([5, 11]))
def test_random_tables_hold_in_whole_numbers(table: dict, k: int) -> None:
    """The intervals that masking found wide in fractions are as wide in whole numbers of people."""
    tableau, caches = mask_random(table, k)
    etroites = set(find_narrow(tableau, caches, k))
    rangs = {case: i for i, case in enumerate(sorted(caches))}
    relations = [{rangs[c]: float(s) for c, s in r.items() if c in rangs} for r in tableau.relations]
    lignes = [(r, 0.0, 0.0) for r in relations if r]
    bas = [-float(tableau.slack(case)) for case in rangs]
    for case in caches - etroites:
        ecart = 0
        for sens in (1.0, -1.0):
            couts = [sens * (c == case) for c in rangs]
            solution, _ = solve_integer(couts, bas, [4.0 * k] * len(rangs), lignes, entieres=len(rangs))
            assert solution is not None
            ecart += abs(round(solution[rangs[case]]))
        assert ecart >= k - 1, case


@settings(max_examples=40, deadline=None)
@given(table=tables, k=st.sampled_from([5, 11]))
def test_random_tables_hide_no_less_than_the_optimum(table: dict, k: int) -> None:
    """The optimum is a bound that no masking goes under: the yardstick of docs/masquage.md is sound."""
    tableau, caches = mask_random(table, k)
    if find_narrow(tableau, caches, k):
        return
    cases = [c for c in tableau.cases if not is_margin(c)]
    optimum = find_optimum(tableau, cases, k)
    nombre = sum(not tableau.cases[c].nul and BLOC not in (*c[0], *c[1]) for c in caches)
    assert optimum is None or optimum <= nombre


def mask_random(table: dict, k: int) -> tuple[Tableau, set]:
    """A table of two characteristics masked as the application does: each alone, then together."""
    feuilles = {case: Effectif((n,)) for case, n in table.items()}
    masques = [mask_tree({c: Effectif((n,)) for c, n in _sums(table, axe).items()}, k, cost) for axe in (0, 1)]
    tableau = build_tableau(aggregate(feuilles, dict(enumerate(masques))))
    return tableau, mask_tableau(tableau, k, cost)


def _sums(table: dict, axe: int) -> dict:
    sommes: dict = {}
    for case, n in table.items():
        sommes[case[axe]] = sommes.get(case[axe], 0) + n
    return sommes


@pytest.mark.parametrize("brut", ["4", "0", "-5", "cinq", "5.5", "1e2", "٥"])
def test_a_lower_or_unreadable_threshold_is_refused(monkeypatch: pytest.MonkeyPatch, brut: str) -> None:
    monkeypatch.setenv("PLIE_SEUIL_MASQUAGE", brut)
    with pytest.raises(SeuilRefuse, match="jamais abaissé"):
        read_threshold()


@pytest.mark.parametrize(("brut", "k"), [("", 5), ("5", 5), ("11", 11)])
def test_the_threshold_may_be_raised(monkeypatch: pytest.MonkeyPatch, brut: str, k: int) -> None:
    monkeypatch.setenv("PLIE_SEUIL_MASQUAGE", brut)
    assert read_threshold() == k


def test_the_command_line_refuses_to_start_with_a_low_threshold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLIE_SEUIL_MASQUAGE", "3")
    assert main(["file_active", "--plie", "P", "--du", "2021-01-01", "--au", "2021-12-31"]) == 2
    assert "[MSQ-001]" in capsys.readouterr().err


def test_an_erased_part_comes_back_in_the_path() -> None:
    masque = mask({"E/K1": 30, "E/K2": 12, "E/K3": 40, "nr": 3})
    assert restore(masque.reduce(("E", "K1"))) == ("E", "K1")
