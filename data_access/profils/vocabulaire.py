"""The words that other software uses, kept in files beside this one that anyone can complete."""

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from data_access.colonnes import normalise

_DOSSIER = Path(__file__).resolve().parent
_MOTS = re.compile(r"[a-z0-9]+")
_MOTS_VIDES = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "aux", "en", "dans", "et", "un", "une"]
)
_SIGLE = 4


@cache
def _rows(nom: str) -> list[dict[str, str]]:
    with (_DOSSIER / nom).open(encoding="utf-8", newline="") as flux:
        return list(csv.DictReader(flux, delimiter=";"))


@cache
def synonyms() -> dict[tuple[str, str], tuple[str, ...]]:
    """(sheet, column) → headers that mean it, our own first."""
    par_colonne: dict[tuple[str, str], tuple[str, ...]] = {}
    for ligne in _rows("synonymes.csv"):
        cle = (ligne["feuille"], ligne["colonne"])
        par_colonne[cle] = (*par_colonne.get(cle, (ligne["colonne"].replace("_", " "),)), ligne["intitule"])
    return par_colonne


@cache
def known_headers() -> frozenset[str]:
    """Every header of `synonymes.csv`, as names are compared."""
    return frozenset(normalise(intitule) for intitules in synonyms().values() for intitule in intitules)


@cache
def value_words() -> dict[str, dict[str, str]]:
    """Column → word of another tool, as values are compared → our value (empty: non renseigné)."""
    par_colonne: dict[str, dict[str, str]] = {}
    for ligne in _rows("valeurs.csv"):
        par_colonne.setdefault(ligne["colonne"], {})[normalise(ligne["mot"])] = ligne["valeur"]
    return par_colonne


def footer_words() -> tuple[str, ...]:
    """How totals and page footers begin, as names are compared."""
    return tuple(normalise(ligne["debut"]) for ligne in _rows("mots_de_fin.csv"))


def extraction_words() -> tuple[str, ...]:
    """What announces the day of the extraction in a title, the surest first."""
    return tuple(normalise(ligne["mot"]) for ligne in _rows("mots_d_extraction.csv"))


@lru_cache(maxsize=8192)
def as_words(texte: str) -> str:
    """`texte` in small letters without accents nor empty words: « Date d’entrée au PLIE » → « date entree plie »."""
    decompose = unicodedata.normalize("NFKD", texte.replace("°", "o ").casefold())
    mots = _MOTS.findall("".join(lettre for lettre in decompose if not unicodedata.combining(lettre)))
    return " ".join(mot for mot in mots if mot not in _MOTS_VIDES)


def similarity(un: str, autre: str) -> float:
    """How alike two names are, 0 to 1: words in any order, with slips of the pen; words in excess cost."""
    gauche, droite = as_words(un), as_words(autre)
    if not gauche or not droite:
        return 0.0
    if gauche == droite:
        return 1.0
    if max(len(gauche), len(droite)) <= _SIGLE:  # « Q1 » is not almost « Q2 »
        return 0.0
    return (0.7 * fuzz.token_sort_ratio(gauche, droite) + 0.3 * fuzz.token_set_ratio(gauche, droite)) / 100
