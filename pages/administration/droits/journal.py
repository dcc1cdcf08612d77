"""« Journal »: who did what, on which perimeter, when; filtered, then taken away as a file, which is noted too."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from components.acces.session import require
from components.cadre.base import connect, current_url
from components.cadre.gestes import XLSX, note_once, noted_download
from components.messages.etats import show_empty
from data_access.journal.acces import Action, Evenement, FiltreEvenements, list_events, retention_days
from data_access.journal.recit import ACTIONS, TITRES, as_row, write_csv, write_xlsx
from data_access.moments import french_zone, midnight
from data_access.refus import Refus
from indicators.nombres import write_integer
from indicators.phrases.chiffres import count
from indicators.referentiel import list_plie

LIGNES_MONTREES = 200
TOUS_LES_PLIE = "Tous les PLIE"
_JOURS_PROPOSES = 30


def show_journal() -> None:
    """The filters, how many events, the last ones, the files. For the role « administration »."""
    require("droits", "telecharger")
    note_once(Action.LISTE_VUE, (), "journal")
    filtre = choose_filter()
    if filtre is None:
        return
    with connect(current_url()) as base:
        evenements = list_events(base, filtre)
    if not evenements:
        show_empty("Aucun événement ne répond à ces filtres.", "Élargissez la période ou retirez un filtre.")
        return
    reste = len(evenements) - LIGNES_MONTREES
    suite = f" Les {write_integer(LIGNES_MONTREES)} plus récents sont montrés, les fichiers les ont tous."
    st.caption(
        f"{count(len(evenements), 'événement')}, à l’heure de Paris.{suite if reste > 0 else ''} Aucun ne se modifie ; "
        f"{write_retention()}. Le journal ne contient aucune donnée sur les participants."
    )
    st.dataframe(table_of_events(evenements[:LIGNES_MONTREES]), hide_index=True, key="journal_table", placeholder="–")
    _show_files(evenements)


def write_retention() -> str:
    """How long an event is kept, or that the setting cannot be applied."""
    try:
        return f"chacun est gardé {write_integer(retention_days())} jours"
    except Refus as refus:
        return str(refus)


def choose_filter() -> FiltreEvenements | None:
    """What to look for; None while the period is not whole."""
    aujourdhui = datetime.now(french_zone()).date()
    premiere, deuxieme = st.columns(2), st.columns(2)
    periode = premiere[0].date_input(
        "Période",
        (aujourdhui - timedelta(days=_JOURS_PROPOSES), aujourdhui),
        format="DD/MM/YYYY",
        key="journal_periode",
    )
    actions = premiere[1].multiselect(
        "Action",
        list(ACTIONS),
        format_func=ACTIONS.__getitem__,
        placeholder="Toutes",
        key="journal_actions",
        select_all=False,
    )
    identite = deuxieme[0].text_input("Personne", placeholder="adresse, ou début d’adresse", key="journal_identite")
    with connect(current_url()) as base:
        noms = {"": TOUS_LES_PLIE} | {plie.code_plie: plie.nom for plie in list_plie(base)}
    code = deuxieme[1].selectbox("PLIE", list(noms), format_func=noms.__getitem__, key="journal_plie")
    if not isinstance(periode, tuple) or len(periode) != 2:
        st.caption("Choisissez le dernier jour de la période.")
        return None
    du, au = periode
    return FiltreEvenements(
        depuis=midnight(du),
        jusqua=midnight(au + timedelta(days=1)),
        actions=tuple(actions),
        identite=identite.strip(),
        code_plie=code or None,
    )


def table_of_events(evenements: Sequence[Evenement]) -> pd.DataFrame:
    """One line an event, the last one first."""
    return pd.DataFrame([as_row(evenement) for evenement in evenements], columns=list(TITRES))


def _show_files(evenements: Sequence[Evenement]) -> None:
    jours = sorted(f"{evenement.moment.astimezone(french_zone()):%Y%m%d}" for evenement in evenements)
    with st.container(horizontal=True, gap="small"):
        for extension, mime, faire in (("xlsx", XLSX, write_xlsx), ("csv", "text/csv", write_csv)):
            st.download_button(
                f"Télécharger ces événements (.{extension})",
                data=noted_download("droits", "telecharger", (), f"journal {extension}", partial(faire, evenements)),
                file_name=f"journal_{jours[0]}_{jours[-1]}.{extension}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"journal_{extension}",
            )
