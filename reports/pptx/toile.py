"""A deck being filled: each new slide gets its title, its notes, its footer and the funders' mention."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from charts import palette
from indicators.nombres import write_date, write_short_date
from reports.caracteres import bind
from reports.embleme import mention_of
from reports.notice import INVENTEES, name_edition
from reports.pptx.formes import Boite, box_of, copy_emblem, draw_emblem
from reports.pptx.gabarit import Gabarit
from reports.pptx.mesure import Metre
from reports.pptx.texte import Paragraphe, write_box, write_fitted
from sections.contenu import Definition, Edition

_SOUS_TITRE = 22.0
_TAILLES_DU_SOUS_TITRE = (14.0, 13.0, 12.0, 11.0)
_TAILLES_DU_PIED = (10.0, 9.0, 8.0)
_MARGE_DU_TITRE = 7.2, 3.6
"""PowerPoint's own margins in a text box, kept for titles: a template may have set them."""


@dataclass(frozen=True)
class Page:
    """A slide and the rectangle left for its content."""

    diapositive: Any
    zone: Boite
    regle: Metre

    @property
    def formes(self) -> Any:
        """Its shapes, to add to."""
        return self.diapositive.shapes


@dataclass(frozen=True)
class Toile:
    """The deck, how it is laid out, what it says."""

    gabarit: Gabarit
    edition: Edition

    @property
    def regle(self) -> Metre:
        """How texts are measured in this template."""
        return self.gabarit.regle

    @property
    def zone(self) -> Boite:
        """The rectangle under the subtitle of a slide, before one is made."""
        return self.gabarit.contenu_de_page.below(_SOUS_TITRE + 8.0)

    def add_page(self, titre: str, sous_titre: str, notes: str) -> Page:
        """A new slide. What the title or the subtitle had to cut is whole in the notes."""
        diapositive = self.gabarit.presentation.slides.add_slide(self.gabarit.contenu)
        keep_only_title(diapositive)
        self._write_title(diapositive.shapes.title, titre)
        place, couleur = self.gabarit.contenu_de_page.top(_SOUS_TITRE), palette.TEXTE_SECOND
        tailles = _TAILLES_DU_SOUS_TITRE
        write_fitted(diapositive.shapes, place, sous_titre, tailles, self.regle, nom="Sous-titre", couleur=couleur)
        write_notes(diapositive, f"{titre}\n{sous_titre}\n\n{notes}")
        return Page(diapositive, self.zone, self.regle)

    def _write_title(self, forme: Any, titre: str) -> None:
        """At the largest size that fits; place, colour and weight stay the template's."""
        boite = box_of(forme)
        largeur, hauteur = (v - 2 * m for v, m in zip((boite.largeur, boite.hauteur), _MARGE_DU_TITRE, strict=True))
        mesure = titre.upper() if self.gabarit.titre_en_capitales else titre
        ecrit, taille = self.regle.fit(mesure, largeur, hauteur, self.gabarit.tailles_du_titre, gras=True)
        # Cut where its measured form was.
        fill_placeholder(forme, titre if ecrit == mesure else titre[: max(len(ecrit) - 1, 1)].rstrip() + "…", taille)
        forme.name = "Titre"

    def add_footers(self) -> None:
        """Footer, page number and mention on every slide but the cover, once all are there."""
        embleme = None
        for rang, diapositive in enumerate(self.gabarit.presentation.slides, 1):
            if rang > 1:
                embleme = _write_footer(self, diapositive, rang, embleme)


def fill_placeholder(forme: Any, texte: str, taille: float) -> None:
    """French text in a placeholder, at that size; the rest is the layout's."""
    cadre = forme.text_frame
    cadre.word_wrap, cadre.auto_size = True, MSO_AUTO_SIZE.NONE
    ligne = cadre.paragraphs[0]
    run = ligne.add_run()
    run.text = bind(texte)
    run.font.size, run.font.language_id = Pt(taille), MSO_LANGUAGE_ID.FRENCH
    ligne.space_before, ligne.line_spacing = Pt(0), 1.0


def keep_only_title(diapositive: Any) -> None:
    """Placeholders that are not filled would say « click to add »."""
    for forme in list(diapositive.placeholders):
        if forme.element.ph.get("type") not in ("title", "ctrTitle"):
            forme.element.getparent().remove(forme.element)


# ---- what the speaker reads


def write_notes(diapositive: Any, texte: str) -> None:
    """The notes of a slide, in French."""
    cadre = diapositive.notes_slide.notes_text_frame
    cadre.text = texte
    for ligne in cadre.paragraphs:
        for run in ligne.runs:
            run.font.language_id = MSO_LANGUAGE_ID.FRENCH


