"""Parity: the part of women of each population as a dot held by the line it is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from charts import palette
from charts.assemblage import HAUTEUR_DE_LIGNE, assemble, at_top, count_lines, wrap
from charts.donnees import choice

HAUTEUR_DU_TRAIT = 34
COTE_DU_TEXTE = 0.72
"""Beyond this share the number is written on the left of its dot, where there is room."""


@dataclass(frozen=True)
class Population:
    """One line: what is counted, its part of women and last year's, the part in words, what must be read beside."""

    code: str
    libelle: str
    part: float | None
    avant: float | None
    texte: str
    detail: str


@dataclass(frozen=True)
class Repere:
    """A vertical line: 50 %, or the target of the PLIE where it differs."""

    valeur: float
    nom: str


def parite(
    populations: Sequence[Population], sujet: str, reperes: Sequence[Repere], *, cliquable: bool = False
) -> alt.LayerChart:
    """One dot a population on the scale 0 – 100 %, its stem from the first reference, a ring for last year."""
    cadre = pd.DataFrame([p.__dict__ for p in populations], columns=list(Population.__dataclass_fields__))
    cadre["details"] = cadre["detail"].map(wrap)
    # The number stands beyond the ring of last year and the lines of reference: nothing may cross it.
    traits = [r.valeur for r in reperes]
    cadre["droite"] = cadre[["part", "avant"]].astype(float).max(axis=1).clip(lower=max(traits))
    cadre["gauche"] = cadre[["part", "avant"]].astype(float).min(axis=1).clip(upper=min(traits))
    cadre["repere"] = reperes[0].valeur
    cadre["mot"] = cadre["texte"].where(cadre["part"].isna(), "")
    haut = HAUTEUR_DE_LIGNE * (1 + count_lines(cadre["details"])) + 6
    pas = haut + HAUTEUR_DU_TRAIT + 8
    centre = haut + HAUTEUR_DU_TRAIT / 2 - pas / 2
    etendue = alt.Scale(domain=[0, 1])
    axe = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], grid=False)
    x = alt.X("part:Q", title=None, axis=axe, scale=etendue)
    base = alt.Chart(cadre).encode(
        y=alt.Y("libelle:N", sort=None, title=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0)),
        tooltip=[
            alt.Tooltip("libelle:N", title="Population"),
            alt.Tooltip("texte:N", title="Part de femmes"),
            alt.Tooltip("detail:N", title="Détail"),
        ],
    )
    connus = base.transform_filter("isValid(datum.part)")
    tete = connus.mark_point(filled=True, size=330, opacity=1, yOffset=centre, color=palette.FEMMES).encode(x=x)
    ecrit: dict[str, Any] = {"dy": centre, "fontWeight": "bold", "fontSize": 17}
    couches = [
        *(_mark(base, r, centre) for r in reperes),
        connus.mark_rule(strokeWidth=5, yOffset=centre, color=palette.FEMMES).encode(x=x, x2="repere:Q"),
        connus.transform_filter("isValid(datum.avant)")
        .mark_point(size=150, strokeWidth=2, yOffset=centre, color=palette.SIXIEME, filled=False)
        .encode(x=alt.X("avant:Q", scale=etendue)),
        tete.add_params(choice()) if cliquable else tete,
        connus.transform_filter(f"datum.part <= {COTE_DU_TEXTE}")
        .mark_text(align="left", dx=16, **ecrit)
        .encode(x=alt.X("droite:Q", scale=etendue), text="texte:N"),
        connus.transform_filter(f"datum.part > {COTE_DU_TEXTE}")
        .mark_text(align="right", dx=-16, **ecrit)
        .encode(x=alt.X("gauche:Q", scale=etendue), text="texte:N"),
        at_top(base, "libelle", "libelle:N", gras=True),
        at_top(base, "details", "libelle:N", dy=HAUTEUR_DE_LIGNE),
        at_top(base, "mot", "libelle:N", dy=haut + 8),
    ]
    return assemble(couches, alt.Step(pas), _describe(sujet, populations, reperes))


def _mark(base: alt.Chart, repere: Repere, centre: float) -> alt.Chart:
    """The reference on each line, no further: drawn over the whole height it would cross the words."""
    pose = base.transform_calculate(place=str(repere.valeur))
    return pose.mark_tick(
        height=HAUTEUR_DU_TRAIT, thickness=3, yOffset=centre, color=palette.REPERE, orient="vertical"
    ).encode(x=alt.X("place:Q", scale=alt.Scale(domain=[0, 1])))


def _describe(sujet: str, populations: Sequence[Population], reperes: Sequence[Repere]) -> str:
    noms = ", ".join(r.nom for r in reperes)
    lues = [f"{p.libelle} : {', '.join(filter(None, (p.texte, p.detail)))}" for p in populations]
    return f"{sujet} ({noms}). {' ; '.join(lues)}."
