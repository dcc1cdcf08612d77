"""Dossiers de séance: what was published to the committee, as it was, with its files."""

from components.messages import guarded
from components.page import open_page
from components.seance import is_one_plie
from components.seance_editions import is_whole_plie_open, show_dossiers

perimetre = open_page("dossiers")
if is_one_plie(perimetre) and is_whole_plie_open(perimetre):
    with guarded():
        show_dossiers(perimetre)
