"""The files of an edition: slides, workbook, PDF, one-page note, minutes. Made when asked for, with their progress."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components.base import connect, current_url
from components.gestes import note
from components.session import require
from components.texte import plain
from data_access.decisions import ETATS, list_decisions
from data_access.evenements import Action
from indicators.editions.contenu import Edition, Suivi
from indicators.editions.depot import open_edition, read_logos, read_template
from reports import pdf, pptx, releve, xlsx
from reports.noms import name_file
from reports.pptx import LogoRefuse, ModeleRefuse

Progres = Callable[[float, str], None]
_PRETS = "fichiers_de_seance"


@dataclass(frozen=True)
class Sorte:
    """A kind of file. `faire` is given the edition, the PLIE's template, its logos and where to tell its progress."""

    code: str
    libelle: str
    nom: str
    extension: str
    mime: str
    icone: str
    faire: Callable[[Edition, bytes | None, tuple[tuple[str, bytes], ...], Progres], bytes]


SORTES = (
    Sorte(
        "pptx",
        "Présentation",
        "la présentation",
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ":material/slideshow:",
        lambda edition, modele, logos, progres: pptx.build(edition, modele, logos, progres),
    ),
    Sorte(
        "xlsx",
        "Classeur",
        "le classeur",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ":material/table_view:",
        lambda edition, modele, logos, progres: xlsx.build(edition, logos, progres),
    ),
    Sorte(
        "pdf",
        "Document PDF",
        "le PDF",
        "pdf",
        "application/pdf",
        ":material/picture_as_pdf:",
        lambda edition, modele, logos, progres: pdf.build(edition, logos, progres),
    ),
    Sorte(
        "note",
        "Note d’une page",
        "la note",
        "pdf",
        "application/pdf",
        ":material/description:",
        lambda edition, modele, logos, progres: pdf.build_note(edition, logos, progres),
    ),
)


def show_fichiers(edition: Edition, ecran: str) -> None:
    """One button a kind; once made, the file waits to be downloaded. `ecran`: the page whose rights apply."""
    st.subheader("Fichiers", anchor=False)
    st.caption("Un clic prépare le fichier en quelques secondes, un second le télécharge.")
    colonnes = st.columns(len(SORTES))
    for colonne, sorte in zip(colonnes, SORTES, strict=True):
        with colonne:
            _show_one(edition, sorte, ecran)


def forget_files(code_plie: str) -> None:
    """A template or a logo has changed: the files made in this session were made with the old ones."""
    prets: dict[tuple, bytes] = st.session_state.get(_PRETS, {})
    for cle in [cle for cle in prets if cle[0] == code_plie]:
        del prets[cle]


def _show_one(edition: Edition, sorte: Sorte, ecran: str) -> None:
    prets: dict[tuple, bytes] = st.session_state.setdefault(_PRETS, {})
    cle = (edition.code_plie, edition.numero, sorte.code)
    if cle not in prets:
        if not st.button(sorte.libelle, icon=sorte.icone, key=f"preparer_{sorte.code}", width="stretch"):
            return
        contenu = _make(edition, sorte, ecran)
        if contenu is not None:
            prets[cle] = contenu
            st.rerun()
        return
    st.download_button(
        f"Télécharger {sorte.nom}",
        prets[cle],
        name_file(edition, sorte.code, sorte.extension),
        sorte.mime,
        icon=":material/download:",
        key=f"telecharger_{sorte.code}",
        on_click=_note_export,
        args=(edition, sorte.code, ecran),
        width="stretch",
    )


def _note_export(edition: Edition, sorte: str, ecran: str) -> None:
    require(ecran, "telecharger", (edition.code_plie,))
    note(Action.EXPORT, (edition.code_plie,), f"{sorte} edition:{edition.numero}")


def _make(edition: Edition, sorte: Sorte, ecran: str) -> bytes | None:
    require(ecran, "telecharger", (edition.code_plie,))
    with connect(current_url()) as base:
        modele, logos = read_template(base, edition.code_plie), read_logos(base, edition.code_plie)
    barre = st.progress(0.0, text="Préparation du fichier…")
    try:
        return sorte.faire(edition, modele, logos, lambda part, ou: _advance(barre, part, ou))
    except (LogoRefuse, ModeleRefuse) as refus:
        st.error(plain(refus), icon=":material/error:")
        return None
    finally:
        barre.empty()


def _advance(barre: object, part: float, ou: str) -> None:
    barre.progress(min(max(part, 0.0), 1.0), text=ou)  # type: ignore[attr-defined]


def show_releve(code_plie: str, numero: int) -> None:
    """The minutes of a meeting: each decision, who and when due."""
    require("seance", "telecharger", (code_plie,))
    with connect(current_url()) as base:
        edition = open_edition(base, code_plie, numero).edition
        decisions = tuple(
            Suivi(d.edition, d.texte, d.porteur, d.echeance, ETATS[d.etat], d.suivi)
            for d in list_decisions(base, code_plie, numero)
        )
    st.download_button(
        "Télécharger le relevé de décisions",
        releve.build(edition, decisions),
        name_file(edition, "releve", "docx"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        icon=":material/download:",
        on_click=_note_export,
        args=(edition, "docx", "seance"),
    )
