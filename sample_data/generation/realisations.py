"""What the teams declare for the targets that no parcours shows: committees, hours, agreements, offers…"""

from datetime import date, timedelta
from random import Random

from data_access.base.jours import add_months
from sample_data.generation.calendrier import draw_day, list_annees, list_mois
from sample_data.generation.clauses import HEURES, HORS_BTP, MARCHES, describe_marche, spread_hours
from sample_data.generation.hasard import make_hasard
from sample_data.generation.reference import Ligne, list_reference

_UNITES_MAX = 25
"""Up to this many, one dated row each; above, one sum a month."""
_AVANT = (0.8, 1.05)
"""A year before the last one, beside the last one brought to twelve months."""
_HEURES_PAR_MARCHE, _MARCHES_MIN = 18_000, 3
_PART_AVEC_PIECE = 0.9

# Invented totals at the extraction date: some targets reached, some late. A code that is not here has no row at all
# (« sans donnée »): GP4, which repeats GP2 word for word, the financing conditions, the qualitative indicators…
TOTAUX: dict[tuple[str, str], float] = {
    ("A1", "comites_de_pilotage"): 1,
    ("A1", "initiatives_locales"): 2,
    ("A1", "animations_espaces_numeriques"): 7,
    ("A1", "reunions_referent_gestionnaire"): 5,
    ("A1", "reunions_animation"): 5,
    ("A1", "reunions_referents"): 8,
    ("A1", "commissions_integration"): 8,
    ("A2", "entreprises_partenaires"): 47,
    ("A2", "actions_mediation"): 3,
    ("A3", "emplois_perennes_apres_clause"): 14,
    ("A3", "marches_clauses"): 19,
    ("A3", "heures_insertion"): 31_450,
    ("A4", "employeurs_partenaires"): 3,
    ("A4", "conventions"): 2,
    ("B1", "heures_insertion"): 203_700,
    ("B1", "conventions"): 17,
    ("B1", "sessions_sensibilisation"): 1,
    ("B1", "marches_reserves"): 2,
    ("B1", "operations_hors_btp"): 12,
    ("B2", "comites_de_pilotage"): 2,
    ("B2", "operations_selectionnees"): 5,
    ("B2", "commissions_integration"): 6,
    ("B2", "reunions_referents"): 7,
    ("B3", "actions_partenariales"): 13,
    ("B3", "employeurs_avec_offre"): 58,
    ("B3", "mises_en_relation"): 96,
    ("B5", "conventions"): 5,
    ("B5", "personnes_positionnees"): 58,
    ("ET1", "comites_operationnels"): 1,
    ("ET1", "comites_de_pilotage"): 1,
    ("ET1", "reunions_partenariales"): 5,
    ("ET1", "reunions_referents"): 6,
    ("ET1", "commissions_integration"): 7,
    ("ET2", "heures_clausees"): 27_900,
    ("ET5", "conventions"): 3,
    ("GP2", "entreprises_partenaires"): 88,
    ("GP2", "offres"): 43,
    ("GP2", "mises_en_relation"): 21,
    ("GP2", "actions_employeurs"): 4,
    ("GP2", "heures_insertion"): 15_620,
    ("GP2", "operations_clause"): 22,
    ("GP3", "permanences"): 17,
    ("GP3", "participants_orientes"): 21,
    ("GP3", "participants_permanence"): 17,
    ("GP3", "participants_mise_en_situation"): 12,
    ("GP3", "conventions"): 5,
    ("GP5", "comites_de_suivi"): 1,
    ("GP5", "commissions_orientation"): 3,
    ("HP1", "comites_de_pilotage"): 1,
    ("HP1", "reunions_partenariales"): 4,
    ("HP1", "reunions_animation"): 3,
    ("HP1", "reunions_referents"): 4,
    ("HP2", "conventions"): 3,
    ("PS1", "comites_de_pilotage"): 1,
    ("PS1", "reunions_partenariales"): 18,
    ("PS1", "commissions_integration"): 7,
    ("PS1", "points_referents"): 11,
    ("PS2", "offres"): 64,
    ("PS2", "heures_insertion"): 11_300,
    ("PS2", "entreprises_rencontrees"): 71,
    ("PS2", "diagnostics"): 15,
    ("PS2", "chantiers_suivis"): 26,
    ("PS2", "conventions"): 8,
    ("PS3", "conventions"): 2,
    ("S1", "comites_de_pilotage"): 1,
    ("S1", "initiatives_locales"): 2,
    ("S1", "reunions_animation"): 16,
    ("S1", "reunions_referents"): 7,
    ("S1", "commissions_integration"): 8,
    ("S2", "entreprises_rencontrees"): 24,
    ("S2", "offres"): 19,
    ("S3", "heures_insertion"): 23_100,
    ("S3", "marches_suivis"): 8,
    ("S4", "conventions"): 4,
    ("FA1", "offres_proposees"): 186,
}


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
