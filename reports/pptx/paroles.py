"""Slides of words: what to remember, the team's comments, the decisions asked for, how the figures are made."""

from collections.abc import Sequence

from charts import palette
from indicators.nombres import write_date
from indicators.phrases.chiffres import count
from reports.notice import INVENTEES, keep_messages, list_facts, write_reading
from reports.pptx.texte import Paragraphe, fit_paragraphs, pack_blocks, write_box
from reports.pptx.toile import Toile, write_definition, write_source
from sections.contenu import Definition, Section

_ECHELLES = (1.2, 1.1, 1.0, 0.9, 0.8, 0.75)
TAILLE, _TAILLE_DE_LA_METHODE, _TAILLE_DES_DEFINITIONS, _TAILLE_DES_SOURCES = 20.0, 16.0, 12.0, 11.0
_GOUTTIERE = 28.0


def add_summary(toile: Toile) -> None:
    """« À retenir »: the message of each section, then the team's own words."""
    edition = toile.edition
    messages = [
        Paragraphe(section.message, TAILLE, puce=True, avant=10.0, debut=f"{section.titre}\u00a0:")
        for section in keep_messages(edition)
    ]
    add_words(toile, "À retenir", edition.perimetre, messages)
    add_words(toile, "Le mot de l’équipe d’animation", edition.perimetre, _as_paragraphs(edition.commentaire))


def add_comment(toile: Toile, section: Section) -> None:
    """The team's comment on a section and what it asks the meeting to decide."""
    points = section.points_de_decision
    paragraphes = _as_paragraphs(section.commentaire)
    if paragraphes and points:
        paragraphes.insert(0, _heading("Commentaire de l’équipe", 0.0))
        paragraphes.append(_heading("Points à décider", 16.0))
    for rang, point in enumerate(points, 1):
        paragraphes.append(Paragraphe(point, TAILLE, avant=8.0, debut=f"{rang}."))
    decider = count(len(points), "point à décider", "points à décider")
    titre = f"{'commentaire et ' if section.commentaire else ''}{decider}" if points else "le commentaire de l’équipe"
    add_words(toile, f"{section.titre} : {titre}", toile.edition.perimetre, paragraphes)


def _heading(texte: str, avant: float) -> Paragraphe:
    return Paragraphe(texte, TAILLE, gras=True, couleur=palette.PRINCIPALE, avant=avant, titre=True)


def _as_paragraphs(texte: str) -> list[Paragraphe]:
    """A text written by the team: its blank lines separate paragraphs."""
    morceaux = [" ".join(m.split("\n")).strip() for m in texte.replace("\r", "").split("\n\n")]
    return [Paragraphe(m, TAILLE, avant=8.0) for m in morceaux if m]


def add_words(toile: Toile, titre: str, sous_titre: str, paragraphes: Sequence[Paragraphe], notes: str = "") -> None:
    """As many slides as the paragraphs need, « (1/2) » in their titles when there are several; none without words."""
    pages = fit_paragraphs(paragraphes, toile.zone, toile.regle, _ECHELLES) if paragraphes else []
    for rang, contenu in enumerate(pages, 1):
        page = toile.add_page(number(titre, rang, len(pages)), sous_titre, notes or write_source(toile.edition))
        write_box(page.formes, page.zone, contenu, nom="Texte")


def number(titre: str, rang: int, nombre: int) -> str:
    """« … (2/3) » for a slide that continues."""
    return titre if nombre < 2 else f"{titre} ({rang}/{nombre})"


# ---- the last slides


def add_method(toile: Toile) -> None:
    """Perimeter, version, reading, rules in force."""
    edition = toile.edition
    faits = [*list_facts(edition), ("Lecture", write_reading(edition)), *(("Règle", regle) for regle in edition.regles)]
    if edition.inventees:
        faits.append(("Attention", INVENTEES))
    lignes = [
        Paragraphe(texte, _TAILLE_DE_LA_METHODE, puce=True, avant=7.0, debut=f"{nom}\u00a0:") for nom, texte in faits
    ]
    ecrits = "\n".join(f"{nom}\u00a0: {texte}" for nom, texte in faits)
    notes = f"MÉTHODE\n{ecrits}\n\n{toile.gabarit.remarque}\n\n{write_source(edition)}"
    titre = f"Chiffres au {write_date(edition.au)} : périmètre, règles et lecture"
    add_words(toile, titre, "Méthode", lignes, notes)


def add_definitions(toile: Toile) -> None:
    """Every definition behind the slides, in two columns."""
    definitions = toile.edition.definitions
    places = toile.zone.columns(2, _GOUTTIERE)
    colonnes = pack_blocks([_write_definition(d) for d in definitions], places[0], toile.regle)
    paires = [colonnes[i : i + 2] for i in range(0, len(colonnes), 2)]
    titre = f"{count(len(definitions), 'définition employée', 'définitions employées')} dans ce dossier"
    notes = "DÉFINITIONS\n" + "\n\n".join(map(write_definition, definitions)) + f"\n\n{write_source(toile.edition)}"
    sous_titre = "Telles que le catalogue les donnait à cette date"
    for rang, paire in enumerate(paires, 1):
        page = toile.add_page(number(titre, rang, len(paires)), sous_titre, notes if rang == 1 else "")
        for place, contenu in zip(places, paire, strict=False):
            write_box(page.formes, place, contenu, nom="Définitions")


def _write_definition(definition: Definition) -> list[Paragraphe]:
    taille, principale = _TAILLE_DES_DEFINITIONS, palette.PRINCIPALE
    nom = f"{definition.libelle} ({definition.unite})"
    textes = [
        Paragraphe(nom, taille + 1, gras=True, couleur=principale, avant=9.0, titre=True),
        Paragraphe(definition.texte, taille),
        *(Paragraphe(f"Réserve : {reserve}", taille) for reserve in definition.reserves),
    ]
    if definition.sources:
        sources = f"Sources : {' ; '.join(definition.sources)}"
        textes.append(Paragraphe(sources, _TAILLE_DES_SOURCES, couleur=palette.TEXTE_SECOND))
    return textes
