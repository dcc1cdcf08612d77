"""Our own template: white, wide, two layouts in French, made from python-pptx's own so that no file is kept."""

import re
from dataclasses import dataclass
from typing import Any

import pptx
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu

from charts import palette
from reports.pptx.cadre import HAUTEUR, LARGEUR, Boite, Cadre
from reports.pptx.mesure import Regle

MARGE = 44.0
POLICE = "Arial"
"""On every machine, or replaced by Liberation Sans, which has the same widths: what is measured is what is seen."""
TAILLES_DU_TITRE = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
TITRE = Boite(MARGE, 24.0, LARGEUR - 2 * MARGE, 78.0)
CONTENU = Boite(MARGE, 106.0, LARGEUR - 2 * MARGE, 388.0)
BANDE = Boite(MARGE, 505.0, LARGEUR - 2 * MARGE - 50.0, 24.0)
NUMERO = Boite(LARGEUR - MARGE - 44.0, 505.0, 44.0, 24.0)
TITRE_DE_COUVERTURE = Boite(84.0, 112.0, LARGEUR - 84.0 - MARGE, 110.0)
SOUS_TITRE_DE_COUVERTURE = Boite(84.0, 232.0, LARGEUR - 84.0 - MARGE, 96.0)
_COUVERTURE, _TITRE_SEUL = 0, 5
_MOTS_FRANCAIS = {
    "Click to edit Master title style": "Titre",
    "Click to edit Master subtitle style": "Sous-titre",
    "Click to edit Master text styles": "Texte",
    "Second level": "Deuxième niveau",
    "Third level": "Troisième niveau",
    "Fourth level": "Quatrième niveau",
    "Fifth level": "Cinquième niveau",
}


@dataclass(frozen=True)
class Gabarit:
    """An empty deck and how to use it. `remarque`: why the PLIE's own template was left out, if it was."""

    presentation: Any
    couverture: Any
    contenu: Any
    cadre: Cadre
    regle: Regle
    tailles_du_titre: tuple[float, ...] = TAILLES_DU_TITRE
    titre_en_capitales: bool = False
    propre: bool = True
    remarque: str = ""


def make_gabarit(remarque: str = "") -> Gabarit:
    """Our own empty deck."""
    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = (Emu(round(v * 12_700)) for v in (LARGEUR, HAUTEUR))
    modeles = list(presentation.slide_layouts)
    couverture, contenu = modeles[_COUVERTURE], modeles[_TITRE_SEUL]
    for modele in modeles:
        if modele not in (couverture, contenu):
            presentation.slide_layouts.remove(modele)
    _drop_thumbnail(presentation)
    _restyle_theme(presentation)
    _restyle_master(presentation.slide_master)
    _restyle_cover(couverture)
    _restyle_content(contenu)
    for partie in (presentation.slide_master, couverture, contenu):
        _translate(partie)
        _align_titles(partie)
    return Gabarit(presentation, couverture, contenu, Cadre(TITRE, CONTENU, BANDE), Regle(), remarque=remarque)


def _drop_thumbnail(presentation: Any) -> None:
    """The picture of another, empty deck."""
    relations = presentation.part.package._rels
    for identifiant in [r.rId for r in relations.values() if r.reltype == RT.THUMBNAIL]:
        relations.pop(identifiant)


def _restyle_theme(presentation: Any) -> None:
    partie = presentation.slide_master.part.part_related_by(RT.THEME)
    texte = partie.blob.decode("utf-8")
    texte = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{POLICE}", texte)
    encre = palette.ENCRE.lstrip("#")
    texte = re.sub(r"<a:dk1>.*?</a:dk1>", f'<a:dk1><a:srgbClr val="{encre}"/></a:dk1>', texte, flags=re.DOTALL)
    for rang, couleur in enumerate(palette.CATEGORIES, 1):
        texte = re.sub(
            rf"(<a:accent{rang}>\s*<a:srgbClr val=\")[0-9A-Fa-f]{{6}}", rf"\g<1>{couleur.lstrip('#')}", texte
        )
    partie._blob = texte.encode("utf-8")


