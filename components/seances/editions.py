"""Published editions: the list, each reopened as it was, its proof, its files."""

import streamlit as st

from components.acces.base import connect, connect_while_awaited
from components.acces.session import current_rights
from components.cadre.choix import Perimetre
from components.impression.edition import show_cover, show_suivis
from components.impression.section import show_section
from components.messages.etats import show_empty, show_note, show_refused
from components.messages.texte import plain, print_table, write_moment
from components.seances.fichiers import show_fichiers
from data_access.refus import Refus
from data_access.seances.editions import sign
from indicators.catalogue import CATALOGUE
from indicators.nombres import write_short_date
from indicators.phrases.chiffres import count
from seances.comparaison import recompute
from seances.preparation import INSTANCES
from seances.publication import EditionGardee, EditionRouverte, list_editions, open_edition
from sections.contenu import Edition

_RECALCULS = "editions_recalculees"


def read_editions(code_plie: str, pour_le_comite: bool = False) -> list[EditionGardee]:
    """Editions of a PLIE, the last one first."""
    with connect() as base:
        return list_editions(base, code_plie, pour_le_comite)


def read_one(code_plie: str, numero: int) -> EditionRouverte:
    """One edition as it was."""
    with connect() as base:
        return open_edition(base, code_plie, numero)


def choose_edition(gardees: list[EditionGardee], libelle: str, cle: str, rang: int = 0) -> EditionGardee:
    """One of the editions, the `rang`-th at first, said « n° 3 · Comité de pilotage, chiffres au 30/09/2021 »."""
    noms = {
        g.numero: f"n° {g.numero} · {INSTANCES[g.instance].nom}, chiffres au {write_short_date(g.au)}" for g in gardees
    }
    index = min(rang, len(gardees) - 1)
    numero = st.selectbox(libelle, list(noms), index=index, format_func=noms.__getitem__, key=cle)
    return next(g for g in gardees if g.numero == numero)


def show_editions(perimetre: Perimetre) -> None:
    """The list, then the chosen one, with its proof and its projection."""
    code = perimetre.codes[0]
    gardees = read_editions(code)
    if not gardees:
        show_note("Aucune édition n’est publiée. Préparez-en une dans l’onglet « Préparer ».")
        return
    print_table([_row(g) for g in gardees])
    choisie = choose_edition(gardees, "Rouvrir", f"edition_rouverte_{code}")
    rouverte = read_one(code, choisie.numero)
    show_cover(rouverte.edition)
    _show_proof(rouverte)
    st.page_link(
        "pages/animation/projection/ecran.py",
        label=f"Projeter l’édition n° {choisie.numero}",
        icon=":material/slideshow:",
        query_params={"plie": code, "edition": str(choisie.numero)},
    )
    _show_content(rouverte, "seance")


def is_one_plie(perimetre: Perimetre) -> bool:
    """A meeting is that of one PLIE; says so otherwise."""
    if len(perimetre.codes) == 1:
        return True
    show_empty("Une séance est celle d’un seul PLIE.", "Choisissez-en un dans le menu de gauche. [SEA-001]")
    return False


def is_whole_plie_open(perimetre: Perimetre) -> bool:
    """An edition is about a whole PLIE: it is not for those who may read a part of it only. Says so."""
    if not current_rights().limits_of(perimetre.codes[0]):
        return True
    show_refused(
        "Un dossier de séance porte sur le PLIE entier : vos droits portent sur un territoire ou une structure. "
        "Demandez le dossier à l’équipe d’animation. [SEA-002]"
    )
    return False


def show_dossiers(perimetre: Perimetre) -> None:
    """What was published to the committee, for whoever may read this PLIE whole."""
    code = perimetre.codes[0]
    gardees = read_editions(code, pour_le_comite=True)
    if not gardees:
        show_note("Aucun dossier de séance n’est publié pour ce PLIE. L’équipe d’animation le publie avant la séance.")
        return
    choisie = choose_edition(gardees, "Séance", f"dossier_{code}")
    rouverte = read_one(code, choisie.numero)
    if current_rights().arrondit and not rouverte.edition.arrondit:
        show_refused(
            "Ce dossier montre des effectifs exacts, et vos droits ouvrent la lecture arrondie. Demandez à l’équipe "
            "d’animation un dossier arrondi, ou à l’administration la lecture exacte. [SEA-006]"
        )
        return
    show_cover(rouverte.edition)
    _show_content(rouverte, "dossiers")


def _show_content(rouverte: EditionRouverte, ecran: str) -> None:
    """The files, then each section as it was."""
    show_fichiers(rouverte.edition, ecran)
    if rouverte.edition.commentaire:
        st.text(rouverte.edition.commentaire)
    for section in rouverte.edition.sections:
        titre = f"**{plain(section.titre)}** : {plain(section.message)}"
        with st.expander(titre, key=f"rouverte_{section.code}", on_change="rerun") as pli:
            if pli.open:
                show_section(section, f"rouverte_{section.code}")
    with st.expander("**Décisions qui étaient à suivre**", key="rouverte_suivis"):
        show_suivis(rouverte.edition.suivis)


def _row(gardee: EditionGardee) -> dict[str, str]:
    return {
        "Édition": f"n° {gardee.numero}",
        "Instance": INSTANCES[gardee.instance].nom,
        "Période": f"du {write_short_date(gardee.du)} au {write_short_date(gardee.au)}",
        "Données": f"version {gardee.version}",
        "Publiée": f"{write_moment(gardee.publie_le)}{sign(gardee.publie_par)}",
    }


def _show_proof(rouverte: EditionRouverte) -> None:
    """Is it what was published, are its definitions still today's, does it come out again from the journal."""
    if not rouverte.integre:
        show_refused(
            "Le contenu de cette édition n’a plus l’empreinte de sa publication : la base a été modifiée hors du "
            "tableau de bord. Ne l’utilisez pas ; prévenez l’administration. [EDI-011]"
        )
    if rouverte.definitions_changees:
        noms = ", ".join(rouverte.definitions_changees)
        show_note(f"Depuis cette édition, la définition a changé pour : {noms}. L’édition garde celle d’alors.")
    reponses: dict[tuple[str, int], tuple[bool, str]] = st.session_state.setdefault(_RECALCULS, {})
    edition = rouverte.edition
    cle = (edition.code_plie, rouverte.gardee.numero)
    if st.button("Recalculer depuis le journal", icon=":material/history:", key="edition_recalculer"):
        reponses[cle] = _recompute(edition)
    if cle in reponses:
        tient, message = reponses[cle]
        if tient:
            st.success(plain(message), icon=":material/verified:")
        else:
            show_refused(message)


def _recompute(edition: Edition) -> tuple[bool, str]:
    """Does the edition come out again from the journal, and what to say of it."""
    try:
        with st.spinner("Les données d’alors sont réécrites depuis le journal…"), connect_while_awaited() as base:
            divergences = recompute(base, edition)
    except Refus as refus:
        return False, str(refus)
    if not divergences:
        return True, f"Les {len(edition.figures)} chiffres de l’édition sont retrouvés à l’identique depuis le journal."
    noms = ", ".join(sorted({_name(d.avant.question.indicateur) for d in divergences}))
    combien = count(len(divergences), "chiffre n’est plus", "chiffres ne sont plus")
    return False, f"{combien} ce que l’édition montre ({noms}) : la définition ou l’arrondi a changé depuis."


def _name(indicateur: str) -> str:
    return CATALOGUE[indicateur].libelle if indicateur in CATALOGUE else indicateur
