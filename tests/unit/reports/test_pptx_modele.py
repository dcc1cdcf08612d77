"""The PLIE's own template and logos: used when they suit, refused in words when they cannot be trusted."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pptx
import pytest
import xlsxwriter
from PIL import Image
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu

from data_access.refus import Refus
from reports.pptx import build, open_gabarit
from tests.unit.reports import fabrique
from tests.unit.reports.lecture_pptx import bottoms, description_of, open_deck, overflows, plain, texts_of

LARGE = 12_192_000


def png(couleur: str, largeur: int, hauteur: int) -> bytes:
    """A plain picture."""
    octets = io.BytesIO()
    Image.new("RGB", (largeur, hauteur), couleur).save(octets, "PNG")
    return octets.getvalue()


def modele(changer: Callable[[Any], None] | None = None, large: bool = True) -> bytes:
    """A template of the PLIE: wide, a logo at the bottom of its master, one example slide."""
    presentation = pptx.Presentation()
    if large:
        rapport = LARGE / presentation.slide_width
        presentation.slide_width = Emu(LARGE)
        for formes in (presentation.slide_master.shapes, *(d.shapes for d in presentation.slide_layouts)):
            for forme in formes:
                if forme._element.xpath(".//a:xfrm"):
                    forme.left, forme.width = Emu(int(forme.left * rapport)), Emu(int(forme.width * rapport))
    _, lien = presentation.slide_master.part.get_or_add_image_part(io.BytesIO(png("#AA3300", 300, 150)))
    presentation.slide_master.shapes._spTree.append(
        parse_xml(
            f'<p:pic {nsdecls("p", "a", "r")}><p:nvPicPr><p:cNvPr id="99" name="Logo du PLIE"/><p:cNvPicPr/><p:nvPr/>'
            f'</p:nvPicPr><p:blipFill><a:blip r:embed="{lien}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            '<p:spPr><a:xfrm><a:off x="300000" y="6200000"/><a:ext cx="1000000" cy="500000"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )
    )
    exemple = presentation.slides.add_slide(presentation.slide_layouts[1])
    exemple.shapes.title.text = "Diapositive d’exemple"
    if changer:
        changer(presentation)
    octets = io.BytesIO()
    presentation.save(octets)
    return octets.getvalue()


def repack(octets: bytes, changer: Callable[[str, bytes], bytes]) -> bytes:
    """The same file with some parts changed."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as avant, zipfile.ZipFile(sortie, "w") as apres:
        for nom in avant.namelist():
            apres.writestr(nom, changer(nom, avant.read(nom)))
    return sortie.getvalue()


def edition() -> Any:
    """A short edition: what a template changes is the same on every slide."""
    return fabrique.edition(sections=fabrique.sections()[:1] + fabrique.sections()[3:])


def test_the_template_gives_its_master_its_size_and_its_logo() -> None:
    deck = open_deck(build(edition(), modele()))
    assert deck.slide_width == LARGE
    assert "Logo du PLIE" in [forme.name for forme in deck.slide_master.shapes]
    assert {d.slide_layout.name for d in deck.slides} == {"Title Slide", "Title Only"}
    assert "Diapositive d’exemple" not in [d.shapes.title.text_frame.text for d in deck.slides]


def test_nothing_overflows_nor_covers_the_logo_of_the_template() -> None:
    octets = modele()
    deck = open_deck(build(edition(), octets))
    assert overflows(deck, open_gabarit(octets).regle) == []
    logo = next(forme for forme in deck.slide_master.shapes if forme.name == "Logo du PLIE")
    for rang, nom, bas in bottoms(deck):
        if nom != "Numéro de la diapositive":
            assert bas <= logo.top / 12_700, (rang, nom)
    for diapositive in deck.slides:
        assert all(forme.text_frame.text for forme in diapositive.placeholders)


def test_a_template_without_page_number_still_has_one_in_its_footer() -> None:
    def without_number(presentation: Any) -> None:
        for disposition in presentation.slide_layouts:
            for forme in list(disposition.placeholders):
                if forme.element.ph.get("type") == "sldNum":
                    forme.element.getparent().remove(forme.element)

    deck = open_deck(build(edition(), modele(without_number)))
    pied = next(f for f in deck.slides[3].shapes if f.name == "Pied de page")
    assert plain(pied.text_frame.text).endswith("· page 4")
    assert [c.get("type") for c in pied._element.iter() if str(c.tag).endswith("}fld")] == ["slidenum"]


def _blacken(presentation: Any) -> None:
    fond = presentation.slide_master.element.cSld
    for ancien in fond.xpath("./p:bg"):
        fond.remove(ancien)
    couleur = '<a:solidFill><a:srgbClr val="101820"/></a:solidFill><a:effectLst/>'
    fond.insert(0, parse_xml(f"<p:bg {nsdecls('p', 'a')}><p:bgPr>{couleur}</p:bgPr></p:bg>"))


def _crush(presentation: Any) -> None:
    for disposition in presentation.slide_layouts:
        for forme in disposition.placeholders:
            if forme.element.ph.get("type") == "title":
                forme.left, forme.top, forme.width, forme.height = (Emu(v) for v in (0, 0, LARGE, 5_000_000))


def _flatten(presentation: Any) -> None:
    for disposition in presentation.slide_layouts:
        for forme in disposition.placeholders:
            if forme.element.ph.get("type") == "title":
                forme.left, forme.top, forme.width, forme.height = (Emu(v) for v in (0, 0, LARGE, 0))


def _hide(presentation: Any) -> None:
    for disposition in presentation.slide_layouts:
        for forme in disposition.placeholders:
            if forme.element.ph.get("type") == "title":
                forme.left, forme.top, forme.width, forme.height = (Emu(v) for v in (0, -900_000, LARGE, 800_000))


