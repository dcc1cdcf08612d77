"""Objectifs: what was promised, where it stands, where it is heading, target by target."""

import streamlit as st

from components.cadre.page import open_page
from components.impression.cibles import OBJECTIFS_FERMES
from components.impression.objectifs import (
    choose_statuts,
    read_objectifs,
    show_a_retenir,
    show_all_in_table,
    show_latest,
    show_plie,
    show_statuts,
)
from components.messages.etats import guarded, show_empty, show_refused, stop_page
from indicators.statuts import SANS_OBJET_PAR_TERRITOIRE

perimetre = open_page("objectifs")
if perimetre.objectifs_fermes:
    show_refused(OBJECTIFS_FERMES)
    stop_page()
if perimetre.filtres.territoire is not None:
    show_empty(SANS_OBJET_PAR_TERRITOIRE, "Revenez à tout le territoire pour les voir.")
    stop_page()
with guarded():
    tous, evalues = read_objectifs(perimetre)
    show_a_retenir(evalues)
    gauche, droite = st.columns([3, 2], gap="large")
    with gauche:
        show_statuts(perimetre, evalues)
    with droite:
        show_latest(perimetre, evalues)
    statuts = choose_statuts(evalues)
    montres = [o for o in evalues if o.statut in statuts]
    show_all_in_table(perimetre, montres)
    show_plie(perimetre, tous, montres)
