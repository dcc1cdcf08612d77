"""How many targets stand where: one stacked bar a PLIE, in counts."""

from collections.abc import Mapping, Sequence

import altair as alt

from charts import palette
from charts.assemblage import HAUTEUR_DE_LIGNE, assemble, at_top
from charts.donnees import Point, as_frame, describe

EPAISSEUR = 34
PART_LISIBLE = 0.04
"""From this share of the longest bar the number is written inside; from twice as much, its icon too."""
SANS_NOMBRE = "#C4CCD3"
"""Targets without a number: lighter than those without data, with dark writing."""
_COULEURS = palette.PAR_STATUT | {"non_parametre": SANS_NOMBRE}


def barre_des_statuts(points: Sequence[Point], sujet: str, icones: Mapping[str, str]) -> alt.LayerChart:
    """One bar a `libelle`, cut by status in the order of the points; `code` is the status, `serie` its name.

    Icon and number are written inside where they fit; the legend beside the chart gives them all.
    """
    cadre = as_frame(points)
    cadre["couleur"] = [_COULEURS.get(code, palette.NEUTRE) for code in cadre["code"]]
    cadre["encre"] = [palette.ENCRE if couleur == SANS_NOMBRE else palette.FOND for couleur in cadre["couleur"]]
    cadre["fin"] = cadre.groupby("libelle", sort=False)["valeur"].cumsum()
    cadre["debut"] = cadre["fin"] - cadre["valeur"]
    cadre["milieu"] = (cadre["debut"] + cadre["fin"]) / 2
    longueur = max(float(cadre["fin"].max() or 0), 1.0)
    avec_icone = cadre["code"].map(lambda code: icones.get(code, "")) + " " + cadre["texte"]
    cadre["ecrit"] = avec_icone.where(cadre["valeur"] >= 2 * PART_LISIBLE * longueur, cadre["texte"])
    cadre["ecrit"] = cadre["ecrit"].where(cadre["valeur"] >= PART_LISIBLE * longueur, "")
    plusieurs = cadre["libelle"].nunique() > 1
    haut = HAUTEUR_DE_LIGNE + 4 if plusieurs else 0
    pas = haut + EPAISSEUR + 10
    decalage = haut + EPAISSEUR / 2 - pas / 2
    etendue = alt.Scale(domain=[0, longueur], nice=False)
    base = alt.Chart(cadre).encode(
        y=alt.Y("libelle:N", sort=None, title=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0)),
        tooltip=[
            alt.Tooltip("libelle:N", title="PLIE"),
            alt.Tooltip("serie:N", title="État"),
            alt.Tooltip("texte:N", title="Objectifs"),
        ],
    )
    couches = [
        base.mark_bar(height=EPAISSEUR, yOffset=decalage, stroke=palette.FOND, strokeWidth=2).encode(
            x=alt.X("debut:Q", title=None, axis=None, scale=etendue),
            x2="fin:Q",
            color=alt.Color("couleur:N", scale=None),
        ),
        base.mark_text(dy=decalage, fontWeight="bold").encode(
            x=alt.X("milieu:Q", scale=etendue), text="ecrit:N", color=alt.Color("encre:N", scale=None)
        ),
    ]
    if plusieurs:
        # Once a bar: the same name written over itself would look bold.
        couches.append(at_top(base.transform_filter("datum.debut == 0"), "libelle", "libelle:N"))
    return assemble(couches, alt.Step(pas), describe(sujet, points, 80))
