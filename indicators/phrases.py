"""« À retenir »: sentences written from published figures.

Each function gives one sentence, or None when a figure that it needs has no value: nothing is
said of what is not known, and rounded figures are said to be so.
"""

from collections.abc import Iterable

from indicators.arrondi import DENOMINATEUR_MINIMAL
from indicators.comparable import SANS_COMPARAISON, is_comparable
from indicators.declaration import Unite
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
from indicators.objectifs import A_RATTRAPER, ObjectifEvalue, Statut, count_reached
from indicators.resultats import Cellule, Etat, ResultatPublie

PARITE = 0.5
ECART_NEGLIGEABLE = 0.0005
RETARDS_NOMMES = 3
A_CONFIRMER = "a_confirmer"
_PAR_STATUT = (
    (Statut.ATTEINT, "atteint", "atteints"),
    (Statut.EN_AVANCE, "en avance", "en avance"),
    (Statut.DANS_LE_RYTHME, "dans le rythme", "dans le rythme"),
    (Statut.PROCHE, "proche", "proches"),
    (Statut.EN_RETARD, "en retard", "en retard"),
    (Statut.EN_DESSOUS, "en dessous", "en dessous"),
    (Statut.DEPASSE, "au-delà de son maximum", "au-delà de leur maximum"),
    (Statut.NON_ATTEINT, "non atteint", "non atteints"),
)


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
    """« environ » and its space before a number made of rounded counts; nothing before an exact one."""
    return f"environ{INSECABLE}" if any(r.base for r in resultats) else ""


def write_n(cellule: Cellule, mots: str) -> str:
    """« n = 986 parcours », « n ≈ 205 parcours », « moins de 5 parcours »; nothing where it is unknown."""
    if cellule.valeur is None:
        return f"{write_state(cellule)} {mots}" if cellule.base else ""
    return f"n {'≈' if cellule.base else '='} {write_integer(cellule.valeur)} {mots}".rstrip()


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
    entrent = f"{environ}{count(entrees.valeur, 'entrée')}{' dans l’opération' if dedans else ''}"
    sortent = f"{environ}{count(sorties.valeur, 'sortie')}{' de l’opération' if dedans else ''}"
    debut = f"{quand}, {entrent} pour {sortent} : {'le nombre de présents' if dedans else 'la file active'}"
    solde = entrees.valeur - sorties.valeur
    if solde == 0:
        return f"{debut} est stable."
    sens = "augmente" if solde > 0 else "recule"
    return f"{debut} {sens} de {environ}{write_integer(abs(solde))}{'' if dedans else ' parcours'}."


def note_new_entries(nouvelles: ResultatPublie) -> str:
    """« dont 28 nouveaux dans le PLIE »: of the entries in an operation; nothing where it has no number."""
    if nouvelles.valeur is None:
        return ""
    return f"dont {about(nouvelles)}{count(nouvelles.valeur, 'nouveau', 'nouveaux')} dans le PLIE"


def note_plie_exits(sorties: ResultatPublie) -> str:
    """« dont 12 sorties du PLIE »: of the exits from an operation; nothing where it has no number."""
    return "" if sorties.valeur is None else f"dont {about(sorties)}{count(sorties.valeur, 'sortie')} du PLIE"


