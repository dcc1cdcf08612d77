"""Opening a workbook with openpyxl, but for the shared texts: most of the opening went into describing their fonts."""

import io
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell.text import Text
from openpyxl.chartsheet import Chartsheet
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from data_access.classeur import controles as c
from data_access.classeur.anomalies import ClasseurRefuseError, refuse
from data_access.classeur.garde import ClasseurRecu
from data_access.classeur.parties import TEXTE_MAX, ArchiveGardee

_TEXTE_PARTAGE = f"{{{SHEET_MAIN_NS}}}si"
_TEXTE_SIMPLE = f"{{{SHEET_MAIN_NS}}}t"
_ECHAPPEMENT = "x005F_"  # how Excel writes an underscore that could be taken for a coded character


def load_livre(classeur: ClasseurRecu) -> Workbook:
    """The workbook opened for reading row by row, once `check_container` has accepted it.

    Raises `ClasseurRefuseError`, as does reading a sheet that `parties` refuses.
    """
    try:
        lecteur = _Lecteur(classeur.contenu)
        lecteur.read()
        return lecteur.wb
    except ClasseurRefuseError:
        raise
    except Exception:  # noqa: BLE001  openpyxl raises anything on a damaged workbook
        raise refuse(c.ILLISIBLE, "sa structure n’est pas celle d’un classeur") from None


class _Lecteur(ExcelReader):
    package: Manifest

    def __init__(self, contenu: bytes) -> None:
        super().__init__(io.BytesIO(contenu), read_only=True, data_only=True, keep_links=False, rich_text=False)
        self.archive = ArchiveGardee(contenu)

    def read_strings(self) -> None:
        partie = self.package.find(SHARED_STRINGS)
        if partie is not None:
            with self.archive.open(partie.PartName[1:]) as flux:
                self.shared_strings = _read_texts(flux)

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """Only its name: its drawing and pictures are nothing that we read."""
        self.wb._sheets.append(Chartsheet(parent=self.wb, title=sheet.name))


def _read_texts(flux: IO[bytes]) -> list[str]:
    textes: list[str] = []
    for _, element in iterparse(flux):
        if element.tag == _TEXTE_PARTAGE:
            if len(element) == 1 and element[0].tag == _TEXTE_SIMPLE:
                texte = element[0].text or ""
            else:  # several fonts in one cell
                texte = Text.from_tree(element).content
            if len(texte) > TEXTE_MAX:
                raise refuse(c.TEXTE_TROP_LONG, "d’une cellule")
            textes.append(texte.replace(_ECHAPPEMENT, ""))
            element.clear()
    return textes