def _untitle(presentation: Any) -> None:
    for disposition in presentation.slide_layouts:
        for forme in list(disposition.placeholders):
            if "itle" in forme.element.ph.get("type", ""):
                forme.element.getparent().remove(forme.element)


@pytest.mark.parametrize(
    ("octets", "raison"),
    [
        (modele(large=False), "16:9 (10,0 × 7,5 pouces)"),
        (modele(_blacken), "fond est sombre"),
        (modele(_crush), "trop petite"),
        (modele(_untitle), "emplacement de titre"),
        (modele(_flatten), "trop petit ou hors"),
        (modele(_hide), "trop petit ou hors"),
    ],
    ids=["4:3", "sombre", "sans place", "sans titre", "titre sans hauteur", "titre caché"],
)
def test_a_template_that_does_not_suit_is_left_out_and_the_deck_says_why(octets: bytes, raison: str) -> None:
    gabarit = open_gabarit(octets)
    assert raison in gabarit.remarque
    assert gabarit.propre
    deck = open_deck(build(edition(), octets))
    assert plain(gabarit.remarque) in plain(deck.slides[0].notes_slide.notes_text_frame.text)
    assert deck.slide_width == LARGE


def _macro(nom: str, octets: bytes) -> bytes:
    if nom != "[Content_Types].xml":
        return octets
    return octets.replace(b"presentation.main+xml", b"presentation.macroEnabled.main+xml").replace(
        b"presentationml.presentation.macro", b"ms-powerpoint.presentation.macro"
    )


def _tracker(nom: str, octets: bytes) -> bytes:
    if not nom.endswith("slideMaster1.xml.rels"):
        return octets
    lien = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="http://exemple.invalid/logo.png" TargetMode="External"/></Relationships>'
    )
    return octets.replace(b"</Relationships>", lien)


def _break_master(nom: str, octets: bytes) -> bytes:
    return octets[: len(octets) // 2] if nom.endswith("slideMaster1.xml") else octets


def _bomb() -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for rang in range(4):
            archive.writestr(f"ppt/media/{rang}.bin", bytes(90 * 1024 * 1024))
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("faire", "code"),
    [
        (lambda: b"", "PAK-010"),
        (lambda: b"pas un zip", "PAK-010"),
        (lambda: modele()[:4000], "PAK-010"),
        (lambda: repack(modele(), _break_master), "PAK-010"),
        (lambda: repack(modele(), lambda nom, o: b"" if nom == "ppt/presentation.xml" else o), "PAK-010"),
        (lambda: repack(modele(), _macro), "PAK-011"),
        (_bomb, "PAK-012"),
        (lambda: bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 500, "PAK-013"),
        (lambda: repack(modele(), _tracker), "PAK-014"),
    ],
    ids=["vide", "texte", "coupé", "maître coupé", "présentation vide", "macros", "bombe", "ancien", "lien externe"],
)
def test_a_template_that_cannot_be_trusted_is_refused_in_words(faire: Callable[[], bytes], code: str) -> None:
    octets = faire()
    with pytest.raises(Refus) as refus:
        build(edition(), octets)
    message = str(refus.value)
    assert message.endswith(f"[{code}]")
    assert message.startswith("Le modèle")
    assert len(re.findall(r"[.:] ", message)) >= 2


def test_a_workbook_is_not_a_template() -> None:
    octets = io.BytesIO()
    xlsxwriter.Workbook(octets).close()
    with pytest.raises(Refus, match="PAK-010"):
        open_gabarit(octets.getvalue())


def test_a_hyperlink_is_not_a_tracker() -> None:
    def link(presentation: Any) -> None:
        course = presentation.slides[0].shapes.title.text_frame.paragraphs[0].runs[0]
        course.hyperlink.address = "https://exemple.invalid"

    assert open_gabarit(modele(link)).remarque == ""


def test_logos_are_on_the_cover_no_taller_than_the_emblem_and_not_distorted() -> None:
    logos = [("Région", png("#0077AA", 800, 150)), ("Département", png("#228833", 100, 400))]
    couverture = open_deck(build(edition(), None, logos)).slides[0]
    embleme = next(f for f in couverture.shapes if f.name == "Emblème de l’Union européenne")
    images = [f for f in couverture.shapes if f.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert [description_of(f) for f in images] == ["Logo : Région", "Logo : Département"]
    for image, rapport in zip(images, (800 / 150, 100 / 400), strict=True):
        assert image.height <= embleme.height * 1.001
        assert image.width / image.height == pytest.approx(rapport, rel=0.01)
    assert images[0].left + images[0].width <= images[1].left
    mention = next(f for f in couverture.shapes if f.name == "Mention de financement")
    assert mention.left + mention.width <= images[0].left


@pytest.mark.parametrize("octets", [b"", b"<svg/>", png("#000000", 10, 10)[:40]], ids=["vide", "svg", "coupé"])
def test_a_logo_that_is_not_a_picture_is_refused_with_its_name(octets: bytes) -> None:
    with pytest.raises(Refus, match=r"Le logo « Région ».*\[PAK-020\]$"):
        build(edition(), None, [("Région", octets)])


def test_too_many_logos_are_refused() -> None:
    with pytest.raises(Refus, match=r"\[PAK-021\]$"):
        build(edition(), None, [(f"Logo {i}", png("#000000", 10, 10)) for i in range(9)])


def test_the_words_of_the_deck_do_not_depend_on_the_template() -> None:
    mots = [{plain(t) for d in open_deck(build(edition(), m)).slides for t in texts_of(d)} for m in (None, modele())]
    for section in edition().sections:
        for phrase in (section.message, *section.points_de_decision):
            assert all(any(plain(phrase) in texte for texte in ecrits) for ecrits in mots)
