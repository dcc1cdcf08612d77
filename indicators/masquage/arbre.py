"""Parts of one characteristic as a tree, and which of them are hidden when it is shown alone.

A part is a path: ("Agglo", "Ville", "Quartier"), ("F",), ("positive", "emploi"). Each level adds up to the one
above. Rule of « secret secondaire » (INSEE, manuel de protection des tableaux): under a visible total, the
hidden parts are at least two and their sum leaves each of them an interval of k − 1 or more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Chemin = tuple[str, ...]
RACINE: Chemin = ()
BLOC = "*"
"""Stands for the hidden parts of one parent, which are only known together."""
EFFACE = "›"
"""Joins the name of an erased part to the next one below it."""


@dataclass(frozen=True)
class Effectif:
    """What one part counts. `valeurs`: one count, or several that are shown and hidden together."""

    valeurs: tuple[int, ...]

    def plus(self, autre: "Effectif") -> "Effectif":
        """The two parts together."""
        sommes = tuple(a + b for a, b in zip(self.valeurs, autre.valeurs, strict=True))
        return Effectif(sommes)

    @property
    def nul(self) -> bool:
        """Nothing to hide."""
        return not any(self.valeurs)

    @property
    def total(self) -> int:
        """Size, to choose the cheapest part to hide."""
        return sum(self.valeurs)

    def slack(self, retenu: bool = False) -> int:
        """How far down a reader must be left to imagine. A hidden single count is at least 1, since 0 is shown,
        unless zeros are withheld too (`retenu`), as they are where several counts are hidden together."""
        return min(self.valeurs) - (0 if retenu or len(self.valeurs) > 1 else 1)

    def is_small(self, k: int) -> bool:
        """One of the counts is from 1 to k − 1."""
        return any(0 < v < k for v in self.valeurs)


Effectifs = Mapping[Chemin, Effectif]
Cout = Callable[[Chemin, int], float]


@dataclass
class Masque:
    """Hidden parts of one characteristic.

    `caches`: hidden with all that they contain. `effaces`: hidden themselves, what they contain may be shown.
    `retenus`: parents whose parts are all hidden, zeros included.
    """

    caches: set[Chemin] = field(default_factory=set)
    effaces: set[Chemin] = field(default_factory=set)
    retenus: set[Chemin] = field(default_factory=set)

    def hides(self, chemin: Chemin) -> bool:
        """True when this part, or one that contains it, is hidden."""
        if chemin in self.effaces or chemin in self.caches:
            return True
        return any(chemin[:n] in self.caches or chemin[:n] in self.retenus for n in range(len(chemin)))

    def join(self, autre: "Masque") -> "Masque":
        """What is hidden by one or the other."""
        return Masque(self.caches | autre.caches, self.effaces | autre.effaces, self.retenus | autre.retenus)

    def reduce(self, chemin: Chemin) -> Chemin:
        """The path as a reader sees it: the first hidden part becomes the block of its parent."""
        vu: list[str] = []
        efface = ""
        for n in range(1, len(chemin) + 1):
            if chemin[:n] in self.effaces:
                efface += chemin[n - 1] + EFFACE
                continue
            if self.hides(chemin[:n]):
                return (*vu, BLOC)
            vu.append(efface + chemin[n - 1])
            efface = ""
        return (*vu, BLOC) if efface else tuple(vu)


def restore(vue: Chemin) -> Chemin:
    """The path of a part from the path that a reader sees, blocks apart: erased parts come back."""
    return tuple(nom for niveau in vue for nom in niveau.split(EFFACE))


def nodes_of(feuilles: Effectifs) -> dict[Chemin, Effectif]:
    """Every part of every level with what it counts, the whole under ()."""
    noeuds: dict[Chemin, Effectif] = {}
    for chemin, effectif in feuilles.items():
        for n in range(len(chemin) + 1):
            haut = chemin[:n]
            noeuds[haut] = noeuds[haut].plus(effectif) if haut in noeuds else Effectif(effectif.valeurs)
    return noeuds


def children_of(noeuds: Iterable[Chemin]) -> dict[Chemin, list[Chemin]]:
    """Parent → parts just below it."""
    enfants: dict[Chemin, list[Chemin]] = defaultdict(list)
    for chemin in noeuds:
        if chemin:
            enfants[chemin[:-1]].append(chemin)
    return enfants


def mask_tree(feuilles: Effectifs, k: int, cout: Cout, forces: frozenset[Chemin] = frozenset()) -> Masque:
    """Hidden parts when this characteristic is shown alone. `forces`: parts to hide whatever their size."""
    noeuds = nodes_of(feuilles)
    enfants = children_of(noeuds)
    masque = Masque()
    for parent in sorted(enfants, key=len):
        if not masque.hides(parent):
            _mask_siblings(masque, parent, enfants, noeuds, k, cout, forces)
    return masque


def _mask_siblings(
    masque: Masque,
    parent: Chemin,
    enfants: Mapping[Chemin, list[Chemin]],
    noeuds: Mapping[Chemin, Effectif],
    k: int,
    cout: Cout,
    forces: frozenset[Chemin],
) -> None:
    """Hides the small parts below `parent`, then the cheapest others. A part that contains others is
    not lost with them: it is only erased, and they stand beside its neighbours."""
    parts = {c: noeuds[c] for c in enfants[parent]}
    caches: set[Chemin] = set()
    while True:
        caches |= {c for c, e in parts.items() if e.is_small(k) or c in forces}
        if not caches or is_wide([parts[c] for c in caches], k):
            break
        restants = [c for c, e in parts.items() if not e.nul and c not in caches]
        if not restants:
            masque.retenus.add(parent)
            break
        choix = min(restants, key=lambda c: (cout(c, parts[c].total), c))
        if choix not in enfants:
            caches.add(choix)
            continue
        masque.effaces.add(choix)
        del parts[choix]
        parts |= {c: noeuds[c] for c in enfants[choix]}
    masque.caches |= caches


def is_wide(caches: Sequence[Effectif], k: int) -> bool:
    """Two parts or more, whose known sum leaves each an interval of k − 1 at least: [1, R − h + 1]."""
    sommes = [sum(v) for v in zip(*(e.valeurs for e in caches), strict=True)]
    lisibles = all(somme == 0 or somme >= k for somme in sommes)
    return len(caches) >= 2 and lisibles and sum(e.slack() for e in caches) >= k - 1
