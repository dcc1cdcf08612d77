"""Counts from which masking decides: one GROUP BY for each table, whatever the figure asked for."""

from collections import defaultdict
from dataclasses import dataclass, replace

import sqlalchemy as sa

from data_access import tables as t
from data_access.tables import NON_RENSEIGNE
from indicators.calcul import count_rows
from indicators.lignes import Cadre, Lignes
from indicators.masquage.arbre import Chemin
from indicators.masquage.familles import ETAPE, FAMILLES, ISSUE, SOUS, TERRITOIRE, rows_of
from indicators.perimetre import Filtres, Periode

QPV = "qpv"
QUARTIERS = (QPV, "quartier", "quartier_de_veille")
RESTE = "·"
"""People of a territory who are in none of the smaller ones it contains."""


@dataclass(frozen=True)
class Dimension:
    """A characteristic of the canonical tables; `sous` names the nested indicators that cut a family."""

    code: str
    sous: tuple[str, ...] = ()


_COLONNES: dict[str, tuple[str, ...]] = {
    TERRITOIRE: ("commune", "quartier"),
    ISSUE: ("categorie", "nature", "type_sortie"),
    ETAPE: ("classe", "type_etape"),
}


@dataclass(frozen=True)
class Carte:
    """Territories of a PLIE: each one's path from the widest, those that contain others, and what the quartiers are
    (oui: a QPV; non: another kind)."""

    chemins: dict[str, Chemin]
    parents: frozenset[str]
    qpv: dict[str, str]

    def qpv_of(self, lieu: Chemin) -> str:
        """Whether the people of a smallest place live in a QPV: known of those whose quartier is."""
        return self.qpv.get(lieu[-1], NON_RENSEIGNE)

    def leaf(self, commune: str, quartier: str) -> Chemin:
        """Where a parcours stands: its quartier if it is known, else its commune."""
        code = quartier if quartier in self.chemins else commune
        if code not in self.chemins:
            return (code,)
        chemin = self.chemins[code]
        return (*chemin, RESTE) if code in self.parents else chemin

    def is_consistent(self, commune: str, quartier: str) -> bool:
        """False when the commune and the quartier say different things: filters then overlap."""
        if quartier == NON_RENSEIGNE:
            return True
        return (
            commune in self.chemins
            and self.leaf(commune, quartier)[: len(self.chemins[commune])] == self.chemins[commune]
        )


def read_carte(base: sa.Connection, plie: str) -> Carte:
    """The territories of a PLIE; a loop of parents is cut at its first repeat."""
    z = t.territoires.c
    lignes = base.execute(sa.select(z.code_territoire, z.code_parent, z.type).where(z.code_plie == plie)).all()
    parents = {code: parent for code, parent, _ in lignes}
    qpv = {code: "oui" if genre == QPV else "non" for code, _, genre in lignes if genre in QUARTIERS}
    chemins = {}
    for code in parents:
        chemin: list[str] = []
        noeud: str | None = code
        while noeud is not None and noeud in parents and noeud not in chemin:
            chemin.insert(0, noeud)
            noeud = parents[noeud]
        chemins[code] = tuple(chemin)
    return Carte(chemins, frozenset(p for p in parents.values() if p is not None), qpv)


@dataclass(frozen=True)
class Compteur:
    """Counts the tables of one PLIE (or one of its operations, or its single étapes alone)."""

    base: sa.Connection
    plie: str
    operation: str | None
    mode: str | None
    carte: Carte
    retours_le_meme_jour: bool = False

    def count(self, famille: str, periode: Periode, dimensions: tuple[Dimension, ...]) -> dict[tuple[Chemin, ...], int]:
        """Number of rows of the family at each leaf of the dimensions."""
        seule = len(dimensions) == 1
        par = [c for d in dimensions for c in _columns(d, seule)]
        demandes = tuple(c for c in par if c != SOUS) + (("mode",) if self.mode else ())
        filtres = Filtres((self.plie,), periode, self.operation, None, demandes)
        cadre = Cadre(filtres, retours_le_meme_jour=self.retours_le_meme_jour)
        lignes = FAMILLES[famille].lignes(cadre)
        for d in dimensions:
            if d.code == SOUS:
                lignes = _with_bins(lignes, cadre, d.sous)
        comptes: dict[tuple[Chemin, ...], int] = defaultdict(int)
        colonnes = [*par, *(["mode"] if self.mode else [])]
        for parts, nombre in count_rows(self.base, lignes, colonnes).items():
            if self.mode and parts[-1] != self.mode:
                continue
            comptes[self._case(dimensions, list(parts))] += int(nombre)
        return dict(comptes)

    def find_inconsistent(self, famille: str, periode: Periode) -> frozenset[Chemin]:
        """Territories whose filter and split would not count the same people."""
        filtres = Filtres((self.plie,), periode, self.operation, None, ("commune", "quartier"))
        cadre = Cadre(filtres, retours_le_meme_jour=self.retours_le_meme_jour)
        suspects: set[Chemin] = set()
        for commune, quartier in count_rows(self.base, FAMILLES[famille].lignes(cadre), ("commune", "quartier")):
            if commune != NON_RENSEIGNE and not self.carte.is_consistent(commune, quartier):
                suspects.add(self.carte.chemins.get(commune, (commune,)))
                suspects.add(self.carte.leaf(commune, quartier))
        return frozenset(suspects)

    def _case(self, dimensions: tuple[Dimension, ...], parts: list[str]) -> tuple[Chemin, ...]:
        chemins: list[Chemin] = []
        for d in dimensions:
            nombre = len(_columns(d, len(dimensions) == 1))
            valeurs, parts = tuple(parts[:nombre]), parts[nombre:]
            chemins.append(self.carte.leaf(*valeurs) if d.code == TERRITOIRE else valeurs)
        return tuple(chemins)


def _columns(dimension: Dimension, seule: bool) -> tuple[str, ...]:
    """Columns of a characteristic; the types of exit are not crossed with another one."""
    colonnes = _COLONNES.get(dimension.code, (dimension.code,))
    return colonnes if seule or dimension.code != ISSUE else colonnes[:2]


def _with_bins(lignes: Lignes, cadre: Cadre, codes: tuple[str, ...]) -> Lignes:
    """The rows with a column that says the narrowest of the nested indicators that takes them."""
    tranches = []
    for rang, code in enumerate(codes):
        nom, _, seuil = code.partition("@")
        sous = rows_of(nom, replace(cadre, seuil=int(seuil)) if seuil else cadre)
        tranches.append((sa.and_(sa.true(), *sous.conditions[len(lignes.conditions) :]), str(rang)))
    colonne = sa.case(*tranches, else_=str(len(codes)))
    return replace(lignes, colonnes=dict(lignes.colonnes) | {SOUS: colonne})
