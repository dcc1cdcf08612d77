"""`publier`: the only door to a figure.

It checks the right to ask, restricts the perimeter, composes the aggregate, gives each cell a
state, and says which data version and rules it used. Screen, file and command line all come here.
"""

from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa

from data_access.classeur.valeurs import ANNEE_MAX, ANNEE_MIN
from data_access.refus import Refus
from indicators.acces import check_limits, check_rights
from indicators.arrondi import crosses_too_much, protect, read_base
from indicators.catalogue import CATALOGUE
from indicators.cellules import list_cells, without_object
from indicators.contexte import Contexte, read_contexte
from indicators.declaration import Indicateur
from indicators.decoupages import find_decoupage
from indicators.perimetre import Droits, Filtres, Periode
from indicators.referentiel import lives_someone_in
from indicators.resultats import Cellule, Etat, ResultatPublie


def publier(base: sa.Connection, indicateur: str, filtres: Filtres, droits: Droits) -> ResultatPublie:
    """The indicator of that code over these filters, for those rights.

    Small numbers are rounded in an `arrondie` reading (definitions.md, « Small numbers »).
    Raises Refus when the code, a split, the role, a PLIE or the base of rounding is not allowed.
    Splits: `operation` restricts to each operation in turn (both modes, its own dates), `mois` to each
    month of the period. A threshold indicator gives one cell per threshold.
    Only months that the data hold are listed, whatever the period: from the first thing that happened to somebody
    of these PLIE to the last date of their data. A period outside of them keeps the one month nearest to them.
    """
    return publier_declaration(base, find_indicator(indicateur), filtres, droits)


def publier_declaration(
    base: sa.Connection, declaration: Indicateur, filtres: Filtres, droits: Droits
) -> ResultatPublie:
    """As `publier`, for an indicator of the catalogue asked at another threshold or at its starting stock.

    Where several PLIE are asked for, those that lack what the figure needs are left out of it, and named.
    """
    filtres = _normalise(declaration, filtres)
    check_rights(filtres, droits)
    contexte = read_contexte(base, filtres.plie)
    check_limits(contexte, filtres, droits)
    _check_perimetre(base, contexte, filtres)
    if "mois" in filtres.par:
        filtres = filtres.over(contexte.cut_to_data(filtres.periode))
    arrondi = _rounding(declaration, filtres, droits)
    motif = contexte.find_reason(declaration, filtres)
    absents = {
        code: manque
        for code in filtres.plie
        if (manque := contexte.explain_absence(declaration, filtres.periode, code))
    }
    presents = tuple(code for code in filtres.plie if code not in absents)
    comptes = replace(filtres, plie=presents or filtres.plie)
    cellules = without_object(filtres, motif) if motif else tuple(list_cells(base, contexte, declaration, comptes))
    if motif:
        absents = {}
    elif not presents:
        vide = Cellule((), Etat.NON_DOCUMENTE)
        cellules = tuple(_undocumented(c, absents[filtres.plie[0]]) for c in cellules or (vide,))
    elif filtres.par == ("plie",):
        # Left out, a PLIE that lacks what the figure needs would pass for a zero.
        cellules += tuple(
            Cellule((("plie", code),), Etat.NON_DOCUMENTE, motif=manque) for code, manque in absents.items()
        )
    elif declaration.regles and "mois" in filtres.par:
        cellules = tuple(_documented_months(cellules, contexte, declaration, filtres.periode))
    if arrondi:
        cellules = tuple(protect(declaration, filtres, cellule, arrondi) for cellule in cellules)
    return ResultatPublie(
        indicateur=declaration.code,
        libelle=declaration.libelle,
        unite=declaration.unite,
        filtres=filtres,
        cellules=cellules,
        version=contexte.version,
        plie_sans_source=tuple(absents),
        regles=contexte.applied_rules(filtres.periode) if declaration.regles else (),
    )


def _rounding(indicateur: Indicateur, filtres: Filtres, droits: Droits) -> int:
    """What the reader's small numbers are rounded to; 0 for an exact reading. Too fine a crossing is refused."""
    if not droits.arrondit:
        return 0
    if crosses_too_much(indicateur, filtres):
        raise Refus(
            "Trois caractéristiques des personnes ne se croisent pas dans une lecture arrondie. "
            "Retirez-en une, ou demandez le chiffre à l’équipe d’animation.",
            "IND-007",
        )
    return read_base()


def find_indicator(code: str) -> Indicateur:
    """The declaration of that code; Refus if the catalogue has none."""
    try:
        return CATALOGUE[code]
    except KeyError:
        raise Refus(
            f"L’indicateur « {code} » n’existe pas. La page Définitions donne la liste des codes.", "IND-001"
        ) from None


def _normalise(indicateur: Indicateur, filtres: Filtres) -> Filtres:
    par = []
    for nom in filtres.par:
        try:
            code = find_decoupage(nom, indicateur.decoupages).code
        except KeyError:
            raise Refus(f"Le découpage « {nom} » n’existe pas.", "IND-002") from None
        if code not in indicateur.decoupages:
            prevus = ", ".join(indicateur.decoupages)
            raise Refus(
                f"L’indicateur « {indicateur.code} » ne se découpe pas par « {code} ». Découpages prévus : {prevus}.",
                "IND-003",
            )
        if code not in par:
            par.append(code)
    return replace(filtres, par=tuple(par))


def _check_perimetre(base: sa.Connection, contexte: Contexte, filtres: Filtres) -> None:
    """A code that nothing bears, or years that no data can have, would give a 0 that looks true."""
    if filtres.periode.du.year < ANNEE_MIN or filtres.periode.au.year > ANNEE_MAX:
        raise Refus(
            f"La période demandée sort des années {ANNEE_MIN} à {ANNEE_MAX} : aucune donnée n’y est lue. "
            "Choisissez-en une autre.",
            "IND-006",
        )
    if filtres.operation not in (None, *(operation.code_operation for operation in contexte.operations)):
        raise Refus(
            f"L’opération « {filtres.operation} » n’est pas dans les données des PLIE demandés. "
            "Vérifiez son code dans la feuille « Operations ».",
            "IND-004",
        )
    code = filtres.territoire
    if code not in (None, *dict(contexte.liens)) and not lives_someone_in(base, filtres.plie, str(code)):
        raise Refus(
            f"Le territoire « {code} » n’est pas dans les données des PLIE demandés. "
            "Vérifiez son code dans la feuille « Territoires ».",
            "IND-005",
        )


def _documented_months(
    cellules: tuple[Cellule, ...], contexte: Contexte, indicateur: Indicateur, periode: Periode
) -> Iterable[Cellule]:
    """The cells, undocumented in the months when no PLIE had a rule in force."""
    motifs = {
        f"{mois.du:%Y-%m}": contexte.explain_absence(indicateur, mois, contexte.plie[0])
        for mois in periode.months()
        if all(contexte.explain_absence(indicateur, mois, code) for code in contexte.plie)
    }
    for cellule in cellules:
        motif = motifs.get(dict(cellule.par).get("mois", ""))
        yield _undocumented(cellule, motif) if motif else cellule


def _undocumented(cellule: Cellule, motif: str) -> Cellule:
    """The same cell without number; `motif`: what is missing. An operation that cannot bear the figure keeps its own
    reason."""
    nue = replace(cellule, etat=Etat.NON_DOCUMENTE, valeur=None, numerateur=None, denominateur=None, motif=motif)
    return cellule if cellule.motif else nue
