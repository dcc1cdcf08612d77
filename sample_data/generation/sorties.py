"""Why a parcours ends: the exit types that the rules of the PLIE know, and what software lets people type besides.
What is recorded when someone leaves an operation: situation, day of the recording, FSE exit questionnaire."""

from datetime import date, timedelta
from random import Random

from data_access.base.jours import add_months
from sample_data.generation.hasard import after_confinement, draw, draw_around, draw_day, draw_known, to_working_day
from sample_data.generation.reference import AUTRES_DU_LOGICIEL, Ligne, list_regles
from sample_data.generation.volumes import Volumes

DISPERSION_DUREE = 0.6
MOIS_DE_VALIDATION = 6
JOURS_PAR_MOIS = 30.4375
_DUREE_MIN = 25
_PART_SANS_TYPE = 0.03
_PART_SANS_TYPE_SANS_REGLE = 0.28
_PART_TYPE_INCONNU = 0.02
_PART_SAISIE_A_TEMPS = 0.86

# How often each exit type comes up among those of its kind; the types are those of reference/regles_de_sortie.csv.
_POIDS = {
    "cdi": 0.3, "cdd_plus_6_mois": 0.26, "cdd_6_mois_et_plus": 0.26, "emploi_6_mois": 0.72, "interim": 0.07,
    "contrats_successifs": 0.11, "contrat_aide_hors_iae": 0.05, "contrat_aide_hors_siae": 0.05,
    "contrat_aide_iae": 0.03, "etti": 0.03, "cdd_ei": 0.04, "creation_entreprise": 0.05,
    "formation_qualifiante": 0.15, "cas_particulier": 0.02, "fin_de_carriere": 0.03,
    "demenagement_deces": 0.26, "incarceration": 0.02, "maternite": 0.05, "abandon": 0.4,
    "non_respect_contrat": 0.2, "veille_de_parcours": 0.04, "transfert_referent_etape": 0.03,
    "demande_du_plie": 0.33, "demande_du_participant": 0.37, "sortie_administrative": 0.3,
}  # fmt: skip
_POIDS |= {code: poids for code, (_, poids) in AUTRES_DU_LOGICIEL.items() if code not in _POIDS}
# Labels of the software where the text gives no rule: they stay « non documentée » in every figure.
_POSITIVES_SANS_REGLE = {"emploi_durable": 0.7, "formation": 0.22, "creation": 0.08}
_AUTRES_SANS_REGLE = {code: poids for code, (_, poids) in AUTRES_DU_LOGICIEL.items()}
_A_6_MOIS = {"en_emploi": 0.7, "en_formation": 0.04, "sans_emploi": 0.15, "inconnue": 0.11}
_PART_SANS_SUIVI = 0.14
_SOLUTIONS_SANS_REGLE = {"CDI": 0.4, "CDD de plus de 6 mois": 0.4, "Formation qualifiante": 0.2}


