"""Slides of words: what to remember, the team's comments, the decisions asked for."""

from collections.abc import Sequence

from charts import palette
from indicators.phrases.chiffres import count
from reports.pptx.notes import write_source
from reports.pptx.texte import Paragraphe, fit_paragraphs, write_box
from reports.pptx.toile import Toile
from sections.contenu import Section

_ECHELLES = (1.2, 1.1, 1.0, 0.9, 0.8, 0.75)
_TAILLE = 20.0


def add_summary(toile: Toile) -> None:
    """« À retenir »: the message of each section, then the team's own words."""
    edition = toile.edition
    # A section without figure to show asks a question, and two may say the same: neither is to be remembered.
    dits: dict[str, str] = {}
    for section in edition.sections:
        if section.message and not section.message.endswith("?"):
            dits.setdefault(section.message, section.titre)
    messages = [
        Paragraphe(message, _TAILLE, puce=True, avant=10.0, debut=f"{titre}\u00a0:") for message, titre in dits.items()
    ]
    add_words(toile, "À retenir", edition.perimetre, messages)
    if edition.commentaire:
        paroles = as_paragraphs(edition.commentaire)
        add_words(toile, "Le mot de l’équipe d’animation", edition.perimetre, paroles)


def add_sentences(toile: Toile, section: Section) -> None:
    """The sentences of a section, when they did not fit under its figures."""
    dites = [Paragraphe(phrase, _TAILLE, puce=True, avant=12.0) for phrase in section.phrases]
    add_words(toile, f"{section.titre} : ce que disent les chiffres", toile.edition.perimetre, dites)


def add_comment(toile: Toile, section: Section) -> None:
    """The team's comment on a section and what it asks the meeting to decide."""
    points = section.points_de_decision
    paragraphes = as_paragraphs(section.commentaire) if section.commentaire else []
    if paragraphes and points:
        paragraphes.insert(0, _heading("Commentaire de l’équipe", 0.0))
        paragraphes.append(_heading("Points à décider", 16.0))
    for rang, point in enumerate(points, 1):
        paragraphes.append(Paragraphe(point, _TAILLE, puce=False, avant=8.0, debut=f"{rang}."))
    if paragraphes:
        add_words(toile, _name_comment(section), toile.edition.perimetre, paragraphes)


def _name_comment(section: Section) -> str:
    decider = count(len(section.points_de_decision), "point à décider", "points à décider")
    if not section.points_de_decision:
        return f"{section.titre} : le commentaire de l’équipe"
    return f"{section.titre} : {'commentaire et ' if section.commentaire else ''}{decider}"


def _heading(texte: str, avant: float) -> Paragraphe:
    return Paragraphe(texte, _TAILLE, gras=True, couleur=palette.PRINCIPALE, avant=avant, titre=True)


def as_paragraphs(texte: str, taille: float = _TAILLE) -> list[Paragraphe]:
    """A text written by the team: its blank lines separate paragraphs."""
    morceaux = [" ".join(m.split("\n")).strip() for m in texte.replace("\r", "").split("\n\n")]
    return [Paragraphe(m, taille, avant=8.0) for m in morceaux if m]


def add_words(toile: Toile, titre: str, sous_titre: str, paragraphes: Sequence[Paragraphe], notes: str = "") -> None:
    """As many slides as the paragraphs need, « (1/2) » in their titles when there are several; none without words."""
    pages = fit_paragraphs(paragraphes, toile.zone, toile.regle, _ECHELLES) if paragraphes else []
    for rang, contenu in enumerate(pages, 1):
        page = toile.add_page(number(titre, rang, len(pages)), sous_titre, notes or write_source(toile.edition))
        write_box(page.formes, page.zone, contenu, nom="Texte")


def number(titre: str, rang: int, nombre: int) -> str:
    """« … (2/3) » for a slide that continues."""
    return titre if nombre < 2 else f"{titre} ({rang}/{nombre})"
