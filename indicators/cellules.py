"""The cells of a figure over a perimeter: whole, by threshold, by operation, month by month, in the order asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

import sqlalchemy as sa

from indicators.calcul import compute, compute_nothing, month_names, series
from indicators.contexte import Contexte
from indicators.declaration import Indicateur
from indicators.decoupages import find_decoupage
from indicators.lignes import Cadre
from indicators.perimetre import Filtres
from indicators.referentiel import SOUTIEN_AUX_STRUCTURES, Operation, supports_structures
from indicators.resultats import Cellule, Etat

_Part = tuple[tuple[str, str], ...]


def list_cells(base: sa.Connection, contexte: Contexte, indicateur: Indicateur, filtres: Filtres) -> Iterable[Cellule]:
    """Exact cells of the figure for each part of the splits of `filtres`.

    Split by `operation`: each operation is there, with its own dates and both modes, even when nobody is in it.
    """
    if indicateur.montre_par and set(filtres.par) <= {"operation"}:
        for decoupage in indicateur.montre_par:
            yield from list_cells(base, contexte, indicateur, filtres.split_by(*filtres.par, decoupage))
    elif "operation" in filtres.par:
        yield from _by_operation(base, contexte, indicateur, filtres)
    else:
        yield from _by_threshold(base, contexte, indicateur, filtres)


def without_object(filtres: Filtres, motif: str) -> tuple[Cellule, ...]:
    """What is published of a figure that the perimeter cannot bear: one cell, or one a month."""
    parts: list[_Part] = (
        [(("mois", nom),) for nom in month_names(filtres.periode)] if filtres.par == ("mois",) else [()]
    )
    return tuple(Cellule(part, Etat.SANS_OBJET, motif=motif) for part in parts)


def _by_operation(
    base: sa.Connection, contexte: Contexte, indicateur: Indicateur, filtres: Filtres
) -> Iterator[Cellule]:
    # An operation is known by its PLIE and its code: two PLIE may give theirs the same one.
    elargis = filtres.split_by(*dict.fromkeys(("plie", *filtres.par)))
    trouvees: dict[tuple[str, str], list[Cellule]] = defaultdict(list)
    for cellule in _by_threshold(base, contexte, indicateur, elargis):
        demandes = (*filtres.par, *(d for d, _ in cellule.par if d not in elargis.par))
        trouvees[cellule.at("plie"), cellule.at("operation")].append(_in_order(cellule, demandes))
    for operation in contexte.operations:
        if operation.code_plie in filtres.plie and filtres.operation in (None, operation.code_operation):
            siennes = trouvees[operation.code_plie, operation.code_operation]
            yield from _of_operation(contexte, indicateur, filtres, operation, siennes)


def _of_operation(
    contexte: Contexte, indicateur: Indicateur, filtres: Filtres, operation: Operation, siennes: list[Cellule]
) -> Iterable[Cellule]:
    """The cells of one operation, with those that no row gave; one that supports structures has no figure of people."""
    attendues = _expected_parts(contexte, indicateur, filtres, operation)
    if supports_structures(operation):
        return [Cellule(part, Etat.SANS_OBJET, motif=SOUTIEN_AUX_STRUCTURES) for part in attendues]
    presentes = {cellule.par for cellule in siennes}
    vide = compute_nothing(indicateur, filtres.periode)
    manquantes = [replace(vide, par=part) for part in attendues if part not in presentes]
    return _sorted([*siennes, *manquantes])


def _expected_parts(
    contexte: Contexte, indicateur: Indicateur, filtres: Filtres, operation: Operation
) -> Iterable[_Part]:
    """The parts that are known without counting: () when the figure is cut by something else too."""
    valeurs = {"plie": [operation.code_plie], "operation": [operation.code_operation]}
    valeurs["mois"] = month_names(filtres.periode)
    valeurs["seuil"] = [str(seuil) for seuil in _thresholds(contexte, indicateur)]
    par = tuple(dict.fromkeys((*filtres.par, "seuil"))) if valeurs["seuil"] else filtres.par
    if not set(par) <= set(valeurs):
        return ()
    return [tuple(zip(par, choix, strict=True)) for choix in product(*(valeurs[d] for d in par))]


def _thresholds(contexte: Contexte, indicateur: Indicateur) -> tuple[int, ...]:
    return (contexte.seuils if indicateur.seuils_du_plie else ()) or indicateur.seuils


def _by_threshold(
    base: sa.Connection, contexte: Contexte, indicateur: Indicateur, filtres: Filtres
) -> Iterable[Cellule]:
    seuils = _thresholds(contexte, indicateur)
    if not seuils:
        yield from _simple(base, contexte, indicateur, filtres)
    reste = tuple(d for d in filtres.par if d != "seuil")
    for seuil in seuils:
        for cellule in _simple(base, contexte, indicateur, filtres.split_by(*reste), seuil):
            yield replace(cellule, par=(*cellule.par, ("seuil", str(seuil))))


def _simple(
    base: sa.Connection, contexte: Contexte, indicateur: Indicateur, filtres: Filtres, seuil: int | None = None
) -> list[Cellule]:
    cadre = Cadre(filtres, contexte.with_descendants(filtres.territoire), seuil, contexte.retours_le_meme_jour)
    par = tuple(d for d in filtres.par if d != "mois")
    if "mois" in filtres.par:
        cellules = series(base, indicateur, cadre, par)
    else:
        cellules = compute(base, indicateur, cadre, par)
    publiees = [_in_order(c, filtres.par) for c in cellules.values()]
    return _sorted([*publiees, *_listed_only(base, indicateur, cadre, par)])


def _listed_only(base: sa.Connection, indicateur: Indicateur, cadre: Cadre, par: tuple[str, ...]) -> list[Cellule]:
    """Étape types flagged `comptee = non`: shown under their own heading, out of every total."""
    hors = indicateur.tout_type_en_decoupage
    if hors is None or "mois" in cadre.filtres.par or not {"classe", "type_etape"} & set(par):
        return []
    cellules = compute(base, replace(indicateur, numerateur=hors), cadre, par)
    return [replace(_in_order(c, cadre.filtres.par), hors_total=True) for c in cellules.values()]


def _sorted(cellules: list[Cellule]) -> list[Cellule]:
    return sorted(cellules, key=lambda c: tuple(find_decoupage(d).rank(v) for d, v in c.par))


def _in_order(cellule: Cellule, par: tuple[str, ...]) -> Cellule:
    return replace(cellule, par=tuple((d, cellule.at(d)) for d in par if d in dict(cellule.par)))
