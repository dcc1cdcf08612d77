"""What hiding costs: cells hidden in a decided table, against the least that any method could hide in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.masquage.arbre import BLOC, RACINE
from indicators.masquage.decisions import Decision
from indicators.masquage.resolution import Relation, solve_integer
from indicators.masquage.suppression import Case, Tableau, aggregate, build_tableau, is_margin

CASES_AU_PLUS = 40
"""Above, the optimum is not looked for: unknowns grow as the square of the cells."""


@dataclass(frozen=True)
class Cout:
    """Non-zero cells hidden in a table, and the least number possible; None where it was not found in time."""

    caches: int
    optimum: int | None


def measure(decision: Decision, k: int) -> Cout:
    """The cost of a decided table. Totals of a table of two characteristics belong to the tables of each,
    blocks of hidden parts to none."""
    croise = any(b for _, b in decision.feuilles)
    reduites = aggregate(decision.feuilles, dict(enumerate(decision.masques))) if croise else decision.feuilles
    tableau = build_tableau(reduites)
    cases = [c for c in tableau.cases if not (is_margin(c) if croise else c == (RACINE, RACINE))]
    caches = decision.caches if croise else {c for c in cases if not decision.shows(c)}
    nombre = sum(_counts(tableau, c) for c in caches if c in tableau.cases)
    if not nombre or not any(tableau.cases[c].is_small(k) for c in cases):
        return Cout(nombre, 0)
    utiles = [c for c in cases if not tableau.cases[c].nul]
    return Cout(nombre, find_optimum(tableau, cases, k) if len(utiles) <= CASES_AU_PLUS else None)


def find_optimum(tableau: Tableau, cases: Sequence[Case], k: int) -> int | None:
    """Least number of non-zero cells to hide so that every hidden one has an interval of k − 1: the whole
    problem in whole numbers (Fischetti and Salazar, 2001). A reader is taken to know nothing of zeros, which
    may be hidden for nothing: the least is then no greater than under any other reading."""
    rangs = {c: i for i, c in enumerate(cases)}
    relations = [{rangs[c]: float(s) for c, s in r.items() if c in rangs} for r in tableau.relations]
    proteges = [i for i, c in enumerate(cases) if not tableau.cases[c].nul]
    nombre, loin = len(cases), 4.0 * k
    bas = [float(tableau.cases[c].is_small(k)) for c in cases]
    hauts = [1.0] * nombre
    couts = [float(_counts(tableau, c)) for c in cases]
    lignes: list[tuple[Relation, float, float]] = []
    for protege in proteges:
        debut = len(bas)
        for sens in (0, 1):
            base = debut + sens * nombre
            for i, c in enumerate(cases):
                descente = min(loin, float(min(tableau.cases[c].valeurs)))
                bas.append(-descente)
                hauts.append(loin)
                lignes.append(({base + i: 1.0, i: -loin}, -float("inf"), 0.0))
                lignes.append(({base + i: 1.0, i: descente}, 0.0, float("inf")))
            lignes += [({base + i: s for i, s in r.items()}, 0.0, 0.0) for r in relations if r]
        ecart = {debut + protege: 1.0, debut + nombre + protege: -1.0, protege: -(k - 1.0)}
        lignes.append((ecart, 0.0, float("inf")))
    couts += [0.0] * (len(bas) - nombre)
    solution, borne = solve_integer(couts, bas, hauts, lignes, entieres=nombre)
    if solution is None:
        return None
    trouve = sum(c * round(v) for c, v in zip(couts[:nombre], solution, strict=False))
    return int(trouve) if trouve - borne < 1 - 1e-6 else None


def _counts(tableau: Tableau, case: Case) -> bool:
    """A cell whose hiding is a loss: not a zero, not a block of parts that are only known together."""
    return not tableau.cases[case].nul and BLOC not in (*case[0], *case[1])
