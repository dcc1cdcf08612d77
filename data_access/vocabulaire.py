"""The words of the figures that data may quote: codes of indicators, parts of people.

The checks of an import read them here, since nothing of `indicators` is known in this room. A test keeps both lists
equal to the catalogue and to the splits.
"""

from difflib import get_close_matches

from data_access.colonnes import normalise
from data_access.format import NATURES_CONTACT, SITUATIONS_A_6_MOIS, SITUATIONS_DE_SORTIE

INDICATEURS: tuple[str, ...] = (
    *("file_active", "file_active_suspendus", "file_active_par_etp", "file_active_par_referent"),
    *("file_active_moyenne", "anciennete_mediane", "anciennete_moyenne", "parcours_longs"),
    *("entrees", "sorties", "participants_accompagnes", "duree_parcours_mediane", "duree_parcours_moyenne"),
    *("sorties_positives", "sorties_positives_emploi", "sorties_positives_formation", "sorties_positives_creation"),
    *("sorties_autres", "sorties_negatives", "taux_sorties_positives", "taux_sorties_positives_hors_neutres"),
    *("sorties_non_documentees", "sorties_hors_regles", "sorties_saisies_a_temps", "en_attente_de_validation"),
    *("part_femmes", "part_femmes_file_active", "part_femmes_entrees", "part_femmes_sorties"),
    *("part_femmes_sorties_positives", "part_femmes_etapes", "ecart_parite", "repartition_publics"),
    *("etapes", "etapes_participants", "etapes_commencees", "etapes_par_participant", "sans_etape"),
    *("contacts", "contacts_pour_50", "sans_contact", "contrats_a_echeance", "contrats_echus"),
    *("delai_diagnostic", "delai_diagnostic_respecte"),
    *("entrees_nouvelles", "entrees_reconduites", "sorties_operation", "sorties_operation_saisies_a_temps"),
    *("resultats_immediats", "maintien_a_6_mois", "participants_rsa", "participants_minima", "participants_deld"),
    *("participants_qpv", "participants_handicap", "participants_sans_emploi", "participants_seniors"),
    *("participants_jeunes", "situation_emploi", "logement", "menage", "sans_etape_en_cours"),
    *("delai_premiere_etape", "delai_premiere_etape_respecte", "attente_entre_etapes", "heures_etapes"),
    *("etapes_justifiees", "etapes_avant_sortie", "contacts_par_participant_et_mois", "entretien_du_mois"),
    *("premier_entretien", "premier_entretien_respecte"),
)

_OUI_NON = ("oui", "non", "non renseigné")
PARTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("commune", "quartier", "referent", "age", "type_sortie", "classe", "type_etape", "seuil"), ()),
    "rsa": _OUI_NON,
    "minima_sociaux": _OUI_NON,
    "deld": _OUI_NON,
    "qpv": _OUI_NON,
    "handicap": _OUI_NON,
    "monoparental": _OUI_NON,
    **dict.fromkeys(("logement", "parent_ne_etranger"), ("oui", "non", "nsp", "non renseigné")),
    "emploi": ("non", "1a", "1b", "1c", "1d", "non renseigné"),
    "mode": ("complet", "etape_seule"),
    "sexe": ("F", "H", "non renseigné"),
    "diplome": ("2a", "2b", "2c", "2d", "non renseigné"),
    "categorie": ("positive", "autre", "negative", "a_confirmer", "non_documentee"),
    "nature": ("emploi", "formation", "creation", "autre", "non renseigné"),
    "nature_contact": NATURES_CONTACT,
    "situation": (*SITUATIONS_DE_SORTIE, "non renseigné"),
    "situation_6_mois": (*SITUATIONS_A_6_MOIS, "non renseigné"),
}
"""Splits that may restrict a target, each with its parts; () where the parts are the PLIE's own codes."""


def read_part(texte: str | None) -> tuple[tuple[str, str], ...] | None:
    """(("rsa", "oui"), ("sexe", "F")) from « rsa=oui ; sexe=F »; () from an empty cell, None when it cannot be read."""
    lues: dict[str, str] = {}
    for morceau in (texte or "").split(";"):
        if not morceau.strip():
            continue
        nom, egal, valeur = morceau.partition("=")
        decoupage = {normalise(code): code for code in PARTS}.get(normalise(nom))
        if not egal or not valeur.strip() or decoupage is None or decoupage in lues:
            return None
        connues = PARTS[decoupage]
        trouvee = {normalise(v): v for v in connues}.get(normalise(valeur)) if connues else valeur.strip()
        if trouvee is None:
            return None
        lues[decoupage] = trouvee
    return tuple(lues.items())


def find_nearest(code: str, codes: list[str]) -> str:
    """The code that looks most like that one; empty when none does."""
    return next(iter(get_close_matches(code, codes, 1, 0.6)), "")
