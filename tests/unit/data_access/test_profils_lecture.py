"""Reading extracts that are not in the format: encodings, separators, headers under titles, totals, identities."""

from datetime import date

import pytest

from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.classeur.garde import ClasseurRecu
from data_access.classeur.identites import is_refused_column
from data_access.profils import texte
from data_access.profils.dates import find_extraction
from data_access.profils.grille import FeuilleBrute, open_extrait


def read(contenu: bytes | str, nom: str = "export.csv") -> FeuilleBrute:
    octets = contenu.encode() if isinstance(contenu, str) else contenu
    return open_extrait(ClasseurRecu(nom, octets)).sheets()[0]


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separateur", [";", ",", "\t", "|"])
def test_encodings_and_separators(encodage, separateur):
    lignes = [
        ["Civilité", "Né(e) le", "Remarque"],
        ["Féminin", "01/02/1980", "à l’été"],
        ["Masculin", "03/04/1981", ""],
    ]
    feuille = read("\r\n".join(separateur.join(ligne) for ligne in lignes).encode(encodage))
    assert feuille.colonnes == lignes[0]
    assert feuille.lignes == [(2, lignes[1]), (3, [*lignes[2][:2], None])]


def test_separator_is_not_the_decimal_comma():
    assert texte.find_separator("Réf;Heures\nA;1,5\nB;2,25\nC;3,5\n") == ";"


def test_quoted_newline_keeps_row_numbers_of_a_spreadsheet():
    feuille = read('Réf. parcours;"Libellé\nétape";Date début\nA1;"deux\nlignes";01/01/2021\nA2;x;02/01/2021\n')
    assert feuille.colonnes == ["Réf. parcours", "Libellé étape", "Date début"]
    assert [numero for numero, _ in feuille.lignes] == [2, 3]


@pytest.mark.parametrize(
    ("contenu", "code"),
    [
        (b"", "PRF-001"),
        (b"un texte sans colonne\nni rien\n", "PRF-001"),
        ("Civilité;Né\nFéminin;x\n".encode().decode("cp1252").encode(), "PRF-002"),
        (b"a;b\x81\n1;2\n\xe9\x81", "PRF-002"),
        (b"a;b\n1;\x00\n", "PRF-002"),
        ("Référence;b\n".encode("utf-16-le"), "PRF-002"),
        (b'a;b\n1;"pas fini\n2;3\n', "PRF-003"),
        (b'a;b\n1;"' + b"x" * 200_000 + b'"\n', "PRF-003"),
        (b"a;b\n" + b";" * 2_000 + b"\n", "PRF-003"),
        (b"PK\x03\x04 pas une archive", "IMP-006"),
        (bytes.fromhex("D0CF11E0") + b"ancien", "IMP-002"),
    ],
)
def test_refusals_say_why(contenu, code):
    with pytest.raises(ClasseurRefuseError) as refus:
        open_extrait(ClasseurRecu("export.csv", contenu))
    assert refus.value.anomalie.code == code


def test_headers_are_found_under_titles_and_totals_left_out():
    feuille = read(
        "Liste des dossiers;;;\nExtraction du 30/09/2021;;;\n\nParticipant;;Parcours;\n"
        "N° Dossier;Civilité;Réf. parcours;Heures\n1;Madame;A1;3\n2;Monsieur;A2;4\n"
        "Total;;;7\n\nNombre de dossiers : 2;;;\n"
    )
    assert feuille.ligne_entete == 5
    assert [numero for numero, _ in feuille.lignes] == [6, 7]
    assert feuille.lignes_de_fin == [8, 10]
    assert find_extraction(feuille.titres) == date(2021, 9, 30)


def test_a_company_called_total_is_a_row():
    feuille = read(
        "Entreprise;Date du relevé;Heures réalisées\nBTP;01/02/2021;3\nTotal Énergies;01/03/2021;4\nTOTAL;;7\n"
    )
    assert [numero for numero, _ in feuille.lignes] == [2, 3]
    assert feuille.lignes_de_fin == [4]


def test_same_header_twice_and_no_header():
    feuille = read("Date;Date;;Heures réalisées\n01/01/2021;02/01/2021;x;4\n03/01/2021;04/01/2021;y;5\n")
    assert feuille.colonnes == ["Date", "Date (2)", "Colonne C", "Heures réalisées"]


@pytest.mark.parametrize(
    ("intitule", "valeurs"),
    [
        ("Prénom", []),
        ("Tél.", []),
        ("Contact", ["06 12 34 56 78"] * 2 + ["néant"] * 3),
        ("Identifiant", ["1 80 05 24 322 001 42"]),
        ("Divers", ["a@exemple.invalid"]),
        ("Usager", [f"{chr(65 + i)}UPONT {chr(75 + i % 10)}éa" for i in range(25)]),
    ],
)
def test_identities_are_recognised_by_name_and_by_content(intitule, valeurs):
    assert is_refused_column(intitule, valeurs)


@pytest.mark.parametrize(
    ("intitule", "valeurs"),
    [
        ("Commune", ["Périgueux", "Vergt", "Agonac"] * 20),
        ("N° Dossier", [f"P{i:06d}" for i in range(50)]),
        ("N° Dossier", list(range(1_000, 1_050))),
        ("Motif sortie", ["Emploi - CDI", "Abandon"] * 20),
    ],
)
def test_ordinary_columns_are_read(intitule, valeurs):
    assert not is_refused_column(intitule, valeurs)
