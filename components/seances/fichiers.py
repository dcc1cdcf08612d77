"""The files of an edition: slides, workbook, PDF, one-page note, minutes. Made when asked for, with their progress."""

from typing import Any

import streamlit as st

from components.acces.base import connect
from components.acces.journal import XLSX, note
from components.acces.session import require
from components.messages.etats import log_failure, progress_bar
from components.messages.texte import plain
from data_access.journal.acces import Action
from data_access.refus import Refus
from reports.fichiers import SORTES, make_file, name_file
from seances.edition import Progres
from seances.publication import Dossier, gather, open_edition
from sections.contenu import Edition

_PRETS = "fichiers_de_seance"
_OFFICE = "application/vnd.openxmlformats-officedocument."
MIMES = {
    "pptx": f"{_OFFICE}presentationml.presentation",
    "xlsx": XLSX,
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
}
BOUTONS = {
    "pptx": ("Présentation", ":material/slideshow:"),
    "xlsx": ("Classeur", ":material/table_view:"),
    "pdf": ("Document PDF", ":material/picture_as_pdf:"),
    "note": ("Note d’une page", ":material/description:"),
}
"""How each kind of file of `reports.fichiers` is offered."""


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
    cle, (libelle, icone) = (edition.code_plie, edition.numero, code), BOUTONS[code]
    if cle in prets:
        _offer(edition, code, prets[cle], ecran, code, key=f"telecharger_{code}", width="stretch")
    elif st.button(libelle, icon=icone, key=f"preparer_{code}", width="stretch"):
        require(ecran, "telecharger", (edition.code_plie,))
        with connect() as base:
            dossier = gather(base, edition)
        with progress_bar("Préparation du fichier…") as progres:
            contenu = _make(code, dossier, progres)
        if contenu is not None:
            prets[cle] = contenu
            st.rerun()


def _offer(edition: Edition, code: str, contenu: bytes, ecran: str, objet: str, **options: Any) -> None:
    """A file that is made, noted in the journal when it is taken."""

    def note_export() -> None:
        require(ecran, "telecharger", (edition.code_plie,))
        note(Action.EXPORT, (edition.code_plie,), f"{objet} edition:{edition.numero}")

    sorte = SORTES[code]
    st.download_button(
        f"Télécharger {sorte.nom}",
        contenu,
        name_file(edition, code),
        MIMES[sorte.extension],
        icon=":material/download:",
        on_click=note_export,
        **options,
    )


def _make(code: str, dossier: Dossier, progres: Progres) -> bytes | None:
    """The file; None, the reason being shown, when it cannot be made. The other buttons go on."""
    try:
        return make_file(code, dossier, progres)
    except Refus as refus:
        if isinstance(refus.__cause__, Exception):
            log_failure("PAP-003", refus.__cause__)
        st.error(plain(refus), icon=":material/error:")
        return None


def show_releve(code_plie: str, numero: int) -> None:
    """The minutes of a meeting: each decision, who and when due."""
    require("seance", "telecharger", (code_plie,))
    with connect() as base:
        dossier = gather(base, open_edition(base, code_plie, numero).edition)
    contenu = _make("releve", dossier, lambda part, ou: None)
    if contenu is not None:
        _offer(dossier.edition, "releve", contenu, "seance", "docx")
