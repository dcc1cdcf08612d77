"""Our own template: white, wide, two layouts in French, made from python-pptx's own so that no file is kept."""

import re
from dataclasses import dataclass
from typing import Any

import pptx
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu

from charts import palette
from reports.pptx.formes import HAUTEUR, LARGEUR, Boite
from reports.pptx.mesure import Metre

_MARGE = 44.0
_POLICE = "Arial"
"""On every machine, or replaced by Liberation Sans, which has the same widths: what is measured is what is seen."""
TAILLES_DU_TITRE = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
_TITRE = Boite(_MARGE, 24.0, LARGEUR - 2 * _MARGE, 78.0)
_CONTENU = Boite(_MARGE, 106.0, LARGEUR - 2 * _MARGE, 388.0)
_BANDE = Boite(_MARGE, 505.0, LARGEUR - 2 * _MARGE - 50.0, 24.0)
_NUMERO = Boite(LARGEUR - _MARGE - 44.0, 505.0, 44.0, 24.0)
_TITRE_DE_COUVERTURE = Boite(84.0, 112.0, LARGEUR - 84.0 - _MARGE, 110.0)
_SOUS_TITRE_DE_COUVERTURE = Boite(84.0, 232.0, LARGEUR - 84.0 - _MARGE, 96.0)
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
    """An empty deck and how to use it: its layouts; on a page, where our content goes and where the strip of the footer
    is. `remarque`: why the PLIE's own template was left out, if it was."""

    presentation: Any
    couverture: Any
    contenu: Any
    contenu_de_page: Boite = _CONTENU
    bande: Boite = _BANDE
    regle: Metre = Metre()
    tailles_du_titre: tuple[float, ...] = TAILLES_DU_TITRE
    titre_en_capitales: bool = False
    propre: bool = True
    remarque: str = ""


def make_gabarit(remarque: str = "") -> Gabarit:
    """Our own empty deck."""
    presentation = pptx.Presentation()
    _, _, presentation.slide_width, presentation.slide_height = Boite(0.0, 0.0, LARGEUR, HAUTEUR).emu()
    dispositions = list(presentation.slide_layouts)
    couverture, contenu = dispositions[_COUVERTURE], dispositions[_TITRE_SEUL]
    for disposition in dispositions:
        if disposition not in (couverture, contenu):
            presentation.slide_layouts.remove(disposition)
    relations = presentation.part.package._rels
    # The thumbnail is that of another deck.
    for identifiant in [r.rId for r in relations.values() if r.reltype == RT.THUMBNAIL]:
        relations.pop(identifiant)
    _restyle_theme(presentation)
    _restyle_master(presentation.slide_master)
    couverture.name, contenu.name = "Couverture", "Titre seul"
    titres = {"ctrTitle": _TITRE_DE_COUVERTURE, "title": _TITRE_DE_COUVERTURE, "subTitle": _SOUS_TITRE_DE_COUVERTURE}
    _restyle_layout(couverture, titres, "l", Boite(0.0, 0.0, _MARGE, HAUTEUR))
    _restyle_layout(
        contenu, {"title": _TITRE, "sldNum": _NUMERO}, "r", Boite(0.0, _TITRE.y + 4.0, 14.0, _TITRE.hauteur - 8.0)
    )
    for partie in (presentation.slide_master, couverture, contenu):
        _translate(partie)
    return Gabarit(presentation, couverture, contenu, remarque=remarque)


def _restyle_theme(presentation: Any) -> None:
    partie = presentation.slide_master.part.part_related_by(RT.THEME)
    texte = partie.blob.decode("utf-8")
    texte = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{_POLICE}", texte)
    encre = palette.ENCRE.lstrip("#")
    texte = re.sub(r"<a:dk1>.*?</a:dk1>", f'<a:dk1><a:srgbClr val="{encre}"/></a:dk1>', texte, flags=re.DOTALL)
    for rang, couleur in enumerate(palette.CATEGORIES, 1):
        texte = re.sub(
            rf"(<a:accent{rang}>\s*<a:srgbClr val=\")[0-9A-Fa-f]{{6}}", rf"\g<1>{couleur.lstrip('#')}", texte
        )
    partie._blob = texte.encode("utf-8")


def _restyle_master(maitre: Any) -> None:
    """Titles to the left, bold, at their place; no date and no footer of its own."""
    _place_all(maitre, {"title": _TITRE, "sldNum": _NUMERO, "body": _CONTENU})
    for style in maitre.element.xpath(".//p:titleStyle/a:lvl1pPr"):
        style.set("algn", "l")
        lettres = style.find(qn("a:defRPr"))
        lettres.set("sz", str(round(TAILLES_DU_TITRE[0] * 100)))
        lettres.set("b", "1")


def _restyle_layout(disposition: Any, places: dict[str, Boite], cote: str, bande: Boite) -> None:
    """What it holds at its place, aligned, and a band of colour."""
    _place_all(disposition, places)
    for forme in disposition.placeholders:
        if cote == "l" or forme.element.ph.get("type") == "sldNum":
            for style in forme.element.xpath(".//a:lvl1pPr"):
                style.set("algn", cote)
    _draw_band(disposition, bande)


def _place_all(partie: Any, places: dict[str, Boite]) -> None:
    """Moves each placeholder to its place; those without one go."""
    for forme in list(partie.placeholders):
        boite = places.get(forme.element.ph.get("type", "body"))
        if boite is None:
            forme.element.getparent().remove(forme.element)
        else:
            forme.left, forme.top, forme.width, forme.height = boite.emu()


def _draw_band(disposition: Any, boite: Boite) -> None:
    """A rectangle written as XML: layouts of python-pptx cannot add shapes."""
    gauche, haut, largeur, hauteur = boite.emu()
    arbre = disposition.shapes._spTree
    xml = (
        f"<p:sp {nsdecls('p', 'a')}>"
        f'<p:nvSpPr><p:cNvPr id="{100 + len(arbre)}" name="Bande de couleur"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{gauche}" y="{haut}"/><a:ext cx="{largeur}" cy="{hauteur}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{palette.PRINCIPALE.lstrip("#")}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
        '</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="fr-FR"/></a:p></p:txBody></p:sp>'
    )
    arbre.insert(2, parse_xml(xml))


def _translate(partie: Any) -> None:
    """No English in what an author sees when editing the deck. Titles begin where the text below them begins, and stand
    on it whatever their number of lines."""
    for texte in partie.element.xpath(".//a:t"):
        texte.text = _MOTS_FRANCAIS.get(texte.text, texte.text)
    for proprietes in partie.element.xpath(".//*[@lang]"):
        proprietes.set("lang", "fr-FR")
    for forme in partie.placeholders:
        genre = forme.element.ph.get("type", "body")
        forme.name = {"sldNum": "Numéro de la diapositive", "body": "Texte"}.get(genre, "Titre")
        if genre in ("title", "ctrTitle"):
            forme.text_frame.margin_left = Emu(0)
            forme.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
