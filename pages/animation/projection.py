"""Projeter la séance: an edition slide by slide."""

import streamlit as st

from components.messages import guarded
from components.page import open_page
from components.projection import show_projection
from components.seance import is_one_plie

# Named so that it can be hidden while the slides are projected.
with st.container(key="entete_de_page"):
    perimetre = open_page("projection")
if is_one_plie(perimetre):
    with guarded():
        show_projection(perimetre.codes[0])
