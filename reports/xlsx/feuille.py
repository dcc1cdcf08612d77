"""A sheet written from top to bottom: titles, paragraphs, tables, pictures, and where its pages are cut.

Numbers are true numbers, so that the reader's Excel writes them in its own language. Every row gets its height here,
and every page its end: Excel and LibreOffice then show and print the same thing.
"""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from charts import palette
from indicators.declaration import Unite

POLICE = "Arial"
HAUTEUR_DE_LIGNE = 17
"""Pixels of a line of text."""
HAUTEUR_DU_TITRE = 28
LIGNES_MAXIMUM = 24
"""Excel shows no row taller than 409 points: longer paragraphs go on in the next row."""
TEXTE_MAXIMUM = 32_000
"""An Excel cell holds 32,767 characters, and drops in silence what is longer."""
NOM_MAXIMUM = 31
_PAGE = (965, 590)
"""Pixels that an A4 page in landscape shows at 100 %: margins off, and the few more that LibreOffice gives columns."""
_REDUCTION = (40, 100)
ENTIER = "#,##0"
DECIMAL = "#,##0.0"
POURCENT = '0.0"\u00a0"%'
POINTS = '+0.0" points";\u22120.0" points";0.0" point"'
MOIS = '#,##0.0" mois"'
JOURS = '#,##0.0" jours"'
DATE = "dd/mm/yyyy"

_PAR_UNITE = {
    Unite.PART: POURCENT,
    Unite.POINTS: POINTS,
    Unite.MOIS: MOIS,
    Unite.JOURS: JOURS,
    Unite.ETAPES_PAR_PARTICIPANT: DECIMAL,
    Unite.PARCOURS_PAR_ETP: DECIMAL,
    Unite.PARCOURS_PAR_REFERENT: DECIMAL,
    Unite.CONTACTS_POUR_50: DECIMAL,
}


class Classeur:
    """The workbook, its formats made once each, its sheet names kept apart."""

    def __init__(self, livre: Workbook) -> None:
        self.livre = livre
        self._formats: dict[tuple, Format] = {}
        self._noms: set[str] = set()

    def format(self, **proprietes: Any) -> Format:
        """A cell format, the same object for the same properties."""
        cle = tuple(sorted(proprietes.items()))
        if cle not in self._formats:
            commun = {"font_name": POLICE, "font_size": 10, "valign": "top", "font_color": palette.ENCRE}
            self._formats[cle] = self.livre.add_format(commun | proprietes)
        return self._formats[cle]

    def name_sheet(self, voulu: str) -> str:
        """`voulu` as Excel allows it: 31 characters, none of []:*?/\\, unlike every other name of the workbook."""
        propre = re.sub(r"[\[\]:*?/\\]", " ", voulu).strip().strip("'").strip() or "Feuille"
        nom, rang = propre[:NOM_MAXIMUM].strip(), 1
        while nom.casefold() in self._noms:
            rang += 1
            suite = f" {rang}"
            nom = propre[: NOM_MAXIMUM - len(suite)].strip() + suite
        self._noms.add(nom.casefold())
        return nom


