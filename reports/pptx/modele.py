"""The PLIE's own template: refused in words when it cannot be trusted, used when our slides fit in it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import pptx
from lxml import etree
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from charts import palette
from indicators.acces import Refus
from indicators.nombres import write_decimal
from reports.pptx.formes import BANDE, EMU_PAR_POINT, HAUTEUR, LARGEUR, Boite, box_of
from reports.pptx.gabarit import TAILLES_DU_TITRE, Gabarit, make_gabarit
from reports.pptx.mesure import Metre

POIDS_MAX = 50 * 1024 * 1024
POIDS_DECOMPRESSE_MAX = 300 * 1024 * 1024
PARTIES_MAX = 3_000
_OLE = bytes.fromhex("D0CF11E0")
_POLICES_MESUREES = ("arial", "liberation sans", "helvetica")
_FACTEUR_DES_AUTRES = 1.2
"""A font that the reader has not is replaced, sometimes by a wider one: DejaVu Sans for Calibri, by LibreOffice."""
_HAUTEUR_MINIMALE, _LARGEUR_MINIMALE = 300.0, 700.0
_HAUTEUR_DU_TITRE = 36.0
_CONSEIL = "Rien n’est perdu : le dossier peut être fait avec le modèle de l’application."


class _Inadapte(Exception):
    """A sound template in which our slides would not fit: why, in French."""


def open_gabarit(modele: bytes | None) -> Gabarit:
    """The PLIE's template ready to be filled; ours when there is none, or when it does not suit (`remarque` says why).

    Raises `Refus` for what is not a sound .pptx.
    """
    if modele is None:
        return make_gabarit()
    _check_container(modele)
    presentation = _open(modele)
    try:
        return _adapt(presentation)
    except _Inadapte as raison:
        return make_gabarit(f"Le modèle du PLIE n’a pas été employé : {raison}. {_CONSEIL}")


def _check_container(modele: bytes) -> None:
    if modele.startswith(_OLE):
        raise Refus(
            "Le modèle n’est pas lu : c’est un fichier .ppt ancien, ou protégé par un mot de passe. Ouvrez-le dans "
            "PowerPoint, retirez le mot de passe et enregistrez-le en .pptx.",
            "PAK-013",
        )
    if len(modele) > POIDS_MAX:
        raise Refus(
            f"Le modèle n’est pas lu : il pèse plus de {POIDS_MAX // 1024**2} Mo. Compressez ses images.", "PAK-012"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(modele)) as archive:
            parties = archive.infolist()
            if len(parties) > PARTIES_MAX or sum(p.file_size for p in parties) > POIDS_DECOMPRESSE_MAX:
                raise Refus(
                    "Le modèle n’est pas lu : une fois ouvert, il prendrait trop de place. Retirez-en les diapositives "
                    "et les images inutiles.",
                    "PAK-012",
                )
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError):
        raise _damaged() from None


def _check_parts(archive: zipfile.ZipFile) -> None:
    types = archive.read("[Content_Types].xml").lower()
    if b"macroenabled" in types or any("vbaproject" in nom.lower() for nom in archive.namelist()):
        raise Refus(
            "Le modèle est refusé : il contient des macros (.pptm), que le comité n’a pas à ouvrir. Enregistrez-le en "
            "« Présentation PowerPoint (.pptx) », sans macro.",
            "PAK-011",
        )
    for nom in archive.namelist():
        if nom.endswith(".rels") and _links_outside(archive.read(nom)):
            raise Refus(
                "Le modèle est refusé : il va chercher une image ou un objet hors du fichier, et chaque lecteur "
                "serait signalé à celui qui l’héberge. Incorporez ses images, puis déposez-le de nouveau.",
                "PAK-014",
            )


def _links_outside(relations: bytes) -> bool:
    """True when something other than a plain hyperlink points out of the file."""
    liens = re.findall(rb"<[\w:]*Relationship\s[^>]*>", relations)
    return any(re.search(rb"TargetMode\s*=\s*[\"']External", lien) and b"/hyperlink" not in lien for lien in liens)


def _open(modele: bytes) -> Any:
    try:
        presentation = pptx.Presentation(io.BytesIO(modele))
        # Read now what will be used: a damaged part is met here rather than in the middle of the deck.
        for maitre in presentation.slide_masters:
            list(maitre.placeholders)
            for disposition in maitre.slide_layouts:
                list(disposition.placeholders)
        return presentation
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError, zipfile.BadZipFile):
        raise _damaged() from None


def _damaged() -> Refus:
    return Refus(
        "Le modèle n’est pas lu : ce n’est pas une présentation .pptx, ou le fichier est abîmé. Ouvrez-le dans "
        "PowerPoint ou LibreOffice, enregistrez-le de nouveau en .pptx, puis déposez-le.",
        "PAK-010",
    )


def _adapt(presentation: Any) -> Gabarit:
    page = page_of(presentation)
    if abs(page.largeur / page.hauteur - LARGEUR / HAUTEUR) > 0.02:
        pouces = f"{write_decimal(page.largeur / 72)} × {write_decimal(page.hauteur / 72)}"
        raise _Inadapte(f"ses diapositives ne sont pas au format 16:9 ({pouces} pouces)")
    if abs(page.largeur - LARGEUR) > LARGEUR * 0.3:
        raise _Inadapte("ses diapositives sont trop petites ou trop grandes pour les tailles de texte employées")
    contenu = _find_layout(presentation, ("title",), page=True)
    couverture = _find_layout(presentation, ("ctrTitle", "title"), page=False)
    if contenu is None or couverture is None:
        raise _Inadapte("aucune de ses dispositions n’a d’emplacement de titre")
    if _is_dark(contenu):
        raise _Inadapte("son fond est sombre, et les graphiques sont dessinés pour un fond clair")
    titre = box_of(next(f for f in contenu.placeholders if f.element.ph.get("type") == "title"))
    if not _holds_a_title(titre, page):
        raise _Inadapte(
            "son emplacement de titre est trop petit ou hors de la diapositive : les titres seraient coupés"
        )
    zone = _measure(contenu, titre, page)
    place = zone.top(zone.hauteur - BANDE - 6.0)
    if place.hauteur < _HAUTEUR_MINIMALE or place.largeur < _LARGEUR_MINIMALE:
        raise _Inadapte("la place laissée sous le titre est trop petite pour un graphique lisible")
    _drop_slides(presentation)
    return Gabarit(
        presentation=presentation,
        couverture=couverture,
        contenu=contenu,
        contenu_de_page=place,
        bande=zone.bottom(BANDE),
        regle=Metre(_font_factor(contenu)),
        tailles_du_titre=_title_sizes(contenu),
        titre_en_capitales=bool(contenu.slide_master.element.xpath(".//p:titleStyle//a:defRPr[@cap='all']")),
        propre=False,
    )


def page_of(presentation: Any) -> Boite:
    """The whole of a slide."""
    cotes = (presentation.slide_width or 0, presentation.slide_height or 1)
    return Boite(0.0, 0.0, *(cote / EMU_PAR_POINT for cote in cotes))


def _holds_a_title(titre: Boite, page: Boite) -> bool:
    """Room for a sentence, on the slide: some templates hide their title outside of it."""
    sur_la_page = titre.x >= 0 and titre.y >= 0 and titre.droite <= page.largeur + 1 and titre.bas <= page.hauteur
    return sur_la_page and titre.hauteur >= _HAUTEUR_DU_TITRE and titre.largeur >= page.largeur / 3


def _find_layout(presentation: Any, titres: tuple[str, ...], page: bool) -> Any:
    """The layout with a title and the least else; for the cover, the one whose title is a cover's."""
    trouvees: list[tuple[int, int, int, Any]] = []
    for disposition in presentation.slide_layouts:
        genres = [f.element.ph.get("type", "obj") for f in disposition.placeholders]
        utiles = [g for g in genres if g not in ("dt", "ftr", "sldNum")]
        titre = next((t for t in titres if t in utiles), None)
        if titre is not None:
            trouvees.append(
                (titres.index(titre), len(utiles) if page else abs(len(utiles) - 2), len(trouvees), disposition)
            )
    return min(trouvees, key=lambda t: t[:3])[3] if trouvees else None


