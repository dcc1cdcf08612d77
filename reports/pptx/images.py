"""One slide an image: its message is the title, its chart is native, what it cannot say is written under it."""

from charts import palette
from reports.pptx.cadre import Boite
from reports.pptx.graphiques import draw_chart, write_gaps
from reports.pptx.graphiques_des_mois import starts_at_zero
from reports.pptx.graphiques_en_barres import write_narrow_parts
from reports.pptx.notes import write_notes_of, write_table
from reports.pptx.tableaux import Colonne, add_table
from reports.pptx.texte import Paragraphe, write_box
from reports.pptx.toile import Page, Toile
from reports.pptx.trace import Place
from sections.contenu import Genre, Image, Section

_TAILLE_DE_LA_NOTE = 12.0
_HAUTEUR_DE_LA_NOTE = 44.0


def add_image(toile: Toile, section: Section, image: Image) -> None:
    """The slide of one image."""
    notes = write_notes_of(toile.edition, image.indicateurs, write_table(image))
    if not image.dessinable:
        _add_words(toile, section, image, notes)
        return
    page = toile.add_page(image.message, _subtitle(section, image), notes)
    note = _write_remarks(image, page)
    hauteur = page.regle.height_of(note, page.zone.largeur, _TAILLE_DE_LA_NOTE) if note else 0.0
    hauteur = min(hauteur, _HAUTEUR_DE_LA_NOTE)
    draw_chart(Place(page.formes, _chart_box(page, image, hauteur), page.regle), image)
    if note:
        _write_note(page, note, hauteur)


def _subtitle(section: Section, image: Image) -> str:
    # The message of a picture without sentence is its subject: it is not said twice.
    sujet = "" if image.sujet.rstrip(".") == image.message.rstrip(".") else image.sujet
    return " · ".join(texte for texte in (section.titre, sujet, image.effectif) if texte)


def _chart_box(page: Page, image: Image, note: float) -> Boite:
    """Few bars do not need the whole height: thin bars are easier to compare than slabs."""
    zone = page.zone.without_bottom(note + 6.0 if note else 0.0)
    par_barre = {Genre.BARRES: 62.0, Genre.PARTS: 74.0}.get(image.genre)
    if par_barre is None or image.repere is not None:
        return zone
    return zone.top(min(zone.hauteur, par_barre * len(image.categories) + 50.0))


def _write_remarks(image: Image, page: Page) -> str:
    """What was left out, where the axis begins, which numbers are words or too small to be written."""
    remarques = [image.remarque, "" if starts_at_zero(image) else "l’axe ne commence pas à zéro"]
    if image.genre is Genre.PARTS:
        remarques += _write_lengths(image, page)
    return " ; ".join(texte for texte in (*remarques, write_gaps(image)) if texte)


def _write_lengths(image: Image, page: Page) -> list[str]:
    """What the length of a stacked bar means, and the numbers that it is too narrow to hold."""
    longueurs = "longueurs : parts du total ; nombres écrits dans les barres"
    if image.incomplete:
        longueurs = "longueurs : nombres et non parts, car des nombres manquent"
    petites = write_narrow_parts(Place(None, _chart_box(page, image, _HAUTEUR_DE_LA_NOTE), page.regle), image)
    return [longueurs if image.unite != "%" else "", petites]


def _write_note(page: Page, note: str, hauteur: float) -> None:
    place = page.zone.bottom(hauteur)
    ecrit, taille = page.regle.fit(note, place.largeur, hauteur, (_TAILLE_DE_LA_NOTE, 11.0, 10.0))
    ligne = Paragraphe(ecrit[:1].upper() + ecrit[1:], taille, couleur=palette.TEXTE_SECOND)
    write_box(page.formes, place, [ligne], nom="Remarque")


def _add_words(toile: Toile, section: Section, image: Image, notes: str) -> None:
    """No chart would be true: the table says why."""
    colonnes = [Colonne(image.entete, 2.0), *(Colonne(serie.nom, 1.0) for serie in image.series)]
    lignes = [
        (categorie, *(serie.textes[rang] for serie in image.series)) for rang, categorie in enumerate(image.categories)
    ]
    add_table(toile, image.message, _subtitle(section, image), notes, colonnes, lignes, f"Tableau : {image.sujet}")
