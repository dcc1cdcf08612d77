"""Reads reference/: what the programme texts say, one CSV a sheet, each line with its source."""

import csv
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from data_access.colonnes import Genre
from data_access.format import feuille

Ligne = dict[str, Any]
"""One row of a sheet: column name → value."""

DOSSIER = Path(__file__).resolve().parent.parent / "reference"
CLASSEURS = DOSSIER.parent / "classeurs"
FICHIERS = {
    "PLIE": "plie.csv",
    "Territoires": "territoires.csv",
    "Operations": "operations.csv",
    "Objectifs": "objectifs.csv",
    "Regles de sortie": "regles_de_sortie.csv",
    "Types d'etape": "types_etape.csv",
}

_LECTURES: dict[Genre, Callable[[str], Any]] = {
    Genre.DATE: date.fromisoformat,
    Genre.NOMBRE: float,
    Genre.ENTIER: int,
    Genre.BOOLEEN: lambda texte: texte == "oui",
}


def read_csv(nom: str) -> list[dict[str, str]]:
    """Rows of reference/`nom`, as text."""
    with (DOSSIER / nom).open(encoding="utf-8", newline="") as contenu:
        return list(csv.DictReader(contenu))


@cache
def _read_feuille(nom: str) -> tuple[Ligne, ...]:
    colonnes = {colonne.nom: colonne.genre for colonne in feuille(nom).colonnes}
    return tuple({c: _value(genre, brut[c]) for c, genre in colonnes.items()} for brut in read_csv(FICHIERS[nom]))


def _value(genre: Genre, texte: str) -> Any:
    return _LECTURES.get(genre, str)(texte) if texte else None


def list_codes_plie() -> list[str]:
    """Codes of the ten PLIE, in the order of reference/plie.csv."""
    return [ligne["code_plie"] for ligne in _read_feuille("PLIE")]


def list_reference(nom: str, code_plie: str) -> list[Ligne]:
    """Rows of the sheet `nom` for one PLIE, with the types of the format (dates, booleans, numbers)."""
    return [dict(ligne) for ligne in _read_feuille(nom) if ligne["code_plie"] == code_plie]


def load_plie(code_plie: str) -> Ligne:
    """The row of the sheet « PLIE »."""
    return list_reference("PLIE", code_plie)[0]


def load_populations(code_plie: str) -> dict[str, int]:
    """Inhabitants of each commune of a PLIE, by INSEE code (reference/populations.csv)."""
    return {
        ligne["code_territoire"]: int(ligne["population"])
        for ligne in read_csv("populations.csv")
        if ligne["code_plie"] == code_plie
    }
