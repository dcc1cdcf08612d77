"""Applies the masking to the cells of a figure: what `publier` calls for every role that is not `animation`."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.tables import NON_RENSEIGNE
from indicators.contexte import read_contexte
from indicators.declaration import Agregat, Indicateur
from indicators.decoupages import DECOUPAGES, name_part
from indicators.masquage.comptages import QUARTIERS, Carte, Compteur, read_carte
from indicators.masquage.decisions import Decisions
from indicators.masquage.familles import HORS_TOTAL, PLANS, Besoin
from indicators.masquage.periodes import Calendrier
from indicators.masquage.questions import Incalculable, Issues, ask, is_neutral, thresholds_of
from indicators.perimetre import Filtres, Periode, end_of_month
from indicators.resultats import Cellule, Etat

_TERRITOIRES = ("commune", "quartier")
_DES_REFERENTS = ("file_active", "file_active_par_referent")
"""What masked roles read by référent, on the evening of the data only. Flows by référent, or stocks on two evenings,
beside what the whole PLIE shows of its exits (no negative one, all recorded in time…), would give small counts by
result."""
_SANS_PERSONNES = ("file_active_par_etp", "file_active_par_referent", "file_active_moyenne")


@dataclass(frozen=True)
class Programme:
    """What masking needs to know of one PLIE."""

    carte: Carte
    arbres: Issues
    calendrier: Calendrier
    parts: dict[str, tuple[str, ...]]
    seuils: tuple[int, ...]
    retours_le_meme_jour: bool

    def may_have(self, parts: Mapping[str, str]) -> bool:
        """False for a place or a référent of another PLIE, for a type beside a class or a result that is not its own:
        what no one will ever have is not masked, or nothing could be added up."""
        siennes = all(valeur in self.parts.get(decoupage, (valeur,)) for decoupage, valeur in parts.items())
        return siennes and self.arbres.may_hold(parts)


@dataclass
class Masquage:
    """Masks cells at threshold `k`; `memoire` keeps the decided tables of this version of the data."""

    base: sa.Connection
    k: int
    memoire: dict[Hashable, Any]

    def mask(
        self, indicateur: Indicateur, filtres: Filtres, cellules: Sequence[Cellule], seuil: int | None = None
    ) -> list[Cellule]:
        """The cells, those that must not be shown in state `masque`, hidden zeros among them."""
        masquees = [self._masked(indicateur, filtres, c, seuil) for c in cellules]
        presentes = {c.par for c in cellules}
        for par in self._possible_parts(filtres):
            if par not in presentes:
                cellule = self._masked(indicateur, filtres, Cellule(par, Etat.VALEUR, 0.0, 0.0), seuil)
                masquees += [cellule] if cellule.etat is Etat.MASQUE else []
        return masquees

    def _masked(self, indicateur: Indicateur, filtres: Filtres, cellule: Cellule, seuil: int | None) -> Cellule:
        parts = dict(cellule.par) | ({"seuil": str(seuil)} if seuil is not None else {})
        plie = (parts["plie"],) if "plie" in parts else filtres.plie
        montree = all(self._shows(indicateur, filtres, code, parts, cellule.hors_total) for code in plie)
        if montree and not self._is_small(indicateur, filtres, cellule, parts):
            return cellule
        return Cellule(cellule.par, Etat.MASQUE, hors_total=cellule.hors_total)

    def _shows(self, indicateur: Indicateur, filtres: Filtres, plie: str, parts: dict[str, str], hors: bool) -> bool:
        besoins = PLANS.get(indicateur.code)
        if besoins is None:
            return False
        programme = self._programme(plie)
        seuils = thresholds_of(indicateur, (programme.seuils if indicateur.seuils_du_plie else ()) or indicateur.seuils)
        periodes = _periods(indicateur, filtres.periode, parts.get("mois"))
        if "referent" in parts and not _is_of_referents(indicateur, periodes, programme.calendrier):
            return False
        for besoin in besoins:
            famille = HORS_TOTAL.get(besoin.famille, besoin.famille) if hors else besoin.famille
            try:
                question = ask(
                    replace(besoin, famille=famille),
                    parts,
                    filtres.territoire,
                    programme.carte,
                    programme.arbres,
                    seuils,
                )
            except Incalculable:
                return False
            if question and not self._is_crossable(filtres, parts):
                return False
            if not _is_headline(indicateur, besoin, parts, filtres):
                decisions = self._decisions(plie, filtres, parts)
                if not all(decisions.shows(famille, periode, question) for periode in periodes):
                    return False
        return True

    def _is_crossable(self, filtres: Filtres, parts: dict[str, str]) -> bool:
        """A référent's own parcours, and the modes inside an operation, are not crossed with characteristics."""
        return "referent" not in parts and not ("mode" in parts and filtres.operation is not None)

    def _is_small(self, indicateur: Indicateur, filtres: Filtres, cellule: Cellule, parts: dict[str, str]) -> bool:
        """Last net: whatever the tables say, no count from 1 to k − 1 leaves with a characteristic."""
        restreint = filtres.territoire is not None or any(not is_neutral(d) for d in parts)
        if not restreint:
            return False
        comptes = [cellule.numerateur]
        if indicateur.code not in _SANS_PERSONNES:
            comptes.append(cellule.denominateur)
        if indicateur.agregat is Agregat.MOYENNE_DES_FINS_DE_MOIS:
            comptes = [cellule.valeur]
        return any(n is not None and 0 < n < self.k for n in comptes)

    # -- context -----------------------------------------------------------------------------------

    def _decisions(self, plie: str, filtres: Filtres, parts: dict[str, str]) -> Decisions:
        programme = self._programme(plie)
        memoire = self.memoire.setdefault((self.k, plie, filtres.operation), {})
        compteur = Compteur(self.base, plie, filtres.operation, None, programme.carte, programme.retours_le_meme_jour)
        decisions = Decisions(compteur, programme.calendrier, self.k, memoire)
        seule = parts.get("mode") == "etape_seule" and filtres.operation is None
        return decisions.of_mode("etape_seule") if seule else decisions

    def _programme(self, plie: str) -> Programme:
        programme = self.memoire.get(("programme", plie))
        if programme is None:
            programme = self.memoire[("programme", plie)] = read_programme(self.base, plie)
        return programme

    def _possible_parts(self, filtres: Filtres) -> Iterable[tuple[tuple[str, str], ...]]:
        """Every part that the splits may have, whether anybody has it or not: silence would say « 0 »."""
        if all(is_neutral(d) and d != "referent" for d in filtres.par):
            return []
        choix = [[(d, v) for v in self._values(filtres, d)] for d in filtres.par]
        return (par for par in product(*choix) if self._may_be(filtres, dict(par)))

    def _may_be(self, filtres: Filtres, parts: dict[str, str]) -> bool:
        plie = (parts["plie"],) if "plie" in parts else filtres.plie
        return any(self._programme(code).may_have(parts) for code in plie)

    def _values(self, filtres: Filtres, decoupage: str) -> list[str]:
        if decoupage == "plie":
            return list(filtres.plie)
        if decoupage == "mois":
            return [f"{m.du:%Y-%m}" for m in filtres.periode.months()]
        if DECOUPAGES[decoupage].valeurs:
            return list(DECOUPAGES[decoupage].valeurs)
        valeurs = {v for plie in filtres.plie for v in self._programme(plie).parts.get(decoupage, ())}
        if decoupage in _TERRITOIRES and filtres.territoire:
            cartes = [self._programme(plie).carte for plie in filtres.plie]
            valeurs = {v for v in valeurs if any(_inside(c, v, filtres.territoire) for c in cartes)}
        return sorted(valeurs)


