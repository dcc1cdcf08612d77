"""The end of a sheet: totals, counts and page footers are not rows."""

from data_access.classeur.normalisation import normalise
from data_access.profils.vocabulaire import footer_words

_PART_DES_LIGNES = 0.9
_PART_DES_COLONNES = 3
Ligne = tuple[int, list[object]]


def split_footer(lignes: list[Ligne]) -> tuple[list[Ligne], list[Ligne]]:
    """The rows, then the footer: read from the end, until a row that fills the columns that rows fill."""
    usuelles = _usual_columns(lignes)
    fin = len(lignes)
    while fin and _is_footer(lignes[fin - 1][1], usuelles):
        fin -= 1
    return lignes[:fin], lignes[fin:]


def _usual_columns(lignes: list[Ligne]) -> set[int]:
    """Positions filled on nearly every row."""
    if not lignes:
        return set()
    remplies = [0] * len(lignes[0][1])
    for _, cellules in lignes:
        for rang, cellule in enumerate(cellules):
            remplies[rang] += cellule is not None
    seuil = min(len(lignes) * _PART_DES_LIGNES, max(len(lignes) - 3, 1))
    return {rang for rang, nombre in enumerate(remplies) if nombre >= seuil}


def _is_footer(cellules: list[object], usuelles: set[int]) -> bool:
    remplies = {rang for rang, cellule in enumerate(cellules) if cellule is not None}
    if usuelles <= remplies:  # a company called « Total » is a row like another
        return False
    premiere = next((cellule for cellule in cellules if cellule is not None), None)
    annonce = isinstance(premiere, str) and normalise(premiere).startswith(footer_words())
    return annonce or len(remplies) <= len(usuelles) // _PART_DES_COLONNES
