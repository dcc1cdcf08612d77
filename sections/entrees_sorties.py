"""Entrées et sorties: who comes, who leaves, towards what, under which rules."""

from indicators.decoupages import find_decoupage
from indicators.horloges import by_clock, departures
from indicators.nombres import INSECABLE, write_integer, write_ratio, write_value
from indicators.phrases import chiffres as phrases
from indicators.phrases import sorties as phrases_des_sorties
from indicators.resultats import ResultatPublie
from indicators.statuts import write_objectif
from sections.contenu import Chiffre, Genre, Image, Section
from sections.flux import flow_figures
from sections.images import (
    bars_of,
    codes_of,
    draw_bars,
    greatest_first,
    months_of,
    name_code,
    say_most_frequent,
)
from sections.lecture import Lecture

FSE_A_TEMPS = "sorties_operation_saisies_a_temps"
TOUTES, HORS_NEUTRES = "taux_sorties_positives", "taux_sorties_positives_hors_neutres"


def write_entrees_sorties(lecture: Lecture) -> Section:
    """Flows, both rates with their denominators, exits by category and by nature."""
    toutes, hors_neutres = lecture.ask(TOUTES), lecture.ask(HORS_NEUTRES)
    hors_regles = lecture.ask("sorties_hors_regles", "plie")
    dites = phrases.keep(
        (
            phrases_des_sorties.say_entries_and_exits(
                lecture.ask("entrees"), lecture.ask("sorties"), toutes, hors_neutres
            ),
            phrases_des_sorties.say_outside_rules(hors_regles) if toutes.valeur is not None else None,
            phrases_des_sorties.say_to_confirm(lecture.ask("sorties", "categorie")),
            phrases_des_sorties.say_undocumented(
                lecture.ask("sorties_non_documentees"), lecture.ask("sorties"), toutes, hors_regles
            ),
        )
    )
    images = (
        _draw_flow(lecture),
        _draw_categories(lecture),
        _draw_natures(lecture),
        _draw_types(lecture),
        _draw_immediate_results(lecture),
    )
    return Section(
        code="entrees_sorties",
        titre="Entrées et sorties",
        message=dites[0] if dites else "Qui entre, qui sort, et vers quoi ?",
        phrases=dites[1:],
        chiffres=_write_figures(lecture),
        images=tuple(image for image in images if image),
    )


def _write_figures(lecture: Lecture) -> tuple[Chiffre, ...]:
    maintien, fse = lecture.ask("maintien_a_6_mois"), lecture.ask(FSE_A_TEMPS)
    return (
        *flow_figures(lecture),
        _write_rate(lecture, TOUTES, "Sorties positives, toutes sorties", "sorties"),
        _write_rate(lecture, HORS_NEUTRES, "Sorties positives, hors neutres", "sorties non neutres"),
        lecture.figure(
            "sorties_non_documentees",
            "Sorties non documentées",
            phrases_des_sorties.note_outside_rules(lecture.ask("sorties_hors_regles", "plie")),
        ),
        lecture.figure("sorties_saisies_a_temps", "Saisies dans le mois", "sorties dont le mois est écoulé"),
        lecture.figure("en_attente_de_validation", "En attente de validation", "solution trouvée, pas sortis"),
        lecture.figure("duree_parcours_mediane", "Durée médiane des parcours", "des sortis de la période"),
        *lecture.known_figures(
            lecture.figure(
                "maintien_a_6_mois", "Toujours en emploi à 6 mois", write_ratio(maintien.cellule, "sorties")
            ),
            lecture.figure(
                FSE_A_TEMPS, "Sorties d’opération saisies dans le mois", write_ratio(fse.cellule, "sorties")
            ),
        ),
    )


def _write_rate(lecture: Lecture, code: str, libelle: str, de_quoi: str) -> Chiffre:
    cible, taux = lecture.find_target(code), lecture.ask(code)
    ecrite = f"Objectif du protocole : {write_objectif(cible, cible.objectif)}" if cible else ""
    ratio = write_ratio(taux.cellule, de_quoi)
    hors = phrases_des_sorties.write_outside_rules(lecture.ask("sorties_hors_regles", "plie"))
    return lecture.figure(code, libelle, f"{ratio}, hors {hors} sans règle" if ratio and hors else ratio, ecrite)


def _draw_flow(lecture: Lecture) -> Image | None:
    periode = lecture.series_period()
    par_mois = lecture.ask("entrees", "mois", sur=periode)
    mois, entrees = months_of(par_mois, "Entrées")
    partis = departures(lecture.filtres)
    _, sorties = months_of(lecture.ask(partis, "mois", sur=periode), "Sorties")
    if not any((*entrees.valeurs, *sorties.valeurs)):
        return None
    entrees_de_la_serie, sorties_de_la_serie = (lecture.ask(code, sur=periode) for code in ("entrees", partis))
    titre = by_clock(
        lecture.filtres, "Entrées et sorties de chaque mois", "Entrées et sorties de l’opération, chaque mois"
    )
    dit = phrases.say_flow(entrees_de_la_serie, sorties_de_la_serie, f"De {mois[0]} à {mois[-1]}")
    return Image(
        code="flux_mensuel",
        genre=Genre.FLUX,
        message=dit or titre,
        sujet=f"{titre}, de {mois[0]} à {mois[-1]}",
        entete="Mois",
        categories=mois,
        series=(entrees, sorties),
        unite="parcours",
        indicateurs=("entrees", partis),
        mois=codes_of(par_mois),
    )


