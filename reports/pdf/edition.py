"""From an edition to PDF/UA bytes: the data as a JSON file beside the template, compiled in a folder of its own.

The words of users are read by the template as data, never as its own language; the folder holds nothing else that
could be read, and fonts come from a package: the machine's own files and fonts are never touched.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import typst

from indicators.editions.composition import Progres
from indicators.editions.contenu import Edition
from reports.emblemes.images import as_svg
from reports.pdf.donnees import describe_edition
from reports.pdf.logos import write_logos
from reports.pdf.note import list_variants
from reports.typographie import bind

_MODELE = Path(__file__).with_name("modele")
_POLICE = "font_source_sans_pro"


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
        (dossier / "donnees.json").write_text(json.dumps(_bind_all(donnees), ensure_ascii=False), encoding="utf-8")
        octets = typst.compile(
            dossier / modele,
            root=dossier,
            font_paths=[find_font_folder()],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
            timestamp=_stamp(edition),
        )
    if progres:
        progres(1.0, "PDF prêt")
    return octets


def _bind_all(valeur: Any) -> Any:
    """Every text of the data, its spaces bound as French typography wants."""
    if isinstance(valeur, str):
        return bind(valeur)
    if isinstance(valeur, dict):
        return {nom: _bind_all(v) for nom, v in valeur.items()}
    return [_bind_all(v) for v in valeur] if isinstance(valeur, list) else valeur


def find_font_folder() -> Path:
    """Where the package of the font keeps its files; its code is not run."""
    trouve = find_spec(_POLICE)
    if trouve is None or trouve.origin is None:
        raise ModuleNotFoundError(f"Le paquet « {_POLICE} » manque : pip install -r requirements.txt")
    return Path(trouve.origin).with_name("files")


def _stamp(edition: Edition) -> datetime:
    """The moment of the edition, so that two PDF of the same edition are the same file."""
    moment = edition.publie_le or datetime(edition.au.year, edition.au.month, edition.au.day)
    moment = moment.replace(microsecond=0)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
