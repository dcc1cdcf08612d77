"""The small common truth behind the made-up foreign exports: about a hundred parcours of the invented PLIE."""

from collections.abc import Iterable
from functools import lru_cache

from sample_data.generation.classeur import invent_plie
from sample_data.generation.participations import OPERATIONS_DE_REFERENT

CODE_PLIE = "GRAND_PERIGUEUX"
PARCOURS = 100
REFERENCES = ("PLIE", "Territoires", "Operations", "Objectifs", "Regles de sortie", "Types d'etape", "Referents")
QUESTIONNAIRE = {
    "Q1": "statut_emploi",
    "Q1e": "en_formation",
    "Q1g": "mois_sans_emploi",
    "Q2": "niveau_diplome",
    "Q3": "handicap",
    "Q4": "minima_sociaux",
    "Q5": "sans_domicile",
    "Q6": "parent_ne_etranger",
}
INDICATEUR_HEURES, OPERATION_HEURES = "heures_insertion", "GP2"
Ligne = dict[str, object]
Feuilles = dict[str, list[Ligne]]


@lru_cache(maxsize=1)
def _tout() -> Feuilles:
    return invent_plie(CODE_PLIE)


@lru_cache(maxsize=1)
def _numeros() -> frozenset[object]:
    """The parcours with a participation in a small operation first, then the latest exits; none without a rule."""
    regles = {ligne["type_sortie"] for ligne in _tout()["Regles de sortie"]} | {None}
    connus = [ligne for ligne in _tout()["Parcours"] if ligne.get("type_sortie") in regles]
    petites = {x["id_parcours"] for x in _tout()["Participations"] if x["code_operation"] not in OPERATIONS_DE_REFERENT}
    avec = [ligne["id_parcours"] for ligne in connus if ligne["id_parcours"] in petites]
    sortis = [ligne["id_parcours"] for ligne in reversed(connus) if ligne.get("type_sortie")]
    return frozenset(list(dict.fromkeys(avec + sortis))[:PARCOURS])


def load_verite() -> Feuilles:
    """Every sheet in our format: the references whole, the people limited to a hundred parcours."""
    parcours = [ligne for ligne in _tout()["Parcours"] if ligne["id_parcours"] in _numeros()]
    personnes = {ligne["id_participant"] for ligne in parcours}
    verite = {nom: _tout()[nom] for nom in REFERENCES}
    verite["Participants"] = [ligne for ligne in _tout()["Participants"] if ligne["id_participant"] in personnes]
    verite["Parcours"] = parcours
    for nom in ("Participations", "Etapes", "Suspensions"):
        verite[nom] = [ligne for ligne in _tout()[nom] if ligne["id_parcours"] in _numeros()]
    verite["Realisations"] = _tout()["Realisations"]
    return {nom: [dict(ligne) for ligne in lignes] for nom, lignes in verite.items()}


def keep_columns(lignes: Iterable[Ligne], colonnes: Iterable[str]) -> list[Ligne]:
    """The same rows with these columns alone, and code_plie."""
    gardees = {"code_plie", *colonnes}
    return [{nom: valeur for nom, valeur in ligne.items() if nom in gardees} for ligne in lignes]


def labels(feuille: str, code: str, libelle: str = "libelle") -> dict[object, str]:
    """Code → wording of a sheet of references."""
    return {ligne[code]: str(ligne[libelle]) for ligne in _tout()[feuille]}
