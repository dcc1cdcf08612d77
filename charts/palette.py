"""One palette: told apart by colour-blind readers, at least 3:1 against white, the same on screen and on file.

Colour is never alone: every mark has its name or its number written beside it, or its own dash or shape.
"""

ENCRE = "#1B2733"
TEXTE_SECOND = "#4A5663"
GRILLE = "#DDE3E8"
FOND = "#FFFFFF"

PRINCIPALE = "#17607D"
SECONDE = "#B25E09"
TROISIEME = "#6B4E9B"
QUATRIEME = "#2E7D4F"
CINQUIEME = "#A8324A"
SIXIEME = "#5F6B76"
NEUTRE = "#7A8793"
CATEGORIES = (PRINCIPALE, SECONDE, TROISIEME, QUATRIEME, CINQUIEME, SIXIEME)

FEMMES = TROISIEME
HOMMES = QUATRIEME
NON_RENSEIGNE = NEUTRE

ENTREES = PRINCIPALE
SORTIES = SECONDE
REPERE = ENCRE

PAR_PART: dict[str, str] = {
    "F": FEMMES,
    "H": HOMMES,
    "non renseigné": NON_RENSEIGNE,
    "positive": QUATRIEME,
    "autre": SIXIEME,
    "negative": CINQUIEME,
    "a_confirmer": TROISIEME,
    "non_documentee": SECONDE,
}
OUI_NON: dict[str, str] = {"Oui": PRINCIPALE, "Non": "#C9D1D8", "Non renseigné": "#9AA5AF"}
OUI_NON_NSP: dict[str, str] = {
    "Oui": PRINCIPALE,
    "Non": "#C9D1D8",
    "Ne se prononce pas": "#E4C9A8",
    "Non renseigné": "#9AA5AF",
}
PAR_NOM: dict[str, str] = {"Femmes": FEMMES, "Hommes": HOMMES} | OUI_NON_NSP
"""Parts by the name that is printed, where a frozen picture knows no other."""
PAR_STATUT: dict[str, str] = {
    "atteint": QUATRIEME,
    "en_avance": QUATRIEME,
    "dans_le_rythme": PRINCIPALE,
    "proche": PRINCIPALE,
    "en_retard": SECONDE,
    "en_dessous": SECONDE,
    "non_atteint": CINQUIEME,
    "depasse": CINQUIEME,
    "sans_donnee": NEUTRE,
    "non_parametre": NEUTRE,
}


def contrast(couleur: str, fond: str = FOND) -> float:
    """WCAG contrast ratio of two #RRGGBB colours."""
    clair, sombre = sorted((_luminance(couleur), _luminance(fond)), reverse=True)
    return (clair + 0.05) / (sombre + 0.05)


def _luminance(couleur: str) -> float:
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rouge, vert, bleu = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu
