"""The numbers that stand for people once they are anonymised."""

import secrets

from data_access.format import Feuille

ANONYMISATION = "Anonymisation"
"""Stands for the name of a workbook in the version that an anonymisation opens."""

PREFIXE = "anonyme-"
NUMEROS = ("id_participant", "id_parcours")
"""Columns that say whose row it is."""


def new_number() -> str:
    """A number drawn at random."""
    return PREFIXE + secrets.token_hex(8)


def is_anonymous(numero: object) -> bool:
    """True for a number given by an anonymisation."""
    return isinstance(numero, str) and numero.startswith(PREFIXE)


def anonymous_index(origine: Feuille) -> int | None:
    """Index, in a typed row of that sheet, of the number that tells whether the row is anonymised; None: never."""
    noms = [colonne.nom for colonne in origine.colonnes]
    return next((noms.index(nom) for nom in NUMEROS if nom in noms), None)
