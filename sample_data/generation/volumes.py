"""Invented sizes of each PLIE (`inventions/volumes.csv`): how many people, for how long, with which profile.

They are set so that what comes out is plausible against the programme texts: some targets reached,
some late. Nothing here is a figure of a real PLIE.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, get_type_hints

from sample_data.generation.reference import INVENTIONS, read_csv


@dataclass(frozen=True)
class Volumes:
    """Sizes and profile of one invented PLIE. Durations in months, parts between 0 and 1.

    `debut_historique`: first day for which entries and exits are complete; who was there already is the
    `stock_initial`. `entrees`: parcours begun from that day to the extraction. `etp_referents`: one post each; posts
    change hands over the years. `part_sexe_inconnu`: the FSE questionnaire asks for it, software rarely lacks it.
    `part_quartier`: of the people of the commune holding the named quartiers, those who live in one of them.
    `commune_hors_territoire`: INSEE code of a neighbouring commune, for the few who live outside.
    `delai_diagnostic`: mean days from prescription to diagnostic; 0 = the software holds no diagnostic date.
    `suspensions`: does the text speak of suspending a parcours? `suivi_6_mois`: does it ask what became of people six
    months after a job was found? `mois_de_contrat`: how long the engagement contract lasts (12 at Roubaix in its
    text); 0 = the software holds no term. `part_heures`: étapes whose hours are known; 0 = the software holds none.
    `part_justifiees`: étapes done that have a proof, a little fewer while they go on; 0 = nothing is said of proofs.
    """

    debut_historique: date
    stock_initial: int
    entrees: int
    duree_moyenne: float
    part_positive: float
    etp_referents: tuple[float, ...]
    part_femmes: float
    part_rsa: float
    part_manquante: float
    part_sexe_inconnu: float
    part_quartier: float
    commune_hors_territoire: str
    etapes_seules: int
    contacts_par_mois: float
    delai_diagnostic: float
    suspensions: bool
    mois_de_contrat: int
    suivi_6_mois: bool
    part_heures: float
    part_justifiees: float


def _value(genre: type, texte: str) -> Any:
    if genre is date:
        return date.fromisoformat(texte)
    if genre is bool:
        return texte == "oui"
    return genre(texte) if genre in (int, float, str) else tuple(map(float, texte.split()))


_GENRES = get_type_hints(Volumes)
VOLUMES = {
    ligne["code_plie"]: Volumes(**{nom: _value(genre, ligne[nom]) for nom, genre in _GENRES.items()})
    for ligne in read_csv("volumes.csv", INVENTIONS)
}
