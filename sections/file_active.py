"""File active: its months, its flow, its operations, its référents, those who have been there long."""

from indicators.horloges import by_clock, name_clock
from indicators.nombres import write_date, write_value
from indicators.objectifs import ObjectifEvalue
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, ResultatPublie
from sections.cartes import by_mode, card, part_silent, ratio_card, single_step_cards, with_mean
from sections.contenu import Chiffre, Section
from sections.dessins import (
    Barre,
    absent,
    bar_of,
    codes_of,
    draw_bars,
    draw_months,
    explain_absence,
    months_of,
    write_small_months,
    write_sum,
)
from sections.images import Clic, Forme, Image, Serie
from sections.lecture import DEPARTS, Lecture, Quand, cards, monthly, now, split
from sections.par_operation import by_operation, list_by_operation
from sections.referents import PAR_ETP, PAR_REFERENT, draw_team, name_norm

PAR_MOIS, PREMIER, DANS_LES_JOURS = (
    "contacts_par_participant_et_mois",
    "premier_entretien",
    "premier_entretien_respecte",
)
DEMANDES = (
    *cards(
        "file_active", PAR_ETP, "anciennete_mediane", "file_active_suspendus", "entretien_du_mois", PAR_MOIS, PREMIER
    ),
    *by_mode("file_active"),
    *now("anciennete_moyenne", DANS_LES_JOURS, "entrees", DEPARTS, "parcours_longs"),
    *split(PAR_MOIS, "nature_contact"),
    *monthly("file_active"),
    *split("entrees", "mois", quand=Quand.SERIE),
    *split(DEPARTS, "mois", quand=Quand.SERIE),
    *split("entrees", quand=Quand.SERIE),
    *split(DEPARTS, quand=Quand.SERIE),
    *by_operation("file_active"),
    *split("file_active", "plie", "referent"),
    *split(PAR_REFERENT, "plie", "referent"),
)


def write_file_active(lecture: Lecture) -> Section:
    """The stock, in figures and in pictures."""
    norme = lecture.find_target(PAR_ETP, protocole=False)
    dites = phrases.keep(
        (
            phrases.say_file_active(lecture.ask("file_active"), lecture.ask_year_before("file_active")),
            phrases.say_flow(lecture.ask("entrees"), lecture.ask(DEPARTS)),
            _say_norm(lecture, norme),
        )
    )
    suivi, muets = part_silent(lecture, _write_follow_up(lecture))
    return Section(
        code="file_active",
        titre="File active",
        message=dites[0] if dites else "Combien de personnes suit-on ?",
        phrases=dites[1:],
        chiffres=(
            card(lecture, "file_active", "File active", f"au {write_date(lecture.filtres.periode.au)}"),
            card(lecture, PAR_ETP, "Par équivalent temps plein", cible=name_norm(norme)),
            with_mean(lecture, "anciennete_mediane", "Ancienneté médiane", "anciennete_moyenne"),
            *single_step_cards(lecture, "file_active", "Étapes seules", "jamais ajoutées à la file active"),
            *suivi,
        ),
        images=(
            draw_stock(lecture),
            draw_monthly_flow(lecture),
            _draw_operations(lecture),
            draw_team(lecture),
            _draw_seniority(lecture),
        ),
        muets=muets,
    )


def _say_norm(lecture: Lecture, norme: ObjectifEvalue | None) -> str | None:
    if norme is None or norme.objectif is None or norme.nature not in ("maximum", "minimum"):
        return None
    return phrases.say_norm(lecture.ask(PAR_ETP), norme.objectif, norme.nature == "maximum")


def _write_follow_up(lecture: Lecture) -> tuple[Chiffre, ...]:
    """Who is suspended, how often the others are met, and how soon."""
    return (
        card(lecture, "file_active_suspendus", "Parcours suspendus", "compris dans la file active"),
        ratio_card(lecture, "entretien_du_mois", "Vus en entretien dans le mois", "parcours non suspendus"),
        card(lecture, PAR_MOIS, "Contacts par personne et par mois", _of_which_meetings(lecture)),
        card(lecture, PREMIER, "Délai du premier entretien", _within(lecture)),
    )


