"""Opening a workbook with openpyxl, but for the shared texts: most of the opening went into describing their fonts."""

import io
from typing import IO

from openpyxl import Workbook
from openpyxl.cell.text import Text
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from data_access.classeur import controles as c
from data_access.classeur.garde import ClasseurRecu, refuse

_TEXTE_PARTAGE = f"{{{SHEET_MAIN_NS}}}si"
_TEXTE_SIMPLE = f"{{{SHEET_MAIN_NS}}}t"
_ECHAPPEMENT = "x005F_"  # how Excel writes an underscore that could be taken for a coded character


def load_livre(classeur: ClasseurRecu) -> Workbook:
    """The workbook opened for reading row by row, once `check_container` has accepted it."""
    try:
        lecteur = _Lecteur(
            io.BytesIO(classeur.contenu), read_only=True, data_only=True, keep_links=False, rich_text=False
        )
        lecteur.read()
        return lecteur.wb
    except Exception:  # noqa: BLE001  openpyxl raises anything on a damaged workbook
        raise refuse(c.ILLISIBLE, "sa structure n’est pas celle d’un classeur") from None


class _Lecteur(ExcelReader):
    package: Manifest

    def read_strings(self) -> None:
        partie = self.package.find(SHARED_STRINGS)
        if partie is not None:
            with self.archive.open(partie.PartName[1:]) as flux:
                self.shared_strings = _read_texts(flux)


def _read_texts(flux: IO[bytes]) -> list[str]:
    textes: list[str] = []
    for _, element in iterparse(flux):
        if element.tag == _TEXTE_PARTAGE:
            if len(element) == 1 and element[0].tag == _TEXTE_SIMPLE:
                texte = element[0].text or ""
            else:  # several fonts in one cell
                texte = Text.from_tree(element).content
            textes.append(texte.replace(_ECHAPPEMENT, ""))
            element.clear()
    return textes
