"""Entrées et sorties: who comes, who leaves, towards what, under which rules."""

from collections.abc import Sequence

from indicators.horloges import by_clock
from indicators.nombres import write_integer, write_value
from indicators.phrases import chiffres as phrases
from indicators.phrases import sorties as phrases_des_sorties
from indicators.resultats import ResultatPublie
from sections.cartes import (
    FLUX,
    HORS_NEUTRES,
    TAUX,
    TOUTES,
    by_mode,
    card,
    flow_cards,
    part_silent,
    rate_cards,
    ratio_card,
    single_step_cards,
    with_mean,
)
from sections.contenu import Chiffre, Section
from sections.delais import AUCUNE_SORTIE
from sections.dessins import (
    Barre,
    absent,
    bars_of,
    draw_bars,
    draw_months,
    greatest_first,
    label_of,
    quote,
    say_most_frequent,
)
from sections.images import Clic, Image
from sections.lecture import DEPARTS, Lecture, cards, monthly, now, split
from sections.types_de_sortie import (
    draw_types,
    draw_undocumented,
    say_without_rules,
    table_of_rules,
    write_size_of_exits,
    write_why,
)

FSE_A_TEMPS = "sorties_operation_saisies_a_temps"
DEMANDES = (
    *FLUX,
    *TAUX,
    *by_mode("entrees"),
    *by_mode(DEPARTS),
    *cards(
        "sorties_non_documentees",
        "sorties_saisies_a_temps",
        "en_attente_de_validation",
        "duree_parcours_mediane",
        "maintien_a_6_mois",
        FSE_A_TEMPS,
    ),
    *now("duree_parcours_moyenne", "sorties_positives", "sorties_operation", "resultats_immediats"),
    *split("sorties", "plie", "categorie", "nature", "type_sortie"),
    *split("sorties", "categorie"),
    *split("sorties_positives", "nature"),
    *monthly("entrees"),
    *monthly(DEPARTS),
)


def write_entrees_sorties(lecture: Lecture) -> Section:
    """Flows, both rates with their denominators, exits by category, by nature and by type, the rules applied."""
    toutes, sorties = lecture.ask(TOUTES), lecture.ask("sorties")
    hors_regles = lecture.ask("sorties_hors_regles", "plie")
    dites = phrases.keep(
        (
            phrases_des_sorties.say_entries_and_exits(
                lecture.ask("entrees"), sorties, toutes, lecture.ask(HORS_NEUTRES)
            ),
            phrases_des_sorties.say_outside_rules(hors_regles) if toutes.valeur is not None else None,
            phrases_des_sorties.say_to_confirm(lecture.ask("sorties", "categorie")),
            phrases_des_sorties.say_undocumented(lecture.ask("sorties_non_documentees"), sorties, toutes, hors_regles),
        )
    )
    suite, muets = part_silent(lecture, _write_aftermath(lecture))
    series = (_draw_entries(lecture), _draw_departures(lecture))
    images: list[Image | None] = [
        *series,
        draw_categories(lecture),
        _draw_natures(lecture),
        draw_types(lecture),
        draw_undocumented(lecture),
        draw_immediate_results(lecture),
    ]
    if sorties.valeur == 0:
        images = [*series, absent("sorties_categorie", "Sorties par catégorie", AUCUNE_SORTIE), images[-1]]
    sans_regle = say_without_rules(lecture, toutes)
    return Section(
        code="entrees_sorties",
        titre="Entrées et sorties",
        message=dites[0] if dites else "Qui entre, qui sort, et vers quoi ?",
        phrases=dites[1:],
        chiffres=(*_write_cards(lecture), *suite),
        images=tuple(image for image in images if image),
        tableaux=(table_of_rules(lecture, toutes),) if toutes.regles else (),
        muets=muets,
        notes=(sans_regle,) if sans_regle else (),
    )


def _write_cards(lecture: Lecture) -> tuple[Chiffre, ...]:
    entrees, sorties = flow_cards(lecture)
    return (
        entrees,
        *single_step_cards(lecture, "entrees", "Entrées, étapes seules", "jamais ajoutées aux entrées"),
        sorties,
        *single_step_cards(lecture, DEPARTS, "Sorties, étapes seules", "jamais ajoutées aux sorties"),
        *rate_cards(lecture),
        card(lecture, "sorties_non_documentees", "Sorties non documentées", write_why(lecture)),
        ratio_card(lecture, "sorties_saisies_a_temps", "Saisies dans le mois", "sorties dont le mois est écoulé"),
        card(lecture, "en_attente_de_validation", "En attente de validation", "solution trouvée, pas sortis"),
        with_mean(lecture, "duree_parcours_mediane", "Durée médiane des parcours", "duree_parcours_moyenne"),
    )


def _write_aftermath(lecture: Lecture) -> tuple[Chiffre, ...]:
    connue, fse = "sorties vers l’emploi dont la suite est connue", "sorties d’opération dont le mois est écoulé"
    return (
        ratio_card(lecture, "maintien_a_6_mois", "Toujours en emploi à 6 mois", connue),
        ratio_card(lecture, FSE_A_TEMPS, "Sorties d’opération saisies dans le mois", fse),
    )


