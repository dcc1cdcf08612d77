"""Projeter la séance: an edition slide by slide."""

import streamlit as st

from components.cadre.page import open_page
from components.messages.etats import guarded
from components.seances.editions import is_one_plie
from pages.animation.projection.diapositives import show_projection

# Named so that it can be hidden while the slides are projected.
with st.container(key="entete_de_page"):
    perimetre = open_page("projection")
if is_one_plie(perimetre):
    with guarded():
        show_projection(perimetre.codes[0])
