"""Exit rules of a PLIE: those of its text, and the kinds of exit that its software knows besides.

Métropole Nord-Ouest and Dunkerque say what a positive exit is and nothing of the others. The labels of their software
are invented, and so is that they have some; what they count for stays « à confirmer ».
"""

from sample_data.generation.reference import Ligne, list_reference

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
