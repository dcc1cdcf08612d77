"""How native charts are dressed: text sizes, colours, axes, labels. Nothing here knows an edition."""

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from charts import palette

TAILLE = 13.0
TAILLE_MINIMALE = 11.0
_DRAPEAUX = {
    qn(f"c:{nom}")
    for nom in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
}
_APRES_LE_FORMAT = {qn(f"c:{nom}") for nom in ("spPr", "txPr", "dLblPos", "showLegendKey")}
CLAIRES = ("#C9D1D8", "#9AA5AF")
"""Colours on which a number is written dark."""


def rgb(couleur: str) -> RGBColor:
    """« #17607D » as python-pptx wants it."""
    return RGBColor.from_string(couleur.lstrip("#"))


def set_base(graphique: Any, taille: float = TAILLE) -> None:
    """French, no title of its own, square corners, text large enough for a meeting room."""
    graphique.has_title = False
    graphique.font.size, graphique.font.color.rgb = Pt(taille), rgb(palette.ENCRE)
    espace = graphique._chartSpace
    debut = espace.xpath("./c:date1904")
    for rang, element in enumerate(("<c:lang {} val='fr-FR'/>", "<c:roundedCorners {} val='0'/>")):
        nom = ("lang", "roundedCorners")[rang]
        for ancien in espace.xpath(f"./c:{nom}"):
            espace.remove(ancien)
        place = (espace.index(debut[0]) + 1 if debut else 0) + rang
        espace.insert(place, parse_xml(element.format(nsdecls("c"))))
    for proprietes in espace.xpath(".//a:defRPr"):
        proprietes.set("lang", "fr-FR")


def set_legend(graphique: Any, visible: bool) -> None:
    """On top, beside the title that names the subject: read before the bars."""
    graphique.has_legend = visible
    if visible:
        graphique.legend.position = XL_LEGEND_POSITION.TOP
        graphique.legend.include_in_layout = False
        graphique.legend.font.size = Pt(TAILLE)


def set_category_axis(axe: Any, taille: float = TAILLE) -> None:
    """Names without ticks, a thin line; at the low end even when values are negative."""
    axe.tick_labels.font.size = Pt(taille)
    axe.major_tick_mark = axe.minor_tick_mark = XL_TICK_MARK.NONE
    axe.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axe.has_major_gridlines = False
    axe.format.line.color.rgb = rgb(palette.TEXTE_SECOND)


def set_value_axis(
    axe: Any, minimum: float, maximum: float, format_: str, visible: bool, pas: float | None = None
) -> None:
    """Light lines and numbers every `pas`, or nothing when each mark bears its own."""
    if pas is not None:
        axe.major_unit = pas
    axe.minimum_scale, axe.maximum_scale = minimum, maximum
    axe.major_tick_mark = axe.minor_tick_mark = XL_TICK_MARK.NONE
    axe.has_major_gridlines = visible
    axe.visible = visible
    if visible:
        axe.major_gridlines.format.line.color.rgb = rgb(palette.GRILLE)
        axe.format.line.fill.background()
        axe.tick_labels.number_format, axe.tick_labels.number_format_is_linked = format_, False
        axe.tick_labels.font.size = Pt(TAILLE_MINIMALE)


def paint(forme: Any, couleur: str) -> None:
    """Fills a bar or a point."""
    forme.format.fill.solid()
    forme.format.fill.fore_color.rgb = rgb(couleur)


def paint_bars(serie: Any, couleur: str) -> None:
    """Fills the bars of a series, the negative ones too."""
    serie.invert_if_negative = False
    paint(serie, couleur)


def outline(serie: Any, couleur: str = palette.FOND) -> None:
    """A white rim between stacked parts."""
    serie.format.line.color.rgb, serie.format.line.width = rgb(couleur), Pt(1.5)


def label_values(
    porteur: Any,
    format_: str,
    position: Any = XL_LABEL_POSITION.OUTSIDE_END,
    *,
    taille: float = TAILLE,
    couleur: str = palette.ENCRE,
) -> None:
    """Writes the numbers of a plot or of a series."""
    etiquettes = porteur.data_labels
    etiquettes.show_value = True
    etiquettes.number_format, etiquettes.number_format_is_linked = format_, False
    if position is not None:
        etiquettes.position = position
    etiquettes.font.size, etiquettes.font.bold, etiquettes.font.color.rgb = Pt(taille), True, rgb(couleur)


def hide_labels(serie: Any, rangs: Sequence[int]) -> None:
    """No number on these points of a series whose others have one."""
    if not rangs:
        return
    etiquettes = serie._element.get_or_add_dLbls()
    for rang in sorted(rangs):
        for ancienne in etiquettes.xpath(f"./c:dLbl[c:idx/@val='{rang}']"):
            etiquettes.remove(ancienne)
    for place, rang in enumerate(sorted(rangs)):
        etiquettes.insert(place, parse_xml(f'<c:dLbl {nsdecls("c")}><c:idx val="{rang}"/><c:delete val="1"/></c:dLbl>'))
    _sort_labels(etiquettes)


