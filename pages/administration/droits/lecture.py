"""« Changer la lecture d’un droit »: exact or rounded figures, for a right that exists."""

import streamlit as st

from components.acces.session import current_author, require
from components.cadre.base import connect, current_url
from components.cadre.lectures import write_readings
from components.messages.texte import plain
from data_access.droits.lignes import ROLES_AU_CHOIX, change_reading
from data_access.refus import Refus
from pages.administration.droits.tableau import read_names, read_rights, say_next, write_right


def show_reading_change() -> None:
    """Which right, then how it reads; nothing where no right has a choice."""
    droits = {droit.numero: droit for droit in read_rights() if droit.role in ROLES_AU_CHOIX}
    if not droits:
        return
    noms = read_names()
    st.subheader("Changer la lecture d’un droit", anchor=False)
    numero = st.selectbox(
        "Droit à changer",
        list(droits),
        index=None,
        format_func=lambda n: write_right(droits[n], noms),
        placeholder="Choisir un droit",
        key="lecture_choix",
    )
    if numero is None:
        return
    actuelle, lectures = droits[numero].lecture, write_readings()
    lecture = st.radio(
        "Lecture des petits effectifs",
        list(lectures),
        index=list(lectures).index(actuelle) if actuelle in lectures else None,
        format_func=lectures.__getitem__,
        key=f"lecture_de_{numero}_{actuelle}",
    )
    if st.button("Changer la lecture", icon=":material/edit:", disabled=lecture in (None, actuelle), key="lecture"):
        _change(numero, lecture or "")


def _change(numero: int, lecture: str) -> None:
    require("droits", "modifier")
    try:
        with connect(current_url()) as base:
            droit = change_reading(base, numero, lecture, current_author())
            base.commit()
    except Refus as refus:
        st.error(plain(refus), icon=":material/block:")
        return
    say_next(f"Lecture changée : {write_right(droit, read_names())}. Elle vaut dès le prochain clic de la personne.")
