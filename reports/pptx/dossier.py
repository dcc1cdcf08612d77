"""The whole deck: its cover, then slide after slide, with a progress bar."""

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PIL import Image as Photo
from PIL import UnidentifiedImageError
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from charts import palette
from indicators.acces import Refus
from indicators.nombres import write_date
from reports.caracteres import fit_property
from reports.embleme import mention_of
from reports.notice import INVENTEES, moment_of, name_edition, name_instance, write_day
from reports.pptx.chiffres import add_figures
from reports.pptx.cibles import add_targets
from reports.pptx.formes import Boite, box_of, describe, draw_emblem, draw_rectangle
from reports.pptx.images import add_image
from reports.pptx.modele import free_bottom, open_gabarit, page_of
from reports.pptx.paroles import add_comment, add_definitions, add_method, add_summary
from reports.pptx.tableaux import add_follow_up, add_section_table
from reports.pptx.texte import Paragraphe, fit_paragraphs, write_box, write_fitted
from reports.pptx.toile import (
    Toile,
    fill_placeholder,
    keep_only_title,
    write_edition_line,
    write_notes,
    write_source,
)  # fmt: skip
from seances.edition import Progres
from sections.contenu import Edition, Section

Logo = tuple[str, bytes]
_Etape = tuple[str, Callable[[], None]]
_HAUTEUR_DE_L_EMBLEME = 52.0
_BANDE, _BANNIERE = 64.0, 30.0
_TAILLES_DU_TITRE = (40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
_ECHELLES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
_LOGOS_MAX = 8
_PIXELS_MAX = 40_000_000


def build(
    edition: Edition, modele: bytes | None = None, logos: Sequence[Logo] = (), progres: Progres | None = None
) -> bytes:
    """The .pptx of an edition, on the PLIE's own template when it is given and suits.

    Raises `Refus`. `progres` gets a part from 0 to 1 and
    what is being done, in French.
    """
    check_logos(logos)
    toile = Toile(open_gabarit(modele), edition)
    octets = io.BytesIO()
    etapes: list[_Etape] = [
        *_plan(toile, logos),
        ("Enregistrement des diapositives", toile.add_footers),
        ("Enregistrement des diapositives", partial(_describe_deck, toile)),
        ("Enregistrement des diapositives", partial(toile.gabarit.presentation.save, octets)),
    ]
    for rang, (nom, etape) in enumerate(etapes):
        if progres:
            progres(rang / len(etapes), nom)
        etape()
    if progres:
        progres(1.0, "Diapositives prêtes")
    return octets.getvalue()


def _plan(toile: Toile, logos: Sequence[Logo]) -> list[_Etape]:
    """What was decided last time comes first, as on every agenda; then each section; definitions last."""
    etapes: list[_Etape] = [
        ("Couverture", partial(_add_cover, toile, logos)),
        ("À retenir", partial(add_summary, toile)),
        ("Décisions précédentes", partial(add_follow_up, toile)),
    ]
    for section in toile.edition.sections:
        nom = f"Section « {section.titre} »"
        etapes += [(nom, partial(faire, toile)) for faire in _plan_section(section)]
    return [*etapes, ("Méthode", partial(add_method, toile)), ("Définitions", partial(add_definitions, toile))]


def _plan_section(section: Section) -> list[Callable[[Toile], None]]:
    return [
        partial(add_figures, section=section),
        *(partial(add_image, section=section, image=image) for image in section.a_imprimer),
        *(partial(add_targets, groupe=groupe) for groupe in section.groupes),
        *(partial(add_section_table, section=section, tableau=tableau) for tableau in section.tableaux),
        partial(add_comment, section=section),
    ]


def _describe_deck(toile: Toile) -> None:
    """Title, author and language of the file; its dates are the edition's, so that the same edition looks the same."""
    edition, proprietes = toile.edition, toile.gabarit.presentation.core_properties
    proprietes.title = fit_property(f"{edition.plie} – {edition.titre}")
    proprietes.subject = fit_property(edition.perimetre)
    proprietes.author = proprietes.last_modified_by = fit_property(edition.plie)
    proprietes.language = "fr-FR"
    proprietes.keywords = f"PLIE ; {name_instance(edition)}"
    proprietes.comments = fit_property(write_edition_line(edition))
    proprietes.category = "Dossier de séance"
    proprietes.created = proprietes.modified = moment_of(edition).replace(tzinfo=None)
    proprietes.revision = 1


# ---- the cover: which meeting, of which PLIE, on which figures, paid by whom


def check_logos(logos: Sequence[Logo]) -> None:
    """Raises Refus for what could not be drawn."""
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


def _add_cover(toile: Toile, logos: Sequence[Logo]) -> None:
    edition, gabarit = toile.edition, toile.gabarit
    diapositive = gabarit.presentation.slides.add_slide(gabarit.couverture)
    page = page_of(gabarit.presentation)
    titre = box_of(diapositive.shapes.title)
    gauche = max(titre.x, 24.0)
    bas = free_bottom(gabarit.couverture, page) - (14.0 if gabarit.propre else 0.0)
    bande = Boite(gauche, bas - _BANDE, page.largeur - gauche - 24.0, _BANDE)
    ecrit, taille = toile.regle.fit(
        edition.titre, titre.largeur - 16.0, titre.hauteur - 8.0, _TAILLES_DU_TITRE, gras=True
    )
    fill_placeholder(diapositive.shapes.title, ecrit, taille)
    diapositive.shapes.title.name = "Titre"
    _write_subtitle(toile, diapositive, bande)
    if edition.inventees:
        _write_banner(toile, diapositive, Boite(bande.x, bande.y - _BANNIERE - 14.0, bande.largeur, _BANNIERE))
    _write_mention(toile, diapositive.shapes, bande, logos)
    write_notes(diapositive, "\n\n".join(filter(None, (edition.titre, write_source(edition), gabarit.remarque))))


def _write_subtitle(toile: Toile, diapositive: Any, bande: Boite) -> None:
    """PLIE, perimeter, date and number, in the subtitle of the layout or in a box of ours under the title."""
    edition = toile.edition
    publiee = f", publiée le {write_day(edition.publie_le)}" if edition.publie_le else ", pas encore publié"
    dates = f"{name_edition(edition)}{publiee} · données au {write_date(edition.date_donnees)}"
    titre = box_of(diapositive.shapes.title)
    prevues = [box_of(f) for f in diapositive.placeholders if f.element.ph.get("type") in ("subTitle", "body")]
    keep_only_title(diapositive)
    place = prevues[0] if prevues else Boite(titre.x, titre.bas + 8.0, titre.largeur, 90.0)
    plancher = bande.y - (_BANNIERE + 20.0 if edition.inventees else 6.0)
    if place.y + 70.0 > plancher or place.overlaps(titre):
        place = Boite(titre.x, titre.bas + 4.0, titre.largeur, 0.0)
    lignes = [
        Paragraphe(edition.plie, 24.0, gras=True),
        Paragraphe(edition.perimetre, 18.0, couleur=palette.TEXTE_SECOND, avant=4.0),
        Paragraphe(dates, 18.0, couleur=palette.TEXTE_SECOND, avant=4.0),
    ]
    place = place.top(max(plancher - place.y, 40.0))
    write_box(
        diapositive.shapes,
        place,
        fit_paragraphs(lignes, place, toile.regle, _ECHELLES)[0],
        nom="PLIE, périmètre et dates",
    )


def _write_banner(toile: Toile, diapositive: Any, boite: Boite) -> None:
    draw_rectangle(diapositive.shapes, boite, palette.SECONDE, "Bandeau")
    dedans = Boite(boite.x + 12.0, boite.y, boite.largeur - 24.0, boite.hauteur)
    write_fitted(
        diapositive.shapes, dedans, INVENTEES, (16.0, 14.0, 12.0, 10.0), toile.regle, nom="Données inventées",
        gras=True, couleur=palette.FOND, aligne=PP_ALIGN.CENTER, ancre=MSO_ANCHOR.MIDDLE,
    )  # fmt: skip


def _write_mention(toile: Toile, formes: Any, bande: Boite, logos: Sequence[Logo]) -> None:
    """Emblem, words, then the funders' logos, none taller than the emblem (annex IX of 2021/1060)."""
    mention = mention_of(toile.edition.mention)
    embleme = _HAUTEUR_DE_L_EMBLEME - (6.0 if mention.sous_embleme else 0.0)
    largeur = 1.5 * embleme
    draw_emblem(formes, bande.x, bande.y, embleme)
    if mention.sous_embleme:
        sous = Boite(bande.x - 10.0, bande.y + embleme + 2.0, largeur + 20.0, 14.0)
        petites, centre = (10.0, 9.0, 8.0), PP_ALIGN.CENTER
        write_fitted(formes, sous, mention.sous_embleme, petites, toile.regle, nom="Sous l’emblème", aligne=centre)
    texte = Boite(bande.x + largeur + 14.0, bande.y, 300.0 if logos else bande.largeur - largeur - 14.0, embleme)
    tailles, milieu = (16.0, 14.0, 12.0, 11.0, 10.0), MSO_ANCHOR.MIDDLE
    write_fitted(formes, texte, mention.texte, tailles, toile.regle, nom="Mention de financement", ancre=milieu)
    droite = Boite(texte.droite + 16.0, bande.y, bande.droite - texte.droite - 16.0, embleme)
    for place, (nom, octets) in zip(droite.columns(len(logos), 12.0) if logos else [], logos, strict=True):
        with Photo.open(io.BytesIO(octets)) as photo:
            rapport = photo.width / photo.height
        cote = min(place.largeur, place.hauteur * rapport)
        centree = Boite(place.x, place.y + (place.hauteur - cote / rapport) / 2, cote, cote / rapport)
        image = formes.add_picture(io.BytesIO(octets), *centree.emu())
        image.name = f"Logo : {nom}"
        describe(image, f"Logo : {nom}")
