"""The figures of a section: eight cards at most a slide, the sentences under them when they fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from charts import palette
from reports.pptx.formes import Boite, describe, draw_rectangle
from reports.pptx.mesure import INTERLIGNE, Metre
from reports.pptx.paroles import TAILLE, add_words, number
from reports.pptx.texte import Paragraphe, fit_one_page, total_height, write_box, write_fitted
from reports.pptx.toile import Page, Toile, write_notes_of
from sections.contenu import Chiffre, Section

PAR_PAGE, COLONNES = 8, 4
_GOUTTIERE, _MARGE = 14.0, 10.0
_TAILLES_DU_LIBELLE = (15.0, 14.0, 13.0, 12.0, 11.0)
_TAILLES_DE_LA_VALEUR = (36.0, 32.0, 28.0, 24.0, 20.0, 16.0)
_DETAIL_MINIMAL = 10.0
_ECHELLES_DESSOUS = (1.0, 0.9, 0.8, 0.7)
_SEULE_RANGEE = 1.35
_FOND = "#F3F6F8"


@dataclass(frozen=True)
class Taille:
    """How large the cards of a slide are written: larger when they stand on one row. Heights kept for the name and for
    the number, size of the words under it."""

    echelle: float

    @property
    def libelle(self) -> float:
        """Two lines of name."""
        return 38.0 * self.echelle

    @property
    def valeur(self) -> float:
        """One line of number."""
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
    dites = _list_words(section)
    for rang in range(nombre):
        chiffres = section.chiffres[rang * par_page : (rang + 1) * par_page]
        notes = write_notes_of(
            toile.edition, [c.indicateur for c in chiffres], "\n".join(map(_write_figure, chiffres))
        )  # fmt: skip
        titre = number(section.message or section.titre, rang + 1, nombre)
        page = toile.add_page(titre, f"{section.titre} · {toile.edition.perimetre}", notes)
        dessous = _draw_cards(page, chiffres)
        tiennent = fit_one_page(dites, dessous, page.regle, _ECHELLES_DESSOUS) if rang == nombre - 1 else None
        if dites and tiennent:
            write_box(page.formes, dessous, tiennent, nom="Phrases")
            dites = []
    add_words(toile, f"{section.titre} : ce que disent les chiffres", toile.edition.perimetre, dites)


def _list_words(section: Section) -> list[Paragraphe]:
    """The sentences, what must be known before reading, the figures of which nothing is known."""
    dites = [Paragraphe(phrase, TAILLE, puce=True, avant=8.0) for phrase in section.phrases]
    petites = (*section.notes, section.muets)
    return dites + [Paragraphe(t, 0.7 * TAILLE, couleur=palette.TEXTE_SECOND, avant=8.0) for t in petites if t]


def _write_figure(chiffre: Chiffre) -> str:
    """« Entrées : 240 ; + 3,2 % sur un an ; objectif : 250 »."""
    return f"{chiffre.libelle} : {' ; '.join([chiffre.texte, *_details(chiffre)])}"


def _details(chiffre: Chiffre) -> list[str]:
    return [texte for texte in (chiffre.evolution, chiffre.cible, chiffre.precision) if texte]


def _draw_cards(page: Page, chiffres: Sequence[Chiffre]) -> Boite:
    """Draws the cards, in rows as even as can be: five figures are three and two. Gives back the rectangle under."""
    combien = len(chiffres)
    colonnes = combien if combien <= COLONNES else ceil(combien / 2)
    lignes = ceil(combien / colonnes)
    taille = Taille(_SEULE_RANGEE if lignes == 1 else 1.0)
    places = page.zone.columns(max(colonnes, 3), _GOUTTIERE)
    largeur = places[0].largeur - 2 * _MARGE - 6.0
    detail = 2.0 + max(sum(page.regle.height_of(t, largeur, taille.detail) for t in _details(c)) for c in chiffres)
    permise = (page.zone.hauteur - _GOUTTIERE * (lignes - 1)) / lignes
    hauteur = min(taille.libelle + taille.valeur + detail + 2 * _MARGE, permise)
    for rang, chiffre in enumerate(chiffres):
        place = places[rang % colonnes].below((rang // colonnes) * (hauteur + _GOUTTIERE)).top(hauteur)
        _draw_card(page, chiffre, place, taille)
    return page.zone.below(lignes * (hauteur + _GOUTTIERE))


def _draw_card(page: Page, chiffre: Chiffre, boite: Boite, taille: Taille) -> None:
    groupe = page.formes.add_group_shape()
    groupe.name = f"Chiffre : {chiffre.libelle}"
    describe(groupe, _write_figure(chiffre))
    formes = groupe.shapes
    draw_rectangle(formes, boite, _FOND, "Fond")
    draw_rectangle(formes, replace(boite, largeur=5.0), palette.PRINCIPALE, "Filet")
    largeur, hauteur = boite.largeur - 2 * _MARGE - 6.0, boite.hauteur - 2 * _MARGE
    dedans = Boite(boite.x + _MARGE + 6.0, boite.y + _MARGE, largeur, hauteur)
    nom, tailles = dedans.top(taille.libelle), taille.of(_TAILLES_DU_LIBELLE)
    write_fitted(formes, nom, chiffre.libelle, tailles, page.regle, nom="Libellé")
    _write_value(formes, page.regle, dedans.below(taille.libelle).top(taille.valeur), chiffre, taille)
    details = [Paragraphe(texte, taille.detail, couleur=palette.TEXTE_SECOND) for texte in _details(chiffre)]
    if details:
        place = dedans.below(taille.libelle + taille.valeur)
        write_box(formes, place, _keep(details, place, page.regle), nom="Précisions")


def _write_value(formes: Any, regle: Metre, place: Boite, chiffre: Chiffre, taille: Taille) -> None:
    """The number, or the word that stands for it: smaller and grey, so that it is not taken for one."""
    sans_nombre = chiffre.valeur is None and chiffre.en_mots
    tailles = taille.of(_TAILLES_DE_LA_VALEUR[2:] if sans_nombre else _TAILLES_DE_LA_VALEUR)
    couleur = palette.TEXTE_SECOND if sans_nombre else palette.PRINCIPALE
    write_fitted(formes, place, chiffre.texte, tailles, regle, nom="Valeur", gras=True, couleur=couleur)


def _keep(details: list[Paragraphe], place: Boite, regle: Metre) -> list[Paragraphe]:
    """Smaller when two rows of cards leave too little; what is cut is whole in the notes."""
    taille = details[0].taille
    while taille > _DETAIL_MINIMAL and total_height(details, place.largeur, regle) > place.hauteur:
        taille = max(taille - 1.0, _DETAIL_MINIMAL)
        details = [replace(d, taille=taille) for d in details]
    reste, gardes = place.hauteur, []
    for detail in details:
        if reste < taille * INTERLIGNE:
            break
        gardes.append(replace(detail, texte=regle.cut(detail.texte, place.largeur, reste, taille)))
        reste -= gardes[-1].height_in(place.largeur, regle)
    return gardes
