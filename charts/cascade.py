"""The flow identity as a waterfall: where we were, what came, what left, where we are."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from charts import palette
from charts.assemblage import assemble
from charts.donnees import Point, describe

HAUTEUR = 260


@dataclass(frozen=True)
class Marche:
    """One bar of the waterfall: its name, its two ends, what is written on it, its colour."""

    libelle: str
    bas: float
    haut: float
    texte: str
    couleur: str


def cascade(depart: Point, plus: Point, moins: Point, arrivee: Point, sujet: str) -> alt.LayerChart:
    """« Au 31/12 » + entries − exits = « au 30/09 »; the four points bear a value."""
    marches = _steps(depart, plus, moins, arrivee)
    cadre = pd.DataFrame([m.__dict__ for m in marches])
    # Bars start at zero, always: a cut axis would make the flows look larger than the stock.
    etendue = alt.Scale(domain=[0, max(float(cadre["haut"].max()), 1.0) * 1.14], nice=False)
    base = alt.Chart(cadre).encode(
        x=alt.X("libelle:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelLimit=140, domain=False)),
        tooltip=[alt.Tooltip("libelle:N", title="Étape"), alt.Tooltip("texte:N", title="Valeur")],
    )
    barre = base.mark_bar().encode(
        y=alt.Y("bas:Q", title=None, axis=None, scale=etendue),
        y2="haut:Q",
        color=alt.Color("couleur:N", scale=None),
    )
    ecrit = base.mark_text(dy=-10, fontSize=18, fontWeight="bold").encode(
        y=alt.Y("haut:Q", scale=etendue), text="texte:N"
    )
    texte = describe(sujet, (depart, plus, moins, arrivee))
    return assemble([barre, ecrit], HAUTEUR, texte)


def _steps(depart: Point, plus: Point, moins: Point, arrivee: Point) -> Sequence[Marche]:
    valeurs = [p.valeur for p in (depart, plus, moins, arrivee)]
    if any(v is None for v in valeurs):
        raise ValueError("La cascade demande quatre valeurs.")
    avant, entre, sorti, apres = (v for v in valeurs if v is not None)
    return (
        Marche(depart.libelle, 0.0, avant, depart.texte, palette.SIXIEME),
        Marche(plus.libelle, avant, avant + entre, f"+ {plus.texte}", palette.ENTREES),
        Marche(moins.libelle, apres, avant + entre, f"− {moins.texte}", palette.SORTIES),
        Marche(arrivee.libelle, 0.0, apres, arrivee.texte, palette.SIXIEME),
    )
