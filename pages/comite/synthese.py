"""Synthèse: where we stand, in figures, in one chart and in sentences."""

import streamlit as st

from components.cartes import Carte, make_carte, show_cartes
from components.choix import Perimetre
from components.cibles import find_cible, objectifs_of, of_protocol, write_objectif, write_reached
from components.messages import guarded
from components.page import open_page
from components.synthese import read_figures, show_a_retenir, show_flow, show_protocol, write_a_retenir
from indicators.objectifs import ObjectifEvalue

POSITIVES = "taux_sorties_positives"
HORS_NEUTRES = "taux_sorties_positives_hors_neutres"


def cible_of(evalues: list[ObjectifEvalue], code: str) -> str:
    """« Objectif : 50,0 % » of the protocol, empty when it has none."""
    cible = find_cible(evalues, code)
    return f"Objectif du protocole : {write_objectif(cible, cible.objectif)}" if cible else ""


def show_figures(perimetre: Perimetre, evalues: list[ObjectifEvalue]) -> None:
    """The seven cards."""
    filtres, protocole = perimetre.filtres, of_protocol(evalues)
    atteints, precision = write_reached(evalues)
    show_cartes(
        (
            make_carte("file_active", filtres, "File active", "parcours en cours au dernier jour"),
            make_carte("entrees", filtres, "Entrées", "parcours commencés dans la période"),
            make_carte("sorties", filtres, "Sorties", "parcours terminés dans la période"),
            make_carte(POSITIVES, filtres, "Sorties positives, toutes sorties", cible=cible_of(protocole, POSITIVES)),
            make_carte(
                HORS_NEUTRES, filtres, "Sorties positives, hors neutres", cible=cible_of(protocole, HORS_NEUTRES)
            ),
            make_carte("sorties_non_documentees", filtres, "Sorties non documentées", "comptées dans les deux taux"),
            make_carte("part_femmes", filtres, "Part de femmes", "participants accompagnés dans la période"),
            Carte("Objectifs atteints", atteints, precision=precision, mot="/" not in atteints),
        )
    )


perimetre = open_page("synthese")
evalues: list[ObjectifEvalue] = []
with guarded():
    evalues = objectifs_of(perimetre)
    show_figures(perimetre, evalues)
gauche, droite = st.columns(2, gap="large")
with guarded():
    figures = read_figures(perimetre)
    with gauche:
        show_a_retenir(write_a_retenir(figures, evalues))
    with droite:
        show_flow(perimetre, figures)
with guarded():
    show_protocol(perimetre, of_protocol(evalues))
