"""`publier`: the only door to a figure.

It checks the right to ask, restricts the perimeter, composes the aggregate, gives each cell a
state, and says which data version and rules it used. Screen, file and command line all come here.
"""

from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa

from indicators.acces import PublicationRefusee, check_limits, check_rights
from indicators.arrondi import CROISEMENTS_PERMIS, BaseRefusee, count_characteristics, protect, read_base
from indicators.calcul import compute, series
from indicators.catalogue import CATALOGUE
from indicators.contexte import Contexte, read_contexte
from indicators.declaration import Indicateur
from indicators.decoupages import find_decoupage
from indicators.lignes import Cadre
from indicators.perimetre import Droits, Filtres, Periode
from indicators.referentiel import lives_someone_in
from indicators.resultats import Cellule, Etat, ResultatPublie


def publier(base: sa.Connection, indicateur: str, filtres: Filtres, droits: Droits) -> ResultatPublie:
    """The indicator of that code over these filters, for those rights.

    Small numbers are rounded in an `arrondie` reading (definitions.md, « Small numbers »).
    Raises PublicationRefusee when the code, a split, the role, a PLIE or the base of rounding is not allowed.
    Splits: `operation` restricts to each operation in turn (both modes, its own dates), `mois` to each
    month of the period. A threshold indicator gives one cell per threshold.
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
    arrondi = _rounding(declaration, filtres, droits)
    absents = contexte.plie_without_source(declaration, filtres.periode)
    presents = tuple(code for code in filtres.plie if code not in absents)
    comptes = replace(filtres, plie=presents or filtres.plie)
    cellules = tuple(_cells(base, contexte, declaration, comptes))
    if not presents:
        cellules = _undocumented(cellules, contexte.explain_absence(declaration, filtres.periode, absents[0]))
    elif filtres.par == ("plie",):
        cellules += _cells_of_absent(contexte, declaration, filtres.periode, absents)
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
        plie_sans_source=absents,
        regles=contexte.applied_rules(filtres.periode) if declaration.regles else (),
    )


def _rounding(indicateur: Indicateur, filtres: Filtres, droits: Droits) -> int:
    """What the reader's small numbers are rounded to; 0 for an exact reading. Too fine a crossing is refused."""
    if not droits.arrondit:
        return 0
    if count_characteristics(indicateur, filtres) > CROISEMENTS_PERMIS:
        raise PublicationRefusee(
            "Trois caractéristiques des personnes ne se croisent pas dans une lecture arrondie. "
            "Retirez-en une, ou demandez le chiffre à l’équipe d’animation. [IND-006]"
        )
    try:
        return read_base()
    except BaseRefusee as refus:
        raise PublicationRefusee(str(refus)) from None


def find_indicator(code: str) -> Indicateur:
    """The declaration of that code; PublicationRefusee if the catalogue has none."""
    try:
        return CATALOGUE[code]
    except KeyError:
        raise PublicationRefusee(
            f"L’indicateur « {code} » n’existe pas. La page Définitions donne la liste des codes. [IND-001]"
        ) from None


def _normalise(indicateur: Indicateur, filtres: Filtres) -> Filtres:
    par = []
    for nom in filtres.par:
        try:
            code = find_decoupage(nom).code
        except KeyError:
            raise PublicationRefusee(f"Le découpage « {nom} » n’existe pas. [IND-002]") from None
        if code not in indicateur.decoupages:
            prevus = ", ".join(indicateur.decoupages)
            raise PublicationRefusee(
                f"L’indicateur « {indicateur.code} » ne se découpe pas par « {code} ». "
                f"Découpages prévus : {prevus}. [IND-003]"
            )
        if code not in par:
            par.append(code)
    return replace(filtres, par=tuple(par))


def _check_perimetre(base: sa.Connection, contexte: Contexte, filtres: Filtres) -> None:
    """A code that nothing bears would give a 0 that looks true."""
    if filtres.operation is not None and not contexte.knows_operation(filtres.operation):
        raise PublicationRefusee(
            f"L’opération « {filtres.operation} » n’est pas dans les données des PLIE demandés. "
            "Vérifiez son code dans la feuille « Operations ». [IND-004]"
        )
    code = filtres.territoire
    if code is not None and not contexte.knows_territoire(code) and not lives_someone_in(base, filtres.plie, code):
        raise PublicationRefusee(
            f"Le territoire « {code} » n’est pas dans les données des PLIE demandés. "
            "Vérifiez son code dans la feuille « Territoires ». [IND-005]"
        )


def _cells(base: sa.Connection, contexte: Contexte, indicateur: Indicateur, filtres: Filtres) -> Iterable[Cellule]:
    if indicateur.montre_par and not filtres.par:
        for decoupage in indicateur.montre_par:
            yield from _cells(base, contexte, indicateur, filtres.split_by(decoupage))
    elif "operation" in filtres.par:
        yield from _by_operation(base, contexte, indicateur, filtres)
    elif indicateur.seuils:
        yield from _by_threshold(base, contexte, indicateur, filtres)
    else:
        yield from _simple(base, contexte, indicateur, filtres)


