"""The figures of a section: eight cards at most a slide, the sentences under them when they fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from charts import palette
from reports.pptx.accessibilite import describe
from reports.pptx.cadre import Boite
from reports.pptx.formes import draw_rectangle
from reports.pptx.mesure import INTERLIGNE, Regle
from reports.pptx.notes import write_notes_of
from reports.pptx.paroles import add_sentences, number
from reports.pptx.texte import Paragraphe, total_height, write_box
from reports.pptx.toile import Page, Toile
from sections.contenu import Chiffre, Section

PAR_PAGE, COLONNES = 8, 4
_GOUTTIERE, _MARGE = 14.0, 10.0
_TAILLES_DU_LIBELLE = (15.0, 14.0, 13.0, 12.0, 11.0)
_TAILLES_DE_LA_VALEUR = (36.0, 32.0, 28.0, 24.0, 20.0, 16.0)
_DETAIL_MINIMAL = 10.0
_PHRASES = (20.0, 18.0, 16.0, 14.0)
_SEULE_RANGEE = 1.35


@dataclass(frozen=True)
class Taille:
    """How large the cards of a slide are written: larger when they stand on one row."""

    echelle: float

    @property
    def libelle(self) -> float:
        """Height kept for two lines of name."""
        return 38.0 * self.echelle

    @property
    def valeur(self) -> float:
        """Height kept for the number."""
        return 44.0 * self.echelle

    @property
    def detail(self) -> float:
        """Size of the words under the number."""
        return round(12.0 * self.echelle, 1)

    def of(self, tailles: Sequence[float]) -> tuple[float, ...]:
        """Sizes at this scale, the first ones unscaled after them."""
        return tuple(round(t * self.echelle, 1) for t in tailles) + tuple(t for t in tailles if self.echelle > 1.0)


def add_figures(toile: Toile, section: Section) -> None:
    """The slides of the figures; the sentences have their own when there is no room, or no figure."""
    nombre = ceil(len(section.chiffres) / PAR_PAGE)
    par_page = ceil(len(section.chiffres) / nombre) if nombre else 0
    reste = bool(section.phrases)
    for rang in range(nombre):
        chiffres = section.chiffres[rang * par_page : (rang + 1) * par_page]
        codes = [c.indicateur for c in chiffres]
        notes = write_notes_of(toile.edition, codes, "\n".join(map(write_figure, chiffres)))
        titre = number(section.message or section.titre, rang + 1, nombre)
        page = toile.add_page(titre, f"{section.titre} · {toile.edition.perimetre}", notes)
        dessous = _draw_cards(page, chiffres)
        if rang == nombre - 1:
            reste = reste and not _write_under(page, dessous, section.phrases)
    if reste:
        add_sentences(toile, section)


def write_figure(chiffre: Chiffre) -> str:
    """« Entrées : 240 ; + 3,2 % sur un an ; objectif : 250 »."""
    return f"{chiffre.libelle} : {' ; '.join([chiffre.texte, *_details(chiffre)])}"


def _details(chiffre: Chiffre) -> list[str]:
    return [texte for texte in (chiffre.evolution, chiffre.cible, chiffre.precision) if texte]


def _draw_cards(page: Page, chiffres: Sequence[Chiffre]) -> Boite:
    """Draws the cards; gives back the rectangle under them."""
    colonnes = _count_columns(len(chiffres))
    lignes = ceil(len(chiffres) / colonnes)
    taille = Taille(_SEULE_RANGEE if lignes == 1 else 1.0)
    places = list(page.zone.columns(max(colonnes, 3), _GOUTTIERE))
    largeur = places[0].largeur - 2 * _MARGE - 6.0
    detail = max(_height_of_details(c, largeur, page.regle, taille.detail) for c in chiffres)
    permise = (page.zone.hauteur - _GOUTTIERE * (lignes - 1)) / lignes
    hauteur = min(taille.libelle + taille.valeur + detail + 2 * _MARGE, permise)
    for rang, chiffre in enumerate(chiffres):
        place = places[rang % colonnes]
        haut = place.y + (rang // colonnes) * (hauteur + _GOUTTIERE)
        _draw_card(page, chiffre, Boite(place.x, haut, place.largeur, hauteur), taille)
    return page.zone.below(lignes * (hauteur + _GOUTTIERE))


def _count_columns(nombre: int) -> int:
    """Rows as even as can be: five figures are three and two, not four and one."""
    return nombre if nombre <= COLONNES else ceil(nombre / 2)


def _height_of_details(chiffre: Chiffre, largeur: float, regle: Regle, taille: float) -> float:
    return sum(regle.height_of(texte, largeur, taille) for texte in _details(chiffre)) + 2.0


def _draw_card(page: Page, chiffre: Chiffre, boite: Boite, taille: Taille) -> None:
    groupe = page.formes.add_group_shape()
    groupe.name = f"Chiffre : {chiffre.libelle}"
    describe(groupe, write_figure(chiffre))
    _draw_background(groupe.shapes, boite)
    dedans = Boite(
        boite.x + _MARGE + 6.0, boite.y + _MARGE, boite.largeur - 2 * _MARGE - 6.0, boite.hauteur - 2 * _MARGE
    )
    nom, tailles = dedans.top(taille.libelle), taille.of(_TAILLES_DU_LIBELLE)
    ecrit, points = page.regle.fit(chiffre.libelle, nom.largeur, nom.hauteur, tailles)
    write_box(groupe.shapes, nom, [Paragraphe(ecrit, points)], nom="Libellé")
    _write_value(groupe, page.regle, dedans.below(taille.libelle).top(taille.valeur), chiffre, taille)
    details = [Paragraphe(texte, taille.detail, couleur=palette.TEXTE_SECOND) for texte in _details(chiffre)]
    if details:
        place = dedans.below(taille.libelle + taille.valeur)
        write_box(groupe.shapes, place, _keep(details, place, page.regle), nom="Précisions")


def _write_value(groupe: Any, regle: Regle, place: Boite, chiffre: Chiffre, taille: Taille) -> None:
    """The number, or the word that stands for it: smaller and grey, so that it is not taken for one."""
    sans_nombre = chiffre.valeur is None and not any(lettre.isdigit() for lettre in chiffre.texte)
    tailles = taille.of(_TAILLES_DE_LA_VALEUR[2:] if sans_nombre else _TAILLES_DE_LA_VALEUR)
    couleur = palette.TEXTE_SECOND if sans_nombre else palette.PRINCIPALE
    ecrit, points = regle.fit(chiffre.texte, place.largeur, place.hauteur, tailles, gras=True)
    write_box(groupe.shapes, place, [Paragraphe(ecrit, points, gras=True, couleur=couleur)], nom="Valeur")


def _keep(details: list[Paragraphe], place: Boite, regle: Regle) -> list[Paragraphe]:
    """Smaller when two rows of cards leave too little; what is cut is whole in the notes."""
    taille = details[0].taille
    while taille > _DETAIL_MINIMAL and total_height(details, place.largeur, regle) > place.hauteur:
        taille = max(taille - 1.0, _DETAIL_MINIMAL)
        details = [replace(d, taille=taille) for d in details]
    reste, gardes = place.hauteur, []
    for detail in details:
        if reste < taille * INTERLIGNE:
            break
        garde = replace(detail, texte=regle.cut(detail.texte, place.largeur, reste, taille))
        gardes.append(garde)
        reste -= garde.height_in(place.largeur, regle)
    return gardes


def _draw_background(formes: Any, boite: Boite) -> None:
    for place, couleur, nom in (
        (boite, "#F3F6F8", "Fond"),
        (Boite(boite.x, boite.y, 5.0, boite.hauteur), palette.PRINCIPALE, "Filet"),
    ):
        draw_rectangle(formes, place, couleur, nom)


def _write_under(page: Page, boite: Boite, phrases: Sequence[str]) -> bool:
    """True when the sentences could be written under the cards."""
    for taille in _PHRASES:
        dites = [Paragraphe(phrase, taille, puce=True, avant=6.0) for phrase in phrases]
        if total_height(dites, boite.largeur, page.regle) <= boite.hauteur:
            write_box(page.formes, boite, dites, nom="Phrases")
            return True
    return False
