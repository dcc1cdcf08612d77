"""Complementary suppression in a table of two characteristics, checked by solving before it is kept.

For each hidden cell whose interval is too narrow, the cheapest set of moves that gives it k − 1 and leaves
every shown sum as it is: the cells that move are hidden too (linear heuristic of Kelly, Golden and Assad,
as in τ-Argus). Then every interval is solved again, until all are wide: nothing is kept unproved.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from indicators.masquage.arbre import Chemin, Cout, Effectif, children_of
from indicators.masquage.intervalles import Plan, Systeme, find_widths

Case = tuple[Chemin, Chemin]


@dataclass
class Tableau:
    """Cells (part of the first characteristic, part of the second) at every level of both; margins are known.

    `retenues`: cells hidden with their whole line, zeros included. `vaines`: cells that the margins give anyway.
    """

    cases: dict[Case, Effectif]
    relations: list[dict[Case, int]] = field(default_factory=list)
    par_case: dict[Case, list[int]] = field(default_factory=dict)
    retenues: set[Case] = field(default_factory=set)
    vaines: set[Case] = field(default_factory=set)

    def slack(self, case: Case) -> int:
        """How far down a reader may believe that a hidden cell lies: 1, or 0 where zeros are hidden too."""
        return max(0, self.cases[case].slack(case in self.retenues))

    def retain_line(self, case: Case) -> set[Case]:
        """Hides the whole row or column of a cell, zeros included: the smaller of the two, then the other."""
        axes = sorted((0, 1), key=lambda i: self.cases[_margin(case, i)].total)
        for i in axes:
            ligne = {c for c in self.cases if c[i] == case[i] and not is_margin(c)}
            if not ligne <= self.retenues | self.vaines:
                self.retenues |= ligne
                self.vaines |= self.retenues - find_movable(self)
                self.retenues -= self.vaines
                return ligne - self.vaines
        return set()


def build_tableau(feuilles: Mapping[Case, Effectif]) -> Tableau:
    """All the levels of a table given by its smallest cells, and the sums that link them."""
    cases: dict[Case, Effectif] = {}
    for (a, b), effectif in feuilles.items():
        for i in range(len(a) + 1):
            for j in range(len(b) + 1):
                case = (a[:i], b[:j])
                cases[case] = cases[case].plus(effectif) if case in cases else Effectif(effectif.valeurs)
    lignes = sorted({a for a, _ in cases})
    colonnes = sorted({b for _, b in cases})
    rien = Effectif((0,) * len(next(iter(feuilles.values())).valeurs)) if feuilles else Effectif((0,))
    cases |= {(a, b): rien for a in lignes for b in colonnes if (a, b) not in cases}
    tableau = Tableau(cases)
    for parent, enfants in children_of(lignes).items():
        for b in colonnes:
            _relate(tableau, (parent, b), [(e, b) for e in enfants])
    for parent, enfants in children_of(colonnes).items():
        for a in lignes:
            _relate(tableau, (a, parent), [(a, e) for e in enfants])
    return tableau


def _relate(tableau: Tableau, parent: Case, enfants: Iterable[Case]) -> None:
    relation = {case: 1 for case in enfants if case in tableau.cases}
    if not relation:
        return
    relation[parent] = -1
    for case in relation:
        tableau.par_case.setdefault(case, []).append(len(tableau.relations))
    tableau.relations.append(relation)


def is_margin(case: Case) -> bool:
    """A total of the table: decided when that characteristic is shown alone."""
    return not case[0] or not case[1]


def _margin(case: Case, axe: int) -> Case:
    return (case[0], ()) if axe == 0 else ((), case[1])


def mask_tableau(tableau: Tableau, k: int, cout: Cout, forces: frozenset[Case] = frozenset()) -> set[Case]:
    """Hidden cells, every one with an interval of k − 1 or more wherever the totals shown leave it possible.

    A cell that no other can protect takes its whole line with it, zeros included (`Tableau.retenues`).
    """
    caches = {case for case, e in tableau.cases.items() if not is_margin(case) and (e.is_small(k) or case in forces)}
    tableau.retenues |= caches & forces
    while True:
        libres = find_movable(tableau)
        plan = _plan(tableau, libres, cout)
        # What the totals and the zeros shown give anyway is not worth hiding.
        vaines = {c for c in caches if c not in libres and not tableau.cases[c].is_small(k)}
        etroites = find_narrow(tableau, caches - vaines, k)
        if not etroites:
            return caches - (vaines - forces)
        ajoutees = _protect(plan, caches, [c for c in etroites if c in libres], k)
        if not ajoutees - caches:
            ajoutees = tableau.retain_line(min(etroites, key=lambda c: (tableau.cases[c].total, c)))
        if not ajoutees:
            return caches | _everything(tableau)
        caches |= ajoutees


def _everything(tableau: Tableau) -> set[Case]:
    """Every cell that the margins do not give anyway: nothing more can be done."""
    tableau.retenues |= {case for case in tableau.cases if not is_margin(case)}
    return find_movable(tableau)


def find_movable(tableau: Tableau) -> set[Case]:
    """Cells that the shown totals and the zeros do not already give: hiding the others would be in vain."""
    vides = {axe: {c[axe] for c, e in tableau.cases.items() if e.nul and not c[1 - axe]} for axe in (0, 1)}
    connus = {
        case
        for case, e in tableau.cases.items()
        if is_margin(case) or case[0] in vides[0] or case[1] in vides[1] or (e.nul and case not in tableau.retenues)
    }
    a_voir = set(range(len(tableau.relations)))
    while a_voir:
        inconnus = [case for case in tableau.relations[a_voir.pop()] if case not in connus]
        if len(inconnus) == 1:
            connus.add(inconnus[0])
            a_voir |= set(tableau.par_case[inconnus[0]])
    return set(tableau.cases) - connus


def _plan(tableau: Tableau, libres: set[Case], cout: Cout) -> Plan[Case]:
    ordre = sorted(libres)
    rangs = {case: i for i, case in enumerate(ordre)}
    relations = [{rangs[c]: float(s) for c, s in relation.items() if c in rangs} for relation in tableau.relations]
    return Plan(
        ordre,
        rangs,
        Systeme([tableau.slack(c) for c in ordre], [r for r in relations if r]),
        [_price(c, tableau.cases[c].total, cout) for c in ordre],
    )


def _price(case: Case, total: int, cout: Cout) -> float:
    """What hiding the cell loses."""
    return cout(case[0], total) * cout(case[1], total)


def _protect(plan: Plan[Case], caches: set[Case], etroites: list[Case], k: int) -> set[Case]:
    """Cells to hide so that the narrow ones get their interval; empty when nothing can be done."""
    ajoutees: set[Case] = set()
    couvertes: set[Case] = set()
    for case in etroites:
        if case not in couvertes:
            mouvement = plan.find_moves(case, caches | ajoutees, k - 1)
            ajoutees |= set(mouvement) - caches
            couvertes |= {c for c, ampleur in mouvement.items() if ampleur >= k - 1}
    return ajoutees


def find_narrow(tableau: Tableau, caches: set[Case], k: int) -> list[Case]:
    """Hidden cells whose interval is shorter than k − 1, solved over the whole table."""
    ordre = sorted(caches)
    rangs = {case: i for i, case in enumerate(ordre)}
    relations = []
    for indice in {r for case in ordre for r in tableau.par_case[case]}:
        relations.append({rangs[c]: float(s) for c, s in tableau.relations[indice].items() if c in rangs})
    systeme = Systeme([tableau.slack(c) for c in ordre], relations)
    largeurs = find_widths(systeme, k - 1)
    return [case for case, largeur in zip(ordre, largeurs, strict=True) if largeur < k - 1]


def aggregate(feuilles: Mapping[Case, Effectif], reduire: Mapping[int, object]) -> dict[Case, Effectif]:
    """The table with hidden parts of each characteristic gathered in blocks."""
    reduites: dict[Case, Effectif] = defaultdict(lambda: Effectif((0,)))
    for case, effectif in feuilles.items():
        a, b = (reduire[i].reduce(chemin) for i, chemin in enumerate(case))  # type: ignore[attr-defined]
        reduites[(a, b)] = reduites[(a, b)].plus(effectif) if (a, b) in reduites else Effectif(effectif.valeurs)
    return dict(reduites)
