"""From an edition to PDF/UA bytes: the data as a JSON file and the pictures as SVG beside the template, compiled in a
folder of its own.

The words of users are read by the template as data, never as its own language; the folder holds nothing else that
could be read, and fonts come from packages: the machine's own files and fonts are never touched.
"""

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import typst
from PIL import Image as Photo
from PIL import UnidentifiedImageError

from charts.svg import list_font_folders, write_svg
from reports.caracteres import bind, map_texts
from reports.embleme import as_svg
from reports.notice import moment_of
from reports.pdf.donnees import describe_edition, list_variants, name_drawings
from reports.pdf.polices import printable, surely_printable
from seances.edition import Progres
from sections.contenu import Edition
from sections.images import Image

_MODELE = Path(__file__).with_name("modele")
_LARGEUR = 810
"""Pixels of a picture as wide as the page: its words are then as large as those of the tables."""
_HAUTEUR_DES_LOGOS = 400
"""Pixels: 1.3 cm at 780 dots an inch; a photograph of ten megabytes would make the file that heavy."""


def build(edition: Edition, logos: Sequence[tuple[str, bytes]] = (), progres: Progres | None = None) -> bytes:
    """The whole meeting, A4, tagged (PDF/UA-1). `logos`: name and picture of each funder."""
    dessins = name_drawings(edition)
    return _compile("dossier.typ", edition, describe_edition(edition, dessins), dessins, logos, progres)


def build_note(edition: Edition, logos: Sequence[tuple[str, bytes]] = (), progres: Progres | None = None) -> bytes:
    """The « note de synthèse »: one page, whatever the edition; what does not fit is said to be in the whole."""
    donnees = describe_edition(edition, {}) | {"variantes": list_variants(edition)}
    return _compile("note.typ", edition, donnees, {}, logos, progres)


def _compile(
    modele: str,
    edition: Edition,
    donnees: dict[str, Any],
    dessins: dict[Image, str],
    logos: Sequence[tuple[str, bytes]],
    progres: Progres | None,
) -> bytes:
    if progres:
        progres(0.1, "Mise en page")
    with TemporaryDirectory(prefix="plie-pdf-") as nom:
        dossier = Path(nom)
        for fichier in _MODELE.glob("*.typ"):
            copyfile(fichier, dossier / fichier.name)
        (dossier / "embleme.svg").write_text(as_svg(), encoding="utf-8")
        donnees["logos"] = _write_logos(dossier, logos)

        def write(ecrire: Callable[[str], str]) -> bytes:
            """The bytes of the PDF. Every text goes through `ecrire`, then has its spaces bound as French wants."""

            def bound(texte: str) -> str:
                return bind(ecrire(texte))

            (dossier / "donnees.json").write_text(
                json.dumps(map_texts(donnees, bound), ensure_ascii=False), encoding="utf-8"
            )
            for image, fichier in dessins.items():
                (dossier / fichier).write_text(write_svg(map_texts(image, bound), _LARGEUR), encoding="utf-8")
            return typst.compile(
                dossier / modele,
                root=dossier,
                font_paths=list_font_folders(),
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards="ua-1",
                timestamp=moment_of(edition),
            )

        try:
            octets = write(printable)
        except typst.TypstError:  # letters that exist, put together as no font expects: the paper comes out without
            octets = write(surely_printable)
    if progres:
        progres(1.0, "PDF prêt")
    return octets


def _write_logos(dossier: Path, logos: Sequence[tuple[str, bytes]]) -> list[dict[str, str | None]]:
    """Each logo written in `dossier`; `fichier` is None for one that is not a picture."""
    ecrits: list[dict[str, str | None]] = []
    for rang, (nom, contenu) in enumerate(logos):
        fichier = f"logo{rang}.png"
        lisible = _write_png(dossier / fichier, contenu)
        ecrits.append({"nom": nom, "fichier": fichier if lisible else None})
    return ecrits


def _write_png(chemin: Path, contenu: bytes) -> bool:
    try:
        with Photo.open(io.BytesIO(contenu)) as image:
            petite = image.convert("RGBA")
            petite.thumbnail((_HAUTEUR_DES_LOGOS * 8, _HAUTEUR_DES_LOGOS))
            petite.save(chemin, "PNG", optimize=True)
    except (UnidentifiedImageError, OSError, Photo.DecompressionBombError):
        return False
    return True
