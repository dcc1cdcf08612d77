"""Decisions: those of the earlier meetings with their follow-up, those of the meeting being held."""

from dataclasses import replace
from datetime import date

import streamlit as st

from components.acces.session import current_author, require
from components.cadre.base import connect, current_url, write
from components.cadre.choix import Perimetre
from components.cadre.gestes import note
from components.messages.etats import show_note
from components.messages.texte import plain
from components.seances.editions import choose_edition, read_editions
from components.seances.fichiers import show_releve
from data_access.journal.acces import Action
from data_access.profils.dates import read_as
from data_access.refus import Refus
from data_access.seances.decisions import OUVERTS, Decision, list_decisions, remove_decision
from indicators.nombres import write_short_date
from seances.decisions import ETATS, keep_decision

FORMAT = "JJ/MM/AAAA"


def show_decisions(perimetre: Perimetre) -> None:
    """The decisions of one meeting with its minutes, then what the earlier ones left to follow."""
    code = perimetre.codes[0]
    gardees = read_editions(code)
    if not gardees:
        show_note("Une décision se prend sur une édition : publiez d’abord celle de la séance.")
        return
    seance = choose_edition(gardees, "Séance", f"decisions_seance_{code}")
    siennes = read_decisions(code, seance.numero)
    # A form of its own for each number of decisions: empty once the last one is kept.
    show_new_decision(code, seance.numero, f"decisions_{code}_{seance.numero}_{len(siennes)}")
    if not siennes:
        show_note("Aucune décision n’est enregistrée pour cette séance.")
    for decision in siennes:
        show_decision(decision)
    if siennes:
        show_releve(code, seance.numero)
    _show_open_ones(code, seance.numero)


def _show_open_ones(code_plie: str, numero: int) -> None:
    """Decisions of the earlier meetings still open: their follow-up is filled in without looking for them."""
    with connect(current_url()) as base:
        ouvertes = [d for d in list_decisions(base, code_plie) if d.edition < numero and d.etat in OUVERTS]
    if ouvertes:
        st.subheader("Encore à suivre, des séances précédentes", anchor=False)
    for decision in ouvertes:
        show_decision(decision, f"séance n° {decision.edition}")


def read_decisions(code_plie: str, edition: int) -> list[Decision]:
    """Decisions of one meeting."""
    with connect(current_url()) as base:
        return list_decisions(base, code_plie, edition)


def show_new_decision(code_plie: str, edition: int, cle: str, section: str | None = None) -> None:
    """The form of a new decision: what, who, when due."""
    with st.form(f"{cle}_nouvelle", clear_on_submit=False, enter_to_submit=False):
        texte = st.text_area("Nouvelle décision", key=f"{cle}_texte", height=80)
        gauche, droite = st.columns(2)
        porteur = gauche.text_input("Qui", key=f"{cle}_porteur")
        echeance = droite.text_input("Pour le", placeholder=FORMAT, key=f"{cle}_echeance")
        if st.form_submit_button("Enregistrer la décision", icon=":material/add:"):
            decision = Decision(code_plie, edition, texte, porteur, section=section)
            _write(decision, echeance, "Décision enregistrée.")


def show_decision(decision: Decision, seance: str = "") -> None:
    """One decision, folded, with its follow-up to fill in."""
    precisions = (seance, decision.porteur, _write_day(decision.echeance), ETATS[decision.etat])
    resume = " · ".join(filter(None, precisions))
    with st.expander(f"**{plain(_first_line(decision.texte))}** : {plain(resume)}", key=f"decision_{decision.id}"):
        with st.form(f"decision_forme_{decision.id}"):
            texte = st.text_area("Décision", decision.texte)
            gauche, milieu, droite = st.columns(3)
            porteur = gauche.text_input("Qui", decision.porteur)
            echeance = milieu.text_input("Pour le", _write_short(decision.echeance), placeholder=FORMAT)
            etat = droite.selectbox(
                "État", list(ETATS), index=list(ETATS).index(decision.etat), format_func=ETATS.__getitem__
            )
            suivi = st.text_area("Suivi", decision.suivi, height=80)
            if st.form_submit_button("Enregistrer", icon=":material/save:"):
                changee = replace(decision, texte=texte, porteur=porteur, etat=etat, suivi=suivi)
                _write(changee, echeance, "Décision modifiée.")
        if st.button("Retirer cette décision", icon=":material/delete:", key=f"decision_retirer_{decision.id}"):
            _remove(decision)


def _write(decision: Decision, echeance: str, fait: str) -> None:
    """Keep the decision, due on the day typed; what was typed stays in the form when it is refused."""
    require("seance", "rediger", (decision.code_plie,))
    jour = read_as(echeance.strip(), FORMAT) if echeance.strip() else None
    if echeance.strip() and jour is None:
        st.error(
            f"L’échéance « {plain(echeance)} » n’est pas une date : rien n’est enregistré. Écrivez-la {FORMAT}, "
            "31/01/2022 par exemple, ou laissez-la vide. [DEC-006]",
            icon=":material/error:",
        )
        return
    decision = replace(decision, echeance=jour)
    try:
        with write(current_url()) as base:
            keep_decision(base, decision, current_author())
    except Refus as refus:
        st.error(plain(refus), icon=":material/error:")
        return
    note(Action.DECISION, (decision.code_plie,), f"edition:{decision.edition}")
    st.toast(plain(fait), icon=":material/check:")
    st.rerun()


def _remove(decision: Decision) -> None:
    require("seance", "rediger", (decision.code_plie,))
    with write(current_url()) as base:
        remove_decision(base, decision.code_plie, decision.id or 0)
    note(Action.DECISION, (decision.code_plie,), f"edition:{decision.edition}")
    st.rerun()


def _write_short(jour: date | None) -> str:
    return write_short_date(jour) if jour else ""


def _write_day(jour: date | None) -> str:
    return f"pour le {write_short_date(jour)}" if jour else ""


def _first_line(texte: str, longueur: int = 90) -> str:
    ligne = texte.strip().splitlines()[0].replace("*", "")
    return ligne if len(ligne) <= longueur else f"{ligne[:longueur].rstrip()}…"
