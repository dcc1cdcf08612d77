"""Droits: who may see what, granted and removed here, and the journal of what was done."""

import streamlit as st

from components.conservation import show_conservation
from components.droits import show_done, show_rights
from components.droits_accorder import show_grant
from components.droits_lecture import show_reading_change
from components.droits_retirer import show_removal
from components.journal import show_journal
from components.messages import guarded
from components.page import open_tool_page

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
