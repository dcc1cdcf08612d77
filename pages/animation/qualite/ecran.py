"""Qualité: what is wrong in the stored data, for how long, whose turn it is to correct it."""

import streamlit as st

from components.cadre.page import open_page
from components.messages.etats import guarded
from pages.animation.qualite.anomalies import show_by_check, show_list
from pages.animation.qualite.compte import (
    read_qualite,
    show_exits_in_time,
    show_figures,
    show_questionnaires,
    show_trend,
)

perimetre = open_page("qualite")
with guarded():
    qualite = read_qualite(perimetre)
    show_figures(perimetre, qualite)
    gauche, droite = st.columns(2, gap="large")
    controle = None
    with gauche, guarded():
        controle = show_by_check(qualite)
    with droite:
        with guarded():
            show_questionnaires(perimetre, qualite.questionnaires)
        with guarded():
            show_exits_in_time(perimetre)
    with guarded():
        show_list(perimetre, qualite, controle)
    with guarded():
        show_trend(perimetre)