@dataclass
class FeuilleEcrite:
    """One sheet and where the next thing is written. `largeurs`: characters of each column."""

    classeur: Classeur
    page: Worksheet
    nom: str
    largeurs: tuple[int, ...]
    texte_sur: int
    """Columns over which titles and paragraphs run."""
    ligne: int = 0
    _hauteur: int = 0
    _hauteurs: list[int] = field(default_factory=list)
    _coupures: list[int] = field(default_factory=list)

    def start(self, titre: str, sous_titre: str = "") -> None:
        """Column widths, then the title, which is repeated on every page."""
        for colonne, largeur in enumerate(self.largeurs):
            self.page.set_column(colonne, colonne, largeur, self.classeur.format())
        self.page.hide_gridlines(2)
        self._row(HAUTEUR_DU_TITRE)
        self.page.write_string(self.ligne - 1, 0, titre, self.classeur.format(bold=True, font_size=16))
        if sous_titre:
            self.write_paragraph(sous_titre, font_color=palette.TEXTE_SECOND)
        self.page.repeat_rows(0)
        self.page.freeze_panes(1, 0)

    def write_heading(self, texte: str) -> None:
        """A heading inside the sheet."""
        self.skip()
        self.write_paragraph(texte, bold=True, font_size=12, font_color=palette.PRINCIPALE)

    def write_paragraph(self, texte: str, **format_de_texte: Any) -> None:
        """A text over the width of the sheet, its line breaks kept, in as many rows as Excel can show."""
        voulu = self.classeur.format(text_wrap=True, **format_de_texte)
        largeur = sum(self.largeurs[: self.texte_sur])
        taille = format_de_texte.get("font_size", 10) / 10 * (1.08 if format_de_texte.get("bold") else 1)
        lignes = [bout for bloc in texte.splitlines() for bout in _wrap(bloc, int(largeur / taille))]
        for debut in range(0, len(lignes), LIGNES_MAXIMUM):
            bloc = lignes[debut : debut + LIGNES_MAXIMUM]
            self._row(int(len(bloc) * HAUTEUR_DE_LIGNE * taille) + 4)
            self.page.merge_range(self.ligne - 1, 0, self.ligne - 1, self.texte_sur - 1, "", voulu)
            # The wrapped lines are joined again: the width of the reader's screen decides, not ours.
            self.page.write_string(self.ligne - 1, 0, " ".join(bloc).strip() if len(bloc) > 1 else bloc[0], voulu)

    def write_header(self, noms: Sequence[str], reperer: bool = True) -> int:
        """The header row of a table; gives its row number."""
        hauteur = max(self._lines_of(nom, colonne, 1.1) for colonne, nom in enumerate(noms))
        self._row(hauteur * HAUTEUR_DE_LIGNE + 5)
        for colonne, nom in enumerate(noms):
            voulu = self.classeur.format(
                bold=True, text_wrap=True, bg_color=palette.PRINCIPALE, font_color=palette.FOND, border=1,
                border_color=palette.GRILLE, align="left" if colonne == 0 or not reperer else "center",
            )  # fmt: skip
            self.page.write_string(self.ligne - 1, colonne, nom, voulu)
        return self.ligne - 1

    def write_row(self, cellules: Sequence["CaseEcrite"]) -> int:
        """One row of a table, tall enough for its longest text; gives its row number."""
        hauteur = max(self._lines_of(c.texte, i) for i, c in enumerate(cellules))
        self._row(min(hauteur * HAUTEUR_DE_LIGNE + 4, 540))
        for colonne, cellule in enumerate(cellules):
            cellule.write(self.classeur, self.page, self.ligne - 1, colonne)
        return self.ligne - 1

    def skip(self, lignes: int = 1) -> None:
        """Blank rows."""
        for _ in range(lignes):
            self._row(10)

    def keep_together(self, pixels: int) -> None:
        """Cuts the page here when what follows, `pixels` high, would not stand on the rest of it."""
        if self._hauteur and self._hauteur + pixels > self._page_height():
            self._coupures.append(self.ligne)
            # The repeated title takes its place again on the new page.
            self._hauteur = HAUTEUR_DU_TITRE

    def fill_to(self, haut: int, pixels: int) -> None:
        """Blank rows until `pixels` have passed since row `haut`: beside or under a picture."""
        while sum(self._hauteurs[haut:]) < pixels:
            self._row(HAUTEUR_DE_LIGNE + 4)

    def write_link(self, nom: str) -> None:
        """The name of another sheet, which leads to it."""
        self._row(HAUTEUR_DE_LIGNE + 4)
        voulu = self.classeur.format(font_color=palette.PRINCIPALE, underline=1)
        cible = nom.replace("'", "''")
        self.page.write_url(self.ligne - 1, 0, f"internal:'{cible}'!A1", voulu, nom)

    def finish(self, en_tete: str, pied: str) -> None:
        """Page setup: A4 in landscape, as wide as the page, header and footer."""
        self.page.set_paper(9)
        self.page.set_landscape()
        self.page.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.75)
        self.page.set_print_scale(self._scale())
        self.page.set_header(f"&L&9{_escape(en_tete)}")
        self.page.set_footer(f"&L&8{_escape(pied)}&R&8Page &P sur &N")
        self.page.print_area(0, 0, max(self.ligne - 1, 0), len(self.largeurs) - 1)
        if self._coupures:
            self.page.set_h_pagebreaks(self._coupures)

    def _scale(self) -> int:
        return max(_REDUCTION[0], min(_REDUCTION[1], int(100 * _PAGE[0] / count_pixels(self.largeurs))))

    def _page_height(self) -> int:
        return int(_PAGE[1] * 100 / self._scale())

    def _row(self, pixels: int) -> None:
        self.page.set_row_pixels(self.ligne, pixels)
        self.keep_together(pixels)
        self._hauteur += pixels
        self._hauteurs.append(pixels)
        self.ligne += 1

    def _lines_of(self, texte: str, colonne: int, taille: float = 1.0) -> int:
        largeur = int(self.largeurs[colonne] / taille)
        return max(1, sum(len(_wrap(bloc, largeur)) for bloc in texte.splitlines()))


