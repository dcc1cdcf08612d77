"""Objectifs: what was promised, where it stands, where it is heading, target by target; chosen by their status."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components.impression.cibles import as_table, name_status, show_groupe, show_signs
from components.impression.images import show_table
from components.impression.lecture import OBJECTIFS_FERMES
from components.impression.section import context_of, open_section, show_section
from components.messages.etats import guarded, show_empty, show_refused, stop_page
from components.messages.texte import plain
from indicators.objectifs import Statut
from indicators.phrases.chiffres import count
from sections.contenu import Groupe
from sections.liste import PAR_CODE


def choose_statuses(groupes: Sequence[Groupe]) -> tuple[str, ...]:
    """The filter by status, from reached to not set; none chosen = all."""
    presents = Counter(cible.statut for groupe in groupes for cible in groupe.cibles)
    choisis = st.pills(
        "Ne montrer que les objectifs",
        [str(statut) for statut in Statut if str(statut) in presents],
        format_func=lambda statut: f"{name_status(statut)} : {presents[statut]}",
        selection_mode="multi",
        key="statuts_des_objectifs",
    )
    return tuple(choisis) or tuple(presents)


def keep_statuses(groupes: Sequence[Groupe], statuts: Sequence[str]) -> list[Groupe]:
    """The groups with those targets alone, the empty ones left out."""
    gardes = (replace(g, cibles=tuple(c for c in g.cibles if c.statut in statuts)) for g in groupes)
    return [groupe for groupe in gardes if groupe.cibles]


def show_groupes(groupes: Sequence[Groupe]) -> None:
    """Every target, by PLIE, protocol then operations. Several PLIE: one fold each."""
    show_signs()
    noms = {groupe.plie: groupe.cibles[0].plie for groupe in groupes}
    for plie, nom in noms.items():
        siens = [groupe for groupe in groupes if groupe.plie == plie]
        if len(noms) == 1:
            _show(siens)
        else:
            combien = count(sum(len(groupe.cibles) for groupe in siens), "objectif")
            with st.expander(f"**{plain(nom)}** : {combien}", key=f"objectifs_{plie}"):
                _show(siens)


def _show(groupes: Sequence[Groupe]) -> None:
    for groupe in groupes:
        show_groupe(groupe)


with guarded():
    lecture = open_section("objectifs")
    section, page = PAR_CODE["objectifs"].ecrire(lecture), context_of("objectifs", lecture)
    if section.notes == (OBJECTIFS_FERMES,):
        show_refused(OBJECTIFS_FERMES)
        stop_page()
    show_section(section, "objectifs", page, groupes=False)
    if section.groupes:
        montres = keep_statuses(section.groupes, choose_statuses(section.groupes))
        if montres:
            show_table(as_table(montres), "objectifs", "Tous ces objectifs en tableau", page)
            show_groupes(montres)
        else:
            show_empty("Aucun objectif dans cet état.", "Retirez le filtre.")
