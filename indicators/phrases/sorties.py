"""Sentences on exits: what they are worth, under which rules, what stays outside the rates."""

from indicators.nombres import INSECABLE, write_integer, write_percent
from indicators.phrases.chiffres import about, count, write_rate
from indicators.resultats import Etat, ResultatPublie

A_CONFIRMER = "a_confirmer"


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
    entrent = f"{about(entrees)}{count(entrees.valeur, 'entrée')}{' dans l’opération' if dedans else ''}"
    if not sorties.valeur:
        return f"{entrent} et aucune sortie{' du PLIE' if dedans else ''} sur la période."
    sortent = f"{about(sorties)}{count(sorties.valeur, 'sortie')}{' du PLIE pendant l’opération' if dedans else ''}"
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
        f"{debut} ; {environ}{write_integer(haut)} {verbe} : {write_rate(toutes)} {base}, "
        f"{write_rate(hors_neutres)} des {count(bas, 'sortie')} hors neutres."
    )


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
    objectif = f" (objectif du protocole : {write_percent(cible, 0)})" if cible is not None else ""
    quand, de_quoi = (" jugées par une règle", "d’entre elles") if partiel else ("", "de toutes les sorties")
    quand = f" du PLIE pendant l’opération{quand}" if toutes.filtres.operation is not None else quand
    environ = about(toutes)
    aucune = " (il n’y en a pas)" if cellule.denominateur == hors_neutres.cellule.denominateur else ""
    return (
        f"Sur {environ}{count(cellule.denominateur, 'sortie')}{quand}, {environ}{write_integer(positives)} "
        f"{'sont positives' if positives >= 2 else 'est positive'} : {write_rate(toutes)} {de_quoi}"
        f"{objectif}, {write_rate(hors_neutres)} hors sorties neutres{aucune}."
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
