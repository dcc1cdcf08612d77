"""Native tables cut in slides: every row is measured, so that none leaves the slide. Earlier decisions are one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu

from charts import palette
from indicators.phrases.chiffres import count, enumerate_in_words
from reports.notice import write_due
from reports.pptx.formes import EMU_PAR_POINT, Boite, describe, rgb
from reports.pptx.mesure import INTERLIGNE, Metre
from reports.pptx.paroles import number
from reports.pptx.texte import Paragraphe, write_frame
from reports.pptx.toile import Toile, write_source
from sections.contenu import Section
from sections.images import Tableau

_TAILLES = (18.0, 16.0, 14.0, 13.0)
_MARGE_X, _MARGE_Y = 6.0, 5.0
_LIGNES_MAX = 6
_ZEBRE = ("#FFFFFF", "#F3F6F8")
_DECISIONS = (("N°", 5), ("Décision", 31), ("Porteur", 15), ("Échéance", 11), ("État", 10), ("Suivi", 28))
SANS_SUIVI = "rien d’écrit"

Ligne = tuple[str, ...]
_LIGNES_D_UN_TABLEAU = 12


def add_follow_up(toile: Toile) -> None:
    """The table of earlier decisions; nothing at a first meeting."""
    suivis = toile.edition.suivis
    if not suivis:
        return
    lignes = [(str(s.numero), s.texte, s.porteur, write_due(s), s.etat, s.suivi or SANS_SUIVI) for s in suivis]
    entieres = "\n\n".join(f"{n}. {texte}\n{' · '.join(qui)}\n{suivi}" for n, texte, *qui, suivi in lignes)
    comptes = Counter(s.etat for s in suivis)
    etats = enumerate_in_words([f"{nombre} «\u00a0{etat}\u00a0»" for etat, nombre in comptes.most_common()])
    titre = f"{count(len(suivis), 'décision précédente', 'décisions précédentes')} : {etats}."
    nom = "Décisions précédentes et leur suivi"
    notes = f"DÉCISIONS PRÉCÉDENTES\n{entieres}\n\n{write_source(toile.edition)}"
    add_table(toile, titre, nom, notes, _DECISIONS, lignes, nom)


def add_section_table(toile: Toile, section: Section, tableau: Tableau) -> None:
    """A table of words of a section, shortened to one slide and whole in its notes, its columns as wide as their
    longest words ask."""
    entieres = [" · ".join(ligne) for ligne in tableau.lignes]
    tableau = tableau.shortened(_LIGNES_D_UN_TABLEAU)
    longueurs = [
        max(len(ligne[rang]) for ligne in (tableau.entete, *tableau.lignes)) for rang in range(len(tableau.entete))
    ]
    colonnes = [(nom, 5.0 + min(longueur, 40)) for nom, longueur in zip(tableau.entete, longueurs, strict=True)]
    sous_titre = " · ".join(mots for mots in (section.titre, tableau.note) if mots)
    notes = "\n".join([tableau.titre.upper(), *entieres])
    notes = f"{notes}\n\n{write_source(toile.edition)}"
    add_table(toile, tableau.titre, sous_titre, notes, colonnes, tableau.lignes, f"Tableau : {tableau.titre}")


@dataclass(frozen=True)
class PlaceDeTexte:
    """The columns of a table, the room of their texts, and the size at which they are written."""

    largeurs: Sequence[float]
    regle: Metre
    taille: float

    def cut(self, ligne: Ligne) -> Ligne:
        """A row whose cells have six lines at most."""
        permise = _LIGNES_MAX * self.taille * INTERLIGNE + 0.01
        textes = zip(ligne, self.largeurs, strict=True)
        return tuple(self.regle.cut(texte, largeur, permise, self.taille) for texte, largeur in textes)

    def breaks_word(self, ligne: Ligne) -> bool:
        """True when a column is too narrow for a date or a word, at this size."""
        textes = zip(ligne, self.largeurs, strict=True)
        return any(self.regle.breaks_word(texte, largeur, self.taille, gras=True) for texte, largeur in textes)

    def height_of(self, ligne: Ligne, gras: bool = False) -> float:
        """The tallest cell of a row, margins included."""
        textes = zip(ligne, self.largeurs, strict=True)
        return max(self.regle.height_of(texte, largeur, self.taille, gras) for texte, largeur in textes) + 2 * _MARGE_Y


def add_table(
    toile: Toile,
    titre: str,
    sous_titre: str,
    notes: str,
    colonnes: Sequence[tuple[str, float]],
    lignes: Sequence[Ligne],
    nom: str,
) -> None:
    """As many slides as the rows need; a cell of more than six lines is cut, and whole in the notes. `colonnes`: the
    title of each and its weight in the width."""
    entete, poids = tuple(nom for nom, _ in colonnes), [p for _, p in colonnes]
    largeurs = [toile.zone.largeur * p / sum(poids) - 2 * _MARGE_X for p in poids]
    for taille in _TAILLES:
        mesure = PlaceDeTexte(largeurs, toile.regle, taille)
        coupees = [mesure.cut(ligne) for ligne in lignes]
        pages = _split(entete, coupees, mesure, toile.zone.hauteur)
        if len(pages) == 1 and coupees == list(lignes) and not any(map(mesure.breaks_word, [entete, *lignes])):
            break
    for rang, contenu in enumerate(pages, 1):
        page = toile.add_page(number(titre, rang, len(pages)), sous_titre, notes)
        _draw(page.formes, page.zone, [entete, *contenu], mesure, number(nom, rang, len(pages)))


def _split(entete: Ligne, lignes: Sequence[Ligne], mesure: PlaceDeTexte, hauteur: float) -> list[list[Ligne]]:
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


def _draw(formes: Any, zone: Boite, lignes: list[Ligne], mesure: PlaceDeTexte, nom: str) -> None:
    hauteurs = [mesure.height_of(ligne, gras=rang == 0) for rang, ligne in enumerate(lignes)]
    cadre = formes.add_table(len(lignes), len(mesure.largeurs), *zone.top(sum(hauteurs)).emu())
    cadre.name = nom
    describe(cadre, f"{nom}. Colonnes : {', '.join(lignes[0])}. {len(lignes) - 1} lignes.")
    for colonne, largeur in zip(cadre.table.columns, mesure.largeurs, strict=True):
        colonne.width = Emu(round((largeur + 2 * _MARGE_X) * EMU_PAR_POINT))
    for rang, (rangee, hauteur) in enumerate(zip(cadre.table.rows, hauteurs, strict=True)):
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
    cellule.fill.fore_color.rgb = rgb(palette.PRINCIPALE if titre else _ZEBRE[rang % 2])