def _by_operation(
    base: sa.Connection, contexte: Contexte, indicateur: Indicateur, filtres: Filtres
) -> Iterable[Cellule]:
    reste = tuple(d for d in filtres.par if d != "operation")
    for operation in contexte.operations:
        if filtres.operation not in (None, operation.code_operation) or operation.code_plie not in filtres.plie:
            continue
        une = replace(filtres, plie=(operation.code_plie,), operation=operation.code_operation, par=reste)
        for cellule in _cells(base, contexte, indicateur, une):
            yield _put_first(cellule, ("operation", operation.code_operation), filtres.par)


def _by_threshold(
    base: sa.Connection, contexte: Contexte, indicateur: Indicateur, filtres: Filtres
) -> Iterable[Cellule]:
    seuils = contexte.seuils if indicateur.seuils_du_plie else ()
    reste = tuple(d for d in filtres.par if d != "seuil")
    for seuil in seuils or indicateur.seuils:
        for cellule in _simple(base, contexte, indicateur, filtres.split_by(*reste), seuil):
            yield replace(cellule, par=(*cellule.par, ("seuil", str(seuil))))


def _simple(
    base: sa.Connection,
    contexte: Contexte,
    indicateur: Indicateur,
    filtres: Filtres,
    seuil: int | None = None,
) -> Iterable[Cellule]:
    cadre = Cadre(filtres, contexte.with_descendants(filtres.territoire), seuil, contexte.retours_le_meme_jour)
    par = tuple(d for d in filtres.par if d != "mois")
    if "mois" in filtres.par:
        cellules = series(base, indicateur, cadre, par)
    else:
        cellules = compute(base, indicateur, cadre, par)
    publiees = [_in_order(c, filtres.par) for c in cellules.values()]
    publiees += _listed_only(base, indicateur, cadre, par)
    return sorted(publiees, key=lambda c: tuple(_rank(d, v) for d, v in c.par))


def _listed_only(base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: tuple[str, ...]) -> list[Cellule]:
    """Étape types flagged `comptee = non`: shown under their own heading, out of every total."""
    hors = indicateur.tout_type_en_decoupage
    if hors is None or "mois" in cadre.filtres.par or not {"classe", "type_etape"} & set(par):
        return []
    cellules = compute(base, replace(indicateur, numerateur=hors), cadre, par)
    return [replace(_in_order(c, cadre.filtres.par), hors_total=True) for c in cellules.values()]


def _rank(decoupage: str, valeur: str) -> tuple[int, str]:
    ordre = find_decoupage(decoupage).valeurs
    return (ordre.index(valeur) if valeur in ordre else len(ordre), valeur)


def _in_order(cellule: Cellule, par: tuple[str, ...]) -> Cellule:
    return replace(cellule, par=tuple((d, cellule.at(d)) for d in par if d in dict(cellule.par)))


def _put_first(cellule: Cellule, part: tuple[str, str], par: tuple[str, ...]) -> Cellule:
    return _in_order(replace(cellule, par=(part, *cellule.par)), (*par, *_unasked(cellule, par)))


def _unasked(cellule: Cellule, par: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(d for d, _ in cellule.par if d not in par)


def _documented_months(
    cellules: tuple[Cellule, ...], contexte: Contexte, indicateur: Indicateur, periode: Periode
) -> Iterable[Cellule]:
    """The cells, undocumented in the months when no PLIE had a rule in force."""
    motifs = {
        f"{mois.du:%Y-%m}": contexte.explain_absence(indicateur, mois, contexte.plie[0])
        for mois in periode.months()
        if len(contexte.plie_without_source(indicateur, mois)) == len(contexte.plie)
    }
    for cellule in cellules:
        motif = motifs.get(cellule.at("mois"))
        yield _undocumented((cellule,), motif)[0] if motif else cellule


def _cells_of_absent(
    contexte: Contexte, indicateur: Indicateur, periode: Periode, absents: Iterable[str]
) -> tuple[Cellule, ...]:
    """One cell for each PLIE that lacks what the figure needs: left out, it would pass for a zero."""
    return tuple(
        Cellule((("plie", code),), Etat.NON_DOCUMENTE, motif=contexte.explain_absence(indicateur, periode, code))
        for code in absents
    )


def _undocumented(cellules: tuple[Cellule, ...], motif: str) -> tuple[Cellule, ...]:
    """The same cells without number, or the only one of a figure that has none; `motif`: what is missing."""
    if not cellules:
        return (Cellule((), Etat.NON_DOCUMENTE, motif=motif),)
    return tuple(
        replace(c, etat=Etat.NON_DOCUMENTE, valeur=None, numerateur=None, denominateur=None, motif=motif)
        for c in cellules
    )
