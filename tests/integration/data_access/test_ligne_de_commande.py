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


def test_nothing_is_written_by_a_simulation(tmp_path, capsys, url):
    chemin = write(tmp_path, valid_sheets())
    code, sortie = run(capsys, "import", chemin, "--base", url, "--json", "--simuler")
    (compte,) = json.loads(sortie)
    assert (code, compte["etat"], compte["version"], compte["confirmation"]) == (0, "simule", 0, None)
    assert compte["feuilles"]["Etapes"]["ajoutes"] == 2
    assert run(capsys, "historique", "--base", url, "--json") == (0, "[]\n")


def test_vanishing_parcours_wait_for_a_confirmation(tmp_path, capsys, url):
    feuilles = valid_sheets()
    run(capsys, "import", write(tmp_path, feuilles), "--base", url)
    suite = write(tmp_path, {"Parcours": feuilles["Parcours"][:1]})
    code, sortie = run(capsys, "import", suite, "--base", url)
    assert code == 1
    assert sortie.startswith("essai.xlsx : à confirmer, rien n’est chargé (version 1)\n")
    assert "1 des 2 parcours enregistrés du PLIE « T » (50\u00a0%)" in sortie
    assert sortie.endswith("[IMP-017]\n  Pour confirmer, relancez avec --confirmer-disparition.\n")
    code, sortie = run(capsys, "import", suite, "--base", url, "--confirmer-disparition", "--json")
    assert (code, json.loads(sortie)[0]["etat"]) == (0, "charge")


def test_history_undo_and_comparison(tmp_path, capsys, url):
    feuilles = valid_sheets()
    run(capsys, "import", write(tmp_path, feuilles), "--base", url, "--auteur", "Une")
    feuilles["Etapes"][0].update(heures=40.5, fin=None)
    feuilles["Contacts"].pop()
    run(capsys, "import", write(tmp_path, feuilles, "suite.xlsx"), "--base", url, "--auteur", "Deux")
    code, sortie = run(capsys, "comparer", 1, 2, "--base", url, "--lignes")
    assert (code, sortie) == (
        0,
        "Etapes : 1 modifiée(s)\n  ~ T · e1 (fin : 01/05/2022 → vide, heures : 35 → 40,5)\n"
        "Contacts : 1 retirée(s)\n  - T · c2 · 01/09/2023 · entretien\n",
    )
    code, sortie = run(capsys, "comparer", 1, 2, "--base", url, "--json", "--lignes", "--plie", "T")
    compte = json.loads(sortie)
    assert compte["feuilles"]["Etapes"] == {"ajoutes": 0, "modifies": 1, "retires": 0}
    assert compte["lignes"][0]["colonnes"] == {"fin": ["2022-05-01", None], "heures": [35.0, 40.5]}
    code, sortie = run(capsys, "annuler", "--base", url, "--auteur", "Trois", "--json")
    assert (code, json.loads(sortie)["annulation_de"], json.loads(sortie)["version"]) == (0, 2, 3)
    assert run(capsys, "comparer", 1, 3, "--base", url) == (0, "Rien n’a changé.\n")
    code, sortie = run(capsys, "historique", "--base", url)
    lignes = sortie.splitlines()
    assert lignes[0].startswith("version 3 : Annulation de la version 2 (suite.xlsx), le ")
    assert lignes[0].endswith(", par Trois, PLIE T")
    assert any(ligne.startswith("version 2 (annulée) : suite.xlsx") for ligne in lignes)
    versions = json.loads(run(capsys, "historique", "--plie", "T", "--base", url, "--json")[1])
    assert [(v["numero"], v["auteur"], v["annule_par"]) for v in versions] == [
        (3, "Trois", None),
        (2, "Deux", 3),
        (1, "Une", None),
    ]
    assert len(versions[2]["empreinte"]) == 64


def test_what_cannot_be_done_is_said(tmp_path, capsys, url):
    assert main(["annuler", "--base", url]) == 1
    assert capsys.readouterr().err.endswith("[ANN-001]\n")
    assert main(["comparer", "0", "7", "--base", url]) == 1
    assert "la version 7 n’existe pas" in capsys.readouterr().err


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
