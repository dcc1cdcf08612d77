"""The files dropped: each is checked sheet by sheet, takes its place in a list, and waits there for a decision.

One key of session_state. The bytes of a file are forgotten as soon as it is loaded or taken away.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any

import streamlit as st

from components.acces.base import current_engine, read_version
from components.acces.session import current_rights
from components.messages.etats import progress_bar
from components.messages.texte import plain, print_table
from components.streamlit_interne import release
from data_access.classeur.controles import Gravite
from data_access.classeur.garde import ClasseurRecu
from data_access.classeur.verification import Progres
from data_access.historique.chargements import AnnulationPreparee
from data_access.imports.deroule import ImportPrepare, prepare_import
from data_access.imports.differences import Bilan
from indicators.nombres import write_integer

AIDE = (
    "Classeurs au format .xlsx, 20 Mo au plus chacun. Rien n’est enregistré au dépôt : le classeur est d’abord "
    "vérifié, puis vous décidez."
)
DEPOSER = "Déposez un ou plusieurs classeurs PLIE ici, ou choisissez-les sur votre ordinateur"
_CHOISI = "examen_choisi"
_OUVERTURE = "ouverture…"
_CLE = "import_en_cours"
ONGLETS = "import_onglets"
CHARGER, AUTRE_LOGICIEL, HISTORIQUE, CHANGEMENTS = "Charger", "Autre logiciel", "Historique", "Ce qui a changé"

ATTENTE_MAXIMALE = 100_000_000
"""Bytes of the files that wait in a session for somebody to decide; the oldest leave first."""

Preparer = Callable[[Progres | None], ImportPrepare]


class Issue(StrEnum):
    """What became of a file."""

    A_CONFIRMER = "à confirmer"
    REFUSE = "refusé"
    INCHANGE = "rien de nouveau"
    CHARGE = "chargé"


ICONES = {
    Issue.A_CONFIRMER: ":material/rule:",
    Issue.REFUSE: ":material/block:",
    Issue.INCHANGE: ":material/done:",
    Issue.CHARGE: ":material/check_circle:",
}


@dataclass
class Examen:
    """One file: how to check it again, what the checks said, what became of it. `recu` is None once it is loaded.

    `profil`: the name of the profile it was read with, empty for a workbook of our format.
    """

    numero: int
    nom: str
    recu: ClasseurRecu | None
    preparer: Preparer | None
    prepare: ImportPrepare
    version: int | None = None
    reverifie: bool = False
    chiffres: Any = None
    profil: str = ""
    bilans_charges: dict[str, Bilan] = field(default_factory=dict)

    @property
    def bilans(self) -> dict[str, Bilan]:
        """By sheet, what loading would change, or has changed."""
        return self.bilans_charges or self.prepare.bilans()

    @property
    def issue(self) -> Issue:
        """Where this file stands."""
        if self.version is not None:
            return Issue.CHARGE
        if self.prepare.is_refused:
            return Issue.REFUSE
        return Issue.A_CONFIRMER if self.prepare.changes_something else Issue.INCHANGE

    @property
    def is_outdated(self) -> bool:
        """True when the data have changed since the check, so that what it announced may be wrong."""
        return self.version is None and self.recu is not None and self.prepare.version != read_version()

    def check_again(self, progres: Progres | None = None) -> None:
        """Compare the file with the data as they are now."""
        if self.preparer is not None:
            self.prepare, self.chiffres, self.reverifie = self.preparer(progres), None, True


def add_up(bilans: dict[str, Bilan], nom: str) -> int:
    """That number over all the sheets."""
    return sum(getattr(bilan, nom) for bilan in bilans.values())


@dataclass
class EtatDImport:
    """The files of the session. `envois` counts the drops, so that the drop zone is emptied after each; `sortis`: the
    names of those that left for want of room."""

    examens: list[Examen] = field(default_factory=list)
    envois: int = 0
    suivant: int = 0
    choisi: int | None = None
    annulation: AnnulationPreparee | None = None
    message: str = ""
    extrait: Any = None
    message_profil: str = ""
    en_attente: tuple[ClasseurRecu, Preparer, str] | None = None
    sortis: list[str] = field(default_factory=list)


def current_state() -> EtatDImport:
    """The state of this session."""
    return st.session_state.setdefault(_CLE, EtatDImport())


def add_examen(recu: ClasseurRecu, preparer: Preparer, progres: Progres | None = None, profil: str = "") -> None:
    """Check a file and remember what was found; the same file dropped again takes the place of the first."""
    etat = current_state()
    examen = Examen(etat.suivant, recu.nom, recu, preparer, preparer(progres), profil=profil)
    etat.suivant += 1
    meme = (recu.nom, recu.empreinte)
    etat.examens = [e for e in etat.examens if e.recu is None or (e.nom, e.recu.empreinte) != meme]
    etat.examens.append(examen)
    etat.choisi = examen.numero
    _make_room(etat)


def _make_room(etat: EtatDImport) -> None:
    """The oldest files that wait leave until the others are light enough; the last one always stays."""
    attendent = [(examen, len(examen.recu.contenu)) for examen in etat.examens if examen.recu is not None]
    poids = sum(octets for _, octets in attendent)
    for examen, octets in attendent[:-1]:
        if poids <= ATTENTE_MAXIMALE:
            return
        poids -= octets
        etat.examens.remove(examen)
        etat.sortis.append(examen.nom)


def mark_loaded(examen: Examen, version: int) -> None:
    """The file is in: its bytes and its rows are forgotten, its report and its numbers stay."""
    etat = current_state()
    if etat.extrait is not None and etat.extrait.recu is examen.recu:
        etat.extrait = None
    examen.bilans_charges = examen.prepare.bilans()
    examen.version = version
    # What checks the file again holds its bytes too.
    examen.recu = examen.preparer = None
    examen.prepare.differences = {}


def forget(numero: int) -> None:
    """Take a file away."""
    etat = current_state()
    etat.examens = [e for e in etat.examens if e.numero != numero]
    etat.choisi = etat.examens[-1].numero if etat.examens else None


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
