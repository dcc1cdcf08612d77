"""Checks that look at the workbook as a whole, or from row to row."""

from datetime import date

from tests.unit.data_access.petits_classeurs import places, valid_sheets, verify, write


def test_required_sheets_of_a_first_load(tmp_path):
    feuilles = valid_sheets()
    del feuilles["Participants"]
    rapport = verify(write(tmp_path, feuilles)).rapport
    assert rapport.is_blocking
    assert [a.message for a in rapport.anomalies()] == [
        "Onglet « Participants » : cette feuille est obligatoire au premier chargement d’un PLIE. "
        "Rien n’est chargé. Ajoutez la feuille, même sans ligne sous les intitulés. [IMP-012]"
    ]


def test_unknown_plie(tmp_path):
    feuilles = valid_sheets()
    feuilles["Contacts"][1]["code_plie"] = "AUTRE"
    rapport = verify(write(tmp_path, feuilles)).rapport
    assert rapport.is_blocking
    assert places(rapport.anomalies()) == [("IMP-013", "Contacts", 3, "code_plie")]


def test_rejected_plie_row(tmp_path):
    feuilles = valid_sheets()
    feuilles["PLIE"][0]["date_extraction"] = "bientôt"
    rapport = verify(write(tmp_path, feuilles)).rapport
    assert {a.code for a in rapport.anomalies()} == {"IMP-015", "IMP-102"}
    assert rapport.is_blocking


def test_rows_that_depend_on_a_rejected_row_say_so(tmp_path):
    feuilles = valid_sheets()
    feuilles["Participants"][1]["date_naissance"] = date(2150, 1, 1)
    verifie = verify(write(tmp_path, feuilles))
    trouves = places(verifie.rapport.anomalies())
    assert ("IMP-102", "Participants", 3, "date_naissance") in trouves
    assert ("IMP-111", "Parcours", 3, "id_participant") in trouves
    assert ("IMP-111", "Etapes", 3, "id_parcours") in trouves
    assert ("IMP-111", "Suspensions", 2, "id_parcours") in trouves
    assert [p for p in trouves if p[1] == "Contacts"] == [
        ("IMP-111", "Contacts", 2, "id_parcours"),
        ("IMP-111", "Contacts", 3, "id_parcours"),
    ]
    assert {nom: lue.rejets for nom, lue in verifie.feuilles.items() if lue.rejets} == {
        "Participants": 1, "Parcours": 1, "Etapes": 1, "Suspensions": 1, "Contacts": 2,
    }  # fmt: skip


def test_a_chain_of_territories_falls_with_its_first_link(tmp_path):
    feuilles = valid_sheets()
    feuilles["Territoires"][0]["code_parent"] = "INCONNU"
    trouves = places(verify(write(tmp_path, feuilles)).rapport.anomalies())
    assert ("IMP-110", "Territoires", 2, "code_parent") in trouves
    assert ("IMP-111", "Territoires", 4, "code_parent") in trouves


def test_a_plie_without_territory_gets_no_warning_about_places(tmp_path):
    feuilles = valid_sheets()
    del feuilles["Territoires"]
    assert not verify(write(tmp_path, feuilles)).rapport.anomalies()
