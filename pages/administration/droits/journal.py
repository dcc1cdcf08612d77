"""« Journal »: who did what, on which perimeter, when; filtered, then taken away as a file, which is noted too."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from components.acces.base import connect
from components.acces.journal import XLSX, note_once, show_download
from components.acces.session import require
from components.messages.etats import show_empty
from data_access.journal.acces import Action, Evenement, FiltreEvenements, list_events, retention_days
from data_access.journal.recit import ACTIONS, TITRES, as_row, write_csv, write_xlsx
from data_access.moments import french_zone, midnight
from data_access.refus import Refus
from indicators.nombres import write_integer
from indicators.phrases.chiffres import count
from indicators.referentiel import list_plie

LIGNES_MONTREES = 200
_JOURS_PROPOSES = 30


def show_journal() -> None:
    """The filters, how many events, the last ones, the files. For the role « administration »."""
    require("droits", "telecharger")
    note_once(Action.LISTE_VUE, (), "journal")
    filtre = _choose_filter()
    if filtre is None:
        return
    with connect() as base:
        evenements = list_events(base, filtre)
    if not evenements:
        show_empty("Aucun événement ne répond à ces filtres.", "Élargissez la période ou retirez un filtre.")
        return
    suite = ""
    if len(evenements) > LIGNES_MONTREES:
        suite = f" Les {write_integer(LIGNES_MONTREES)} plus récents sont montrés, les fichiers les ont tous."
    st.caption(
        f"{count(len(evenements), 'événement')}, à l’heure de Paris.{suite} Aucun ne se modifie ; "
        f"{_write_retention()}. Le journal ne contient aucune donnée sur les participants."
    )
    table = pd.DataFrame([as_row(evenement) for evenement in evenements[:LIGNES_MONTREES]], columns=list(TITRES))
    st.dataframe(table, hide_index=True, key="journal_table", placeholder="–")
    _show_files(evenements)


def _write_retention() -> str:
    """How long an event is kept, or that the setting cannot be applied."""
    try:
        return f"chacun est gardé {write_integer(retention_days())} jours"
    except Refus as refus:
        return str(refus)


def _choose_filter() -> FiltreEvenements | None:
    """What to look for; None while the period is not whole."""
    aujourdhui = datetime.now(french_zone()).date()
    haut, bas = st.columns(2), st.columns(2)
    proposee = (aujourdhui - timedelta(days=_JOURS_PROPOSES), aujourdhui)
    periode = haut[0].date_input("Période", proposee, format="DD/MM/YYYY", key="journal_periode")
    actions = haut[1].multiselect(
        "Action",
        list(ACTIONS),
        format_func=ACTIONS.__getitem__,
        placeholder="Toutes",
        key="journal_actions",
        select_all=False,
    )
    identite = bas[0].text_input("Personne", placeholder="adresse, ou début d’adresse", key="journal_identite")
    with connect() as base:
        noms = {"": "Tous les PLIE"} | {plie.code_plie: plie.nom for plie in list_plie(base)}
    code = bas[1].selectbox("PLIE", list(noms), format_func=noms.__getitem__, key="journal_plie")
    if not isinstance(periode, tuple) or len(periode) != 2:
        st.caption("Choisissez le dernier jour de la période.")
        return None
    du, au = periode
    return FiltreEvenements(
        midnight(du), midnight(au + timedelta(days=1)), tuple(actions), identite.strip(), code_plie=code or None
    )


def _show_files(evenements: Sequence[Evenement]) -> None:
    jours = sorted(f"{evenement.moment.astimezone(french_zone()):%Y%m%d}" for evenement in evenements)
    with st.container(horizontal=True, gap="small"):
        for extension, mime, faire in (("xlsx", XLSX, write_xlsx), ("csv", "text/csv", write_csv)):
            show_download(
                f"Télécharger ces événements (.{extension})",
                f"journal_{jours[0]}_{jours[-1]}.{extension}",
                mime,
                ("droits", "telecharger"),
                (),
                f"journal {extension}",
                partial(faire, evenements),
                key=f"journal_{extension}",
            )
