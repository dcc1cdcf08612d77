"""Rows → figures: composes one SQL aggregate per figure, whatever its splits, and divides.

Nothing here knows what an indicator means, and nothing loads parcours into memory.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from indicators.declaration import Agregat, Indicateur
from indicators.decoupages import name_part
from indicators.lignes import Cadre, Lignes
from indicators.perimetre import Periode
from indicators.resultats import Cellule, Etat

Cle = tuple[str, ...]
JOURS_PAR_MOIS = 30.4375


class days_between(FunctionElement):  # noqa: N801 — reads as the SQL function that it is
    """Number of days from the first date to the second, on both engines."""

    type = sa.Integer()
    inherit_cache = True
    name = "days_between"


@compiles(days_between, "sqlite")
def _days_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    debut, fin = (compiler.process(c, **kw) for c in element.clauses)
    return f"CAST(julianday({fin}) - julianday({debut}) AS INTEGER)"


@compiles(days_between)
def _days_default(element: Any, compiler: Any, **kw: Any) -> str:
    debut, fin = (compiler.process(c, **kw) for c in element.clauses)
    return f"({fin} - {debut})"


@dataclass
class Distribution:
    """Values and how often each occurs: enough for a mean and a median without loading rows."""

    effectifs: dict[float, int]

    @property
    def nombre(self) -> int:
        """How many rows."""
        return sum(self.effectifs.values())

    def mean(self) -> float:
        """Arithmetic mean; ZeroDivisionError if empty."""
        return sum(valeur * n for valeur, n in self.effectifs.items()) / self.nombre

    def median(self) -> float:
        """Middle value, mean of the two middle ones for an even number; IndexError if empty."""
        rangs = ((self.nombre - 1) // 2, self.nombre // 2)
        return sum(self._at(rang) for rang in rangs) / 2

    def _at(self, rang: int) -> float:
        vus = 0
        for valeur in sorted(self.effectifs):
            vus += self.effectifs[valeur]
            if vus > rang:
                return valeur
        raise IndexError(rang)


def count_rows(base: sa.Connection, lignes: Lignes, par: Sequence[str] = ()) -> dict[Cle, float]:
    """Number of rows (or sum of their quantity) for each part of the splits; the whole under () without split.

    A sum over no known quantity is absent from the answer: unknown is not 0.
    """
    colonnes = [lignes.colonnes[decoupage].label(f"d_{decoupage}") for decoupage in par]
    if lignes.quantite is not None:
        mesure: sa.ColumnElement = sa.func.sum(lignes.quantite)
    elif lignes.cle is not None:
        mesure = sa.func.count(sa.distinct(lignes.cle))
    else:
        mesure = sa.func.count()
    requete = sa.select(*colonnes, mesure).select_from(lignes.source).where(*lignes.conditions).group_by(*colonnes)
    comptes: dict[Cle, float] = defaultdict(float)
    for *parts, nombre in base.execute(requete):
        if nombre is not None:
            comptes[tuple(map(name_part, parts))] += nombre
    return dict(comptes)


def distribute(base: sa.Connection, lignes: Lignes, par: Sequence[str] = ()) -> dict[Cle, Distribution]:
    """Distribution of the rows' quantity for each part of the splits."""
    if lignes.quantite is None:
        raise ValueError("Ces lignes ne portent pas de quantité.")
    colonnes = [lignes.colonnes[decoupage].label(f"d_{decoupage}") for decoupage in par]
    quantite = lignes.quantite.label("quantite")
    valeurs = sa.select(*colonnes, quantite).select_from(lignes.source).where(*lignes.conditions).subquery()
    requete = sa.select(*valeurs.c, sa.func.count()).group_by(*valeurs.c)
    resultat: dict[Cle, Distribution] = {}
    for *parts, valeur, nombre in base.execute(requete):
        if valeur is None:
            continue
        cle = tuple(map(name_part, parts))
        resultat.setdefault(cle, Distribution({})).effectifs[valeur] = nombre
    return resultat


