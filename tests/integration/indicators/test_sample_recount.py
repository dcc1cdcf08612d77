"""The command line's figures equal a recount made straight from the cells of the workbook.

On sample workbooks, whole; on a small one written by hand for its traps, by every split.
"""

import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from data_access import tables as t
from data_access.__main__ import main as data_access
from data_access.colonnes import Genre
from data_access.format import FEUILLES
from indicators.__main__ import main as indicators
from indicators.catalogue import CATALOGUE
from tests.integration.indicators.classeur_a_la_main import CODE
from tests.recompte import Recompte
from tests.recompte_calcul import Part, recount_parts
from tests.recompte_decoupages import DECOUPAGES

CLASSEURS = Path(__file__).parents[3] / "sample_data" / "classeurs"
CAS = {
    "plie_haut_perigord.xlsx": ("HAUT_PERIGORD", [{}, {"operation": "HP2"}]),
    "plie_grand_perigueux.xlsx": ("GRAND_PERIGUEUX", [{}, {"operation": "GP1"}, {"operation": "GP3"}]),
    "plie_sources.xlsx": ("SOURCES", [{}, {"operation": "S4"}, {"territoire": "33318"}]),
}
PERIODES = [(date(2021, 1, 1), date(2021, 9, 30)), (date(2020, 2, 29), date(2020, 12, 31))]
A_LA_MAIN = [{}, {"operation": "O1"}, {"territoire": "E"}]
SEPARES = [d for d in DECOUPAGES if d not in ("mois", "operation", "seuil")]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, a_la_main: Path) -> str:
    adresse = f"sqlite:///{tmp_path_factory.mktemp('recompte') / 'plie.db'}"
    assert data_access(["import", *(str(CLASSEURS / nom) for nom in CAS), str(a_la_main), "--base", adresse]) == 0
    return adresse


def read_cells(chemin: Path) -> dict[str, list[dict]]:
    """Rows of a workbook by table, read without any of the project's reading code; no table for an absent sheet."""
    lu = openpyxl.load_workbook(chemin, read_only=True, data_only=True)
    lignes: dict[str, list[dict]] = {}
    for feuille in FEUILLES:
        if feuille.nom not in lu.sheetnames:
            continue
        colonnes = t.workbook_columns(t.TABLES[feuille.table])
        booleens = {c.nom for c in feuille.colonnes if c.genre is Genre.BOOLEEN}
        lignes[feuille.table] = []
        entete, *corps = lu[feuille.nom].iter_rows(values_only=True)
        for brute in corps:
            ligne = dict.fromkeys(colonnes) | dict(zip(entete, brute, strict=False))
            for nom, valeur in ligne.items():
                if isinstance(valeur, datetime):
                    ligne[nom] = valeur.date()
                elif nom in booleens:
                    ligne[nom] = {"oui": True, "non": False, None: None}[valeur]
            if feuille.table == "parcours":
                ligne["mode"] = ligne["mode"] or "complet"
            lignes[feuille.table].append(ligne)
    return lignes


def _publish(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[Part, float]]:
    """The numbers that the command line prints, by figure and part."""
    assert indicators([*arguments, "--json"]) == 0
    numeros: dict[str, dict[Part, float]] = {}
    for x in json.loads(capsys.readouterr().out):
        parts = numeros.setdefault(x["indicateur"], {})
        if x["valeur"] is not None and not x.get("hors_total"):
            parts[tuple(x["par"].items())] = x["valeur"]
    return numeros


def _arguments(code: str, du: date, au: date, perimetre: dict[str, str], url: str) -> list[str]:
    options = [x for cle, valeur in perimetre.items() for x in (f"--{cle}", valeur)]
    return ["--plie", code, "--du", f"{du}", "--au", f"{au}", *options, "--base", url]


@pytest.mark.parametrize("nom", CAS)
def test_sample_workbooks_equal_their_cells(nom: str, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, perimetres = CAS[nom]
    lignes = read_cells(CLASSEURS / nom)
    for perimetre in perimetres:
        for du, au in PERIODES:
            publies = _publish(capsys, *_arguments(code, du, au, perimetre, url))
            recompte = Recompte(lignes, (code,), du, au, **perimetre)
            assert set(publies) == set(CATALOGUE)
            for indicateur, parts in publies.items():
                assert parts == pytest.approx(recount_parts(indicateur, recompte)), (indicateur, perimetre, du)


@pytest.mark.parametrize("perimetre", A_LA_MAIN[:2], ids=str)
def test_hand_made_workbook_equals_its_cells_by_every_split(
    perimetre: dict[str, str], a_la_main: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    du, au = date(2021, 1, 1), date(2021, 12, 31)
    recompte = Recompte(read_cells(a_la_main), (CODE,), du, au, **perimetre)
    for decoupage in SEPARES:
        publies = _publish(capsys, *_arguments(CODE, du, au, perimetre, url), "--par", decoupage)
        for code, indicateur in CATALOGUE.items():
            if decoupage in indicateur.decoupages:
                attendu = recount_parts(code, recompte, (decoupage,))
                assert publies.get(code, {}) == pytest.approx(attendu), (code, decoupage)


def test_hand_made_workbook_leaves_no_figure_without_number(a_la_main: Path) -> None:
    """Otherwise the comparison above would compare nothing."""
    lignes = read_cells(a_la_main)
    perimetres = [Recompte(lignes, (CODE,), date(2021, 1, 1), date(2021, 12, 31), **p) for p in A_LA_MAIN]
    for code in CATALOGUE:
        assert any(any(recount_parts(code, recompte).values()) for recompte in perimetres), code
