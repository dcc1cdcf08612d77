"""Reads a deck back, as PowerPoint would: shapes in groups too, numbers of charts and of the workbooks inside them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE

from reports.pptx.formes import EMU_PAR_POINT
from reports.pptx.mesure import Metre


def open_deck(octets: bytes) -> Any:
    """The deck as python-pptx reads it."""
    return pptx.Presentation(io.BytesIO(octets))


def shapes_of(formes: Any) -> Iterator[Any]:
    """Every shape, those of groups after their group."""
    for forme in formes:
        yield forme
        if forme.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from shapes_of(forme.shapes)


def texts_of(diapositive: Any) -> list[str]:
    """What is written on a slide, tables included, charts left out."""
    textes = []
    for forme in shapes_of(diapositive.shapes):
        if forme.has_text_frame:
            textes.append(forme.text_frame.text)
        if getattr(forme, "has_table", False) and forme.has_table:
            textes += [cellule.text_frame.text for rangee in forme.table.rows for cellule in rangee.cells]
    return textes


def plain(texte: str) -> str:
    """Without the difference between spaces."""
    return " ".join(texte.replace("\u00a0", " ").replace("\u202f", " ").split())


def description_of(forme: Any) -> str:
    """The alternative text of a shape, empty when it has none."""
    return forme._element.xpath("./*/p:cNvPr")[0].get("descr", "")


def charts_of(deck: Any) -> list[tuple[Any, Any]]:
    """(slide, frame) of every native chart."""
    return [(d, f) for d in deck.slides for f in d.shapes if getattr(f, "has_chart", False) and f.has_chart]


def series_of(graphique: Any) -> list[tuple[str, list[float | None]]]:
    """Name and cached numbers of each series, whatever the kind of plot; None for a gap."""
    return [(s.name, list(s.values)) for trace in graphique.plots for s in trace.series]


def workbook_of(graphique: Any) -> Any:
    """The workbook that opens when the chart is edited."""
    return openpyxl.load_workbook(io.BytesIO(graphique.part.chart_workbook.xlsx_part.blob))


@dataclass(frozen=True)
class Debordement:
    """A text taller than its box."""

    diapositive: int
    forme: str
    prise: float
    permise: float


def overflows(deck: Any, regle: Metre) -> list[Debordement]:
    """Texts that, at their size, do not fit in their box; tables taller than the room left under them."""
    fautes = []
    for rang, diapositive in enumerate(deck.slides, 1):
        for forme in shapes_of(diapositive.shapes):
            if forme.has_text_frame and forme.text_frame.text:
                cadre = forme.text_frame
                marges = [getattr(cadre, f"margin_{c}") / EMU_PAR_POINT for c in ("left", "right", "top", "bottom")]
                permise = forme.height / EMU_PAR_POINT - marges[2] - marges[3]
                prise = _height(cadre, forme.width / EMU_PAR_POINT - marges[0] - marges[1], regle)
                if prise > permise + 0.1:
                    fautes.append(Debordement(rang, forme.name, prise, permise))
            if getattr(forme, "has_table", False) and forme.has_table:
                fautes += _overflowing_cells(rang, forme, regle)
    return fautes


def _overflowing_cells(rang: int, forme: Any, regle: Metre) -> Iterator[Debordement]:
    for rangee in forme.table.rows:
        for colonne, cellule in zip(forme.table.columns, rangee.cells, strict=True):
            largeur = (colonne.width - cellule.margin_left - cellule.margin_right) / EMU_PAR_POINT
            permise = (rangee.height - cellule.margin_top - cellule.margin_bottom) / EMU_PAR_POINT
            prise = _height(cellule.text_frame, largeur, regle)
            if prise > permise + 0.1:
                yield Debordement(rang, f"{forme.name} : {cellule.text_frame.text[:30]}", prise, permise)


def _height(cadre: Any, largeur: float, regle: Metre) -> float:
    hauteur = 0.0
    for ligne in cadre.paragraphs:
        tailles = [run.font.size.pt for run in ligne.runs if run.font.size]
        if not tailles:
            continue
        proprietes = ligne._p.pPr
        retrait = 0 if proprietes is None else int(proprietes.get("marL", "0")) / EMU_PAR_POINT
        # A title takes its weight from the layout: it is measured bold, as the widest.
        gras = any(run.font.bold is not False for run in ligne.runs)
        texte = "".join(run.text for run in ligne.runs)
        hauteur += regle.height_of(texte, largeur - retrait, max(tailles), gras)
        hauteur += ligne.space_before.pt if ligne.space_before is not None else 0.0
    return hauteur


def bottoms(deck: Any) -> Iterator[tuple[int, str, float]]:
    """Slide, name and bottom of every shape that stands on it, in points."""
    for rang, diapositive in enumerate(deck.slides, 1):
        for forme in diapositive.shapes:
            yield rang, forme.name, (forme.top + forme.height) / EMU_PAR_POINT