def _of_which_meetings(lecture: Lecture) -> str:
    """« dont entretiens : 0,8 »."""
    par_nature = lecture.ask(PAR_MOIS, "nature_contact")
    entretiens = next((c for c in par_nature if dict(c.par).get("nature_contact") == "entretien"), None)
    if entretiens is None or entretiens.valeur is None:
        return ""
    return f"dont entretiens : {write_value(entretiens, par_nature.unite)}"


def _within(lecture: Lecture) -> str:
    """« médiane ; 17 % dans les 30 jours de la prescription »."""
    parts = lecture.ask(DANS_LES_JOURS)
    dites = [
        f"{write_value(c, parts.unite)} dans les {c.at('seuil')} jours de la prescription"
        for c in parts
        if c.valeur is not None
    ]
    return "médiane ; " + ", ".join(dites) if dites else "médiane, depuis la prescription"


def draw_stock(lecture: Lecture) -> Image:
    """File active at each month's end, last year's beside."""
    nom = name_clock("file_active", "File active", lecture.filtres)
    mois, serie = months_of(lecture.ask("file_active", "mois", quand=Quand.SERIE), nom)
    return draw_months(
        lecture,
        "file_active",
        "file_active_mois",
        f"{nom} à la fin de chaque mois",
        "Aucun parcours sur ces mois. Élargissez la période.",
        message=_say_trend(serie, mois, by_clock(lecture.filtres, "la file active", "le nombre de présents")),
        effectif=f"dernier jour : {serie.textes[-1]} parcours"
        if serie.valeurs and serie.valeurs[-1] is not None
        else "",
        nom=nom,
    )


def _say_trend(serie: Serie, mois: tuple[str, ...], quoi: str) -> str | None:
    """« De sept. 2020 à août 2021, la file active passe de 1 012 à 986 parcours. »"""
    if not mois or serie.valeurs[0] is None or serie.valeurs[-1] is None:
        return None
    bornes = f"De {mois[0]} à {mois[-1]}, {quoi}"
    if serie.valeurs[0] == serie.valeurs[-1]:
        return f"{bornes} reste à {serie.textes[-1]} parcours."
    return f"{bornes} passe de {serie.textes[0]} à {serie.textes[-1]} parcours."


def draw_monthly_flow(lecture: Lecture) -> Image:
    """Entries and exits month by month, over the same months as the series."""
    par_mois, partis = (lecture.ask(code, "mois", quand=Quand.SERIE) for code in ("entrees", DEPARTS))
    (mois, entrees), (_, sorties) = months_of(par_mois, "Entrées"), months_of(partis, "Sorties")
    titre = by_clock(
        lecture.filtres, "Entrées et sorties de chaque mois", "Entrées et sorties de l’opération, chaque mois"
    )
    if not any((*entrees.valeurs, *sorties.valeurs)):
        barres = [bar_of("", c, par_mois) for c in (*par_mois, *partis)]
        vide = "Aucune entrée ni sortie. Élargissez la période."
        return absent("flux_mensuel", titre, explain_absence(barres, vide), Forme.FLUX)
    return Image(
        code="flux_mensuel",
        genre=Forme.FLUX,
        message=phrases.say_flow(
            lecture.ask("entrees", quand=Quand.SERIE),
            lecture.ask(DEPARTS, quand=Quand.SERIE),
            f"De {mois[0]} à {mois[-1]}",
        )
        or titre,
        sujet=f"{titre}, de {mois[0]} à {mois[-1]}",
        entete="Mois",
        categories=mois,
        series=(entrees, sorties),
        unite="parcours",
        indicateurs=("entrees", partis.indicateur),
        note=write_small_months(entrees, sorties),
        mois=codes_of(par_mois),
    )


