"""The audit: from all that a role can read, the interval of each hidden count, and what hiding has cost."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from indicators.masquage.arbre import BLOC, RACINE
from indicators.masquage.decisions import Decision
from indicators.masquage.intervalles import Systeme, find_widths
from indicators.masquage.lecture import Cle, Lecture
from indicators.masquage.suppression import Case, Tableau, aggregate, build_tableau, is_margin


@dataclass(frozen=True)
class Bilan:
    """Result of an audit. `sous_le_seuil`: hidden counts inside a shown total that is itself below k, whose
    interval can be no wider than that total. `paris`: narrow only for a reader who bets that no zero is masked."""

    publies: int
    caches: int
    etroits: tuple[Cle, ...]
    sous_le_seuil: int
    paris: int


def audit(lecture: Lecture, k: int) -> Bilan:
    """Solves the interval of every hidden count over all the figures together.

    A line may be withheld with its zeros and nothing says which: a hidden count may be 0 for the reader.
    The stricter reading, where it is at least 1 wherever no zero of the figure is masked, is counted apart.
    """
    etroits = find_narrow(lecture, k, strict=False)
    paris = [c for c in find_narrow(lecture, k, strict=True) if c not in etroits]
    etroits = [c for c in etroits if not _is_given(lecture, c, k)]
    petits = [c for c in etroits if _inside_a_small_total(lecture, c, k)]
    publies = [c for c in lecture.chiffres.values() if c.publie]
    return Bilan(
        len(publies),
        sum(not c.montre for c in publies),
        tuple(c for c in etroits if c not in petits),
        len(petits),
        len(paris),
    )


def find_narrow(lecture: Lecture, k: int, *, strict: bool) -> list[Cle]:
    """Hidden counts of one person or more whose interval is shorter than k − 1."""
    caches = [cle for cle, c in lecture.chiffres.items() if not c.montre]
    rangs = {cle: i for i, cle in enumerate(caches)}
    relations = [{rangs[c]: float(s) for c, s in r.items() if c in rangs} for r in lecture.relations]
    bas = [max(0.0, lecture.chiffres[c].vrai - (lecture.chiffres[c].plancher if strict else 0)) for c in caches]
    largeurs = find_widths(Systeme(bas, [r for r in relations if r]), k - 1)
    return [
        cle
        for cle, largeur in zip(caches, largeurs, strict=True)
        if largeur < k - 1 and lecture.chiffres[cle].publie and lecture.chiffres[cle].vrai
    ]


def _is_given(lecture: Lecture, cle: Cle, k: int) -> bool:
    """A count of k or more that is also a figure shown beside it (the whole of a total, or the stock of a place
    where nobody came or left): hidden for the sake of other figures, it says nothing that they do not."""
    famille, periode, lieu, parts = cle
    nombre = lecture.chiffres[cle].vrai
    voisins = [(famille, periode, "", parts)]
    voisins += [("stock", p, lieu, parts) for p in lecture.jours]
    montres = (lecture.chiffres.get(voisin) for voisin in voisins)
    return nombre >= k and any(c is not None and c.montre and c.vrai == nombre for c in montres)


def _inside_a_small_total(lecture: Lecture, cle: Cle, k: int) -> bool:
    famille, periode, _, parts = cle
    totaux = [lecture.chiffres.get((famille, periode, "", frozenset(parts - {p}))) for p in (*parts, None)]
    totaux.append(lecture.chiffres.get((famille, periode, "", frozenset())))
    return any(t is not None and t.montre and 0 < t.vrai < k for t in totaux)


def count_hidden(decision: Decision, k: int) -> tuple[int, int]:
    """(non-zero cells hidden, least number that any method could hide) in one decided table.

    The bound counts necessary conditions only: two hidden cells in a sum whose total is shown, and enough
    in them for an interval of k − 1. The true optimum lies between the two numbers. Totals of a table of
    two characteristics belong to the tables of each, blocks of hidden parts to none.
    """
    croise = any(b for _, b in decision.feuilles)
    reduites = aggregate(decision.feuilles, dict(enumerate(decision.masques))) if croise else decision.feuilles
    tableau = build_tableau(reduites)
    caches = decision.caches if croise else {c for c in tableau.cases if not decision.shows(c)}
    nombre = sum(not tableau.cases[c].nul and not _is_block(c) for c in caches if c in tableau.cases)
    return nombre, min(nombre, _lower_bound(tableau, k))


def _is_block(case: Case) -> bool:
    return BLOC in (*case[0], *case[1])


def _lower_bound(tableau: Tableau, k: int) -> int:
    croise = any(b for _, b in tableau.cases)
    marges = [c for c in tableau.cases if (is_margin(c) if croise else c == (RACINE, RACINE))]
    cases = [c for c in tableau.cases if c not in marges]
    rangs = {c: i for i, c in enumerate(cases)}
    if not any(tableau.cases[c].is_small(k) for c in cases):
        return 0
    lignes: list[np.ndarray] = []
    for relation in tableau.relations:
        lignes += _needs(tableau, relation, rangs, k)
    prix = np.array([0.0 if tableau.cases[c].nul or _is_block(c) else 1.0 for c in cases])
    bornes = Bounds(np.array([float(tableau.cases[c].is_small(k)) for c in cases]), np.ones(len(cases)))
    contraintes = LinearConstraint(np.array(lignes), lb=np.zeros(len(lignes))) if lignes else ()
    solution = milp(prix, constraints=contraintes, bounds=bornes, integrality=1, options={"time_limit": 5})
    borne = solution.mip_dual_bound if solution.mip_dual_bound is not None else 0.0
    return max(0, int(np.ceil(borne - 1e-6)))


def _needs(tableau: Tableau, relation: dict[Case, int], rangs: dict[Case, int], k: int) -> Iterable[np.ndarray]:
    membres = [c for c in relation if c in rangs]
    total_montre = all(c in rangs for c in relation if relation[c] > 0) and any(
        c not in rangs for c in relation if relation[c] < 0
    )
    for case in membres:
        autres = np.zeros(len(rangs))
        for c in membres:
            autres[rangs[c]] = 1.0
        autres[rangs[case]] = -1.0
        yield autres
        if total_montre:
            poids = np.zeros(len(rangs))
            for c in membres:
                poids[rangs[c]] = float(min(tableau.cases[c].valeurs))
            poids[rangs[case]] -= k - 1
            yield poids
