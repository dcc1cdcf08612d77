"""Préparer la séance: compose, publish, reopen, compare, decide."""

from functools import partial

from components.cadre.page import open_page, show_tabs
from components.seances.decisions import show_decisions
from components.seances.editions import is_one_plie, show_editions
from pages.animation.seance.comparer import show_comparer
from pages.animation.seance.documents import show_documents
from pages.animation.seance.preparation import show_preparation

PARTIES = {
    "Préparer": show_preparation,
    "Éditions": show_editions,
    "Comparer": show_comparer,
    "Décisions": show_decisions,
    "Modèle et logos": show_documents,
}

perimetre = open_page("seance")
if is_one_plie(perimetre):
    show_tabs({nom: (partial(show, perimetre),) for nom, show in PARTIES.items()}, "onglets_de_seance")
