"""One operation in full: where its people come from, its months, its publics, its étapes, its exits, its targets."""

from indicators.nombres import write_date, write_number, write_short_date
from indicators.phrases import chiffres as phrases
from indicators.realisations import AXES
from indicators.referentiel import SOUTIEN_AUX_STRUCTURES, Operation, supports_structures
from sections.cartes import FLUX, TAUX, card, flow_cards, part_silent, rate_cards, ratio_card
from sections.contenu import Chiffre, Groupe, Section
from sections.entrees_sorties import draw_categories, draw_immediate_results
from sections.etapes import draw_classes
from sections.file_active import draw_monthly_flow, draw_stock
from sections.images import Image, Tableau
from sections.lecture import DEPARTS, Demande, Lecture, Quand, cards, monthly, now, split
from sections.objectifs import group_targets
from sections.publics import EFFECTIF, SITUATIONS, draw_ages, draw_situations
from sections.synthese import draw_identity, write_reached_card

A_TEMPS = "sorties_operation_saisies_a_temps"
_LES_DEUX = (Quand.PERIODE, Quand.UN_AN_AVANT)
DEMANDES = (
    *cards("file_active", "file_active_par_etp", EFFECTIF, "part_femmes", "etapes", "heures_etapes", A_TEMPS),
    *FLUX,
    *TAUX,
    *now("sorties_operation", "resultats_immediats"),
    *split("file_active", quand=Quand.VEILLE),
    *monthly("file_active"),
    *(Demande(code, par, Quand.SERIE) for code in ("entrees", DEPARTS) for par in ((), ("mois",))),
    *(Demande(EFFECTIF, (code,), quand) for code in SITUATIONS for quand in _LES_DEUX),
    *split(EFFECTIF, "age"),
    *(Demande(EFFECTIF, ("sexe", "age"), quand) for quand in _LES_DEUX),
    *split("etapes", "plie", "classe", "type_etape"),
    *split("etapes_participants", "plie", "classe", "type_etape"),
    *split("sorties", "plie", "categorie", "nature", "type_sortie"),
    *split("sorties", "categorie"),
)


def write_one(lecture: Lecture, operation: Operation) -> Section:
    """The operation that is chosen; of one that supports structures, its targets and what it did."""
    soutien = supports_structures(operation)
    groupes = tuple(g for g in group_targets(lecture, list(lecture.objectifs)) if g.code == operation.code_operation)
    chiffres, muets = ((), "") if soutien else _write_cards(lecture)
    return Section(
        code="operations",
        titre="Opérations",
        message=_present(lecture, operation),
        phrases=_say_what(lecture, operation, soutien),
        chiffres=(*chiffres, write_reached_card(lecture)),
        images=() if soutien else _draw_all(lecture),
        groupes=groupes,
        tableaux=_list_realisations(lecture, operation, groupes),
        muets=muets,
    )


def _present(lecture: Lecture, operation: Operation) -> str:
    """« AXE1 · Accompagnement : du 1er janvier 2015 au 31 décembre 2021, 6,4 ETP. »"""
    etp = f", {write_number(operation.etp)} ETP" if operation.etp else ""
    bornes = f"du {write_date(operation.debut)} au {write_date(operation.fin)}"
    return f"{operation.code_operation} · {operation.intitule} : {bornes}{etp}."


def _say_what(lecture: Lecture, operation: Operation, soutien: bool) -> tuple[str, ...]:
    porteur = operation.structure_beneficiaire
    return phrases.keep(
        (
            SOUTIEN_AUX_STRUCTURES if soutien else None,
            None
            if soutien
            else phrases.say_file_active(lecture.ask("file_active"), lecture.ask_year_before("file_active")),
            None if soutien else phrases.say_flow(lecture.ask("entrees"), lecture.ask(DEPARTS)),
            f"Portée par {porteur}." if porteur else None,
            f"Axe : {operation.axe}." if operation.axe else None,
            f"Source : {operation.source}." if operation.source else None,
        )
    )


def _write_cards(lecture: Lecture) -> tuple[tuple[Chiffre, ...], str]:
    fse = "sorties d’opération dont le mois est écoulé"
    secondaires, muets = part_silent(
        lecture,
        (
            card(lecture, "file_active_par_etp", "Présents par ETP"),
            card(lecture, "heures_etapes", "Heures d’étapes", "des étapes comptées actives dans la période"),
            ratio_card(lecture, A_TEMPS, "Sorties d’opération saisies dans le mois", fse),
        ),
    )
    premieres = (
        card(lecture, "file_active", "Présents"),
        *flow_cards(lecture),
        card(lecture, EFFECTIF, "Accompagnés dans la période"),
        *rate_cards(lecture),
        card(lecture, "part_femmes", "Part de femmes", "participants accompagnés dans la période"),
        card(lecture, "etapes", "Étapes", "rattachées à cette opération, hors types non comptés"),
    )
    return (*premieres, *secondaires), muets


def _draw_all(lecture: Lecture) -> tuple[Image, ...]:
    images = (
        draw_identity(lecture),
        draw_stock(lecture),
        draw_monthly_flow(lecture),
        draw_situations(lecture),
        draw_ages(lecture),
        draw_classes(lecture),
        draw_categories(lecture),
        draw_immediate_results(lecture),
    )
    return tuple(image for image in images if image)


def _list_realisations(lecture: Lecture, operation: Operation, groupes: tuple[Groupe, ...]) -> tuple[Tableau, ...]:
    """Declared values by structure, company and sector: one table an axis; nothing where no row says whose they are."""
    lues = lecture.source.read_realisations(lecture.filtres.plie, operation.code_operation, lecture.filtres.periode)
    noms = {o.indicateur: o.libelle for o in lecture.objectifs if o.operation == operation.code_operation}
    periode, tableaux = lecture.filtres.periode, []
    bornes = f"du {write_short_date(periode.du)} au {write_short_date(periode.au)}"
    note = f"valeurs déclarées {bornes} ; d’unités différentes, elles ne s’ajoutent pas"
    for axe in AXES:
        siennes = [r for r in lues if r.axe == axe]
        lignes = tuple((noms.get(r.code_indicateur, r.code_indicateur), r.nom, write_number(r.valeur)) for r in siennes)
        if lignes:
            entete = ("Réalisation", axe.capitalize(), "Valeur")
            tableaux.append(Tableau(entete, lignes, f"Réalisations par {axe}", note))
    return tuple(tableaux)
