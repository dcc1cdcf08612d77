"""The minutes of a meeting, « relevé de décisions »: a docx that the coordinator completes and sends."""

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Doc
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from charts import palette
from indicators.nombres import write_date
from reports.caracteres import fit_property, writable
from reports.embleme import ALTERNATIVE, as_png, mention_of
from reports.notice import INVENTEES, moment_of, name_edition, name_instance, write_day, write_due
from sections.contenu import Edition, Suivi

LANGUE = "fr-FR"
_LARGEURS_DES_DECISIONS = (1.1, 7.4, 3.6, 2.4, 2.5)
_LARGEURS_DES_SUITES = (1.6, 4.9, 2.6, 2.3, 2.5, 3.1)
_LARGEURS_DES_PRESENCES = (3.0, 14.0)
_POLICE = "Arial"


def build(edition: Edition, decisions: Sequence[Suivi]) -> bytes:
    """The minutes as docx bytes: the decisions of that meeting, then what became of the earlier ones.

    Who was there is left to be written: the application does not know it.
    """
    document = Document()
    _set_up(document, edition)
    _write_title(document, edition)
    _write_presence(document)
    _write_decisions(document, decisions)
    _write_points(document, edition)
    _write_followups(document, edition)
    octets = io.BytesIO()
    document.save(octets)
    return octets.getvalue()