def _draw_operations(lecture: Lecture) -> Image:
    """File active of each operation, whatever the one chosen; a click restricts every page to it."""
    barres = list_by_operation(lecture, "file_active")
    return draw_bars(
        "file_active_operation",
        barres,
        sujet="File active par opération",
        vide="Aucune opération ne suit de parcours à cette date.",
        message=_say_busiest_operation(barres),
        entete="Opération",
        nom="File active",
        unite="parcours",
        indicateurs=("file_active",),
        effectif=_sum_and_distinct(lecture, barres),
        note="un parcours peut suivre plusieurs opérations : les barres ne s’ajoutent pas",
        clic=Clic.OPERATION,
    )


def _say_busiest_operation(barres: list[Barre]) -> str | None:
    if len(barres) < 2 or barres[0].valeur is None:
        return None
    nom = phrases.shorten(barres[0].nom, 50)
    return phrases.end_sentence(f"L’opération la plus suivie accompagne {barres[0].texte} parcours : {nom}")


def _sum_and_distinct(lecture: Lecture, barres: list[Barre]) -> str:
    """« somme des opérations : 512 ; en opération ou non, parcours distincts : 986 »; nothing where one is unknown."""
    somme, distincts = write_sum(barres, "parcours"), lecture.ask("file_active", large=True)
    if not somme or distincts.valeur is None or lecture.larges.operation is not None:
        return ""
    tous = write_value(distincts.cellule, distincts.unite)
    return f"somme des opérations : {somme} ; en opération ou non, parcours distincts : {tous}"


def _draw_seniority(lecture: Lecture) -> Image:
    """How many have been there for each threshold of the PLIE or longer."""
    stock, longs = lecture.ask("file_active"), lecture.ask("parcours_longs")
    sujet = name_clock("parcours_longs", "Parcours longs", lecture.filtres)
    entres = by_clock(lecture.filtres, "", "entrés dans le PLIE depuis ")
    vide = "Personne n’est présent ce jour-là : aucune ancienneté à montrer."
    if stock.valeur == 0:
        return absent("parcours_longs", sujet, vide)
    barres = []
    for cellule in longs:
        part = phrases.write_share(cellule, stock.cellule, 0)
        texte = write_value(cellule, longs.unite) + (f" ({part})" if part else "")
        nom = phrases.capitalise(f"{entres}{dict(cellule.par).get('seuil', '?')} mois ou plus")
        barres.append(bar_of(nom, cellule, longs, texte))
    return draw_bars(
        "parcours_longs",
        barres,
        sujet=sujet,
        vide=vide,
        message=_say_long(longs, stock.cellule),
        entete="Ancienneté",
        nom=by_clock(lecture.filtres, "Parcours (part de la file active)", "Parcours (part des présents)"),
        unite="parcours",
        indicateurs=("parcours_longs",),
        effectif=phrases.write_n(stock.cellule, "parcours en cours"),
        note=phrases.say_nested(len(barres)),
    )


def _say_long(longs: ResultatPublie, stock: Cellule) -> str | None:
    """« 312 parcours en cours durent depuis 24 mois : 32 % de la file active. » The longest threshold that has one."""
    for cellule in reversed(longs.cellules):
        if cellule.valeur:
            dedans = longs.filtres.operation is not None
            nombre = phrases.count(cellule.valeur, *(_LONGS_DANS_L_OPERATION if dedans else _LONGS))
            part = phrases.write_share(cellule, stock, 0)
            suite = f" : {part} {'des présents' if dedans else 'de la file active'}" if part else ""
            return phrases.capitalise(f"{phrases.about(longs)}{nombre} depuis {cellule.at('seuil')} mois{suite}.")
    return None


_LONGS = ("parcours en cours dure", "parcours en cours durent")
_LONGS_DANS_L_OPERATION = ("présent est dans le PLIE", "présents sont dans le PLIE")
