"""« À retenir »: sentences written from published figures.

Each function gives one sentence, or None when a figure that it needs has no value: nothing is
said of what is not known, and rounded figures are said to be so.
"""

from collections.abc import Iterable

from babel.lists import format_list

from indicators.arrondi import DENOMINATEUR_MINIMAL
from indicators.comparable import SANS_COMPARAISON, is_comparable
from indicators.declaration import Unite
from indicators.horloges import by_clock
from indicators.nombres import (
    INSECABLE,
    MOINS,
    write_change,
    write_date,
    write_decimal,
    write_integer,
    write_number,
    write_percent,
    write_points,
    write_rounded,
    write_state,
    write_value,
)
from indicators.perimetre import Filtres
from indicators.resultats import Cellule, ResultatPublie

PARITE = 0.5
ECART_NEGLIGEABLE = 0.0005


def keep(phrases: Iterable[str | None]) -> tuple[str, ...]:
    """The sentences that could be written, each beginning with a capital."""
    return tuple(capitalise(phrase) for phrase in phrases if phrase)


def capitalise(phrase: str) -> str:
    """The sentence with a capital first, the rest as it is."""
    return phrase[:1].upper() + phrase[1:]


def count(nombre: float, singulier: str, pluriel: str | None = None) -> str:
    """« 1 sortie », « 0 sortie », « 214 sorties »."""
    return f"{write_integer(nombre)}{INSECABLE}{singulier if nombre < 2 else pluriel or singulier + 's'}"


def about(*resultats: ResultatPublie) -> str:
    """« environ » and its space before a number made of rounded counts; nothing before an exact one or a true 0."""
    return f"environ{INSECABLE}" if any(c.base and c.valeur != 0 for r in resultats for c in r) else ""


def write_n(cellule: Cellule, mots: str) -> str:
    """« n = 986 parcours », « n ≈ 205 parcours », « moins de 5 parcours »; nothing where it is unknown."""
    if cellule.valeur is None:
        return f"{write_state(cellule)} {mots}" if cellule.base else ""
    return f"{write_count_of(cellule.valeur, cellule.base)} {mots}".rstrip()


def write_count_of(nombre: float, base: int) -> str:
    """« n = 240 », « n ≈ 240 » for a number rounded to `base`."""
    return f"n {'≈' if base else '='} {write_integer(nombre)}"


def write_size(resultat: ResultatPublie, singulier: str, pluriel: str | None = None) -> str:
    """« n = 986 parcours », « n ≈ 205 parcours »; nothing without number."""
    if resultat.valeur is None:
        return ""
    return f"n {'≈' if resultat.base else '='} {count(resultat.valeur, singulier, pluriel)}"


def write_share(haut: Cellule | None, bas: Cellule | None, decimales: int = 1) -> str:
    """« 49,3 % », « ≈ 49 % » from rounded counts; nothing where it cannot be said, or is made of too few people."""
    if haut is None or bas is None or haut.valeur is None or not bas.valeur:
        return ""
    if not (haut.base or bas.base):
        return write_percent(haut.valeur / bas.valeur, decimales)
    return "" if bas.valeur < DENOMINATEUR_MINIMAL else write_rounded(haut.valeur / bas.valeur, Unite.PART)


def say_nested(seuils: int) -> str:
    """Why the bars of thresholds do not add up; nothing where there is one."""
    return "qui est là depuis 24 mois l’est aussi depuis 12 : les barres ne s’ajoutent pas" if seuils > 1 else ""


def change(valeur: float | None, avant: float | None) -> float | None:
    """Relative change since `avant`; None when one is missing or `avant` is 0 (it would be undefined)."""
    return None if valeur is None or not avant else (valeur - avant) / avant


def say_since_last_year(resultat: ResultatPublie, avant: ResultatPublie) -> str:
    """« 412 l’an dernier, + 3,2 % »: relative change for counts, points for shares, nothing from 0; says so where
    no figure of the year before compares."""
    if not is_comparable(avant):
        return SANS_COMPARAISON
    if avant.cellule.base and avant.valeur is None:
        return f"{write_state(avant.cellule)} l’an dernier"
    if avant.valeur is None or resultat.valeur is None:
        return "pas de chiffre l’an dernier"
    debut = f"{write_value(avant.cellule, avant.unite)} l’an dernier"
    if avant.valeur == resultat.valeur:
        return f"{debut} aussi"
    arrondi = bool(resultat.base or avant.base)
    if resultat.unite in (Unite.PART, Unite.POINTS):
        return f"{debut}, {write_points(resultat.valeur - avant.valeur, 0 if arrondi else 1)}"
    evolution = change(resultat.valeur, avant.valeur)
    if evolution is None or (arrondi and avant.valeur < DENOMINATEUR_MINIMAL):
        return debut
    return f"{debut}, {write_change(evolution, 0 if arrondi else 1)}"


