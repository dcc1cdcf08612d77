"""The bodies that meet, who reads their papers, and what they are shown unless the team chooses otherwise.

Source: domain/roles.md § 2 and 3 (comités de pilotage, comités opérationnels, commissions, revues d’équipe).
"""

from dataclasses import dataclass

from data_access.droits.lignes import LECTURES

__all__ = ["AUDIENCES", "INSTANCES", "LECTURES", "SECTIONS", "Instance", "write_audience"]

SECTIONS = ("synthese", "objectifs", "file_active", "entrees_sorties", "publics", "etapes")
"""Every section, in the order of a steering committee: where we stand, what was promised, then the detail."""


@dataclass(frozen=True)
class Instance:
    """A body. `audience`: the role that reads its papers."""

    code: str
    nom: str
    audience: str
    sections: tuple[str, ...] = SECTIONS


INSTANCES = {
    instance.code: instance
    for instance in (
        Instance("comite_pilotage", "Comité de pilotage", "comite"),
        Instance("comite_operationnel", "Comité opérationnel", "comite"),
        Instance(
            "commission",
            "Commission d’intégration et de suivi",
            "animation",
            ("synthese", "file_active", "entrees_sorties", "etapes"),
        ),
        Instance(
            "revue_mensuelle",
            "Revue mensuelle de l’équipe",
            "animation",
            ("synthese", "file_active", "entrees_sorties", "etapes", "objectifs"),
        ),
    )
}
AUDIENCES = {"comite": "comité", "animation": "équipe d’animation"}


def write_audience(audience: str, arrondit: bool) -> str:
    """« comité : petits effectifs arrondis », « équipe d’animation : effectifs exacts »."""
    return f"{AUDIENCES.get(audience, audience)} : {'petits effectifs arrondis' if arrondit else 'effectifs exacts'}"
