"""What is checked before a workbook is opened: its kind, its weight, the weight of what it unpacks to.

What its parts hold is checked as they are opened: see `parties`.
"""

import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from data_access.classeur import controles as c
from data_access.classeur.anomalies import refuse
from data_access.classeur.parties import in_mo

_MO = 1024 * 1024
POIDS_MAX = 20 * _MO
POIDS_DECOMPRESSE_MAX = 150 * _MO
PARTIES_MAX = 2_000
_SIGNATURE_ZIP = b"PK"
_SIGNATURE_OLE = bytes.fromhex("D0CF11E0")


@dataclass(frozen=True)
class ClasseurRecu:
    """A workbook as it was given: its name, to speak of it, and its bytes."""

    nom: str
    contenu: bytes

    @cached_property
    def empreinte(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.contenu).hexdigest()


def receive_classeur(chemin: Path) -> ClasseurRecu:
    """Read the bytes at `chemin`; raises `ClasseurRefuseError` if missing, a folder, unreadable or too heavy."""
    try:
        poids = chemin.stat().st_size
        if chemin.is_dir():
            raise refuse(c.INTROUVABLE, "c’est un dossier")
        if poids > POIDS_MAX:
            raise refuse(c.TROP_LOURD, in_mo(poids))
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
        raise refuse(c.TROP_LOURD, in_mo(len(contenu)))
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
        raise refuse(c.TROP_GONFLE, f"{in_mo(poids)} pour 150 Mo")
    for partie in parties:
        if partie.flag_bits & 1:
            raise refuse(c.CHIFFRE)
        if partie.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse(c.ILLISIBLE, "compression inhabituelle")
