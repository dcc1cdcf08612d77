"""Paragraphs on a slide: written plainly, in French, and cut in pages by measure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Pt

from charts import palette
from reports.caracteres import bind
from reports.pptx.formes import EMU_PAR_POINT, Boite, rgb
from reports.pptx.mesure import INTERLIGNE, Metre

RETRAIT = 16.0
"""How far the text of a bullet stands from its margin."""


@dataclass(frozen=True)
class Paragraphe:
    """A paragraph: `avant` is the space above it, in points. `debut`: bold words at its beginning."""

    texte: str
    taille: float = 16.0
    gras: bool = False
    couleur: str = palette.ENCRE
    puce: bool = False
    avant: float = 0.0
    debut: str = ""
    titre: bool = False

    def lines_in(self, largeur: float, regle: Metre) -> list[str]:
        """Its lines, all its words."""
        entier = f"{self.debut} {self.texte}" if self.debut else self.texte
        return regle.wrap(entier, largeur - RETRAIT * self.puce, self.taille, self.gras or bool(self.debut))

    def height_in(self, largeur: float, regle: Metre) -> float:
        """Its height, space above included."""
        return len(self.lines_in(largeur, regle)) * self.taille * INTERLIGNE + self.avant


def total_height(paragraphes: Iterable[Paragraphe], largeur: float, regle: Metre) -> float:
    """Height of paragraphs one under the other."""
    return sum(p.height_in(largeur, regle) for p in paragraphes)


def fit_one_page(
    paragraphes: Sequence[Paragraphe], boite: Boite, regle: Metre, facteurs: Sequence[float]
) -> list[Paragraphe] | None:
    """The paragraphs at the first of `facteurs` (greatest first) at which they fit; None when none does."""
    for facteur in facteurs:
        essai = _scale(paragraphes, facteur)
        if total_height(essai, boite.largeur, regle) <= boite.hauteur:
            return essai
    return None


def fit_paragraphs(
    paragraphes: Sequence[Paragraphe], boite: Boite, regle: Metre, facteurs: Sequence[float]
) -> list[list[Paragraphe]]:
    """One page where one of `facteurs` (greatest first) allows it, else as many as needed at the last."""
    entiers = fit_one_page(paragraphes, boite, regle, facteurs)
    if entiers is not None:
        return [entiers]
    return split_pages(_scale(paragraphes, facteurs[-1]), boite, regle)


def _scale(paragraphes: Iterable[Paragraphe], facteur: float) -> list[Paragraphe]:
    return [replace(p, taille=round(p.taille * facteur, 1), avant=p.avant * facteur) for p in paragraphes]


def split_pages(paragraphes: Iterable[Paragraphe], boite: Boite, regle: Metre) -> list[list[Paragraphe]]:
    """Pages that each fit in `boite`; a heading stays with what follows; a paragraph longer than a page is cut."""
    pages: list[list[Paragraphe]] = [[]]
    reste = boite.hauteur
    for paragraphe in _bounded(paragraphes, boite, regle):
        hauteur = paragraphe.height_in(boite.largeur, regle)
        if hauteur > reste and pages[-1]:
            orphelins = [pages[-1].pop()] if pages[-1][-1].titre else []
            pages.append(orphelins)
            reste = boite.hauteur - total_height(orphelins, boite.largeur, regle)
        pages[-1].append(paragraphe)
        reste -= hauteur
    return [page for page in pages if page]


def pack_blocks(blocs: Iterable[Sequence[Paragraphe]], boite: Boite, regle: Metre) -> list[list[Paragraphe]]:
    """Pages of whole blocks; only a block taller than a page is cut."""
    pages: list[list[Paragraphe]] = []
    reste = 0.0
    for bloc in blocs:
        hauteur = total_height(bloc, boite.largeur, regle)
        if hauteur > reste:
            pages += split_pages(bloc, boite, regle)
            reste = boite.hauteur - total_height(pages[-1], boite.largeur, regle)
        else:
            pages[-1] += bloc
            reste -= hauteur
    return pages


def _bounded(paragraphes: Iterable[Paragraphe], boite: Boite, regle: Metre) -> Iterable[Paragraphe]:
    """Paragraphs cut so that each takes half a page at most: it then fits under its heading."""
    for paragraphe in paragraphes:
        permises = max(int((boite.hauteur / 2 - paragraphe.avant) / (paragraphe.taille * INTERLIGNE)), 1)
        lignes = paragraphe.lines_in(boite.largeur, regle)
        if len(lignes) <= permises:
            yield paragraphe
            continue
        yield replace(paragraphe, texte=" ".join(lignes[:permises]), debut="")
        for debut in range(permises, len(lignes), permises):
            morceau = " ".join(lignes[debut : debut + permises])
            yield replace(paragraphe, texte=morceau, debut="", puce=False, avant=0.0)


def write_box(
    formes: Any,
    boite: Boite,
    paragraphes: Sequence[Paragraphe],
    *,
    nom: str,
    aligne: PP_ALIGN = PP_ALIGN.LEFT,
    ancre: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> Any:
    """A text box without margins that holds the paragraphs; the caller has measured them."""
    forme = formes.add_textbox(*boite.emu())
    forme.name = nom
    write_frame(forme.text_frame, paragraphes, aligne=aligne, ancre=ancre)
    return forme


def write_fitted(
    formes: Any, boite: Boite, texte: str, tailles: Sequence[float], regle: Metre, *, nom: str, **autres: Any
) -> Any:
    """A text box with `texte` at the first of `tailles` (greatest first) that fits, cut with « … » at the last.

    `couleur` and `gras`: of the paragraph; the rest as in `write_box`."""
    style = {cle: autres.pop(cle) for cle in ("couleur", "gras") if cle in autres}
    ecrit, taille = regle.fit(texte, boite.largeur, boite.hauteur, tailles, style.get("gras", False))
    return write_box(formes, boite, [Paragraphe(ecrit, taille, **style)], nom=nom, **autres)


def write_frame(
    cadre: Any, paragraphes: Sequence[Paragraphe], *, aligne: PP_ALIGN | None = None, ancre: MSO_ANCHOR | None = None
) -> None:
    """Fills a text frame, without margins and without automatic resizing: sizes were chosen by measure."""
    cadre.word_wrap = True
    cadre.auto_size = MSO_AUTO_SIZE.NONE
    cadre.margin_left = cadre.margin_right = cadre.margin_top = cadre.margin_bottom = 0
    if ancre is not None:
        cadre.vertical_anchor = ancre
    for rang, paragraphe in enumerate(paragraphes):
        ligne = cadre.paragraphs[0] if rang == 0 else cadre.add_paragraph()
        if aligne is not None:
            ligne.alignment = aligne
        _write_paragraph(ligne, paragraphe)


def _write_paragraph(ligne: Any, paragraphe: Paragraphe) -> None:
    ligne.space_before, ligne.space_after, ligne.line_spacing = Pt(paragraphe.avant), Pt(0), 1.0
    proprietes = ligne._p.get_or_add_pPr()
    retrait = round(RETRAIT * EMU_PAR_POINT) if paragraphe.puce else 0
    proprietes.set("marL", str(retrait))
    proprietes.set("indent", str(-retrait))
    # « • » or explicitly nothing: a template's own bullets would shift the text that was measured.
    nom, attributs = ("buChar", {"char": "•"}) if paragraphe.puce else ("buNone", {})
    proprietes.append(
        proprietes.makeelement(f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{nom}", attributs)
    )
    if paragraphe.debut:
        _write_run(ligne, f"{paragraphe.debut} ", paragraphe, gras=True)
    _write_run(ligne, paragraphe.texte, paragraphe, gras=paragraphe.gras)


def _write_run(ligne: Any, texte: str, paragraphe: Paragraphe, gras: bool) -> None:
    """French text; its line breaks stay line breaks."""
    for rang, morceau in enumerate(bind(texte).split("\n")):
        if rang:
            ligne.add_line_break()
        run = ligne.add_run()
        run.text = morceau
        run.font.size, run.font.bold, run.font.color.rgb = Pt(paragraphe.taille), gras, rgb(paragraphe.couleur)
        run.font.language_id = MSO_LANGUAGE_ID.FRENCH
