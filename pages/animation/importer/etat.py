"""What the screen « Importer » remembers of a session: the files dropped, what the checks said, what became of each.

One key of session_state. The bytes of a file are forgotten as soon as it is loaded or taken away.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import streamlit as st

from components.acces.base import read_version
from data_access.classeur.garde import ClasseurRecu
from data_access.classeur.verification import Progres
from data_access.historique.chargements import AnnulationPreparee
from data_access.imports.deroule import ImportPrepare
from data_access.imports.differences import Bilan

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
