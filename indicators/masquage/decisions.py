"""Which cells are shown: decided once on canonical tables, whatever the call that asks for them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import log1p
from typing import Any, TypeVar

from data_access.tables import NON_RENSEIGNE
from indicators.masquage.arbre import (
    BLOC,
    RACINE,
    Chemin,
    Effectif,
    Masque,
    children_of,
    is_wide,
    mask_tree,
    nodes_of,
    restore,
)
from indicators.masquage.comptages import RESTE, Compteur, Dimension
from indicators.masquage.familles import ACCOMPAGNES, FAMILLES, FLUX, ISSUE, SORTIES, SOUS, STOCK, TERRITOIRE
from indicators.masquage.passages import Comptes, Passages
from indicators.masquage.periodes import Calendrier
from indicators.masquage.suppression import Case, aggregate, build_tableau, mask_tableau
from indicators.perimetre import Periode

_T = TypeVar("_T")
_ABSENT: Any = object()
Question = dict[Dimension, tuple[Chemin, ...]]
_PEU_UTILES = (NON_RENSEIGNE, "a_confirmer", "non_documentee", "negative")
_PRECIEUX = ("positive",)
_QPV = "qpv"
_UN_JOUR = timedelta(days=1)
_PUBLICS = frozenset(("age", "rsa", "minima_sociaux", "deld", "handicap", "diplome"))
_ENSEMBLE = frozenset((TERRITOIRE, "sexe"))
"""The only two characteristics by which stock, entries, exits and people accompanied are all shown."""


@dataclass(frozen=True)
class Decision:
    """A masked table: hidden parts of each characteristic, hidden cells."""

    masques: tuple[Masque, ...]
    feuilles: dict[Case, Effectif]
    caches: set[Case]

    def shows(self, case: Case) -> bool:
        """True when this cell is shown."""
        if any(m.hides(chemin) for m, chemin in zip(self.masques, case, strict=True) if chemin):
            return False
        vue = (self.masques[0].reduce(case[0]), self.masques[1].reduce(case[1]))
        return vue not in self.caches


@dataclass
class Decisions:
    """Masking of one PLIE, or one of its operations, at one threshold. `memoire` keeps the tables."""

    compteur: Compteur
    calendrier: Calendrier
    k: int
    memoire: dict[Hashable, Any] = field(default_factory=dict)

    def shows(self, famille: str, periode: Periode, question: Question) -> bool:
        """True when the number of rows of the family in those parts is shown over that period."""
        question = {d: chemins for d, chemins in question.items() if chemins != ((),)}
        if not question:
            return True
        if len(question) > 2 or (len(question) == 2 and _is_too_fine(question)):
            return False
        codes = frozenset(d.code for d in question)
        if _QPV in codes and TERRITOIRE in codes:
            return self._shows_quartiers(famille, periode, question)
        if famille == SORTIES and not codes & {ISSUE, SOUS}:
            famille = FLUX
        if famille == ACCOMPAGNES and (len(codes) == 1 or codes == _ENSEMBLE):
            famille = FLUX
        if len(codes) == 2 and (_QPV in codes or not _is_crossed(famille, codes)):
            return False
        periodes = self._pieces(famille, periode)
        return periodes is not None and all(self._shows(famille, p, question) for p in periodes)

    def _shows_quartiers(self, famille: str, periode: Periode, question: Question) -> bool:
        """The people of the QPV of a place are those of its quartiers that are: shown when all of them are."""
        (lieu,) = question[Dimension(TERRITOIRE)]
        dedans = [
            c for q, c in self.compteur.carte.chemins.items() if q in self.compteur.carte.qpv and c[: len(lieu)] == lieu
        ]
        return all(self.shows(famille, periode, {Dimension(TERRITOIRE): (chemin,)}) for chemin in (lieu, *dedans))

    def _pieces(self, famille: str, periode: Periode) -> list[Periode] | None:
        temps = "flux" if famille == FLUX else FAMILLES[famille].temps
        if temps == "jour":
            montre = self._kept(("jour", periode.au), lambda: self.calendrier.is_stock_day(periode.au))
            return [Periode(periode.au, periode.au)] if montre else None
        blocs = self._kept(("blocs", periode), lambda: self.calendrier.blocks(periode))
        return blocs if temps == "flux" or blocs is None else [periode]

    def _shows(self, famille: str, periode: Periode, question: Question) -> bool:
        dimensions = tuple(sorted(question, key=lambda d: (d.code, d.sous)))
        decision = self.decide(famille, periode, dimensions)
        listes = [question[d] for d in dimensions]
        cases = [(a, b) for a in listes[0] for b in (listes[1] if len(listes) > 1 else ((),))]
        return bool(cases) and all(decision.shows(case) for case in cases)

    # -- tables ------------------------------------------------------------------------------------

    def decide(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> Decision:
        """The masked table of a family over a period by one or two characteristics."""
        return self._kept((famille, periode, dimensions), lambda: self._decide(famille, periode, dimensions))

    def _decide(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> Decision:
        masques = tuple(self.mask_of(famille, periode, d) for d in dimensions)
        feuilles = self._leaves(famille, periode, dimensions)
        if len(dimensions) == 1:
            return Decision((*masques, Masque()), feuilles, set())
        tableau = build_tableau(aggregate(feuilles, dict(enumerate(masques))))
        forces = frozenset(case for case in tableau.cases if self._is_forced(famille, periode, dimensions, case))
        return Decision(masques, feuilles, mask_tableau(tableau, self.k, _cost, forces))

    def mask_of(self, famille: str, periode: Periode, dimension: Dimension) -> Masque:
        """Hidden parts of one characteristic shown alone. Exits share those of entries, exits and stock."""
        if famille == SORTIES and dimension.code not in (ISSUE, SOUS):
            famille = FLUX
        if famille == ACCOMPAGNES:
            masque = Masque()
            for bloc in self.calendrier.blocks(periode) or [periode]:
                masque = masque.join(self.mask_of(FLUX, bloc, dimension))
            return masque
        return self._kept((famille, periode, dimension), lambda: self._mask_of(famille, periode, dimension))

    def _mask_of(self, famille: str, periode: Periode, dimension: Dimension) -> Masque:
        feuilles = {a: e for (a, _), e in self._leaves(famille, periode, (dimension,)).items()}
        forces: set[Chemin] = set()
        retenus: set[Chemin] = set()
        if dimension.code == TERRITOIRE:
            for f in ("entrees", SORTIES) if famille == FLUX else (famille,):
                forces |= self.compteur.find_inconsistent(f, periode)
        if famille == FLUX:
            noeuds = nodes_of(feuilles).keys() - {RACINE}
            for veille_ou_fin in _ends(periode):
                stock = self.mask_of(STOCK, veille_ou_fin, dimension)
                # Nobody came, left or stands there: shown, these zeros would say that the hidden stock is one.
                forces |= {chemin for chemin in noeuds | stock.caches if stock.hides(chemin)}
                retenus |= stock.retenus
            if dimension.code == TERRITOIRE:
                forces |= self._too_thin(periode)
        if dimension.code == _QPV:
            forces |= self._given_by_quartiers(famille, periode)
        if famille == STOCK and dimension.code != SOUS:
            return self._mask_stock(periode, dimension, feuilles, forces)
        masque = self._hide(feuilles, forces, 2 if famille == FLUX else 1)
        masque.retenus |= retenus
        return masque

    def _mask_stock(
        self, soir: Periode, dimension: Dimension, feuilles: dict[Chemin, Effectif], forces: set[Chemin]
    ) -> Masque:
        """The stock and the flows around it answer each other, except inside an operation."""
        passages = Passages(self._count, self.calendrier, self.k)
        apres: set[Chemin] = set()
        if self.compteur.operation is None:
            forces = forces | passages.small_before(soir, dimension)
            apres = passages.small_after(soir, dimension)
        masque = self._hide(feuilles, forces, 1)
        # Asked before the parts that are about to be small are hidden too: they would seem to give room.
        if self._gives_flow(masque, soir, dimension):
            return Masque(retenus={RACINE})
        return self._hide(feuilles, forces | apres, 1) if apres else masque

    def _hide(self, feuilles: dict[Chemin, Effectif], forces: set[Chemin], comptes: int) -> Masque:
        """The mask of a tree that hides those parts, be they empty, with that many counts each."""
        tout = feuilles | _empty_parts(forces, feuilles, comptes)
        return mask_tree(tout, self.k, _cost, frozenset(forces))

    def _gives_flow(self, masque: Masque, soir: Periode, dimension: Dimension) -> bool:
        """True when so little happens until the next stock that the two stocks would give a small flow: moves that
        leave the shown stocks as they are take k − 1 from entries and exits alike, or nothing protects it."""
        bloc = self.calendrier.block_after(soir.au)
        if bloc is None:
            return False
        fixes, libres, petits = 0, [0, 0], False
        for (part, _), effectif in self._leaves(FLUX, bloc, (dimension,)).items():
            if masque.hides(part):
                libres = [a + b for a, b in zip(libres, effectif.valeurs, strict=True)]
            else:
                fixes += min(effectif.valeurs)
                petits |= effectif.is_small(self.k)
        return petits and fixes + min(libres) < self.k - 1

    def _too_thin(self, periode: Periode) -> set[Chemin]:
        """Territories whose entries and exits, shown, could not protect a small count of women or men: the moves
        that leave the stock as it is go down by min(entries, exits) of each part, k − 1 in all at least."""
        dimensions = (Dimension("sexe"), Dimension(TERRITOIRE))
        lignes: dict[Chemin, dict[Chemin, Effectif]] = {}
        for (sexe, lieu), effectif in self._leaves(FLUX, periode, dimensions).items():
            for n in range(1, len(lieu) + 1):
                ligne = lignes.setdefault(lieu[:n], {})
                ligne[sexe] = ligne[sexe].plus(effectif) if sexe in ligne else effectif
        return {
            lieu
            for lieu, ligne in lignes.items()
            if any(e.is_small(self.k) for e in ligne.values()) and sum(e.slack() for e in ligne.values()) < self.k - 1
        }

    def _given_by_quartiers(self, famille: str, periode: Periode) -> set[Chemin]:
        """Parts of the split by QPV that would give the hidden places they are made of."""
        masque = self.mask_of(famille, periode, Dimension(TERRITOIRE))
        caches: dict[str, list[Effectif]] = {}
        for (lieu, _), effectif in self._leaves(famille, periode, (Dimension(TERRITOIRE),)).items():
            if masque.hides(lieu) and not effectif.nul:
                caches.setdefault(self.compteur.carte.qpv_of(lieu), []).append(effectif)
        return {(part,) for part, effectifs in caches.items() if not is_wide(effectifs, self.k)}

    def _is_forced(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...], case: Case) -> bool:
        """Entries and exits are hidden where the stock is, before or after: the flow identity would give it back."""
        if famille != FLUX or not all(case) or any(BLOC in chemin for chemin in case):
            return False
        vraie = (restore(case[0]), restore(case[1]))
        return not all(self.decide(STOCK, jour, dimensions).shows(vraie) for jour in _ends(periode))

    def _leaves(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> dict[Case, Effectif]:
        if famille != FLUX:
            comptes = self._count(famille, periode, dimensions)
            return {_as_case(cle): Effectif((n,)) for cle, n in comptes.items()}
        entrees, sorties = (self._count(f, periode, dimensions) for f in ("entrees", SORTIES))
        cles = entrees | sorties
        for jour in _ends(periode):
            # Nobody came or left there, but somebody stands there: hidden if the stock is.
            cles |= self._count(STOCK, jour, dimensions)
        return {_as_case(cle): Effectif((entrees.get(cle, 0), sorties.get(cle, 0))) for cle in cles}

    def _count(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> Comptes:
        """One reading of the database for each table, however many decisions look at it."""
        cle = ("comptes", famille, periode, dimensions)
        return self._kept(cle, lambda: self.compteur.count(famille, periode, dimensions))

    def _kept(self, cle: Hashable, calcul: Callable[[], _T]) -> _T:
        # Another thread may empty the memory at any time: what was found is kept in hand.
        trouve = self.memoire.get(cle, _ABSENT)
        if trouve is _ABSENT:
            trouve = self.memoire[cle] = calcul()
        return trouve

    def of_mode(self, mode: str) -> "Decisions":
        """The same for the parcours of one mode only."""
        autre: dict[Hashable, Any] = self._kept(("mode", mode), lambda: {})
        return replace(self, compteur=replace(self.compteur, mode=mode), memoire=autre)


def _is_too_fine(question: Question) -> bool:
    """Types of exit crossed with another characteristic: no table is that fine."""
    return any(d.code == ISSUE and any(len(chemin) > 2 for chemin in chemins) for d, chemins in question.items())


def _is_crossed(famille: str, codes: frozenset[str]) -> bool:
    """Two characteristics of people cut one population only, the people accompanied: stock, entries and exits
    cut in the same way would give each other back. Exits by result, sub-populations and étapes stand apart.
    No screen crosses two of `_PUBLICS`: over periods that overlap, their tables would say too much together."""
    if famille in (STOCK, FLUX):
        return codes == _ENSEMBLE or SOUS in codes
    return len(codes & _PUBLICS) < 2  # noqa: PLR2004 — two characteristics


def _empty_parts(forces: set[Chemin], feuilles: dict[Chemin, Effectif], comptes: int) -> dict[Chemin, Effectif]:
    """The smallest parts to hide where nobody is, with that many counts: none names them."""
    contenants = children_of(nodes_of({chemin: Effectif((0,)) for chemin in forces})).keys()
    return {chemin: Effectif((0,) * comptes) for chemin in forces - nodes_of(feuilles).keys() - contenants}


def _as_case(cle: tuple[Chemin, ...]) -> Case:
    return cle[0], cle[1] if len(cle) > 1 else ()


def _ends(periode: Periode) -> tuple[Periode, Periode]:
    veille = periode.du - _UN_JOUR
    return Periode(veille, veille), Periode(periode.au, periode.au)


def _cost(chemin: Chemin, total: int) -> float:
    """What hiding a part loses: one cell, a little more when it is large; almost nothing for what is never
    published by itself, little for what nobody looks for, much for the headline figures."""
    nom = chemin[-1] if chemin else ""
    if nom in (BLOC, RESTE):
        return 0.01
    poids = 0.3 if nom in _PEU_UTILES else 5.0 if nom in _PRECIEUX else 1.0
    return poids * (1 + log1p(total) / 10)