def _set_up(document: Doc, edition: Edition) -> None:
    """A4, margins, French, colours, properties, footer."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2.8)
    for nom, taille in (("Normal", 10), ("Title", 22), ("Heading 1", 14), ("Heading 2", 12)):
        style = document.styles[nom]
        style.font.name, style.font.size = _POLICE, Pt(taille)
        proprietes = style.element.get_or_add_rPr()
        polices = proprietes.get_or_add_rFonts()
        # The styles of the blank document name the faces of its theme, which win over the name given here.
        for attribut in [a for a in polices.attrib if a.endswith("Theme")]:
            del polices.attrib[attribut]
        polices.set(qn("w:eastAsia"), _POLICE)
        style.font.color.rgb = _color(palette.ENCRE if nom == "Normal" else palette.PRINCIPALE)
        langue = OxmlElement("w:lang")
        langue.set(qn("w:val"), LANGUE)
        proprietes.append(langue)
    _set_properties(document, edition)
    _write_footer(document, edition)


def _set_properties(document: Doc, edition: Edition) -> None:
    proprietes = document.core_properties
    proprietes.title = fit_property(f"Relevé de décisions – {edition.plie} – {edition.titre}")
    proprietes.subject = fit_property(edition.perimetre)
    proprietes.author = proprietes.last_modified_by = fit_property(edition.plie)
    proprietes.language = LANGUE
    proprietes.keywords = proprietes.comments = ""
    proprietes.created = proprietes.modified = moment_of(edition).replace(tzinfo=None)


def _write_footer(document: Doc, edition: Edition) -> None:
    """Emblem, mention, « page 2 sur 3 »."""
    mention = mention_of(edition.mention)
    pied = document.sections[0].footer.paragraphs[0]
    image = pied.add_run().add_picture(io.BytesIO(as_png(240)), height=Cm(0.8))
    image._inline.docPr.set("descr", ALTERNATIVE)
    for marque in list(pied.style.paragraph_format.tab_stops):
        # The blank document stops in the middle of a narrower page.
        pied.paragraph_format.tab_stops.add_tab_stop(marque.position, WD_TAB_ALIGNMENT.CLEAR)
    pied.paragraph_format.tab_stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)
    _write_small(pied, f"  {mention.court}\tpage ")
    _add_field(pied, "PAGE")
    _write_small(pied, " sur ")
    _add_field(pied, "NUMPAGES")
    if mention.texte != mention.court:
        _write_small(document.sections[0].footer.add_paragraph(), mention.texte)


def _write_title(document: Doc, edition: Edition) -> None:
    document.add_heading("Relevé de décisions", 0)
    document.add_paragraph().add_run(f"{edition.plie} – {edition.titre}").bold = True
    publiee = f", publiée le {write_day(edition.publie_le)}" if edition.publie_le else ""
    document.add_paragraph(
        f"{name_instance(edition)} · {name_edition(edition)}{publiee} · données arrêtées au "
        f"{write_date(edition.date_donnees)}"
    )
    if edition.inventees:
        alerte = document.add_paragraph().add_run(INVENTEES)
        alerte.bold, alerte.font.color.rgb = True, _color(palette.CINQUIEME)


def _write_presence(document: Doc) -> None:
    table = _add_table(document, ("À compléter", "Noms et qualités"), _LARGEURS_DES_PRESENCES)
    for qui in ("Présents", "Excusés", "Secrétaire"):
        _add_row(table, (qui, ""))


def _write_decisions(document: Doc, decisions: Sequence[Suivi]) -> None:
    document.add_heading("Décisions", 1)
    if not decisions:
        document.add_paragraph("Aucune décision n’a été enregistrée pour cette séance.")
        return
    table = _add_table(document, ("N°", "Décision", "Porteur", "Échéance", "État"), _LARGEURS_DES_DECISIONS)
    for rang, d in enumerate(decisions, 1):
        decide = f"{d.texte}\n{d.suivi}" if d.suivi else d.texte
        _add_row(table, (str(rang), decide, d.porteur or "à désigner", write_due(d), d.etat))


def _write_points(document: Doc, edition: Edition) -> None:
    points = [(s.titre, point) for s in edition.sections for point in s.points_de_decision]
    if not points:
        return
    document.add_heading("Points qui étaient soumis à la séance", 1)
    for titre, point in points:
        ligne = document.add_paragraph(style="List Bullet")
        ligne.add_run(f"{titre} : ").bold = True
        ligne.add_run(point)


def _write_followups(document: Doc, edition: Edition) -> None:
    document.add_heading("Suites données aux décisions précédentes", 1)
    if not edition.suivis:
        document.add_paragraph("Aucune décision antérieure n’était à suivre.")
        return
    noms = ("Édition", "Décision", "Porteur", "Échéance", "État", "Suivi")
    table = _add_table(document, noms, _LARGEURS_DES_SUITES)
    for s in edition.suivis:
        _add_row(table, (str(s.numero), s.texte, s.porteur, write_due(s), s.etat, s.suivi))


def _add_table(document: Doc, noms: Sequence[str], largeurs: Sequence[float]) -> Table:
    """A table whose header is repeated on every page, and read as a header."""
    table = document.add_table(rows=1, cols=len(noms), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for colonne, largeur in zip(table.columns, largeurs, strict=True):
        colonne.width = Cm(largeur)
    entete = table.rows[0]
    repetee = OxmlElement("w:tblHeader")
    entete._tr.get_or_add_trPr().append(repetee)
    for cellule, nom, largeur in zip(entete.cells, noms, largeurs, strict=True):
        cellule.width = Cm(largeur)
        _fill(cellule, nom, gras=True)
    return table


def _add_row(table: Table, textes: Sequence[str]) -> None:
    """One row, kept on one page."""
    rangee = table.add_row()
    rangee._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cellule, modele, texte in zip(rangee.cells, table.rows[0].cells, textes, strict=True):
        cellule.width = modele.width
        _fill(cellule, texte)


def _fill(cellule: _Cell, texte: str, gras: bool = False) -> None:
    paragraphe = cellule.paragraphs[0]
    paragraphe.paragraph_format.space_before = paragraphe.paragraph_format.space_after = Pt(2)
    mots = paragraphe.add_run(writable(texte))
    mots.font.size, mots.bold = Pt(9.5), gras


def _write_small(paragraphe: Paragraph, texte: str) -> None:
    mots = paragraphe.add_run(texte)
    mots.font.size, mots.font.color.rgb = Pt(8.5), _color(palette.TEXTE_SECOND)


def _add_field(paragraphe: Paragraph, code: str) -> None:
    """A number that Word keeps up to date."""
    champ = OxmlElement("w:fldSimple")
    champ.set(qn("w:instr"), code)
    paragraphe._p.append(champ)
    _write_small(paragraphe, "1")
    champ.append(paragraphe.runs[-1]._r)


def _color(hexadecimal: str) -> RGBColor:
    return RGBColor.from_string(hexadecimal.removeprefix("#"))