class Sorties:
    """Draws the ends of the parcours of one PLIE."""

    def __init__(self, code_plie: str, volumes: Volumes, extraction: date) -> None:
        regles = list_regles(code_plie)
        self._volumes, self._extraction = volumes, extraction
        self._positives = {r["type_sortie"]: _POIDS[r["type_sortie"]] for r in regles if r["categorie"] == "positive"}
        self._autres = {r["type_sortie"]: _POIDS[r["type_sortie"]] for r in regles if r["categorie"] != "positive"}
        self._libelles = {r["type_sortie"]: r["libelle"] for r in regles}
        self._emplois = {r["type_sortie"] for r in regles if r.get("nature") == "emploi"} or {"emploi_durable"}
        self._sans_regle = not regles

    def draw_day(self, hasard: Random, entree_le: date, duree: float) -> date | None:
        """Day of exit after about `duree` months, or None when the parcours is still open at the extraction."""
        jour = entree_le + timedelta(max(round(duree * JOURS_PAR_MOIS), _DUREE_MIN))
        if jour.month == 8 and hasard.random() < 0.6:
            jour = add_months(jour, 1)
        jour = to_working_day(after_confinement(hasard, jour, 0.55))
        return jour if jour <= self._extraction else None

    def draw_duree(self, hasard: Random, mode_complet: bool = True) -> float:
        """Months that a new parcours lasts."""
        return draw_around(hasard, self._volumes.duree_moyenne if mode_complet else 3.5, DISPERSION_DUREE)

    def describe(self, hasard: Random, entree_le: date, sortie_le: date | None) -> Ligne:
        """Columns of the exit (type, validation, entry in the software) and of the solution found."""
        if sortie_le is None:
            return self._open_solution(hasard, entree_le)
        positive = hasard.random() < self._volumes.part_positive
        type_sortie = self._draw_type(hasard, positive)
        fin: Ligne = {"sortie_le": sortie_le, "type_sortie": type_sortie} | self._dates(hasard, sortie_le, type_sortie)
        if positive and type_sortie in self._positives and hasard.random() < 0.6:
            depuis = max(add_months(sortie_le, -MOIS_DE_VALIDATION), entree_le)
            fin |= {"solution": self._libelles[type_sortie], "solution_depuis": depuis}
        if type_sortie in self._emplois and self._is_followed(sortie_le):
            fin["situation_6_mois"] = draw_known(hasard, draw(hasard, _A_6_MOIS), _PART_SANS_SUIVI)
        return fin

    def _is_followed(self, sortie_le: date) -> bool:
        return self._volumes.suivi_6_mois and add_months(sortie_le, 6) <= self._extraction

    def _draw_type(self, hasard: Random, positive: bool) -> str | None:
        if hasard.random() < (_PART_SANS_TYPE_SANS_REGLE if self._sans_regle else _PART_SANS_TYPE):
            return None
        if hasard.random() < _PART_TYPE_INCONNU:
            return "reorientation"
        connus = self._positives if positive else self._autres
        return draw(hasard, connus or (_POSITIVES_SANS_REGLE if positive else _AUTRES_SANS_REGLE))

    def _dates(self, hasard: Random, sortie_le: date, type_sortie: str | None) -> Ligne:
        a_temps = hasard.random() < _PART_SAISIE_A_TEMPS
        saisie = sortie_le + timedelta(hasard.randint(0, 26) if a_temps else hasard.randint(33, 130))
        validee = sortie_le + timedelta(hasard.randint(0, 24)) if type_sortie else None
        return {
            "saisie_le": min(saisie, self._extraction),
            "validee_le": validee if validee and validee <= self._extraction else None,
        }

    def _open_solution(self, hasard: Random, entree_le: date) -> Ligne:
        """A job, a training or a creation found, whose exit is not validated yet: 7 % of the open parcours."""
        au_plus_tot = max(entree_le + timedelta(20), self._extraction - timedelta(210))
        if hasard.random() > 0.075 or au_plus_tot >= self._extraction:
            return {}
        if self._positives:
            solution = self._libelles[draw(hasard, self._positives)]
        else:
            solution = draw(hasard, _SOLUTIONS_SANS_REGLE)
        depuis = draw_day(hasard, au_plus_tot, self._extraction - timedelta(3))
        return {"solution": solution, "solution_depuis": draw_known(hasard, depuis, 0.02)}


_PAR_NATURE: dict[str | None, dict[str | None, float]] = {
    "emploi": {"emploi": 0.97, None: 0.03},
    "creation": {"emploi": 0.97, None: 0.03},
    "formation": {"formation": 0.55, "qualification": 0.42, None: 0.03},
    None: {"recherche": 0.68, "inactif": 0.27, None: 0.05},
}
"""Situation of those who leave the PLIE on the same day, by nature of their exit."""
_ENCORE_SUIVIS: dict[str | None, float] = {
    "recherche": 0.58, "emploi": 0.2, "formation": 0.13, "qualification": 0.03, "inactif": 0.02, None: 0.04,
}  # fmt: skip
_NATURES_SANS_REGLE = {"emploi_durable": "emploi", "formation": "formation", "creation": "creation"}
_PART_SORTIE_SAISIE_A_TEMPS = 0.88
_PART_QUESTIONNAIRE_INCOMPLET = 0.06


class SortiesDOperation:
    """Describes the ends of the participations of one PLIE."""

    def __init__(self, code_plie: str, extraction: date) -> None:
        self._extraction = extraction
        self._natures = _NATURES_SANS_REGLE | {r["type_sortie"]: r.get("nature") for r in list_regles(code_plie)}

    def describe(self, hasard: Random, parcours: Ligne, sortie_le: date | None) -> Ligne:
        """The columns of the exit; empty while the person is there, or while nobody has recorded it yet."""
        if sortie_le is None:
            return {}
        a_temps = hasard.random() < _PART_SORTIE_SAISIE_A_TEMPS
        saisie = sortie_le + timedelta(hasard.randint(0, 26) if a_temps else hasard.randint(33, 120))
        poids = _ENCORE_SUIVIS
        if parcours.get("sortie_le") == sortie_le:
            poids = _PAR_NATURE.get(self._natures.get(parcours["type_sortie"]), _PAR_NATURE[None])
        sortie: Ligne = {
            "situation_sortie": draw(hasard, poids),
            "sortie_saisie_le": saisie,
            "questionnaire_sortie_complet": draw_known(hasard, hasard.random() > _PART_QUESTIONNAIRE_INCOMPLET, 0.02),
        }
        return sortie if saisie <= self._extraction else {}
