"""Synthèse: where we stand, in figures, in sentences and in one sum."""

import streamlit as st

from components.cadre.chiffres import chiffre
from components.cadre.choix import Perimetre
from components.cadre.page import open_people_page
from components.impression.cartes import Carte, make_carte, show_cartes
from components.impression.cibles import OBJECTIFS_FERMES, find_cible, objectifs_of
from components.impression.operation import flow_cards
from components.impression.synthese import read_figures, show_a_retenir, show_flow, show_protocol, write_a_retenir
from components.messages.etats import guarded
from indicators.objectifs import ObjectifEvalue
from indicators.phrases.sorties import note_outside_rules, write_outside_rules
from indicators.statuts import of_protocol, write_objectif, write_reached


def rate_card(perimetre: Perimetre, evalues: list[ObjectifEvalue], code: str, titre: str) -> Carte:
    """A rate of positive exits, named with its denominator, beside the protocol's target if it has one."""
    cible = find_cible(perimetre, of_protocol(evalues), code)
    ecrite = f"Objectif du protocole : {write_objectif(cible, cible.objectif)}" if cible else ""
    hors = write_outside_rules(chiffre("sorties_hors_regles", perimetre.filtres.split_by("plie")))
    return make_carte(code, perimetre.filtres, titre, f"hors {hors} sans règle ce jour-là" if hors else "", ecrite)


def target_card(perimetre: Perimetre, evalues: list[ObjectifEvalue]) -> Carte:
    """How many targets are reached, out of those that can be judged."""
    if perimetre.objectifs_fermes:
        return Carte("Objectifs atteints", "non montré", precision=OBJECTIFS_FERMES, mot=True)
    atteints, precision = write_reached(evalues, perimetre.filtres.territoire)
    return Carte("Objectifs atteints", atteints, precision=precision, mot="/" not in atteints)


def show_figures(perimetre: Perimetre, evalues: list[ObjectifEvalue]) -> None:
    """The cards."""
    filtres = perimetre.filtres
    show_cartes(
        (
            make_carte("file_active", filtres, "File active", "parcours en cours au dernier jour"),
            *flow_cards(filtres),
            rate_card(perimetre, evalues, "taux_sorties_positives", "Sorties positives, toutes sorties"),
            rate_card(perimetre, evalues, "taux_sorties_positives_hors_neutres", "Sorties positives, hors neutres"),
            make_carte(
                "sorties_non_documentees",
                filtres,
                "Sorties non documentées",
                note_outside_rules(chiffre("sorties_hors_regles", filtres.split_by("plie"))),
            ),
            make_carte("part_femmes", filtres, "Part de femmes", "participants accompagnés dans la période"),
            target_card(perimetre, evalues),
        )
    )


perimetre = open_people_page("synthese")
evalues: list[ObjectifEvalue] = []
with guarded():
    evalues = objectifs_of(perimetre)
    show_figures(perimetre, evalues)
with guarded():
    figures = read_figures(perimetre)
    gauche, droite = st.columns(2, gap="large")
    with gauche:
        show_a_retenir(write_a_retenir(perimetre, figures, evalues))
    with droite:
        show_flow(perimetre, figures)
with guarded():
    show_protocol(perimetre, of_protocol(evalues))
