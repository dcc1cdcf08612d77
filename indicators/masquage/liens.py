"""The sums that anybody knows between the counts of a reading: parts, places, time, flow, complements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from indicators.masquage.comptages import RESTE
from indicators.masquage.lecture import AUCUN_QUARTIER, AUCUNE_COMMUNE, TOUJOURS, Cle, Lecture
from indicators.masquage.sens import (
    ACCOMPAGNES,
    CHAINES,
    ENTREES,
    FLUX,
    HORS_TOTAL,
    PARTICIPANTS,
    REUNIONS,
    SORTIES,
    STOCK,
)
from indicators.perimetre import Periode

Somme = dict[Cle, int]
_UN_JOUR = timedelta(days=1)
_DOUBLES = "parcours anciens d’une même personne"
_RESTE, AUTRES = "reste", "autres que"
COMPLEMENTS = (_RESTE, AUTRES)
_SANS_PERSONNES = ("référent",)
"""Whether a parcours has a référent is no characteristic of people, no more than which one."""
_REPETEES = {(population, d) for population in (PARTICIPANTS, HORS_TOTAL) for d in ("classe", "type_etape")}
"""One person may have étapes of several types: their parts exceed the whole, and say nothing of each other."""
_QUARTIERS = ("qpv", "quartier", "quartier_de_veille")


@dataclass
class Liens:
    """Sums of counts that are 0. `inconnus`: what no figure says and that completes a sum, never less than 0."""

    lecture: Lecture
    sommes: list[Somme] = field(default_factory=list)
    inconnus: dict[Cle, float | None] = field(default_factory=dict)
    _ailleurs: set[tuple[Cle, str]] = field(default_factory=set)

    def build(self) -> None:
        """Every sum between the counts read."""
        self._link_doubles()
        self._link_chaines()
        self._link_reunions()
        self._link_qpv()
        self._link_time()
        self._link_parts()

    def _vrai(self, cle: Cle) -> float | None:
        chiffre = self.lecture.chiffres.get(cle)
        return self.inconnus.get(cle) if chiffre is None else chiffre.vrai

    def _add(self, total: Cle, parts: Iterable[Cle], *, reste: str = _RESTE) -> Cle | None:
        """Total = Σ parts + what is missing. Nothing is said when the parts exceed the total: they overlap."""
        membres = list(parts)
        ecart = self._gap(total, membres)
        if not membres or ecart is None or ecart < 0:
            return None
        somme = {total: -1} | dict.fromkeys(membres, 1)
        complement = None
        if ecart or reste != _RESTE:
            complement = total._replace(parts=total.parts | {(reste, str(len(self.sommes)))})
            self.inconnus[complement] = ecart
            somme[complement] = 1
        self.sommes.append(somme)
        return complement

    # -- parts and places --------------------------------------------------------------------------

    def _group_parts(self) -> dict[tuple[Cle, str], list[Cle]]:
        """The parts read of each total, for each characteristic ("" for places)."""
        groupes: dict[tuple[Cle, str], list[Cle]] = defaultdict(list)
        for cle in (*self.lecture.chiffres, *self.inconnus):
            if any(d in COMPLEMENTS for d, _ in cle.parts):
                continue
            for d, v in cle.parts:
                if d not in CHAINES and (d, v) not in REUNIONS and (cle.population, d) not in _REPETEES:
                    groupes[(cle._replace(parts=cle.parts - {(d, v)}), d)].append(cle)
                    self._note_implied(cle, d, v)
            if cle.lieu and cle.lieu != AUCUN_QUARTIER:
                groupes[(cle._replace(lieu=self._parent(cle.lieu)), "")].append(cle)
        return groupes

    def _note_implied(self, cle: Cle, d: str, v: str) -> None:
        """A part that implies another stands under it: above, the parts that imply nothing do not make the whole."""
        implique = self.lecture.implique.get((d, v), frozenset()) & cle.parts
        if implique:
            self._ailleurs.add((cle._replace(periode=TOUJOURS, parts=cle.parts - {(d, v)} - implique), d))

    def _link_parts(self) -> None:
        groupes = self._group_parts()
        partiels, doubles = set(), set()
        for (total, d), membres in groupes.items():
            toujours = (total._replace(periode=TOUJOURS), d)
            if not self._is_whole(total, d, membres):
                partiels.add(toujours)
            if (self._gap(total, membres) or 0) < 0:
                # Places that overlap (a quartier outside its commune) say nothing, over any period.
                doubles.add(toujours)
        for (total, d), membres in groupes.items():
            toujours = (total._replace(periode=TOUJOURS), d)
            if toujours not in doubles and (total in self.lecture.chiffres or total in self.inconnus):
                self._link_group(total, membres, entier=toujours not in partiels)

    def _is_whole(self, total: Cle, d: str, membres: list[Cle]) -> bool:
        """False when the parts are known not to make the whole, or when no split ever listed them all."""
        decoupe = (total._replace(periode=TOUJOURS), d) if d else (membres[0]._replace(periode=TOUJOURS), "")
        return not self._gap(total, membres) and decoupe in self.lecture.complets and decoupe not in self._ailleurs

    def _gap(self, total: Cle, membres: list[Cle]) -> float | None:
        """What the parts lack to make the total; less than 0 when they overlap, None where nobody counted."""
        tout, parts = self._vrai(total), [self._vrai(c) for c in membres]
        if tout is None or any(v is None for v in parts):
            return None
        return tout - sum(v or 0 for v in parts)

    def _link_group(self, total: Cle, membres: list[Cle], *, entier: bool) -> None:
        somme = {total: -1} | dict.fromkeys(membres, 1)
        if not entier:
            reste = total._replace(parts=total.parts | {(_RESTE, str(len(self.sommes)))})
            self.inconnus[reste] = self._gap(total, membres)
            somme[reste] = 1
        self.sommes.append(somme)

    def _parent(self, lieu: str) -> str:
        if lieu == AUCUNE_COMMUNE:
            return ""
        if lieu.endswith(RESTE):
            return lieu.removesuffix(RESTE)
        chemin = self.lecture.carte.chemins.get(lieu, (lieu,))
        return chemin[-2] if len(chemin) > 1 else ""

    def _link_qpv(self) -> None:
        """The people of the QPV of a place are those whose quartier is a QPV in it."""
        quartiers = [code for code, genre in self.lecture.genres.items() if genre in _QUARTIERS]
        for cle in list(self.lecture.chiffres):
            valeur = dict(cle.parts).get("qpv")
            if valeur not in ("oui", "non"):
                continue
            dedans = [
                q
                for q in quartiers
                if (self.lecture.genres[q] == "qpv") == (valeur == "oui")
                and (not cle.lieu or cle.lieu in self.lecture.carte.chemins[q])
            ]
            membres = [cle._replace(lieu=q, parts=cle.parts - {("qpv", valeur)}) for q in dedans]
            if all(m in self.lecture.chiffres for m in membres):
                self._add(cle, membres)

    # -- sub-populations ---------------------------------------------------------------------------

    def _link_chaines(self) -> None:
        """Those in one sub-population and not in the next are a count too: small, it must not be given."""
        for cle in list(self.lecture.chiffres):
            for d, v in cle.parts:
                if d in CHAINES and v in CHAINES[d] and d not in _SANS_PERSONNES:
                    plus_large = self._wider(cle, d, v)
                    if plus_large is not None:
                        self._add(plus_large, [cle], reste=AUTRES)

    def _wider(self, cle: Cle, chaine: str, valeur: str) -> Cle | None:
        rang = CHAINES[chaine].index(valeur)
        sans = cle.parts - {(chaine, valeur)}
        plus_larges = [cle._replace(parts=sans | {(chaine, v)}) for v in reversed(CHAINES[chaine][:rang])]
        return next((c for c in (*plus_larges, cle._replace(parts=sans)) if c in self.lecture.chiffres), None)

    def _link_reunions(self) -> None:
        for cle in list(self.lecture.chiffres):
            for d, v in cle.parts & set(REUNIONS):
                sans = cle.parts - {(d, v)}
                membres = [cle._replace(parts=sans | {(d, m)}) for m in REUNIONS[(d, v)]]
                self._add(cle, [m for m in membres if m in self.lecture.chiffres])

    # -- time --------------------------------------------------------------------------------------

    def _link_doubles(self) -> None:
        """Accompanied = stock of the eve + entries − the older parcours of those who have two."""
        for cle in list(self.lecture.chiffres):
            if cle.population != ACCOMPAGNES or cle.operation:
                continue
            veille = cle.periode.du - _UN_JOUR
            avant = cle._replace(population=STOCK, periode=Periode(veille, veille))
            entrees = cle._replace(population=ENTREES)
            vrais = [self._vrai(c) for c in (avant, entrees, cle)]
            if any(v is None for v in vrais):
                continue
            doubles = (vrais[0] or 0) + (vrais[1] or 0) - (vrais[2] or 0)
            if doubles >= 0:
                surplus = cle._replace(population=_DOUBLES)
                self.inconnus[surplus] = doubles
                self.sommes.append({avant: 1, entrees: 1, cle: -1, surplus: -1})

    def _link_time(self) -> None:
        """Time is cut where the periods asked begin and end: what happens in each piece adds up."""
        flux: dict[Cle, list[Periode]] = defaultdict(list)
        soirs: dict[Cle, set[date]] = defaultdict(set)
        for cle in self.lecture.chiffres:
            # Whether the month for recording has elapsed depends on the last day asked: no sum over time.
            if cle.population in FLUX and "saisie" not in dict(cle.parts):
                flux[cle._replace(periode=TOUJOURS)].append(cle.periode)
            elif cle.population == STOCK and not cle.operation:
                soirs[cle._replace(population=ENTREES, periode=TOUJOURS)].add(cle.periode.au)
        bornes = {p.du for p in self.lecture.periodes} | {p.au + _UN_JOUR for p in self.lecture.periodes}
        morceaux = _cut(bornes)
        for modele, periodes in flux.items():
            self._link_pieces(modele, periodes, morceaux, bornes)
        for modele, jours in soirs.items():
            if modele in flux:
                self._link_stocks(modele, sorted(j for j in jours if j + _UN_JOUR in bornes), morceaux)

    def _link_pieces(
        self, modele: Cle, periodes: Sequence[Periode], morceaux: Sequence[Periode], bornes: set[date]
    ) -> None:
        """Every piece of a count; those that a month or a target cuts again are cut for this count alone."""
        siennes = {p.du for p in periodes} | {p.au + _UN_JOUR for p in periodes}
        fins = morceaux if siennes <= bornes else _cut(bornes | siennes)
        for piece in {*morceaux, *fins}:
            if modele._replace(periode=piece) not in self.lecture.chiffres:
                self.inconnus[modele._replace(periode=piece)] = None
        for periode in {*periodes, *morceaux}:
            dedans = [modele._replace(periode=m) for m in _inside(fins, periode.du, periode.au)]
            if len(dedans) > 1:
                self.sommes.append({modele._replace(periode=periode): -1} | dict.fromkeys(dedans, 1))

    def _link_stocks(self, modele: Cle, soirs: Sequence[date], morceaux: Sequence[Periode]) -> None:
        """Stock of one evening + entries − exits = stock of a later one, where the exits are cut in the same way."""
        for avant, fin in zip(soirs, soirs[1:], strict=False):
            dedans = _inside(morceaux, avant + _UN_JOUR, fin)
            entrees = [modele._replace(periode=m) for m in dedans]
            sorties = [c._replace(population=SORTIES) for c in entrees]
            for cle in sorties:
                if cle not in self.lecture.chiffres:
                    self.inconnus.setdefault(cle, None)
            stocks = [modele._replace(population=STOCK, periode=Periode(j, j)) for j in (avant, fin)]
            self.sommes.append({stocks[0]: 1, stocks[1]: -1} | dict.fromkeys(entrees, 1) | dict.fromkeys(sorties, -1))


def _cut(bornes: Iterable[date]) -> list[Periode]:
    jours = sorted(bornes)
    return [Periode(a, b - _UN_JOUR) for a, b in zip(jours, jours[1:], strict=False)]


def _inside(morceaux: Sequence[Periode], du: date, au: date) -> list[Periode]:
    return [m for m in morceaux if du <= m.du and m.au <= au]
