"""« Accorder un droit »: a person, a role, what she may read."""

import streamlit as st

from components.acces.session import ROLES, current_author, require
from components.cadre.base import connect, current_url
from components.cadre.lectures import write_readings
from components.messages.texte import plain
from data_access.droits.lignes import (
    ADMINISTRATION,
    LECTURES_PAR_DEFAUT,
    ROLES_AU_CHOIX,
    ROLES_PAR_STRUCTURE,
    ROLES_PAR_TERRITOIRE,
    grant,
)
from data_access.refus import Refus
from pages.administration.droits.tableau import Noms, read_names, say_next, write_right

VOIT = {
    "comite": "Lit les chiffres publiés, à la date publiée : un PLIE ou un territoire.",
    "direction": "Lit les chiffres du jour, sans liste : un PLIE, un territoire, ou les opérations d’une structure.",
    "animation": "Lit et fait tout dans son PLIE : importe, corrige, rédige, publie. Voit les numéros de parcours et "
    "les effectifs exacts.",
    "administration": "Accorde et retire les droits, lit le journal. Ne voit aucun chiffre.",
}
TOUT, TERRITOIRE, STRUCTURE = "Tout le PLIE", "Un territoire", "Les opérations d’une structure"
TOUS_LES_PLIE = "Tous les PLIE"


def show_grant() -> None:
    """The form. Nothing is written before its button."""
    noms = read_names()
    identite = st.text_input(
        "Adresse de courriel avec laquelle la personne se connecte",
        placeholder="prenom.nom@structure.fr",
        key="accorder_identite",
    )
    role = st.selectbox("Rôle", list(ROLES), format_func=ROLES.__getitem__, key="accorder_role")
    st.caption(VOIT[role])
    code_plie, territoire, structure = (None, None, None) if role == ADMINISTRATION else _choose_part(role, noms)
    lecture = _choose_reading(role)
    if st.button("Accorder ce droit", type="primary", icon=":material/add:", key="accorder"):
        _grant(identite, role, code_plie, territoire, structure, lecture, noms)


def _choose_reading(role: str) -> str:
    """How small numbers are read: the default of the role at first; nothing to choose where there is no choice."""
    if role not in ROLES_AU_CHOIX:
        return ""
    lectures = write_readings()
    return st.radio(
        "Lecture des petits effectifs",
        list(lectures),
        index=list(lectures).index(LECTURES_PAR_DEFAUT[role]),
        format_func=lectures.__getitem__,
        key=f"accorder_lecture_{role}",
    )


def _choose_part(role: str, noms: Noms) -> tuple[str | None, str | None, str | None]:
    code = st.selectbox(
        "PLIE", [*noms.plie, ""], format_func=lambda c: noms.plie.get(c, TOUS_LES_PLIE), key="accorder_plie"
    )
    parties = [TOUT]
    if role in ROLES_PAR_TERRITOIRE and noms.territoires.get(code):
        parties.append(TERRITOIRE)
    if role in ROLES_PAR_STRUCTURE and noms.structures.get(code):
        parties.append(STRUCTURE)
    if not code or len(parties) == 1:
        return code or None, None, None
    partie = st.radio("Ce que la personne peut lire", parties, horizontal=True, key="accorder_partie")
    if partie == TERRITOIRE:
        zones: dict[str, str] = noms.territoires[code]
        zone = st.selectbox("Territoire", list(zones), format_func=zones.__getitem__, key="accorder_territoire")
        return code, zone, None
    if partie == STRUCTURE:
        return code, None, st.selectbox("Structure", noms.structures[code], key="accorder_structure")
    return code, None, None


def _grant(
    identite: str,
    role: str,
    code_plie: str | None,
    territoire: str | None,
    structure: str | None,
    lecture: str,
    noms: Noms,
) -> None:
    require("droits", "accorder")
    try:
        with connect(current_url()) as base:
            droit = grant(base, identite, role, code_plie, territoire, structure, current_author(), lecture)
            base.commit()
    except Refus as refus:
        st.error(plain(refus), icon=":material/block:")
        return
    say_next(f"Droit accordé : {write_right(droit, noms)}. Il vaut dès le prochain clic de la personne.")
