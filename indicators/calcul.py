"""Numbers → cells: counts, divides, summarises and follows month by month what an indicator declares.

Nothing here knows what an indicator means.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from indicators.comptes import Cle, count_both, count_rows, distribute, mean, median
from indicators.declaration import Agregat, Indicateur
from indicators.lignes import Cadre, Lignes
from indicators.perimetre import Periode
from indicators.resultats import Cellule, Etat

Comptes = dict[Cle, float]
Cellules = dict[Cle, Cellule]


def compute(base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: Sequence[str]) -> Cellules:
    """The figure for each part of the splits `par` (rows carry them all); the whole under () without split."""
    match indicateur.agregat:
        case Agregat.RAPPORT:
            return _divide(base, indicateur, cadre, par)
        case Agregat.MEDIANE | Agregat.MOYENNE:
            return _summarise(base, indicateur, cadre, par)
        case Agregat.MOYENNE_DES_FINS_DE_MOIS:
            return _average_month_ends(base, cadre, par)
    lignes = indicateur.numerateur(cadre)
    if lignes.quantite is not None:
        return _add_up(base, lignes, lignes.quantite, par)
    return _counted(_with_whole(count_rows(base, lignes, par), par), par)


def compute_nothing(indicateur: Indicateur, periode: Periode) -> Cellule:
    """The figure over no row at all: 0 for a count, « sans objet » for what has nothing to divide or to summarise."""
    if indicateur.agregat is Agregat.COMPTE:
        return Cellule((), Etat.EXACT, 0.0, 0.0)
    if indicateur.agregat is Agregat.MOYENNE_DES_FINS_DE_MOIS and (entiers := _whole_months(periode)):
        return Cellule((), Etat.EXACT, 0.0, 0.0, len(entiers))
    return Cellule((), Etat.SANS_OBJET, None, 0.0 if indicateur.agregat is Agregat.RAPPORT else None, 0)


def _with_whole(comptes: Comptes, par: Sequence[str]) -> Comptes:
    return comptes if par else {(): comptes.get((), 0)}


def _counted(comptes: Comptes, par: Sequence[str]) -> Cellules:
    return {cle: Cellule(_parts(par, cle), Etat.EXACT, nombre, nombre) for cle, nombre in comptes.items()}


def _parts(par: Sequence[str], cle: Cle) -> tuple[tuple[str, str], ...]:
    return tuple(zip(par, cle, strict=True))


def _add_up(base: sa.Connection, lignes: Lignes, quantite: sa.ColumnElement, par: Sequence[str]) -> Cellules:
    """Sums of quantities, each with the number of rows that it adds up. Rows of which none bears a quantity are not
    documented; no row at all is a true 0."""
    seules = lignes.counted()
    sommes, rangees = count_rows(base, lignes, par), count_rows(base, seules, par)
    connues = count_rows(base, seules.where(quantite.is_not(None)), par)
    cellules: Cellules = {}
    for cle, nombre in _with_whole(rangees, par).items():
        somme, part = sommes.get(cle, 0.0), _parts(par, cle)
        documentee = connues.get(cle) or not nombre
        exacte = Cellule(part, Etat.EXACT, somme, somme, effectif=int(connues.get(cle, 0)))
        cellules[cle] = exacte if documentee else Cellule(part, Etat.NON_DOCUMENTE)
    return cellules


def _divide(base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: Sequence[str]) -> Cellules:
    if indicateur.denominateur is None:
        raise ValueError(f"{indicateur.code} n’a pas de dénominateur.")
    hautes, basses = indicateur.numerateur(cadre), indicateur.denominateur(cadre)
    if set(par) & set(indicateur.decoupe_du_numerateur):
        return _divide_by_whole(base, indicateur, hautes, basses, par)
    hauts, bas = count_both(base, hautes, basses, par)
    hauts = _with_whole(hauts, par)
    inconnus = _unknown_parts(base, basses, par, bas) | _left_out(base, indicateur, cadre, par, bas)
    return {
        cle: _ratio(indicateur, _parts(par, cle), hauts.get(cle, 0), bas.get(cle, 0), cle in inconnus)
        for cle in {*hauts, *bas, *inconnus}
    }


def _divide_by_whole(
    base: sa.Connection, indicateur: Indicateur, hautes: Lignes, basses: Lignes, par: Sequence[str]
) -> Cellules:
    """Each part of the numerator over the rows that the other splits leave, whatever that part."""
    communs = [d for d in par if d not in indicateur.decoupe_du_numerateur]
    bas = count_rows(base, basses, communs)
    return {
        cle: _ratio(indicateur, _parts(par, cle), haut, bas.get(tuple(cle[par.index(d)] for d in communs), 0), False)
        for cle, haut in count_rows(base, hautes, par).items()
    }


def _unknown_parts(base: sa.Connection, lignes: Lignes, par: Sequence[str], sommes: Comptes) -> set[Cle]:
    """A sum of unknown quantities (ETP never given) is a missing source, not an empty denominator."""
    if lignes.quantite is None:
        return set()
    existantes = count_rows(base, lignes.counted(), par)
    return {cle for cle, nombre in existantes.items() if nombre} - set(sommes)


def _left_out(base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: Sequence[str], bas: Comptes) -> set[Cle]:
    """The parts of which every row is left out of the ratio: nothing is known of them, which is not « none »."""
    if indicateur.exclues is None or (not par and bas.get(())):
        return set()
    comptes = count_rows(base, indicateur.exclues(cadre), par)
    return {cle for cle, nombre in comptes.items() if nombre and not bas.get(cle)}


def _ratio(indicateur: Indicateur, par: tuple[tuple[str, str], ...], haut: float, bas: float, inconnu: bool) -> Cellule:
    if inconnu:
        return Cellule(par, Etat.NON_DOCUMENTE, None, haut)
    if not bas:
        return Cellule(par, Etat.SANS_OBJET, None, haut, bas)
    return Cellule(par, Etat.EXACT, indicateur.facteur * haut / bas - indicateur.ecart, haut, bas)


def _summarise(base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: Sequence[str]) -> Cellules:
    distributions = distribute(base, indicateur.numerateur(cadre), par)
    if not par and not distributions:
        return {(): Cellule((), Etat.SANS_OBJET, None, None, 0)}
    resume = median if indicateur.agregat is Agregat.MEDIANE else mean
    return {
        cle: Cellule(_parts(par, cle), Etat.EXACT, resume(effectifs) * indicateur.facteur, None, effectifs.total())
        for cle, effectifs in distributions.items()
    }


def _average_month_ends(base: sa.Connection, cadre: Cadre, par: Sequence[str]) -> Cellules:
    entiers = _whole_months(cadre.filtres.periode)
    if not entiers:
        return {} if par else {(): Cellule((), Etat.SANS_OBJET, None, None, 0)}
    sommes: Comptes = defaultdict(float)
    for (_, *cle), nombre in _stock_by_month(base, cadre.over(Periode(entiers[0].du, entiers[-1].au)), par).items():
        sommes[tuple(cle)] += nombre
    total = len(entiers)
    return {
        cle: Cellule(_parts(par, cle), Etat.EXACT, somme / total, somme, total)
        for cle, somme in _with_whole(sommes, par).items()
    }


def _whole_months(periode: Periode) -> list[Periode]:
    return [m for m in periode.months() if m.du.day == 1 and (m.au + timedelta(days=1)).day == 1]


def series(base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: Sequence[str]) -> Cellules:
    """The figure month by month, key = (month, *splits): each month cut to the period, stocks on its last day."""
    if indicateur.stock_mensuel:
        return _counted(_stock_by_month(base, cadre, par), ("mois", *par))
    lignes = indicateur.numerateur(cadre) if indicateur.agregat is Agregat.COMPTE else None
    if lignes is not None and lignes.mois is not None:
        vides = {} if par else {(nom,): 0.0 for nom in month_names(cadre.filtres.periode)}
        return _counted(vides | _by_month(base, lignes, par), ("mois", *par))
    cellules: Cellules = {}
    for m in cadre.filtres.periode.months():
        for cle, c in compute(base, indicateur, cadre.over(m), par).items():
            cellules[(_name(m), *cle)] = replace(c, par=(("mois", _name(m)), *c.par))
    return cellules


def _stock_by_month(base: sa.Connection, cadre: Cadre, par: Sequence[str]) -> Comptes:
    """File active at each month's end of the period (last month: at au), key = (month, *splits).

    Cumulated entries − cumulated exits: the stock on the eve, then only the events of the period.
    """
    stock = count_rows(base, cadre.present_on(cadre.du - timedelta(days=1)), par)
    entrees, departs = _by_month(base, cadre.entrees(), par), _by_month(base, cadre.departs(), par)
    parts = {*stock, *(tuple(reste) for _, *reste in (*entrees, *departs))}
    serie: Comptes = {}
    for nom in month_names(cadre.filtres.periode):
        for cle in parts:
            stock[cle] = stock.get(cle, 0.0) + entrees.get((nom, *cle), 0) - departs.get((nom, *cle), 0)
            serie[(nom, *cle)] = stock[cle]
    return serie


def _by_month(base: sa.Connection, lignes: Lignes, par: Sequence[str]) -> Comptes:
    """Rows of each month, numbered from year 0 in the database."""
    if lignes.mois is None:
        raise ValueError("Ces lignes ne sont pas datées.")
    datees = replace(lignes, colonnes=dict(lignes.colonnes) | {"mois": lignes.mois})
    comptes = count_rows(base, datees, ("mois", *par))
    return {(f"{int(m) // 12:04d}-{int(m) % 12 + 1:02d}", *reste): n for (m, *reste), n in comptes.items()}


def month_names(periode: Periode) -> list[str]:
    """The months of the period as parts of the split `mois`."""
    return [_name(m) for m in periode.months()]


def _name(mois: Periode) -> str:
    return f"{mois.du:%Y-%m}"
