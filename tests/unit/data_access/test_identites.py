import pytest

from data_access.classeur.identites import is_identity_column, looks_like_identity
from tests.unit.data_access.petits_classeurs import raw_sheets, valid_sheets, verify, write_raw


@pytest.mark.parametrize(
    "intitule",
    [
        "Nom", "PRÉNOM", "Nom de naissance", "nom_usage", "NIR", "N° sécurité sociale", "Adresse", "adresse_mail",
        "Téléphone", "tel", "Courriel", "E-mail", "email", "Portable", "NomPrenom",
    ],
)  # fmt: skip
def test_identity_columns(intitule):
    assert is_identity_column(intitule)


@pytest.mark.parametrize("intitule", ["nombre_enfants", "dénomination", "nomenclature", "id_participant", "hotel"])
def test_other_columns(intitule):
    assert not is_identity_column(intitule)


@pytest.mark.parametrize(
    "numero",
    [
        "a@b.fr", "2850733063123", "285073306312345", "2 85 07 33 063 123 45", "1 85 07 2A 063 123", "0612345678",
        "06 12 34 56 78", "+33612345678", "Dupont", "DUPONT Jean", "Léa Martin-Durand",
    ],
)  # fmt: skip
def test_identities(numero):
    assert looks_like_identity(numero)


@pytest.mark.parametrize("numero", ["1234", "P-0001", "PLIE-BORDEAUX-0001", "2023/118", "12345678", "c1", "AB"])
def test_numbers_of_a_software(numero):
    assert not looks_like_identity(numero)


def test_identity_columns_are_refused_by_name_and_never_read(tmp_path):
    feuilles = raw_sheets(valid_sheets())
    for ligne, (nom, mail) in zip(
        feuilles["Participants"], [("Nom", "Courriel"), ("Durand", "d@x.fr"), ("Petit", "p@x.fr")], strict=True
    ):
        ligne += [nom, mail]
    verifie = verify(write_raw(tmp_path, feuilles))
    (anomalie,) = verifie.rapport.anomalies()
    assert anomalie.message == (
        "Onglet « Participants » : ces colonnes semblent contenir l’identité ou les coordonnées des personnes. "
        "Elles sont refusées et leurs cellules ne sont pas lues : « Nom », « Courriel ». "
        "Retirez-les de l’export : l’identité des personnes n’entre jamais ici. [IMP-211]"
    )
    assert len(verifie.feuilles["Participants"].lignes) == 2
    assert "Durand" not in repr(verifie.feuilles)


def test_an_identity_in_a_number_rejects_the_row_and_is_not_repeated(tmp_path):
    feuilles = valid_sheets()
    feuilles["Participants"][1]["id_participant"] = "Jean Petit"
    rapport = verify(write_raw(tmp_path, raw_sheets(feuilles))).rapport
    messages = [anomalie.message for anomalie in rapport.anomalies()]
    assert messages[-1] == (
        "Onglet « Participants », ligne 3, colonne « id_participant » : le numéro ressemble à un nom, à une adresse "
        "électronique, à un téléphone ou à un NIR. La ligne n’est pas chargée. Exportez le numéro du logiciel de "
        "suivi ; l’identité des personnes n’entre jamais ici. [IMP-116]"
    )
    assert not any("Petit" in message for message in messages)


def test_columns_of_the_format_are_never_refused(tmp_path):
    assert not verify(write_raw(tmp_path, raw_sheets(valid_sheets()))).rapport.anomalies()
