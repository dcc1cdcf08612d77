"""Participants and parcours: who was there at the start of the history, who came in, who came back, who left; their
sex, birth, place, and the situation that the FSE questionnaire asks for at entry. Never a name."""

import math
from datetime import date, timedelta
from random import Random

from data_access.base.jours import add_months
from data_access.format import MODE_COMPLET, MODE_ETAPE_SEULE
from sample_data.generation.hasard import draw, draw_around, draw_entrees, draw_known, make_hasard, to_working_day
from sample_data.generation.reference import Ligne, list_reference, load_populations
from sample_data.generation.sorties import DISPERSION_DUREE, JOURS_PAR_MOIS, Sorties
from sample_data.generation.suivi import assign_referent
from sample_data.generation.volumes import Volumes

_NIVEAUX = {"2a": 0.11, "2b": 0.38, "2c": 0.38, "2d": 0.13}
_STATUTS = {"non": 0.82, "1c": 0.08, "1d": 0.06, "1b": 0.02, "1a": 0.02}
_SANS_DOMICILE = {"non": 0.92, "oui": 0.03, "nsp": 0.05}
_PARENT_NE_ETRANGER = {"non": 0.6, "oui": 0.28, "nsp": 0.12}
_PART_HORS_TERRITOIRE = 0.004
_AGE_MIN, _AGE_MAX = 18, 64
_PART_RETOURS = 0.045
_DELAI_RETOUR = 90
_ANCIENNETE_MAX = 60
_DEBUT_ETAPES_SEULES = date(2018, 1, 1)
_PART_SANS_REFERENT = 0.015
_PRESCRIPTEURS = {
    "Pôle emploi": 0.36, "Département": 0.27, "CCAS": 0.1, "Mission locale": 0.06, "SIAE": 0.07,
    "Candidature spontanée": 0.09, "Autre": 0.05,
}  # fmt: skip
_PRESCRIPTEURS_DEPUIS_2024 = {
    ("France Travail" if nom == "Pôle emploi" else nom): p for nom, p in _PRESCRIPTEURS.items()
}
HORS_QPV = "HORS_QPV"


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