@dataclass(frozen=True)
class CaseEcrite:
    """What one cell holds: a number or a day and its format, or a text (never a formula)."""

    texte: str
    valeur: float | None = None
    nombre: str = ""
    jour: date | None = None
    absente: bool = False
    attenuee: bool = False
    grasse: bool = False
    centree: bool = False

    def write(self, classeur: Classeur, page: Worksheet, ligne: int, colonne: int) -> None:
        """Writes it with the border of a table; words in place of a number are in italics, on the right."""
        commun: dict[str, Any] = {"border": 1, "border_color": palette.GRILLE, "bold": self.grasse}
        if self.valeur is not None:
            voulu = classeur.format(**commun, num_format=self.nombre, align="right", indent=1)
            page.write_number(ligne, colonne, self.valeur, voulu)
        elif self.jour is not None:
            voulu = classeur.format(**commun, num_format=self.nombre, align="center")
            page.write_datetime(ligne, colonne, self.jour, voulu)
        elif not self.texte:
            page.write_blank(ligne, colonne, None, classeur.format(**commun))
        elif self.absente:
            voulu = classeur.format(**commun, italic=True, align="right", indent=1, font_color=palette.TEXTE_SECOND)
            page.write_string(ligne, colonne, self.texte, voulu)
        else:
            couleur = palette.TEXTE_SECOND if self.attenuee else palette.ENCRE
            place = "center" if self.centree else "left"
            voulu = classeur.format(**commun, text_wrap=True, font_color=couleur, align=place)
            page.write_string(ligne, colonne, _cut(self.texte), voulu)


def format_of(unite: str) -> str:
    """Number format of a unit of the catalogue; a plain integer for any other."""
    return _PAR_UNITE.get(unite, ENTIER)  # type: ignore[call-overload]


def cell_value(valeur: float, unite: str) -> float:
    """The number to write: a gap between shares is kept in points, since no format multiplies without « % »."""
    return 100 * valeur if unite == Unite.POINTS else valeur


def format_of_target(valeur: float, est_taux: bool) -> str:
    """A rate in %, a whole number without decimals, a mean with one; like `write_number`."""
    if est_taux:
        return POURCENT
    return ENTIER if float(valeur).is_integer() or abs(valeur) >= 1000 else DECIMAL


def count_pixels(largeurs: Sequence[int]) -> int:
    """Pixels of columns of so many characters."""
    return sum(7 * largeur + 5 for largeur in largeurs)


def text(texte: str, **autres: Any) -> CaseEcrite:
    """A cell of text."""
    return CaseEcrite(texte, **autres)


def number(valeur: float | None, nombre: str, sinon: str) -> CaseEcrite:
    """A cell that holds a number, or the word that says why there is none."""
    return CaseEcrite("", valeur, nombre) if valeur is not None else CaseEcrite(sinon, absente=True)


def _wrap(texte: str, largeur: int) -> list[str]:
    # A width is counted in digits, and the average letter of Arial is narrower.
    return textwrap.wrap(texte, max(int(largeur * 1.18), 8)) or [""]


def _cut(texte: str) -> str:
    return texte if len(texte) <= TEXTE_MAXIMUM else texte[:TEXTE_MAXIMUM] + " […] (suite dans l’application)"


def _escape(texte: str) -> str:
    """A header holds 255 characters with its codes; « & » begins a code."""
    return textwrap.shorten(texte, 180, placeholder="…").replace("&", "&&")
