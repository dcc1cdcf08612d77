"""Étapes: what participants do, how much, and who has done nothing for a while."""

import streamlit as st

from components.cadre.choix import Perimetre
from components.cadre.page import open_people_page
from components.impression.delais_des_etapes import show_before_exits, show_first_etape
from components.impression.etapes import Figures, read_figures, show_absent_sources, show_figures, write_a_retenir
from components.impression.repartition_des_etapes import (
    show_by_classe,
    show_by_operation,
    show_by_sexe,
    show_by_type,
    show_listed_only,
)
from components.impression.series import show_monthly
from components.impression.synthese import show_a_retenir
from components.messages.etats import guarded

VIDE = "Aucune étape commencée. Élargissez la période."


def show_distribution(perimetre: Perimetre, figures: Figures) -> None:
    """How the étapes are shared out, and when they begin."""
    gauche, droite = st.columns(2, gap="large")
    classe = None
    with gauche, guarded():
        classe = show_by_classe(perimetre, figures)
    with droite, guarded():
        show_by_sexe(perimetre, figures)
    gauche, droite = st.columns(2, gap="large")
    with gauche, guarded():
        show_by_type(perimetre, figures, classe)
    with droite:
        with guarded():
            show_monthly(perimetre, "etapes_commencees", "Étapes commencées chaque mois", "étapes", VIDE)
        with guarded():
            show_by_operation(perimetre)
        with guarded():
            show_listed_only(perimetre, figures)
    gauche, droite = st.columns(2, gap="large")
    with gauche, guarded():
        show_first_etape(perimetre)
    with droite, guarded():
        show_before_exits(perimetre)


perimetre = open_people_page("etapes")
with guarded():
    figures = read_figures(perimetre)
    show_a_retenir(write_a_retenir(perimetre, figures))
    show_absent_sources(perimetre, figures)
    show_figures(perimetre, figures)
    if figures.documente:
        show_distribution(perimetre, figures)
