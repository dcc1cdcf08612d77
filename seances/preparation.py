"""Preparing a meeting: which body meets, who reads its papers, what the team asks for and writes before publishing.

Source of the bodies: domain/roles.md § 2 and 3 (comités de pilotage, comités opérationnels, commissions, revues
d’équipe).
"""

from dataclasses import asdict, dataclass

from pydantic import TypeAdapter

from data_access.base.moteur import Base
from data_access.droits import LECTURES
from data_access.seances.preparation import read_preparation, save_preparation
from indicators.perimetre import Periode
from sections.contenu import Suivi
from sections.liste import SUJETS

__all__ = [
    "AUDIENCES",
    "INSTANCES",
    "LECTURES",
    "SECTIONS",
    "Brouillon",
    "DemandeDEdition",
    "Instance",
    "write_audience",
]

_D_ABORD = ("synthese", "objectifs")
SECTIONS = (*_D_ABORD, *(sujet.code for sujet in SUJETS if sujet.code not in _D_ABORD))
"""Every section, in the order of a steering committee: where we stand, what was promised, then the detail."""


@dataclass(frozen=True)
class Instance:
    """A body. `audience`: the role that reads its papers. `sections`: what it is shown unless the team chooses."""

    code: str
    nom: str
    audience: str
    sections: tuple[str, ...] = SECTIONS


_SUIVI = ("synthese", "file_active", "entrees_sorties", "etapes")
INSTANCES = {
    instance.code: instance
    for instance in (
        Instance("comite_pilotage", "Comité de pilotage", "comite"),
        Instance("comite_operationnel", "Comité opérationnel", "comite"),
        Instance("commission", "Commission d’intégration et de suivi", "animation", _SUIVI),
        Instance("revue_mensuelle", "Revue mensuelle de l’équipe", "animation", (*_SUIVI, "objectifs")),
    )
}
AUDIENCES = {"comite": "comité", "animation": "équipe d’animation"}


def write_audience(audience: str, arrondit: bool) -> str:
    """« comité : petits effectifs arrondis », « équipe d’animation : effectifs exacts »."""
    return f"{AUDIENCES.get(audience, audience)} : {'petits effectifs arrondis' if arrondit else 'effectifs exacts'}"


@dataclass(frozen=True)
class ChoixDeSection:
    """A section kept by the team, with what it wrote on it."""

    code: str
    commentaire: str = ""
    points_de_decision: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brouillon:
    """What the team chose and wrote. The period and the perimeter are those of the filters."""

    sections: tuple[ChoixDeSection, ...]
    commentaire: str = ""
    audience: str = ""


@dataclass(frozen=True)
class DemandeDEdition:
    """What the team asks for: which meeting, of which PLIE, over which period, for whom, with which sections.

    `lecture`: exact or rounded figures, whoever reads; empty = as the audience reads by default.
    """

    code_plie: str
    instance: str
    periode: Periode
    audience: str = ""
    sections: tuple[ChoixDeSection, ...] = ()
    operation: str | None = None
    territoire: str | None = None
    commentaire: str = ""
    suivis: tuple[Suivi, ...] = ()
    lecture: str = ""


_BROUILLON = TypeAdapter(Brouillon)


def read_brouillon(base: Base, code_plie: str, instance: str) -> Brouillon | None:
    """The draft of that meeting, as anybody of the team left it; None when nothing was kept."""
    contenu = read_preparation(base, code_plie, instance)
    return None if contenu is None else _BROUILLON.validate_python(contenu)


def keep_brouillon(base: Base, code_plie: str, instance: str, brouillon: Brouillon, auteur: str) -> None:
    """Keep the draft over the one before."""
    save_preparation(base, code_plie, instance, asdict(brouillon), auteur)
