"""Names that each PLIE gives to its own codes: the same code means different things in two PLIE."""

from collections.abc import Callable, Iterable

from charts.donnees import Point
from components.chiffres import labels
from data_access.tables import NON_RENSEIGNE
from indicators.nombres import MOTS_DES_ETATS, write_amount
from indicators.resultats import Cellule, Etat, ResultatPublie

Nommer = Callable[[Cellule], str]


def name_part(cellule: Cellule, decoupage: str, sans_nom: str) -> str:
    """What the PLIE of the cell calls its part of `decoupage`; the cell must also be split by `plie`.

    `sans_nom` is said where the code is empty; a code without name is written as words.
    """
    code = cellule.at(decoupage)
    if code == NON_RENSEIGNE:
        return sans_nom
    return labels((cellule.at("plie"),))[decoupage].get(code) or as_words(code)


def is_named(cellule: Cellule, decoupage: str) -> bool:
    """True when the PLIE of the cell has a name for its part of `decoupage`."""
    return cellule.at(decoupage) in labels((cellule.at("plie"),))[decoupage]


def as_words(code: str) -> str:
    """« Emploi durable » from « emploi_durable »."""
    mots = code.replace("_", " ").strip()
    return mots[:1].upper() + mots[1:]


def merge_by_name(
    resultat: ResultatPublie, nommer: Nommer, cellules: Iterable[Cellule] | None = None
) -> tuple[Point, ...]:
    """One point a name, in the order met: parts that several PLIE call the same are summed.

    For counts only. A sum that would contain a part without value has none, and says the same word.
    """
    groupes: dict[str, list[Cellule]] = {}
    for cellule in resultat if cellules is None else cellules:
        groupes.setdefault(nommer(cellule), []).append(cellule)
    return tuple(_sum(nom, groupe, resultat.unite) for nom, groupe in groupes.items())


def _sum(nom: str, cellules: list[Cellule], unite: str) -> Point:
    sans_valeur = [c.etat for c in cellules if c.valeur is None]
    if sans_valeur:
        return Point(nom, nom, None, MOTS_DES_ETATS.get(sans_valeur[0], MOTS_DES_ETATS[Etat.NON_DOCUMENTE]))
    total = sum(c.valeur or 0.0 for c in cellules)
    return Point(nom, nom, total, write_amount(total, unite))
