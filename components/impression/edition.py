"""An edition on screen: each section as it was composed, whether it is a preview, a reopened one or projected."""

import pandas as pd
import streamlit as st

from components.messages.etats import show_note
from components.messages.texte import plain, print_table
from indicators.nombres import say_rounding, write_date, write_short_date
from sections.contenu import Edition, Suivi


def show_cover(edition: Edition) -> None:
    """What the edition is: title, number, perimeter, rules, masking. A preview has the perimeter of the page."""
    numero = f"Édition n° {edition.numero}" if edition.numero else "Aperçu, pas encore publié"
    st.markdown(f"**{plain(edition.titre)}** · {numero}")
    if edition.numero:
        inventees = " · **données inventées**" if edition.inventees else ""
        st.markdown(f"{plain(edition.perimetre)} · données au {write_short_date(edition.date_donnees)}{inventees}")
    precisions = [_write_reading(edition), *edition.regles]
    if not edition.numero:
        precisions.append("La période et le périmètre se choisissent dans le menu de gauche.")
    st.caption(plain(" · ".join(precisions)))


def _write_reading(edition: Edition) -> str:
    base = edition.arrondi_a
    if base is None:
        return "Édition publiée quand les petits effectifs étaient masqués"
    return (
        f"Par territoire et par public, {say_rounding(base)}" if base else "Effectifs exacts, pour ses seuls lecteurs"
    )


def show_suivis(suivis: tuple[Suivi, ...]) -> None:
    """Decisions of earlier meetings, with what became of them."""
    if not suivis:
        show_note("Aucune décision d’une séance précédente n’est à suivre.")
        return
    lignes = [
        {
            "Séance": f"n° {s.numero}",
            "Décision": s.texte,
            "Qui": s.porteur or "–",
            "Pour le": write_date(s.echeance) if s.echeance else "–",
            "État": s.etat,
            "Suivi": s.suivi or "–",
        }
        for s in suivis
    ]
    print_table(pd.DataFrame(lignes))
