"""Pictures of an edition, under the names that screens knew: `charts.dessin.draw` is the door."""

import altair as alt

from charts.dessin import draw
from sections.contenu import Cible, draw_bullets

draw_image = draw


def draw_targets(cibles: tuple[Cible, ...], sujet: str) -> alt.LayerChart:
    """Bullets of the targets that have a number and data."""
    return draw(draw_bullets(sujet, [c for c in cibles if c.part is not None]))