def write_notes_of(edition: Edition, codes: Iterable[str], *morceaux: str) -> str:
    """The given pieces, then the perimeter and the definitions of these indicators as they were."""
    definitions = [write_definition(d) for d in edition.definitions if d.code in set(codes)]
    parties = [*morceaux, write_source(edition)]
    if definitions:
        parties.append("DÉFINITIONS\n" + "\n\n".join(definitions))
    return "\n\n".join(p for p in parties if p)


def write_source(edition: Edition) -> str:
    """Perimeter, date and version of the data."""
    inventees = f"\n{INVENTEES}" if edition.inventees else ""
    donnees = f"Données au {write_date(edition.date_donnees)}, version {edition.version}."
    return f"PÉRIMÈTRE\n{edition.perimetre}\n{donnees}{inventees}"


def write_definition(definition: Definition) -> str:
    """A definition with its unit, its sources and what the texts leave open."""
    reserves = "".join(f"\nRéserve : {reserve}" for reserve in definition.reserves)
    sources = f"\nSources : {' ; '.join(definition.sources)}" if definition.sources else ""
    return f"{definition.libelle} ({definition.unite})\n{definition.texte}{reserves}{sources}"


# ---- the footer


def write_edition_line(edition: Edition) -> str:
    """« PLIE de l’Agenais · Édition n° 3 · données au 30/09/2021 »."""
    inventees = " · données inventées" if edition.inventees else ""
    return f"{edition.plie} · {name_edition(edition)} · données au {write_short_date(edition.date_donnees)}{inventees}"


def _write_footer(toile: Toile, diapositive: Any, rang: int, embleme: Any) -> Any:
    """Gives back the emblem, drawn on the first slide and copied on the others."""
    bande, formes = toile.gabarit.bande, diapositive.shapes
    mention = mention_of(toile.edition.mention)
    largeur = toile.regle.width_of(mention.court, 10.0) * 1.03 + 4.0
    hauteur = bande.hauteur - 2.0
    gauche = bande.droite - largeur - 1.5 * hauteur - 6.0
    numerotee = _clone_number(diapositive, rang)
    place = Boite(bande.x, bande.y, gauche - bande.x - 12.0, bande.hauteur)
    ligne = write_edition_line(toile.edition)
    ecrit, taille = toile.regle.fit(ligne, place.largeur - 40.0, place.hauteur, _TAILLES_DU_PIED)
    pied = Paragraphe(ecrit if numerotee else f"{ecrit} · page ", taille, couleur=palette.TEXTE_SECOND)
    forme = write_box(formes, place, [pied], nom="Pied de page", ancre=MSO_ANCHOR.MIDDLE)
    if not numerotee:
        champ = _field(rang, f' sz="{round(taille * 100)}"', nsdecls("a"))
        forme.text_frame.paragraphs[0]._p.append(parse_xml(champ))
    if embleme is None:
        embleme = draw_emblem(formes, gauche, bande.y + 1.0, hauteur)
    else:
        copy_emblem(embleme, formes)
    droite = Paragraphe(mention.court, 10.0, couleur=palette.TEXTE_SECOND)
    texte = Boite(bande.droite - largeur, bande.y, largeur, bande.hauteur)
    write_box(formes, texte, [droite], nom="Mention de financement", ancre=MSO_ANCHOR.MIDDLE)
    return embleme


def _clone_number(diapositive: Any, rang: int) -> bool:
    """Puts the layout's page number on the slide; False when the layout has none."""
    numeros = [f for f in diapositive.slide_layout.placeholders if f.element.ph.get("type") == "sldNum"]
    if not numeros:
        return False
    identifiant = max(int(i) for i in diapositive.element.xpath(".//p:cNvPr/@id")) + 1
    diapositive.shapes._spTree.append(
        parse_xml(
            f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr>"
            f'<p:cNvPr id="{identifiant}" name="Numéro de la diapositive"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
            f'<p:ph type="sldNum" sz="quarter" idx="{numeros[0].element.ph.get("idx", "12")}"/>'
            "</p:nvPr></p:nvSpPr><p:spPr/>"
            f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{_field(rang)}</a:p></p:txBody></p:sp>"
        )
    )
    return True


def _field(rang: int, attributs: str = "", espaces: str = "") -> str:
    """A page number that follows the slide when it is moved."""
    return (
        f'<a:fld {espaces} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f'<a:rPr lang="fr-FR"{attributs}/><a:t>{rang}</a:t></a:fld>'
    )
