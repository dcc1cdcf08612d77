"""The command line's figures on the sample workbooks equal a recount made straight from their cells."""

import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from data_access import tables as t
from data_access.__main__ import main as data_access
from data_access.format import FEUILLES, Genre
from indicators.__main__ import main as indicators
from tests.recompte import Recompte

CLASSEURS = Path(__file__).parents[3] / "sample_data" / "classeurs"
CAS = {
    "plie_haut_perigord.xlsx": ("HAUT_PERIGORD", [{}, {"operation": "HP2"}]),
    "plie_grand_perigueux.xlsx": ("GRAND_PERIGUEUX", [{}, {"operation": "GP1"}, {"operation": "GP3"}]),
    "plie_sources.xlsx": ("SOURCES", [{}, {"operation": "S4"}, {"territoire": "33318"}]),
}
PERIODES = [(date(2021, 1, 1), date(2021, 9, 30)), (date(2020, 2, 29), date(2020, 12, 31))]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    adresse = f"sqlite:///{tmp_path_factory.mktemp('recompte') / 'plie.db'}"
    assert data_access(["import", *(str(CLASSEURS / nom) for nom in CAS), "--base", adresse]) == 0
    return adresse


def read_cells(chemin: Path) -> dict[str, list[dict]]:
    """Rows of a workbook by table, read without any of the project's reading code."""
    lu = openpyxl.load_workbook(chemin, read_only=True, data_only=True)
    lignes: dict[str, list[dict]] = {}
    for feuille in FEUILLES:
        colonnes = t.workbook_columns(t.TABLES[feuille.table])
        booleens = {c.nom for c in feuille.colonnes if c.genre is Genre.BOOLEEN}
        lignes[feuille.table] = []
        if feuille.nom not in lu.sheetnames:
            continue
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


@pytest.mark.parametrize("nom", CAS)
def test_command_line_equals_the_cells(nom: str, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, perimetres = CAS[nom]
    lignes = read_cells(CLASSEURS / nom)
    for perimetre in perimetres:
        for du, au in PERIODES:
            attendus = Recompte(lignes, (code,), du, au, **perimetre).figures()
            options = [x for cle, valeur in perimetre.items() for x in (f"--{cle}", valeur)]
            arguments = ["--plie", code, "--du", f"{du}", "--au", f"{au}", *options, "--json", "--base", url]
            assert indicators([*attendus, *arguments]) == 0
            publiees = {x["indicateur"]: x for x in json.loads(capsys.readouterr().out)}
            for indicateur, attendu in attendus.items():
                publie = publiees[indicateur]
                if publie["etat"] == "non_documente":
                    assert publie["valeur"] is None
                    assert indicateur in _UNDOCUMENTED | _WITHOUT_RULES[code], indicateur
                elif attendu is None:
                    assert publie["etat"] == "sans_objet", indicateur
                else:
                    assert publie["valeur"] == pytest.approx(attendu), (indicateur, perimetre, du)


_UNDOCUMENTED = {"contacts", "contacts_pour_50", "sans_contact", "file_active_suspendus", "file_active_par_etp"}
_RATES = {
    "sorties_positives",
    "sorties_autres",
    "sorties_negatives",
    "taux_sorties_positives",
    "taux_sorties_positives_hors_neutres",
    "part_femmes_sorties_positives",
}
_WITHOUT_RULES: dict[str, set[str]] = {"HAUT_PERIGORD": _RATES, "SOURCES": _RATES, "GRAND_PERIGUEUX": set()}
