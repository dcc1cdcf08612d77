"""Entrées et sorties: who comes, who leaves and towards what, under which rules."""

import streamlit as st

from components.entrees_sorties import (
    read_figures,
    show_by_category,
    show_by_nature,
    show_by_type,
    show_figures,
    show_rates,
    show_undocumented,
    write_a_retenir,
)
from components.messages import guarded
from components.page import open_page
from components.regles import show_rules
from components.series import show_monthly
from components.synthese import show_a_retenir

perimetre = open_page("entrees_sorties")
with guarded():
    figures = read_figures(perimetre)
    show_a_retenir(write_a_retenir(figures))
    show_figures(perimetre, figures)
    gauche, droite = st.columns(2, gap="large")
    with gauche, guarded():
        show_monthly(perimetre, "entrees", "Entrées de chaque mois", "entrées", "Aucune entrée. Élargissez la période.")
    with droite, guarded():
        show_monthly(perimetre, "sorties", "Sorties de chaque mois", "sorties", "Aucune sortie. Élargissez la période.")
    gauche, droite = st.columns(2, gap="large")
    categorie = None
    with gauche, guarded():
        categorie = show_by_category(perimetre, figures)
    with droite, guarded():
        show_rates(figures)
    gauche, droite = st.columns(2, gap="large")
    with gauche, guarded():
        show_by_type(perimetre, figures, categorie)
    with droite, guarded():
        show_by_nature(perimetre)
        show_undocumented(figures)
    with guarded():
        show_rules(perimetre, figures.toutes)
