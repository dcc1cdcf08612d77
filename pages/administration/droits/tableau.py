"""Who sees what, in words; granting a right, changing how it reads, removing it: nothing before its button."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from components.acces.base import connect, write
from components.acces.session import ROLES, current_author, require
from components.cadre.page import write_rounding
from components.messages.etats import confirm, refused_by, show_empty
from components.messages.texte import plain, print_table, write_moment
from data_access.droits import (
    ADMINISTRATION,
    ARRONDIE,
    EXACTE,
    LECTURES_PAR_DEFAUT,
    ROLES_AU_CHOIX,
    ROLES_PAR_STRUCTURE,
    ROLES_PAR_TERRITOIRE,
    Droit,
    change_reading,
    grant,
    list_rights,
    list_structures,
    remove,
)
from indicators.phrases.chiffres import count
from indicators.referentiel import list_plie, list_territoires
from sections.lecture import short_name

VOIT = {
    "comite": "Lit les chiffres publiés, à la date publiée : un PLIE ou un territoire.",
    "direction": "Lit les chiffres du jour, sans liste : un PLIE, un territoire, ou les opérations d’une structure.",
    "animation": "Lit et fait tout dans son PLIE : importe, corrige, rédige, publie. Voit les numéros de parcours et "
    "les effectifs exacts.",
    "administration": "Accorde et retire les droits, lit le journal. Ne voit aucun chiffre.",
}
TOUT, TERRITOIRE, STRUCTURE = "Tout le PLIE", "Un territoire", "Les opérations d’une structure"
_MESSAGE, _A_RETIRER = "droits_message", "droit_a_retirer"


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


def show_grant() -> None:
    """« Accorder un droit »: a person, a role, what she may read, how."""
    noms = read_names()
    identite = st.text_input(
        "Adresse de courriel avec laquelle la personne se connecte",
        placeholder="prenom.nom@structure.fr",
        key="accorder_identite",
    )
    role = st.selectbox("Rôle", list(ROLES), format_func=ROLES.__getitem__, key="accorder_role")
    st.caption(VOIT[role])
    partie = (None, None, None) if role == ADMINISTRATION else _choose_part(role, noms)
    lecture = ""
    if role in ROLES_AU_CHOIX:
        lecture = _choose_reading(LECTURES_PAR_DEFAUT[role], f"accorder_lecture_{role}") or ""
    if st.button("Accorder ce droit", type="primary", icon=":material/add:", key="accorder"):
        require("droits", "accorder")
        with refused_by():
            with write() as base:
                droit = grant(base, identite, role, *partie, current_author(), lecture)
            say_next(f"Droit accordé : {write_right(droit, noms)}. Il vaut dès le prochain clic de la personne.")


def _choose_part(role: str, noms: Noms) -> tuple[str | None, str | None, str | None]:
    """PLIE, territory, structure; None where there is no limit."""
    code = st.selectbox(
        "PLIE", [*noms.plie, ""], format_func=lambda c: noms.plie.get(c, "Tous les PLIE"), key="accorder_plie"
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
        return (
            code,
            st.selectbox("Territoire", list(zones), format_func=zones.__getitem__, key="accorder_territoire"),
            None,
        )
    if partie == STRUCTURE:
        return code, None, st.selectbox("Structure", noms.structures[code], key="accorder_structure")
    return code, None, None


def _choose_reading(lecture: str | None, cle: str) -> str | None:
    """How small numbers are read, `lecture` at first."""
    lectures = {
        EXACTE: "Exacte : tous les effectifs",
        ARRONDIE: f"Arrondie : par commune, quartier ou caractéristique, {write_rounding()}",
    }
    return st.radio(
        "Lecture des petits effectifs",
        list(lectures),
        index=list(lectures).index(lecture) if lecture in lectures else None,
        format_func=lectures.__getitem__,
        key=cle,
    )


def show_reading_change() -> None:
    """« Changer la lecture d’un droit »: which right, then how it reads; nothing where no right has a choice."""
    droits = {droit.numero: droit for droit in read_rights() if droit.role in ROLES_AU_CHOIX}
    if not droits:
        return
    st.subheader("Changer la lecture d’un droit", anchor=False)
    numero = _choose_right("Droit à changer", droits, read_names(), "lecture_choix")
    if numero is None:
        return
    actuelle = droits[numero].lecture
    lecture = _choose_reading(actuelle, f"lecture_de_{numero}_{actuelle}")
    if st.button("Changer la lecture", icon=":material/edit:", disabled=lecture in (None, actuelle), key="lecture"):
        require("droits", "modifier")
        with refused_by():
            with write() as base:
                droit = change_reading(base, numero, lecture or "", current_author())
            dit = f"Lecture changée : {write_right(droit, read_names())}."
            say_next(f"{dit} Elle vaut dès le prochain clic de la personne.")


def show_removal() -> None:
    """« Retirer un droit »: which one, then a confirmation that says whom it is about."""
    droits = {droit.numero: droit for droit in read_rights()}
    noms = read_names()
    st.subheader("Retirer un droit", anchor=False)
    choisi = droits.get(st.session_state.get(_A_RETIRER) or 0)
    if choisi is not None:
        _confirm_removal(choisi, noms)
        return
    numero = _choose_right("Droit à retirer", droits, noms, "retirer_choix")
    if st.button("Retirer ce droit…", icon=":material/person_remove:", disabled=numero is None, key="retirer"):
        st.session_state[_A_RETIRER] = numero
        st.rerun()


def _confirm_removal(droit: Droit, noms: Noms) -> None:
    st.warning(
        plain(f"Retirer ce droit : {write_right(droit, noms)} ? La personne ne le verra plus dès son prochain clic."),
        icon=":material/person_remove:",
    )
    if confirm("Confirmer le retrait", "Garder ce droit", ("confirmer_retrait", "garder_droit"), _forget):
        require("droits", "retirer")
        _forget()
        with refused_by():
            with write() as base:
                remove(base, droit.numero, current_author())
            say_next(f"Droit retiré : {write_right(droit, noms)}.")


def _forget() -> None:
    st.session_state.pop(_A_RETIRER, None)


def _choose_right(libelle: str, droits: Mapping[int, Droit], noms: Noms, cle: str) -> int | None:
    return st.selectbox(
        libelle,
        list(droits),
        index=None,
        format_func=lambda numero: write_right(droits[numero], noms),
        placeholder="Choisir un droit",
        key=cle,
    )