def _draw_entries(lecture: Lecture) -> Image:
    titre = by_clock(lecture.filtres, "Entrées de chaque mois", "Entrées dans l’opération, chaque mois")
    vide = "Aucune entrée sur ces mois. Élargissez la période."
    return draw_months(lecture, "entrees", "entrees_mois", titre, vide, nom="Entrées", detail_seul=True)


def _draw_departures(lecture: Lecture) -> Image:
    titre = by_clock(lecture.filtres, "Sorties de chaque mois", "Sorties de l’opération, chaque mois")
    vide = "Aucune sortie sur ces mois. Élargissez la période."
    return draw_months(lecture, DEPARTS, "sorties_mois", titre, vide, nom="Sorties", detail_seul=True)


def draw_categories(lecture: Lecture) -> Image:
    """Exits by category; a click opens the types of one."""
    resultat = lecture.ask("sorties", "categorie")
    codes = {label_of("categorie", c): c.at("categorie") for c in resultat if c.par}
    barres = bars_of(lecture, resultat, lambda c: label_of("categorie", c))
    return draw_bars(
        "sorties_categorie",
        [b for b in barres if b.valeur != 0],
        sujet=by_clock(lecture.filtres, "Sorties par catégorie", "Sorties du PLIE par catégorie"),
        vide=AUCUNE_SORTIE,
        message=_say_rates(lecture),
        entete="Catégorie",
        nom="Sorties",
        unite="sorties",
        indicateurs=("sorties", TOUTES, HORS_NEUTRES),
        effectif=write_size_of_exits(lecture),
        note="neutres : celles que la règle du PLIE classe « autres »",
        clic=Clic.DETAIL,
        details=tuple((nom, draw_types(lecture, code)) for nom, code in codes.items()),
    )


def _say_rates(lecture: Lecture) -> str | None:
    toutes, bas = lecture.ask(TOUTES), lecture.ask(HORS_NEUTRES)
    if toutes.valeur is None or bas.valeur is None:
        return None
    parts = [write_value(taux.cellule, taux.unite) for taux in (toutes, bas)]
    jugees = " jugées par une règle" if toutes.cellule.denominateur != lecture.ask("sorties").valeur else ""
    return f"{parts[0]} des sorties{jugees} sont positives, {parts[1]} si l’on écarte les sorties neutres."


def _draw_natures(lecture: Lecture) -> Image:
    """What positive exits lead to."""
    sujet = by_clock(lecture.filtres, "Sorties positives par nature", "Sorties positives du PLIE par nature")
    resultat, total = lecture.ask("sorties_positives", "nature"), lecture.ask("sorties_positives")
    if not resultat.regles:
        return absent("sorties_nature", sujet, "Non documenté : aucune règle de sortie n’était en vigueur.")
    barres = greatest_first(bars_of(lecture, resultat, lambda c: label_of("nature", c)))
    return draw_bars(
        "sorties_nature",
        barres,
        sujet=sujet,
        vide="Aucune sortie positive sur la période. Élargissez la période ou le périmètre.",
        message=_say_first(barres, total),
        entete="Nature",
        nom="Sorties positives",
        unite="sorties",
        indicateurs=("sorties_positives",),
        effectif=phrases.write_size(total, "sortie positive", "sorties positives"),
    )


def _say_first(barres: Sequence[Barre], total: ResultatPublie) -> str | None:
    """« 41 sorties positives sur 68 sont de nature « emploi durable ». »"""
    nombre = barres[0].valeur if barres else None
    if nombre is None or not total.valeur:
        return None
    verbe = "est" if nombre < 2 else "sont"
    sorties = phrases.about(total) + phrases.count(nombre, "sortie positive", "sorties positives")
    return f"{sorties} sur {write_integer(total.valeur)} {verbe} de nature {quote(barres[0].nom)}."


def draw_immediate_results(lecture: Lecture) -> Image | None:
    """Séjours ended in the period by situation; nothing where nobody recorded it."""
    resultat, sorties = lecture.ask("resultats_immediats"), lecture.ask("sorties_operation")
    if not any(c.valeur or c.base for c in resultat):
        return None
    barres = bars_of(lecture, resultat, lambda c: label_of("situation", c))
    return draw_bars(
        "resultats_immediats",
        barres,
        sujet="Situation à la sortie des opérations",
        vide="",
        message=say_most_frequent(
            greatest_first(barres), "La situation la plus fréquente", "sortie d’opération", "sorties d’opération"
        ),
        entete="Situation",
        nom="Sorties d’opération",
        unite="sorties",
        indicateurs=("resultats_immediats", "sorties_operation"),
        effectif=phrases.write_size(sorties, "sortie d’opération", "sorties d’opération"),
        note="une personne qui quitte deux opérations compte dans chacune",
    )
