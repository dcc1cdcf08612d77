"""Importer: check a workbook, see what it would change, confirm; nothing changes before."""

import streamlit as st

from components.import_changements import show_changements, show_loaded
from components.import_comparaison import show_comparaison
from components.import_depot import check_waiting, choose_examen, show_drop, show_title
from components.import_etat import AUTRE_LOGICIEL, CHANGEMENTS, CHARGER, HISTORIQUE, ONGLETS, Issue
from components.import_historique import show_historique
from components.import_profil import show_autre_logiciel
from components.import_rapport import show_rapport, show_refusal
from components.messages import guarded
from components.page import open_tool_page


def show_charger() -> None:
    """Drop, checks, what would change, confirmation."""
    show_drop()
    check_waiting()
    examen = choose_examen()
    if examen is None:
        return
    show_title(examen)
    if examen.issue is Issue.REFUSE:
        show_refusal(examen)
    elif examen.issue is Issue.CHARGE:
        show_loaded(examen)
    show_rapport(examen)
    if examen.issue in (Issue.A_CONFIRMER, Issue.INCHANGE):
        show_changements(examen)


PARTIES = {
    CHARGER: show_charger,
    AUTRE_LOGICIEL: show_autre_logiciel,
    HISTORIQUE: show_historique,
    CHANGEMENTS: show_comparaison,
}

open_tool_page("importer")
onglets = st.tabs(list(PARTIES), key=ONGLETS, on_change="rerun")
for onglet, show in zip(onglets, PARTIES.values(), strict=True):
    if onglet.open:
        with onglet, guarded():
            show()
