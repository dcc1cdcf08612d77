"""What a figure tells of people: the counts that a reader learns from its numerator and its denominator.

Written from definitions.md, apart from `familles.py`: the audit must not repeat what masking believes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

STOCK, ENTREES, SORTIES, ACCOMPAGNES = "file active", "entrées", "sorties", "accompagnés"
ETAPES, PARTICIPANTS, COMMENCEES = "étapes", "participants en étape", "étapes commencées"
CONTACTS, DIAGNOSTICS = "contacts", "diagnostics"
HORS_TOTAL = f"{PARTICIPANTS} hors total"
FLUX = (ENTREES, SORTIES, COMMENCEES, CONTACTS, DIAGNOSTICS)
"""Populations that add up over time."""

CHAINES: dict[str, tuple[str, ...]] = {
    "longs": ("12", "24", "30", "36"),
    "échéance": ("à échéance", "échu"),
    "saisie": ("mois échu", "à temps"),
    "délai": ("30", "15"),
    "suspendu": ("oui",),
    "sans étape": ("oui",),
    "sans contact": ("oui",),
    "en attente": ("oui",),
    "référent": ("oui",),
}
"""Sub-populations inside each other, the widest first; what completes them is never published."""

REUNIONS: dict[tuple[str, str], tuple[str, ...]] = {
    ("sexe", "F ou H"): ("F", "H"),
    ("categorie", "hors autre"): ("positive", "negative", "a_confirmer", "non_documentee"),
}
"""Parts that are several parts together."""


@dataclass(frozen=True)
class Compte:
    """A number of people, exits, étapes…: a population and what restricts it."""

    population: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sens:
    """The counts that a figure is made of; None for what is not a count of people."""

    haut: Compte | None
    bas: Compte | None = None


def _seul(population: str, *parts: tuple[str, str]) -> Sens:
    return Sens(Compte(population, parts))


def _resume(population: str) -> Sens:
    return Sens(None, Compte(population))


def _femmes(population: str, *parts: tuple[str, str]) -> Sens:
    return Sens(Compte(population, (("sexe", "F"), *parts)), Compte(population, (("sexe", "F ou H"), *parts)))


_POSITIVE = ("categorie", "positive")

SENS: Mapping[str, Sens] = {
    "file_active": _seul(STOCK),
    "file_active_suspendus": _seul(STOCK, ("suspendu", "oui")),
    "file_active_par_etp": _seul(STOCK),
    "file_active_par_referent": _seul(STOCK, ("référent", "oui")),
    # A mean of month ends, each shown by itself: it says nothing more.
    "file_active_moyenne": Sens(None),
    "anciennete_mediane": _resume(STOCK),
    "anciennete_moyenne": _resume(STOCK),
    "parcours_longs": _seul(STOCK),
    "entrees": _seul(ENTREES),
    "sorties": _seul(SORTIES),
    "participants_accompagnes": _seul(ACCOMPAGNES),
    "repartition_publics": _seul(ACCOMPAGNES),
    "duree_parcours_mediane": _resume(SORTIES),
    "duree_parcours_moyenne": _resume(SORTIES),
    "sorties_positives": _seul(SORTIES, _POSITIVE),
    "sorties_positives_emploi": _seul(SORTIES, _POSITIVE, ("nature", "emploi")),
    "sorties_positives_formation": _seul(SORTIES, _POSITIVE, ("nature", "formation")),
    "sorties_positives_creation": _seul(SORTIES, _POSITIVE, ("nature", "creation")),
    "sorties_autres": _seul(SORTIES, ("categorie", "autre")),
    "sorties_negatives": _seul(SORTIES, ("categorie", "negative")),
    "sorties_non_documentees": _seul(SORTIES, ("categorie", "non_documentee")),
    "taux_sorties_positives": Sens(Compte(SORTIES, (_POSITIVE,)), Compte(SORTIES)),
    "taux_sorties_positives_hors_neutres": Sens(
        Compte(SORTIES, (_POSITIVE,)), Compte(SORTIES, (("categorie", "hors autre"),))
    ),
    "sorties_saisies_a_temps": Sens(
        Compte(SORTIES, (("saisie", "à temps"),)), Compte(SORTIES, (("saisie", "mois échu"),))
    ),
    "en_attente_de_validation": _seul(STOCK, ("en attente", "oui")),
    "part_femmes": _femmes(ACCOMPAGNES),
    "ecart_parite": _femmes(ACCOMPAGNES),
    "part_femmes_file_active": _femmes(STOCK),
    "part_femmes_entrees": _femmes(ENTREES),
    "part_femmes_sorties": _femmes(SORTIES),
    "part_femmes_sorties_positives": _femmes(SORTIES, _POSITIVE),
    "part_femmes_etapes": _femmes(ETAPES),
    "etapes": _seul(ETAPES),
    "etapes_participants": _seul(PARTICIPANTS),
    "etapes_commencees": _seul(COMMENCEES),
    "etapes_par_participant": Sens(Compte("étapes des accompagnés"), Compte(ACCOMPAGNES)),
    "sans_etape": _seul(STOCK, ("sans étape", "oui")),
    "contacts": _seul(CONTACTS),
    "contacts_pour_50": Sens(Compte(CONTACTS), Compte(ACCOMPAGNES)),
    "sans_contact": _seul(STOCK, ("sans contact", "oui")),
    "contrats_a_echeance": _seul(STOCK, ("échéance", "à échéance")),
    "contrats_echus": _seul(STOCK, ("échéance", "échu")),
    "delai_diagnostic": _resume(DIAGNOSTICS),
    "delai_diagnostic_respecte": Sens(Compte(DIAGNOSTICS), Compte(DIAGNOSTICS)),
}

SEUILS = {"parcours_longs": "longs", "delai_diagnostic_respecte": "délai"}
"""Figures by threshold: the chain of sub-populations that the threshold names (of the numerator)."""

NOMBRES = tuple(code for code, sens in SENS.items() if sens.haut and not sens.bas)
"""Figures that are counts."""

EN_PAIRES = tuple(code for code in NOMBRES if not (SENS[code].haut or Compte("")).parts and code not in SEUILS)
"""Counts of a whole population: crossed by two splits, the others would be crossed by three."""
