"""Finding the row of headers under titles, and giving each column a name of its own."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from openpyxl.utils import get_column_letter

from data_access.classeur.normalisation import normalise
from data_access.profils.identites import looks_like_contact
from data_access.profils.vocabulaire import known_headers

LIGNES_REGARDEES = 40
LONGUEUR_INTITULE = 120
_POIDS_CONNU = 3
_CHIFFRES = re.compile(r"[\d\s/.,:%€+\-]+")
Ligne = tuple[int, list[object]]


def find_header(lignes: list[Ligne], noms_attendus: Iterable[str] = ()) -> int | None:
    """Number of the row of headers; with `noms_attendus`, the row that holds most of them."""
    attendus = {normalise(nom) for nom in noms_attendus}
    debut = lignes[:LIGNES_REGARDEES]
    if attendus:
        meilleure = max(debut, key=lambda ligne: _count_expected(ligne[1], attendus), default=None)
        if meilleure and _count_expected(meilleure[1], attendus):
            return meilleure[0]
    meilleure = max(debut, key=lambda ligne: _likeness(ligne[1]), default=None)
    return meilleure[0] if meilleure and _likeness(meilleure[1]) > 1 else None


def _count_expected(cellules: list[object], attendus: set[str]) -> int:
    return len({normalise(cellule) for cellule in cellules if isinstance(cellule, str)} & attendus)


def _likeness(cellules: list[object]) -> int:
    """Different short texts count for the row, twice as much against it what a header never is."""
    remplies = [cellule for cellule in cellules if cellule is not None]
    intitules = {normalise(cellule) for cellule in remplies if isinstance(cellule, str) and is_header_text(cellule)}
    return 3 * len(intitules) - 2 * len(remplies) + _POIDS_CONNU * len(intitules & known_headers())


def is_header_text(texte: str) -> bool:
    """False for what only data hold: numbers, dates, contact details, long sentences."""
    return len(texte) <= LONGUEUR_INTITULE and not _CHIFFRES.fullmatch(texte) and not looks_like_contact(texte)


def name_columns(entete: list[object], largeur: int) -> list[str]:
    """One name per position: the header; « Date (2) » for a second one; « Colonne C » when there is none to show."""
    noms = []
    vus: Counter[str] = Counter()
    for rang in range(largeur):
        nom = _as_name(entete[rang] if rang < len(entete) else None) or f"Colonne {get_column_letter(rang + 1)}"
        vus[normalise(nom)] += 1
        noms.append(nom if vus[normalise(nom)] == 1 else f"{nom} ({vus[normalise(nom)]})")
    return noms


def _as_name(cellule: object) -> str | None:
    if cellule is None or isinstance(cellule, (date, bool)):
        return None
    texte = " ".join(str(cellule).split())
    return texte if is_header_text(texte) else None
