"""Open anomalies: how many by check, then one by one with their age, and what to send to each référent."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from components.acces.journal import XLSX, note_once, show_download
from components.cadre.choix import Perimetre
from components.impression.images import show_image
from components.messages.texte import filter_rows, plain
from data_access.classeur.controles import Gravite
from data_access.imports.corrections import SANS_REFERENT, group_by_referent, write_corrections, zip_corrections
from data_access.imports.qualite import AnomalieOuverte
from data_access.journal.acces import Action
from data_access.refus import Refus
from indicators.nombres import INSECABLE, write_integer, write_short_date
from indicators.phrases.chiffres import count
from pages.animation.qualite.compte import Qualite, age_in_days, write_age
from sections.dessins import Barre, draw_bars, greatest_first
from sections.images import Clic

LIGNES_MONTREES = 1_000
SANS_OPERATION = "Sans opération"


def show_by_check(qualite: Qualite) -> str | None:
    """Anomalies by check; returns the check that was clicked."""
    rejets = {groupe.controle for groupe in qualite.groupes if groupe.gravite == Gravite.REJET}
    barres = greatest_first(
        Barre(
            qualite.titles[code] + (" (ligne rejetée)" if code in rejets else ""),
            nombre,
            write_integer(nombre),
            code=code,
        )
        for code, nombre in Counter(a.controle for a in qualite.anomalies).items()
    )
    image = draw_bars(
        "anomalies",
        barres,
        sujet="Anomalies ouvertes par contrôle",
        vide="Aucune anomalie ouverte sur ce périmètre.",
        entete="Contrôle",
        nom="Anomalies",
        unite="",
        indicateurs=(),
        effectif=f"n = {count(len(qualite.anomalies), 'anomalie')}",
        maximum=len(barres),
        clic=Clic.LIGNES,
    )
    return show_image(image, image.code, cliquable=True)


def show_list(perimetre: Perimetre, qualite: Qualite, controle: str | None) -> None:
    """The anomalies one by one, filtered, the oldest of each check first."""
    titre = f"À corriger : {qualite.titles[controle]}" if controle in qualite.titles else "À corriger"
    st.subheader(plain(titre), anchor=False)
    if not qualite.anomalies:
        st.success("Rien à corriger sur ce périmètre.", icon=":material/verified:")
        return
    candidates = [a for a in qualite.anomalies if controle not in qualite.titles or a.controle == controle]
    filtres = {
        "Gravité": lambda a: a.gravite,
        "Opération": lambda a: a.code_operation or SANS_OPERATION,
        "Référent": lambda a: a.code_referent or SANS_REFERENT,
    }
    montrees = filter_rows(candidates, filtres, ordre=lambda v: (v in (SANS_REFERENT, SANS_OPERATION), v))
    suite = ""
    if len(montrees) > LIGNES_MONTREES:
        suite = f"{INSECABLE}; les {write_integer(LIGNES_MONTREES)} premières sont montrées"
    st.caption(
        f"{count(len(montrees), 'anomalie')} sur {write_integer(len(qualite.anomalies))}{suite}. L’âge se compte "
        "depuis le premier chargement qui l’a vue. Les numéros sont ceux du logiciel de suivi, jamais des noms."
    )
    _note_view(perimetre, montrees)
    table = pd.DataFrame([_as_row(a, qualite.titles) for a in montrees[:LIGNES_MONTREES]])
    st.dataframe(table, hide_index=True, key="qualite_liste", placeholder="–")
    if montrees:
        _show_downloads(perimetre, montrees)


def _note_view(perimetre: Perimetre, montrees: Sequence[AnomalieOuverte]) -> None:
    """The list bears numbers of people: who saw it, and whose it was when it is that of one référent."""
    referents = {a.code_referent for a in montrees}
    seul = next(iter(referents)) if len(referents) == 1 else None
    try:
        note_once(Action.LISTE_VUE, perimetre.codes, f"anomalies referent:{seul}" if seul else "anomalies")
    except Refus:  # a référent that the list of référents does not know
        note_once(Action.LISTE_VUE, perimetre.codes, "anomalies")


def _as_row(a: AnomalieOuverte, titres: dict[str, str]) -> dict[str, str]:
    """Which row, what is wrong, what to do, since when."""
    return {
        "Gravité": a.gravite,
        "Contrôle": titres.get(a.controle, a.controle),
        "Âge": write_age(age_in_days(a.depuis_le)),
        "Feuille": a.feuille or "Classeur",
        "Numéro": a.cle or "",
        "Référent": a.code_referent or "",
        "Opération": a.code_operation or "",
        "Que faire": a.conseil,
        "PLIE": a.code_plie or "",
        "Depuis le": write_short_date(a.depuis_le.date()),
        "Ligne du classeur": str(a.ligne or ""),
        "Colonne": a.colonne or "",
    }


def _show_downloads(perimetre: Perimetre, anomalies: Sequence[AnomalieOuverte]) -> None:
    st.markdown("**Envoyer à corriger**")
    nombre = write_integer(len(group_by_referent(anomalies)))
    un_par_referent, tout = f"Un classeur par référent (.zip, {nombre})", "Tout en un classeur, un onglet par référent"
    with st.container(horizontal=True, gap="small"):
        for libelle, extension, mime, icone, faire in (
            (un_par_referent, "zip", "application/zip", "folder_zip", zip_corrections),
            (f"{tout} (.xlsx)", "xlsx", XLSX, "download", write_corrections),
        ):
            show_download(
                libelle,
                f"corrections_{perimetre.date_donnees:%Y%m%d}.{extension}",
                mime,
                ("qualite", "telecharger"),
                perimetre.codes,
                f"qualite {extension}",
                partial(faire, anomalies),
                icon=f":material/{icone}:",
                key=f"corrections_{extension}",
            )
    st.caption("Les fichiers suivent les filtres ci-dessus. Ils ne contiennent que des numéros, jamais de nom.")
