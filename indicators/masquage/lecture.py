"""What a reader of one role can put side by side: every figure of the committee's screens, and what links them.

Independent of how masking was decided: it asks `publier` like any screen, and writes down the sums
that anybody knows (parts of a split, territories, stock and flow, complements).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import sqlalchemy as sa

from indicators.masquage.comptages import Carte, read_carte
from indicators.masquage.decisions import PERSONNES
from indicators.perimetre import ANIMATION, Droits, Filtres, Periode
from indicators.publication import PublicationRefusee, publier
from indicators.resultats import Etat

_BASE = ((), *((d,) for d in PERSONNES), ("commune",), ("quartier",), ("commune", "sexe"), ("age", "sexe"))
_ISSUES = (("categorie",), ("type_sortie",), ("sexe",), ("commune",))
_ETAPES = (("classe",), ("type_etape",), ("type_etape", "sexe"))


@dataclass(frozen=True)
class Appel:
    """A count asked for: the population it belongs to, what restricts it there, the splits of the screens."""

    code: str
    population: str
    restriction: tuple[tuple[str, str], ...] = ()
    par: tuple[tuple[str, ...], ...] = _BASE
    date: bool = False


def _sous(code: str) -> Appel:
    return Appel(code, "stock", ((code, "oui"),), ((), ("sexe",), ("commune",)), True)


APPELS = (
    Appel("file_active", "stock", date=True),
    Appel("entrees", "entrees"),
    Appel("sorties", "sorties", par=(*_BASE, *_ISSUES)),
    Appel("participants_accompagnes", "accompagnes"),
    *(
        Appel(f"sorties_{pluriel}", "sorties", (("categorie", categorie),), ((), ("sexe",), ("commune",)))
        for pluriel, categorie in (
            ("positives", "positive"),
            ("autres", "autre"),
            ("negatives", "negative"),
            ("non_documentees", "non_documentee"),
        )
    ),
    *(_sous(c) for c in ("file_active_suspendus", "sans_etape", "sans_contact", "en_attente_de_validation")),
    _sous("contrats_a_echeance"),
    Appel("etapes", "etapes", par=(*_BASE, *_ETAPES)),
    Appel("contacts", "contacts", par=((), ("nature",), ("sexe",), ("commune",))),
)

Cle = tuple[str, Periode, str, frozenset[tuple[str, str]]]


@dataclass
class Chiffre:
    """A count: its true value, whether some output shows it, the least that a reader may believe."""

    vrai: float
    montre: bool = False
    plancher: int = 1
    publie: bool = True


@dataclass
class Lecture:
    """Every count asked for, shown or not, and the sums that link them."""

    chiffres: dict[Cle, Chiffre] = field(default_factory=dict)
    relations: list[dict[Cle, int]] = field(default_factory=list)
    jours: set[Periode] = field(default_factory=set)

    def relate(self, total: Cle, parts: Iterable[Cle], *, partiel: bool = False) -> None:
        """Total = Σ parts; what is missing is a remainder that nobody publishes, and that a reader cannot take
        for nothing where some parts are never asked for (`partiel`)."""
        parts = [p for p in parts if p in self.chiffres]
        if total not in self.chiffres or not parts:
            return
        ecart = self.chiffres[total].vrai - sum(self.chiffres[p].vrai for p in parts)
        if ecart < 0:
            return
        relation = {p: 1 for p in parts} | {total: -1}
        if ecart or partiel:
            reste = (*total[:3], total[3] | {("reste", str(len(self.relations)))})
            self.chiffres[reste] = Chiffre(ecart, plancher=0, publie=False)
            relation[reste] = 1
        self.relations.append(relation)


def read_as(base: sa.Connection, plie: str, periodes: Iterable[Periode], droits: Droits) -> Lecture:
    """Everything that those rights can read of one PLIE over those periods, and how it is linked."""
    lecture, carte = Lecture(), read_carte(base, plie)
    periodes = tuple(periodes)
    for periode in periodes:
        veille = periode.du - timedelta(days=1)
        for appel in APPELS:
            dates = (Periode(veille, veille), Periode(periode.au, periode.au)) if appel.date else (periode,)
            lecture.jours |= set(dates) if appel.date else set()
            for p in dates:
                _read_call(base, lecture, appel, Filtres((plie,), p), droits, carte)
        _relate_flow(lecture, periode)
    _relate_parts(lecture, carte)
    return lecture


def _read_call(
    base: sa.Connection, lecture: Lecture, appel: Appel, filtres: Filtres, droits: Droits, carte: Carte
) -> None:
    for par in appel.par:
        _read(base, lecture, appel, filtres.split_by(*par), droits)
    for territoire in carte.chemins:
        for par in ((), ("sexe",)) if len(appel.par) > 4 else ((),):
            _read(base, lecture, appel, replace(filtres, territoire=territoire, par=par), droits)


def _read(base: sa.Connection, lecture: Lecture, appel: Appel, filtres: Filtres, droits: Droits) -> None:
    try:
        vus = publier(base, appel.code, filtres, droits)
    except PublicationRefusee:
        return
    vrais = {c.par: c.valeur or 0 for c in publier(base, appel.code, filtres, ANIMATION)}
    zero_masque = any(c.etat is Etat.MASQUE and not vrais.get(c.par) for c in vus)
    for cellule in vus:
        if cellule.etat is Etat.NON_DOCUMENTE or cellule.hors_total:
            continue
        parts = dict(cellule.par)
        lieu = parts.pop("quartier", None) or parts.pop("commune", None) or filtres.territoire or ""
        cle = (appel.population, filtres.periode, lieu, frozenset(parts.items()) | set(appel.restriction))
        chiffre = lecture.chiffres.setdefault(cle, Chiffre(vrais.get(cellule.par, 0)))
        if chiffre.vrai != vrais.get(cellule.par, 0):
            continue
        chiffre.montre |= cellule.etat is Etat.VALEUR
        chiffre.plancher = min(chiffre.plancher, 0 if zero_masque or not chiffre.vrai else 1)


def _relate_flow(lecture: Lecture, periode: Periode) -> None:
    """Stock of the eve + entries − exits = stock of the last day, cell by cell; accompanied = eve + entries."""
    veille = Periode(periode.du - timedelta(days=1), periode.du - timedelta(days=1))
    for famille, p, lieu, parts in list(lecture.chiffres):
        if (famille, p) != ("entrees", periode):
            continue
        avant, fin = ("stock", veille, lieu, parts), ("stock", Periode(periode.au, periode.au), lieu, parts)
        sorties, accompagnes = ("sorties", periode, lieu, parts), ("accompagnes", periode, lieu, parts)
        entrees = (famille, p, lieu, parts)
        for relation in (
            {avant: 1, entrees: 1, sorties: -1, fin: -1},
            {avant: 1, entrees: 1, accompagnes: -1},
        ):
            connues = {c: s for c, s in relation.items() if c in lecture.chiffres}
            if sum(s * lecture.chiffres[c].vrai for c, s in connues.items()) == 0:
                lecture.relations.append(connues)


def _relate_parts(lecture: Lecture, carte: Carte) -> None:
    groupes: dict[tuple[Cle, str], list[Cle]] = defaultdict(list)
    lieux: dict[tuple[Cle, str], list[Cle]] = defaultdict(list)
    for cle in list(lecture.chiffres):
        famille, periode, lieu, parts = cle
        for decoupage, valeur in parts:
            groupes[((famille, periode, lieu, parts - {(decoupage, valeur)}), decoupage)].append(cle)
        if lieu:
            chemin = carte.chemins.get(lieu, (lieu,))
            parent = chemin[-2] if len(chemin) > 1 else ""
            lieux[((famille, periode, parent, parts), "")].append(cle)
    sous = {decoupage for appel in APPELS for decoupage, valeur in appel.restriction if valeur == "oui"}
    for (total, decoupage), membres in (*groupes.items(), *lieux.items()):
        lecture.relate(total, membres, partiel=decoupage in sous)
