"""Invented sizes of each PLIE: how many people, for how long, with which profile.

They are set so that what comes out is plausible against the programme texts: some targets reached,
some late. Nothing here is a figure of a real PLIE.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Volumes:
    """Sizes and profile of one invented PLIE. Durations in months, parts between 0 and 1."""

    debut_historique: date
    """First day for which entries and exits are complete; who was there already is the `stock_initial`."""
    stock_initial: int
    entrees: int
    """Parcours begun from `debut_historique` to the extraction."""
    duree_moyenne: float
    part_positive: float
    etp_referents: tuple[float, ...]
    """One post each; posts change hands over the years."""
    part_femmes: float = 0.54
    part_rsa: float = 0.5
    part_manquante: float = 0.03
    part_sexe_inconnu: float = 0.0
    """The FSE questionnaire asks for it: software rarely lacks it."""
    part_quartier: float = 0.0
    """Part of the people of the commune holding the named quartiers who live in one of them."""
    commune_hors_territoire: str = ""
    """INSEE code of a neighbouring commune, for the few who live outside."""
    etapes_seules: int = 0
    contacts_par_mois: float = 0.0
    delai_diagnostic: float = 0.0
    """Mean days from prescription to diagnostic; 0 = the software holds no diagnostic date."""
    suspensions: bool = False
    """Does the text of the PLIE speak of suspending a parcours?"""
    mois_de_contrat: int = 0
    """How long the engagement contract lasts (12 at Roubaix in its text); 0 = the software holds no term."""
    suivi_6_mois: bool = False
    """Does the text ask what became of people six months after a job was found?"""
    part_heures: float = 0.8
    """Part of the étapes whose hours are known; 0 = the software holds no hours."""
    part_justifiees: float = 0.9
    """Part of the étapes done that have a proof, a little fewer while they go on; 0 = nothing is said of proofs."""


_AGAPE = date(2015, 1, 1)

VOLUMES: dict[str, Volumes] = {
    "AGENAIS": Volumes(
        debut_historique=_AGAPE,
        stock_initial=571,
        entrees=1890,
        duree_moyenne=22.5,
        part_positive=0.49,
        etp_referents=(1, 1, 1, 1, 1, 0.8, 0.6),
        part_femmes=0.55,
        part_rsa=0.56,
        part_quartier=0.36,
        commune_hors_territoire="47323",
        suspensions=True,
    ),
    "BORDEAUX": Volumes(
        debut_historique=_AGAPE,
        stock_initial=719,
        entrees=2490,
        duree_moyenne=25,
        part_positive=0.51,
        etp_referents=(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.8, 0.5),
        part_femmes=0.52,
        part_rsa=0.58,
        part_manquante=0.04,
        commune_hors_territoire="33281",
        suspensions=True,
    ),
    "TECHNOWEST": Volumes(
        debut_historique=_AGAPE,
        stock_initial=200,
        entrees=705,
        duree_moyenne=25,
        part_positive=0.42,
        etp_referents=(1, 1, 0.8, 0.5),
        part_femmes=0.57,
        part_rsa=0.42,
        part_manquante=0.06,
        part_sexe_inconnu=0.02,
        commune_hors_territoire="33063",
    ),
    "GRAND_PERIGUEUX": Volumes(
        debut_historique=_AGAPE,
        stock_initial=150,
        entrees=760,
        duree_moyenne=25,
        part_positive=0.49,
        etp_referents=(1, 1, 1, 0.6),
        part_femmes=0.53,
        part_rsa=0.52,
        commune_hors_territoire="24037",
        etapes_seules=90,
        suspensions=True,
        mois_de_contrat=12,
        suivi_6_mois=True,
        part_justifiees=0.95,
    ),
    "HAUT_PERIGORD": Volumes(
        debut_historique=_AGAPE,
        stock_initial=80,
        entrees=275,
        duree_moyenne=25,
        part_positive=0.4,
        etp_referents=(1, 0.5),
        part_femmes=0.56,
        part_rsa=0.4,
        part_manquante=0.08,
        part_sexe_inconnu=0.02,
        commune_hors_territoire="24322",
        etapes_seules=28,
        part_heures=0,
        part_justifiees=0,
    ),
    "PORTES_DU_SUD": Volumes(
        debut_historique=_AGAPE,
        stock_initial=160,
        entrees=545,
        duree_moyenne=28,
        part_positive=0.41,
        etp_referents=(1, 1, 0.5),
        part_femmes=0.56,
        part_rsa=0.45,
        commune_hors_territoire="33063",
        suivi_6_mois=True,
    ),
    "SOURCES": Volumes(
        debut_historique=_AGAPE,
        stock_initial=110,
        entrees=395,
        duree_moyenne=25,
        part_positive=0.43,
        etp_referents=(1, 0.8),
        part_femmes=0.56,
        part_rsa=0.44,
        part_manquante=0.05,
        part_quartier=0.34,
        commune_hors_territoire="33063",
    ),
    "MNO": Volumes(
        debut_historique=date(2022, 1, 1),
        stock_initial=270,
        entrees=350,
        duree_moyenne=25,
        part_positive=0.52,
        etp_referents=(1, 1, 1, 1, 0.8),
        part_femmes=0.46,
        part_rsa=0.55,
        commune_hors_territoire="59350",
        contacts_par_mois=2.75,
    ),
    "ROUBAIX": Volumes(
        debut_historique=date(2018, 1, 1),
        stock_initial=390,
        entrees=900,
        duree_moyenne=21,
        part_positive=0.53,
        etp_referents=(1, 1, 1, 1, 1, 1),
        part_femmes=0.49,
        part_rsa=0.66,
        part_manquante=0.05,
        commune_hors_territoire="59599",
        contacts_par_mois=1.9,
        delai_diagnostic=13,
        suspensions=True,
        mois_de_contrat=12,
        suivi_6_mois=True,
    ),
    "DUNKERQUOIS": Volumes(
        debut_historique=date(2022, 1, 1),
        stock_initial=400,
        entrees=920,
        duree_moyenne=25,
        part_positive=0.46,
        etp_referents=(1, 1, 1, 1, 1, 0.8),
        part_femmes=0.51,
        part_rsa=0.6,
        part_manquante=0.04,
        commune_hors_territoire="62193",
        contacts_par_mois=1.9,
        delai_diagnostic=24,
        mois_de_contrat=12,
        part_heures=0,
    ),
}