def say_file_active(actuelle: ResultatPublie, un_an_avant: ResultatPublie) -> str | None:
    """« La file active compte 986 parcours au 30 septembre 2021, soit 3,1 % de plus qu’un an plus tôt. »

    Inside an operation: « 205 parcours sont présents dans l’opération au… ».
    """
    if actuelle.valeur is None:
        return None
    nombre = f"{about(actuelle)}{write_integer(actuelle.valeur)}"
    debut = f"La file active compte {nombre} parcours au {_day(actuelle)}"
    if actuelle.filtres.operation is not None:
        verbe = "parcours sont présents" if actuelle.valeur >= 2 else "parcours est présent"
        debut = f"{nombre} {verbe} dans l’opération au {_day(actuelle)}"
    evolution = change(actuelle.valeur, un_an_avant.valeur)
    if evolution is None or (actuelle.base and (un_an_avant.valeur or 0) < DENOMINATEUR_MINIMAL):
        return f"{debut}."
    if abs(evolution) < ECART_NEGLIGEABLE:
        return f"{debut}, autant qu’un an plus tôt."
    sens = "plus" if evolution > 0 else "moins"
    part = write_percent(abs(evolution), 0 if actuelle.base else 1)
    return f"{debut}, soit {about(actuelle)}{part} de {sens} qu’un an plus tôt."


def say_flow(entrees: ResultatPublie, sorties: ResultatPublie, quand: str = "Sur la période") -> str | None:
    """« Sur la période, 240 entrées pour 266 sorties : la file active recule de 26 parcours. »

    `sorties`: who leaves the file active (`horloges.departures`), so that the difference is true in an operation too.
    """
    if entrees.valeur is None or sorties.valeur is None:
        return None
    environ, dedans = about(entrees, sorties), entrees.filtres.operation is not None
    entrent = f"{about(entrees)}{count(entrees.valeur, 'entrée')}{' dans l’opération' if dedans else ''}"
    sortent = f"{about(sorties)}{count(sorties.valeur, 'sortie')}{' de l’opération' if dedans else ''}"
    debut = f"{quand}, {entrent} pour {sortent} : {'le nombre de présents' if dedans else 'la file active'}"
    solde = entrees.valeur - sorties.valeur
    if solde == 0:
        return f"{debut} est stable."
    sens = "augmente" if solde > 0 else "recule"
    return f"{debut} {sens} de {environ}{write_integer(abs(solde))}{'' if dedans else ' parcours'}."


def say_sum(filtres: Filtres) -> str:
    """What the flow identity adds up, in words."""
    de = by_clock(filtres, "", " de l’opération")
    return f"départ + entrées − sorties{de} = arrivée"


def note_new_entries(nouvelles: ResultatPublie) -> str:
    """« dont 28 nouveaux dans le PLIE »: of the entries in an operation; nothing where it has no number."""
    if nouvelles.valeur is None:
        return ""
    return f"dont {about(nouvelles)}{count(nouvelles.valeur, 'nouveau', 'nouveaux')} dans le PLIE"


def write_rate(taux: ResultatPublie) -> str:
    """« 41,7 % »; « environ 42 % » for a rate of rounded counts."""
    return f"{about(taux)}{write_percent(taux.valeur or 0.0, 0 if taux.base else 1)}"


def say_parity(part_femmes: ResultatPublie) -> str | None:
    """« 54,2 % des participants accompagnés sont des femmes : + 4,2 points par rapport à la parité. »"""
    if part_femmes.valeur is None:
        return None
    ecart = part_femmes.valeur - PARITE
    points = write_points(ecart, 0 if part_femmes.base else 1)
    suite = "c’est la parité" if abs(ecart) < ECART_NEGLIGEABLE else f"{points} par rapport à la parité"
    return f"{write_rate(part_femmes)} des participants accompagnés sont des femmes : {suite}."


