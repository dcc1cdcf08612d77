"""Perimeters that cannot bear a figure: they say so, and why, before anything is counted (definitions.md)."""

from data_access.format import SOUTIEN
from indicators.contexte import Contexte
from indicators.declaration import Indicateur
from indicators.perimetre import Filtres
from indicators.referentiel import Operation

TERRITOIRE = (
    "Les référents et leurs ETP sont ceux du PLIE entier : ce chiffre ne se calcule pas pour une partie du territoire."
)
HORS_OPERATION = "Ce chiffre n’a de sens que dans une opération : choisissez-en une."
SOUTIEN_AUX_STRUCTURES = "Cette opération soutient des structures : elle n’a pas de participants."


def supports_structures(operation: Operation) -> bool:
    """True for an operation that has no participants."""
    return operation.cible == SOUTIEN


def find_reason(indicateur: Indicateur, contexte: Contexte, filtres: Filtres) -> str:
    """Why this perimeter cannot bear the figure, in French; empty when it can."""
    if indicateur.sans_territoire and filtres.territoire is not None:
        return TERRITOIRE
    if indicateur.operation_seulement and filtres.operation is None and "operation" not in filtres.par:
        return HORS_OPERATION
    visees = [operation for operation in contexte.operations if operation.code_operation == filtres.operation]
    return SOUTIEN_AUX_STRUCTURES if visees and all(map(supports_structures, visees)) else ""