def _draw_categories(lecture: Lecture) -> Image | None:
    resultat = lecture.ask("sorties", "categorie")
    barres = bars_of(resultat, lambda c: find_decoupage("categorie").label(c.at("categorie")))
    return draw_bars(
        "sorties_categorie",
        greatest_first(barres),
        message=_say_rates(lecture) or "Sorties par catégorie",
        sujet=by_clock(lecture.filtres, "Sorties par catégorie", "Sorties du PLIE par catégorie"),
        entete="Catégorie",
        nom="Sorties",
        unite="sorties",
        indicateurs=("sorties", TOUTES, HORS_NEUTRES),
        effectif=phrases.write_size(lecture.ask("sorties"), "sortie"),
        note="neutres : celles que la règle du PLIE classe « autres »",
    )


def _say_rates(lecture: Lecture) -> str | None:
    toutes, bas = lecture.ask(TOUTES), lecture.ask(HORS_NEUTRES)
    if toutes.valeur is None or bas.valeur is None:
        return None
    parts = [write_value(taux.cellule, taux.unite) for taux in (toutes, bas)]
    jugees = " jugées par une règle" if toutes.cellule.denominateur != lecture.ask("sorties").valeur else ""
    return f"{parts[0]} des sorties{jugees} sont positives, {parts[1]} si l’on écarte les sorties neutres."


def _draw_natures(lecture: Lecture) -> Image | None:
    resultat = lecture.ask("sorties_positives", "nature")
    if not resultat.regles:
        return None
    barres = greatest_first(bars_of(resultat, lambda c: find_decoupage("nature").label(c.at("nature"))))
    total = lecture.ask("sorties_positives")
    return draw_bars(
        "sorties_nature",
        barres,
        message=_say_first(barres, total) or "Vers quoi mènent les sorties positives",
        sujet=by_clock(lecture.filtres, "Sorties positives par nature", "Sorties positives du PLIE par nature"),
        entete="Nature",
        nom="Sorties positives",
        unite="sorties",
        indicateurs=("sorties_positives",),
        effectif=phrases.write_size(total, "sortie positive", "sorties positives"),
    )


def _say_first(barres: list, total: ResultatPublie) -> str | None:
    """« 41 sorties positives sur 68 sont de nature « emploi durable ». »"""
    if not barres or barres[0].valeur is None or not total.valeur:
        return None
    premiere = barres[0]
    verbe = "est" if premiere.valeur < 2 else "sont"
    sorties = phrases.about(total) + phrases.count(premiere.valeur, "sortie positive", "sorties positives")
    return f"{sorties} sur {write_integer(total.valeur)} {verbe} de nature «{INSECABLE}{premiere.nom}{INSECABLE}»."


def _draw_types(lecture: Lecture) -> Image | None:
    noms = lecture.labels["type_sortie"]
    resultat = lecture.ask("sorties", "type_sortie")
    barres = greatest_first(bars_of(resultat, lambda c: name_code(noms, c.at("type_sortie"), "Sans type de sortie")))
    return draw_bars(
        "sorties_type",
        barres,
        message=say_most_frequent(barres, "Le type de sortie", "sortie", "sorties") or "Types de sortie",
        sujet=by_clock(lecture.filtres, "Types de sortie", "Types de sortie du PLIE"),
        entete="Type de sortie",
        nom="Sorties",
        unite="sorties",
        indicateurs=("sorties",),
        effectif=phrases.write_size(lecture.ask("sorties"), "sortie"),
    )


def _draw_immediate_results(lecture: Lecture) -> Image | None:
    """Séjours ended in the period by situation; nothing where nobody recorded it."""
    resultat = lecture.ask("resultats_immediats")
    if not any(c.valeur or c.base for c in resultat):
        return None
    situation = find_decoupage("situation")
    barres = bars_of(resultat, lambda c: situation.label(c.at("situation")))
    sorties = lecture.ask("sorties_operation")
    return draw_bars(
        "resultats_immediats",
        barres,
        message=say_most_frequent(greatest_first(barres), "La situation", "sortie d’opération", "sorties d’opération")
        or "Situation à la sortie des opérations",
        sujet="Situation à la sortie des opérations",
        entete="Situation",
        nom="Sorties d’opération",
        unite="sorties",
        indicateurs=("resultats_immediats", "sorties_operation"),
        effectif=phrases.write_size(sorties, "sortie d’opération", "sorties d’opération"),
        note="une personne qui quitte deux opérations compte dans chacune",
    )
