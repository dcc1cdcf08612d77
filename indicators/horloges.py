"""Inside an operation two clocks run (definitions.md, « Perimeters »): each label says which one its figure follows."""

from indicators.perimetre import Filtres

_LIBELLES = {
    "file_active": "Présents dans l’opération",
    "file_active_par_etp": "Présents par ETP de l’opération",
    "file_active_suspendus": "Présents dont le parcours est suspendu",
    "anciennete_mediane": "Ancienneté médiane dans le PLIE",
    "parcours_longs": "Présents dans l’opération, par ancienneté dans le PLIE",
    "entrees": "Entrées dans l’opération",
    "sorties": "Sorties du PLIE pendant l’opération",
    "participants_accompagnes": "Accompagnés dans l’opération",
    "duree_parcours_mediane": "Durée médiane dans le PLIE",
    "taux_sorties_positives": "Sorties positives du PLIE, toutes sorties",
    "taux_sorties_positives_hors_neutres": "Sorties positives du PLIE, hors neutres",
    "sorties_non_documentees": "Sorties du PLIE non documentées",
    "sorties_saisies_a_temps": "Sorties du PLIE saisies dans le mois",
    "en_attente_de_validation": "Présents en attente de validation",
    "sorties_positives": "Sorties positives du PLIE",
    "part_femmes_sorties_positives": "Femmes parmi les sorties positives du PLIE",
    "sans_etape": "Présents sans étape depuis 6 mois",
    "sans_etape_en_cours": "Présents sans étape en cours",
    "delai_premiere_etape": "Délai de la première étape, depuis l’entrée dans le PLIE",
    "attente_entre_etapes": "Attente entre deux étapes, toutes opérations",
    "heures_etapes": "Heures d’étapes de l’opération",
    "etapes_justifiees": "Étapes de l’opération justifiées",
    "maintien_a_6_mois": "Sortis du PLIE toujours en emploi à 6 mois",
    "sans_contact": "Présents sans contact depuis un mois",
    "entretien_du_mois": "Présents vus en entretien dans le mois",
}
_PRECISIONS = {
    "anciennete_mediane": "des présents dans l’opération",
    "duree_parcours_mediane": "des sortis du PLIE pendant l’opération",
    "file_active_suspendus": "compris dans les présents",
    "sans_etape": "présents au dernier jour",
}


def name_clock(code: str, libelle: str, filtres: Filtres) -> str:
    """`libelle` of the figure `code`; inside an operation, the words that say whose clock it follows."""
    return by_clock(filtres, libelle, _LIBELLES.get(code, libelle))


def explain_clock(code: str, precision: str, filtres: Filtres) -> str:
    """`precision` printed under the figure; inside an operation, what the words of the PLIE would say wrongly."""
    return by_clock(filtres, precision, _PRECISIONS.get(code, precision))


def by_clock(filtres: Filtres, du_plie: str, de_l_operation: str) -> str:
    """The words for the perimeter: those of the PLIE, or those of the operation inside one."""
    return du_plie if filtres.operation is None else de_l_operation


def departures(filtres: Filtres) -> str:
    """The figure of those who leave the file active: its identity is « before + entries − these = after »."""
    return by_clock(filtres, "sorties", "sorties_operation")