def _measure(disposition: Any, titre: Boite, page: Boite) -> Boite:
    """Content and footer under the title, clear of the logos and of the page number of the template."""
    gauche, droite = max(titre.x, 24.0), min(titre.droite, page.largeur - 24.0)
    haut, bas = titre.bas + 4.0, page.hauteur - 12.0
    for obstacle in _obstacles(disposition, page):
        if obstacle.droite <= gauche or obstacle.x >= droite:
            continue
        if obstacle.y > page.hauteur * 0.6:
            bas = min(bas, obstacle.y - 4.0)
        elif obstacle.bas < page.hauteur * 0.4:
            haut = max(haut, obstacle.bas + 4.0)
        elif obstacle.droite < page.largeur * 0.3:
            gauche = max(gauche, obstacle.droite + 8.0)
        else:
            droite = min(droite, obstacle.x - 8.0)
    return Boite(gauche, haut, droite - gauche, bas - haut)


def _obstacles(disposition: Any, page: Boite) -> Iterator[Boite]:
    """Logos, bands and page numbers of a layout and of its master; what covers the slide is a background."""
    formes: Iterable[Any] = (*disposition.shapes, *disposition.slide_master.shapes)
    for forme in formes:
        if forme.is_placeholder and forme.element.ph.get("type") != "sldNum":
            continue
        if forme.is_placeholder and forme.part is not disposition.part:
            continue
        boite = box_of(forme)
        if boite.largeur * boite.hauteur < 0.3 * page.largeur * page.hauteur:
            yield boite


