"""Invented people: sex, birth, and the situation that the FSE questionnaire asks for at entry. Never a name."""

from datetime import date, timedelta
from random import Random

from sample_data.generation.hasard import draw, draw_around, draw_known
from sample_data.generation.reference import Ligne, list_reference, load_populations
from sample_data.generation.volumes import Volumes

_NIVEAUX = {"2a": 0.11, "2b": 0.38, "2c": 0.38, "2d": 0.13}
_STATUTS = {"non": 0.82, "1c": 0.08, "1d": 0.06, "1b": 0.02, "1a": 0.02}
_SANS_DOMICILE = {"non": 0.92, "oui": 0.03, "nsp": 0.05}
_PARENT_NE_ETRANGER = {"non": 0.6, "oui": 0.28, "nsp": 0.12}
_PART_HORS_TERRITOIRE = 0.004
_AGE_MIN, _AGE_MAX = 18, 64


def invent_participant(hasard: Random, numero: int, entree_le: date, code_plie: str, volumes: Volumes) -> Ligne:
    """A person of age 18 to 64 on `entree_le`; sex or birth is missing for a few."""
    age = min(max(hasard.gauss(39, 11.5), _AGE_MIN + 0.1), _AGE_MAX)
    sexe = "F" if hasard.random() < volumes.part_femmes else "H"
    return {
        "code_plie": code_plie,
        "id_participant": f"P{numero:06d}",
        "sexe": draw_known(hasard, sexe, volumes.part_sexe_inconnu),
        "date_naissance": draw_known(hasard, entree_le - timedelta(round(age * 365.25)), volumes.part_manquante / 2),
    }


HORS_QPV = "HORS_QPV"


class Habitat:
    """Where the people of a PLIE live: communes weighed by population, the quartiers that the texts name."""

    def __init__(self, code_plie: str, volumes: Volumes) -> None:
        territoires = list_reference("Territoires", code_plie)
        populations = load_populations(code_plie)
        self._volumes = volumes
        self._communes: dict[str, float] = {
            t["code_territoire"]: populations[t["code_territoire"]]
            ** 1.15  # people in difficulty live rather in the larger towns
            for t in territoires
            if t["type"] == "commune" and t["eligible"] is not False
        }
        # Where a text names every priority quartier, those who live elsewhere are known not to live in one.
        self._ailleurs = HORS_QPV if any(t["code_territoire"] == HORS_QPV for t in territoires) else None
        self._quartiers: dict[str, list[str]] = {}
        for t in territoires:
            if t["type"] in ("qpv", "quartier_de_veille"):
                self._quartiers.setdefault(t["code_parent"], []).append(t["code_territoire"])

    def draw(self, hasard: Random) -> Ligne:
        """code_commune and code_quartier of a new parcours, either of which may be missing."""
        if hasard.random() < _PART_HORS_TERRITOIRE:
            return {"code_commune": self._volumes.commune_hors_territoire, "code_quartier": None}
        commune = draw(hasard, self._communes)
        quartier = draw_known(hasard, self._ailleurs, self._volumes.part_manquante)
        if commune in self._quartiers and hasard.random() < self._volumes.part_quartier:
            quartier = hasard.choice(self._quartiers[commune])
        return {
            "code_commune": draw_known(hasard, commune, self._volumes.part_manquante / 2),
            "code_quartier": quartier,
        }


def invent_situation(hasard: Random, sexe: str | None, volumes: Volumes) -> Ligne:
    """Situation at entry (questionnaire FSE and software), with missing answers."""
    rsa = hasard.random() < volumes.part_rsa
    reponses: Ligne = {
        "rsa": rsa,
        "minima_sociaux": rsa or hasard.random() < 0.17,
        "mois_sans_emploi": min(round(draw_around(hasard, 24, 0.9)), 240),
        "handicap": hasard.random() < 0.1,
        "niveau_diplome": draw(hasard, _NIVEAUX),
        "statut_emploi": draw(hasard, _STATUTS),
        "en_formation": hasard.random() < 0.04,
        "sans_domicile": draw(hasard, _SANS_DOMICILE),
        "parent_ne_etranger": draw(hasard, _PARENT_NE_ETRANGER),
        "monoparental": hasard.random() < (0.28 if sexe == "F" else 0.05),
    }
    return {question: draw_known(hasard, reponse, volumes.part_manquante) for question, reponse in reponses.items()}
