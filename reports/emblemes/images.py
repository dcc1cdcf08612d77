"""The emblem as a picture: SVG for the PDF, PNG for the workbook."""

import io

from PIL import Image, ImageDraw

from reports.emblemes.geometrie import ALTERNATIVE, BLEU, LARGEUR, OR, draw_stars

_ECHELLE_SVG = 540
_LISSAGE = 4


def as_svg() -> str:
    """The emblem as an SVG drawing of 810 × 540 units."""
    etoiles = "".join(
        f'<polygon points="{" ".join(f"{x * _ECHELLE_SVG:.4f},{y * _ECHELLE_SVG:.4f}" for x, y in etoile.sommets)}"/>'
        for etoile in draw_stars()
    )
    largeur = int(LARGEUR * _ECHELLE_SVG)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {largeur} {_ECHELLE_SVG}" role="img">'
        f"<title>{ALTERNATIVE}</title>"
        f'<rect width="{largeur}" height="{_ECHELLE_SVG}" fill="{BLEU}"/><g fill="{OR}">{etoiles}</g></svg>'
    )


def as_png(hauteur: int = 240) -> bytes:
    """The emblem as a PNG of `hauteur` pixels, half as long again."""
    grande = hauteur * _LISSAGE
    image = Image.new("RGB", (int(LARGEUR * grande), grande), BLEU)
    dessin = ImageDraw.Draw(image)
    for etoile in draw_stars():
        dessin.polygon([(x * grande, y * grande) for x, y in etoile.sommets], fill=OR)
    # Drawn large then reduced: the points of the stars stay sharp without stairs.
    image = image.resize((int(LARGEUR * hauteur), hauteur), Image.Resampling.LANCZOS)
    octets = io.BytesIO()
    image.save(octets, "PNG", optimize=True)
    return octets.getvalue()
