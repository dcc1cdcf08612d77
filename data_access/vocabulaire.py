"""The words of the figures that data may quote: codes of indicators, parts of people, bands of age.

The checks of an import read them here, since nothing of `indicators` is known in this room. A test keeps both lists
equal to the catalogue and to the splits. The bands of age are three, separated by two ages that each PLIE may choose.
"""

import re
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
    **dict.fromkeys(("rsa", "minima_sociaux", "deld", "qpv", "handicap", "monoparental"), _OUI_NON),
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


BornesAge = tuple[int, int]
BORNES_USUELLES: BornesAge = (26, 50)
_APRES_TOUT = 1000
_ECRITES = re.compile(r"\s*(\d{1,2})\s*;\s*(\d{1,2})\s*", re.ASCII)


def read_bounds(texte: str | None) -> BornesAge | None:
    """« 26;53 » → (26, 53); None for what is not two growing ages."""
    ecrites = _ECRITES.fullmatch(texte or "")
    if ecrites is None:
        return None
    jeune, senior = int(ecrites[1]), int(ecrites[2])
    return (jeune, senior) if 0 < jeune < senior else None


def bounds_or_usual(texte: str | None) -> BornesAge:
    """The bounds that a PLIE gives; the usual ones when it gives none that can be read."""
    return read_bounds(texte) or BORNES_USUELLES


_PLUS_JEUNES, _PLUS_AGES = "moins de {} ans", "{} ans et plus"
EST_LA_PREMIERE, EST_LA_DERNIERE = "moins de %", "% ans et plus"
"""What the words of the first and of the last band are like, whatever the bounds (SQL LIKE)."""


def age_bands(bornes: BornesAge) -> tuple[str, str, str]:
    """The words of the bands, the youngest first: « moins de 26 ans », « 26-49 ans », « 50 ans et plus »."""
    jeune, senior = bornes
    medians = f"{jeune}-{senior - 1} ans" if jeune < senior - 1 else f"{jeune} ans"
    return _PLUS_JEUNES.format(jeune), medians, _PLUS_AGES.format(senior)


def rank_band(tranche: str) -> tuple[int, int]:
    """First and last age of a band, to put those of several PLIE in order; what is not a band comes last."""
    ages = [int(nombre) for nombre in re.findall(r"[0-9]+", tranche)]
    if not ages:
        return _APRES_TOUT, _APRES_TOUT
    if tranche == _PLUS_JEUNES.format(ages[0]):
        return 0, ages[0] - 1
    return ages[0], _APRES_TOUT if tranche == _PLUS_AGES.format(ages[0]) else ages[-1]


def name_band(tranche: str) -> str:
    """How a band is printed: « Moins de 26 ans », « 26 à 49 ans »."""
    return re.sub(r"(\d+)-(\d+)", r"\1 à \2", tranche[:1].upper() + tranche[1:])


TRANCHES_USUELLES = age_bands(BORNES_USUELLES)
