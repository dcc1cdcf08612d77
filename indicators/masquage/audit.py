"""The audit: from all that a role can read, the interval of each count from 1 to k − 1.

The unknowns are the counts themselves, nothing is taken from how masking was decided: what is shown is
known, the rest is 0 or more, the sums of `liens.py` hold. HiGHS then says between what values each lies.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indicators.masquage.inevitables import is_all_of_a_total, says_no_more, smallest_total
from indicators.masquage.lecture import Cle, Lecture
from indicators.masquage.liens import AUTRES, COMPLEMENTS, Liens, Somme
from indicators.masquage.probleme import LectureIncoherente, Probleme


@dataclass(frozen=True)
class Bilan:
    """Result of an audit. `etroits`: small counts of a figure whose interval is too short; `petits`: the same of
    what completes a sub-population, that no figure counts; `inevitables`: those inside a shown total that is itself
    below k, whose interval is as wide as that total, or that are the whole of it since nothing else is there;
    `incoherences`: in words.

    A count of k or more that is hidden for the sake of others is no secret of its own: the others are solved."""

    appels: int
    cellules: int
    masques: int
    inconnus: int
    etroits: tuple[Cle, ...]
    petits: tuple[Cle, ...]
    inevitables: int
    incoherences: tuple[str, ...]

    @property
    def sur(self) -> bool:
        """True when nothing can be deduced."""
        return not (self.etroits or self.petits or self.incoherences)


def audit(lecture: Lecture, k: int) -> Bilan:
    """Solves the interval of every small count, two characteristics at a time: over all places or all
    operations, all periods and all populations together."""
    liens = Liens(lecture)
    liens.build()
    vises = {c for c, chiffre in lecture.chiffres.items() if not chiffre.montre and 0 < chiffre.vrai < k}
    vises |= {c for c, vrai in liens.inconnus.items() if is_complement(c) and vrai is not None and 0 < vrai < k}
    connus = {c: chiffre.vrai for c, chiffre in lecture.chiffres.items() if chiffre.montre}
    vrais = {c: chiffre.vrai for c, chiffre in lecture.chiffres.items()} | liens.inconnus
    deduits = deduce(connus, liens.sommes)
    largeurs = {c: 0.0 for c in vises if c in deduits}
    inconnus, contradictions = 0, list(lecture.incoherences)
    for sommes in split_by_pairs(liens.sommes, deduits):
        probleme, cles = build_problem(sommes, deduits, vrais, vises, k)
        inconnus += len(cles)
        try:
            etroits = probleme.find_narrow()
        except LectureIncoherente as erreur:
            contradictions.append(f"les vrais chiffres se contredisent, à revoir dans liens.py : {erreur}")
            continue
        for rang, largeur in etroits.items():
            largeurs[cles[rang]] = min(largeur, largeurs.get(cles[rang], largeur))
    tous = sorted(largeurs, key=name_cle)
    petits = [c for c in tous if _is_inevitable(lecture, c, largeurs[c], vrais.get(c), k)]
    reste = [c for c in tous if c not in petits]
    contredits = [c for c, chiffre in lecture.chiffres.items() if chiffre.montre and chiffre.masque]
    return Bilan(
        lecture.appels,
        lecture.cellules,
        lecture.masques,
        inconnus,
        tuple(c for c in reste if c in lecture.chiffres),
        tuple(c for c in reste if c not in lecture.chiffres),
        len(petits),
        (*contradictions, *(f"montré ici, masqué là : {name_cle(c)}" for c in contredits)),
    )


def deduce(connus: dict[Cle, float], sommes: list[Somme]) -> dict[Cle, float]:
    """What plain subtractions add to what is known: sums with one unknown left, sums of nothing."""
    deduits = dict(connus)
    par_cle: dict[Cle, list[int]] = defaultdict(list)
    for i, somme in enumerate(sommes):
        for cle in somme:
            par_cle[cle].append(i)
    a_voir = set(range(len(sommes)))
    while a_voir:
        somme = sommes[a_voir.pop()]
        libres = {c: s for c, s in somme.items() if c not in deduits}
        du = -sum(s * deduits[c] for c, s in somme.items() if c in deduits)
        if len(libres) == 1:
            ((cle, signe),) = libres.items()
            deduits[cle] = du / signe
        elif libres and not du and len(set(libres.values())) == 1:
            deduits |= dict.fromkeys(libres, 0.0)
        else:
            continue
        a_voir |= {i for c in libres for i in par_cle[c]}
    return deduits


def split_by_pairs(sommes: list[Somme], connus: dict[Cle, float]) -> Iterator[list[Somme]]:
    """The sums that still have unknowns, for each operation and each two characteristics that cross somewhere
    (a place is one, exits and étapes are one each); those of one alone go with every pair that holds it."""
    par_genre: dict[tuple[str, frozenset[str]], list[Somme]] = defaultdict(list)
    for somme in sommes:
        if any(c not in connus for c in somme):
            operation = next(iter(somme)).operation
            par_genre[(operation, frozenset().union(*(_characteristics(c) for c in somme)))].append(somme)
    for operation in {o for o, _ in par_genre}:
        genres = [g for o, g in par_genre if o == operation]
        larges = [g for g in genres if not any(g < autre for autre in genres)]
        for large in larges:
            yield [s for g in genres if g <= large for s in par_genre[(operation, g)]]


_GENRES = {"categorie": "issue", "nature": "issue", "type_sortie": "issue", "type_etape": "étape", "classe": "étape"}


def _characteristics(cle: Cle) -> frozenset[str]:
    lieu = {"lieu"} if cle.lieu else set()
    return frozenset({_GENRES.get(d, d) for d, _ in cle.parts if d not in COMPLEMENTS} | lieu)


def build_problem(
    sommes: list[Somme], connus: dict[Cle, float], vrais: dict[Cle, float | None], vises: set[Cle], k: int
) -> tuple[Probleme, list[Cle]]:
    """What those sums leave unknown, to be solved, and the count behind each of its ranks."""
    rangs: dict[Cle, int] = {}
    relations: list[dict[int, float]] = []
    reste: list[float] = []
    for somme in sommes:
        relation = {rangs.setdefault(c, len(rangs)): float(s) for c, s in somme.items() if c not in connus}
        if relation:
            relations.append(relation)
            reste.append(-sum(s * connus[c] for c, s in somme.items() if c in connus))
    nombres = [vrais.get(c) for c in rangs]
    depart = np.array([np.nan if n is None else n for n in nombres], dtype=float)
    a_proteger = sorted(rangs[c] for c in vises & rangs.keys())
    return Probleme(relations, reste, depart, a_proteger, k - 1.0, [c.lieu for c in rangs]), list(rangs)


def name_cle(cle: Cle) -> str:
    """A count in words, for the report: codes only, never a person."""
    ou = [cle.operation] * bool(cle.operation) + [cle.lieu] * bool(cle.lieu)
    ou += [f"{d} = {v}" for d, v in sorted(cle.parts)]
    quand = f"du {cle.periode.du:%d/%m/%Y} au {cle.periode.au:%d/%m/%Y}"
    if cle.periode.du == cle.periode.au:
        quand = f"au {cle.periode.au:%d/%m/%Y}"
    return f"{cle.population} {quand}" + (f" ({', '.join(ou)})" if ou else "")


def _is_inevitable(lecture: Lecture, cle: Cle, largeur: float, vrai: float | None, k: int) -> bool:
    if largeur >= min(k - 1, smallest_total(lecture, cle)) or says_no_more(lecture, cle):
        return True
    sans_secret = is_complement(cle) or any(d == "referent" for d, _ in cle.parts)
    return sans_secret and is_all_of_a_total(lecture, cle, vrai)


def is_complement(cle: Cle) -> bool:
    """What is in a sub-population and not in the next one."""
    return any(d == AUTRES for d, _ in cle.parts)