def say_entries_and_exits(
    entrees: ResultatPublie, sorties: ResultatPublie, toutes: ResultatPublie, hors_neutres: ResultatPublie
) -> str | None:
    """« 166 entrées pour 163 sorties ; 68 sorties sont positives : 41,7 % de toutes les sorties,
    50,0 % des 136 sorties hors neutres. » Says why there is no rate where no exit rule is recorded."""
    if entrees.valeur is None or sorties.valeur is None:
        return None
    environ, dedans = about(entrees, sorties), entrees.filtres.operation is not None
    entrent = f"{environ}{count(entrees.valeur, 'entrée')}{' dans l’opération' if dedans else ''}"
    if not sorties.valeur:
        return f"{entrent} et aucune sortie{' du PLIE' if dedans else ''} sur la période."
    sortent = f"{environ}{count(sorties.valeur, 'sortie')}{' du PLIE pendant l’opération' if dedans else ''}"
    debut = f"{entrent} pour {sortent}"
    if toutes.cellule.etat is Etat.NON_DOCUMENTE:
        return f"{debut} ; aucune règle de sortie n’était en vigueur : rien ne dit lesquelles sont positives."
    haut, tous, bas = toutes.cellule.numerateur, toutes.cellule.denominateur, hors_neutres.cellule.denominateur
    if toutes.valeur is None or hors_neutres.valeur is None or haut is None or bas is None:
        return None
    verbe = "sorties sont positives" if haut >= 2 else "sortie est positive"
    # Where exits are left out, « de toutes les sorties » would be false.
    jugees = f"des {count(tous or 0, 'sortie')} jugées par une règle"
    base = "de toutes les sorties" if tous == sorties.valeur else jugees
    return (
        f"{debut} ; {environ}{write_integer(haut)} {verbe} : {_write_rate(toutes)} {base}, "
        f"{_write_rate(hors_neutres)} des {count(bas, 'sortie')} hors neutres."
    )


def _write_rate(taux: ResultatPublie) -> str:
    return f"{about(taux)}{write_percent(taux.valeur or 0.0, 0 if taux.base else 1)}"


def say_outside_rules(hors_regles: ResultatPublie) -> str | None:
    """« 219 sorties de 2 PLIE restent hors des deux taux : aucune règle de sortie n’y était en vigueur ce jour-là. »

    `hors_regles` is split by PLIE. None when there is none.
    """
    ecrite = write_outside_rules(hors_regles)
    if not ecrite:
        return None
    verbe = "reste" if ecrite.startswith(f"1{INSECABLE}") else "restent"
    return f"{ecrite} {verbe} hors des deux taux : aucune règle de sortie n’y était en vigueur ce jour-là."


def note_outside_rules(hors_regles: ResultatPublie) -> str:
    """What exits without category do to the rates: « comptées dans les deux taux », « dont 219 hors des deux taux »."""
    nombre = sum(c.valeur or 0.0 for c in hors_regles)
    return f"dont {write_integer(nombre)} hors des deux taux" if nombre else "comptées dans les deux taux"


def say_to_confirm(par_categorie: ResultatPublie) -> str | None:
    """« 14 sorties sont à confirmer : le texte du PLIE ne dit pas si elles comptent ; elles pèsent sur les deux taux. »

    `par_categorie`: exits split by category. None when there is none.
    """
    nombre = next((c.valeur for c in par_categorie if dict(c.par).get("categorie") == A_CONFIRMER), None)
    if not nombre:
        return None
    verbe, suite = ("sont", "elles comptent ; elles pèsent") if nombre >= 2 else ("est", "elle compte ; elle pèse")
    return f"{count(nombre, 'sortie')} {verbe} à confirmer : le texte du PLIE ne dit pas si {suite} sur les deux taux."


def write_outside_rules(hors_regles: ResultatPublie) -> str:
    """« 219 sorties de 2 PLIE »; « 12 sorties » where one PLIE alone is asked for; nothing when there is none."""
    nombres = [c.valeur for c in hors_regles if c.valeur]
    if not nombres:
        return ""
    seul = len(hors_regles.filtres.plie) == 1
    return (
        about(hors_regles)
        + count(sum(nombres), "sortie")
        + ("" if seul else f" de {count(len(nombres), 'PLIE', 'PLIE')}")
    )


