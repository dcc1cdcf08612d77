"""Open anomalies: how many by check, then one by one with their age, and what to send to each référent."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.barres import barres
from charts.donnees import Point, as_table, sort_points
from components.acces.journal import XLSX, note_once, noted_download
from components.cadre.choix import Perimetre
from components.impression.graphiques import show_chart, show_missing
from components.messages.texte import plain
from data_access.classeur.controles import Gravite
from data_access.imports.corrections import SANS_REFERENT, group_by_referent, write_corrections, zip_corrections
from data_access.imports.qualite import AnomalieOuverte
from data_access.journal.acces import Action
from data_access.refus import Refus
from indicators.nombres import INSECABLE, write_integer
from indicators.phrases.chiffres import count
from pages.animation.qualite.compte import Qualite, age_in_days, list_checks, write_age, write_day

LIGNES_MONTREES = 1_000
SANS_OPERATION = "Sans opération"


def show_by_check(qualite: Qualite) -> str | None:
    """Anomalies by check; returns the check that was clicked."""
    titre = "Anomalies ouvertes par contrôle"
    nombres = list_checks(qualite.anomalies)
    if not nombres:
        show_missing(titre, "Aucune anomalie ouverte sur ce périmètre.")
        return None
    gravites = {g.controle: g.gravite for g in qualite.groupes}
    points = sort_points(
        Point(
            code,
            qualite.titles[code] + (" (ligne rejetée)" if gravites[code] == Gravite.REJET else ""),
            nombre,
            write_integer(nombre),
        )
        for code, nombre in nombres.items()
    )
    return show_chart(
        barres(points, titre, cliquable=True),
        titre,
        "anomalies",
        as_table(points, "Contrôle", "Anomalies"),
        effectif=f"n = {count(len(qualite.anomalies), 'anomalie')}",
        note="cliquez sur une barre pour voir ses anomalies",
        cliquable=True,
    )


def show_list(perimetre: Perimetre, qualite: Qualite, controle: str | None) -> None:
    """The anomalies one by one, filtered, the oldest of each check first."""
    titre = f"À corriger : {qualite.titles[controle]}" if controle in qualite.titles else "À corriger"
    st.subheader(plain(titre), anchor=False)
    if not qualite.anomalies:
        st.success("Rien à corriger sur ce périmètre.", icon=":material/verified:")
        return
    candidates = [a for a in qualite.anomalies if controle not in qualite.titles or a.controle == controle]
    montrees = _filter(candidates)
    reste = len(montrees) - LIGNES_MONTREES
    suite = f"{INSECABLE}; les {write_integer(LIGNES_MONTREES)} premières sont montrées" if reste > 0 else ""
    st.caption(
        f"{count(len(montrees), 'anomalie')} sur {write_integer(len(qualite.anomalies))}{suite}. L’âge se compte "
        "depuis le premier chargement qui l’a vue. Les numéros sont ceux du logiciel de suivi, jamais des noms."
    )
    _note_view(perimetre, montrees)
    table = table_of_anomalies(montrees[:LIGNES_MONTREES], qualite.titles)
    st.dataframe(table, hide_index=True, key="qualite_liste", placeholder="–")
    _show_downloads(perimetre, montrees)


def _note_view(perimetre: Perimetre, montrees: Sequence[AnomalieOuverte]) -> None:
    """The list bears numbers of people: who saw it, and whose it was when it is that of one référent."""
    referents = {a.code_referent for a in montrees}
    seul = next(iter(referents)) if len(referents) == 1 else None
    try:
        note_once(Action.LISTE_VUE, perimetre.codes, f"anomalies referent:{seul}" if seul else "anomalies")
    except Refus:  # a référent that the list of référents does not know
        note_once(Action.LISTE_VUE, perimetre.codes, "anomalies")


def _filter(anomalies: Sequence[AnomalieOuverte]) -> list[AnomalieOuverte]:
    gauche, milieu, droite = st.columns(3)
    gravites = _choose(gauche, "Gravité", [a.gravite for a in anomalies])
    operations = _choose(milieu, "Opération", [a.code_operation or SANS_OPERATION for a in anomalies])
    referents = _choose(droite, "Référent", [a.code_referent or SANS_REFERENT for a in anomalies])
    return [
        a
        for a in anomalies
        if a.gravite in gravites
        and (a.code_operation or SANS_OPERATION) in operations
        and (a.code_referent or SANS_REFERENT) in referents
    ]


def _choose(place: Any, nom: str, valeurs: list[str]) -> set[str]:
    """The values chosen; all of them when none is."""
    offertes = sorted(set(valeurs), key=lambda v: (v in (SANS_REFERENT, SANS_OPERATION), v))
    choisies = place.multiselect(nom, offertes, placeholder="Toutes" if nom != "Référent" else "Tous", select_all=False)
    return set(choisies or offertes)


def table_of_anomalies(anomalies: Sequence[AnomalieOuverte], titres: dict[str, str]) -> pd.DataFrame:
    """Which row, what is wrong, what to do, since when."""
    return pd.DataFrame(
        [
            {
                "Gravité": a.gravite,
                "Contrôle": titres.get(a.controle, a.controle),
                "Âge": write_age(age_in_days(a.depuis_le)),
                "Feuille": a.feuille or "Classeur",
                "Numéro": a.cle or "",
                "Référent": a.code_referent or "",
                "Opération": a.code_operation or "",
                "Que faire": a.conseil,
                "PLIE": a.code_plie or "",
                "Depuis le": write_day(a.depuis_le),
                "Ligne du classeur": str(a.ligne or ""),
                "Colonne": a.colonne or "",
            }
            for a in anomalies
        ]
    )


def _show_downloads(perimetre: Perimetre, anomalies: Sequence[AnomalieOuverte]) -> None:
    if not anomalies:
        return
    st.markdown("**Envoyer à corriger**")
    nombre = len(group_by_referent(anomalies))
    base = f"corrections_{perimetre.date_donnees:%Y%m%d}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            f"Un classeur par référent (.zip, {write_integer(nombre)})",
            data=noted_download(
                "qualite", "telecharger", perimetre.codes, "qualite zip", lambda: zip_corrections(anomalies)
            ),
            file_name=f"{base}.zip",
            mime="application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
            key="corrections_zip",
        )
        st.download_button(
            "Tout en un classeur, un onglet par référent (.xlsx)",
            data=noted_download(
                "qualite", "telecharger", perimetre.codes, "qualite xlsx", lambda: write_corrections(anomalies)
            ),
            file_name=f"{base}.xlsx",
            mime=XLSX,
            icon=":material/download:",
            on_click="ignore",
            key="corrections_xlsx",
        )
    st.caption("Les fichiers suivent les filtres ci-dessus. Ils ne contiennent que des numéros, jamais de nom.")
