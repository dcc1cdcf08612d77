"""The screen « Droits »: the table of who sees what, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.acces.session import ROLES
from components.cadre.base import connect, current_url
from components.cadre.moments import write_moment
from components.messages.etats import show_empty
from components.messages.texte import plain, print_table
from data_access.droits.lignes import ADMINISTRATION, Droit, list_rights, list_structures
from indicators.phrases.chiffres import count
from indicators.referentiel import list_plie, list_territoires
from sections.lecture import short_name

_MESSAGE = "droits_message"
TOUS_LES_PLIE = "tous les PLIE"
AUCUN_CHIFFRE = "aucun chiffre"


@dataclass(frozen=True)
class Noms:
    """Names that rights are told with: PLIE by code, territories and structures of each."""

    plie: dict[str, str]
    territoires: dict[str, dict[str, str]]
    structures: dict[str, tuple[str, ...]]


def read_names() -> Noms:
    """Every PLIE of the database, its territories, its structures: no figure, no person."""
    with connect(current_url()) as base:
        plie = sorted(((p.code_plie, short_name(p.nom)) for p in list_plie(base)), key=lambda paire: paire[1])
        codes = [code for code, _ in plie]
        territoires: dict[str, dict[str, str]] = {code: {} for code in codes}
        for zone in list_territoires(base, codes):
            territoires[zone.code_plie][zone.code_territoire] = zone.nom
        structures = {code: tuple(list_structures(base, code)) for code in codes}
    return Noms(dict(plie), territoires, structures)


def read_rights() -> tuple[Droit, ...]:
    """Every right, by identity."""
    with connect(current_url()) as base:
        return list_rights(base)


def show_done() -> None:
    """What was just done, said once, whatever the tab."""
    if message := st.session_state.pop(_MESSAGE, ""):
        st.success(plain(message), icon=":material/check:")


def show_rights() -> None:
    """One line a right, filtered by name."""
    droits = read_rights()
    demande = st.text_input("Chercher une personne", placeholder="adresse, ou début d’adresse", key="droits_cherche")
    montres = [droit for droit in droits if demande.strip().lower() in droit.identite]
    if not montres:
        show_empty(f"Aucun droit n’est accordé à « {demande} ».", "Vérifiez l’adresse.")
        return
    personnes = len({droit.identite for droit in montres})
    st.caption(f"{count(len(montres), 'droit')}, {count(personnes, 'personne')}. Qui n’est pas ici ne voit rien.")
    print_table(table_of_rights(montres, read_names()))
    if melees := list_mixed_readings(droits):
        qui = ", ".join(f"{identite} ({ROLES.get(role, role)})" for identite, role in melees)
        st.caption(plain(f"Lectures différentes dans un même rôle, donc tout y est arrondi : {qui}."))


def list_mixed_readings(droits: Sequence[Droit]) -> list[tuple[str, str]]:
    """Who has, in one role, exact and rounded rights: the rounded one then holds for all (see `join_readings`)."""
    lectures: dict[tuple[str, str], set[str | None]] = {}
    for droit in droits:
        lectures.setdefault((droit.identite, droit.role), set()).add(droit.lecture)
    return [cle for cle, lues in lectures.items() if len(lues) > 1]


def table_of_rights(droits: Sequence[Droit], noms: Noms) -> pd.DataFrame:
    """Who, in which role, on what, since when and by whom."""
    return pd.DataFrame([_row(droit, noms) for droit in droits])


def _row(droit: Droit, noms: Noms) -> dict[str, Any]:
    return {
        "Personne": droit.identite,
        "Rôle": ROLES.get(droit.role, droit.role),
        "Voit": write_perimeter(droit, noms),
        "Lecture": droit.lecture or "–",
        "Accordé le": write_moment(droit.accorde_le),
        "Par": droit.accorde_par,
    }


def write_perimeter(droit: Droit, noms: Noms) -> str:
    """« Agenais, territoire Agen », « Agenais, opérations de CCAS », « tous les PLIE », « aucun chiffre »."""
    if droit.role == ADMINISTRATION:
        return AUCUN_CHIFFRE
    if droit.code_plie is None:
        return TOUS_LES_PLIE
    nom = noms.plie.get(droit.code_plie, f"{droit.code_plie} (pas encore chargé)")
    if droit.code_territoire:
        territoires = noms.territoires.get(droit.code_plie, {})
        return f"{nom}, territoire {territoires.get(droit.code_territoire, droit.code_territoire)}"
    if droit.structure:
        return f"{nom}, opérations de {droit.structure}"
    return nom


def write_right(droit: Droit, noms: Noms) -> str:
    """« marie@plie.fr – direction – Agenais – lecture exacte »."""
    lecture = f" – lecture {droit.lecture}" if droit.lecture else ""
    return f"{droit.identite} – {ROLES.get(droit.role, droit.role)} – {write_perimeter(droit, noms)}{lecture}"


def say_next(message: str) -> None:
    """Keeps what was done to be said at the top of the page, and draws it again."""
    st.session_state[_MESSAGE] = message
    st.rerun()