def free_bottom(disposition: Any, page: Boite) -> float:
    """How far down a cover is free of logos."""
    hauts = [o.y for o in _obstacles(disposition, page) if o.y > page.hauteur * 0.6]
    return min([page.hauteur - 16.0, *(haut - 6.0 for haut in hauts)])


def _drop_slides(presentation: Any) -> None:
    """A template often comes with example slides: they are not part of the meeting."""
    liste = presentation.slides._sldIdLst
    for diapositive in list(liste):
        presentation.part.drop_rel(diapositive.rId)
        liste.remove(diapositive)
    # Sections and custom shows name the slides that are gone: PowerPoint would offer to « repair » the deck.
    for reste in presentation.part._element.xpath("./p:extLst | ./p:custShowLst"):
        reste.getparent().remove(reste)


def _title_sizes(disposition: Any) -> tuple[float, ...]:
    tailles = disposition.slide_master.element.xpath(".//p:titleStyle/a:lvl1pPr/a:defRPr/@sz")
    sienne = int(tailles[0]) / 100 if tailles else TAILLES_DU_TITRE[0]
    return (min(sienne, 32.0), *(t for t in TAILLES_DU_TITRE if t < min(sienne, 32.0)))


def _theme(disposition: Any) -> Any:
    return etree.fromstring(
        disposition.slide_master.part.part_related_by(RT.THEME).blob, etree.XMLParser(resolve_entities=False)
    )


_A = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}


def _font_factor(disposition: Any) -> float:
    polices = _theme(disposition).xpath(".//a:fontScheme/*/a:latin/@typeface", namespaces=_A)
    mesurees = all(any(p.lower().startswith(m) for m in _POLICES_MESUREES) for p in polices)
    return 1.0 if mesurees else _FACTEUR_DES_AUTRES


def _is_dark(disposition: Any) -> bool:
    """True when the background is a plain colour on which dark text cannot be read; a picture is not judged."""
    maitre = disposition.slide_master.element
    fonds = disposition.element.xpath("./p:cSld/p:bg") or maitre.xpath("./p:cSld/p:bg")
    if not fonds:
        return False
    directes = fonds[0].xpath("./p:bgPr/a:solidFill/a:srgbClr/@val")
    noms = fonds[0].xpath("./p:bgPr/a:solidFill/a:schemeClr/@val | ./p:bgRef/a:schemeClr/@val")
    if not directes and noms:
        vrais = maitre.xpath(f"./p:clrMap/@{noms[0]}") if re.fullmatch(r"\w+", noms[0]) else []
        directes = _theme(disposition).xpath(
            f".//a:clrScheme/a:{(vrais or noms)[0]}/a:srgbClr/@val | "
            f".//a:clrScheme/a:{(vrais or noms)[0]}/a:sysClr/@lastClr",
            namespaces=_A,
        )
    return bool(directes) and palette.contrast(palette.ENCRE, f"#{directes[0]}") < 4.5
