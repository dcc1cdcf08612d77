"""What a reader of one role can put side by side: every figure that the screens offer, whatever masks it.

Independent of how masking was decided: it asks `publier` like any screen and keeps, of each figure, the
counts that it gives away (`sens.py`) and whether some output shows them. What links them: `liens.py`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from data_access import tables as t
from data_access.tables import NON_RENSEIGNE
from indicators.acces import PublicationRefusee
from indicators.contexte import read_contexte
from indicators.decoupages import name_part
from indicators.masquage.comptages import RESTE, Carte, read_carte
from indicators.masquage.ecrans import ask_catalogue, ask_screens
from indicators.masquage.sens import SENS, SEUILS, SORTIES, STOCK, Compte
from indicators.objectifs import evaluate_objectifs
from indicators.perimetre import ANIMATION, Droits, Filtres, Periode
from indicators.publication import publier
from indicators.resultats import Cellule, Etat

_PAR_LIEU = ("commune", "quartier")
_DE_BASE = ("file_active", "entrees", "sorties", "participants_accompagnes", "etapes")
TOUJOURS = Periode(date.min, date.min)
"""Stands for any period in a key."""
AUCUNE_COMMUNE, AUCUN_QUARTIER = "sans commune", "sans quartier"


class Cle(NamedTuple):
    """Where a count stands: its population, an operation or "", the period, a territory or "", its parts."""

    population: str
    operation: str
    periode: Periode
    lieu: str
    parts: frozenset[tuple[str, str]]


@dataclass
class Chiffre:
    """A count: its true value, whether some output shows it, whether one masks it."""

    vrai: float
    montre: bool = False
    masque: bool = False


@dataclass(frozen=True)
class Etendue:
    """What is asked: every screen over those periods; with `catalogue`, every split of every figure of the whole
    PLIE too, and every pair of splits of the counts."""

    periodes: tuple[Periode, ...]
    catalogue: bool = False


@dataclass
class Lecture:
    """Every count that the figures give or mask. `complets`: what was cut by a split, whatever the period ("" for
    a place), so that the parts make the whole. `appels`: questions asked; `masques`: cells masked in them."""

    plie: str
    carte: Carte
    genres: Mapping[str, str]
    implique: Mapping[tuple[str, str], frozenset[tuple[str, str]]]
    complets: set[tuple[Cle, str]] = field(default_factory=set)
    periodes: tuple[Periode, ...] = ()
    chiffres: dict[Cle, Chiffre] = field(default_factory=dict)
    appels: int = 0
    cellules: int = 0
    masques: int = 0
    incoherences: list[str] = field(default_factory=list)


def start(base: sa.Connection, plie: str) -> Lecture:
    """Nothing read yet: the map of the PLIE, and what each type of exit or étape implies."""
    z, e, p = t.territoires.c, t.types_etape.c, t.parcours.c
    genres = {
        code: genre for code, genre in base.execute(sa.select(z.code_territoire, z.type).where(z.code_plie == plie))
    }
    vues: dict[tuple[str, str], set[tuple[tuple[str, str], ...]]] = defaultdict(set)
    for classe, genre in base.execute(sa.select(e.code_classe, e.type_etape).where(e.code_plie == plie)):
        vues[("type_etape", genre)].add((("classe", name_part(classe)),))
    issues = sa.select(p.categorie_sortie, p.nature_sortie, p.type_sortie).where(
        p.code_plie == plie, p.sortie_le.is_not(None)
    )
    for ligne in base.execute(issues.distinct()):
        categorie, nature, genre = map(name_part, ligne)
        vues[("type_sortie", genre)].add((("categorie", categorie), ("nature", nature)))
        vues[("nature", nature)].add((("categorie", categorie),))
    implique = {part: frozenset(suites.pop()) for part, suites in vues.items() if len(suites) == 1}
    return Lecture(plie, read_carte(base, plie), genres, implique)


def read_as(base: sa.Connection, plie: str, etendue: Etendue, droits: Droits) -> Lecture:
    """Everything of that extent that those rights can read of one PLIE."""
    lecteur = Lecteur(base, droits, start(base, plie))
    lecteur.read_all(etendue)
    return lecteur.lecture


@dataclass
class Lecteur:
    """Asks one base with those rights, each question once."""

    base: sa.Connection
    droits: Droits
    lecture: Lecture
    faits: dict[tuple[str, Filtres], tuple[Cellule, ...]] = field(default_factory=dict)

    def read_all(self, etendue: Etendue) -> None:
        """Every question of that extent, then the targets."""
        self.lecture.periodes += etendue.periodes
        for code, filtres in self._questions(etendue):
            self.read(code, filtres)
        for periode in etendue.periodes:
            self._read_objectifs(periode)

    # -- questions ---------------------------------------------------------------------------------

    def _questions(self, etendue: Etendue) -> Iterator[tuple[str, Filtres]]:
        contexte = read_contexte(self.base, (self.lecture.plie,))
        for periode in etendue.periodes:
            filtres = Filtres((self.lecture.plie,), periode)
            yield from ask_screens(filtres, _PAR_LIEU)
            if etendue.catalogue:
                yield from ask_catalogue(filtres)
            for operation in contexte.operations:
                yield from self._of_operation(replace(filtres, operation=operation.code_operation))
            for territoire in self.lecture.carte.chemins:
                yield from self._of_territoire(replace(filtres, territoire=territoire))

    def _of_operation(self, filtres: Filtres) -> Iterator[tuple[str, Filtres]]:
        yield from ask_screens(filtres, ("commune",))
        for territoire in self._parents():
            yield from ((code, replace(filtres, territoire=territoire)) for code in _DE_BASE)

    def _of_territoire(self, filtres: Filtres) -> Iterator[tuple[str, Filtres]]:
        """A commune or a quartier filtered is the same question as the split by it, already asked: the headlines
        are asked again, to be sure. What contains others has no split of its own: all its screens are asked."""
        if filtres.territoire in self._parents():
            yield from (q for q in ask_screens(filtres, ()) if "mois" not in q[1].par)
        else:
            yield from ((code, filtres) for code in _DE_BASE)

    def _parents(self) -> tuple[str, ...]:
        return tuple(code for code in self.lecture.carte.chemins if code in self.lecture.carte.parents)

    def _read_objectifs(self, periode: Periode) -> None:
        """A target shows its figure over its own period; it must be masked exactly when the figure is."""
        for objectif in evaluate_objectifs(self.base, self.lecture.plie, periode.au, self.droits):
            if not objectif.calcule or objectif.part_ecoulee <= 0:
                continue
            duree = Periode(objectif.debut, min(periode.au, objectif.fin))
            filtres = Filtres((self.lecture.plie,), duree, objectif.operation)
            vus = self.read(objectif.indicateur, filtres)
            montres = [c for c in vus if c.etat is Etat.VALEUR]
            if (objectif.realise is not None or objectif.taux is not None) and not montres:
                self.lecture.incoherences.append(f"objectif {objectif.indicateur} montré, chiffre masqué")

    # -- answers -----------------------------------------------------------------------------------

    def read(self, code: str, filtres: Filtres) -> tuple[Cellule, ...]:
        """Asks one question; a stock on its last day, the file active on the eve of the period too."""
        if _is_stock(code) and "mois" not in filtres.par:
            if code == "file_active":
                veille = filtres.periode.du - timedelta(days=1)
                self._read_once(code, filtres.over(Periode(veille, veille)))
            filtres = filtres.over(Periode(filtres.periode.au, filtres.periode.au))
        return self._read_once(code, filtres)

    def _read_once(self, code: str, filtres: Filtres) -> tuple[Cellule, ...]:
        if (code, filtres) in self.faits:
            return self.faits[(code, filtres)]
        try:
            vus = publier(self.base, code, filtres, self.droits).cellules
        except PublicationRefusee:
            vus = ()
        self.faits[(code, filtres)] = vus
        self.lecture.appels += 1
        self.lecture.cellules += len(vus)
        masques = sum(c.etat is Etat.MASQUE for c in vus)
        self.lecture.masques += masques
        vrais = {_place(c): c for c in (publier(self.base, code, filtres, ANIMATION) if masques else vus)}
        for cellule in vus:
            self._note(code, filtres, cellule, vrais.get(_place(cellule)))
        return vus

    def _note(self, code: str, filtres: Filtres, vue: Cellule, vraie: Cellule | None) -> None:
        sens = SENS[code]
        for compte, nombre in (
            (sens.haut, vraie.numerateur if vraie else 0.0),
            (sens.bas, vraie.denominateur if vraie else 0.0),
        ):
            cle = self._key(code, filtres, vue, compte, compte is sens.haut) if compte else None
            if cle is None or vue.etat is Etat.NON_DOCUMENTE:
                continue
            self._note_splits(cle, vue)
            vrai = nombre or 0.0
            chiffre = self.lecture.chiffres.setdefault(cle, Chiffre(vrai))
            if chiffre.vrai != vrai:
                # Distinct people of a filter and of a split are not the same people: no count in common.
                continue
            chiffre.montre |= vue.etat in (Etat.VALEUR, Etat.SANS_OBJET)
            # A masked rate may have a count that another figure shows: only a count says that it is masked.
            chiffre.masque |= vue.etat is Etat.MASQUE and sens.bas is None

    def _note_splits(self, cle: Cle, cellule: Cellule) -> None:
        toujours = cle._replace(periode=TOUJOURS)
        for d, v in cellule.par:
            if (d, v) in cle.parts:
                self.lecture.complets.add((toujours._replace(parts=cle.parts - {(d, v)}), d))
            elif d in _PAR_LIEU:
                self.lecture.complets.add((toujours, ""))

    def _key(self, code: str, filtres: Filtres, cellule: Cellule, compte: Compte, haut: bool) -> Cle | None:
        parts = dict(cellule.par)
        population = compte.population + (" hors total" if cellule.hors_total else "")
        periode = filtres.periode
        mois = parts.pop("mois", None)
        if mois:
            periode = next(m for m in periode.months() if f"{m.du:%Y-%m}" == mois)
            periode = Periode(periode.au, periode.au) if compte.population == STOCK else periode
        operation = parts.pop("operation", None) or filtres.operation or ""
        parts.pop("plie", None)
        seuil = parts.pop("seuil", None)
        if not operation and parts.pop("mode", "complet") == "etape_seule":
            population += " d’une seule étape"
        lieu = self._lieu(parts, filtres.territoire)
        precisions = dict(compte.parts)
        if "referent" in parts:
            precisions.pop("référent", None)
        if seuil and haut:
            precisions[SEUILS[code]] = seuil
        if lieu is None or any(parts.get(d, v) != v for d, v in precisions.items()):
            return None
        return self._complete(Cle(population, operation, periode, lieu, frozenset((parts | precisions).items())))

    def _lieu(self, parts: dict[str, str], territoire: str | None) -> str | None:
        """One name for a place, whether it is filtered or split; None for what is no place of the map."""
        commune, quartier = parts.pop("commune", None), parts.pop("quartier", None)
        if quartier == NON_RENSEIGNE:
            chef = commune or territoire
            if chef == NON_RENSEIGNE or (territoire and not commune):
                return None
            return AUCUN_QUARTIER if chef is None else chef + RESTE if chef in self.lecture.carte.parents else chef
        if quartier:
            return quartier
        if commune == NON_RENSEIGNE:
            return None if territoire else AUCUNE_COMMUNE
        return commune or territoire or ""

    def _complete(self, cle: Cle) -> Cle | None:
        """The same with what its parts imply: a type of exit has its category. None when they contradict."""
        tout = dict(cle.parts)
        for part in cle.parts:
            for d, v in self.lecture.implique.get(part, ()):
                if d in ("categorie", "nature") and cle.population != SORTIES:
                    continue
                if tout.setdefault(d, v) != v and v not in ("F ou H", "hors autre"):
                    return None
        return cle._replace(parts=frozenset(tout.items()))


def _is_stock(code: str) -> bool:
    return any(c is not None and c.population == STOCK for c in (SENS[code].haut, SENS[code].bas))


def _place(cellule: Cellule) -> tuple[tuple[tuple[str, str], ...], bool]:
    return cellule.par, cellule.hors_total
