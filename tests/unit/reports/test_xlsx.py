"""The workbook, read back: the same numbers as the edition, true numbers, no formula, words where they are masked."""

import io
import re
import warnings
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Photo

from charts import palette
from indicators.declaration import Unite
from indicators.resultats import Etat
from reports.xlsx import build
from seances.edition import freeze, thaw
from sections.contenu import Edition, Section, draw_bullets
from sections.images import Image, Tableau
from tests.unit.reports import fabrique

HOSTILES = ("=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "http://exemple.invalid/=1", '=HYPERLINK("x")')


def lire(octets: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        # openpyxl does not know the data bars of Excel 2010, and says so.
        warnings.filterwarnings("ignore", ".*extension is not supported")
        return openpyxl.load_workbook(io.BytesIO(octets))


@pytest.fixture(scope="module")
def edition() -> Edition:
    return fabrique.edition()


@pytest.fixture(scope="module")
def octets(edition: Edition) -> bytes:
    return build(edition)


@pytest.fixture(scope="module")
def classeur(octets: bytes) -> openpyxl.Workbook:
    return lire(octets)


def textes(feuille: Worksheet) -> list[str]:
    return [c.value for ligne in feuille.iter_rows() for c in ligne if isinstance(c.value, str)]


def ligne_de(feuille: Worksheet, premier: str, apres: int = 1) -> int:
    """Row of the first cell of column A that holds `premier`, after row `apres`."""
    for rang in range(apres, feuille.max_row + 1):
        if feuille.cell(rang, 1).value == premier:
            return rang
    raise AssertionError(f"« {premier} » n’est pas dans {feuille.title}")


def test_the_sheets_are_those_of_the_edition(classeur: openpyxl.Workbook, edition: Edition) -> None:
    sections = [s.titre for s in edition.sections]
    assert classeur.sheetnames == ["Lisez-moi", *sections, "Décisions", "Définitions", "Chiffres"]


def test_every_large_figure_is_a_number(classeur: openpyxl.Workbook, edition: Edition) -> None:
    lus = 0
    for section in edition.sections:
        feuille = classeur[section.titre]
        for chiffre in section.chiffres:
            rang = ligne_de(feuille, chiffre.libelle)
            valeur = feuille.cell(rang, 2).value
            if chiffre.valeur is None:
                assert valeur == chiffre.texte
            else:
                assert valeur == pytest.approx(chiffre.valeur, rel=1e-14, abs=0)
                lus += 1
    assert lus == 7


def images_of(edition: Edition) -> list[tuple[Section, Image]]:
    return [(s, i) for s in edition.sections for i in s.images]


def test_every_table_holds_the_numbers_of_its_picture(classeur: openpyxl.Workbook, edition: Edition) -> None:
    nombres = mots = 0
    for section, image in images_of(edition):
        feuille = classeur[section.titre]
        entete = ligne_de(feuille, image.entete, ligne_de(feuille, image.message))
        assert [feuille.cell(entete, 2 + i).value for i in range(len(image.series))] == [s.nom for s in image.series]
        for rang, categorie in enumerate(image.categories, 1):
            assert feuille.cell(entete + rang, 1).value == categorie
            for colonne, serie in enumerate(image.series, 2):
                lue, attendue = feuille.cell(entete + rang, colonne), serie.valeurs[rang - 1]
                if attendue is None:
                    assert lue.value == serie.textes[rang - 1]
                    mots += 1
                else:
                    assert lue.value == pytest.approx(attendue, rel=1e-14, abs=0)
                    assert lue.data_type == "n"
                    assert lue.number_format != "General"
                    nombres += 1
    assert nombres == sum(v is not None for _, i in images_of(edition) for s in i.series for v in s.valeurs) > 80
    assert mots == 8


def test_every_target_is_a_number(classeur: openpyxl.Workbook, edition: Edition) -> None:
    feuille = classeur["Objectifs"]
    lus = 0
    rang = 1
    for groupe in edition.sections[1].groupes:
        rang = ligne_de(feuille, groupe.titre, rang)
        for cible in groupe.cibles:
            rang = ligne_de(feuille, cible.libelle, rang + 1)
            attendues = (cible.realise, cible.objectif, cible.attendu, cible.part)
            for colonne, attendue in enumerate(attendues, 2):
                lue = feuille.cell(rang, colonne).value
                if attendue is None:
                    assert isinstance(lue, str)
                    assert lue in ("moins de 5", "sans donnée", "non paramétré", "sans objet")
                else:
                    assert lue == pytest.approx(attendue, rel=1e-14, abs=0)
                    lus += 1
            assert feuille.cell(rang, 10).value.date() == cible.fin
    assert lus > 140
    assert len(feuille.conditional_formatting) == len(edition.sections[1].groupes)


def test_the_proof_lists_every_published_cell(edition: Edition) -> None:
    cellule = edition.figures[0].cellules[0]
    cachee = replace(
        cellule, par=(("sexe", "F"),), etat=Etat.MOINS_DE_5, valeur=None, numerateur=None, denominateur=None
    )
    part = replace(cellule, par=(("sexe", "H"),), valeur=0.25, numerateur=5.0, denominateur=20.0)
    figures = (edition.figures[0], replace(edition.figures[0], unite="%", cellules=(cachee, part)))
    feuille = lire(build(replace(edition, figures=figures)))["Chiffres"]
    lignes = [[c.value for c in ligne] for ligne in feuille.iter_rows(min_row=ligne_de(feuille, "Chiffre") + 1)]
    assert [ligne[1] for ligne in lignes] == ["ensemble", "Sexe : Femmes", "Sexe : Hommes"]
    assert lignes[0][6:10] == ["publié", 986, 986, None]
    assert lignes[1][6:10] == ["moins de 5", "moins de 5", "moins de 5", "moins de 5"]
    assert lignes[2][6:10] == ["publié", 0.25, 5, 20]
    assert feuille.auto_filter.ref is not None


def test_no_text_is_a_formula_even_hostile(edition: Edition) -> None:
    hostile = "\n".join(HOSTILES)
    image = replace(
        edition.sections[2].images[1], message=HOSTILES[0], sujet=HOSTILES[1], entete="=A1", note=HOSTILES[3],
        categories=(*HOSTILES, "a", "b", "c", "d", "e"),
    )  # fmt: skip
    sections = (
        replace(
            edition.sections[0], titre="=Synthèse", message=HOSTILES[0], phrases=HOSTILES, commentaire=hostile,
            points_de_decision=HOSTILES, images=(image,),
            chiffres=tuple(replace(c, libelle=h, evolution=h, cible=h, precision=h)
                           for c, h in zip(edition.sections[0].chiffres, HOSTILES, strict=False)),
        ),
        *edition.sections[1:],
    )  # fmt: skip
    suivis = tuple(replace(s, texte=h, porteur=h, suivi=h) for s, h in zip(edition.suivis, HOSTILES, strict=False))
    definitions = tuple(replace(d, texte=HOSTILES[0], libelle=HOSTILES[5]) for d in edition.definitions)
    octets = build(
        replace(
            edition, plie=HOSTILES[0], titre=HOSTILES[1], perimetre=HOSTILES[2], commentaire=hostile,
            regles=HOSTILES, sections=sections, suivis=suivis, definitions=definitions,
        )
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        feuilles = [nom for nom in archive.namelist() if nom.startswith("xl/worksheets/sheet")]
        assert not [
            nom for nom in feuilles if "<f>" in archive.read(nom).decode() or "<f " in archive.read(nom).decode()
        ]
        liens = [nom for nom in archive.namelist() if nom.startswith("xl/worksheets/_rels")]
        assert not [nom for nom in liens if "exemple.invalid" in archive.read(nom).decode()]
    ecrits = [t for feuille in lire(octets).worksheets for t in textes(feuille)]
    for texte in HOSTILES:
        assert any(texte.strip() in ecrit for ecrit in ecrits), texte


def test_charts_are_native_and_described(octets: bytes, edition: Edition) -> None:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        graphiques = {nom: archive.read(nom).decode() for nom in archive.namelist() if "/charts/chart" in nom}
        dessins = "".join(archive.read(nom).decode() for nom in archive.namelist() if "/drawings/drawing" in nom)
    assert len(graphiques) == len(images_of(edition)) == 7
    for genre in ("lineChart", "barChart"):
        assert any(f"<c:{genre}>" in texte for texte in graphiques.values())
    assert sum('<c:grouping val="percentStacked"/>' in texte for texte in graphiques.values()) == 1
    assert all('<c:dispBlanksAs val="gap"/>' in t or "dispBlanksAs" not in t for t in graphiques.values())
    descriptions = re.findall(r'descr="([^"]+)"', dessins)
    assert len(descriptions) == 1 + 7
    for _, image in images_of(edition):
        assert any(d.startswith(image.sujet) for d in descriptions)


def test_a_masked_cell_is_not_drawn_as_zero(octets: bytes, classeur: openpyxl.Workbook) -> None:
    """Charts with a masked cell are drawn from cells that are empty there: Excel draws a word as a zero."""
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        graphiques = [archive.read(nom).decode() for nom in archive.namelist() if "/charts/chart" in nom]
    plages = [p for t in graphiques for p in re.findall(r"<c:val><c:numRef><c:f>([^<]+)</c:f>", t)]
    assert len(plages) > 10
    for plage in plages:
        nom, _, cellules = plage.rpartition("!")
        feuille = classeur[nom.strip("'")]
        for ligne in feuille[cellules.replace("$", "")]:
            assert ligne[0].value is None or isinstance(ligne[0].value, int | float), plage


def test_parts_left_alone_are_not_drawn_as_a_whole(edition: Edition) -> None:
    publics = edition.sections[4]
    feuille = lire(build(edition))[publics.titre]
    caches = {c.value for ligne in feuille.iter_rows(min_col=42) for c in ligne if isinstance(c.value, int | float)}
    assert 164 in caches
    assert 12 not in caches


def test_a_picture_without_any_number_has_no_chart(edition: Edition) -> None:
    image = fabrique.parts()
    vide = replace(
        image, series=tuple(replace(s, valeurs=(None,) * 3, textes=("moins de 5",) * 3) for s in image.series)
    )
    octets = build(replace(edition, sections=(replace(edition.sections[0], images=(vide,)),)))
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert not [nom for nom in archive.namelist() if "/charts/" in nom]
    assert any("Pas de graphique" in t for t in textes(lire(octets)["Synthèse"]))


def test_the_readme_says_what_must_be_known(classeur: openpyxl.Workbook, edition: Edition) -> None:
    ecrits = "\n".join(textes(classeur["Lisez-moi"]))
    for mot in (
        edition.perimetre, "30 septembre 2021", "n°\u00a03", "arrondis à 5 près", "remplace 1 à 4",
        "Données inventées", "Fonds social européen", "Union européenne", "8 octobre 2021", *edition.regles,
    ):  # fmt: skip
        assert mot in ecrits, mot


def test_an_exact_edition_warns_whom_not_to_give_it_to(edition: Edition) -> None:
    ecrits = "\n".join(textes(lire(build(replace(edition, arrondi_a=0)))["Lisez-moi"]))
    assert "Effectifs exacts" in ecrits
    assert "ne le diffusez pas" in ecrits


def test_sheet_names_fit_excel_and_differ(edition: Edition) -> None:
    titre = "Sorties [2021] : positives/négatives, un titre bien trop long"
    sections = tuple(
        replace(s, titre=t) for s, t in zip(edition.sections, (titre, titre, "'", "Décisions", ""), strict=True)
    )
    noms = lire(build(replace(edition, sections=sections))).sheetnames
    assert len({nom.casefold() for nom in noms}) == len(noms) == 9
    assert all(0 < len(nom) <= 31 and not set(nom) & set("[]:*?/\\") for nom in noms)


def test_long_texts_are_kept_whole(edition: Edition) -> None:
    long = " ".join(f"mot{i}" for i in range(9000))
    sections = (replace(edition.sections[0], commentaire=long),)
    feuille = lire(build(replace(edition, sections=sections)))["Synthèse"]
    debut = ligne_de(feuille, "Commentaire de l’équipe")
    morceaux = [feuille.cell(r, 1).value for r in range(debut + 1, feuille.max_row + 1) if feuille.cell(r, 1).value]
    assert " ".join(morceaux).split() == long.split()
    assert max(feuille.row_dimensions[r].height for r in range(1, feuille.max_row)) < 409


def test_logos_are_placed_and_a_broken_one_is_named(edition: Edition) -> None:
    logo = io.BytesIO()
    Photo.new("RGB", (400, 100), "#AA3300").save(logo, "PNG")
    octets = build(edition, (("Région", logo.getvalue()), ("Abîmé", b"pas une image")))
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert len([nom for nom in archive.namelist() if nom.startswith("xl/media/")]) == 2
        assert 'descr="Région"' in archive.read("xl/drawings/drawing1.xml").decode()
    assert any("Abîmé" in t for t in textes(lire(octets)["Lisez-moi"]))


def test_pages_are_a4_in_landscape_with_their_header(classeur: openpyxl.Workbook, edition: Edition) -> None:
    for feuille in classeur.worksheets:
        assert (feuille.page_setup.paperSize, feuille.page_setup.orientation) == (9, "landscape")
        assert edition.plie in feuille.oddHeader.left.text
        assert feuille.oddFooter.right.text == "Page &P sur &N"
        assert feuille.print_title_rows
        assert feuille.freeze_panes


def test_the_same_edition_is_the_same_file(edition: Edition) -> None:
    gelee = thaw(freeze(edition))
    fige = replace(gelee, publie_le=datetime(2021, 10, 8, 14, tzinfo=UTC))
    assert build(fige) == build(edition)


def test_points_are_written_in_points(edition: Edition) -> None:
    ecart = replace(edition.sections[0].chiffres[0], libelle="Écart", valeur=0.042, unite=str(Unite.POINTS))
    feuille = lire(build(replace(edition, sections=(replace(edition.sections[0], chiffres=(ecart,)),))))["Synthèse"]
    assert feuille.cell(ligne_de(feuille, "Écart"), 2).value == pytest.approx(4.2)


def test_progress_grows_to_its_end(edition: Edition) -> None:
    entendus: list[tuple[float, str]] = []
    build(edition, progres=lambda part, mot: entendus.append((part, mot)))
    parts = [part for part, _ in entendus]
    assert parts == sorted(parts)
    assert parts[-1] == 1.0
    assert all(mot for _, mot in entendus)


def test_a_table_of_words_stands_for_the_numbers_that_the_chart_draws(edition: Edition) -> None:
    tableau = Tableau(("Référent", "Ce qui se passe"), (("REF-01", "Un départ"), ("REF-02", "Une arrivée")))
    image = replace(fabrique.barres_avec_norme(), tableau=tableau)
    octets = build(replace(edition, sections=(replace(edition.sections[4], images=(image, fabrique.temps())),)))
    feuille = lire(octets)["Publics et parité"]
    entete = ligne_de(feuille, "Référent")
    assert [[c.value for c in ligne[:3]] for ligne in feuille.iter_rows(min_row=entete, max_row=entete + 3)] == [
        ["Référent", "Ce qui se passe", None], ["REF-01", "Un départ", None], ["REF-02", "Une arrivée", None],
        [None, None, None],
    ]  # fmt: skip
    caches = [[c.value for c in ligne] for ligne in feuille.iter_rows(entete + 1, entete + 8, 41, 43)]
    assert [ligne[1] for ligne in caches] == list(image.series[0].valeurs)
    assert {ligne[2] for ligne in caches} == {80}
    # The rows of the next picture come after those that the chart is drawn from.
    assert ligne_de(feuille, "Mois") > entete + 9


def test_tables_of_words_keep_whole_numbers_as_numbers(edition: Edition) -> None:
    lignes = (("CDI", "1\u202f412", "=1+1"), ("CDD", "0", "047"))
    regles = Tableau(("Type", "Sorties", "Source"), lignes, "Règles de sortie", "deux règles")
    feuille = lire(build(replace(edition, sections=(replace(edition.sections[0], tableaux=(regles,)),))))["Synthèse"]
    entete = ligne_de(feuille, "Type", ligne_de(feuille, "deux règles"))
    lues = [[c.value for c in ligne[:3]] for ligne in feuille.iter_rows(min_row=entete, max_row=entete + 2)]
    assert lues == [["Type", "Sorties", "Source"], ["CDI", 1412, "=1+1"], ["CDD", 0, "047"]]
    assert feuille.cell(entete + 1, 3).data_type == "s"


def test_a_map_is_its_table(edition: Edition) -> None:
    octets = build(replace(edition, sections=(replace(edition.sections[0], images=(fabrique.carte(),)),)))
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert not [nom for nom in archive.namelist() if "/charts/" in nom]
    feuille = lire(octets)["Synthèse"]
    entete = ligne_de(feuille, "Commune")
    assert [c.value for c in feuille[entete + 1][:3]] == ["Agen", 120, "46,0\u202f%"]
    assert not any("Pas de graphique" in t for t in textes(feuille))


def test_targets_may_be_a_picture(edition: Edition) -> None:
    image = draw_bullets("Objectifs du protocole", fabrique.groupes()[0].cibles)
    octets = build(replace(edition, sections=(replace(edition.sections[0], images=(image,)),)))
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        (graphique,) = [archive.read(nom).decode() for nom in archive.namelist() if "/charts/chart" in nom]
    assert graphique.count("<c:dPt>") == len(image.categories)
    assert palette.PAR_STATUT["en_retard"].lstrip("#") in graphique


def test_what_a_screen_alone_shows_is_left_out(edition: Edition) -> None:
    absente = replace(fabrique.parts(), absence="Rien.", message="Une absente.")
    detail = replace(fabrique.temps(), detail_seul=True, message="Un détail.")
    section = replace(
        edition.sections[4], images=(absente, detail), notes=("À savoir.",), muets="Non documenté : rien."
    )
    ecrits = textes(lire(build(replace(edition, sections=(section,))))["Publics et parité"])
    assert {"À savoir.", "Non documenté : rien."} <= set(ecrits)
    assert not {"Une absente.", "Un détail."} & set(ecrits)


def test_bars_have_the_colour_of_what_they_count(edition: Edition) -> None:
    femmes = replace(
        fabrique.barres_longues(), categories=("Femmes", "Agen"), series=(fabrique.serie("n", "parcours", 4, 2),)
    )
    octets = build(replace(edition, sections=(replace(edition.sections[0], images=(femmes,)),)))
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        (graphique,) = [archive.read(nom).decode() for nom in archive.namelist() if "/charts/chart" in nom]
    points = re.findall(r'<c:dPt>.*?srgbClr val="(\w+)"', graphique)
    assert points == [palette.FEMMES.lstrip("#"), palette.PRINCIPALE.lstrip("#")]