def _is_of_referents(indicateur: Indicateur, periodes: Sequence[Periode], calendrier: Calendrier) -> bool:
    return indicateur.code in _DES_REFERENTS and all(p.au >= calendrier.publie_le for p in periodes)


def _is_headline(indicateur: Indicateur, besoin: Besoin, parts: dict[str, str], filtres: Filtres) -> bool:
    """A total of a whole PLIE or operation: no characteristic at all."""
    restreint = filtres.territoire is not None or any(not is_neutral(d) for d in parts)
    return not restreint and not besoin.parts


def _inside(carte: Carte, code: str, territoire: str) -> bool:
    a, b = carte.chemins.get(code, (code,)), carte.chemins.get(territoire, (territoire,))
    return a[: len(b)] == b


def _periods(indicateur: Indicateur, periode: Periode, mois: str | None) -> list[Periode]:
    if indicateur.agregat is Agregat.MOYENNE_DES_FINS_DE_MOIS:
        return [Periode(m.au, m.au) for m in periode.months() if m.du.day == 1 and m.au == end_of_month(m.au)] or [
            periode
        ]
    if mois is None:
        return [periode]
    return [m for m in periode.months() if f"{m.du:%Y-%m}" == mois]


def read_programme(base: sa.Connection, plie: str) -> Programme:
    """Territories, exit and étape trees, dates and thresholds of a PLIE."""
    p = t.plie.c
    publie_le, protocole_du = base.execute(
        sa.select(p.date_extraction, p.protocole_du).where(p.code_plie == plie)
    ).first() or (date.max, None)
    u = t.publications.c
    publications = sa.select(u.au).where(u.code_plie == plie).distinct().order_by(u.au)
    carte = read_carte(base, plie)
    etapes = _distinct(base, t.types_etape, plie, "code_classe", "type_etape")
    issues = _distinct(base, t.parcours, plie, "categorie_sortie", "nature_sortie", "type_sortie")
    vus = _distinct(base, t.parcours, plie, "code_commune", "code_quartier")
    zones = _distinct(base, t.territoires, plie, "code_territoire", "type")
    parts = {
        "commune": tuple({z for z, genre in zones if genre == "commune"} | {c for c, _ in vus} | {NON_RENSEIGNE}),
        "quartier": tuple({z for z, genre in zones if genre in QUARTIERS} | {q for _, q in vus} | {NON_RENSEIGNE}),
        "type_sortie": tuple(sorted({i[2] for i in issues})),
        "referent": tuple(sorted(r for (r,) in _distinct(base, t.parcours, plie, "code_referent"))),
        "classe": tuple(sorted({e[0] for e in etapes})),
        "type_etape": tuple(sorted({e[1] for e in etapes})),
    }
    contexte = read_contexte(base, (plie,))
    return Programme(
        carte,
        Issues(issues, etapes),
        Calendrier(publie_le, protocole_du, tuple(base.scalars(publications))),
        parts,
        contexte.seuils,
        contexte.retours_le_meme_jour,
    )


def _distinct(base: sa.Connection, table: sa.Table, plie: str, *noms: str) -> frozenset[tuple[str, ...]]:
    requete = sa.select(*(table.c[nom] for nom in noms)).where(table.c.code_plie == plie).distinct()
    return frozenset(tuple(map(name_part, ligne)) for ligne in base.execute(requete))
