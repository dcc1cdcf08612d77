"""Territoires: communes side by side, the small ones together, two to four over time, as the reader chooses."""

from dataclasses import replace

import streamlit as st

from components.impression.images import show_image
from components.impression.section import context_of, open_section, show_section
from components.messages.etats import guarded
from sections.lecture import SEUIL_USUEL, Lecture
from sections.liste import PAR_CODE
from sections.territoires import FIGURES_A_COMPARER, draw_over_time

SEUILS = (0, 5, 10, 25, 50)
MAXIMUM_COMPARE = 4


def choose_threshold() -> int:
    """Below how many people accompanied a commune is put with the other small ones."""
    return st.columns([1, 2])[0].select_slider(
        "Regrouper les communes de moins de",
        SEUILS,
        SEUIL_USUEL,
        format_func=lambda n: f"{n} accompagnés" if n else "aucun regroupement",
        key="seuil_de_commune",
    )


def show_comparison(lecture: Lecture) -> None:
    """Two to four communes, one figure, month by month, the same scale of time."""
    st.subheader("Comparer dans le temps", anchor=False)
    communes = [t.code_territoire for t in lecture.territoires if t.type in ("commune", "epci")]
    noms = lecture.names("commune")
    gauche, droite = st.columns([3, 2], gap="large")
    choisies = gauche.multiselect(
        "Communes à comparer (deux à quatre)",
        sorted(communes, key=lambda code: noms.get(code, code)),
        format_func=lambda code: noms.get(code, code),
        max_selections=MAXIMUM_COMPARE,
        placeholder="Choisissez des communes",
        key="communes_comparees",
    )
    code = droite.selectbox(
        "Chiffre", list(FIGURES_A_COMPARER), format_func=lambda c: FIGURES_A_COMPARER[c][0], key="chiffre_compare"
    )
    for colonne, lieu in zip(st.columns(2, gap="large") * 2, choisies, strict=False):
        with colonne, guarded():
            show_image(draw_over_time(lecture, code, lieu), f"territoires_{code}_{lieu}")


with guarded():
    lecture = replace(open_section("territoires"), seuil=choose_threshold())
    show_section(PAR_CODE["territoires"].ecrire(lecture), "territoires", context_of("territoires", lecture))
    if lecture.filtres.territoire is None:
        show_comparison(lecture)
