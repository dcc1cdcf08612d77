"""Entrées et sorties: who comes, who leaves and towards what, under which rules."""

import streamlit as st

from components.cadre.choix import Perimetre
from components.cadre.page import open_people_page
from components.impression.entrees_sorties import (
    AUCUNE_SORTIE,
    Figures,
    read_figures,
    show_by_category,
    show_by_nature,
    show_by_type,
    show_figures,
    show_rates,
    show_undocumented,
    write_a_retenir,
)
from components.impression.graphiques import show_missing
from components.impression.regles import show_rules
from components.impression.resultats_immediats import show_immediate_results
from components.impression.series import show_monthly
from components.impression.synthese import show_a_retenir
from components.messages.etats import guarded
from indicators.horloges import by_clock, departures


def show_series(perimetre: Perimetre) -> None:
    """Entries and exits month by month."""
    gauche, droite = st.columns(2, gap="large")
    with gauche, guarded():
        titre = by_clock(perimetre.filtres, "Entrées de chaque mois", "Entrées dans l’opération, chaque mois")
        show_monthly(perimetre, "entrees", titre, "entrées", "Aucune entrée. Élargissez la période.")
    with droite, guarded():
        titre = by_clock(perimetre.filtres, "Sorties de chaque mois", "Sorties de l’opération, chaque mois")
        partis = departures(perimetre.filtres)
        show_monthly(perimetre, partis, titre, "sorties", "Aucune sortie. Élargissez la période.")


def show_exits(perimetre: Perimetre, figures: Figures) -> None:
    """What exits are worth; the category clicked opens its types below."""
    gauche, droite = st.columns(2, gap="large")
    categorie = None
    with gauche, guarded():
        categorie = show_by_category(perimetre, figures)
    with droite, guarded():
        show_rates(figures)
    gauche, droite = st.columns(2, gap="large")
    with gauche, guarded():
        show_by_type(perimetre, figures, categorie)
    with droite:
        with guarded():
            show_by_nature(perimetre)
        with guarded():
            show_undocumented(figures)


perimetre = open_people_page("entrees_sorties")
with guarded():
    figures = read_figures(perimetre)
    show_a_retenir(write_a_retenir(perimetre, figures))
    show_figures(perimetre, figures)
    show_series(perimetre)
    if figures.sorties.valeur == 0:
        show_missing("Sorties par catégorie", AUCUNE_SORTIE)
    else:
        show_exits(perimetre, figures)
    with guarded():
        show_immediate_results(perimetre)
    with guarded():
        show_rules(perimetre, figures.toutes)
