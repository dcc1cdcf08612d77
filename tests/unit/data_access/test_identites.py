import pytest

from data_access.classeur.identites import contains_identity, is_identity_column, looks_like_identity
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


@pytest.mark.parametrize(
    "texte",
    [
        "écrire à jean.petit@mail.fr", "rappeler au 06 12 34 56 78", "06.12.34.56.78", "tél:+33 6 12 34 56 78",
        "0556010203", "NIR 2 85 07 33 063 123 45", "285072A063123", "n° 285073306312345 (à retirer)",
    ],
)  # fmt: skip
def test_identities_inside_a_text(texte):
    assert contains_identity(texte)


@pytest.mark.parametrize(
    "texte",
    [
        "attestation du 01.02.2021 10h30", "SIRET 12345678900012", "123 456 789 00012", "du 01/02/2021 au 03/04/2021",
        "convention 2021-0612345", "1700000000000", "12;24", "33063", "0000012345",
    ],
)  # fmt: skip
def test_other_texts(texte):
    assert not contains_identity(texte)


def test_a_text_with_a_phone_is_not_kept_but_the_row_is(tmp_path):
    feuilles = valid_sheets()
    feuilles["Parcours"][0]["prescripteur"] = "Mission locale, jean@petit.fr"
    verifie = verify(write_raw(tmp_path, raw_sheets(feuilles)))
    (anomalie,) = verifie.rapport.anomalies()
    assert (anomalie.code, anomalie.cle) == ("IMP-214", "c1")
    assert "petit" not in repr(verifie)
    assert len(verifie.feuilles["Parcours"].lignes) == 2


def test_names_of_sheets_and_headers_are_not_repeated_when_they_say_who(tmp_path):
    feuilles = raw_sheets(valid_sheets())
    feuilles["jean@petit.fr"] = [["x"]]
    feuilles["Contacts"][0].append("06 12 34 56 78")
    feuilles["Territoires"][1][3] = "jean@petit.fr"
    messages = " ".join(a.message for a in verify(write_raw(tmp_path, feuilles)).rapport.anomalies())
    assert "petit" not in messages
    assert "56 78" not in messages
    assert "Onglet « n° 15 »" in messages


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
