"""One palette: told apart by colour-blind readers, at least 3:1 against white, the same on screen and on file.

Colour is never alone: every mark has its name or its number written beside it, or its own dash or shape.
"""

import re
from collections.abc import Iterable

from indicators.decoupages import find_decoupage
from indicators.statuts import MOTS_DES_STATUTS
from sections.images import Forme, Image

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

COURBES = (PRINCIPALE, SIXIEME, *CATEGORIES[1:5])
"""Curves of months: this year in our colour, the year before in grey, then the others."""
AGES = (SECONDE, PRINCIPALE, TROISIEME, QUATRIEME, CINQUIEME)
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


_SEXE, _CATEGORIE = find_decoupage("sexe"), find_decoupage("categorie")
PAR_NOM: dict[str, str] = {
    _SEXE.label("F"): FEMMES,
    _SEXE.label("H"): HOMMES,
    "Oui": PRINCIPALE,
    "Non": "#C9D1D8",
    "Ne se prononce pas": "#E4C9A8",
    "Non renseigné": NON_RENSEIGNE,
    "Non renseignée": NON_RENSEIGNE,
    "Un an plus tôt": SIXIEME,
    _CATEGORIE.label("positive"): QUATRIEME,
    _CATEGORIE.label("autre"): SIXIEME,
    _CATEGORIE.label("negative"): CINQUIEME,
    _CATEGORIE.label("a_confirmer"): TROISIEME,
    _CATEGORIE.label("non_documentee"): SECONDE,
} | {nom: PAR_STATUT[s] for s, mot in MOTS_DES_STATUTS.items() for nom in (mot, mot.capitalize())}
"""Parts by the name that is printed, where it has a meaning of its own."""
_AGE = re.compile(r"\d ans\b")


def contrast(couleur: str, fond: str = FOND) -> float:
    """WCAG contrast ratio of two #RRGGBB colours."""
    clair, sombre = sorted((_luminance(couleur), _luminance(fond)), reverse=True)
    return (clair + 0.05) / (sombre + 0.05)


def _luminance(couleur: str) -> float:
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rouge, vert, bleu = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu


def ink_on(couleur: str) -> str:
    """The colour of a number written on that one: white, or dark where it is read better."""
    return max(FOND, ENCRE, key=lambda encre: contrast(encre, couleur))


def soften(couleur: str) -> str:
    """A lighter shade of the same colour, still 3:1 on white, across which a dark line is seen."""
    return "#" + "".join(f"{round(0.72 * int(couleur[i : i + 2], 16) + 0.28 * 255):02X}" for i in (1, 3, 5))


def are_statuses(noms: Iterable[str]) -> bool:
    """True for the words of the statuses of targets."""
    return {nom.lower() for nom in noms} <= set(MOTS_DES_STATUTS.values())


def colors_of(image: Image) -> dict[str, str]:
    """The colour of each thing that a picture tells apart, on screen and on every paper: its series, the categories of
    a single one, the statuses of targets. The same name has the same colour in every picture."""
    series = [serie.nom for serie in image.series]
    match image.genre:
        case Forme.PUCES:
            return {statut: PAR_STATUT.get(statut, NEUTRE) for statut in image.statuts}
        case Forme.CASCADE:
            return dict(zip(image.categories, (SIXIEME, ENTREES, SORTIES, SIXIEME), strict=False))
        case Forme.PARITE:
            return dict(zip(series, (FEMMES, SIXIEME), strict=False))
        case Forme.FLUX:
            return dict(zip(series, (ENTREES, SORTIES), strict=False))
        case Forme.TEMPS:
            return {nom: COURBES[rang % len(COURBES)] for rang, nom in enumerate(series)}
        case Forme.BARRES if len(series) == 1:
            return {nom: PAR_NOM.get(nom, PRINCIPALE) for nom in image.categories}
    autres = {nom: CATEGORIES[rang % len(CATEGORIES)] for rang, nom in enumerate(series)}
    return autres | _colors_of_ages(series) | {nom: PAR_NOM[nom] for nom in series if nom in PAR_NOM}


def _colors_of_ages(noms: list[str]) -> dict[str, str]:
    """A colour for the youngest, the oldest and those between, whichever bands are there; bands of several PLIE in
    their order."""
    ages = [nom for nom in noms if _AGE.search(nom)]
    rangs = [0 if nom.startswith("Moins") else 2 if nom.endswith("plus") else 1 for nom in ages]
    if len(set(rangs)) < len(rangs):
        rangs = list(range(len(ages)))
    return {nom: AGES[rang % len(AGES)] for nom, rang in zip(ages, rangs, strict=True)}
