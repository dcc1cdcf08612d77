"""The minutes, read back: every decision with who and when due, in French, with the mention of the period."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.document import Document as Doc
from docx.oxml.ns import qn

from indicators.nombres import write_short_date
from reports import releve
from sections.contenu import Edition
from tests.unit.reports import fabrique


@pytest.fixture
def edition() -> Edition:
    return fabrique.edition()


def lire(octets: bytes) -> Doc:
    return Document(io.BytesIO(octets))


def lignes_de(document: Doc, entete: str) -> list[list[str]]:
    """Rows of the table that has a column of that name."""
    for table in document.tables:
        noms = [c.text for c in table.rows[0].cells]
        if entete in noms:
            return [[c.text for c in rangee.cells] for rangee in table.rows]
    return []


def test_each_decision_has_who_and_when(edition: Edition) -> None:
    decisions = fabrique.suivis(4)
    lignes = lignes_de(lire(releve.build(edition, decisions)), "N°")
    assert lignes[0] == ["N°", "Décision", "Porteur", "Échéance", "État"]
    assert len(lignes) == 1 + len(decisions)
    for rang, (ligne, d) in enumerate(zip(lignes[1:], decisions, strict=True), 1):
        echeance = write_short_date(d.echeance) if d.echeance else "sans date"
        assert ligne == [str(rang), f"{d.texte}\n{d.suivi}" if d.suivi else d.texte, d.porteur, echeance, d.etat]


def test_a_decision_without_anyone_asks_for_someone(edition: Edition) -> None:
    decision = replace(fabrique.suivis(1)[0], porteur="")
    assert lignes_de(lire(releve.build(edition, (decision,))), "N°")[1][2] == "à désigner"


def test_earlier_decisions_and_points_are_recalled(edition: Edition) -> None:
    document = lire(releve.build(edition, ()))
    suites = lignes_de(document, "Suivi")
    assert [ligne[1] for ligne in suites[1:]] == [s.texte for s in edition.suivis]
    textes = [p.text for p in document.paragraphs]
    assert "Entrées et sorties : Valider la bascule de 12 sorties en attente." in textes
    assert "Aucune décision n’a été enregistrée pour cette séance." in textes


def test_an_edition_without_history_says_so(edition: Edition) -> None:
    document = lire(releve.build(replace(edition, suivis=()), ()))
    assert "Aucune décision antérieure n’était à suivre." in [p.text for p in document.paragraphs]


@pytest.mark.parametrize(("mention", "mots"), [("ue", "Cofinancé par l’Union européenne"), ("fse", "Fonds social")])
def test_the_footer_bears_the_mention_and_the_emblem(edition: Edition, mention: str, mots: str) -> None:
    pied = lire(releve.build(replace(edition, mention=mention), ())).sections[0].footer
    texte = " ".join(p.text for p in pied.paragraphs)
    assert mots in texte
    assert "Union européenne" in texte
    images = pied._element.findall(".//" + qn("wp:docPr"))
    assert [i.get("descr") for i in images] == [
        "Emblème de l’Union européenne : douze étoiles d’or en cercle sur fond bleu"
    ]


def test_it_is_french_with_a_title_and_headers_that_are_repeated(edition: Edition) -> None:
    octets = releve.build(edition, fabrique.suivis())
    document = lire(octets)
    assert document.core_properties.title.startswith("Relevé de décisions – PLIE de l’Agenais")
    assert document.core_properties.language == "fr-FR"
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        corps, styles = archive.read("word/document.xml").decode(), archive.read("word/styles.xml").decode()
    assert corps.count("<w:tblHeader") == len(document.tables) == 3
    assert 'w:val="fr-FR"' in styles
    assert "Page 1 of" not in corps


def test_hostile_and_control_characters_are_only_text(edition: Edition) -> None:
    decision = replace(fabrique.suivis(1)[0], texte="<w:br/>&amp;\x00\x0b=cmd", porteur="\x1b[31m")
    ligne = lignes_de(lire(releve.build(edition, (decision,))), "N°")[1]
    assert ligne[1].startswith("<w:br/>&amp;\n=cmd")
    assert ligne[2] == "[31m"
