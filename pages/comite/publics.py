"""Publics et parité: who the people are, and whether women have their share of each step."""

import streamlit as st

from components.cadre.page import open_people_page
from components.impression.parite import read_a_retenir, show_by_sex, show_figures, show_parity
from components.impression.publics import show_age_by_sex, show_diplomas, show_publics
from components.impression.questionnaire import show_questionnaire
from components.messages.etats import guarded
from components.messages.texte import plain

perimetre = open_people_page("publics")
with guarded():
    if phrase := read_a_retenir(perimetre.filtres):
        st.markdown(f"**À retenir.** {plain(phrase)}")
with guarded():
    show_figures(perimetre)
gauche, droite = st.columns([3, 2], gap="large")
with guarded():
    with gauche:
        population = show_parity(perimetre)
    with droite:
        show_by_sex(perimetre, population)
gauche, droite = st.columns(2, gap="large")
with gauche, guarded():
    show_publics(perimetre)
with droite, guarded():
    show_age_by_sex(perimetre)
    show_diplomas(perimetre)
with guarded():
    show_questionnaire(perimetre)
