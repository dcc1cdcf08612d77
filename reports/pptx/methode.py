"""The last slides: how the figures are made, what is masked, what each word means."""

from charts import palette
from indicators.nombres import write_date
from indicators.phrases.chiffres import count
from reports.notice import INVENTEES, list_facts, write_reading
from reports.pptx.notes import write_definition, write_source
from reports.pptx.paroles import add_words, number
from reports.pptx.texte import Paragraphe, pack_blocks, write_box
from reports.pptx.toile import Toile
from sections.contenu import Definition, Edition

_TAILLE, _TAILLE_DES_DEFINITIONS, _TAILLE_DES_SOURCES = 16.0, 12.0, 11.0
_GOUTTIERE = 28.0


def add_method(toile: Toile) -> None:
    """Perimeter, version, masking, rules in force."""
    titre = f"Chiffres au {write_date(toile.edition.au)} : périmètre, règles et lecture"
    lignes = [
        Paragraphe(texte, _TAILLE, puce=True, avant=7.0, debut=debut) for debut, texte in _say_method(toile.edition)
    ]
    notes = "\n".join(f"{debut} {texte}" for debut, texte in _say_method(toile.edition))
    remarque = toile.gabarit.remarque
    add_words(toile, titre, "Méthode", lignes, f"MÉTHODE\n{notes}\n\n{remarque}\n\n{write_source(toile.edition)}")


def _say_method(edition: Edition) -> list[tuple[str, str]]:
    """The facts that every paper gives, the reading, the rules in force."""
    lignes = [
        *list_facts(edition),
        ("Lecture", write_reading(edition)),
        *(("Règle", regle) for regle in edition.regles),
    ]
    if edition.inventees:
        lignes.append(("Attention", INVENTEES))
    return [(f"{nom}\u00a0:", texte) for nom, texte in lignes]


def add_definitions(toile: Toile) -> None:
    """Every definition behind the slides, in two columns."""
    definitions = toile.edition.definitions
    if not definitions:
        return
    gauche, droite = toile.zone.columns(2, _GOUTTIERE)
    colonnes = pack_blocks([_write(d) for d in definitions], gauche, toile.regle)
    paires = [colonnes[i : i + 2] for i in range(0, len(colonnes), 2)]
    titre = count(len(definitions), "définition employée", "définitions employées")
    notes = "DÉFINITIONS\n" + "\n\n".join(map(write_definition, definitions)) + f"\n\n{write_source(toile.edition)}"
    for rang, paire in enumerate(paires, 1):
        sous_titre = "Telles que le catalogue les donnait à cette date"
        page = toile.add_page(
            number(f"{titre} dans ce dossier", rang, len(paires)), sous_titre, notes if rang == 1 else ""
        )
        for place, contenu in zip((gauche, droite), paire, strict=False):
            write_box(page.formes, place, contenu, nom="Définitions")


def _write(definition: Definition) -> list[Paragraphe]:
    textes = [
        Paragraphe(
            f"{definition.libelle} ({definition.unite})",
            _TAILLE_DES_DEFINITIONS + 1,
            gras=True,
            couleur=palette.PRINCIPALE,
            avant=9.0,
            titre=True,
        ),
        Paragraphe(definition.texte, _TAILLE_DES_DEFINITIONS),
        *(Paragraphe(f"Réserve : {reserve}", _TAILLE_DES_DEFINITIONS) for reserve in definition.reserves),
    ]
    if definition.sources:
        sources = f"Sources : {' ; '.join(definition.sources)}"
        textes.append(Paragraphe(sources, _TAILLE_DES_SOURCES, couleur=palette.TEXTE_SECOND))
    return textes