def say_women_at_exit(accompagnes: ResultatPublie, sorties_positives: ResultatPublie) -> str | None:
    """« Les femmes sont 50,7 % des participants accompagnés et 57,9 % des sorties positives :
    + 7,2 points à la sortie. » Both figures are parts of women."""
    if accompagnes.valeur is None or sorties_positives.valeur is None:
        return None
    ecart = sorties_positives.valeur - accompagnes.valeur
    points = write_points(ecart, 0 if accompagnes.base or sorties_positives.base else 1)
    suite = "autant à la sortie" if abs(ecart) < ECART_NEGLIGEABLE else f"{points} à la sortie"
    return (
        f"Les femmes sont {write_rate(accompagnes)} des participants accompagnés et "
        f"{write_rate(sorties_positives)} des sorties positives : {suite}."
    )


def enumerate_in_words(parties: list[str]) -> str:
    """« a, b et c »."""
    return format_list(parties, locale="fr")


def say_norm(par_etp: ResultatPublie, norme: float, maximum: bool = True) -> str | None:
    """« Chaque équivalent temps plein suit 81,3 parcours en moyenne, pour une norme de 80 au plus. »"""
    if par_etp.valeur is None:
        return None
    borne = "au plus" if maximum else "au moins"
    return (
        f"Chaque équivalent temps plein suit {write_decimal(par_etp.valeur)} parcours en moyenne, "
        f"pour une norme de {write_integer(norme)} {borne}."
    )


def say_etapes(
    etapes: ResultatPublie,
    participants: ResultatPublie,
    par_participant: ResultatPublie,
    sans_etape: ResultatPublie,
    cible: float | None = None,
) -> str | None:
    """« 766 étapes suivies par 533 participants : 1,1 étape par participant accompagné (objectif : 1,5) ;
    98 parcours sont sans étape depuis 6 mois. »

    In an operation the ratio counts the étapes of every operation, and the sentence says so.
    """
    nombres = [r.valeur for r in (etapes, participants, par_participant, sans_etape)]
    if any(n is None for n in nombres):
        return None
    total, personnes, ratio, sans = (n for n in nombres if n is not None)
    par_tete = f"{write_decimal(ratio)}{INSECABLE}{'étape' if ratio < 2 else 'étapes'} par participant accompagné"
    partout = "" if par_participant.filtres.operation is None else ", toutes opérations confondues"
    objectif = f" (objectif{INSECABLE}: {write_number(cible)})" if cible is not None else ""
    return (
        f"{about(etapes)}{count(total, 'étape suivie', 'étapes suivies')} par "
        f"{about(participants)}{count(personnes, 'participant')} : "
        f"{about(par_participant)}{par_tete}{partout}{objectif} ; "
        f"{about(sans_etape)}{count(sans, 'parcours est', 'parcours sont')} sans étape depuis 6 mois."
    )


def write_identity(
    veille: ResultatPublie, entrees: ResultatPublie, sorties: ResultatPublie, fin: ResultatPublie
) -> str | None:
    """« 1 012 + 240 − 266 = 986 » when it holds; None when a figure is missing or it does not hold.

    Rounded counts need not add up: « 205 + 25 − 20 ≈ 205 ».
    """
    nombres = [r.valeur for r in (veille, entrees, sorties, fin)]
    if any(n is None for n in nombres):
        return None
    avant, plus, moins, apres = (n for n in nombres if n is not None)
    arrondi = any(r.base for r in (veille, entrees, sorties, fin))
    if avant + plus - moins != apres and not arrondi:
        return None
    egal = "≈" if arrondi else "="
    return (
        f"{write_integer(avant)} + {write_integer(plus)} {MOINS} {write_integer(moins)} {egal} {write_integer(apres)}"
    )


def _day(resultat: ResultatPublie) -> str:
    return write_date(resultat.filtres.periode.au)


def shorten(texte: str, longueur: int = 60) -> str:
    """`texte` cut at a word, with « … » when something was left out."""
    if len(texte) <= longueur:
        return texte
    return texte[:longueur].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"


def end_sentence(texte: str) -> str:
    """`texte` with its full stop, unless it ends with « … » already."""
    return texte if texte.endswith("…") else f"{texte}."
