"""File active: how many, month by month, through which operation, with whom, since when."""

import streamlit as st

from components.cadre.page import open_people_page
from components.impression.file_active import (
    show_by_operation,
    show_by_referent,
    show_figures,
    show_monthly_flow,
    show_seniority,
    show_series,
)
from components.messages.etats import guarded

perimetre = open_people_page("file_active")
with guarded():
    show_figures(perimetre)
with guarded():
    show_series(perimetre)
gauche, droite = st.columns(2, gap="large")
with gauche, guarded():
    show_monthly_flow(perimetre)
with droite, guarded():
    show_seniority(perimetre)
gauche, droite = st.columns(2, gap="large")
with gauche, guarded():
    show_by_operation(perimetre)
with droite, guarded():
    show_by_referent(perimetre)
