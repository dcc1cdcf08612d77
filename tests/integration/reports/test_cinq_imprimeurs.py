"""One edition, five printers: each card, sentence, picture and target is the same wherever it is printed.

A printer is a function from an edition to what a reader finds in it, read back from what it made.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pypdf
import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from components.impression import cartes
from data_access.base.moteur import make_engine
from indicators.perimetre import Periode
from pages.animation.projection.diapositives import LIGNES_PAR_DIAPOSITIVE
from reports import pdf, pptx, xlsx
from reports.notice import fit_to_page, table_of
from reports.pptx.graphiques import BASE_INVISIBLE
from reports.xlsx.feuille import cell_value
from seances.edition import compose
from seances.preparation import DemandeDEdition
from sections.contenu import Chiffre, Edition
from sections.images import Forme, Image, Tableau
from tests.partage import copy_base, sample_base
from tests.unit.reports import fabrique
from tests.unit.reports.lecture_pptx import charts_of, open_deck, series_of, shapes_of, texts_of

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
C = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Nombres = list[float | None]


@dataclass(frozen=True)
class Lu:
    """What a printer printed. `texte`: all its words, without blanks. `cartes`: name and number (or word) of each large
    figure; `series`: the numbers drawn, by subject of the picture and name of the series. None where what it made
    holds words alone: `texte` has them."""

    texte: str
    cartes: list[tuple[str, float | str]] | None = None
    series: dict[str, dict[str, Nombres]] | None = None
    raccourcir: Callable[[Tableau], Tableau] = lambda tableau: tableau


def flat(texte: str) -> str:
    return "".join(texte.split())


def read_slides(edition: Edition) -> Lu:
    """Slides and their notes: what a title had to cut is whole there."""
    deck = open_deck(pptx.build(edition))
    textes = [t for d in deck.slides for t in (*texts_of(d), d.notes_slide.notes_text_frame.text)]
    cartes = []
    for forme in (f for d in deck.slides for f in shapes_of(d.shapes) if f.name.startswith("Chiffre : ")):
        ecrits = {f.name: f.text_frame.text for f in forme.shapes if f.has_text_frame}
        cartes.append((flat(ecrits["Libellé"]), flat(ecrits["Valeur"])))
    series = {
        cadre.name.removeprefix("Graphique : "): {n: v for n, v in series_of(cadre.chart) if n != BASE_INVISIBLE}
        for _, cadre in charts_of(deck)
    }
    return Lu(flat(" ".join(textes)), cartes, series)


def read_workbook(edition: Edition) -> Lu:
    """Cells, and the numbers of the charts wherever they are drawn from."""
    octets = xlsx.build(edition)
    classeur = openpyxl.load_workbook(io.BytesIO(octets))
    cartes: list[tuple[str, float | str]] = []
    for feuille in classeur.worksheets[1:-3]:
        lignes = [ligne[:2] for ligne in feuille.iter_rows(values_only=True)]
        debut = next((rang for rang, ligne in enumerate(lignes) if ligne[0] == "Chiffre"), len(lignes))
        for libelle, valeur in lignes[debut + 1 :]:
            if libelle is None or valeur is None:
                break
            cartes.append((flat(str(libelle)), valeur if isinstance(valeur, int | float) else flat(str(valeur))))
    textes = [str(v) for f in classeur.worksheets for ligne in f.iter_rows(values_only=True) for v in ligne if v]
    return Lu(flat(" ".join(textes)), cartes, dict(_list_charts(octets, classeur)))


def _list_charts(octets: bytes, classeur: Any) -> Iterator[tuple[str, dict[str, Nombres]]]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        racines = [ET.fromstring(archive.read(nom)) for nom in archive.namelist() if "/charts/chart" in nom]
    for racine in racines:
        titre = "".join(t.text or "" for t in racine.findall(f".//c:title//{A}t", C))
        series = {}
        for serie in racine.findall(".//c:barChart/c:ser", C) + racine.findall(".//c:lineChart/c:ser", C):
            nom = serie.findtext("c:tx/c:strRef/c:f", None, C)
            if nom is None or not (cellule := _cells(classeur, nom)[0]):
                continue
            series[str(cellule)] = _cells(classeur, serie.findtext("c:val/c:numRef/c:f", "", C))
        yield titre, {nom: valeurs for nom, valeurs in series.items() if nom != "Appui"}


def _cells(classeur: Any, plage: str) -> list[Any]:
    feuille, _, cellules = plage.rpartition("!")
    lues = classeur[feuille.strip("'").replace("''", "'")][cellules.replace("$", "")]
    return [ligne[0].value for ligne in lues] if isinstance(lues, tuple) else [lues.value]


def read_document(edition: Edition) -> Lu:
    """The words of the PDF: its pictures are drawings, each beside its table."""
    lecteur = pypdf.PdfReader(io.BytesIO(pdf.build(edition)))
    # Headers and footers come in the middle of what runs from page to page.
    pages = [re.sub(r"page \d+ sur \d+", "", page.extract_text()) for page in lecteur.pages]
    return Lu(flat(" ".join(pages)), raccourcir=fit_to_page)


def read_screen(edition: Edition) -> Lu:
    """An edition reopened on screen: its elements, and the data of its charts by the subject of their alternative
    text."""

    def script() -> None:
        import streamlit as st

        from components.impression.edition import show_suivis
        from components.impression.section import show_section

        for section in st.session_state["edition"].sections:
            show_section(section, section.code)
        show_suivis(st.session_state["edition"].suivis)

    app = _run(script, edition)
    series: dict[str, dict[str, Nombres]] = {}
    dessins = [element.proto for element in app.get("vega_lite_chart")]
    for image in images_of(edition):
        siens = [d for d in dessins if d.alt.startswith(f"{image.sujet}.")]
        if not siens or image.genre in (Forme.PUCES, Forme.CARTE):
            continue
        lignes = [
            ligne
            for donnees in siens[0].datasets
            for ligne in convert_arrow_bytes_to_pandas_df(donnees.data.data).to_dict("records")
            if "serie" in ligne and "categorie" in ligne
        ]
        series[image.sujet] = {s.nom: _in_order(image, s.nom, lignes) for s in image.series}
    return Lu(_words_of(app), _cards_of(app), series)


def _in_order(image: Image, serie: str, lignes: list[dict]) -> Nombres:
    """The numbers of a series in the order of its categories; a layer of the chart may hold them again."""
    lues = {ligne["categorie"]: ligne["valeur"] for ligne in lignes if ligne["serie"] == serie}
    # The year before of a part is a ring on the line of the year.
    lues |= {ligne["categorie"]: ligne["avant"] for ligne in lignes if ligne.get("serie_avant") == serie}
    return [None if pd.isna(valeur := lues.get(nom)) else valeur for nom in image.categories]


def read_projection(edition: Edition) -> Lu:
    """Every slide that is projected, and the word of the team beside it."""

    def script() -> None:
        import streamlit as st

        from pages.animation.projection.diapositives import list_slides

        for slide in list_slides(st.session_state["edition"]):
            slide.montrer()
            st.text(slide.commentaire)

    app = _run(script, edition)
    return Lu(_words_of(app), _cards_of(app), raccourcir=lambda t: t.shortened(LIGNES_PAR_DIAPOSITIVE))


def _run(script: Callable[[], None], edition: Edition) -> AppTest:
    app = AppTest.from_function(script, default_timeout=120)
    app.session_state["edition"] = edition
    with pytest.MonkeyPatch.context() as retouche:
        # The link of a card keeps the filters of the page: here is no page.
        retouche.setattr(cartes, "_definitions_link", lambda: "")
        app.run()
    assert not app.exception
    assert [e.value for e in app.error] == []
    return app


def _words_of(app: AppTest) -> str:
    ecrits = (*app.markdown, *app.caption, *app.subheader, *app.info, *app.text)
    tables = [mot for t in app.table for ligne in t.value.astype(str).to_numpy() for mot in ligne]
    html = [unescape(re.sub(r"<[^>]*>", "", e.proto.body)) for e in app.get("html")]
    # What is typed is escaped for Markdown: read back as a reader sees it.
    mots = [re.sub(r"\\\\([\W_])", r"\1", unescape(str(e.value))) for e in ecrits]
    return flat(" ".join((*mots, *tables, *html)))


def _cards_of(app: AppTest) -> list[tuple[str, float | str]]:
    trouvees = re.compile(r'<span class="titre">(.*?)</span><strong class="[a-z ]*">(.*?)</strong>')
    paires = [paire for e in app.get("html") for paire in trouvees.findall(e.proto.body)]
    return [(flat(unescape(libelle)), flat(unescape(texte))) for libelle, texte in paires]


IMPRIMEURS: dict[str, Callable[[Edition], Lu]] = {
    "diapositives": read_slides,
    "classeur": read_workbook,
    "document": read_document,
    "écran": read_screen,
    "projection": read_projection,
}


@pytest.fixture(scope="module", params=["agenais", "édition inventée"])
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    if request.param != "agenais":
        return fabrique.edition()
    fichier = tmp_path_factory.mktemp("cinq") / "plie.db"
    engine = make_engine(copy_base(sample_base("agenais"), fichier))
    with engine.connect() as base:
        periode = Periode(date(2021, 1, 1), date(2021, 9, 30))
        composee = compose(base, DemandeDEdition("AGENAIS", "comite_pilotage", periode, "comite"))
    engine.dispose()
    return composee


@pytest.fixture(scope="module", params=IMPRIMEURS)
def lu(request: pytest.FixtureRequest, edition: Edition) -> Lu:
    return IMPRIMEURS[request.param](edition)


def chiffres_of(edition: Edition) -> list[Chiffre]:
    return [c for section in edition.sections for c in section.chiffres]


def images_of(edition: Edition) -> list[Image]:
    return [i for section in edition.sections for i in section.a_imprimer]


def test_every_card_and_no_other(edition: Edition, lu: Lu) -> None:
    attendus = chiffres_of(edition)
    assert len(attendus) > 8
    if lu.cartes is None:
        assert [c.libelle for c in attendus if flat(f"{c.libelle}{c.texte}") not in lu.texte] == []
        return
    assert [nom for nom, _ in lu.cartes] == [flat(c.libelle) for c in attendus]
    for (nom, valeur), chiffre in zip(lu.cartes, attendus, strict=True):
        if isinstance(valeur, str):
            assert valeur == flat(chiffre.texte), nom
        else:
            assert valeur == pytest.approx(cell_value(chiffre.valeur or 0.0, chiffre.unite)), nom


def test_every_sentence(edition: Edition, lu: Lu) -> None:
    dites = [m for s in edition.sections for m in (s.message, *s.phrases, *s.notes, s.muets, *s.points_de_decision)]
    dites += [t for s in edition.sections for t in re.split(r"\n+", s.commentaire)]
    assert [texte for texte in dites if flat(texte) not in lu.texte] == []


def test_every_picture_with_its_message_and_its_numbers(edition: Edition, lu: Lu) -> None:
    images = images_of(edition)
    assert [image.message for image in images if flat(image.message) not in lu.texte] == []
    dessinees = [image for image in images if image.dessinable and image.genre not in (Forme.PUCES, Forme.CARTE)]
    assert len(dessinees) > 6
    if lu.series is None:
        lignes = [(i.message, ligne) for i in images for ligne in table_of(i).lignes]
        assert [ligne for _, ligne in lignes if flat("".join(ligne)) not in lu.texte] == []
        return
    assert list(lu.series) == [image.sujet for image in dessinees]
    for image in dessinees:
        montrees = lu.series[image.sujet]
        assert list(montrees)[: len(image.series)] == [serie.nom for serie in image.series]
        for serie in image.series:
            _assert_same(montrees[serie.nom], serie.valeurs, image)


def _assert_same(lues: Nombres, attendues: tuple[float | None, ...], image: Image) -> None:
    assert len(lues) == len(attendues), image.code
    for rang, (lue, attendue) in enumerate(zip(lues, attendues, strict=True)):
        # A bar cut in parts loses all of them when one is unknown: the others are not the shares of a whole.
        perdue = image.genre is Forme.PARTS and any(s.valeurs[rang] is None and not s.base for s in image.series)
        assert lue == pytest.approx(attendue) or (lue is None and (attendue is None or perdue)), (image.code, rang)


def test_every_target(edition: Edition, lu: Lu) -> None:
    cibles = [c for section in edition.sections for groupe in section.groupes for c in groupe.cibles]
    assert len(cibles) > 8
    assert [c.libelle for c in cibles if flat(c.libelle) not in lu.texte] == []
    # The PDF writes the status in a label of its own.
    # The screen writes what is done with its unit.
    ecrits = lu.texte.lower()
    manques = [c.texte for c in cibles if flat(re.sub(r"^[^:\d]*:\s", "", c.texte)).lower() not in ecrits]
    faits = {c.texte: flat(c.fait).lower() for c in cibles}
    assert [texte for texte in manques if not faits[texte] or faits[texte] not in ecrits] == []


def test_every_table_of_words(edition: Edition, lu: Lu) -> None:
    for tableau in (t for section in edition.sections for t in section.tableaux):
        assert flat(tableau.titre) in lu.texte
        # What is projected is shortened, and says so; papers have a place for the rest.
        court = lu.raccourcir(tableau)
        assert flat(court.note) in lu.texte
        for ligne in court.lignes:
            assert all(flat(mot) in lu.texte for mot in ligne), ligne