def compute(base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: Sequence[str]) -> dict[Cle, Cellule]:
    """The figure for each part of the splits `par` (rows carry them all); the whole under () without split."""
    if indicateur.agregat is Agregat.RAPPORT:
        return _divide(base, indicateur, cadre, par)
    if indicateur.agregat in (Agregat.MEDIANE, Agregat.MOYENNE):
        return _summarise(base, indicateur, cadre, par)
    if indicateur.agregat is Agregat.MOYENNE_DES_FINS_DE_MOIS:
        return _average_month_ends(base, indicateur, cadre, par)
    lignes = indicateur.numerateur(cadre)
    if lignes.quantite is not None:
        return _add_up(base, lignes, lignes.quantite, par)
    return {cle: _counted(cle, par, n) for cle, n in _with_whole(count_rows(base, lignes, par), par).items()}


def _add_up(base: sa.Connection, lignes: Lignes, quantite: sa.ColumnElement, par: Sequence[str]) -> dict[Cle, Cellule]:
    """Sums of quantities, each with the number of rows that it adds up. Rows of which none bears a quantity are not
    documented; no row at all is a true 0."""
    seules = replace(lignes, quantite=None)
    sommes, rangees = count_rows(base, lignes, par), count_rows(base, seules, par)
    connues = count_rows(base, seules.where(quantite.is_not(None)), par)
    return {
        cle: _counted(cle, par, sommes.get(cle, 0.0), int(connues.get(cle, 0)))
        if connues.get(cle) or not nombre
        else Cellule(_parts(par, cle), Etat.NON_DOCUMENTE)
        for cle, nombre in _with_whole(rangees, par).items()
    }


def compute_nothing(indicateur: Indicateur, periode: Periode) -> Cellule:
    """The figure over no row at all: 0 for a count, « sans objet » for what has nothing to divide or to summarise."""
    if indicateur.agregat is Agregat.COMPTE:
        return _counted((), (), 0.0)
    if indicateur.agregat is Agregat.MOYENNE_DES_FINS_DE_MOIS and (entiers := _whole_months(periode)):
        return Cellule((), Etat.EXACT, 0.0, 0.0, len(entiers))
    return Cellule((), Etat.SANS_OBJET, None, 0.0 if indicateur.agregat is Agregat.RAPPORT else None, 0)


def _with_whole(comptes: dict[Cle, float], par: Sequence[str]) -> dict[Cle, float]:
    return comptes if par else {(): comptes.get((), 0)}


def _counted(cle: Cle, par: Sequence[str], nombre: float, effectif: int | None = None) -> Cellule:
    return Cellule(_parts(par, cle), Etat.EXACT, nombre, nombre, effectif=effectif)


def _parts(par: Sequence[str], cle: Cle) -> tuple[tuple[str, str], ...]:
    return tuple(zip(par, cle, strict=True))


def _divide(base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: Sequence[str]) -> dict[Cle, Cellule]:
    if indicateur.denominateur is None:
        raise ValueError(f"{indicateur.code} n’a pas de dénominateur.")
    numerateur, lignes = indicateur.numerateur(cadre), indicateur.denominateur(cadre)
    if set(par) & set(indicateur.decoupe_du_numerateur):
        return _divide_by_whole(base, indicateur, numerateur, lignes, par)
    if _same_rows(numerateur, lignes):
        hauts, bas = _count_together(base, numerateur, lignes, par)
    else:
        hauts, bas = count_rows(base, numerateur, par), count_rows(base, lignes, par)
    hauts = _with_whole(hauts, par)
    inconnus = _unknown_parts(base, lignes, par, bas) | _left_out(base, indicateur, cadre, par, bas)
    return {
        cle: _ratio(indicateur, _parts(par, cle), hauts.get(cle, 0), bas.get(cle, 0), cle in inconnus)
        for cle in {*hauts, *bas, *inconnus}
    }


