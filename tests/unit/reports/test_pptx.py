"""The deck of a meeting: everything of the edition is there, nothing else, nothing overflows, everything is said."""

import re
from functools import cache
from typing import Any

import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from reports.embleme import BLEU, OR, draw_stars, mention_of
from reports.notice import list_facts, write_reading
from reports.pptx import build
from reports.pptx.formes import HAUTEUR
from reports.pptx.mesure import Metre
from seances.edition import freeze
from sections.contenu import Edition
from sections.images import Image
from tests.unit.reports import fabrique
from tests.unit.reports.lecture_pptx import (
    bottoms,
    charts_of,
    description_of,
    open_deck,
    overflows,
    plain,
    shapes_of,
    texts_of,
)

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ANGLAIS = re.compile(
    r"\b(click|title|subtitle|slide|placeholder|text ?box|chart|table|picture|rectangle|group|freeform|sheet1|footer|"
    r"number|series|default|shape|master|level|office theme)\b",
    re.IGNORECASE,
)
PIED = ("Pied de page", "Numéro de la diapositive", "Mention de financement")


@cache
def edition() -> Edition:
    """The nasty edition."""
    return fabrique.edition()


@cache
def deck() -> Any:
    """Its deck, made once: it is only read."""
    return open_deck(build(edition()))


@cache
def written() -> str:
    """All that is written on the slides."""
    return " ".join(plain(texte) for diapositive in deck().slides for texte in texts_of(diapositive))


def slides_titled(debut: str) -> list[Any]:
    """Slides whose title begins so."""
    return [d for d in deck().slides if plain(d.shapes.title.text_frame.text).startswith(plain(debut))]


def notes_of(diapositive: Any) -> str:
    """The notes of a slide."""
    return plain(diapositive.notes_slide.notes_text_frame.text)


def images_of(entiere: Edition) -> list[Image]:
    """Every image."""
    return [image for section in entiere.sections for image in section.images]


def test_the_deck_is_wide_and_begins_with_its_cover() -> None:
    assert deck().slide_width * 9 == deck().slide_height * 16
    couverture = " ".join(plain(t) for t in texts_of(deck().slides[0]))
    for attendu in (
        edition().titre,
        edition().plie,
        edition().perimetre,
        "Édition n° 3, publiée le 8 octobre 2021",
        "données au 30 septembre 2021",
        "Données inventées",
        mention_of("fse").texte,
        "Union européenne",
    ):
        assert plain(attendu) in couverture


def test_the_deck_follows_the_order_of_the_team() -> None:
    titres = [plain(d.shapes.title.text_frame.text) for d in deck().slides]
    assert titres[1] == "À retenir"
    attendus = [
        "Le mot de l’équipe",
        "8 décisions précédentes",
        *(plain(image.message) for image in images_of(edition())),
        "Chiffres au 30 septembre 2021",
        "11 définitions",
    ]
    places = [next(i for i, titre in enumerate(titres) if titre.startswith(debut)) for debut in attendus]
    assert places == sorted(places)


def test_what_to_remember_is_the_message_of_each_section() -> None:
    textes = plain(" ".join(texts_of(deck().slides[1])))
    for section in edition().sections:
        assert plain(section.message) in textes


def test_every_figure_is_on_a_card_with_its_words() -> None:
    for section in edition().sections:
        for chiffre in section.chiffres:
            groupes = [
                forme
                for diapositive in deck().slides
                for forme in diapositive.shapes
                if forme.name == f"Chiffre : {chiffre.libelle}"
            ]
            assert len(groupes) == 1
            ecrits = [plain(f.text_frame.text) for f in shapes_of(groupes[0].shapes) if f.has_text_frame]
            assert plain(chiffre.libelle) in ecrits
            assert plain(chiffre.texte) in ecrits
            for mot in (chiffre.evolution, chiffre.cible, chiffre.precision):
                assert plain(mot) in " ".join(ecrits)


def test_every_target_is_a_bullet_whose_lengths_are_its_numbers() -> None:
    groupes = [f for d in deck().slides for f in d.shapes if f.name.startswith("Objectif :")]
    cibles = [c for section in edition().sections for groupe in section.groupes for c in groupe.cibles]
    assert len(groupes) == len(cibles) == 40
    for groupe, cible in zip(groupes, cibles, strict=True):
        formes = {f.name: f for f in groupe.shapes}
        assert plain(formes["État"].text_frame.text) == plain(f"{cible.texte}\n{cible.projection}")
        assert plain(cible.texte) in plain(description_of(groupe))
        if cible.part is None:
            assert "Réalisé" not in formes
            continue
        entier, realise, trait = (formes[n] for n in ("Objectif (100 %)", "Réalisé", "Attendu à ce jour"))
        assert realise.width / entier.width == pytest.approx(min(cible.part, 1.3), abs=0.002)
        milieu = (trait.left + trait.width / 2 - entier.left) / entier.width
        assert milieu == pytest.approx(cible.attendu_part, abs=0.002)


