"""What the programme texts say: reference/, one CSV a sheet, each line with its source.

Métropole Nord-Ouest and Dunkerque say what a positive exit is and nothing of the others. The labels of their software
are invented, and so is that they have some; what they count for stays « à confirmer ».
"""

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
INVENTIONS, CLASSEURS = DOSSIER.parent / "inventions", DOSSIER.parent / "classeurs"
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


def read_csv(nom: str, dossier: Path = DOSSIER) -> list[dict[str, str]]:
    """Rows of reference/`nom`, or of another folder, as text."""
    with (dossier / nom).open(encoding="utf-8", newline="") as contenu:
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


AUTRES_DU_LOGICIEL = {
    "abandon": ("Abandon", 0.42),
    "demenagement": ("Déménagement", 0.2),
    "sante": ("Raison de santé", 0.15),
    "reorientation": ("Réorientation", 0.23),
}
"""Invented kinds of exit: label and weight among those that are not positive."""

_SENSIBLES = ("sante",)
_SOURCE = "Inventé : libellé du logiciel de suivi ; le texte ne classe pas cette sortie, à confirmer par le PLIE"


def list_regles(code_plie: str) -> list[Ligne]:
    """The rules in the text, completed where it rules the positive exits alone; [] for the PLIE whose text has none."""
    regles = list_reference("Regles de sortie", code_plie)
    if not regles or any(regle["categorie"] != "positive" for regle in regles):
        return regles
    depuis = min(regle["depuis"] for regle in regles)
    return regles + [
        {
            "code_plie": code_plie,
            "type_sortie": type_sortie,
            "libelle": libelle,
            "categorie": "a_confirmer",
            "sensible": type_sortie in _SENSIBLES,
            "depuis": depuis,
            "source": _SOURCE,
        }
        for type_sortie, (libelle, _) in AUTRES_DU_LOGICIEL.items()
    ]