def say_positive_exits(
    toutes: ResultatPublie, hors_neutres: ResultatPublie, cible: float | None = None, *, partiel: bool = False
) -> str | None:
    """« Sur 214 sorties, 98 sont positives : 45,8 % de toutes les sorties (objectif du protocole : 50 %),
    49,2 % hors sorties neutres. » `cible` is the target on all exits, a fraction. `partiel`: some exits are left
    out of the rates, so that « de toutes les sorties » would be false."""
    if toutes.valeur is None or hors_neutres.valeur is None:
        return None
    cellule = toutes.cellule
    if cellule.numerateur is None or not cellule.denominateur:
        return None
    positives = cellule.numerateur
    objectif = f" (objectif du protocole : {_round_percent(cible)})" if cible is not None else ""
    quand, de_quoi = (" jugées par une règle", "d’entre elles") if partiel else ("", "de toutes les sorties")
    quand = f" du PLIE pendant l’opération{quand}" if toutes.filtres.operation is not None else quand
    environ = about(toutes)
    return (
        f"Sur {environ}{count(cellule.denominateur, 'sortie')}{quand}, {environ}{write_integer(positives)} "
        f"{'sont positives' if positives >= 2 else 'est positive'} : {_write_rate(toutes)} {de_quoi}"
        f"{objectif}, {_write_rate(hors_neutres)} hors sorties neutres."
    )


def say_undocumented(
    non_documentees: ResultatPublie, sorties: ResultatPublie, taux: ResultatPublie, hors_regles: ResultatPublie
) -> str | None:
    """« 12 sorties sur 214 ne sont pas documentées : elles pèsent sur les deux taux. » None when there is none.

    Where the PLIE has no exit rule at all, says that no rate can be computed. `hors_regles`: split by PLIE, those
    that no rate counts.
    """
    if not non_documentees.valeur or not sorties.valeur:
        return None
    if taux.cellule.etat is Etat.NON_DOCUMENTE:
        return "Aucune règle de sortie n’est enregistrée : aucun taux de sorties positives ne peut être calculé."
    nombre = non_documentees.valeur - sum(c.valeur or 0.0 for c in hors_regles)
    if nombre <= 0:
        return None
    verbe = "ne sont pas documentées : elles pèsent" if nombre >= 2 else "n’est pas documentée : elle pèse"
    debut = f"{about(non_documentees)}{count(nombre, 'sortie')} sur {about(sorties)}{write_integer(sorties.valeur)}"
    return f"{debut} {verbe} sur les deux taux."


def say_parity(part_femmes: ResultatPublie) -> str | None:
    """« 54,2 % des participants accompagnés sont des femmes : + 4,2 points par rapport à la parité. »"""
    if part_femmes.valeur is None:
        return None
    ecart = part_femmes.valeur - PARITE
    points = write_points(ecart, 0 if part_femmes.base else 1)
    suite = "c’est la parité" if abs(ecart) < ECART_NEGLIGEABLE else f"{points} par rapport à la parité"
    return f"{_write_rate(part_femmes)} des participants accompagnés sont des femmes : {suite}."


def say_women_at_exit(accompagnes: ResultatPublie, sorties_positives: ResultatPublie) -> str | None:
    """« Les femmes sont 50,7 % des participants accompagnés et 57,9 % des sorties positives :
    + 7,2 points à la sortie. » Both figures are parts of women."""
    if accompagnes.valeur is None or sorties_positives.valeur is None:
        return None
    ecart = sorties_positives.valeur - accompagnes.valeur
    points = write_points(ecart, 0 if accompagnes.base or sorties_positives.base else 1)
    suite = "autant à la sortie" if abs(ecart) < ECART_NEGLIGEABLE else f"{points} à la sortie"
    return (
        f"Les femmes sont {_write_rate(accompagnes)} des participants accompagnés et "
        f"{_write_rate(sorties_positives)} des sorties positives : {suite}."
    )


