"""Définitions: what each figure counts, the splits, the exit rules, the checks; generated from the catalogue."""

from components.cadre.page import go_to_anchor, open_reference_page
from components.messages.etats import guarded
from pages.aide.definitions.parties import show_checks, show_indicators, show_rules, show_splits, show_summary

perimetre = open_reference_page("definitions")
show_summary()
with guarded():
    show_indicators()
with guarded():
    show_splits()
if perimetre is not None:
    with guarded():
        show_rules(perimetre)
with guarded():
    show_checks()
go_to_anchor()
