"""From an edition to PDF/UA bytes: the data as a JSON file beside the template, compiled in a folder of its own.

The words of users are read by the template as data, never as its own language; the folder holds nothing else that
could be read, and fonts come from packages: the machine's own files and fonts are never touched.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import typst

from reports.caracteres import map_texts
from reports.emblemes.images import as_svg
from reports.pdf.donnees import describe_edition
from reports.pdf.logos import write_logos
from reports.pdf.note import list_variants
from reports.pdf.polices import list_font_folders, printable, surely_printable
from reports.typographie import bind
from seances.edition import Progres
from sections.contenu import Edition

_MODELE = Path(__file__).with_name("modele")


def build(edition: Edition, logos: Sequence[tuple[str, bytes]] = (), progres: Progres | None = None) -> bytes:
    """The whole meeting, A4, tagged (PDF/UA-1). `logos`: name and picture of each funder."""
    return _compile("dossier.typ", edition, describe_edition(edition), logos, progres)


def build_note(edition: Edition, logos: Sequence[tuple[str, bytes]] = (), progres: Progres | None = None) -> bytes:
    """The « note de synthèse »: one page, whatever the edition; what does not fit is said to be in the whole."""
    donnees = describe_edition(edition)
    donnees["variantes"] = list_variants(edition)
    return _compile("note.typ", edition, donnees, logos, progres)


def _compile(
    modele: str, edition: Edition, donnees: dict[str, Any], logos: Sequence[tuple[str, bytes]], progres: Progres | None
) -> bytes:
    if progres:
        progres(0.1, "Mise en page")
    with TemporaryDirectory(prefix="plie-pdf-") as nom:
        dossier = Path(nom)
        for fichier in _MODELE.glob("*.typ"):
            copyfile(fichier, dossier / fichier.name)
        (dossier / "embleme.svg").write_text(as_svg(), encoding="utf-8")
        donnees["logos"] = write_logos(dossier, logos)
        try:
            octets = _print(dossier, modele, donnees, printable, edition)
        except typst.TypstError:  # letters that exist, put together as no font expects: the paper comes out without
            octets = _print(dossier, modele, donnees, surely_printable, edition)
    if progres:
        progres(1.0, "PDF prêt")
    return octets


def _print(
    dossier: Path, modele: str, donnees: dict[str, Any], ecrire: Callable[[str], str], edition: Edition
) -> bytes:
    """The bytes of the PDF. Every text of the data goes through `ecrire`, then has its spaces bound as French wants."""
    textes = map_texts(donnees, lambda texte: bind(ecrire(texte)))
    (dossier / "donnees.json").write_text(json.dumps(textes, ensure_ascii=False), encoding="utf-8")
    return typst.compile(
        dossier / modele,
        root=dossier,
        font_paths=list_font_folders(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=_stamp(edition),
    )


def _stamp(edition: Edition) -> datetime:
    """The moment of the edition, so that two PDF of the same edition are the same file."""
    moment = edition.publie_le or datetime(edition.au.year, edition.au.month, edition.au.day)
    moment = moment.replace(microsecond=0)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
