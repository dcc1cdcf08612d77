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


_AGAPE = date(2015, 1, 1)

VOLUMES: dict[str, Volumes] = {
    "AGENAIS": Volumes(
        _AGAPE,
        480,
        1530,
        27,
        0.46,
        (1, 1, 1, 1, 1, 1, 0.8),
        part_femmes=0.55,
        part_rsa=0.56,
        part_quartier=0.36,
        commune_hors_territoire="47323",
        suspensions=True,
    ),
    "BORDEAUX": Volumes(
        _AGAPE,
        830,
        1840,
        36,
        0.45,
        (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.8, 0.5),
        part_femmes=0.52,
        part_rsa=0.58,
        part_manquante=0.04,
        commune_hors_territoire="33281",
        suspensions=True,
    ),
    "TECHNOWEST": Volumes(
        _AGAPE,
        200,
        705,
        25,
        0.42,
        (1, 1, 0.8, 0.5),
        part_femmes=0.57,
        part_rsa=0.42,
        part_manquante=0.06,
        commune_hors_territoire="33063",
    ),
    "GRAND_PERIGUEUX": Volumes(
        _AGAPE,
        150,
        760,
        25,
        0.45,
        (1, 1, 1, 0.6),
        part_femmes=0.53,
        part_rsa=0.52,
        commune_hors_territoire="24037",
        etapes_seules=90,
        suspensions=True,
    ),
    "HAUT_PERIGORD": Volumes(
        _AGAPE,
        80,
        275,
        25,
        0.4,
        (1, 0.8),
        part_femmes=0.58,
        part_rsa=0.4,
        part_manquante=0.08,
        commune_hors_territoire="24322",
        etapes_seules=28,
    ),
    "PORTES_DU_SUD": Volumes(
        _AGAPE,
        160,
        545,
        28,
        0.41,
        (1, 1, 0.5),
        part_femmes=0.56,
        part_rsa=0.45,
        commune_hors_territoire="33063",
    ),
    "SOURCES": Volumes(
        _AGAPE,
        110,
        395,
        25,
        0.43,
        (1, 0.8),
        part_femmes=0.6,
        part_rsa=0.44,
        part_manquante=0.05,
        part_quartier=0.34,
        commune_hors_territoire="33063",
    ),
    "MNO": Volumes(
        date(2022, 1, 1),
        270,
        350,
        25,
        0.47,
        (1, 1, 1, 1, 0.8),
        part_femmes=0.46,
        part_rsa=0.55,
        commune_hors_territoire="59350",
        contacts_par_mois=2.35,
    ),
    "ROUBAIX": Volumes(
        date(2018, 1, 1),
        400,
        860,
        23,
        0.45,
        (1, 1, 1, 1, 1, 1),
        part_femmes=0.49,
        part_rsa=0.66,
        part_manquante=0.05,
        commune_hors_territoire="59599",
        contacts_par_mois=1.5,
        delai_diagnostic=13,
        suspensions=True,
    ),
    "DUNKERQUOIS": Volumes(
        date(2022, 1, 1),
        400,
        920,
        25,
        0.44,
        (1, 1, 1, 1, 1, 0.8),
        part_femmes=0.51,
        part_rsa=0.6,
        part_manquante=0.04,
        commune_hors_territoire="62193",
        contacts_par_mois=1.4,
        delai_diagnostic=24,
    ),
}
