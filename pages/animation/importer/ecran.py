"""Importer: check a workbook, see what it would change, confirm; nothing changes before."""

from components.cadre.page import open_tool_page, show_tabs
from pages.animation.importer.changements import show_changements, show_loaded
from pages.animation.importer.depot import (
    AUTRE_LOGICIEL,
    CHANGEMENTS,
    CHARGER,
    HISTORIQUE,
    ONGLETS,
    Issue,
    check_waiting,
    choose_examen,
    show_drop,
    show_title,
)
from pages.animation.importer.historique import show_comparaison, show_historique
from pages.animation.importer.profil import show_autre_logiciel
from pages.animation.importer.rapport import show_rapport, show_refusal


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
    CHARGER: (show_charger,),
    AUTRE_LOGICIEL: (show_autre_logiciel,),
    HISTORIQUE: (show_historique,),
    CHANGEMENTS: (show_comparaison,),
}

open_tool_page("importer")
show_tabs(PARTIES, ONGLETS)
