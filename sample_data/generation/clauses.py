"""Insertion clauses: invented contracts (who buys, who works, in which sector) and their hours, month by month."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data_access.base.jours import add_months
from sample_data.generation.calendrier import draw_day, list_mois
from sample_data.generation.hasard import draw
from sample_data.generation.reference import Ligne

HEURES = ("heures_insertion", "heures_clausees")
MARCHES = ("marches_clauses", "marches_reserves", "marches_suivis", "operations_clause", "chantiers_suivis")
HORS_BTP = ("operations_hors_btp",)
PIECE = "Relevé mensuel d’heures"

_SECTEURS = {"btp": 0.62, "hors_btp": 0.3, "autre": 0.08}
_OBJETS = {
    "btp": ("Réhabilitation de logements", "Construction d’un groupe scolaire", "Voirie et réseaux", "Gros œuvre"),
    "hors_btp": ("Nettoyage de locaux", "Entretien d’espaces verts", "Restauration collective", "Collecte de déchets"),
    "autre": ("Prestations intellectuelles", "Services numériques"),
}
_ACHETEURS = tuple(f"Maître d’ouvrage {lettre}" for lettre in "ABCDEFG")
_ENTREPRISES = tuple(f"Entreprise {numero:02d}" for numero in range(1, 19)) + ("SIAE 1", "SIAE 2", "SIAE 3")
_DUREE = (5, 20)


@dataclass(frozen=True)
class _Marche:
    du: date
    au: date
    poids: float
    description: Ligne


def describe_marche(hasard: Random, secteur: str | None = None) -> Ligne:
    """Buyer, subject, company and sector of one contract; every name says that it is invented."""
    choisi = secteur or draw(hasard, _SECTEURS)
    return {
        "structure": hasard.choice(_ACHETEURS),
        "objet": hasard.choice(_OBJETS[choisi]),
        "entreprise": hasard.choice(_ENTREPRISES),
        "secteur": choisi,
    }


def spread_hours(hasard: Random, du: date, au: date, heures: float, en_meme_temps: int) -> list[Ligne]:
    """Hours of each contract, on the last day of each month of [du, au]; they add up to `heures`."""
    marches = _open_contracts(hasard, du, au, en_meme_temps)
    parts: list[tuple[date, _Marche, float]] = []
    for mois in list_mois(du, au):
        dernier = min(add_months(mois, 1) - timedelta(1), au)
        saison = 0.5 if mois.month == 8 else 1.0
        for marche in marches:
            if marche.du <= dernier and marche.au >= mois:
                parts.append((dernier, marche, marche.poids * saison * hasard.uniform(0.7, 1.3)))
    total = sum(part for _, _, part in parts)
    lignes, cumul, deja = [], 0.0, 0
    for jour, marche, part in parts:
        cumul += part
        jusque_la = round(heures * cumul / total)
        if jusque_la > deja:
            ligne = {"realise_le": jour, "valeur": float(jusque_la - deja), "piece": PIECE}
            lignes.append(ligne | marche.description)
        deja = jusque_la
    return lignes


def _open_contracts(hasard: Random, du: date, au: date, en_meme_temps: int) -> list[_Marche]:
    """As many chains of contracts as run at the same time; one follows the other."""
    marches = []
    for _ in range(en_meme_temps):
        debut = add_months(du, -hasard.randint(0, 10))
        while debut <= au:
            fin = add_months(debut, hasard.randint(*_DUREE)) - timedelta(1)
            marches.append(_Marche(debut, fin, hasard.uniform(0.4, 1.8), describe_marche(hasard)))
            debut = draw_day(hasard, fin + timedelta(1), fin + timedelta(45))
    return marches