def _left_out(
    base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: Sequence[str], bas: dict[Cle, float]
) -> set[Cle]:
    """The parts of which every row is left out of the ratio: nothing is known of them, which is not « none »."""
    if indicateur.exclues is None or (not par and bas.get(())):
        return set()
    comptes = count_rows(base, indicateur.exclues(cadre), par)
    return {cle for cle, nombre in comptes.items() if nombre and not bas.get(cle)}


def _divide_by_whole(
    base: sa.Connection, indicateur: Indicateur, numerateur: Lignes, lignes: Lignes, par: Sequence[str]
) -> dict[Cle, Cellule]:
    """Each part of the numerator over the rows that the other splits leave, whatever that part."""
    communs = tuple(d for d in par if d not in indicateur.decoupe_du_numerateur)
    bas = count_rows(base, lignes, communs)
    rangs = [par.index(d) for d in communs]
    return {
        cle: _ratio(indicateur, _parts(par, cle), haut, bas.get(tuple(cle[r] for r in rangs), 0), False)
        for cle, haut in count_rows(base, numerateur, par).items()
    }


def _same_rows(a: Lignes, b: Lignes) -> bool:
    """Both count rows of one and the same source, up to their last conditions."""
    return a.source is b.source and a.cle is None and b.cle is None and a.quantite is None and b.quantite is None


def _count_together(
    base: sa.Connection, a: Lignes, b: Lignes, par: Sequence[str]
) -> tuple[dict[Cle, float], dict[Cle, float]]:
    """Counts of `a` and of `b` in one pass over the rows that meet the conditions they share."""
    communes = [x for x, y in zip(a.conditions, b.conditions, strict=False) if x is y]
    colonnes = [b.colonnes[decoupage].label(f"d_{decoupage}") for decoupage in par]
    mesures = [sa.func.sum(sa.case((_all(x.conditions[len(communes) :]), 1), else_=0)) for x in (a, b)]
    requete = sa.select(*colonnes, *mesures).select_from(b.source).where(*communes).group_by(*colonnes)
    hauts: dict[Cle, float] = defaultdict(float)
    bas: dict[Cle, float] = defaultdict(float)
    for *parts, haut, dessous in base.execute(requete):
        cle = tuple(map(name_part, parts))
        if dessous:
            bas[cle] += dessous
        if haut:
            hauts[cle] += haut
    return dict(hauts), dict(bas)


