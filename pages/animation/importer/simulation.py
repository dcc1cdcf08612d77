"""Figures before and after a file that nobody has confirmed yet: they are counted in a trial that is taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components.acces.session import current_rights
from components.messages.texte import plain, print_table
from data_access.imports.deroule import ImportPrepare, figures_before_after
from data_access.refus import Refus
from indicators.declaration import Unite
from indicators.nombres import write_points, write_short_date, write_signed, write_value
from indicators.perimetre import Droits, Filtres, Periode
from indicators.publication import publier
from indicators.referentiel import list_plie
from indicators.resultats import ResultatPublie
from pages.animation.importer.etat import Examen, current_engine

CHIFFRES = {
    "file_active": "File active au dernier jour",
    "entrees": "Entrées depuis le 1er janvier",
    "sorties": "Sorties depuis le 1er janvier",
    "taux_sorties_positives": "Sorties positives, toutes sorties",
    "taux_sorties_positives_hors_neutres": "Sorties positives, hors neutres",
}
ABSENT = "pas encore chargé"
CALCUL = "Calcul des chiffres avant et après…"


@dataclass(frozen=True)
class ChiffresDuPlie:
    """The figures of one PLIE over the civil year of its data, up to their last day."""

    nom: str
    au: date
    resultats: dict[str, ResultatPublie]


AvantApres = tuple[dict[str, ChiffresDuPlie], dict[str, ChiffresDuPlie]]


def simulate_figures(prepare: ImportPrepare) -> AvantApres:
    """By PLIE of the file, the figures now and those that the file would give."""
    return figures_before_after(current_engine(), prepare, make_counter(prepare.codes_plie, current_rights()))


def make_counter(codes: Sequence[str], droits: Droits) -> Callable[[Any], dict[str, ChiffresDuPlie]]:
    """What counts the figures of these PLIE on a connection; a PLIE that it does not hold is left out."""

    def compter(base: Any) -> dict[str, ChiffresDuPlie]:
        return {
            plie.code_plie: ChiffresDuPlie(
                plie.nom, plie.date_extraction, _count(base, plie.code_plie, plie.date_extraction, droits)
            )
            for plie in list_plie(base)
            if plie.code_plie in codes
        }

    return compter


def _count(base: Any, code_plie: str, au: date, droits: Droits) -> dict[str, ResultatPublie]:
    filtres = Filtres((code_plie,), Periode(date(au.year, 1, 1), au))
    return {code: publier(base, code, filtres, droits) for code in CHIFFRES}


def show_figures(examen: Examen) -> None:
    """One table a PLIE: before, after, and the gap. Counted once for each check of the file."""
    if examen.chiffres is None:
        try:
            with st.spinner(CALCUL):
                examen.chiffres = simulate_figures(examen.prepare)
        except Refus as erreur:
            st.warning(
                plain(f"Les chiffres avant et après n’ont pas pu être calculés. {erreur}"),
                icon=":material/sync_problem:",
            )
            return
    avant, apres = examen.chiffres
    for code, nouveaux in apres.items():
        st.markdown(f"**Chiffres – {plain(nouveaux.nom)}**")
        print_table(table_of_figures(avant.get(code), nouveaux))


def table_of_figures(avant: ChiffresDuPlie | None, apres: ChiffresDuPlie) -> pd.DataFrame:
    """Figures side by side, each at the date of its own data."""
    titre_avant = f"Avant (données au {write_short_date(avant.au)})" if avant else "Avant"
    titre_apres = f"Après (données au {write_short_date(apres.au)})"
    return pd.DataFrame(
        [
            {
                "Chiffre": libelle,
                titre_avant: _write(avant.resultats[code]) if avant else ABSENT,
                titre_apres: _write(apres.resultats[code]),
                "Écart": write_gap(avant.resultats[code] if avant else None, apres.resultats[code]),
            }
            for code, libelle in CHIFFRES.items()
        ]
    )


def _write(resultat: ResultatPublie) -> str:
    return write_value(resultat.cellule, resultat.unite)


def write_gap(avant: ResultatPublie | None, apres: ResultatPublie) -> str:
    """« + 24 », « − 1,2 point », « 0 »; a dash where one of the two has no value."""
    if avant is None or avant.valeur is None or apres.valeur is None:
        return "–"
    ecart = apres.valeur - avant.valeur
    return write_points(ecart) if apres.unite == Unite.PART else write_signed(ecart)
