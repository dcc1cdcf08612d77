"""The files of an edition: slides, workbook, PDF, one-page note, minutes. Made when asked for, with their progress."""

from dataclasses import dataclass

import streamlit as st

from components.acces.session import require
from components.cadre.base import connect, current_url
from components.cadre.gestes import note
from components.messages.etats import log_failure
from components.messages.texte import plain
from data_access.journal.acces import Action
from data_access.refus import Refus
from reports.fichiers import SORTES, make_file
from reports.noms import name_file
from seances.edition import Progres
from seances.publication import Dossier, gather, open_edition
from sections.contenu import Edition

_PRETS = "fichiers_de_seance"


@dataclass(frozen=True)
class Bouton:
    """How a kind of file of `reports.fichiers` is offered."""

    libelle: str
    mime: str
    icone: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
BOUTONS = {
    "pptx": Bouton("Présentation", f"{_OFFICE}presentationml.presentation", ":material/slideshow:"),
    "xlsx": Bouton("Classeur", f"{_OFFICE}spreadsheetml.sheet", ":material/table_view:"),
    "pdf": Bouton("Document PDF", "application/pdf", ":material/picture_as_pdf:"),
    "note": Bouton("Note d’une page", "application/pdf", ":material/description:"),
}


def show_fichiers(edition: Edition, ecran: str) -> None:
    """One button a kind; once made, the file waits to be downloaded. `ecran`: the page whose rights apply."""
    st.subheader("Fichiers", anchor=False)
    st.caption("Un clic prépare le fichier en quelques secondes, un second le télécharge.")
    for colonne, code in zip(st.columns(len(BOUTONS)), BOUTONS, strict=True):
        with colonne:
            _show_one(edition, code, ecran)


def forget_files(code_plie: str) -> None:
    """A template or a logo has changed: the files made in this session were made with the old ones."""
    prets: dict[tuple, bytes] = st.session_state.get(_PRETS, {})
    for cle in [cle for cle in prets if cle[0] == code_plie]:
        del prets[cle]


def _show_one(edition: Edition, code: str, ecran: str) -> None:
    prets: dict[tuple, bytes] = st.session_state.setdefault(_PRETS, {})
    cle, bouton = (edition.code_plie, edition.numero, code), BOUTONS[code]
    if cle not in prets:
        if not st.button(bouton.libelle, icon=bouton.icone, key=f"preparer_{code}", width="stretch"):
            return
        contenu = _prepare(edition, code, ecran)
        if contenu is not None:
            prets[cle] = contenu
            st.rerun()
        return
    st.download_button(
        f"Télécharger {SORTES[code].nom}",
        prets[cle],
        name_file(edition, code, SORTES[code].extension),
        bouton.mime,
        icon=":material/download:",
        key=f"telecharger_{code}",
        on_click=_note_export,
        args=(edition, code, ecran),
        width="stretch",
    )


def _note_export(edition: Edition, sorte: str, ecran: str) -> None:
    require(ecran, "telecharger", (edition.code_plie,))
    note(Action.EXPORT, (edition.code_plie,), f"{sorte} edition:{edition.numero}")


def _prepare(edition: Edition, code: str, ecran: str) -> bytes | None:
    require(ecran, "telecharger", (edition.code_plie,))
    with connect(current_url()) as base:
        dossier = gather(base, edition)
    barre = st.progress(0.0, text="Préparation du fichier…")
    try:
        return _make(code, dossier, lambda part, ou: _advance(barre, part, ou))
    finally:
        barre.empty()


def _make(code: str, dossier: Dossier, progres: Progres) -> bytes | None:
    """The file; None, the reason being shown, when it cannot be made. The other buttons go on."""
    try:
        return make_file(code, dossier, progres)
    except Refus as refus:
        if isinstance(refus.__cause__, Exception):
            log_failure("PAP-003", refus.__cause__)
        st.error(plain(refus), icon=":material/error:")
        return None


def _advance(barre: object, part: float, ou: str) -> None:
    barre.progress(min(max(part, 0.0), 1.0), text=ou)  # type: ignore[attr-defined]


def show_releve(code_plie: str, numero: int) -> None:
    """The minutes of a meeting: each decision, who and when due."""
    require("seance", "telecharger", (code_plie,))
    with connect(current_url()) as base:
        dossier = gather(base, open_edition(base, code_plie, numero).edition)
    contenu = _make("releve", dossier, lambda part, ou: None)
    if contenu is None:
        return
    st.download_button(
        "Télécharger le relevé de décisions",
        contenu,
        name_file(dossier.edition, "releve", SORTES["releve"].extension),
        f"{_OFFICE}wordprocessingml.document",
        icon=":material/download:",
        on_click=_note_export,
        args=(dossier.edition, "docx", "seance"),
    )
