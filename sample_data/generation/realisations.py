"""What the teams declare for the targets that no parcours shows: committees, agreements, offers…; and insertion
clauses: invented contracts (who buys, who works, in which sector) and their hours, month by month."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data_access.base.jours import add_months
from sample_data.generation.hasard import draw, draw_day, list_annees, list_mois, make_hasard
from sample_data.generation.reference import INVENTIONS, Ligne, list_reference, read_csv

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


_UNITES_MAX = 25
"""Up to this many, one dated row each; above, one sum a month."""
_AVANT = (0.8, 1.05)
"""A year before the last one, beside the last one brought to twelve months."""
_HEURES_PAR_MARCHE, _MARCHES_MIN = 18_000, 3
_PART_AVEC_PIECE = 0.9

TOTAUX = {
    (ligne["code_operation"], ligne["code_indicateur"]): float(ligne["total"])
    for ligne in read_csv("realisations.csv", INVENTIONS)
}
"""Invented totals at the extraction date: some targets reached, some late. A code that is not here has no row at all
(« sans donnée »): GP4, which repeats GP2 word for word, the financing conditions, the qualitative indicators…"""


def invent_realisations(code_plie: str, extraction: date) -> list[Ligne]:
    """Dated rows of each declared target of the PLIE, from the start of its operation to the extraction."""
    hasard = make_hasard(code_plie, "realisations")
    lignes: list[Ligne] = []
    for operation in list_reference("Operations", code_plie):
        annees = list_annees(operation["debut"], min(operation["fin"], extraction))
        for (code, indicateur), total in TOTAUX.items():
            if code == operation["code_operation"]:
                commun = {"code_plie": code_plie, "code_operation": code, "code_indicateur": indicateur}
                for du, au in annees:
                    annuel = total if (du, au) == annees[-1] else _total_before(hasard, total, annees[-1])
                    lignes += [commun | ligne for ligne in _rows_of(hasard, indicateur, du, au, annuel)]
    return lignes


def _total_before(hasard: Random, total: float, derniere: tuple[date, date]) -> float:
    """A year before the last one: about as much, over twelve months."""
    entiere = total * 365 / ((derniere[1] - derniere[0]).days + 1)
    return float(max(round(entiere * hasard.uniform(*_AVANT)), 1))


def _rows_of(hasard: Random, indicateur: str, du: date, au: date, total: float) -> list[Ligne]:
    if indicateur in HEURES:
        return spread_hours(hasard, du, au, total, max(round(total / _HEURES_PAR_MARCHE), _MARCHES_MIN))
    repartir = _each_one if total <= _UNITES_MAX else _by_month
    return [
        {"realise_le": jour, "valeur": valeur} | _describe(hasard, indicateur, valeur)
        for jour, valeur in repartir(hasard, du, au, total)
    ]


def _describe(hasard: Random, indicateur: str, valeur: float) -> Ligne:
    """What one row is about: a contract, or a meeting with its proof."""
    if valeur != 1:
        return {}
    if indicateur in MARCHES:
        return describe_marche(hasard)
    if indicateur in HORS_BTP:
        return describe_marche(hasard, "hors_btp")
    return {"piece": "Compte rendu"} if hasard.random() < _PART_AVEC_PIECE else {}


def _each_one(hasard: Random, debut: date, fin: date, total: float) -> list[tuple[date, float]]:
    """One row each, spread over the period as meetings are: about evenly, none in August when it can be helped."""
    pas = ((fin - debut).days + 1) / total
    jours = []
    for rang in range(int(total)):
        jour = draw_day(hasard, debut + timedelta(round(rang * pas)), debut + timedelta(round((rang + 1) * pas) - 1))
        jours.append(add_months(jour, -1) if jour.month == 8 else jour)
    return [(jour, 1.0) for jour in sorted(jours)]


def _by_month(hasard: Random, debut: date, fin: date, total: float) -> list[tuple[date, float]]:
    """One sum on the last day of each month, fewer in August; the sums add up to `total`."""
    mois = list_mois(debut, fin)
    poids = [hasard.uniform(0.75, 1.25) * (0.5 if m.month == 8 else 1) for m in mois]
    cumul, deja, lignes = 0.0, 0, []
    for m, p in zip(mois, poids, strict=True):
        cumul += p
        jusque_la = round(total * cumul / sum(poids))
        lignes.append((min(add_months(m, 1) - timedelta(1), fin), float(jusque_la - deja)))
        deja = jusque_la
    return lignes
