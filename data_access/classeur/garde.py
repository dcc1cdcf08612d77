"""What is checked before a workbook is opened: its kind, its weight, the weight of what it unpacks to."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from data_access.classeur import controles as c
from data_access.classeur.anomalies import Anomalie, ClasseurRefuseError
from data_access.classeur.gravite import Controle

_MO = 1024 * 1024
POIDS_MAX = 20 * _MO
POIDS_DECOMPRESSE_MAX = 150 * _MO
PARTIES_MAX = 2_000
# Styles, relations and the like are read whole into memory by openpyxl: they are kept small.
_POIDS_ACCESSOIRE_MAX = 5 * _MO
_BALISES_DES_TEXTES_MAX = 8_000_000  # two million different texts
_FEUILLES = "xl/worksheets/"
_TEXTES = "xl/sharedstrings.xml"
_SIGNATURE_ZIP = b"PK"
_SIGNATURE_OLE = bytes.fromhex("D0CF11E0")
_DEBUT = 4096
_LIGNES_MAX = 1_048_576  # what a spreadsheet can hold
_BALISES_PAR_LIGNE_MAX = 16_384 * 16
_DEBUT_DE_LIGNE = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_BLOC = 1 << 20


@dataclass(frozen=True)
class ClasseurRecu:
    """A workbook as it was given: its name, to speak of it, and its bytes."""

    nom: str
    contenu: bytes

    @cached_property
    def empreinte(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.contenu).hexdigest()


def refuse(controle: Controle, detail: str = "", feuille: str | None = None) -> ClasseurRefuseError:
    """The refusal of a whole workbook for `controle`."""
    return ClasseurRefuseError(Anomalie(controle, feuille=feuille, detail=detail))


def receive_classeur(chemin: Path) -> ClasseurRecu:
    """Read the bytes at `chemin`; raises `ClasseurRefuseError` if missing, a folder, unreadable or too heavy."""
    try:
        poids = chemin.stat().st_size
        if chemin.is_dir():
            raise refuse(c.INTROUVABLE, "c’est un dossier")
        if poids > POIDS_MAX:
            raise refuse(c.TROP_LOURD, _in_mo(poids))
        return ClasseurRecu(chemin.name, chemin.read_bytes())
    except FileNotFoundError:
        raise refuse(c.INTROUVABLE, "il n’existe pas") from None
    except PermissionError:
        raise refuse(c.INTROUVABLE, "la lecture n’est pas permise") from None
    except (OSError, ValueError):
        raise refuse(c.INTROUVABLE, "le chemin n’est pas valable") from None


def check_container(classeur: ClasseurRecu) -> None:
    """Refuse what is not an .xlsx of reasonable size, before any XML is parsed."""
    contenu = classeur.contenu
    if contenu.startswith(_SIGNATURE_OLE):
        raise refuse(c.CHIFFRE)
    if not contenu.startswith(_SIGNATURE_ZIP):
        raise refuse(c.PAS_UN_XLSX)
    if len(contenu) > POIDS_MAX:
        raise refuse(c.TROP_LOURD, _in_mo(len(contenu)))
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise refuse(c.ILLISIBLE, "l’archive est abîmée") from None


def _check_parts(archive: zipfile.ZipFile) -> None:
    parties = archive.infolist()
    noms = {partie.filename.lower() for partie in parties}
    if "[content_types].xml" not in noms or not any(nom.startswith("xl/") for nom in noms):
        raise refuse(c.PAS_UN_XLSX)
    if len(parties) > PARTIES_MAX:
        raise refuse(c.TROP_GONFLE, f"{len(parties)} parties")
    poids = sum(partie.file_size for partie in parties)
    if poids > POIDS_DECOMPRESSE_MAX:
        raise refuse(c.TROP_GONFLE, f"{_in_mo(poids)} pour 150 Mo")
    for partie in parties:
        if partie.flag_bits & 1:
            raise refuse(c.CHIFFRE)
        if partie.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse(c.ILLISIBLE, "compression inhabituelle")
    _check_xml(archive, (p for p in parties if p.filename.lower().endswith((".xml", ".rels"))))


def _check_xml(archive: zipfile.ZipFile, parties: Iterable[zipfile.ZipInfo]) -> None:
    for partie in parties:
        nom = partie.filename.lower()
        if partie.file_size > _POIDS_ACCESSOIRE_MAX and not nom.startswith(_FEUILLES) and nom != _TEXTES:
            raise refuse(c.TROP_GONFLE, f"une partie accessoire de {_in_mo(partie.file_size)}")
        with archive.open(partie) as flux:
            debut = flux.read(_DEBUT)
        # A document type is where entities are declared; no spreadsheet writes one, nor UTF-16.
        if b"<!DOCTYPE" in debut or b"<!ENTITY" in debut or b"\x00" in debut:
            raise refuse(c.ILLISIBLE, "déclarations interdites")
        if nom == _TEXTES:
            _check_texts(archive, partie)
        elif nom.startswith(_FEUILLES):
            _check_sheet(archive, partie)


# Each element costs memory whatever its size: an empty one is five bytes in the file, a hundred once built.
def _check_texts(archive: zipfile.ZipFile, partie: zipfile.ZipInfo) -> None:
    if sum(bloc.count(b"<") for bloc in _blocks(archive, partie)) > _BALISES_DES_TEXTES_MAX:
        raise refuse(c.TROP_GONFLE, "trop de textes différents")


def _check_sheet(archive: zipfile.ZipFile, partie: zipfile.ZipInfo) -> None:
    """Refuse too many rows, even empty, and a row that would take gigabytes before anyone sees it."""
    lignes = balises = 0
    for bloc in _blocks(archive, partie):
        debuts = [trouve.start() for trouve in _DEBUT_DE_LIGNE.finditer(bloc)]
        lignes += len(debuts)
        balises = bloc.count(b"<", debuts[-1]) if debuts else balises + bloc.count(b"<")
        if lignes > _LIGNES_MAX:
            raise refuse(c.TROP_DE_LIGNES)
        if balises > _BALISES_PAR_LIGNE_MAX:
            raise refuse(c.TROP_GONFLE, "une ligne démesurée")


def _blocks(archive: zipfile.ZipFile, partie: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(partie) as flux:
        yield from iter(lambda: flux.read(_BLOC), b"")


def _in_mo(octets: int) -> str:
    return f"{octets / _MO:.1f} Mo".replace(".", ",")
