"""Maps: a circle at each place, as large as its count, coloured by its rate. No tile, nothing from outside."""

import altair as alt
import pandas as pd

from charts.assemblage import Couches
from charts.palette import ENCRE
from sections.images import Image

HAUTEUR, NOMS_MONTRES, PETIT = 420, 8, 2.0


def draw_map(image: Image, large: bool = False) -> Couches:
    """The circles, the names of the largest ones. A count hidden by rounding has a small circle; a place without rate
    is grey."""
    taille, taux = image.series
    lignes = pd.DataFrame(
        {
            "code": image.codes,
            "nom": image.categories,
            "longitude": [longitude for longitude, _ in image.positions],
            "latitude": [latitude for _, latitude in image.positions],
            "taille": [PETIT if valeur is None else valeur for valeur in taille.valeurs],
            "part": list(taux.valeurs),
            "nombre": taille.textes,
            "taux": taux.textes,
        }
    ).astype({"part": float})
    cercles = (
        alt.Chart(lignes)
        .mark_circle(opacity=0.85, stroke=ENCRE, strokeWidth=0.6, invalid=None)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size("taille:Q", legend=None, scale=alt.Scale(range=[20, 1600], zero=True)),
            color=_color_by_rate(taux.nom),
            tooltip=[
                alt.Tooltip("nom:N", title=image.entete),
                alt.Tooltip("nombre:N", title=taille.nom),
                alt.Tooltip("taux:N", title=taux.nom),
            ],
        )
        .project("mercator")
    )
    noms = (
        alt.Chart(lignes.nlargest(NOMS_MONTRES, "taille"))
        .mark_text(align="left", dx=9, dy=-9, color=ENCRE, fontSize=13, fontWeight=600)
        .encode(longitude="longitude:Q", latitude="latitude:Q", text="nom:N")
        .project("mercator")
    )
    return Couches((cercles, noms), HAUTEUR)


def _color_by_rate(titre: str) -> alt.Color:
    return alt.Color(
        "part:Q",
        title=titre,
        scale=alt.Scale(scheme="blues", domainMin=0),
        legend=alt.Legend(format=".0%", orient="bottom", gradientLength=220),
    )
