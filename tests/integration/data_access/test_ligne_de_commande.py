"""`python -m data_access`: exit codes, the JSON account, the template."""

import json

import openpyxl
import pytest

from data_access.__main__ import main
from data_access.format import FEUILLES
from tests.unit.data_access.petits_classeurs import valid_sheets, verify, write


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'base' / 'plie.db'}"


def run(capsys, *arguments):
    code = main([str(a) for a in arguments])
    return code, capsys.readouterr().out


def test_import_as_json(tmp_path, capsys, url):
    feuilles = valid_sheets()
    feuilles["Etapes"][0]["statut"] = "faite"
    chemin = write(tmp_path, feuilles)
    code, sortie = run(capsys, "import", chemin, "--base", url, "--json", "--auteur", "Essai")
    (compte,) = json.loads(sortie)
    assert code == 0
    assert (compte["classeur"], compte["etat"], compte["version"]) == ("essai.xlsx", "charge", 1)
    assert compte["feuilles"]["Etapes"] == {"ajoutes": 1, "modifies": 0, "retires": 0, "inchanges": 0, "rejetes": 1}
    (anomalie,) = compte["anomalies"]
    assert anomalie == {
        "code": "IMP-106", "gravite": "rejet", "feuille": "Etapes", "ligne": 2, "colonne": "statut",
        "message": "Onglet « Etapes », ligne 2, colonne « statut » : la valeur n’est pas dans la liste : prescrite, "
        "en_cours, realisee, abandonnee. La ligne n’est pas chargée. Choisissez une valeur de la liste. [IMP-106]",
        "conseil": "Choisissez une valeur de la liste.",
    }  # fmt: skip
    code, sortie = run(capsys, "--base", url, "import", chemin, "--json")
    assert (code, json.loads(sortie)[0]["etat"], json.loads(sortie)[0]["version"]) == (0, "inchange", 1)


def test_one_refused_among_several(tmp_path, capsys, url):
    bon = write(tmp_path, valid_sheets())
    code, sortie = run(capsys, "import", tmp_path / "absent.xlsx", bon, tmp_path, "--base", url, "--json")
    comptes = json.loads(sortie)
    assert code == 1
    assert [c["etat"] for c in comptes] == ["refuse", "charge", "refuse"]
    assert comptes[0]["classeur"] == "absent.xlsx"
    assert comptes[0]["anomalies"][0]["message"] == (
        "Classeur : le classeur ne peut pas être ouvert (il n’existe pas). Rien n’est chargé. "
        "Vérifiez le nom et le dossier du classeur. [IMP-007]"
    )


def test_summary_in_french(tmp_path, capsys, url):
    code, sortie = run(capsys, "import", write(tmp_path, valid_sheets()), "--base", url)
    assert code == 0
    assert sortie.startswith("essai.xlsx : chargé (version 1)\n  PLIE : 1 ajoutée(s)\n")


def test_a_database_that_does_not_answer(tmp_path, capsys):
    chemin = write(tmp_path, valid_sheets())
    assert main(["import", str(chemin), "--base", "postgresql://personne@127.0.0.1:1/rien"]) == 1
    assert "[BAS-001]" in capsys.readouterr().err


def test_template(tmp_path, capsys):
    chemin = tmp_path / "modele.xlsx"
    assert run(capsys, "modele", chemin)[0] == 0
    livre = openpyxl.load_workbook(chemin)
    assert livre.sheetnames == ["Lisez-moi", *(f.nom for f in FEUILLES)]
    for feuille in FEUILLES:
        entetes = [c for c in livre[feuille.nom][1]]
        assert [c.value for c in entetes] == [c.nom for c in feuille.colonnes]
        assert all(c.comment for c in entetes)
    regles = livre["Etapes"].data_validations.dataValidation
    assert {r.formula1 for r in regles if r.type == "list"} == {'"prescrite,en_cours,realisee,abandonnee"'}
    assert verify(chemin).rapport.anomalies() == []


def test_the_template_never_overwrites(tmp_path, capsys):
    chemin = write(tmp_path, valid_sheets())
    avant = chemin.read_bytes()
    assert main(["modele", str(chemin)]) == 1
    assert "[MOD-001]" in capsys.readouterr().err
    assert chemin.read_bytes() == avant
    assert main(["modele", str(tmp_path / "absent" / "modele.xlsx")]) == 1
    assert "[MOD-002]" in capsys.readouterr().err


@pytest.mark.parametrize("base", ["n’importe quoi", "mysql://x@y/z", "inconnu://x"])
def test_an_address_that_makes_no_sense(tmp_path, capsys, base):
    assert main(["import", str(write(tmp_path, valid_sheets())), "--base", base]) == 1
    assert "[BAS-001]" in capsys.readouterr().err
