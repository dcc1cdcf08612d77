"""Droits: who may see what, granted and removed here, and the journal of what was done."""

from components.cadre.page import open_tool_page, show_tabs
from pages.administration.droits.conservation import show_conservation
from pages.administration.droits.journal import show_journal
from pages.administration.droits.tableau import show_done, show_grant, show_reading_change, show_removal, show_rights

PARTIES = {
    "Qui voit quoi": (show_rights, show_reading_change, show_removal),
    "Accorder un droit": (show_grant,),
    "Journal": (show_journal,),
    "Conservation": (show_conservation,),
}

open_tool_page("droits")
show_done()
show_tabs(PARTIES, "droits_onglets")
