"""Bullet charts: each target as a share of its own number, with what was expected by now."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from charts import palette
from charts.assemblage import HAUTEUR_DE_LIGNE, assemble, at_top, count_lines, wrap

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
    """One bar a target, its name above, its status and numbers below; the tick is what was expected by now.

    Bars beyond 130 % are cut there: their words keep the true number.
    """
    cadre = pd.DataFrame([ligne.__dict__ for ligne in lignes], columns=list(Puce.__dataclass_fields__))
    cadre["libelle"], cadre["texte"] = cadre["libelle"].map(wrap), cadre["texte"].map(wrap)
    haut = HAUTEUR_DE_LIGNE * count_lines(cadre["libelle"]) + 4
    pas = haut + 20 + 4 + HAUTEUR_DE_LIGNE * count_lines(cadre["texte"]) + 18
    centre = haut + 10 - pas / 2
    cadre["longueur"] = cadre["part"].clip(upper=PART_MAXIMALE)
    cadre["repere"] = cadre["attendu"].astype(float).clip(upper=PART_MAXIMALE)
    cadre["plein"] = 1.0
    cadre["couleur"] = [palette.PAR_STATUT.get(statut, palette.NEUTRE) for statut in cadre["statut"]]
    etendue = alt.Scale(domain=[0, PART_MAXIMALE], nice=False)
    bande = alt.Scale(paddingInner=0, paddingOuter=0)
    base = alt.Chart(cadre).encode(
        y=alt.Y("code:N", sort=None, title=None, axis=None, scale=bande),
        tooltip=[alt.Tooltip("libelle:N", title="Objectif"), alt.Tooltip("texte:N", title="État")],
    )
    axe = alt.Axis(format=".0%", values=[0, 0.5, 1], title="part de l’objectif", grid=False)
    couches = [
        base.mark_bar(height=20, yOffset=centre, color=palette.GRILLE).encode(
            x=alt.X("plein:Q", scale=etendue, axis=axe)
        ),
        base.mark_bar(height=12, yOffset=centre).encode(
            x=alt.X("longueur:Q", scale=etendue), color=alt.Color("couleur:N", scale=None)
        ),
        base.mark_tick(height=28, thickness=3, yOffset=centre, color=palette.ENCRE).encode(
            x=alt.X("repere:Q", scale=etendue)
        ),
        at_top(base, "libelle", "code:N", gras=True),
        at_top(base, "texte", "code:N", dy=haut + 26),
    ]
    texte = " ; ".join(f"{ligne.libelle} : {ligne.texte}" for ligne in lignes)
    return assemble(couches, alt.Step(pas), f"{sujet}. {texte or 'Aucun objectif'}.")
