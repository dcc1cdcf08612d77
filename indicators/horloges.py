"""Inside an operation two clocks run (definitions.md, « Perimeters »): each label says which one its figure follows."""

from indicators.catalogue import CATALOGUE
from indicators.perimetre import Filtres


def name_clock(code: str, libelle: str, filtres: Filtres) -> str:
    """`libelle` of the figure `code`; inside an operation, the words that say whose clock it follows."""
    connu = CATALOGUE.get(code)
    return by_clock(filtres, libelle, connu.libelle_dans_operation or libelle if connu else libelle)


def explain_clock(code: str, precision: str, filtres: Filtres) -> str:
    """`precision` printed under the figure; inside an operation, what the words of the PLIE would say wrongly."""
    connu = CATALOGUE.get(code)
    return by_clock(filtres, precision, connu.precision_dans_operation or precision if connu else precision)


def by_clock(filtres: Filtres, du_plie: str, de_l_operation: str) -> str:
    """The words for the perimeter: those of the PLIE, or those of the operation inside one."""
    return du_plie if filtres.operation is None else de_l_operation


def departures(filtres: Filtres) -> str:
    """The figure of those who leave the file active: its identity is « before + entries − these = after »."""
    return by_clock(filtres, "sorties", "sorties_operation")
