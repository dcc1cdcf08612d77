"""The whole deck, slide after slide, with a progress bar."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from functools import partial

from reports.notice import name_instance
from reports.pptx.chiffres import add_figures
from reports.pptx.cibles import add_targets
from reports.pptx.couverture import Logo, add_cover, check_logos
from reports.pptx.decisions import add_follow_up
from reports.pptx.images import add_image
from reports.pptx.methode import add_definitions, add_method
from reports.pptx.modele import open_gabarit
from reports.pptx.paroles import add_comment, add_summary
from reports.pptx.toile import Toile, write_edition_line
from reports.typographie import fit_property
from sections.contenu import Edition, Section

Progres = Callable[[float, str], None]
_Etape = tuple[str, Callable[[], None]]


def build(
    edition: Edition,
    modele: bytes | None = None,
    logos: Sequence[Logo] = (),
    progres: Progres | None = None,
) -> bytes:
    """The .pptx of an edition, on the PLIE's own template when it is given and suits.

    Raises `Refus`. `progres` gets a part from 0 to 1 and
    what is being done, in French.
    """
    check_logos(logos)
    toile = Toile(open_gabarit(modele), edition)
    etapes = _plan(toile, logos)
    for rang, (nom, etape) in enumerate(etapes):
        if progres:
            progres(rang / (len(etapes) + 1), nom)
        etape()
    if progres:
        progres(len(etapes) / (len(etapes) + 1), "Enregistrement des diapositives")
    toile.add_footers()
    _describe_deck(toile)
    octets = io.BytesIO()
    toile.gabarit.presentation.save(octets)
    if progres:
        progres(1.0, "Diapositives prêtes")
    return octets.getvalue()


def _plan(toile: Toile, logos: Sequence[Logo]) -> list[_Etape]:
    """What was decided last time comes first, as on every agenda; then each section; definitions last."""
    etapes: list[_Etape] = [
        ("Couverture", partial(add_cover, toile, logos)),
        ("À retenir", partial(add_summary, toile)),
        ("Décisions précédentes", partial(add_follow_up, toile)),
    ]
    for section in toile.edition.sections:
        etapes += _plan_section(toile, section)
    etapes += [("Méthode", partial(add_method, toile)), ("Définitions", partial(add_definitions, toile))]
    return etapes


def _plan_section(toile: Toile, section: Section) -> list[_Etape]:
    nom = f"Section « {section.titre} »"
    return [
        (nom, partial(add_figures, toile, section)),
        *((nom, partial(add_image, toile, section, image)) for image in section.images),
        *((nom, partial(add_targets, toile, groupe)) for groupe in section.groupes),
        (nom, partial(add_comment, toile, section)),
    ]


def _describe_deck(toile: Toile) -> None:
    """Title, author and language of the file; its dates are the edition's, so that the same edition looks the same."""
    edition, proprietes = toile.edition, toile.gabarit.presentation.core_properties
    moment = edition.publie_le or datetime.combine(edition.date_donnees, time(), UTC)
    proprietes.title = fit_property(f"{edition.plie} – {edition.titre}")
    proprietes.subject = fit_property(edition.perimetre)
    proprietes.author = proprietes.last_modified_by = fit_property(edition.plie)
    proprietes.language = "fr-FR"
    proprietes.keywords = f"PLIE ; {name_instance(edition)}"
    proprietes.comments = fit_property(write_edition_line(edition))
    proprietes.category = "Dossier de séance"
    proprietes.created = proprietes.modified = moment.astimezone(UTC).replace(tzinfo=None)
    proprietes.revision = 1
