"""Participants and parcours: who was there at the start of the history, who came in, who came back, who left."""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from data_access.base.jours import add_months
from data_access.format import MODE_COMPLET, MODE_ETAPE_SEULE
from sample_data.generation.calendrier import draw_entrees, to_working_day
from sample_data.generation.hasard import draw, draw_around, draw_known, make_hasard
from sample_data.generation.personnes import Habitat, invent_participant, invent_situation
from sample_data.generation.reference import Ligne
from sample_data.generation.referents import assign_referent
from sample_data.generation.sorties import DISPERSION_DUREE, Sorties
from sample_data.generation.volumes import Volumes

_JOURS_PAR_MOIS = 30.4375
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


@dataclass
class Population:
    """What is being invented for one PLIE: people, their parcours, and who has already left."""

    code_plie: str
    volumes: Volumes
    extraction: date
    referents: list[Ligne]
    participants: list[Ligne] = field(default_factory=list)
    parcours: list[Ligne] = field(default_factory=list)
    partis: list[tuple[date, Ligne]] = field(default_factory=list)
    """(exit day, participant) of those with no open parcours."""


@dataclass(frozen=True)
class Arrivee:
    """One parcours to invent: when it begins, for how many months, in which mode."""

    entree_le: date
    duree: float
    mode: str


def invent_parcours(
    code_plie: str, volumes: Volumes, extraction: date, referents: list[Ligne]
) -> tuple[list[Ligne], list[Ligne]]:
    """Participants and parcours of one PLIE, in order of entry; parcours of one person never overlap."""
    hasard = make_hasard(code_plie, "parcours")
    sorties = Sorties(code_plie, volumes, extraction)
    population = Population(code_plie, volumes, extraction, referents)
    habitat = Habitat(code_plie, volumes)
    for arrivee in _list_arrivees(hasard, population, sorties):
        participant = _choose_participant(hasard, population, arrivee)
        sortie_le = sorties.draw_day(hasard, arrivee.entree_le, arrivee.duree)
        ligne = {
            "code_plie": code_plie,
            "id_parcours": f"PA{len(population.parcours) + 1:06d}",
            "id_participant": participant["id_participant"],
            "mode": arrivee.mode,
        }
        ligne |= _invent_accueil(hasard, population, arrivee) | habitat.draw(hasard)
        ligne |= invent_situation(hasard, participant["sexe"], volumes)
        ligne |= sorties.describe(hasard, arrivee.entree_le, sortie_le)
        ligne |= _invent_suivi(hasard, population, arrivee, sortie_le)
        population.parcours.append(ligne)
        if sortie_le:
            population.partis.append((sortie_le, participant))
    return population.participants, population.parcours


def _list_arrivees(hasard: Random, population: Population, sorties: Sorties) -> list[Arrivee]:
    volumes, debut = population.volumes, population.volumes.debut_historique
    arrivees = [_already_there(hasard, volumes) for _ in range(volumes.stock_initial)]
    for jour in draw_entrees(hasard, debut, population.extraction, volumes.entrees):
        arrivees.append(Arrivee(jour, sorties.draw_duree(hasard), MODE_COMPLET))
    for jour in draw_entrees(hasard, max(debut, _DEBUT_ETAPES_SEULES), population.extraction, volumes.etapes_seules):
        arrivees.append(Arrivee(jour, sorties.draw_duree(hasard, mode_complet=False), MODE_ETAPE_SEULE))
    return sorted(arrivees, key=lambda arrivee: (arrivee.entree_le, arrivee.duree))


def _already_there(hasard: Random, volumes: Volumes) -> Arrivee:
    """Someone in the file active on the first day: a snapshot catches long parcours more often (length bias)."""
    passe, reste = _ANCIENNETE_MAX + 1.0, 0.0
    while passe > _ANCIENNETE_MAX:
        duree = draw_around(hasard, volumes.duree_moyenne * math.exp(DISPERSION_DUREE**2), DISPERSION_DUREE)
        part = hasard.uniform(0.02, 0.98)
        passe, reste = duree * part, duree * (1 - part)
    entree = to_working_day(volumes.debut_historique - timedelta(round(passe * _JOURS_PAR_MOIS) + 3))
    return Arrivee(entree, passe + reste + 0.3, MODE_COMPLET)


def _choose_participant(hasard: Random, population: Population, arrivee: Arrivee) -> Ligne:
    """Someone who left at least three months before (4 to 5 % of entries), else a new person."""
    limite = arrivee.entree_le - timedelta(_DELAI_RETOUR)
    if arrivee.mode == MODE_COMPLET and hasard.random() < _PART_RETOURS:
        revenus = [rang for rang, (sortie_le, _) in enumerate(population.partis) if sortie_le <= limite]
        if revenus:
            return population.partis.pop(hasard.choice(revenus))[1]
    nouveau = invent_participant(
        hasard, len(population.participants) + 1, arrivee.entree_le, population.code_plie, population.volumes
    )
    population.participants.append(nouveau)
    return nouveau


def _invent_accueil(hasard: Random, population: Population, arrivee: Arrivee) -> Ligne:
    """Prescription, diagnostic and entry, in this order; the diagnostic only where the text sets a delay for it."""
    entree, delai = arrivee.entree_le, population.volumes.delai_diagnostic
    attente = max(round(draw_around(hasard, delai, 0.55)), 1) if delai else hasard.randint(10, 30)
    prescription = entree - timedelta(attente + hasard.randint(3, 30))
    diagnostic = prescription + timedelta(attente) if delai else None
    prescripteurs = _PRESCRIPTEURS if entree < date(2024, 1, 1) else _PRESCRIPTEURS_DEPUIS_2024
    return {
        "prescripteur": draw_known(hasard, draw(hasard, prescripteurs), population.volumes.part_manquante),
        "prescription_le": draw_known(hasard, prescription, 0.03 if delai else 0.25),
        "diagnostic_le": draw_known(hasard, diagnostic, 0.04),
        "entree_le": entree,
    }


def _invent_suivi(hasard: Random, population: Population, arrivee: Arrivee, sortie_le: date | None) -> Ligne:
    """Référent of the last day (none for a single étape) and end of the engagement contract."""
    if arrivee.mode == MODE_ETAPE_SEULE:
        return {}
    fin = sortie_le or population.extraction
    referent = assign_referent(hasard, population.referents, fin)
    suivi: Ligne = {"code_referent": draw_known(hasard, referent, _PART_SANS_REFERENT)}
    if mois := population.volumes.mois_de_contrat:
        suivi["contrat_jusquau"] = _end_of_contrat(hasard, arrivee.entree_le, fin, mois)
    return suivi


def _end_of_contrat(hasard: Random, entree_le: date, fin: date, duree: int) -> date:
    """End of the contract in force on `fin`, renewed each time; a few renewals are forgotten."""
    mois = duree
    while add_months(entree_le, mois) < fin:
        mois += duree
    if mois > duree and hasard.random() < 0.05:
        mois -= duree
    return add_months(entree_le, mois)
