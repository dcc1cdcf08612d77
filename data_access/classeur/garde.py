"""What is checked before a workbook is opened (its kind, its weight, what it unpacks to), then in each of its parts.

A part is seen here before the parser reads it, whatever its name: no declaration that could hide entities, no text that
no cell can hold, no row that would take gigabytes before anyone sees it.
"""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from data_access.classeur import controles as c
from data_access.classeur.anomalies import refuse

_MO = 1024 * 1024
POIDS_MAX = 20 * _MO
POIDS_DECOMPRESSE_MAX = 150 * _MO
PARTIES_MAX = 2_000
_SIGNATURE_ZIP = b"PK"
_SIGNATURE_OLE = bytes.fromhex("D0CF11E0")
TEXTE_MAX = 32_767
"""Characters that a cell of a spreadsheet can hold."""
# Styles, relations and the like are read whole into memory by openpyxl: they are kept small.
_POIDS_ACCESSOIRE_MAX = 5 * _MO
# A character takes ten bytes at most (« &#x1F600; »), and some tools write many spaces in a tag.
_ENTRE_DEUX_BALISES_MAX = 512 * 1024
_POIDS_DUNE_LIGNE_MAX = 10 * _MO
_LIGNES_MAX = 1_048_576  # what a spreadsheet can hold
_BALISES_PAR_LIGNE_MAX = 16_384 * 16
_BALISES_EN_MOYENNE_MAX = 512 * 4  # five hundred filled cells a row, all through the sheet
_BALISES_DES_TEXTES_MAX = 8_000_000  # two million different texts
_FEUILLES = "xl/worksheets/"
_TEXTES = "xl/sharedstrings.xml"
_DEBUT_DE_LIGNE = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_DEBUT_DE_TEXTE = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_MARQUE_UTF8 = b"\xef\xbb\xbf"
_ENCODAGE = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)")
# Those in which « <! » cannot be written otherwise than by these two bytes.
_ENCODAGES = frozenset((b"utf-8", b"us-ascii", b"iso-8859-1", b"windows-1252"))
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
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


def in_mo(octets: int) -> str:
    """« 21,5 Mo »."""
    return f"{octets / _MO:.1f} Mo".replace(".", ",")


class ArchiveGardee(zipfile.ZipFile):
    """An archive that checks each part the first time it is opened: what the parser reads has been seen here first.

    Opening raises `ClasseurRefuseError` for a part that is refused.
    """

    def __init__(self, contenu: bytes) -> None:
        super().__init__(io.BytesIO(contenu))
        self._vues: set[str] = set()

    def open(self, name: str | zipfile.ZipInfo, *arguments: Any, **options: Any) -> IO[bytes]:
        """As in zipfile, once the part is checked."""
        partie = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if partie.filename not in self._vues:
            with super().open(partie) as flux:
                _check_part(partie, iter(lambda: flux.read(_BLOC), b""))
            self._vues.add(partie.filename)
        return super().open(name, *arguments, **options)


def _check_part(partie: zipfile.ZipInfo, blocs: Iterator[bytes]) -> None:
    nom = partie.filename.lower()
    if nom.startswith(_FEUILLES):
        _check_sheet(_check_words(blocs, (b"<!",)))
    elif nom == _TEXTES:
        _check_texts(_check_words(blocs, (b"<!",)))
    elif partie.file_size > _POIDS_ACCESSOIRE_MAX:
        raise refuse(c.TROP_GONFLE, f"une partie accessoire de {in_mo(partie.file_size)}")
    else:
        for _ in _check_words(blocs, _DECLARATIONS):
            pass


def _check_words(blocs: Iterator[bytes], interdits: tuple[bytes, ...]) -> Iterator[bytes]:
    """The same blocks, once seen that they are XML in an ordinary encoding, without forbidden words nor endless text.

    A document type is where entities are declared: no spreadsheet writes one. In a sheet and in the texts, nor does it
    write comments or CDATA, which could hide where cells begin.
    """
    fin, depuis = b"", 0
    for rang, bloc in enumerate(blocs):
        if rang == 0:
            _check_start(bloc)
        # A word may be astride two blocks.
        if b"\x00" in bloc or any(mot in bloc or mot in fin + bloc[: len(mot)] for mot in interdits):
            raise refuse(c.ILLISIBLE, "déclarations interdites")
        depuis = _measure_text(bloc, depuis)
        fin = bloc[-max(map(len, interdits)) :]
        yield bloc


def _check_start(bloc: bytes) -> None:
    debut = bloc.removeprefix(_MARQUE_UTF8)
    encodage = _ENCODAGE.match(debut)
    if not debut.lstrip().startswith(b"<") or (encodage and encodage[1].lower() not in _ENCODAGES):
        raise refuse(c.ILLISIBLE, "une partie n’est pas du XML ordinaire")


def _measure_text(bloc: bytes, depuis: int) -> int:
    """How many bytes follow the last tag begun, `depuis` before this block; refuses a text that no cell can hold."""
    debut = -depuis
    while debut + _ENTRE_DEUX_BALISES_MAX < len(bloc):
        balise = bloc.rfind(b"<", max(debut, 0), debut + _ENTRE_DEUX_BALISES_MAX + 1)
        if balise < 0:
            raise refuse(c.TEXTE_TROP_LONG, "d’une cellule")
        debut = balise + 1
    return len(bloc) - max(debut, bloc.rfind(b"<", max(debut, 0)) + 1)


# Each element costs memory whatever its size: an empty one is five bytes in the file, a hundred once built.
def _check_texts(blocs: Iterator[bytes]) -> None:
    balises = poids = 0
    for bloc in blocs:
        balises += bloc.count(b"<")
        debuts = [trouve.start() for trouve in _DEBUT_DE_TEXTE.finditer(bloc)]
        poids = len(bloc) - debuts[-1] if debuts else poids + len(bloc)
        if balises > _BALISES_DES_TEXTES_MAX:
            raise refuse(c.TROP_GONFLE, "trop de textes différents")
        if poids > _POIDS_DUNE_LIGNE_MAX:
            raise refuse(c.TEXTE_TROP_LONG, "d’une cellule")


def _check_sheet(blocs: Iterator[bytes]) -> None:
    """Refuse too many rows, even empty, a row that would take gigabytes before anyone sees it, and wide rows by
    the hundred, which would take minutes."""
    lignes = balises = total = poids = 0
    for bloc in blocs:
        debuts = [trouve.start() for trouve in _DEBUT_DE_LIGNE.finditer(bloc)]
        lignes += len(debuts)
        total += bloc.count(b"<")
        balises = bloc.count(b"<", debuts[-1]) if debuts else balises + bloc.count(b"<")
        poids = len(bloc) - debuts[-1] if debuts else poids + len(bloc)
        if lignes > _LIGNES_MAX:
            raise refuse(c.TROP_DE_LIGNES)
        if balises > _BALISES_PAR_LIGNE_MAX or poids > _POIDS_DUNE_LIGNE_MAX:
            raise refuse(c.TROP_GONFLE, "une ligne démesurée")
    if total > _BALISES_PAR_LIGNE_MAX + lignes * _BALISES_EN_MOYENNE_MAX:
        raise refuse(c.TROP_GONFLE, "des lignes démesurées")