def test_targets_are_eight_a_slide_at_most_and_pages_are_numbered() -> None:
    for diapositive in deck().slides:
        assert sum(f.name.startswith("Objectif :") for f in diapositive.shapes) <= 8
    titres = [plain(d.shapes.title.text_frame.text) for d in slides_titled("A2 –")]
    assert [titre[-5:] for titre in titres] == [f"({i}/{len(titres)})" for i in range(1, len(titres) + 1)]
    assert len(titres) >= 2


def test_comments_decisions_and_follow_up_are_there_whole() -> None:
    for section in edition().sections:
        for paragraphe in section.commentaire.split("\n\n"):
            assert plain(paragraphe) in written()
        for point in section.points_de_decision:
            assert plain(point) in written()
    notes = notes_of(slides_titled("8 décisions")[0])
    for suivi in edition().suivis:
        assert str(suivi.numero) in written()
        assert plain(suivi.texte) in notes
        assert plain(suivi.suivi) in notes
    assert "=Relancer la Région" in written()
    assert "rien d’écrit" in written()


def test_no_number_is_written_that_the_edition_does_not_hold() -> None:
    connus = set(re.findall(r"\d+", plain(str(freeze(edition())))))
    # Pagination, counts of what is listed, the 100 % of a bullet and the end of the masked range.
    permis = {"100", "4", str(len(edition().suivis)), str(len(edition().definitions)), "1", "2", "3"}
    # Percentages and dates are frozen as numbers and written in French: those of the edition's own words are known.
    permis |= {"08", "10", "2021"}
    for diapositive in deck().slides:
        for forme in shapes_of(diapositive.shapes):
            if forme.has_text_frame and forme.name not in PIED:
                ecrits = set(re.findall(r"\d+", re.sub(r"\(\d+/\d+\)$", "", plain(forme.text_frame.text))))
                assert ecrits <= connus | permis, (forme.name, ecrits - connus - permis)


def test_notes_say_perimeter_definitions_sources_and_sample() -> None:
    definitions = {d.code: d for d in edition().definitions}
    for section in edition().sections:
        for image in section.images:
            (diapositive,) = slides_titled(image.message)
            notes = notes_of(diapositive)
            assert plain(edition().perimetre) in notes
            assert "version 7" in notes
            assert plain(image.effectif) in notes
            for code in image.indicateurs:
                assert plain(definitions[code].texte) in notes
                assert all(plain(source) in notes for source in definitions[code].sources)
            for serie in image.series:
                assert all(plain(texte) in notes for texte in serie.textes)
    assert all(notes_of(d) for d in deck().slides)


def test_the_last_slides_say_how_figures_are_made() -> None:
    (methode,) = slides_titled("Chiffres au 30 septembre 2021")
    textes = plain(" ".join(texts_of(methode)))
    for attendu in (write_reading(edition()), *edition().regles, *(fait for _, fait in list_facts(edition()))):
        assert plain(attendu) in textes
    ecrites = plain(" ".join(t for d in slides_titled("11 définitions") for t in texts_of(d)))
    for definition in edition().definitions:
        assert plain(definition.texte) in ecrites
        assert all(plain(reserve) in ecrites for reserve in definition.reserves)


def test_no_text_leaves_its_box_and_no_box_leaves_the_slide() -> None:
    assert overflows(deck(), Metre()) == []
    assert overflows(deck(), Metre(1.3)), "la mesure ne voit pas un texte trop grand"
    for _, nom, bas in bottoms(deck()):
        assert bas <= HAUTEUR, nom


def test_nothing_stands_on_the_footer() -> None:
    for rang, nom, bas in bottoms(deck()):
        if rang > 1 and nom not in (*PIED, "Emblème de l’Union européenne"):
            assert bas <= 505.0, (rang, nom)


def test_no_english_and_no_empty_placeholder() -> None:
    for diapositive in deck().slides:
        for forme in shapes_of(diapositive.shapes):
            assert not ANGLAIS.search(forme.name), forme.name
            assert not ANGLAIS.search(description_of(forme))
            if forme.is_placeholder:
                assert forme.text_frame.text.strip()
        for texte in (*texts_of(diapositive), diapositive.notes_slide.notes_text_frame.text):
            assert not ANGLAIS.search(texte)
    for partie in (deck().slide_master, *deck().slide_layouts):
        assert not [t.text for t in partie.element.iter(f"{A}t") if ANGLAIS.search(t.text or "")]


def test_every_run_is_in_french() -> None:
    for diapositive in deck().slides:
        langues = {r.get("lang") for r in diapositive.element.iter(f"{A}rPr")}
        assert langues == {"fr-FR"}


