"""Decisions: those of the earlier meetings with their follow-up, those of the meeting being held."""

from dataclasses import replace

import streamlit as st

from components.acces.base import connect, write
from components.acces.journal import note
from components.acces.session import current_author, require
from components.cadre.choix import Perimetre
from components.messages.etats import refused_by, show_note
from components.messages.texte import plain
from components.seances.editions import choose_edition, read_editions
from components.seances.fichiers import show_releve
from data_access.journal.acces import Action
from data_access.profils.dates import read_as
from data_access.seances.decisions import OUVERTS, Decision, list_decisions, remove_decision
from indicators.nombres import write_short_date
from seances.decisions import ETATS, keep_decision

FORMAT = "JJ/MM/AAAA"
_LONGUEUR_DU_TITRE = 90


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
    ouvertes = [d for d in read_decisions(code_plie) if d.edition < numero and d.etat in OUVERTS]
    if ouvertes:
        st.subheader("Encore à suivre, des séances précédentes", anchor=False)
    for decision in ouvertes:
        show_decision(decision, f"séance n° {decision.edition}")


def read_decisions(code_plie: str, edition: int | None = None) -> list[Decision]:
    """Decisions of a PLIE, or of one of its meetings."""
    with connect() as base:
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
            _keep(decision, echeance, "Décision enregistrée.")


def show_decision(decision: Decision, seance: str = "") -> None:
    """One decision, folded, with its follow-up to fill in."""
    jour = write_short_date(decision.echeance) if decision.echeance else ""
    precisions = (seance, decision.porteur, jour and f"pour le {jour}", ETATS[decision.etat])
    resume = " · ".join(filter(None, precisions))
    with st.expander(f"**{plain(_first_line(decision.texte))}** : {plain(resume)}", key=f"decision_{decision.id}"):
        with st.form(f"decision_forme_{decision.id}"):
            texte = st.text_area("Décision", decision.texte)
            gauche, milieu, droite = st.columns(3)
            porteur = gauche.text_input("Qui", decision.porteur)
            echeance = milieu.text_input("Pour le", jour, placeholder=FORMAT)
            etat = droite.selectbox(
                "État", list(ETATS), index=list(ETATS).index(decision.etat), format_func=ETATS.__getitem__
            )
            suivi = st.text_area("Suivi", decision.suivi, height=80)
            if st.form_submit_button("Enregistrer", icon=":material/save:"):
                changee = replace(decision, texte=texte, porteur=porteur, etat=etat, suivi=suivi)
                _keep(changee, echeance, "Décision modifiée.")
        if st.button("Retirer cette décision", icon=":material/delete:", key=f"decision_retirer_{decision.id}"):
            _remove(decision)


def _keep(decision: Decision, echeance: str, fait: str) -> None:
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
    with refused_by("error"):
        with write() as base:
            keep_decision(base, decision, current_author())
        _note(decision)
        st.toast(plain(fait), icon=":material/check:")
        st.rerun()


def _remove(decision: Decision) -> None:
    require("seance", "rediger", (decision.code_plie,))
    with write() as base:
        remove_decision(base, decision.code_plie, decision.id or 0)
    _note(decision)
    st.rerun()


def _note(decision: Decision) -> None:
    note(Action.DECISION, (decision.code_plie,), f"edition:{decision.edition}")


def _first_line(texte: str) -> str:
    ligne = texte.strip().splitlines()[0].replace("*", "")
    return ligne if len(ligne) <= _LONGUEUR_DU_TITRE else f"{ligne[:_LONGUEUR_DU_TITRE].rstrip()}…"
