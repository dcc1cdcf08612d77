"""How native charts are dressed, in one place: the workbook inside, text sizes, colours, axes, labels, legend."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from charts import palette
from reports.pptx.formes import Boite, rgb
from sections.images import Image

FEUILLE = "Données"
FEUILLE_EN_MOTS = "En toutes lettres"
TAILLE, TAILLE_MINIMALE = 13.0, 11.0
_FRANCAIS = "[$-40C]"
_C = nsdecls("c")
_DRAPEAUX = {
    qn(f"c:{nom}")
    for nom in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
}
_APRES_LE_FORMAT = {qn(f"c:{nom}") for nom in ("spPr", "txPr", "dLblPos", "showLegendKey")}

Colonne = tuple[str, Sequence[float | None]]


@dataclass(frozen=True)
class Natif:
    """A chart of a slide: its frame, itself, how its numbers are written."""

    cadre: Any
    graphique: Chart
    format: str

    @property
    def trace(self) -> Any:
        """Its bars or curves."""
        return self.graphique.plots[0]


def add_native(
    formes: Any, boite: Boite, genre: Any, image: Image, noms: Sequence[str], colonnes: Sequence[Colonne]
) -> Natif:
    """A chart under these names, perhaps shortened, one series a column, with our workbook inside; in French, without
    title of its own, its text large enough for a meeting room, its legend on top where there are several series."""
    ecriture = _format_of(image)
    donnees = CategoryChartData(number_format=ecriture)
    donnees.categories = list(noms)
    for nom, valeurs in colonnes:
        donnees.add_series(nom, list(valeurs))
    cadre = formes.add_chart(genre, *boite.emu(), donnees)
    graphique = cadre.chart
    graphique.has_title = False
    graphique.font.size, graphique.font.color.rgb = Pt(TAILLE), rgb(palette.ENCRE)
    _speak_french(graphique._chartSpace)
    graphique.part.chart_workbook.update_from_xlsx_blob(_make_workbook(image, ecriture, noms, colonnes))
    # The sheet of python-pptx has an English name, and « =… » would be a formula in it.
    for reference in graphique._chartSpace.xpath(".//c:f"):
        reference.text = reference.text.replace("Sheet1!", f"'{FEUILLE}'!")
    return Natif(cadre, graphique, ecriture)


def _speak_french(espace: Any) -> None:
    debut = espace.xpath("./c:date1904")
    for rang, (nom, valeur) in enumerate((("lang", "fr-FR"), ("roundedCorners", "0"))):
        for ancien in espace.xpath(f"./c:{nom}"):
            espace.remove(ancien)
        place = (espace.index(debut[0]) + 1 if debut else 0) + rang
        espace.insert(place, parse_xml(f"<c:{nom} {_C} val='{valeur}'/>"))
    for proprietes in espace.xpath(".//a:defRPr"):
        proprietes.set("lang", "fr-FR")


def _format_of(image: Image) -> str:
    """How its numbers are written, in French even on a machine that is not; « ≈ » before rounded ones."""
    if image.base:
        return f'{_FRANCAIS}"≈ "0\\ %' if image.unite == "%" else f'{_FRANCAIS}"≈ "#,##0;;0'
    if image.unite == "%":
        return f"{_FRANCAIS}0.0\\ %"
    entiers = all(v is None or float(v).is_integer() for serie in image.series for v in serie.valeurs)
    return f"{_FRANCAIS}#,##0" if entiers else f"{_FRANCAIS}#,##0.0"


def _make_workbook(image: Image, ecriture: str, noms: Sequence[str], colonnes: Sequence[Colonne]) -> bytes:
    """What opens when the chart is edited: the numbers that it draws, and the words that are printed, names whole."""
    octets = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    classeur = xlsxwriter.Workbook(octets, options)
    nombre, gras = (
        classeur.add_format({"num_format": ecriture.removeprefix(_FRANCAIS)}),
        classeur.add_format({"bold": True}),
    )
    mots = [(serie.nom, serie.textes) for serie in image.series]
    feuilles: tuple[tuple[str, Sequence[str], Sequence[tuple[str, Sequence[Any]]]], ...] = (
        (FEUILLE, noms, colonnes),
        (FEUILLE_EN_MOTS, image.categories, mots),
    )
    for titre, lignes, valeurs in feuilles:
        feuille = classeur.add_worksheet(titre)
        feuille.set_column(0, 0, 45)
        feuille.set_column(1, len(valeurs), 18)
        feuille.write_string(0, 0, image.entete, gras)
        feuille.write_column(1, 0, lignes)
        for rang, (nom, ecrites) in enumerate(valeurs, 1):
            feuille.write_string(0, rang, nom, gras)
            feuille.write_column(1, rang, ecrites, nombre)
    classeur.close()
    return octets.getvalue()


# ---- axes and legend


def set_legend(graphique: Chart, visible: bool) -> None:
    """On top, beside the title that names the subject: read before the bars."""
    graphique.has_legend = visible
    if visible:
        graphique.legend.position = XL_LEGEND_POSITION.TOP
        graphique.legend.include_in_layout = False
        graphique.legend.font.size = Pt(TAILLE)


def set_category_axis(axe: Any, taille: float, un_sur: int = 1, renverse: bool = False) -> None:
    """Names without ticks, one in `un_sur`, a thin line; at the low end even when values are negative; `renverse`: the
    first one on top."""
    axe.tick_labels.font.size = Pt(taille)
    axe.major_tick_mark = axe.minor_tick_mark = XL_TICK_MARK.NONE
    axe.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axe.has_major_gridlines = False
    axe.reverse_order = renverse
    axe.format.line.color.rgb = rgb(palette.TEXTE_SECOND)
    if un_sur > 1:
        axe._element.xpath("./c:noMultiLvlLbl")[0].addprevious(parse_xml(f'<c:tickLblSkip {_C} val="{un_sur}"/>'))


def set_value_axis(natif: Natif, minimum: float, maximum: float, pas: float | None = None) -> None:
    """Light lines and numbers every `pas`; nothing where each mark bears its own."""
    axe, visible = natif.graphique.value_axis, pas is not None
    axe.minimum_scale, axe.maximum_scale = minimum, maximum
    axe.major_tick_mark = axe.minor_tick_mark = XL_TICK_MARK.NONE
    axe.has_major_gridlines = axe.visible = visible
    if visible:
        axe.major_unit = pas
        axe.major_gridlines.format.line.color.rgb = rgb(palette.GRILLE)
        axe.format.line.fill.background()
        axe.tick_labels.number_format, axe.tick_labels.number_format_is_linked = natif.format, False
        axe.tick_labels.font.size = Pt(TAILLE_MINIMALE)


def set_plot_box(graphique: Chart, gauche: float, haut: float) -> None:
    """Fixes where the bars begin, in fractions of the chart: names keep the place that was measured for them."""
    zone = graphique._chartSpace.chart.plotArea
    for ancien in zone.xpath("./c:layout"):
        zone.remove(ancien)
    valeurs = zip("xywh", (gauche, haut, 0.99 - gauche, 0.99 - haut), strict=True)
    places = "".join(f'<c:{nom} val="{valeur:.4f}"/>' for nom, valeur in valeurs)
    bords = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    zone.insert(0, parse_xml(f"<c:layout {_C}><c:manualLayout>{bords}{places}</c:manualLayout></c:layout>"))


# ---- marks


def space_bars(trace: Any, vide: int, recouvrement: int = 0) -> None:
    """The room between bars, and how much those of one category cover each other."""
    trace.gap_width, trace.overlap, trace.vary_by_categories = vide, recouvrement, False


def paint(forme: Any, couleur: str) -> None:
    """Fills a bar or a point."""
    forme.format.fill.solid()
    forme.format.fill.fore_color.rgb = rgb(couleur)


def paint_bars(serie: Any, couleur: str, contour: bool = False) -> None:
    """Fills the bars of a series, the negative ones too; a white rim between stacked parts."""
    serie.invert_if_negative = False
    paint(serie, couleur)
    if contour:
        serie.format.line.color.rgb, serie.format.line.width = rgb(palette.FOND), Pt(1.5)


def draw_line(serie: Any, couleur: str, premiere: bool, marques: bool) -> None:
    """A straight line, dashed but for the first: told apart without colour; a mark each month where there is room."""
    serie.smooth = False
    serie.format.line.color.rgb, serie.format.line.width = rgb(couleur), Pt(3.0 if premiere else 2.25)
    if not premiere:
        serie.format.line.dash_style = MSO_LINE.DASH
    serie.marker.style = XL_MARKER_STYLE.CIRCLE if marques else XL_MARKER_STYLE.NONE
    if marques:
        serie.marker.size = 7
        paint(serie.marker, couleur)
        serie.marker.format.line.color.rgb = rgb(couleur)


def turn_last_bars_into_line(graphique: Chart) -> None:
    """The last series becomes a dashed line on the same axes: a reference that is edited with the chart's data."""
    barres = graphique._chartSpace.chart.plotArea.xpath("./c:barChart")[0]
    serie = barres.xpath("./c:ser")[-1]
    barres.remove(serie)
    for element in serie.xpath("./c:invertIfNegative | ./c:spPr | ./c:dLbls"):
        serie.remove(element)
    encre = f'<a:solidFill><a:srgbClr val="{palette.REPERE.lstrip("#")}"/></a:solidFill>'
    trait = f'<a:ln w="28575" cap="flat">{encre}<a:prstDash val="dash"/><a:round/></a:ln>'
    # A line of one point is not seen: a dash stands for it.
    seul = len(serie.xpath("./c:cat//c:pt")) == 1
    symbole = '<c:symbol val="dash"/><c:size val="24"/>' if seul else '<c:symbol val="none"/>'
    marque = f"<c:marker {nsdecls('c', 'a')}>{symbole}{f'<c:spPr>{encre}</c:spPr>' if seul else ''}</c:marker>"
    nom = serie.xpath("./c:tx")[0]
    nom.addnext(parse_xml(marque))
    nom.addnext(parse_xml(f"<c:spPr {nsdecls('c', 'a')}>{trait}</c:spPr>"))
    serie.append(parse_xml(f'<c:smooth {_C} val="0"/>'))
    axes = "".join(f'<c:axId val="{axe}"/>' for axe in barres.xpath("./c:axId/@val"))
    ligne = parse_xml(
        f'<c:lineChart {_C}><c:grouping val="standard"/><c:varyColors val="0"/><c:marker val="1"/>{axes}</c:lineChart>'
    )
    ligne.insert(2, serie)
    barres.addnext(ligne)


