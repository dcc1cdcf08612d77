"""Sheets and headers: matched loosely, listed when missing, reported when unknown."""

from pathlib import Path

from data_access.classeur.anomalies import Anomalie
from tests.unit.data_access.petits_classeurs import places, raw_sheets, refusal, valid_sheets, verify, write_raw


def _anomalies(chemin: Path) -> list[Anomalie]:
    return verify(chemin).rapport.anomalies()


def test_no_sheet_of_the_format(tmp_path):
    chemin = write_raw(tmp_path, {"Feuil1": [["a"], [1]]})
    assert places(_anomalies(chemin)) == [("IMP-008", None, None, None), ("IMP-209", "Feuil1", None, None)]


def test_a_sheet_twice_under_equivalent_names(tmp_path):
    feuilles = raw_sheets(valid_sheets())
    feuilles["TYPES_D’ÉTAPE"] = feuilles["Types d'etape"]
    assert refusal(write_raw(tmp_path, feuilles)) == "IMP-009"


def test_a_column_twice(tmp_path):
    feuilles = raw_sheets(valid_sheets())
    for ligne in feuilles["Participants"]:
        ligne.append("Séxe" if ligne[0] == "code_plie" else "F")
    chemin = write_raw(tmp_path, feuilles)
    assert refusal(chemin) == "IMP-010"
    assert "la colonne est présente deux fois (C et E)" in _anomalies(chemin)[0].message


def test_required_columns_missing_are_listed_all_at_once(tmp_path):
    feuilles = raw_sheets(valid_sheets())
    feuilles["Etapes"][0] = ["code_plie", "id_etape", "autre", "type_etape", "x", "quand", "y", "statut", "heures"]
    trouves = _anomalies(write_raw(tmp_path, feuilles))
    assert [p[3] for p in places(trouves) if p[0] == "IMP-011"] == ["id_parcours", "debut"]
    assert trouves[0].message == (
        "Onglet « Etapes », ligne 1, colonne « id_parcours » : une colonne obligatoire manque dans la première ligne "
        "de la feuille. Rien n’est chargé. Vérifiez l’intitulé des colonnes, en ligne 1, avec le modèle vide. [IMP-011]"
    )


def test_headers_match_loosely_and_unknown_ones_are_reported(tmp_path):
    feuilles = raw_sheets(valid_sheets())
    feuilles["Participants"][0] = ["Code PLIE", "ID Participant", "SEXE", "Date Naissance", "couleur"]
    feuilles["Notes"] = [["bonjour"]]
    verifie = verify(write_raw(tmp_path, feuilles))
    assert places(verifie.rapport.anomalies()) == [
        ("IMP-209", "Notes", None, None),
        ("IMP-210", "Participants", None, None),
    ]
    assert "« couleur »" in verifie.rapport.anomalies()[1].message
    assert len(verifie.feuilles["Participants"].lignes) == 2


def test_data_in_place_of_headers_are_not_repeated(tmp_path):
    feuilles = raw_sheets(valid_sheets())
    feuilles["Participants"] = [["T", "p1", "Durand"], ["T", "p2", "Petit"]]
    assert not any("Durand" in a.message for a in _anomalies(write_raw(tmp_path, feuilles)))