def _sort_labels(etiquettes: Any) -> None:
    """The labels of single points come first, in the order of the points."""
    seules = etiquettes.xpath("./c:dLbl")
    for place, seule in enumerate(sorted(seules, key=lambda e: int(e.xpath("./c:idx")[0].get("val")))):
        etiquettes.remove(seule)
        etiquettes.insert(place, seule)


def draw_line(serie: Any, couleur: str, largeur: float, tirets: bool) -> None:
    """A straight line, dashed or not: told apart without colour."""
    serie.smooth = False
    serie.format.line.color.rgb, serie.format.line.width = rgb(couleur), Pt(largeur)
    if tirets:
        serie.format.line.dash_style = MSO_LINE.DASH


def set_plot_box(graphique: Any, x: float, y: float, largeur: float, hauteur: float) -> None:
    """Fixes the rectangle of the bars, in fractions of the chart: names keep the place that was measured for them."""
    zone = graphique._chartSpace.chart.plotArea
    for ancien in zone.xpath("./c:layout"):
        zone.remove(ancien)
    valeurs = "".join(
        f'<c:{nom} val="{valeur:.4f}"/>' for nom, valeur in zip("xywh", (x, y, largeur, hauteur), strict=True)
    )
    zone.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{valeurs}</c:manualLayout></c:layout>'
        ),
    )


def turn_last_bars_into_line(graphique: Any, couleur: str = palette.REPERE) -> None:
    """The last series becomes a dashed line on the same axes: a reference that is edited with the chart's data."""
    zone = graphique._chartSpace.chart.plotArea
    barres = zone.xpath("./c:barChart")[0]
    serie = barres.xpath("./c:ser")[-1]
    barres.remove(serie)
    for nom in ("invertIfNegative", "spPr", "dLbls"):
        for element in serie.xpath(f"./c:{nom}"):
            serie.remove(element)
    points = len(serie.xpath("./c:cat//c:pt"))
    # A line of one point is not seen: a dash stands for it.
    symbole = '<c:symbol val="dash"/><c:size val="24"/>' if points == 1 else '<c:symbol val="none"/>'
    encre = f'<a:solidFill><a:srgbClr val="{couleur.lstrip("#")}"/></a:solidFill>'
    trait = f'<a:ln w="28575" cap="flat">{encre}<a:prstDash val="dash"/><a:round/></a:ln>'
    suite = (
        f"<c:spPr {nsdecls('c', 'a')}>{trait}</c:spPr>",
        f"<c:marker {nsdecls('c', 'a')}>{symbole}"
        + (f"<c:spPr>{encre}</c:spPr>" if points == 1 else "")
        + "</c:marker>",
    )
    place = serie.index(serie.xpath("./c:tx")[0]) + 1
    for rang, xml in enumerate(suite):
        serie.insert(place + rang, parse_xml(xml))
    serie.append(parse_xml(f'<c:smooth {nsdecls("c")} val="0"/>'))
    ligne = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/><c:marker val="1"/>'
        + "".join(f'<c:axId val="{axe}"/>' for axe in barres.xpath("./c:axId/@val"))
        + "</c:lineChart>"
    )
    ligne.insert(2, serie)
    barres.addnext(ligne)


def label_point(
    serie: Any, rang: int, format_: str, position: Any, couleur: str, taille: float = TAILLE, *, seul: bool = True
) -> None:
    """Writes the number of one point in its own manner; `seul`: the other points of the series have none."""
    etiquette = serie.points[rang].data_label
    etiquette.position = position
    etiquette.font.size, etiquette.font.bold, etiquette.font.color.rgb = Pt(taille), True, rgb(couleur)
    element = etiquette._get_or_add_dLbl()
    for drapeau in element:
        if drapeau.tag in _DRAPEAUX:
            drapeau.set("val", "1" if drapeau.tag == qn("c:showVal") else "0")
    for ancien in element.findall(qn("c:numFmt")):
        element.remove(ancien)
    nombre = parse_xml(f'<c:numFmt {nsdecls("c")} sourceLinked="0"/>')
    nombre.set("formatCode", format_)
    # After idx (and the layout and text that may follow it), before the paint: the order of the schema.
    next(e for e in element if e.tag in _APRES_LE_FORMAT).addprevious(nombre)
    if seul:
        for etiquettes in serie._element.xpath("./c:dLbls"):
            for drapeau in etiquettes:
                if drapeau.tag in _DRAPEAUX:
                    drapeau.set("val", "0")


def name_one_in(axe: Any, saut: int) -> None:
    """Names one category in `saut`."""
    element = axe._element
    for ancien in element.xpath("./c:tickLblSkip"):
        element.remove(ancien)
    suivant = element.xpath("./c:noMultiLvlLbl")
    saut_xml = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{saut}"/>')
    if suivant:
        suivant[0].addprevious(saut_xml)
    else:
        element.append(saut_xml)