def _all(conditions: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
    return sa.and_(sa.true(), *conditions)


def _unknown_parts(base: sa.Connection, lignes: Lignes, par: Sequence[str], sommes: dict[Cle, float]) -> set[Cle]:
    """A sum of unknown quantities (ETP never given) is a missing source, not an empty denominator."""
    if lignes.quantite is None:
        return set()
    existantes = count_rows(base, replace(lignes, quantite=None), par)
    return {cle for cle, nombre in existantes.items() if nombre} - set(sommes)


def _ratio(indicateur: Indicateur, par: tuple[tuple[str, str], ...], haut: float, bas: float, inconnu: bool) -> Cellule:
    if inconnu:
        return Cellule(par, Etat.NON_DOCUMENTE, None, haut)
    if not bas:
        return Cellule(par, Etat.SANS_OBJET, None, haut, bas)
    return Cellule(par, Etat.EXACT, indicateur.facteur * haut / bas - indicateur.ecart, haut, bas)


def _summarise(base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: Sequence[str]) -> dict[Cle, Cellule]:
    distributions = distribute(base, indicateur.numerateur(cadre), par)
    if not par and not distributions:
        return {(): Cellule((), Etat.SANS_OBJET, None, None, 0)}
    resume = Distribution.median if indicateur.agregat is Agregat.MEDIANE else Distribution.mean
    return {
        cle: Cellule(_parts(par, cle), Etat.EXACT, resume(d) * indicateur.facteur, None, d.nombre)
        for cle, d in distributions.items()
    }


def _average_month_ends(
    base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: Sequence[str]
) -> dict[Cle, Cellule]:
    entiers = _whole_months(cadre.filtres.periode)
    if not entiers:
        return {} if par else {(): Cellule((), Etat.SANS_OBJET, None, None, 0)}
    etendue = cadre.over(Periode(entiers[0].du, entiers[-1].au))
    sommes: dict[Cle, float] = defaultdict(float)
    for (_, *cle), nombre in stock_by_month(base, etendue, par).items():
        sommes[tuple(cle)] += nombre
    total = len(entiers)
    return {
        cle: Cellule(_parts(par, cle), Etat.EXACT, somme / total, somme, total)
        for cle, somme in _with_whole(sommes, par).items()
    }


def _whole_months(periode: Periode) -> list[Periode]:
    return [m for m in periode.months() if m.du.day == 1 and (m.au + timedelta(days=1)).day == 1]


def stock_by_month(base: sa.Connection, cadre: Cadre, par: Sequence[str] = ()) -> dict[Cle, float]:
    """File active at each month's end of the period (last month: at au), key = (month, *splits).

    Cumulated entries − cumulated exits: the stock on the eve, then only the events of the period.
    """
    mois = cadre.filtres.periode.months()
    veille = cadre.du - timedelta(days=1)
    depart = count_rows(base, cadre.file_active(veille), par)
    entrees = _by_month(base, cadre.entrees(), par)
    departs = _by_month(base, cadre.departs(), par)
    return _cumulate(mois, depart, entrees, departs)


def _cumulate(
    mois: Iterable[Periode],
    depart: dict[Cle, float],
    entrees: dict[Cle, float],
    departs: dict[Cle, float],
) -> dict[Cle, float]:
    parts = {*depart, *(tuple(reste) for _, *reste in (*entrees, *departs))}
    stock = {cle: depart.get(cle, 0.0) for cle in parts}
    serie: dict[Cle, float] = {}
    for m in mois:
        nom = _month_name(m)
        for cle in parts:
            stock[cle] += entrees.get((nom, *cle), 0) - departs.get((nom, *cle), 0)
            serie[(nom, *cle)] = stock[cle]
    return serie


def _by_month(base: sa.Connection, lignes: Lignes, par: Sequence[str]) -> dict[Cle, float]:
    if lignes.mois is None:
        raise ValueError("Ces lignes ne sont pas datées.")
    datees = Lignes(
        lignes.source, lignes.conditions, dict(lignes.colonnes) | {"mois": lignes.mois}, lignes.cle, lignes.quantite
    )
    comptes = count_rows(base, datees, ("mois", *par))
    return {(_name_of_number(int(mois)), *reste): n for (mois, *reste), n in comptes.items()}


def series(base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: Sequence[str]) -> dict[Cle, Cellule]:
    """The figure month by month, key = (month, *splits): each month cut to the period, stocks on its last day."""
    if indicateur.stock_mensuel:
        return _cells(("mois", *par), stock_by_month(base, cadre, par))
    if indicateur.agregat is Agregat.COMPTE:
        lignes = indicateur.numerateur(cadre)
        if lignes.mois is not None:
            comptes = _by_month(base, lignes, par)
            if not par:
                comptes = {(_month_name(m),): 0.0 for m in cadre.filtres.periode.months()} | comptes
            return _cells(("mois", *par), comptes)
    cellules: dict[Cle, Cellule] = {}
    for m in cadre.filtres.periode.months():
        for cle, c in compute(base, indicateur, cadre.over(m), par).items():
            nom = _month_name(m)
            cellules[(nom, *cle)] = replace(c, par=(("mois", nom), *c.par))
    return cellules


def _cells(par: Sequence[str], comptes: dict[Cle, float]) -> dict[Cle, Cellule]:
    return {cle: _counted(cle, par, n) for cle, n in comptes.items()}


def month_names(periode: Periode) -> list[str]:
    """The months of the period as parts of the split `mois`."""
    return [_month_name(m) for m in periode.months()]


def _month_name(periode: Periode) -> str:
    return f"{periode.du:%Y-%m}"


def _name_of_number(numero: int) -> str:
    annee, mois = divmod(numero, 12)
    return f"{annee:04d}-{mois + 1:02d}"