class Peuplement:
    """Invents the people of one PLIE and their parcours, one after the other."""

    def __init__(self, code_plie: str, volumes: Volumes, extraction: date, referents: list[Ligne]) -> None:
        self._code_plie, self._volumes, self._extraction = code_plie, volumes, extraction
        self._referents = referents
        self._hasard = make_hasard(code_plie, "parcours")
        self._sorties = Sorties(code_plie, volumes, extraction)
        self._habitat = Habitat(code_plie, volumes)
        self._partis: list[tuple[date, Ligne]] = []
        """(exit day, participant) of those with no open parcours."""
        self.participants: list[Ligne] = []
        self.parcours: list[Ligne] = []

    def invent(self) -> None:
        """All of them, in order of entry; parcours of one person never overlap."""
        for entree, duree, mode in self._list_arrivals():
            participant = self._choose_participant(entree, mode)
            sortie_le = self._sorties.draw_day(self._hasard, entree, duree)
            ligne = {
                "code_plie": self._code_plie,
                "id_parcours": f"PA{len(self.parcours) + 1:06d}",
                "id_participant": participant["id_participant"],
                "mode": mode,
            }
            ligne |= self._invent_accueil(entree) | self._habitat.draw(self._hasard)
            ligne |= invent_situation(self._hasard, participant["sexe"], self._volumes)
            ligne |= self._sorties.describe(self._hasard, entree, sortie_le)
            ligne |= self._invent_suivi(entree, sortie_le) if mode == MODE_COMPLET else {}
            self.parcours.append(ligne)
            if sortie_le:
                self._partis.append((sortie_le, participant))

    def _list_arrivals(self) -> list[tuple[date, float, str]]:
        """When each parcours begins, for how many months, in which mode."""
        volumes, debut = self._volumes, self._volumes.debut_historique
        arrivees = [self._already_there() for _ in range(volumes.stock_initial)]
        for jour in draw_entrees(self._hasard, debut, self._extraction, volumes.entrees):
            arrivees.append((jour, self._sorties.draw_duree(self._hasard), MODE_COMPLET))
        depuis = max(debut, _DEBUT_ETAPES_SEULES)
        for jour in draw_entrees(self._hasard, depuis, self._extraction, volumes.etapes_seules):
            arrivees.append((jour, self._sorties.draw_duree(self._hasard, mode_complet=False), MODE_ETAPE_SEULE))
        return sorted(arrivees, key=lambda arrivee: arrivee[:2])

    def _already_there(self) -> tuple[date, float, str]:
        """Someone in the file active on the first day: a snapshot catches long parcours more often (length bias)."""
        passe, reste = _ANCIENNETE_MAX + 1.0, 0.0
        while passe > _ANCIENNETE_MAX:
            moyenne = self._volumes.duree_moyenne * math.exp(DISPERSION_DUREE**2)
            duree = draw_around(self._hasard, moyenne, DISPERSION_DUREE)
            part = self._hasard.uniform(0.02, 0.98)
            passe, reste = duree * part, duree * (1 - part)
        entree = to_working_day(self._volumes.debut_historique - timedelta(round(passe * JOURS_PAR_MOIS) + 3))
        return entree, passe + reste + 0.3, MODE_COMPLET

    def _choose_participant(self, entree: date, mode: str) -> Ligne:
        """Someone who left at least three months before (4 to 5 % of entries), else a new person."""
        limite = entree - timedelta(_DELAI_RETOUR)
        if mode == MODE_COMPLET and self._hasard.random() < _PART_RETOURS:
            revenus = [rang for rang, (sortie_le, _) in enumerate(self._partis) if sortie_le <= limite]
            if revenus:
                return self._partis.pop(self._hasard.choice(revenus))[1]
        numero = len(self.participants) + 1
        self.participants.append(invent_participant(self._hasard, numero, entree, self._code_plie, self._volumes))
        return self.participants[-1]

    def _invent_accueil(self, entree: date) -> Ligne:
        """Prescription, diagnostic and entry, in this order; the diagnostic only where the text sets a delay for it."""
        hasard, delai = self._hasard, self._volumes.delai_diagnostic
        attente = max(round(draw_around(hasard, delai, 0.55)), 1) if delai else hasard.randint(10, 30)
        prescription = entree - timedelta(attente + hasard.randint(3, 30))
        diagnostic = prescription + timedelta(attente) if delai else None
        prescripteurs = _PRESCRIPTEURS if entree < date(2024, 1, 1) else _PRESCRIPTEURS_DEPUIS_2024
        return {
            "prescripteur": draw_known(hasard, draw(hasard, prescripteurs), self._volumes.part_manquante),
            "prescription_le": draw_known(hasard, prescription, 0.03 if delai else 0.25),
            "diagnostic_le": draw_known(hasard, diagnostic, 0.04),
            "entree_le": entree,
        }

    def _invent_suivi(self, entree: date, sortie_le: date | None) -> Ligne:
        """Référent of the last day and end of the engagement contract."""
        fin = sortie_le or self._extraction
        referent = assign_referent(self._hasard, self._referents, fin)
        suivi: Ligne = {"code_referent": draw_known(self._hasard, referent, _PART_SANS_REFERENT)}
        if duree := self._volumes.mois_de_contrat:
            suivi["contrat_jusquau"] = self._end_of_contract(entree, fin, duree)
        return suivi

    def _end_of_contract(self, entree_le: date, fin: date, duree: int) -> date:
        """End of the contract in force on `fin`, renewed each time; a few renewals are forgotten."""
        mois = duree
        while add_months(entree_le, mois) < fin:
            mois += duree
        if mois > duree and self._hasard.random() < 0.05:
            mois -= duree
        return add_months(entree_le, mois)
