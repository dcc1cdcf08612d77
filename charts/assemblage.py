"""How layers become one chart of the width of its place, with its alternative text."""

import textwrap
from collections.abc import Iterable, Sequence
from typing import cast

import altair as alt

LARGEUR_DE_LIGNE = 50
"""Characters a line that a telephone shows whole."""
HAUTEUR_DE_LIGNE = 19


def assemble(couches: Sequence[alt.Chart], hauteur: int | alt.Step, description: str) -> alt.LayerChart:
    """The layers as one chart that takes the width of its place."""
    graphique = alt.layer(*couches).properties(height=hauteur, width="container", description=description)
    return cast(alt.LayerChart, graphique)


def wrap(texte: str) -> str:
    """`texte` cut in lines that a narrow screen shows whole."""
    return "\n".join(textwrap.wrap(texte, LARGEUR_DE_LIGNE)) or texte


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
