"""The cover: which meeting, of which PLIE, on which figures, paid by whom."""

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image as Photo
from PIL import UnidentifiedImageError
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu

from charts import palette
from indicators.acces import Refus
from indicators.nombres import write_date
from reports.mentions import Mention, mention_of
from reports.notice import INVENTEES, name_edition, write_day
from reports.pptx.accessibilite import describe
from reports.pptx.cadre import EMU_PAR_POINT, Boite, box_of
from reports.pptx.embleme import draw_emblem
from reports.pptx.formes import draw_rectangle
from reports.pptx.modele import free_bottom
from reports.pptx.notes import write_source
from reports.pptx.texte import Paragraphe, fit_paragraphs, write_box, write_frame
from reports.pptx.toile import Toile, fill_placeholder, write_notes

Logo = tuple[str, bytes]
_HAUTEUR_DE_L_EMBLEME = 52.0
_BANDE = 64.0
_BANNIERE = 30.0
_TAILLES_DU_TITRE = (40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
_ECHELLES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
_LOGOS_MAX = 8
_PIXELS_MAX = 40_000_000


def check_logos(logos: Sequence[Logo]) -> None:
    """Raises `Refus` for what could not be drawn."""
    if len(logos) > _LOGOS_MAX:
        raise Refus(f"Il y a {len(logos)} logos : la couverture en tient {_LOGOS_MAX} au plus.", "PAK-021")
    for nom, octets in logos:
        try:
            with Photo.open(io.BytesIO(octets), formats=("PNG", "JPEG", "GIF")) as photo:
                if photo.width * photo.height > _PIXELS_MAX or not photo.width or not photo.height:
                    raise ValueError
                photo.load()
        except (UnidentifiedImageError, Photo.DecompressionBombError, OSError, ValueError, SyntaxError):
            raise Refus(
                f"Le logo « {nom} » n’est pas lu : ce n’est pas une image PNG, JPEG ou GIF, elle est abîmée ou trop "
                "grande. Enregistrez-le en PNG, 2 000 pixels de large au plus, puis déposez-le de nouveau.",
                "PAK-020",
            ) from None


def add_cover(toile: Toile, logos: Sequence[Logo]) -> None:
    """The first slide."""
    edition, gabarit = toile.edition, toile.gabarit
    diapositive = gabarit.presentation.slides.add_slide(gabarit.couverture)
    page = Boite(
        0.0,
        0.0,
        gabarit.presentation.slide_width / EMU_PAR_POINT,
        gabarit.presentation.slide_height / EMU_PAR_POINT,
    )
    bas = free_bottom(gabarit.couverture, page) - (0.0 if not gabarit.propre else 14.0)
    titre = diapositive.shapes.title
    gauche = max(box_of(titre).x, 24.0)
    bande = Boite(gauche, bas - _BANDE, page.largeur - gauche - 24.0, _BANDE)
    _fill(toile, titre, edition.titre, _TAILLES_DU_TITRE, "Titre", gras=True)
    _write_subtitle(toile, diapositive, bande)
    if edition.inventees:
        _write_banner(toile, diapositive, Boite(bande.x, bande.y - _BANNIERE - 14.0, bande.largeur, _BANNIERE))
    _write_mention(toile, diapositive, bande, logos)
    write_notes(diapositive, "\n\n".join(filter(None, (edition.titre, write_source(edition), gabarit.remarque))))


def _write_subtitle(toile: Toile, diapositive: Any, bande: Boite) -> None:
    """PLIE, perimeter, date and number, in the subtitle of the layout or in a box of ours under the title."""
    edition = toile.edition
    publiee = f", publiée le {write_day(edition.publie_le)}" if edition.publie_le else ", pas encore publié"
    dates = f"{name_edition(edition)}{publiee} · données au {write_date(edition.date_donnees)}"
    trouvees = [f for f in diapositive.placeholders if f.element.ph.get("type") in ("subTitle", "body")]
    for forme in list(diapositive.placeholders):
        if forme.element.ph.get("type") not in ("title", "ctrTitle"):
            forme.element.getparent().remove(forme.element)
    titre = box_of(diapositive.shapes.title)
    place = box_of(trouvees[0]) if trouvees else Boite(titre.x, titre.bas + 8.0, titre.largeur, 90.0)
    plancher = bande.y - (_BANNIERE + 20.0 if edition.inventees else 6.0)
    if place.y + 70.0 > plancher or place.overlaps(titre):
        place = Boite(titre.x, titre.bas + 4.0, titre.largeur, 0.0)
    place = Boite(place.x, place.y, place.largeur, max(plancher - place.y, 40.0))
    lignes = [
        Paragraphe(edition.plie, 24.0, gras=True),
        Paragraphe(edition.perimetre, 18.0, couleur=palette.TEXTE_SECOND, avant=4.0),
        Paragraphe(dates, 18.0, couleur=palette.TEXTE_SECOND, avant=4.0),
    ]
    (gardees, *_) = fit_paragraphs(lignes, place, toile.regle, _ECHELLES)
    write_box(diapositive.shapes, place, gardees, nom="PLIE, périmètre et dates")


def _fill(toile: Toile, forme: Any, texte: str, tailles: tuple[float, ...], nom: str, *, gras: bool) -> None:
    boite = box_of(forme)
    ecrit, taille = toile.regle.fit(texte, boite.largeur - 16.0, boite.hauteur - 8.0, tailles, gras=gras)
    forme.name = nom
    fill_placeholder(forme, ecrit, taille)


def _write_banner(toile: Toile, diapositive: Any, boite: Boite) -> None:
    forme = draw_rectangle(diapositive.shapes, boite, palette.SECONDE, "Données inventées")
    ecrit, taille = toile.regle.fit(INVENTEES, boite.largeur - 24.0, boite.hauteur, (16.0, 14.0, 12.0, 10.0), gras=True)
    write_frame(
        forme.text_frame,
        [Paragraphe(ecrit, taille, gras=True, couleur=palette.FOND)],
        aligne=PP_ALIGN.CENTER,
        ancre=MSO_ANCHOR.MIDDLE,
    )
    forme.text_frame.margin_left = forme.text_frame.margin_right = Emu(12 * EMU_PAR_POINT)


def _write_mention(toile: Toile, diapositive: Any, bande: Boite, logos: Sequence[Logo]) -> None:
    """Emblem, words, then the funders' logos, none taller than the emblem (annex IX of 2021/1060)."""
    mention = mention_of(toile.edition.mention)
    embleme = _HAUTEUR_DE_L_EMBLEME if not mention.sous_embleme else _HAUTEUR_DE_L_EMBLEME - 6.0
    draw_emblem(diapositive.shapes, bande.x, bande.y, embleme)
    largeur = 1.5 * embleme
    if mention.sous_embleme:
        _write_under(toile, diapositive, mention, Boite(bande.x - 10.0, bande.y + embleme + 2.0, largeur + 20.0, 14.0))
    texte = Boite(bande.x + largeur + 14.0, bande.y, 300.0 if logos else bande.largeur - largeur - 14.0, embleme)
    ecrit, taille = toile.regle.fit(mention.texte, texte.largeur, texte.hauteur, (16.0, 14.0, 12.0, 11.0, 10.0))
    write_box(
        diapositive.shapes, texte, [Paragraphe(ecrit, taille)], nom="Mention de financement", ancre=MSO_ANCHOR.MIDDLE
    )
    _draw_logos(diapositive, logos, Boite(texte.droite + 16.0, bande.y, bande.droite - texte.droite - 16.0, embleme))


def _write_under(toile: Toile, diapositive: Any, mention: Mention, boite: Boite) -> None:
    ecrit, taille = toile.regle.fit(mention.sous_embleme, boite.largeur, boite.hauteur, (10.0, 9.0, 8.0))
    write_box(diapositive.shapes, boite, [Paragraphe(ecrit, taille)], nom="Sous l’emblème", aligne=PP_ALIGN.CENTER)


def _draw_logos(diapositive: Any, logos: Sequence[Logo], boite: Boite) -> None:
    if not logos:
        return
    for place, (nom, octets) in zip(boite.columns(len(logos), 12.0), logos, strict=True):
        with Photo.open(io.BytesIO(octets)) as photo:
            rapport = photo.width / photo.height
        largeur = min(place.largeur, place.hauteur * rapport)
        hauteur = largeur / rapport
        haut = place.y + (place.hauteur - hauteur) / 2
        image = diapositive.shapes.add_picture(io.BytesIO(octets), *Boite(place.x, haut, largeur, hauteur).emu())
        image.name = f"Logo : {nom}"
        describe(image, f"Logo : {nom}")
