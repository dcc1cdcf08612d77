"""Bullet charts: each target as a share of its own number, with what was expected by now."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from charts import palette

PART_MAXIMALE = 1.3


@dataclass(frozen=True)
class Puce:
    """One target: name, realised and expected as shares of the target, words, code of the status."""

    code: str
    libelle: str
    part: float
    attendu: float | None
    texte: str
    statut: str


def puces(lignes: Sequence[Puce], sujet: str) -> alt.LayerChart:
    """One bar a target, its name above, its status and numbers in words; the tick is what was expected by now.

    Bars beyond 130 % are cut there: their words keep the true number.
    """
    cadre = pd.DataFrame([ligne.__dict__ for ligne in lignes], columns=list(Puce.__dataclass_fields__))
    cadre["longueur"] = cadre["part"].clip(upper=PART_MAXIMALE)
    cadre["repere"] = cadre["attendu"].astype(float).clip(upper=PART_MAXIMALE)
    cadre["plein"] = 1.0
    cadre["couleur"] = [palette.PAR_STATUT.get(statut, palette.NEUTRE) for statut in cadre["statut"]]
    etendue = alt.Scale(domain=[0, PART_MAXIMALE], nice=False)
    base = alt.Chart(cadre).encode(
        y=alt.Y("code:N", sort=None, title=None, axis=None),
        tooltip=[alt.Tooltip("libelle:N", title="Objectif"), alt.Tooltip("texte:N", title="État")],
    )
    axe = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], title="part de l’objectif", grid=False)
    couches = [
        base.mark_bar(height=20, yOffset=4, color=palette.GRILLE).encode(x=alt.X("plein:Q", scale=etendue, axis=axe)),
        base.mark_bar(height=12, yOffset=4).encode(
            x=alt.X("longueur:Q", scale=etendue), color=alt.Color("couleur:N", scale=None)
        ),
        base.mark_tick(height=28, thickness=3, yOffset=4, color=palette.ENCRE).encode(
            x=alt.X("repere:Q", scale=etendue)
        ),
        base.mark_text(align="left", dy=-20, fontWeight="bold").encode(x=alt.value(0), text="libelle:N"),
        base.mark_text(align="left", dy=28, color=palette.TEXTE_SECOND).encode(x=alt.value(0), text="texte:N"),
    ]
    texte = " ; ".join(f"{ligne.libelle} : {ligne.texte}" for ligne in lignes)
    return alt.layer(*couches).properties(
        height=alt.Step(84), width="container", description=f"{sujet}. {texte or 'Aucun objectif'}."
    )
