"""Funders' logos made ready for a page: readable pictures written as PNG, the others named."""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, UnidentifiedImageError

HAUTEUR_MAXIMALE = 400
"""Pixels: 1.3 cm at 780 dots an inch; a photograph of ten megabytes would make the file that heavy."""


def write_logos(dossier: Path, logos: Sequence[tuple[str, bytes]]) -> list[dict[str, str | None]]:
    """Each logo written in `dossier`; `fichier` is None for one that is not a picture."""
    ecrits: list[dict[str, str | None]] = []
    for rang, (nom, contenu) in enumerate(logos):
        fichier = f"logo{rang}.png"
        lisible = _write_png(dossier / fichier, contenu)
        ecrits.append({"nom": nom, "fichier": fichier if lisible else None})
    return ecrits


def _write_png(chemin: Path, contenu: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(contenu)) as image:
            petite = image.convert("RGBA")
            petite.thumbnail((HAUTEUR_MAXIMALE * 8, HAUTEUR_MAXIMALE))
            petite.save(chemin, "PNG", optimize=True)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return False
    return True