def say_targets_by_status(objectifs: list[ObjectifEvalue]) -> str | None:
    """« 21 objectifs ont un nombre et une donnée : 5 atteints, 4 en avance, 8 dans le rythme et 4 en retard ;
    9 autres attendent l’un ou l’autre. »"""
    _, comptes = count_reached(objectifs)
    if not comptes:
        return None
    parties = [
        count(nombre, singulier, pluriel)
        for statut, singulier, pluriel in _PAR_STATUT
        if (nombre := sum(o.statut is statut for o in objectifs))
    ]
    debut = f"{count(comptes, 'objectif a', 'objectifs ont')} un nombre et une donnée : {enumerate_in_words(parties)}"
    autres = len(objectifs) - comptes
    attend = f" ; {count(autres, 'autre attend', 'autres attendent')} l’un ou l’autre" if autres else ""
    return f"{debut}{attend}."


def enumerate_in_words(parties: list[str]) -> str:
    """« a, b et c »."""
    return " et ".join(filter(None, (", ".join(parties[:-1]), *parties[-1:])))


def say_targets(objectifs: list[ObjectifEvalue]) -> str | None:
    """« 14 objectifs atteints sur 38 ; les plus loin du compte : Sorties positives (78 % de l’attendu)… »"""
    atteints, comptes = count_reached(objectifs)
    if not comptes:
        return None
    debut = f"{count(atteints, 'objectif atteint', 'objectifs atteints')} sur {comptes}"
    retards = latest(objectifs)
    depasses = sum(is_exceeded(o) for o in objectifs)
    suite = f" ; {count(depasses, 'maximum dépassé', 'maximums dépassés')}" if depasses else ""
    if not retards:
        return f"{debut}{suite} ; aucun n’est en retard ni en dessous." if not depasses else f"{debut}{suite}."
    noms = ", ".join(f"{_name(o)} ({say_pace(o)})" for o in retards)
    return f"{debut}{suite} ; {'les plus loin du compte' if len(retards) > 1 else 'le plus loin du compte'} : {noms}."


def say_pace(objectif: ObjectifEvalue) -> str:
    """« 78 % de l’attendu » of a count whose period runs, « 94 % de l’objectif » of what has no rhythm."""
    quoi = "de l’objectif" if objectif.attendu == objectif.objectif else "de l’attendu"
    return f"{_round_percent(pace(objectif))} {quoi}"


def is_exceeded(objectif: ObjectifEvalue) -> bool:
    """True for a ceiling that is passed, its period over or not."""
    return objectif.est_maximum and objectif.statut in (Statut.DEPASSE, Statut.NON_ATTEINT)


def latest(objectifs: Iterable[ObjectifEvalue], nombre: int = RETARDS_NOMMES) -> list[ObjectifEvalue]:
    """Targets the furthest below what was expected, worst first, `nombre` at most; no ceiling."""
    retards = [o for o in objectifs if o.statut in A_RATTRAPER and o.attendu and not o.est_maximum]
    return sorted(retards, key=pace)[:nombre]


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
    environ = about(etapes, participants, par_participant, sans_etape)
    return (
        f"{environ}{count(total, 'étape suivie', 'étapes suivies')} par {environ}{count(personnes, 'participant')} : "
        f"{environ}{par_tete}{partout}{objectif} ; "
        f"{environ}{count(sans, 'parcours est', 'parcours sont')} sans étape depuis 6 mois."
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


def _round_percent(part: float) -> str:
    return write_percent(part, 0)


def pace(objectif: ObjectifEvalue) -> float:
    """Realised ÷ expected by now."""
    return (objectif.realise or 0.0) / (objectif.attendu or 1.0)


def _name(objectif: ObjectifEvalue) -> str:
    lieu = f"{objectif.operation}{INSECABLE}" if objectif.operation else ""
    return f"{lieu}«{INSECABLE}{shorten(objectif.libelle)}{INSECABLE}»"


def shorten(texte: str, longueur: int = 60) -> str:
    """`texte` cut at a word, with « … » when something was left out."""
    if len(texte) <= longueur:
        return texte
    return texte[:longueur].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"


def end_sentence(texte: str) -> str:
    """`texte` with its full stop, unless it ends with « … » already."""
    return texte if texte.endswith("…") else f"{texte}."
