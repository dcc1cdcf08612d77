"""Dossiers de séance: what was published to the committee, as it was, with its files."""

from components.cadre.page import open_page
from components.messages.etats import guarded
from components.seances.editions import is_one_plie, is_whole_plie_open, show_dossiers

perimetre = open_page("dossiers")
if is_one_plie(perimetre) and is_whole_plie_open(perimetre):
    with guarded():
        show_dossiers(perimetre)
