"""Names that each PLIE gives to its own codes: the same code means different things in two PLIE."""

from collections.abc import Callable, Iterable, Sequence

from charts.donnees import AUTRES, Point, keep_greatest
from components.cadre.chiffres import labels, short_name
from data_access.tables import NON_RENSEIGNE
from indicators.arrondi import add_cells
from indicators.nombres import INSECABLE, write_value
from indicators.resultats import Cellule, ResultatPublie

Nommer = Callable[[Cellule], str]
PLIE_NOMMES = 2


def name_part(cellule: Cellule, decoupage: str, sans_nom: str) -> str:
    """What the PLIE of the cell calls its part of `decoupage`; the cell must also be split by `plie`.

    `sans_nom` is said where the code is empty; a code without name is quoted as it was typed.
    """
    code = cellule.at(decoupage)
    if code == NON_RENSEIGNE:
        return sans_nom
    return labels((cellule.at("plie"),))[decoupage].get(code) or quote(code)


def is_named(cellule: Cellule, decoupage: str) -> bool:
    """True when the PLIE of the cell has a name for its part of `decoupage`."""
    return cellule.at(decoupage) in labels((cellule.at("plie"),))[decoupage]


def quote(code: str) -> str:
    """« demenagement »: a code that the PLIE never named, shown as it is rather than guessed."""
    return f"«{INSECABLE}{code}{INSECABLE}»"


def merge_by_name(
    resultat: ResultatPublie, nommer: Nommer, cellules: Iterable[Cellule] | None = None
) -> tuple[Point, ...]:
    """One point a name, in the order met: parts that several PLIE call the same are summed.

    For counts only. A sum that would contain a part without value has none, and says the same word. Where
    several PLIE are chosen, each name is followed by those that use it; the code of a point is the bare name.
    """
    groupes: dict[str, list[Cellule]] = {}
    for cellule in resultat if cellules is None else cellules:
        groupes.setdefault(nommer(cellule), []).append(cellule)
    plusieurs = len(resultat.filtres.plie) > 1
    return tuple(
        _sum(nom, f"{nom} – {_name_plie(groupe)}" if plusieurs else nom, groupe, resultat.unite)
        for nom, groupe in groupes.items()
    )


def _name_plie(cellules: list[Cellule]) -> str:
    codes = sorted({c.at("plie") for c in cellules})
    if len(codes) > PLIE_NOMMES:
        return f"{len(codes)} PLIE"
    return ", ".join(short_name(labels((code,))["plie"][code]) for code in codes)


def _sum(code: str, libelle: str, cellules: list[Cellule], unite: str) -> Point:
    somme = add_cells(cellules)
    return Point(code, libelle, somme.valeur, write_value(somme, unite), base=somme.base)


def keep_readable(points: Sequence[Point], unite: str, quoi: str) -> tuple[tuple[Point, ...], str]:
    """The greatest points, sorted, and a note on the others; « autres » is a bar unless it would dwarf the rest."""
    gardes = keep_greatest(points, unite)
    if len(gardes) == len(points):
        return gardes, ""
    autres = gardes[-1] if gardes[-1].code == AUTRES else None
    nommes = gardes[:-1] if autres else gardes
    note = f"{len(nommes)} {quoi} sur {len(points)} dans le graphique, tous les noms dans le tableau"
    if autres is None or (autres.valeur or 0) <= (gardes[0].valeur or 0):
        return gardes, note
    return nommes, f"{note}{INSECABLE}; les autres font {autres.texte}"


def join_notes(*notes: str) -> str:
    """What must be known to read a chart, the empty notes left out."""
    return f"{INSECABLE}; ".join(filter(None, notes))
