"""The two readings of small numbers, in words."""

from data_access.droits.lignes import ARRONDIE, EXACTE
from data_access.refus import Refus
from indicators.arrondi import read_base
from indicators.nombres import say_rounding


def write_rounding() -> str:
    """« effectifs arrondis à 5 près »: what a rounded reading is, with the base of this server."""
    try:
        return say_rounding(read_base())
    except Refus:  # each figure says so itself
        return "effectifs arrondis"


def write_readings() -> dict[str, str]:
    """What each reading means, for who grants it."""
    return {
        EXACTE: "Exacte : tous les effectifs",
        ARRONDIE: f"Arrondie : par commune, quartier ou caractéristique, {write_rounding()}",
    }