def test_pictures_charts_tables_and_groups_have_a_description() -> None:
    vus = set()
    for diapositive in deck().slides:
        for forme in diapositive.shapes:
            graphique = getattr(forme, "has_chart", False) or getattr(forme, "has_table", False)
            if graphique or forme.shape_type in (MSO_SHAPE_TYPE.GROUP, MSO_SHAPE_TYPE.PICTURE):
                vus.add(forme.shape_type)
                assert len(description_of(forme)) > 15, forme.name
    assert len(vus) >= 3


def test_the_title_is_read_first_and_identifiers_are_unique() -> None:
    for diapositive in deck().slides:
        premiere = next(iter(diapositive.shapes))
        assert premiere == diapositive.shapes.title
        identifiants = diapositive.element.xpath(".//p:cNvPr/@id")
        assert len(identifiants) == len(set(identifiants))


def test_every_slide_has_the_emblem_drawn_to_its_geometry() -> None:
    for diapositive in deck().slides:
        (groupe,) = [f for f in diapositive.shapes if f.name == "Emblème de l’Union européenne"]
        fond, etoiles = groupe.shapes
        assert fond.width / fond.height == pytest.approx(1.5, abs=0.001)
        assert (str(fond.fill.fore_color.rgb), str(etoiles.fill.fore_color.rgb)) == (BLEU[1:], OR[1:])
        trace = etoiles._element.find(f".//{A}path")
        largeur, hauteur = int(trace.get("w")), int(trace.get("h"))
        contours: list[list[tuple[float, float]]] = []
        for ordre in trace:
            if str(ordre.tag).endswith("moveTo"):
                contours.append([])
            for point in ordre.iter(f"{A}pt"):
                x = etoiles.left + int(point.get("x")) * etoiles.width / largeur
                y = etoiles.top + int(point.get("y")) * etoiles.height / hauteur
                contours[-1].append(((x - fond.left) / fond.height, (y - fond.top) / fond.height))
        assert len(contours) == 12
        for contour, etoile in zip(contours, draw_stars(), strict=True):
            for (x, y), (vrai_x, vrai_y) in zip(contour[:10], etoile.sommets, strict=True):
                assert x == pytest.approx(vrai_x, abs=0.001)
                assert y == pytest.approx(vrai_y, abs=0.001)


def test_footers_say_plie_number_and_date_with_a_page_number() -> None:
    for rang, diapositive in enumerate(deck().slides, 1):
        if rang == 1:
            continue
        noms = {f.name: plain(f.text_frame.text) for f in diapositive.shapes if f.name in PIED}
        attendu = "PLIE de l’Agenais · Édition n° 3 · données au 30/09/2021 · données inventées"
        assert noms["Pied de page"] == attendu
        assert noms["Mention de financement"] == "Union européenne"
        (champ,) = diapositive.element.iter(f"{A}fld")
        assert (champ.get("type"), champ.find(f"{A}t").text) == ("slidenum", str(rang))


def test_the_file_says_what_it_is() -> None:
    proprietes = deck().core_properties
    assert proprietes.author == proprietes.last_modified_by == edition().plie
    assert edition().titre in proprietes.title
    assert proprietes.language == "fr-FR"
    assert proprietes.created.year == 2021


def test_progress_goes_from_nothing_to_all_in_french() -> None:
    dits: list[tuple[float, str]] = []
    build(fabrique.edition(sections=fabrique.sections()[3:]), progres=lambda part, mot: dits.append((part, mot)))
    parts = [part for part, _ in dits]
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0.0, 1.0)
    assert "Section « Publics et parité »" in [mot for _, mot in dits]


def test_the_same_edition_gives_the_same_slides() -> None:
    autre = open_deck(build(edition()))
    for un, deux in zip(deck().slides, autre.slides, strict=True):
        assert texts_of(un) == texts_of(deux)


def test_an_empty_meeting_still_makes_a_deck() -> None:
    vide = fabrique.edition(
        sections=(), suivis=(), definitions=(), regles=(), commentaire="", numero=None, publie_le=None,
        inventees=False, mention="ue", audience="animation", arrondi_a=0,
    )  # fmt: skip
    presentation = open_deck(build(vide))
    textes = plain(" ".join(t for d in presentation.slides for t in texts_of(d)))
    assert len(presentation.slides) == 2
    assert "Aperçu, pas encore publié" in textes
    assert "Cofinancé par l’Union européenne" in textes
    assert "inventées" not in textes
    assert "Effectifs exacts" in textes
    assert overflows(presentation, Metre()) == []


def test_charts_stay_charts() -> None:
    # Never a picture of a chart: the team edits its figures in PowerPoint.
    assert len(charts_of(deck())) == len(images_of(edition()))
    assert not [f for d in deck().slides for f in shapes_of(d.shapes) if f.shape_type == MSO_SHAPE_TYPE.PICTURE]
