"""The PLIE's own template for slides, and the logos of its funders."""

import streamlit as st

from components.acces.base import connect, write
from components.acces.session import current_author, require
from components.cadre.choix import Perimetre
from components.messages.etats import show_note
from components.messages.texte import plain
from components.seances.fichiers import forget_files
from components.streamlit_interne import release
from data_access.refus import Refus
from data_access.seances.preparation import LOGO, MODELE, Document, list_documents, remove_document, save_document
from reports.pptx import check_logos, open_gabarit

_TYPES = {MODELE: ["pptx"], LOGO: ["png", "jpg", "jpeg"]}
_VIDES = {MODELE: "Aucun modèle : celui du tableau de bord est utilisé.", LOGO: "Aucun logo."}
_TITRES = {MODELE: "Modèle de présentation du PLIE (.pptx, 16:9)", LOGO: "Logos des financeurs (PNG ou JPEG)"}


def show_documents(perimetre: Perimetre) -> None:
    """What is kept, what can be added or removed."""
    code = perimetre.codes[0]
    st.markdown(
        "Le modèle et les logos servent aux fichiers de séance. L’emblème de l’Union européenne et la mention du "
        "cofinancement y sont toujours, selon la période."
    )
    for nature in (MODELE, LOGO):
        st.subheader(_TITRES[nature], anchor=False)
        with connect() as base:
            gardes = list_documents(base, code, nature)
        for document in gardes:
            _show_one(code, document)
        if not gardes:
            st.caption(_VIDES[nature])
        _show_uploader(code, nature, gardes)


def _show_uploader(code: str, nature: str, gardes: list[Document]) -> None:
    """Files are kept as soon as they are dropped, each on its own; the field is then a new one, empty."""
    compteur, refus = f"depots_{nature}_{code}", f"refus_{nature}_{code}"
    recus = st.file_uploader(
        "Déposer un fichier",
        type=_TYPES[nature],
        accept_multiple_files=nature == LOGO,
        key=f"document_{nature}_{code}_{st.session_state.get(compteur, 0)}",
    )
    recus = [recu for recu in (recus if isinstance(recus, list) else [recus]) if recu]
    if recus:
        documents = [Document(nature, recu.name, recu.getvalue()) for recu in recus]
        st.session_state[refus] = _keep(code, documents, gardes)
        release(recus)
        st.session_state[compteur] = st.session_state.get(compteur, 0) + 1
        forget_files(code)
        st.rerun()
    for message in st.session_state.pop(refus, []):
        st.error(plain(message), icon=":material/error:")


def _show_one(code: str, document: Document) -> None:
    gauche, droite = st.columns([4, 1])
    if document.nature == LOGO:
        gauche.image(document.contenu, caption=plain(document.nom), width=160)
    else:
        with gauche:
            st.markdown(f"**{plain(document.nom)}**")
            _say_if_it_suits(document)
    if droite.button("Retirer", icon=":material/delete:", key=f"retirer_{document.nature}_{document.nom}"):
        require("seance", "rediger", (code,))
        with write() as base:
            remove_document(base, code, document.nature, document.nom)
        forget_files(code)
        st.rerun()


def _keep(code: str, documents: list[Document], gardes: list[Document]) -> list[str]:
    """Those that could be used later are kept; why the others are not."""
    require("seance", "rediger", (code,))
    refus, presents = [], {garde.nom: garde.contenu for garde in gardes}
    for document in documents:
        try:
            if document.nature == MODELE:
                open_gabarit(document.contenu)
            else:
                check_logos(list((presents | {document.nom: document.contenu}).items()))
            with write() as base:
                save_document(base, code, document, current_author())
            presents[document.nom] = document.contenu
        except Refus as raison:
            refus.append(str(raison))
    return refus


def _say_if_it_suits(document: Document) -> None:
    """A sound template in which the slides would not fit is not used: why, before the meeting."""
    try:
        remarque = open_gabarit(document.contenu).remarque
    except Refus as refus:
        remarque = str(refus)
    if remarque:
        show_note(remarque)
    else:
        st.caption("Employé pour la présentation : les diapositives tiennent dans son cadre.")
