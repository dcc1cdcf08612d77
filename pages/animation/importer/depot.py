"""Dropping workbooks: each is checked sheet by sheet, and takes its place in the list of files to look at."""

from functools import partial

import streamlit as st

from components.acces.base import current_engine
from components.acces.session import current_rights
from components.messages.etats import progress_bar
from components.messages.texte import plain, print_table
from components.streamlit_interne import release
from data_access.classeur.controles import Gravite
from data_access.classeur.garde import ClasseurRecu
from data_access.classeur.verification import Progres
from data_access.imports.deroule import ImportPrepare, prepare_import
from indicators.nombres import write_integer
from pages.animation.importer.changements import add_up
from pages.animation.importer.etat import Examen, Issue, add_examen, current_state

AIDE = (
    "Classeurs au format .xlsx, 20 Mo au plus chacun. Rien n’est enregistré au dépôt : le classeur est d’abord "
    "vérifié, puis vous décidez."
)
DEPOSER = "Déposez un ou plusieurs classeurs PLIE ici, ou choisissez-les sur votre ordinateur"
ICONES = {
    Issue.A_CONFIRMER: ":material/rule:",
    Issue.REFUSE: ":material/block:",
    Issue.INCHANGE: ":material/done:",
    Issue.CHARGE: ":material/check_circle:",
}
_CHOISI = "examen_choisi"
_OUVERTURE = "ouverture…"


def show_drop() -> None:
    """The drop zone; each new workbook is checked at once."""
    etat = current_state()
    deposes = st.file_uploader(
        DEPOSER, type=["xlsx"], accept_multiple_files=True, help=AIDE, key=f"depot_{etat.envois}"
    )
    st.caption(AIDE)
    if etat.sortis:
        st.warning(
            f"Retirés de la liste pour faire de la place : {', '.join(etat.sortis)}. Rien n’en est enregistré. "
            "Chargez ou retirez les classeurs qui attendent, puis déposez ceux-là de nouveau. [ECR-002]",
            icon=":material/inventory_2:",
        )
        etat.sortis = []
    if not deposes:
        return
    for rang, depose in enumerate(deposes, 1):
        recu = ClasseurRecu(depose.name, depose.getvalue())
        with progress_bar(_OUVERTURE, f"{depose.name} ({rang} sur {len(deposes)}) : ") as progres:
            add_examen(recu, partial(_prepare, recu), progres)
    release(deposes)
    etat.envois += 1
    st.rerun()


def _prepare(recu: ClasseurRecu, progres: Progres | None) -> ImportPrepare:
    return prepare_import(current_engine(), recu, current_rights().plie, progres)


def check_waiting() -> None:
    """Checks the export that the tab « Autre logiciel » has just sent."""
    etat = current_state()
    if etat.en_attente is not None:
        (recu, preparer, profil), etat.en_attente = etat.en_attente, None
        with progress_bar(_OUVERTURE, f"{recu.nom} : ") as progres:
            add_examen(recu, preparer, progres, profil)


def choose_examen() -> Examen | None:
    """The files dropped, where each stands, and the one to look at. None while nothing was dropped."""
    etat = current_state()
    if not etat.examens:
        return None
    par_numero = {examen.numero: examen for examen in etat.examens}
    if len(par_numero) > 1:
        print_table([_as_row(examen) for examen in etat.examens])
        st.session_state[_CHOISI] = etat.choisi if etat.choisi in par_numero else next(iter(par_numero))
        etat.choisi = st.radio(
            "Classeur à examiner",
            list(par_numero),
            format_func=lambda numero: plain(par_numero[numero].nom),
            key=_CHOISI,
            on_change=_choose,
            horizontal=True,
        )
    examen = par_numero.get(etat.choisi or 0) or etat.examens[-1]
    if examen.is_outdated:
        with progress_bar(_OUVERTURE, f"{examen.nom} : ") as progres:
            examen.check_again(progres)
    return examen


def _choose() -> None:
    current_state().choisi = st.session_state[_CHOISI]


def _as_row(examen: Examen) -> dict[str, str]:
    gravites = [anomalie.gravite for anomalie in examen.prepare.anomalies]
    return {
        "Classeur": examen.nom,
        "PLIE": ", ".join(examen.prepare.codes_plie) or "–",
        "Où en est-il": str(examen.issue),
        "Blocages": write_integer(gravites.count(Gravite.BLOQUANT)),
        "Lignes rejetées": write_integer(add_up(examen.bilans, "rejetes")),
        "Avertissements": write_integer(gravites.count(Gravite.AVERTISSEMENT)),
    }


def show_title(examen: Examen) -> None:
    """Which file, for which PLIE, where it stands."""
    st.subheader(f"{ICONES[examen.issue]} {plain(examen.nom)}", anchor=False)
    plie = ", ".join(examen.prepare.codes_plie) or "aucun PLIE reconnu"
    empreinte = f" · empreinte {examen.prepare.empreinte[:12]}" if examen.prepare.empreinte else ""
    profil = f" · lu avec le profil « {examen.profil} »" if examen.profil else ""
    st.caption(plain(f"{plie}{empreinte}{profil} · {examen.issue}"))
