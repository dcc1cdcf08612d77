"""Every view that a committee can open on a small PLIE, and what each number is made of.

A view is known by its meaning (population, period, place, parts). The meaning is then weighed on a large invented
population where every situation occurs: each person bears a random 64-bit number, a view bears the sum of those of
its people. Two combinations of views are the same people, whatever the data, exactly when their sums are equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from indicators.masquage.comptages import RESTE, Carte
from indicators.masquage.lecture import AUCUN_QUARTIER, AUCUNE_COMMUNE, Cle, Lecture
from indicators.masquage.sens import ACCOMPAGNES, ENTREES, REUNIONS, SORTIES, STOCK

from data_access import tables as t
from indicators.decoupages import DECOUPAGES, name_part

POPULATIONS = (STOCK, ENTREES, SORTIES, ACCOMPAGNES)
_COLONNES = {d: DECOUPAGES[d].colonne for d in ("sexe", "age", "rsa", "minima_sociaux", "deld", "qpv", "handicap")}
_COLONNES |= {d: DECOUPAGES[d].colonne for d in ("diplome", "categorie", "nature", "type_sortie", "referent")}


@dataclass
class Univers:
    """A large invented population, as columns; `poids` is the random number of each."""

    colonnes: dict[str, np.ndarray]
    entree: np.ndarray
    fin: np.ndarray
    lieux: np.ndarray
    carte: Carte
    poids: np.ndarray

    def weigh(self, cle: Cle) -> int | None:
        """The sum of the people of a view, modulo 2^64; None for a view of another kind."""
        if cle.population not in POPULATIONS or cle.operation or not self._knows(cle):
            return None
        qui = self._there(cle) & self._at(cle.lieu)
        for d, v in cle.parts:
            qui &= np.isin(self.colonnes[d], REUNIONS.get((d, v), (v,)))
        return int(self.poids[qui].sum(dtype=np.uint64))

    def _knows(self, cle: Cle) -> bool:
        return all(d in self.colonnes for d, _ in cle.parts) and cle.lieu != AUCUN_QUARTIER

    def _there(self, cle: Cle) -> np.ndarray:
        du, au = (np.datetime64(jour) for jour in (cle.periode.du, cle.periode.au))
        if cle.population == STOCK:
            return (self.entree <= au) & (self.fin > au)
        if cle.population == ENTREES:
            return (self.entree >= du) & (self.entree <= au)
        if cle.population == SORTIES:
            return (self.fin >= du) & (self.fin <= au)
        return (self.entree <= au) & (self.fin >= du)

    def _at(self, lieu: str) -> np.ndarray:
        if not lieu:
            return np.ones(len(self.poids), dtype=bool)
        if lieu == AUCUNE_COMMUNE:
            return np.array([not set(chemin) & self.carte.chemins.keys() for chemin in self.lieux])
        if lieu.endswith(RESTE):
            return np.array([chemin[-2:] == (lieu.removesuffix(RESTE), RESTE) for chemin in self.lieux])
        return np.array([lieu in chemin for chemin in self.lieux])


def read_univers(base: sa.Connection, plie: str, carte: Carte) -> Univers:
    """The people of that base."""
    p = t.parcours.c
    noms = ["entree_le", "fin_le", "code_commune", "code_quartier", *_COLONNES.values()]
    lignes = base.execute(sa.select(*(p[nom] for nom in noms)).where(p.code_plie == plie)).all()
    colonnes = list(zip(*lignes, strict=True))
    lieux = np.empty(len(lignes), dtype=object)
    lieux[:] = [carte.leaf(name_part(c), name_part(q)) for c, q in zip(colonnes[2], colonnes[3], strict=True)]
    return Univers(
        {d: np.array([name_part(v) for v in colonnes[4 + i]]) for i, d in enumerate(_COLONNES)},
        np.array([_day(jour) for jour in colonnes[0]]),
        np.array([_day(jour) for jour in colonnes[1]]),
        lieux,
        carte,
        np.random.default_rng(7).integers(1, 2**63, len(lignes), dtype=np.uint64),
    )


def _day(jour: date) -> Any:
    return np.datetime64(jour)


@dataclass(frozen=True)
class Butin:
    """What was gathered: shown views and secrets (small counts that no view shows), with their weights."""

    montres: tuple[Cle, ...]
    poids_montres: np.ndarray
    secrets: tuple[Cle, ...]
    poids_secrets: np.ndarray


def gather(lectures: Iterable[Lecture], univers: Univers, k: int) -> Butin:
    """Puts readings together: two exports kept by one reader, for instance."""
    montres: dict[Cle, int] = {}
    petits: dict[Cle, int] = {}
    for lecture in lectures:
        for cle, chiffre in lecture.chiffres.items():
            poids = univers.weigh(cle)
            if poids is None:
                continue
            if chiffre.montre:
                montres[cle] = poids
            elif 0 < chiffre.vrai < k:
                petits[cle] = poids
    secrets = {cle: poids for cle, poids in petits.items() if cle not in montres}
    return Butin(
        tuple(montres),
        np.array(list(montres.values()), dtype=np.uint64),
        tuple(secrets),
        np.array(list(secrets.values()), dtype=np.uint64),
    )
