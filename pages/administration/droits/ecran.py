"""Droits: who may see what, granted and removed here, and the journal of what was done."""

import streamlit as st

from components.cadre.page import open_tool_page
from components.messages.etats import guarded
from pages.administration.droits.conservation import show_conservation
from pages.administration.droits.gestes import show_grant, show_reading_change, show_removal
from pages.administration.droits.journal import show_journal
from pages.administration.droits.tableau import show_done, show_rights

PARTIES = {
    "Qui voit quoi": (show_rights, show_reading_change, show_removal),
    "Accorder un droit": (show_grant,),
    "Journal": (show_journal,),
    "Conservation": (show_conservation,),
}

open_tool_page("droits")
show_done()
onglets = st.tabs(list(PARTIES), key="droits_onglets", on_change="rerun")
for onglet, parties in zip(onglets, PARTIES.values(), strict=True):
    if onglet.open:
        with onglet:
            for show in parties:
                with guarded():
                    show()
