"""How a figure, a date or a state is written in French: on a card, a chart, a table, a sentence."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from indicators.declaration import Unite
from indicators.resultats import Cellule, Etat

FINE = "\u202f"
INSECABLE = "\u00a0"
MOINS = "\u2212"

ENVIRON = f"≈{INSECABLE}"
BASE = 5
MOTS_DES_ETATS = {
    Etat.MOINS_DE_5: f"moins de {BASE}",
    Etat.EFFECTIF_FAIBLE: "effectif trop faible",
    Etat.SANS_OBJET: "sans objet",
    Etat.NON_DOCUMENTE: "non documenté",
}
EXPLICATIONS_DES_ETATS = {
    Etat.MOINS_DE_5: "Petit effectif, arrondi.",
    Etat.EFFECTIF_FAIBLE: "Trop peu de personnes pour un taux, une médiane ou une moyenne.",
    Etat.SANS_OBJET: "Rien à rapporter sur ce périmètre : le dénominateur est vide.",
    Etat.NON_DOCUMENTE: "La source manque : ce n’est pas un zéro.",
}
_A_UNE_DECIMALE = {
    Unite.MOIS: f"{INSECABLE}mois",
    Unite.JOURS: f"{INSECABLE}jours",
    **dict.fromkeys((Unite.ETAPES_PAR_PARTICIPANT, Unite.PARCOURS_PAR_ETP, Unite.PARCOURS_PAR_REFERENT), ""),
    **dict.fromkeys((Unite.CONTACTS_POUR_50, Unite.CONTACTS_PAR_MOIS), ""),
}
"""Units whose figures have a decimal, and what is written after it."""


def write_integer(valeur: float) -> str:
    """« 1 012 », thousands apart by a narrow no-break space; rounded to the unit."""
    return write_decimal(valeur, 0)


def write_decimal(valeur: float, decimales: int = 1) -> str:
    """« 14,2 »; a whole number keeps its zero so that a column lines up."""
    modele = f"#,##0.{'0' * decimales}" if decimales else "#,##0"
    return format_decimal(round_half_up(valeur, decimales), modele, locale="fr").replace("-", MOINS)


def write_number(valeur: float) -> str:
    """« 80 » or « 1,5 »: a number of a text, with a decimal only where it has one."""
    return write_integer(valeur) if float(valeur).is_integer() else write_decimal(valeur)


def write_percent(part: float, decimales: int = 1) -> str:
    """« 39,3 % » from 0.393."""
    return f"{write_decimal(100 * part, decimales)}{FINE}%"


def write_points(part: float, decimales: int = 1) -> str:
    """« + 6,0 points » from 0.06."""
    ecart = round_half_up(100 * part, decimales)
    mot = "points" if abs(ecart) >= 2 else "point"
    return f"{_sign(ecart)}{write_decimal(abs(ecart), decimales)}{INSECABLE}{mot}"


def write_change(part: float, decimales: int = 1) -> str:
    """« + 3,2 % » from 0.032."""
    ecart = round_half_up(100 * part, decimales)
    return f"{_sign(ecart)}{write_decimal(abs(ecart), decimales)}{FINE}%"


def write_signed(valeur: float) -> str:
    """« + 26 », « − 26 » or « 0 »."""
    entier = round_half_up(valeur)
    return f"{_sign(entier)}{write_integer(abs(entier))}"


def write_date(jour: date) -> str:
    """« 30 septembre 2021 »; the first of a month is « 1er »."""
    texte = format_date(jour, "d MMMM y", locale="fr")
    return texte.replace("1 ", "1er ", 1) if jour.day == 1 else texte


def write_short_date(jour: date) -> str:
    """« 30/09/2021 »."""
    return f"{jour:%d/%m/%Y}"


def write_month(mois: str) -> str:
    """« sept. 2021 » from « 2021-09 », the code of a part of the split `mois`."""
    return format_date(first_of_month(mois), "MMM y", locale="fr")


def first_of_month(mois: str) -> date:
    """First day of the month written « 2021-09 »."""
    return date.fromisoformat(f"{mois}-01")


def write_amount(valeur: float, unite: str) -> str:
    """A number in the manner of its unit: « 1 012 », « 39,3 % », « 14,2 mois », « 81,3 »."""
    if unite == Unite.PART:
        return write_percent(valeur)
    if unite == Unite.POINTS:
        return write_points(valeur)
    if unite in _A_UNE_DECIMALE:
        return f"{write_decimal(valeur)}{_A_UNE_DECIMALE[Unite(unite)]}"
    return write_integer(valeur)


def write_value(cellule: Cellule, unite: str) -> str:
    """The figure of a cell, « ≈ 25 » when it is rounded, or the words of its state: never an empty text, never 0 for
    a missing one."""
    if cellule.valeur is None:
        return write_state(cellule)
    return write_rounded(cellule.valeur, unite) if cellule.base else write_amount(cellule.valeur, unite)


def write_ratio(cellule: Cellule, de_quoi: str = "") -> str:
    """« 68 sur 163 sorties », « ≈ 70 sur 165 sorties »; empty where the figure has no value."""
    if cellule.valeur is None or cellule.numerateur is None or cellule.denominateur is None:
        return ""
    haut, bas = write_integer(cellule.numerateur), write_integer(cellule.denominateur)
    return f"{ENVIRON if cellule.base else ''}{haut} sur {bas} {de_quoi}".strip()


def write_state(cellule: Cellule) -> str:
    """The words of a cell without number: « moins de 5 », « sans objet »."""
    if cellule.etat is Etat.MOINS_DE_5:
        return f"moins de {cellule.base or BASE}"
    return MOTS_DES_ETATS.get(cellule.etat, MOTS_DES_ETATS[Etat.NON_DOCUMENTE])


def write_rounded(valeur: float, unite: str) -> str:
    """« ≈ 25 », « ≈ 48 % »: a number made of rounded counts; 0 is a true zero."""
    if unite in (Unite.PART, Unite.POINTS):
        return f"{ENVIRON}{write_percent(valeur, 0) if unite == Unite.PART else write_points(valeur, 0)}"
    return f"{ENVIRON}{write_amount(valeur, unite)}" if valeur else write_amount(valeur, unite)


def say_rounding(base: int) -> str:
    """What must be said once beside rounded numbers; nothing where all are exact."""
    return f"effectifs arrondis à {base} près" if base else ""


def round_half_up(valeur: float, decimales: int = 0) -> float:
    """Rounds as people do: 0,25 gives 0,3 and 2,5 gives 3, on either side of zero."""
    facteur = 10**decimales
    # The tiny push repairs binary fractions: 100 × 0.0125 is stored just under 1.25.
    entier = int(abs(valeur) * facteur + 0.5 + 1e-9)
    return (entier if valeur >= 0 else -entier) / facteur


def _sign(valeur: float) -> str:
    if valeur == 0:
        return ""
    return f"{'+' if valeur > 0 else MOINS}{INSECABLE}"
