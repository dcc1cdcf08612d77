"""Native tables cut in slides: every row is measured, so that none leaves the slide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu

from charts import palette
from reports.pptx.accessibilite import describe
from reports.pptx.cadre import EMU_PAR_POINT, Boite
from reports.pptx.mesure import INTERLIGNE, Regle
from reports.pptx.paroles import number
from reports.pptx.texte import Paragraphe, write_frame
from reports.pptx.toile import Toile

_TAILLES = (18.0, 16.0, 14.0, 13.0)
_MARGE_X, _MARGE_Y = 6.0, 5.0
_LIGNES_MAX = 6
_ZEBRE = ("#FFFFFF", "#F3F6F8")


@dataclass(frozen=True)
class Colonne:
    """A column: its title and its weight in the width."""

    titre: str
    poids: float


Ligne = tuple[str, ...]


def add_table(
    toile: Toile,
    titre: str,
    sous_titre: str,
    notes: str,
    colonnes: Sequence[Colonne],
    lignes: Sequence[Ligne],
    nom: str,
) -> None:
    """As many slides as the rows need; a cell of more than six lines is cut, and whole in the notes."""
    zone = toile.zone
    largeurs = [zone.largeur * c.poids / sum(c.poids for c in colonnes) for c in colonnes]
    entete = tuple(c.titre for c in colonnes)
    for taille in _TAILLES:
        mesure = Mesure(largeurs, toile.regle, taille)
        coupees = [mesure.cut(ligne) for ligne in lignes]
        pages = _split(entete, coupees, mesure, zone.hauteur)
        if len(pages) == 1 and coupees == list(lignes) and not mesure.breaks_word([entete, *lignes]):
            break
    for rang, contenu in enumerate(pages, 1):
        page = toile.add_page(number(titre, rang, len(pages)), sous_titre, notes)
        _draw(page.formes, page.zone, [entete, *contenu], mesure, number(nom, rang, len(pages)))


@dataclass(frozen=True)
class Mesure:
    """The columns of a table and the size at which it is written."""

    largeurs: Sequence[float]
    regle: Regle
    taille: float

    def cut(self, ligne: Ligne) -> Ligne:
        """A row whose cells have six lines at most."""
        permise = _LIGNES_MAX * self.taille * INTERLIGNE + 0.01
        return tuple(
            self.regle.cut(texte, largeur - 2 * _MARGE_X, permise, self.taille)
            for texte, largeur in zip(ligne, self.largeurs, strict=True)
        )

    def breaks_word(self, lignes: Sequence[Ligne]) -> bool:
        """True when a column is too narrow for a date or a word, at this size."""
        return any(
            self.regle.breaks_word(texte, largeur - 2 * _MARGE_X, self.taille, gras=True)
            for ligne in lignes
            for texte, largeur in zip(ligne, self.largeurs, strict=True)
        )

    def height_of(self, ligne: Ligne, gras: bool = False) -> float:
        """The tallest cell of a row, margins included."""
        hauteurs = [
            self.regle.height_of(texte, largeur - 2 * _MARGE_X, self.taille, gras)
            for texte, largeur in zip(ligne, self.largeurs, strict=True)
        ]
        return max(hauteurs) + 2 * _MARGE_Y


def _split(entete: Ligne, lignes: Sequence[Ligne], mesure: Mesure, hauteur: float) -> list[list[Ligne]]:
    permise = hauteur - mesure.height_of(entete, gras=True)
    pages: list[list[Ligne]] = [[]]
    prise = 0.0
    for ligne in lignes:
        sienne = mesure.height_of(ligne)
        if prise + sienne > permise and pages[-1]:
            pages.append([])
            prise = 0.0
        pages[-1].append(ligne)
        prise += sienne
    return pages


def _draw(formes: Any, zone: Boite, lignes: list[Ligne], mesure: Mesure, nom: str) -> None:
    hauteurs = [mesure.height_of(ligne, gras=rang == 0) for rang, ligne in enumerate(lignes)]
    cadre = formes.add_table(len(lignes), len(mesure.largeurs), *zone.top(sum(hauteurs)).emu())
    cadre.name = nom
    describe(cadre, f"{nom}. Colonnes : {', '.join(lignes[0])}. {len(lignes) - 1} lignes.")
    tableau = cadre.table
    for colonne, largeur in zip(tableau.columns, mesure.largeurs, strict=True):
        colonne.width = Emu(round(largeur * EMU_PAR_POINT))
    for rang, (rangee, hauteur) in enumerate(zip(tableau.rows, hauteurs, strict=True)):
        rangee.height = Emu(round(hauteur * EMU_PAR_POINT))
        for cellule, texte in zip(rangee.cells, lignes[rang], strict=True):
            _fill(cellule, texte, rang, mesure.taille)


def _fill(cellule: Any, texte: str, rang: int, taille: float) -> None:
    titre = rang == 0
    couleur = palette.FOND if titre else palette.ENCRE
    write_frame(cellule.text_frame, [Paragraphe(texte, taille, gras=titre, couleur=couleur)])
    cellule.margin_left = cellule.margin_right = Emu(round(_MARGE_X * EMU_PAR_POINT))
    cellule.margin_top = cellule.margin_bottom = Emu(round(_MARGE_Y * EMU_PAR_POINT))
    cellule.vertical_anchor = MSO_ANCHOR.TOP
    cellule.fill.solid()
    fond = palette.PRINCIPALE if titre else _ZEBRE[rang % 2]
    cellule.fill.fore_color.rgb = RGBColor.from_string(fond.lstrip("#"))
