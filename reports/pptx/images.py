"""One slide a picture: its message is the title, its chart is native, what it cannot say is written under it."""

import io

from PIL import Image as Photo

from charts import palette
from charts.colonnes import starts_at_zero
from charts.dessin import describe as write_alternative
from charts.svg import write_png
from reports.notice import has_native_chart, table_of
from reports.pptx.cibles import add_bullets
from reports.pptx.formes import Boite, describe
from reports.pptx.graphiques import DESSINS, LEGENDE, list_narrow, name_bars
from reports.pptx.tableaux import add_table
from reports.pptx.texte import write_fitted
from reports.pptx.toile import Page, Toile, write_notes_of
from sections.contenu import Section
from sections.images import Forme, Image

_TAILLES_DE_LA_NOTE = (12.0, 11.0, 10.0)
_HAUTEUR_DE_LA_NOTE = 44.0
_LARGEUR_DE_CARTE = 900


def add_image(toile: Toile, section: Section, image: Image) -> None:
    """The slide of one picture: bullets for targets; a table of words where no chart would be true."""
    # The message of a picture without sentence is its subject: it is not said twice.
    sujet = "" if image.sujet.rstrip(".") == image.message.rstrip(".") else image.sujet
    sous_titre = " · ".join(texte for texte in (section.titre, sujet, image.effectif) if texte)
    notes = write_notes_of(toile.edition, image.indicateurs, _write_table(image))
    if image.genre is Forme.CARTE and image.dessinable:
        _add_map(toile.add_page(image.message, sous_titre, notes), image)
        return
    if not has_native_chart(image):
        tableau = table_of(image)
        colonnes = list(zip(tableau.entete, [2.0, *[1.0] * (len(tableau.entete) - 1)], strict=True))
        add_table(toile, image.message, sous_titre, notes, colonnes, tableau.lignes, f"Tableau : {image.sujet}")
        return
    if image.genre is Forme.PUCES:
        add_bullets(toile, section, image)
        return
    page = toile.add_page(image.message, sous_titre, notes)
    note = _write_remarks(image, page)
    hauteur = min(page.regle.height_of(note, page.zone.largeur, _TAILLES_DE_LA_NOTE[0]), _HAUTEUR_DE_LA_NOTE)
    cadre = DESSINS[image.genre](page, _chart_box(page, image, hauteur if note else 0.0), image).cadre
    cadre.name = f"Graphique : {image.sujet}"
    describe(cadre, write_alternative(image))
    if note:
        place, couleur = page.zone.bottom(hauteur), palette.TEXTE_SECOND
        ecrit = note[:1].upper() + note[1:]
        write_fitted(page.formes, place, ecrit, _TAILLES_DE_LA_NOTE, page.regle, nom="Remarque", couleur=couleur)


def _add_map(page: Page, image: Image) -> None:
    """A map is no native chart: the drawing of the screen, as large as the slide allows."""
    photo = io.BytesIO(write_png(image, _LARGEUR_DE_CARTE))
    with Photo.open(photo) as lue:
        rapport = lue.width / lue.height
    zone = page.zone
    largeur = min(zone.largeur, zone.hauteur * rapport)
    place = Boite(zone.x + (zone.largeur - largeur) / 2, zone.y, largeur, largeur / rapport)
    forme = page.formes.add_picture(photo, *place.emu())
    forme.name = f"Carte : {image.sujet}"
    describe(forme, write_alternative(image))


def _write_table(image: Image) -> str:
    """The numbers in words, names whole."""
    seule = len(image.series) == 1
    lignes = [f"NOMBRES : {image.sujet}"]
    for rang, categorie in enumerate(image.categories):
        nombres = " ; ".join(s.textes[rang] if seule else f"{s.nom} {s.textes[rang]}" for s in image.series)
        lignes.append(f"{categorie} : {nombres}")
    repere = f"Repère : {image.nom_du_repere}" if image.repere is not None else ""
    mots = ["\n".join(" : ".join(ligne) for ligne in image.tableau.lignes)] if image.tableau else []
    return "\n".join([*lignes, *(t for t in (repere, *mots, image.effectif, image.remarque) if t)])


def _chart_box(page: Page, image: Image, note: float) -> Boite:
    """Few bars do not need the whole height: thin bars are easier to compare than slabs."""
    zone = page.zone.top(page.zone.hauteur - note - 6.0) if note else page.zone
    par_barre = {Forme.BARRES: 62.0, Forme.PARTS: 74.0}.get(image.genre)
    if par_barre is None or image.repere is not None:
        return zone
    return zone.top(min(zone.hauteur, par_barre * len(image.categories) + 50.0))


# ---- what the chart cannot say


def _write_remarks(image: Image, page: Page) -> str:
    """What was left out, where the axis begins, which numbers are words or too small to be written."""
    remarques = [image.remarque, "" if starts_at_zero(image) else "l’axe ne commence pas à zéro"]
    if image.genre is Forme.PARTS:
        if image.incomplete:
            remarques.append("longueurs : nombres et non parts, car des nombres manquent")
        elif image.unite != "%":
            remarques.append("longueurs : parts du total ; nombres écrits dans les barres")
        remarques.append(_write_narrow_parts(page, _chart_box(page, image, _HAUTEUR_DE_LA_NOTE), image))
    return " ; ".join(texte for texte in (*remarques, _write_gaps(image)) if texte)


def _write_gaps(image: Image) -> str:
    """« moins de 5 : Femmes, moins de 26 ans »: what neither the bars nor the names say."""
    trous: dict[str, list[str]] = {}
    for rang, nom in enumerate(image.categories):
        sans = [serie for serie in image.series if serie.valeurs[rang] is None]
        if image.genre not in (Forme.TEMPS, Forme.FLUX) and len(sans) == len(image.series):
            continue
        for serie in sans:
            trous.setdefault(serie.textes[rang], []).append(f"{nom}, {serie.nom}" if len(image.series) > 1 else nom)
    return " ; ".join(f"{texte} : {' · '.join(noms)}" for texte, noms in trous.items())


def _write_narrow_parts(page: Page, boite: Boite, image: Image) -> str:
    """« 50 ans et plus : Non renseigné 12 »: the numbers that their part of the bar is too narrow to hold."""
    _, _, gauche = name_bars(page.regle, boite, image, LEGENDE)
    dites = []
    for serie in image.series:
        petites = [rang for rang in list_narrow(page.regle, boite, image, serie, gauche) if serie.valeurs[rang]]
        if petites:
            nombres = " · ".join(f"{image.categories[rang]} {serie.textes[rang]}" for rang in petites)
            dites.append(f"{serie.nom} : {nombres}")
    return " ; ".join(dites)
