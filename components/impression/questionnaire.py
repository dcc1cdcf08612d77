"""Employment, housing and household at entry, on the page « Publics et parité »: drawn only where they are known."""

import pandas as pd
import streamlit as st

from charts import palette
from charts.parts import parts_empilees
from components.cadre.choix import Perimetre
from components.impression.graphiques import show_chart
from components.impression.publics import Repartition, group_of, read_split, row_of, show_distribution
from indicators.decoupages import find_decoupage
from indicators.phrases.chiffres import enumerate_in_words

EMPLOI, MENAGE = "emploi", ("logement", "monoparental", "parent_ne_etranger")
TITRE = "Logement et ménage à l’entrée"


def show_questionnaire(perimetre: Perimetre) -> None:
    """Two charts side by side, and one line that names what no row says."""
    lues = {code: read_split(code, perimetre.filtres) for code in (EMPLOI, *MENAGE)}
    sues = [code for code, (jour, _) in lues.items() if _is_known(jour)]
    if sues:
        gauche, droite = st.columns(2, gap="large")
        with gauche:
            if EMPLOI in sues:
                show_distribution(perimetre, EMPLOI, "Situation")
        with droite if EMPLOI in sues else gauche:
            _show_household([lues[code] for code in MENAGE if code in sues])
    inconnues = [find_decoupage(code).libelle for code in lues if code not in sues]
    if inconnues and (lues[EMPLOI][0].total or lues[EMPLOI][0].tous.base):
        st.caption(write_unknown(inconnues))


def write_unknown(noms: list[str]) -> str:
    """« Non documenté, ce n’est pas zéro : situation d’emploi à l’entrée et famille monoparentale. »"""
    bas = [nom[:1].lower() + nom[1:] for nom in noms]
    return f"Non documenté, ce n’est pas zéro : {enumerate_in_words(bas)}."


def _is_known(jour: Repartition) -> bool:
    return bool(jour.total or jour.tous.base) and not jour.inconnue


def _show_household(reparties: list[tuple[Repartition, Repartition]]) -> None:
    if not reparties:
        return
    show_chart(
        parts_empilees([group_of(jour, avant) for jour, avant in reparties], TITRE, palette.OUI_NON_NSP),
        TITRE,
        "menage",
        pd.DataFrame([row_of(jour, avant) for jour, avant in reparties]).fillna("–"),
        note="réponses déclarées à l’entrée ; parts de tous les participants, « non renseigné » compris",
        base=max(jour.resultat.base for jour, _ in reparties),
    )
