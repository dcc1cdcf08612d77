"""The sections of an edition, one file each. Each is a function of a `Lecture`."""

from collections.abc import Callable

from sections.contenu import Section
from sections.entrees_sorties import write_entrees_sorties
from sections.etapes import write_etapes
from sections.file_active import write_file_active
from sections.lecture import Lecture
from sections.objectifs import write_objectifs
from sections.publics import write_publics
from sections.synthese import write_synthese

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
