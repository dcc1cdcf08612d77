"""The exit rules under a rate, in small print: how many, since when, where each is written."""

import pandas as pd
import streamlit as st

from components.cadre.base import connect
from components.cadre.chiffres import reading_url, short_name
from components.cadre.choix import Perimetre
from components.impression.graphiques import show_table
from components.messages.etats import show_note
from components.messages.texte import plain
from indicators.decoupages import find_decoupage
from indicators.nombres import write_short_date
from indicators.phrases.chiffres import enumerate_in_words
from indicators.regles import RegleDeSortie, list_exit_rules
from indicators.resultats import ResultatPublie


def show_rules(perimetre: Perimetre, taux: ResultatPublie) -> None:
    """Rules applied to the period, PLIE that have none, and every rule with its source one click away."""
    st.subheader("Règles de sortie appliquées", anchor=False)
    if sans := write_without_rules(perimetre, taux):
        show_note(sans)
    if not taux.regles:
        return
    noms = {p.code_plie: short_name(p.nom) for p in perimetre.plie}
    st.caption(plain(" · ".join(_with_name(regle, noms) for regle in taux.regles)))
    with connect(reading_url()) as base:
        regles = list_exit_rules(base, perimetre.codes, perimetre.periode)
    show_table(table_of_rules(regles, noms), "regles")


def write_without_rules(perimetre: Perimetre, taux: ResultatPublie) -> str:
    """Names the PLIE that had no exit rule over the period, and what becomes of their exits; empty when all had."""
    noms = [p.nom for p in perimetre.plie if p.code_plie in taux.plie_sans_source]
    if not noms:
        return ""
    debut = f"Aucune règle de sortie n’était en vigueur sur la période pour {enumerate_in_words(noms)} : "
    fin = "leurs sorties sont non documentées" if len(noms) > 1 else "ses sorties sont non documentées"
    if len(noms) == len(perimetre.plie):
        return f"{debut}{fin} et aucun taux n’est calculé."
    return f"{debut}{fin} ; elles comptent au dénominateur des deux taux, jamais parmi les positives."


def table_of_rules(regles: list[RegleDeSortie], noms: dict[str, str]) -> pd.DataFrame:
    """One line a rule, in French; the PLIE is named where there are several."""
    plusieurs = len(noms) > 1
    categorie, nature = find_decoupage("categorie"), find_decoupage("nature")
    return pd.DataFrame(
        [
            ({"PLIE": noms[r.code_plie]} if plusieurs else {})
            | {
                "Type de sortie": r.libelle,
                "Catégorie": categorie.label(r.categorie),
                "Nature": nature.label(r.nature) if r.nature else "–",
                "En vigueur": _in_force(r),
                "Source": r.source,
            }
            for r in regles
        ]
    )


def _in_force(regle: RegleDeSortie) -> str:
    debut = f"depuis le {write_short_date(regle.depuis)}"
    if regle.jusqua is None:
        return debut
    return f"du {write_short_date(regle.depuis)} au {write_short_date(regle.jusqua)}"


def _with_name(regle: str, noms: dict[str, str]) -> str:
    code, reste = regle.split(" : ", 1)
    return f"{noms.get(code, code)} : {reste}"
