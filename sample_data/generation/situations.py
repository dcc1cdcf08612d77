"""What is recorded when someone leaves an operation: situation, day of the recording, FSE exit questionnaire."""

from datetime import date, timedelta
from random import Random

from sample_data.generation.hasard import draw, draw_known
from sample_data.generation.reference import Ligne
from sample_data.generation.regles import list_regles

_PAR_NATURE: dict[str | None, dict[str | None, float]] = {
    "emploi": {"emploi": 0.97, None: 0.03},
    "creation": {"emploi": 0.97, None: 0.03},
    "formation": {"formation": 0.55, "qualification": 0.42, None: 0.03},
    None: {"recherche": 0.68, "inactif": 0.27, None: 0.05},
}
"""Situation of those who leave the PLIE on the same day, by nature of their exit."""
_ENCORE_SUIVIS: dict[str | None, float] = {
    "recherche": 0.58, "emploi": 0.2, "formation": 0.13, "qualification": 0.03, "inactif": 0.02, None: 0.04,
}  # fmt: skip
_NATURES_SANS_REGLE = {"emploi_durable": "emploi", "formation": "formation", "creation": "creation"}
_PART_SAISIE_A_TEMPS = 0.88
_PART_QUESTIONNAIRE_INCOMPLET = 0.06


class SortiesDOperation:
    """Describes the ends of the participations of one PLIE."""

    def __init__(self, code_plie: str, extraction: date) -> None:
        self._extraction = extraction
        self._natures = _NATURES_SANS_REGLE | {r["type_sortie"]: r.get("nature") for r in list_regles(code_plie)}

    def describe(self, hasard: Random, parcours: Ligne, sortie_le: date | None) -> Ligne:
        """The columns of the exit; empty while the person is there, or while nobody has recorded it yet."""
        if sortie_le is None:
            return {}
        a_temps = hasard.random() < _PART_SAISIE_A_TEMPS
        saisie = sortie_le + timedelta(hasard.randint(0, 26) if a_temps else hasard.randint(33, 120))
        poids = _ENCORE_SUIVIS
        if parcours.get("sortie_le") == sortie_le:
            poids = _PAR_NATURE.get(self._natures.get(parcours["type_sortie"]), _PAR_NATURE[None])
        sortie: Ligne = {
            "situation_sortie": draw(hasard, poids),
            "sortie_saisie_le": saisie,
            "questionnaire_sortie_complet": draw_known(hasard, hasard.random() > _PART_QUESTIONNAIRE_INCOMPLET, 0.02),
        }
        return sortie if saisie <= self._extraction else {}
