"""One chart on a page: what it is about, how many it counts, its table one click away, what a click does."""

from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from charts.donnees import AUTRES, Point, base_of, sum_values
from components.messages.etats import show_note
from components.messages.texte import plain, print_table
from indicators.nombres import say_rounding
from indicators.phrases.chiffres import count


def show_chart(
    graphique: alt.LayerChart,
    titre: str,
    cle: str,
    table: pd.DataFrame,
    effectif: str = "",
    note: str = "",
    cliquable: bool = False,
    base: int = 0,
) -> str | None:
    """Shows the chart and returns the code of the bar that was clicked (None without click).

    `effectif` is the sample size, « n = 986 parcours »; `note` what the reader must know to read it; `base` what its
    numbers are rounded to, said once (0 = exact).
    """
    st.subheader(plain(titre), anchor=False)
    if precisions := " · ".join(texte for texte in (effectif, note, say_rounding(base)) if texte):
        st.caption(plain(precisions))
    # Checking a chart against the schema takes three quarters of the time of a page: the tests do it.
    spec = graphique.to_dict(validate=False)
    reponse = st.vega_lite_chart(
        spec=spec,
        theme=None,
        width="stretch",
        key=f"graphique_{cle}",
        on_select="rerun" if cliquable else "ignore",
        alt=spec.pop("description", titre),
    )
    show_table(table, cle)
    return _clicked(reponse) if cliquable else None


def show_missing(titre: str, message: str) -> None:
    """The place of a chart that cannot be drawn: its title, and why."""
    st.subheader(plain(titre), anchor=False)
    show_note(message)


def write_n(points: Iterable[Point], singulier: str, pluriel: str | None = None) -> str:
    """« n = 68 sorties », « n ≈ 70 sorties »; nothing where a part is unknown or small: the size would be wrong."""
    points = tuple(points)
    total = None if any(p.valeur is None for p in points) else sum_values(points)
    return "" if total is None else f"n {'≈' if base_of(points) else '='} {count(total, singulier, pluriel)}"


def write_absence(points: Iterable[Point], vide: str) -> str:
    """Why there is nothing to draw: the states of the points in words, `vide` where all are true zeros."""
    points = tuple(points)
    etats = sorted({p.texte for p in points if p.valeur is None})
    if etats and base_of(points):
        return f"Partout {' ou '.join(etats)} : trop peu pour un graphique. Choisissez un périmètre plus large."
    return f"Ce chiffre est {' ou '.join(etats)} sur ce périmètre." if etats else vide


def write_small(points: Iterable[Point], singulier: str, pluriel: str | None = None) -> str:
    """« 3 mois : moins de 5 »: the small rounded counts that have no mark; nothing where there is none."""
    petits = [p.texte for p in points if p.valeur is None and p.base]
    return f"{count(len(petits), singulier, pluriel)} : {petits[0]}" if petits else ""


def is_hidden(points: Iterable[Point]) -> bool:
    """True when no point has a number or a small rounded count: there is nothing to draw."""
    return all(p.valeur is None and not p.base for p in points)


def show_table(table: pd.DataFrame, cle: str) -> None:
    """The complete table, folded."""
    with st.expander("Voir le tableau", key=f"tableau_{cle}", icon=":material/table:"):
        print_table(table)


def _clicked(reponse: Any) -> str | None:
    choisis = reponse["selection"].get("choix", []) if reponse else []
    code = choisis[0].get("code") if choisis else None
    return None if code == AUTRES else code
