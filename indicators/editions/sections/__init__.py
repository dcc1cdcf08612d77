"""The sections of an edition, one file each. Each is a function of a `Lecture`."""

from collections.abc import Callable

from indicators.editions.contenu import Section
from indicators.editions.lecture import Lecture
from indicators.editions.sections.entrees_sorties import write_entrees_sorties
from indicators.editions.sections.etapes import write_etapes
from indicators.editions.sections.file_active import write_file_active
from indicators.editions.sections.objectifs import write_objectifs
from indicators.editions.sections.publics import write_publics
from indicators.editions.sections.synthese import write_synthese

ECRIVAINS: dict[str, Callable[[Lecture], Section]] = {
    "synthese": write_synthese,
    "objectifs": write_objectifs,
    "file_active": write_file_active,
    "entrees_sorties": write_entrees_sorties,
    "publics": write_publics,
    "etapes": write_etapes,
}
TITRES = {
    "synthese": "Synthèse",
    "objectifs": "Objectifs",
    "file_active": "File active",
    "entrees_sorties": "Entrées et sorties",
    "publics": "Publics et parité",
    "etapes": "Étapes",
}