# ---- numbers


def label_values(
    porteur: Any, ecriture: str, position: Any = XL_LABEL_POSITION.OUTSIDE_END, taille: float = TAILLE,
    couleur: str = palette.ENCRE,
) -> None:  # fmt: skip
    """Writes the numbers of a plot or of a series."""
    etiquettes = porteur.data_labels
    etiquettes.show_value = True
    etiquettes.number_format, etiquettes.number_format_is_linked = ecriture, False
    etiquettes.position = position
    etiquettes.font.size, etiquettes.font.bold, etiquettes.font.color.rgb = Pt(taille), True, rgb(couleur)


def label_point(
    serie: Any, rang: int, ecriture: str, position: Any, couleur: str, taille: float = TAILLE, *, seul: bool = False
) -> None:
    """Writes the number of one point in its own manner; `seul`: the other points of the series have none."""
    etiquette = serie.points[rang].data_label
    etiquette.position = position
    etiquette.font.size, etiquette.font.bold, etiquette.font.color.rgb = Pt(taille), True, rgb(couleur)
    element = etiquette._get_or_add_dLbl()
    _raise_flags(element, qn("c:showVal"))
    for ancien in element.findall(qn("c:numFmt")):
        element.remove(ancien)
    nombre = parse_xml(f'<c:numFmt {_C} sourceLinked="0"/>')
    nombre.set("formatCode", ecriture)
    # After idx (and the layout and text that may follow it), before the paint: the order of the schema.
    next(e for e in element if e.tag in _APRES_LE_FORMAT).addprevious(nombre)
    if seul:
        for etiquettes in serie._element.xpath("./c:dLbls"):
            _raise_flags(etiquettes)


def _raise_flags(etiquettes: Iterable[Any], leve: str = "") -> None:
    """What labels show: the value, or nothing."""
    for drapeau in etiquettes:
        if drapeau.tag in _DRAPEAUX:
            drapeau.set("val", "1" if drapeau.tag == leve else "0")


def hide_labels(serie: Any, rangs: Iterable[int]) -> None:
    """No number on these points of a series whose others have one; labels of single points come first, in order."""
    etiquettes = serie._element.get_or_add_dLbls()
    caches = {rang: parse_xml(f'<c:dLbl {_C}><c:idx val="{rang}"/><c:delete val="1"/></c:dLbl>') for rang in rangs}
    seules = {int(seule.xpath("./c:idx/@val")[0]): seule for seule in etiquettes.xpath("./c:dLbl")}
    for ancienne in seules.values():
        etiquettes.remove(ancienne)
    for place, (_, seule) in enumerate(sorted((seules | caches).items())):
        etiquettes.insert(place, seule)
