"""The screen « Droits »: the table of who sees what, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.acces.base import connect
from components.acces.session import ROLES
from components.messages.etats import show_empty
from components.messages.texte import plain, print_table, write_moment
from data_access.droits.lignes import ADMINISTRATION, Droit, list_rights, list_structures
from indicators.phrases.chiffres import count
from indicators.referentiel import list_plie, list_territoires
from sections.lecture import short_name

_MESSAGE = "droits_message"


@dataclass(frozen=True)
class Noms:
    """Names that rights are told with: PLIE by code, territories and structures of each."""

    plie: dict[str, str]
    territoires: dict[str, dict[str, str]]
    structures: dict[str, tuple[str, ...]]


def read_names() -> Noms:
    """Every PLIE of the database, its territories, its structures: no figure, no person."""
    with connect() as base:
        plie = dict(sorted(((p.code_plie, short_name(p.nom)) for p in list_plie(base)), key=lambda paire: paire[1]))
        territoires: dict[str, dict[str, str]] = {code: {} for code in plie}
        for zone in list_territoires(base, list(plie)):
            territoires[zone.code_plie][zone.code_territoire] = zone.nom
        return Noms(plie, territoires, {code: tuple(list_structures(base, code)) for code in plie})


def read_rights() -> tuple[Droit, ...]:
    """Every right, by identity."""
    with connect() as base:
        return list_rights(base)


def say_next(message: str) -> None:
    """Keeps what was done to be said at the top of the page, and draws it again."""
    st.session_state[_MESSAGE] = message
    st.rerun()


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
    noms = read_names()
    print_table([_as_row(droit, noms) for droit in montres])
    if melees := list_mixed_readings(droits):
        qui = ", ".join(f"{identite} ({ROLES.get(role, role)})" for identite, role in melees)
        st.caption(plain(f"Lectures différentes dans un même rôle, donc tout y est arrondi : {qui}."))


def list_mixed_readings(droits: Sequence[Droit]) -> list[tuple[str, str]]:
    """Who has, in one role, exact and rounded rights: the rounded one then holds for all (see `join_readings`)."""
    lectures: dict[tuple[str, str], set[str | None]] = {}
    for droit in droits:
        lectures.setdefault((droit.identite, droit.role), set()).add(droit.lecture)
    return [cle for cle, lues in lectures.items() if len(lues) > 1]


def _as_row(droit: Droit, noms: Noms) -> dict[str, str]:
    """Who, in which role, on what, since when and by whom."""
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
        return "aucun chiffre"
    if droit.code_plie is None:
        return "tous les PLIE"
    nom = noms.plie.get(droit.code_plie, f"{droit.code_plie} (pas encore chargé)")
    if droit.code_territoire:
        territoires = noms.territoires.get(droit.code_plie, {})
        return f"{nom}, territoire {territoires.get(droit.code_territoire, droit.code_territoire)}"
    return f"{nom}, opérations de {droit.structure}" if droit.structure else nom


def write_right(droit: Droit, noms: Noms) -> str:
    """« marie@plie.fr – direction – Agenais – lecture exacte »."""
    lecture = f" – lecture {droit.lecture}" if droit.lecture else ""
    return f"{droit.identite} – {ROLES.get(droit.role, droit.role)} – {write_perimeter(droit, noms)}{lecture}"
