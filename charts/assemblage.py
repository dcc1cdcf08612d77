"""A picture as rows of data, and how its layers and its long names become one chart of the width of its place."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import altair as alt
import pandas as pd

from charts.palette import colors_of
from sections.images import Image

LARGEUR_DE_LIGNE = 50
"""Characters a line that a telephone shows whole."""
HAUTEUR_DE_LIGNE = 19


@dataclass(frozen=True)
class Couches:
    """The layers of a chart, its height, the rank of the layer that is clicked."""

    couches: Sequence[alt.Chart]
    hauteur: int | alt.Step
    marque: int = 0


def frame_of(image: Image) -> pd.DataFrame:
    """One row for each number, series by series. `code`: what a click chooses; `petit`: rounded to less than one step,
    so without height; `couleur` as `colors_of` gives it to the series, else to the category."""
    couleurs, codes = colors_of(image), image.codes or image.categories
    lignes = [
        {
            "rang": rang,
            "code": codes[rang],
            "categorie": nom,
            "numero": numero,
            "serie": serie.nom,
            "valeur": serie.valeurs[rang],
            "texte": serie.textes[rang],
            "petit": serie.valeurs[rang] is None and serie.base > 0,
            "couleur": couleurs.get(serie.nom) or couleurs.get(nom),
        }
        for numero, serie in enumerate(image.series)
        for rang, nom in enumerate(image.categories)
    ]
    # A column of nothing but missing values would not be one of numbers.
    return pd.DataFrame(lignes).astype({"valeur": float})


def tooltip_of(image: Image, *autres: alt.Tooltip) -> list[alt.Tooltip]:
    """The bubble of a mark: its category, what else is told, its number."""
    nombre = image.series[0].nom if len(image.series) == 1 else "Valeur"
    return [alt.Tooltip("categorie:N", title=image.entete), *autres, alt.Tooltip("texte:N", title=nombre)]


def assemble(couches: Sequence[alt.Chart], hauteur: int | alt.Step, description: str) -> alt.LayerChart:
    """The layers as one chart that takes the width of its place."""
    graphique = alt.layer(*couches).properties(height=hauteur, width="container", description=description)
    return cast(alt.LayerChart, graphique)


def wrap(texte: str, largeur: int = LARGEUR_DE_LIGNE) -> str:
    """`texte` cut in lines that a narrow screen shows whole."""
    return "\n".join(textwrap.wrap(texte, largeur)) or texte


def count_lines(textes: Iterable[str]) -> int:
    """Lines of the tallest of wrapped texts, 1 at least."""
    return max([1, *(texte.count("\n") + 1 for texte in textes)])


def stand_on_bar(textes: Sequence[str]) -> list[str]:
    """Wrapped texts of equal height, blank lines first: each one touches the bar below it, not the one above."""
    hauteur = count_lines(textes)
    return ["\n" * (hauteur - count_lines([texte])) + texte for texte in textes]


def at_top(base: alt.Chart, champ: str, y: str, dy: int = 0, gras: bool = False) -> alt.Chart:
    """Text of `champ` written from the left at the top of its band, on as many lines as it has."""
    return base.mark_text(
        align="left",
        baseline="top",
        dy=dy,
        lineBreak="\n",
        lineHeight=HAUTEUR_DE_LIGNE,
        fontWeight="bold" if gras else "normal",
    ).encode(x=alt.value(0), y=alt.Y(y, sort=None, bandPosition=0), text=f"{champ}:N")
