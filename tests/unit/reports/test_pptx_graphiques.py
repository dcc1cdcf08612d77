"""Every chart is native; its numbers are those of the edition, on the slide, in its workbook and in its words."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from charts import palette
from reports.pptx import build
from reports.pptx.graphiques import BASE_INVISIBLE
from reports.pptx.habillage import FEUILLE, FEUILLE_EN_MOTS
from sections.contenu import Edition, draw_bullets
from sections.images import Forme, Image, Serie, Tableau
from tests.unit.reports import fabrique
from tests.unit.reports.lecture_pptx import (
    charts_of,
    description_of,
    open_deck,
    plain,
    series_of,
    texts_of,
    workbook_of,
)

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
IMAGES = [
    fabrique.barres_longues(),
    fabrique.barres_avec_norme(),
    fabrique.temps(),
    fabrique.flux(),
    fabrique.parts(),
    fabrique.cascade(),
    fabrique.parite(),
]


@cache
def deck_of(image: Image) -> Any:
    """A deck of one section with one image, made once: it is only read."""
    section = replace(fabrique.sections()[-1], images=(image,), chiffres=(), phrases=())
    return open_deck(build(fabrique.edition(sections=(section,), suivis=(), definitions=())))


def chart_of(image: Image) -> tuple[Any, Any]:
    """The slide and the frame of the only chart."""
    ((diapositive, cadre),) = charts_of(deck_of(image))
    return diapositive, cadre


def drawn(image: Image, graphique: Any) -> list[tuple[str, list[float | None]]]:
    """The series that readers see: neither the base of a waterfall nor the reference line."""
    return [(n, v) for n, v in series_of(graphique) if n not in (BASE_INVISIBLE, image.nom_du_repere)]


@pytest.mark.parametrize("image", IMAGES, ids=lambda i: i.genre)
def test_the_numbers_drawn_are_those_of_the_edition(image: Image) -> None:
    _, cadre = chart_of(image)
    assert drawn(image, cadre.chart) == [(s.nom, list(s.valeurs)) for s in image.series]


@pytest.mark.parametrize("image", IMAGES, ids=lambda i: i.genre)
def test_the_workbook_inside_holds_the_same_numbers_and_the_words(image: Image) -> None:
    _, cadre = chart_of(image)
    classeur = workbook_of(cadre.chart)
    assert classeur.sheetnames == [FEUILLE, FEUILLE_EN_MOTS]
    lignes = list(classeur[FEUILLE].iter_rows(values_only=True))
    colonnes = {nom: [ligne[rang] for ligne in lignes[1:]] for rang, nom in enumerate(lignes[0])}
    for nom, valeurs in series_of(cadre.chart):
        assert colonnes[nom] == valeurs
    mots = list(classeur[FEUILLE_EN_MOTS].iter_rows(values_only=True))
    assert [ligne[0] for ligne in mots[1:]] == list(image.categories)
    for rang, serie in enumerate(image.series, 1):
        assert mots[0][rang] == serie.nom
        assert [ligne[rang] for ligne in mots[1:]] == list(serie.textes)
    assert not any(
        cellule.data_type == "f" for feuille in classeur for ligne in feuille.iter_rows() for cellule in ligne
    )


@pytest.mark.parametrize("image", IMAGES, ids=lambda i: i.genre)
def test_the_chart_points_to_its_workbook_in_french(image: Image) -> None:
    _, cadre = chart_of(image)
    references = [f.text for f in cadre.chart._chartSpace.iter(f"{C}f")]
    assert references
    assert all(reference.startswith(f"'{FEUILLE}'!$") for reference in references)
    assert [e.get("val") for e in cadre.chart._chartSpace.iter(f"{C}lang")] == ["fr-FR"]
    formats = {e.get("formatCode") for e in cadre.chart._chartSpace.iter(f"{C}numFmt")}
    assert all(f.startswith("[$-40C]") or f == "General" for f in formats)


@pytest.mark.parametrize("image", IMAGES, ids=lambda i: i.genre)
def test_the_alternative_text_says_every_number(image: Image) -> None:
    _, cadre = chart_of(image)
    alternative = plain(cadre._element.xpath("./p:nvGraphicFramePr/p:cNvPr/@descr")[0])
    assert plain(image.sujet) in alternative
    for serie in image.series:
        for categorie, texte in zip(image.categories, serie.textes, strict=True):
            assert plain(categorie) in alternative
            assert plain(texte) in alternative


@pytest.mark.parametrize("image", IMAGES, ids=lambda i: i.genre)
def test_the_message_is_the_title_and_masked_numbers_are_said(image: Image) -> None:
    diapositive, cadre = chart_of(image)
    assert plain(diapositive.shapes.title.text_frame.text) == plain(image.message)
    noms = " ".join(str(c) for c in cadre.chart.plots[0].categories)
    ecrits = plain(" ".join(texts_of(diapositive)) + " " + noms).lower()
    for serie in image.series:
        for valeur, texte in zip(serie.valeurs, serie.textes, strict=True):
            assert valeur is not None or texte in ecrits


def test_a_name_that_is_cut_is_whole_in_the_notes_and_in_the_workbook() -> None:
    nom = f"{fabrique.TITRE_LONG} et {fabrique.TITRE_LONG}"
    longue = fabrique.barres_longues()
    image = replace(longue, categories=(nom, *longue.categories[1:]))
    diapositive, cadre = chart_of(image)
    assert str(cadre.chart.plots[0].categories[0]).endswith("…")
    assert nom in diapositive.notes_slide.notes_text_frame.text
    assert workbook_of(cadre.chart)[FEUILLE_EN_MOTS]["A2"].value == nom


def test_the_reference_is_a_line_of_the_same_chart() -> None:
    image = fabrique.parite()
    _, cadre = chart_of(image)
    lignes = cadre.chart._chartSpace.findall(f".//{C}lineChart")
    assert len(lignes) == 1
    assert (image.nom_du_repere, [0.5] * 6) in series_of(cadre.chart)
    axes = {e.get("val") for e in cadre.chart._chartSpace.findall(f".//{C}barChart/{C}axId")}
    assert axes == {e.get("val") for e in lignes[0].findall(f"{C}axId")}


def test_the_steps_of_a_waterfall_stand_where_the_stock_was() -> None:
    _, cadre = chart_of(fabrique.cascade())
    assert dict(series_of(cadre.chart))[BASE_INVISIBLE] == [0.0, 1012.0, 986.0, 0.0]


def test_a_step_too_low_for_its_number_has_it_in_its_name() -> None:
    cascade = replace(fabrique.cascade(), series=(fabrique.serie("Parcours", "parcours", 9000, 12, 7, 9005),))
    _, cadre = chart_of(cascade)
    assert [str(c) for c in cadre.chart.plots[0].categories][1:3] == ["Entrées : 12", "Sorties : 7"]


def test_shares_become_plain_numbers_when_a_part_is_hidden() -> None:
    masquee, entiere = fabrique.parts(), _without_gap(fabrique.parts())
    _, cadre = chart_of(masquee)
    assert cadre.chart._chartSpace.findall(f".//{C}grouping")[0].get("val") == "stacked"
    _, cadre = chart_of(entiere)
    assert cadre.chart._chartSpace.findall(f".//{C}grouping")[0].get("val") == "percentStacked"


def _without_gap(image: Image) -> Image:
    return replace(
        image,
        series=tuple(Serie(s.nom, tuple(v or 7.0 for v in s.valeurs), s.textes) for s in image.series),
    )


def _all_masked(image: Image) -> Image:
    series = tuple(Serie(s.nom, (None,) * len(s.valeurs), ("moins de 5",) * len(s.valeurs)) for s in image.series)
    return replace(image, series=series, message="Rien n’est montré.", effectif="")


@pytest.mark.parametrize("image", [_all_masked(i) for i in IMAGES], ids=lambda i: i.genre)
def test_what_is_wholly_masked_is_a_table_of_words(image: Image) -> None:
    deck = deck_of(image)
    assert charts_of(deck) == []
    textes = [plain(t) for diapositive in deck.slides for t in texts_of(diapositive)]
    assert textes.count("moins de 5") == len(image.categories) * len(image.series)


def test_every_picture_of_an_edition_has_its_chart() -> None:
    edition: Edition = fabrique.edition()
    images = [image for section in edition.sections for image in section.images]
    cadres = charts_of(open_deck(build(edition)))
    assert [c.name for _, c in cadres] == [f"Graphique : {i.sujet}" for i in images]
    # Targets are shapes, a map is a picture: no native chart has a bar and a tick, or places.
    assert {i.genre for i in images} == set(Forme) - {Forme.PUCES, Forme.CARTE}


def test_a_picture_of_targets_is_bullets() -> None:
    cibles = fabrique.groupes()[1].cibles
    image = draw_bullets("Objectifs de l’opération", cibles)
    deck = deck_of(image)
    puces = [f for d in deck.slides for f in d.shapes if f.name.startswith("Objectif : ")]
    assert [f.name.removeprefix("Objectif : ") for f in puces] == list(image.categories)
    assert charts_of(deck) == []
    for forme, part, texte in zip(puces, image.series[0].valeurs, image.series[0].textes, strict=True):
        formes = {f.name: f for f in forme.shapes}
        assert plain(formes["État"].text_frame.text) == plain(texte)
        if part is None:
            assert "Réalisé" not in formes
        else:
            entier, realise = formes["Objectif (100 %)"], formes["Réalisé"]
            assert realise.width / entier.width == pytest.approx(min(part, 1.3), abs=0.002)


def test_a_map_is_a_picture_said_in_words() -> None:
    deck = deck_of(fabrique.carte())
    assert charts_of(deck) == []
    (carte,) = [f for d in deck.slides for f in d.shapes if f.name.startswith("Carte : ")]
    assert "Agen, File active : 120 ; Agen, Sorties positives : 46,0 %" in plain(description_of(carte))


def test_a_name_has_its_colour_in_native_charts() -> None:
    femmes = replace(
        fabrique.barres_longues(), categories=("Femmes", "Agen"), series=(fabrique.serie("n", "parcours", 4, 2),)
    )
    _, cadre = chart_of(femmes)
    (seul,) = cadre.chart._chartSpace.iter(f"{C}dPt")
    assert [e.get("val") for e in seul.iter() if str(e.tag).endswith("srgbClr")] == [palette.FEMMES.lstrip("#")]
    _, cadre = chart_of(fabrique.parts())
    couleurs = [str(s.format.fill.fore_color.rgb) for s in cadre.chart.plots[0].series]
    assert couleurs == [c.lstrip("#") for c in palette.colors_of(fabrique.parts()).values()]


def test_a_table_of_words_stands_in_the_notes_and_for_what_is_not_drawn() -> None:
    tableau = Tableau(("Mois", "Ce qui s’est passé"), (("mai 2021", "Fermeture de deux jours"),))
    diapositive, _ = chart_of(replace(fabrique.temps(), tableau=tableau))
    assert "mai 2021 : Fermeture de deux jours" in diapositive.notes_slide.notes_text_frame.text
    sans = replace(_all_masked(fabrique.temps()), tableau=tableau)
    textes = [t for d in deck_of(sans).slides for t in texts_of(d)]
    assert "Fermeture de deux jours" in textes


def test_tables_of_words_are_native_tables() -> None:
    lignes = (("CDI", "Protocole, article 4"), ("CDD", "Commission"))
    regles = Tableau(("Type de sortie", "Source"), lignes, "Règles de sortie appliquées", "deux règles")
    section = replace(fabrique.sections()[-1], images=(), tableaux=(regles,))
    deck = open_deck(build(fabrique.edition(sections=(section,), suivis=(), definitions=())))
    (table,) = [f for d in deck.slides for f in d.shapes if getattr(f, "has_table", False) and f.has_table]
    assert [[c.text_frame.text for c in r.cells] for r in table.table.rows] == [list(regles.entete), *map(list, lignes)]


def test_what_a_screen_alone_shows_is_left_out_and_notes_are_printed() -> None:
    absente = replace(fabrique.parts(), absence="Rien.", message="Une absente.")
    detail = replace(fabrique.temps(), detail_seul=True, message="Un détail.")
    section = replace(
        fabrique.sections()[0], images=(absente, detail), notes=("À savoir.",), muets="Non documenté : heures d’étapes."
    )
    for montree in (section, replace(section, chiffres=(), phrases=())):
        deck = open_deck(build(fabrique.edition(sections=(montree,), suivis=(), definitions=())))
        ecrits = plain(" ".join(t for d in deck.slides for t in texts_of(d)))
        assert "À savoir." in ecrits
        assert "Non documenté : heures d’étapes." in ecrits
        assert "Une absente." not in ecrits
        assert "Un détail." not in ecrits


def test_many_months_are_named_one_in_several_and_drawn_whole() -> None:
    temps = fabrique.temps()
    mois = tuple(f"mois {i}" for i in range(72))
    longue = replace(temps, categories=mois, series=(fabrique.serie("Parcours", "parcours", *map(float, range(72))),))
    _, cadre = chart_of(longue)
    (saut,) = cadre.chart._chartSpace.iter(f"{C}tickLblSkip")
    assert int(saut.get("val")) > 1
    assert len(series_of(cadre.chart)[0][1]) == 72


# The order of the schema (ECMA-376, dml-chart): PowerPoint « repairs » a chart that does not follow it.
ORDRES = {
    "chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotFmts protection chart spPr txPr "
    "externalData printSettings userShapes",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs "
    "showDLblsOverMax",
    "plotArea": "layout barChart lineChart catAx dateAx valAx dTable spPr",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId",
    "ser": "idx order tx spPr invertIfNegative pictureOptions marker dPt dLbls trendline errBars cat val smooth shape",
    "dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize separator showLeaderLines",
    "dLbl": "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize separator",
    "catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    "valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossesAt crossBetween majorUnit minorUnit dispUnits",
    "scaling": "logBase orientation max min",
    "legend": "legendPos legendEntry layout overlay spPr txPr",
}


@pytest.mark.parametrize("image", IMAGES, ids=lambda i: i.genre)
def test_the_xml_follows_the_order_of_the_schema(image: Image) -> None:
    _, cadre = chart_of(image)
    for element in cadre.chart._chartSpace.iter():
        ordre = ORDRES.get(str(element.tag).removeprefix(C), "").split()
        if ordre:
            enfants = [str(e.tag).rpartition("}")[2] for e in element]
            rangs = [ordre.index(nom) for nom in enfants]
            assert rangs == sorted(rangs), (element.tag, enfants)


@pytest.mark.parametrize("image", IMAGES, ids=lambda i: i.genre)
def test_labels_stand_where_the_kind_of_chart_allows(image: Image) -> None:
    # « outEnd » on stacked bars, or « ctr » beyond a line, makes PowerPoint refuse the whole deck.
    _, cadre = chart_of(image)
    for genre, permises in (
        ("barChart", {"ctr", "inEnd", "inBase", "outEnd"}),
        ("lineChart", {"t", "b", "l", "r", "ctr"}),
    ):
        for trace in cadre.chart._chartSpace.iter(f"{C}{genre}"):
            empilees = trace.find(f"{C}grouping").get("val") != "clustered" and genre == "barChart"
            positions = {e.get("val") for e in trace.iter(f"{C}dLblPos")}
            assert positions <= (permises - {"outEnd"} if empilees else permises)
