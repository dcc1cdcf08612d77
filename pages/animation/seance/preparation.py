"""« Préparer »: which meeting, what changed since the last one, section by section; then publishing it."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from components.acces.base import connect, write
from components.acces.session import current_author, current_rights, require
from components.cadre.chiffres import composer
from components.cadre.choix import Perimetre
from components.impression.edition import show_cover, show_suivis
from components.impression.section import show_section
from components.messages.etats import refused_by, show_note
from components.messages.texte import plain, write_moment
from indicators.nombres import write_date
from indicators.perimetre import Droits
from indicators.phrases.chiffres import count
from pages.animation.seance.brouillon import (
    Brouillon,
    Reunion,
    as_demande,
    attempt,
    change_brouillon,
    choose_sections,
    dress,
    move_section,
    read_brouillon,
    show_introduction,
    show_old_words,
    show_unkept,
    show_words,
)
from pages.animation.seance.comparer import read_last, show_changes, show_watch_list
from reports.pdf.polices import write_missing
from seances.decisions import read_followups
from seances.preparation import AUDIENCES, INSTANCES, SECTIONS, write_audience
from seances.publication import publish_edition
from sections.contenu import Edition
from sections.liste import TITRES

_FAIT, RELUE = "edition_publiee", "seance_relue"


def show_preparation(perimetre: Perimetre) -> None:
    """The draft, the edition as it would be published, then the button."""
    show_unkept()
    gauche, droite = st.columns(2, gap="medium")
    instance = gauche.selectbox(
        "Instance", list(INSTANCES), format_func=lambda code: INSTANCES[code].nom, key="seance_instance", width=420
    )
    reunion = Reunion(perimetre.codes[0], instance)
    brouillon = read_brouillon(reunion)
    with droite:
        _choose_audience(reunion, brouillon)
    with connect() as base:
        suivis = read_followups(base, reunion.code_plie)
    edition = dress(composer(as_demande(brouillon, instance, perimetre)), brouillon, suivis)
    show_cover(edition)
    _show_narrow_perimeter(edition)
    derniere = read_last(edition)
    gauche, droite = st.columns(2, gap="medium")
    with gauche:
        show_changes(derniere, edition)
    with droite:
        show_watch_list(edition)
    _show_sections(reunion, brouillon, edition, derniere)
    with st.expander(f"**Décisions à suivre** : {count(len(suivis), 'décision')}", key="seance_suivis"):
        show_suivis(suivis)
    _show_publication(edition)


def _choose_audience(reunion: Reunion, brouillon: Brouillon) -> None:
    cle = f"seance_audience_{reunion.code_plie}_{reunion.instance}"
    st.session_state[cle] = brouillon.audience or INSTANCES[reunion.instance].audience
    st.selectbox(
        "Pour qui",
        list(AUDIENCES),
        format_func=lambda audience: write_audience(audience, Droits(audience).arrondit),
        key=cle,
        on_change=partial(attempt, lambda: change_brouillon(reunion, audience=st.session_state[cle])),
        width=420,
    )


def _show_narrow_perimeter(edition: Edition) -> None:
    """A filter left from another page would be published without being wanted."""
    filtres = [nom for nom, code in (("territoire", edition.territoire), ("opération", edition.operation)) if code]
    if filtres:
        show_note(
            f"Un filtre est posé ({' et '.join(filtres)}) : l’édition ne portera que sur cette partie du PLIE. "
            "Pour le PLIE entier, retirez-le dans le menu de gauche."
        )


def _show_sections(reunion: Reunion, brouillon: Brouillon, edition: Edition, derniere: Edition | None) -> None:
    """Which sections and in which order, then each of them: a closed one costs nothing."""
    st.subheader("Sections", anchor=False)
    _choose_sections(reunion, brouillon)
    if derniere is not None:
        show_old_words(reunion, brouillon, derniere)
    show_introduction(reunion, brouillon)
    for section, choix in zip(edition.sections, brouillon.sections, strict=True):
        titre = f"**{plain(section.titre)}** : {plain(section.message)}"
        with st.expander(titre, key=f"seance_{section.code}", on_change="rerun") as pli:
            if pli.open:
                _show_moves(reunion, section.code)
                show_section(replace(section, commentaire="", points_de_decision=()), f"seance_{section.code}")
                show_words(reunion, choix)


def _choose_sections(reunion: Reunion, brouillon: Brouillon) -> None:
    cle = f"seance_sections_{reunion.code_plie}_{reunion.instance}"
    st.session_state[cle] = [section.code for section in brouillon.sections]
    st.multiselect(
        "Sections de la séance, dans l’ordre où elles sont choisies",
        list(SECTIONS),
        format_func=TITRES.__getitem__,
        placeholder="Choisir une section",
        select_all=False,
        key=cle,
        on_change=partial(attempt, lambda: choose_sections(reunion, list(st.session_state[cle]) or ["synthese"])),
    )


def _show_moves(reunion: Reunion, section: str) -> None:
    """Earlier or later in the meeting, without choosing every section again."""
    with st.container(horizontal=True):
        for libelle, icone, pas in (("Plus tôt", "arrow_upward", -1), ("Plus tard", "arrow_downward", 1)):
            st.button(
                libelle,
                icon=f":material/{icone}:",
                key=f"seance_deplacer_{section}_{pas}",
                on_click=partial(attempt, partial(move_section, reunion, section, pas)),
            )


def _show_publication(edition: Edition) -> None:
    """What publishing does, in words, then the button; the answer stays until the next publication."""
    st.subheader("Publier", anchor=False)
    if message := st.session_state.pop(_FAIT, ""):
        # The next one must be read again too.
        st.session_state[RELUE] = False
        st.success(plain(message), icon=":material/check_circle:")
    au = write_date(edition.au)
    if edition.audience == "comite":
        effet = f"Le comité lira les chiffres du tableau de bord au {au}, tels qu’ils sont aujourd’hui."
    else:
        effet = "Ce que lit le comité ne change pas : l’édition est pour l’équipe."
    st.markdown(
        f"Publier fige l’édition : chiffres au {au}, commentaires, règles et définitions ne changeront plus. {effet}"
    )
    if manquants := write_missing(edition):
        st.warning(plain(manquants), icon=":material/font_download_off:")
    sur = st.checkbox("J’ai relu l’édition", key=RELUE)
    if st.button("Publier l’édition", type="primary", icon=":material/publish:", disabled=not sur):
        _publish(edition)


def _publish(edition: Edition) -> None:
    require("seance", "publier", (edition.code_plie,))
    debut = datetime.now(UTC)
    with refused_by("error"):
        with write() as base:
            publiee = publish_edition(base, edition, current_author(), current_rights().role)
        suite = "Ses fichiers et sa projection sont dans l’onglet « Éditions »."
        st.session_state[_FAIT] = f"{_tell(publiee, debut)} {suite}"
        st.rerun()


def _tell(publiee: Edition, debut: datetime) -> str:
    """What has been published since `debut`, or that somebody had just done it."""
    if publiee.publie_le is None or publiee.publie_le >= debut:
        return f"Édition n° {publiee.numero} publiée."
    quand, qui = write_moment(publiee.publie_le), publiee.publie_par
    return (
        f"L’édition n° {publiee.numero}, publiée le {quand} par {qui}, est déjà celle-ci : rien n’est publié deux fois."
    )