def _restyle_master(maitre: Any) -> None:
    """Titles to the left, bold, at their place; no date and no footer of its own."""
    for forme in list(maitre.placeholders):
        genre = forme.element.ph.get("type", "body")
        if genre in ("dt", "ftr"):
            forme.element.getparent().remove(forme.element)
        else:
            _place(forme, {"title": TITRE, "sldNum": NUMERO}.get(genre, CONTENU))
    for style in maitre.element.xpath(".//p:titleStyle/a:lvl1pPr"):
        style.set("algn", "l")
        lettres = style.find(qn("a:defRPr"))
        lettres.set("sz", str(round(TAILLES_DU_TITRE[0] * 100)))
        lettres.set("b", "1")


def _restyle_cover(modele: Any) -> None:
    modele.name = "Couverture"
    _drop_footers(modele, ("dt", "ftr", "sldNum"))
    for forme in modele.placeholders:
        _place(forme, TITRE_DE_COUVERTURE if "itle" in forme.element.ph.get("type") else CONTENU)
        if forme.element.ph.get("type") == "subTitle":
            _place(forme, SOUS_TITRE_DE_COUVERTURE)
        for style in forme.element.xpath(".//a:lvl1pPr"):
            style.set("algn", "l")
    _draw_band(modele, Boite(0.0, 0.0, 44.0, HAUTEUR), "Bande de couleur")


def _restyle_content(modele: Any) -> None:
    modele.name = "Titre seul"
    _drop_footers(modele, ("dt", "ftr"))
    for forme in modele.placeholders:
        genre = forme.element.ph.get("type")
        _place(forme, NUMERO if genre == "sldNum" else TITRE)
        if genre == "sldNum":
            for style in forme.element.xpath(".//a:lvl1pPr"):
                style.set("algn", "r")
    _draw_band(modele, Boite(0.0, TITRE.y + 4.0, 14.0, TITRE.hauteur - 8.0), "Repère de couleur")


def _align_titles(partie: Any) -> None:
    """Titles begin where the text below them begins, and stand on it whatever their number of lines."""
    for forme in partie.placeholders:
        if forme.element.ph.get("type") in ("title", "ctrTitle"):
            forme.text_frame.margin_left = Emu(0)
            forme.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def _drop_footers(modele: Any, genres: tuple[str, ...]) -> None:
    for forme in list(modele.placeholders):
        if forme.element.ph.get("type") in genres:
            forme.element.getparent().remove(forme.element)


def _place(forme: Any, boite: Boite) -> None:
    forme.left, forme.top, forme.width, forme.height = boite.emu()


def _draw_band(modele: Any, boite: Boite, nom: str) -> None:
    """A rectangle written as XML: layouts of python-pptx cannot add shapes."""
    gauche, haut, largeur, hauteur = boite.emu()
    couleur = palette.PRINCIPALE.lstrip("#")
    arbre = modele.shapes._spTree
    xml = (
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<p:nvSpPr><p:cNvPr id="{100 + len(arbre)}" name="{nom}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{gauche}" y="{haut}"/><a:ext cx="{largeur}" cy="{hauteur}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{couleur}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="fr-FR"/></a:p></p:txBody></p:sp>'
    )
    arbre.insert(2, parse_xml(xml))


def _translate(partie: Any) -> None:
    """No English in what an author sees when editing the deck."""
    for texte in partie.element.xpath(".//a:t"):
        texte.text = _MOTS_FRANCAIS.get(texte.text, texte.text)
    for proprietes in partie.element.xpath(".//*[@lang]"):
        proprietes.set("lang", "fr-FR")
    for forme in partie.placeholders:
        genre = forme.element.ph.get("type", "body")
        forme.name = {"sldNum": "Numéro de la diapositive", "body": "Texte"}.get(genre, "Titre")
