"""Every number of the slides and of the workbook, read back from the files, is what `publier` answers when asked anew.

The witness reads another copy of the base: nothing that the composition kept in memory can answer in its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from data_access.base.moteur import make_engine
from indicators.nombres import write_value
from indicators.objectifs import evaluate_objectifs
from indicators.perimetre import Filtres, Periode
from indicators.publication import publier
from indicators.statuts import write_reached, write_statut
from reports import pptx, xlsx
from reports.xlsx.images import COLONNE_CACHEE
from seances.edition import compose
from seances.preparation import ChoixDeSection, DemandeDEdition
from tests.integration.reports.temoin import CARTES, Nombre, Tableau, Temoin
from tests.partage import copy_base, sample_base
from tests.unit.reports.lecture_pptx import charts_of, open_deck, plain, series_of, shapes_of, workbook_of

PERIODE = Periode(date(2021, 1, 1), date(2021, 9, 30))
CAS = [
    pytest.param(("agenais", "comite"), id="agenais"),
    pytest.param(("technowest", "comite"), id="technowest"),
    pytest.param(("haut_perigord", "comite"), id="haut_perigord"),
    # Nothing is masked for the team: more numbers to compare, référents too.
    pytest.param(("haut_perigord", "animation"), id="haut_perigord, équipe"),
]
EVALUES = ("Objectifs atteints", "À rattraper ou non atteints", "Objectifs suivis")
EN_RETARD = ("en_retard", "en_dessous", "non_atteint", "depasse")
# The sections that the witness asks again; « Opérations » and « Territoires » have no witness here.
CONNUES = tuple(
    ChoixDeSection(code) for code in ("synthese", "objectifs", "file_active", "entrees_sorties", "publics", "etapes")
)
REGLES = "Règles de sortie appliquées"
LIMITE = 12  # bars of one picture
ABSENT = Nombre(0.0, "0")  # a part that nobody is in has no cell, or no line
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@dataclass
class Papiers:
    """The two files, the witness, and the questions that were asked (never the answers)."""

    presentation: Any
    classeur: Any
    temoin: Temoin
    questions: list

    @property
    def objectifs(self) -> list:
        temoin = self.temoin
        return evaluate_objectifs(temoin.base, temoin.code, PERIODE.au, temoin.droits)


@pytest.fixture(scope="module", params=CAS)
def papiers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Papiers]:
    nom, audience = request.param
    dossier = tmp_path_factory.mktemp(nom)
    engine = make_engine(copy_base(sample_base(nom), dossier / "plie.db"))
    with engine.connect() as base:
        edition = compose(base, DemandeDEdition(nom.upper(), "comite_pilotage", PERIODE, audience, CONNUES))
    engine.dispose()
    copy_base(dossier / "plie.db", dossier / "temoin.db")
    presentation, classeur = pptx.build(edition), xlsx.build(edition)
    autre = make_engine(f"sqlite:///{dossier / 'temoin.db'}")
    with autre.connect() as base:
        yield Papiers(
            open_deck(presentation),
            openpyxl.load_workbook(BytesIO(classeur)),
            Temoin(base, nom.upper(), PERIODE, audience),
            [figure.question for figure in edition.figures],
        )
    autre.dispose()


def assert_same(ecrit: object, attendu: Nombre, ou: object) -> None:
    """A number is the number itself; a word is the word of its state."""
    if isinstance(ecrit, (int, float)):
        assert ecrit == pytest.approx(attendu.valeur), ou
    elif attendu.valeur is None:
        assert plain(str(ecrit)) == plain(attendu.mot), ou
    else:
        # « 360 (69 %) »: the number, then what it is of another.
        assert plain(str(ecrit)).split(" (")[0] == plain(attendu.mot), ou


def check_table(lignes: list[list], attendus: Tableau, ou: str, limite: int = LIMITE) -> int:
    """A table as printed, its header first, against the witness: nothing false, nothing forgotten."""
    (_, *colonnes), vus = lignes[0], set()
    for nom, *nombres in lignes[1:]:
        ligne, _, taille = _line(nom).partition(" (n = ")
        for colonne, ecrit in zip(colonnes, nombres, strict=False):
            if colonne is None or str(colonne).startswith(("parité", "Norme")) or str(colonne).endswith(", en mots"):
                continue
            if (ligne, colonne) not in attendus and ecrit == "–":
                continue
            attendu = attendus.get((ligne, colonne), ABSENT)
            assert_same(ecrit, attendu, (ou, ligne, colonne))
            if taille and colonne == colonnes[0]:
                assert int(re.sub(r"\D", "", taille)) == attendu.taille, (ou, ligne)
            vus.add((ligne, colonne))
    dues = {(ligne, c) for (ligne, c), n in attendus.items() if n.valeur != 0 and c in colonnes}
    # What comes after the last bar that fits is said to be left out, and is smaller.
    assert dues <= vus or len(lignes) - 1 == limite, (ou, dues - vus)
    return len(vus)


def test_every_chart_of_the_slides(papiers: Papiers) -> None:
    compares = 0
    graphiques = charts_of(papiers.presentation)
    for _, cadre in graphiques:
        sujet = cadre.name.removeprefix("Graphique : ")
        attendus = _picture(papiers, sujet)
        livre = workbook_of(cadre.chart)
        nombres, mots = ([list(r) for r in livre[n].iter_rows(values_only=True)] for n in livre.sheetnames)
        compares += check_table(mots, attendus, sujet)
        # What is drawn is what is printed, line by line; a support under a bar, or a reference, has no words.
        dessines = {nom: valeurs for nom, valeurs in series_of(cadre.chart)}
        for rang, nom in enumerate(nombres[0][1:], 1):
            assert [r[rang] for r in nombres[1:]] == [_none(v) for v in dessines[nom]], (sujet, nom)
            if nom in mots[0]:
                colonne = mots[0].index(nom)
                for ligne, en_mots in zip(nombres[1:], mots[1:], strict=True):
                    if ligne[rang] is not None:
                        attendu = _find(attendus, en_mots[0], nom)
                        assert_same(ligne[rang], attendu, (sujet, ligne[0], nom))
                        assert "moins de" not in en_mots[colonne]
    assert len(graphiques) >= 5
    assert compares > 40


def test_every_card_of_the_slides(papiers: Papiers) -> None:
    cartes = [f for d in papiers.presentation.slides for f in shapes_of(d.shapes) if f.name.startswith("Chiffre : ")]
    for carte in cartes:
        libelle, valeur, *details = [f.text_frame.text for f in carte.shapes if f.has_text_frame and f.text_frame.text]
        if libelle in EVALUES:
            assert valeur == _evaluated(papiers, libelle)
            continue
        actuel, avant = papiers.temoin.card(libelle)
        assert plain(valeur) == plain(write_value(actuel.cellule, actuel.unite)), libelle
        avec_evolution = [texte for texte in details if " l’an dernier" in texte]
        if avec_evolution and avant.valeur is not None:
            lu = plain(avec_evolution[0]).split(" l’an dernier")[0]
            assert lu == plain(write_value(avant.cellule, avant.unite)), libelle
    assert {c.name.removeprefix("Chiffre : ") for c in cartes} >= _known_cards(papiers) | set(EVALUES)


def test_every_table_of_the_slides(papiers: Papiers) -> None:
    for diapositive in papiers.presentation.slides:
        for forme in shapes_of(diapositive.shapes):
            if getattr(forme, "has_table", False) and forme.has_table:
                sujet = forme.name.removeprefix("Tableau : ")
                if sujet.startswith(REGLES):
                    continue
                lignes = [[plain(c.text_frame.text) for c in rangee.cells] for rangee in forme.table.rows]
                assert check_table(lignes, _picture(papiers, sujet), sujet) > 0


def test_every_target_of_both_files(papiers: Papiers) -> None:
    attendus = {(plain(o.libelle), plain(write_statut(o))): o for o in papiers.objectifs}
    ecrits = [
        plain(next(t for t in reversed([f.text_frame.text for f in groupe.shapes if f.has_text_frame]) if t))
        for d in papiers.presentation.slides
        for groupe in shapes_of(d.shapes)
        if groupe.name.startswith("Objectif : ")
    ]
    # The expected number is drawn as a tick, and said under the words with remarks; the words begin as on the page.
    debuts = sorted(texte.split(" (attendu")[0] for _, texte in attendus)
    assert len(ecrits) == len(debuts)
    assert [e[: len(d)] for e, d in zip(sorted(ecrits), debuts, strict=True)] == debuts
    lus = 0
    for ligne in papiers.classeur["Objectifs"].iter_rows(values_only=True):
        cle = (plain(str(ligne[0])), plain(str(ligne[5])))
        if cle in attendus:
            o = attendus[cle]
            for ecrit, attendu in zip(ligne[1:5], (o.realise, o.objectif, o.attendu, o.taux), strict=True):
                assert isinstance(ecrit, str) if attendu is None else ecrit == pytest.approx(attendu), cle
            lus += 1
    assert lus == len(papiers.objectifs) > 5


def test_every_card_and_table_of_the_workbook(papiers: Papiers) -> None:
    cartes, tableaux, compares = set(), 0, 0
    for feuille in papiers.classeur.worksheets[1:-3]:
        lignes = [list(ligne) for ligne in feuille.iter_rows(values_only=True)]
        for rang, ligne in enumerate(lignes):
            if ligne[0] == "Chiffre":
                for libelle, ecrit, *_ in _until_empty(lignes[rang + 1 :]):
                    cartes.add(libelle)
                    _check_card(papiers, libelle, ecrit)
            elif rang and ligne[1] is not None and (sujet := _subject(lignes[rang - 1])):
                contenu = [ligne[:COLONNE_CACHEE], *(r[:COLONNE_CACHEE] for r in _until_empty(lignes[rang + 1 :]))]
                attendus = _picture(papiers, sujet)
                mots = papiers.temoin.table(sujet)
                if mots is None:
                    compares += check_table(contenu, attendus, sujet)
                else:
                    compares += check_table(_known(contenu, mots), _plain(mots), sujet)
                _check_hidden(lignes[rang:], attendus, sujet)
                tableaux += 1
    assert cartes >= _known_cards(papiers) | set(EVALUES)
    assert tableaux >= 10
    assert compares > 80


def test_every_cell_of_the_proof(papiers: Papiers) -> None:
    """The sheet « Chiffres »: each question, asked again in the order of the sheet."""
    feuille = papiers.classeur["Chiffres"]
    entete = next(n for n in range(1, 9) if feuille.cell(n, 1).value == "Chiffre")
    lues = feuille.iter_rows(min_row=entete + 1, values_only=True)
    temoin = papiers.temoin
    for q in papiers.questions:
        filtres = Filtres((temoin.code,), Periode(q.du, q.au), q.operation, q.territoire, q.par)
        resultat = publier(temoin.base, q.indicateur, filtres, temoin.droits)
        for cellule in resultat:
            ligne = next(lues)
            assert (ligne[11], ligne[2].date(), ligne[3].date()) == (q.indicateur, q.du, q.au)
            fois = 100 if resultat.unite == "points" else 1
            mot = write_value(cellule, resultat.unite)
            for ecrit, vrai in (
                (ligne[7], None if cellule.valeur is None else fois * cellule.valeur),
                (ligne[8], cellule.numerateur),
                (ligne[9], cellule.denominateur),
            ):
                muet = mot if cellule.valeur is None else None
                assert ecrit == (muet if vrai is None else pytest.approx(vrai)), (q, cellule.par)
    assert not any(valeur is not None for reste in lues for valeur in reste)


def _picture(papiers: Papiers, sujet: str) -> Tableau:
    """What the picture of that subject must hold, under names without the difference between spaces."""
    if sujet.startswith("File active par référent"):
        resultat = papiers.temoin.ask("file_active", "referent")
        noms = {"non renseigné": "Sans référent"}
        return {
            (noms.get(c.at("referent"), c.at("referent")), "File active"): Nombre(c.valeur, write_value(c, "parcours"))
            for c in resultat
        }
    return _plain(papiers.temoin.picture(sujet))


def _plain(tableau: Tableau) -> Tableau:
    return {(plain(ligne), colonne): nombre for (ligne, colonne), nombre in tableau.items()}


def _known(lignes: list[list], attendus: Tableau) -> list[list]:
    """A table of words without what names its lines more than once, nor the columns that the witness does not ask."""
    lignes = [[mot for mot in ligne if mot is not None] for ligne in lignes]
    if lignes[0][:2] == ["Sexe", "Âge"]:
        lignes = [[f"{ligne[0]} · {ligne[1]}", *ligne[2:]] for ligne in lignes]
    noms = {"Catégorie": 2, "Classe": 1}.get(lignes[0][0], 0)
    lignes = [ligne[noms:] for ligne in lignes]
    gardees = [0, *(i for i, nom in enumerate(lignes[0]) if nom in {colonne for _, colonne in attendus})]
    return [[ligne[i] for i in gardees] for ligne in lignes]


def _known_cards(papiers: Papiers) -> set[str]:
    """Cards of figures that have a number: what nobody documented may be named in one line instead."""
    return {libelle for libelle, code in CARTES.items() if papiers.temoin.ask(code).cellule.valeur is not None}


def _evaluated(papiers: Papiers, libelle: str) -> str:
    tous = papiers.objectifs
    retards = sum(o.statut in EN_RETARD for o in tous)
    return dict(zip(EVALUES, (write_reached(tous)[0], str(retards), str(len(tous))), strict=True))[libelle]


def _check_card(papiers: Papiers, libelle: str, ecrit: object) -> None:
    if libelle in EVALUES:
        assert str(ecrit) == _evaluated(papiers, libelle)
        return
    resultat, _ = papiers.temoin.card(libelle)
    valeur, mot = resultat.valeur, write_value(resultat.cellule, resultat.unite)
    fois = 100 if resultat.unite == "points" else 1
    assert_same(ecrit, Nombre(None if valeur is None else fois * valeur, mot), libelle)


def _check_hidden(lignes: list[list], attendus: Tableau, sujet: str) -> None:
    """Columns from which a chart is drawn where its table has words: the same numbers, and no masked one."""
    entete = lignes[0][COLONNE_CACHEE + 1 :]
    for ligne in lignes[1:]:
        if not any(entete) or ligne[COLONNE_CACHEE] is None:
            return
        for colonne, ecrit in zip(entete, ligne[COLONNE_CACHEE + 1 :], strict=False):
            if ecrit is not None and colonne != "Appui":
                ou = (sujet, ligne[COLONNE_CACHEE], colonne, "caché")
                assert_same(ecrit, _find(attendus, ligne[COLONNE_CACHEE], colonne), ou)


def _find(attendus: Tableau, ligne: object, colonne: str) -> Nombre:
    return attendus.get((_line(ligne).split(" (n = ")[0], colonne), ABSENT)


def _line(nom: object) -> str:
    """A name as the witness knows it: without what is said of a type of exit that no rule judges."""
    return re.sub(r" \((aucune règle|pas de règle.*)\)$", "", plain(str(nom)))


def _until_empty(lignes: list[list]) -> Iterator[list]:
    for ligne in lignes:
        if ligne[0] is None or ligne[1] is None:
            return
        yield ligne


def _subject(ligne: list) -> str | None:
    """« Types de sortie · n = 28 sorties », alone on its row, announces the table of « Types de sortie »."""
    texte, seul = ligne[0], ligne[1] is None
    return texte if seul and isinstance(texte, str) and texte.startswith(_SUJETS) else None


_SUJETS = (
    "File active", "Parcours longs", "Entrées et sorties de chaque mois", "Sorties", "Types de sortie",
    "Part de femmes dans chaque population", "Situation à l’entrée", "Âge à l’entrée, par sexe",
    "Niveau de diplôme à l’entrée", "Situation d’emploi à l’entrée", "Logement et ménage à l’entrée",
    "Première étape après", "Étapes qui ont précédé", "Situation à la sortie des opérations",
    "Étapes par classe", "Femmes et hommes dans chaque classe", "Types d’étape",
)  # fmt: skip


def _none(valeur: float | None) -> float | None:
    return None if valeur is None else pytest.approx(valeur)
