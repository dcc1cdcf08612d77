"""Rules of a profile: values, dates, numbers, codes put together; profiles written and read as JSON."""

import json
from datetime import date, datetime

import pytest

from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.format import feuille
from data_access.profils.contenu import (
    ColonneVisee,
    FeuilleSource,
    Filtre,
    Profil,
    RegleDeColonne,
    Sinon,
    set_unlisted_aside,
)
from data_access.profils.conversion import LecteurDeRegle
from data_access.profils.correspondances import propose_values
from data_access.profils.dates import guess_format, is_date_format, read_as
from data_access.profils.depot import profil_from_json, profil_to_json
from data_access.profils.vocabulaire import similarity, synonyms

PROFIL = Profil(
    nom="Mensuel",
    code_plie="T",
    logiciel="Viesion",
    feuilles=(
        FeuilleSource(
            "Étapes*",
            (
                ColonneVisee(
                    "Etapes",
                    {
                        "id_etape": RegleDeColonne(("Réf.", "Du"), separateur="/"),
                        "id_parcours": RegleDeColonne(("Réf.",), recopier=True),
                        "type_etape": RegleDeColonne(("Étape",), valeurs={"Stage": "stage", "?": ""}, sinon=Sinon.VIDE),
                        "debut": RegleDeColonne(("Du",), format_date="JJ.MM.AA"),
                        "statut": RegleDeColonne(constante="realisee"),
                    },
                    regrouper=True,
                    garder_le_reste=True,
                    filtres=(Filtre("Étape", exclure=("Test",), remplie=True),),
                ),
            ),
            ligne_entete=3,
        ),
    ),
    encodage="cp1252",
    separateur=";",
    decimale=".",
    plie={"nom": "PLIE d’essai"},
)


def read(
    colonne: tuple[str, str], regle: RegleDeColonne, *cellules: object, decimale: str = ","
) -> tuple[object, str | None]:
    positions = {source.casefold(): rang for rang, source in enumerate(regle.sources)}
    valeur, faute = LecteurDeRegle(feuille(colonne[0]).colonne(colonne[1]), regle, positions, decimale).read(
        list(cellules)
    )
    return valeur, faute and faute.code


SEXE, ENTREE, HEURES, ID_ETAPE = (
    ("Participants", "sexe"),
    ("Parcours", "entree_le"),
    ("Etapes", "heures"),
    ("Etapes", "id_etape"),
)


@pytest.mark.parametrize(
    ("cellule", "sinon", "attendu"),
    [
        ("Féminin", Sinon.REJETER, ("F", None)),
        (" FEMININ ", Sinon.REJETER, ("F", None)),
        ("F", Sinon.REJETER, ("F", None)),
        ("?", Sinon.REJETER, (None, None)),
        ("Autre", Sinon.REJETER, (None, "PRF-101")),
        ("Autre", Sinon.VIDE, (None, None)),
        ("Autre", Sinon.TEL_QUEL, ("Autre", None)),
        (None, Sinon.REJETER, (None, None)),
    ],
)
def test_values(cellule, sinon, attendu):
    assert read(SEXE, RegleDeColonne(("a",), valeurs={"Féminin": "F", "?": ""}, sinon=sinon), cellule) == attendu


@pytest.mark.parametrize(
    ("cellule", "format_date", "attendu"),
    [
        ("13/02/2021", "JJ/MM/AAAA", date(2021, 2, 13)),
        ("13/02/2021 17:42", "JJ/MM/AAAA", date(2021, 2, 13)),
        ("02/13/2021", "MM/JJ/AAAA", date(2021, 2, 13)),
        ("20210213", "AAAAMMJJ", date(2021, 2, 13)),
        ("13.02.80", "JJ.MM.AA", date(1980, 2, 13)),
        ("2021-02-13T08:00:00Z", "AAAA-MM-JJ", date(2021, 2, 13)),
        ("44469", "Excel", date(2021, 9, 30)),
        (44469, "Excel", date(2021, 9, 30)),
        (datetime(2021, 2, 13), "JJ/MM/AAAA", datetime(2021, 2, 13)),
    ],
)
def test_dates(cellule, format_date, attendu):
    assert read(ENTREE, RegleDeColonne(("a",), format_date=format_date), cellule) == (attendu, None)


@pytest.mark.parametrize(("cellule", "format_date"), [("13/02/2021", "MM/JJ/AAAA"), ("31/02/2021", "JJ/MM/AAAA")])
def test_a_date_is_never_read_another_way(cellule, format_date):
    assert read(ENTREE, RegleDeColonne(("a",), format_date=format_date), cellule) == (None, "IMP-102")


@pytest.mark.parametrize("texte", ["JJ/MM", "JJ/JJ/AAAA", "DD/MM/YYYY", "", "JJMMAAAA.*", "AAAA/AA/JJ"])
def test_date_formats_are_checked(texte):
    assert not is_date_format(texte)


def test_format_is_guessed_from_all_the_dates():
    assert guess_format(["01/02/2021", "13/02/2021"]) == "JJ/MM/AAAA"
    assert guess_format(["01/02/2021", "02/13/2021"]) == "MM/JJ/AAAA"
    assert guess_format(["01/02/2021", "2021-02-13"]) is None
    assert read_as("30/02/2021", "JJ/MM/AAAA") is None


@pytest.mark.parametrize(
    ("cellule", "decimale", "attendu"),
    [
        ("1.234,5", ",", ("1234,5", None)),
        ("1.234", ",", ("1234", None)),
        ("1,234.5", ".", ("1234.5", None)),
        ("1,5", ".", (None, "IMP-103")),
        (1.5, ".", (1.5, None)),
    ],
)
def test_numbers(cellule, decimale, attendu):
    assert read(HEURES, RegleDeColonne(("a",)), cellule, decimale=decimale) == attendu


def test_code_put_together_is_the_same_every_month_and_never_too_long():
    regle = RegleDeColonne(("a", "b"))
    assert read(ID_ETAPE, regle, "PA1", datetime(2021, 2, 13)) == ("PA1-2021-02-13", None)
    assert read(ID_ETAPE, regle, "PA1", None) == (None, None)
    long, _ = read(ID_ETAPE, regle, "PA1", "x" * 80)
    assert isinstance(long, str)
    assert len(long) == 64
    assert long == read(ID_ETAPE, regle, "PA1", "x" * 80)[0] != read(ID_ETAPE, regle, "PA1", "x" * 81)[0]


def test_profile_is_the_same_after_json():
    assert profil_from_json(profil_to_json(PROFIL)) == PROFIL


def spoiled(**champs: object) -> str:
    return json.dumps(json.loads(profil_to_json(PROFIL)) | champs)


def with_rule(regle: object) -> str:
    objet = json.loads(profil_to_json(PROFIL))
    objet["feuilles"][0]["cibles"][0]["colonnes"]["fin"] = regle
    return json.dumps(objet)


@pytest.mark.parametrize(
    ("contenu", "mot"),
    [
        ("", "JSON"),
        ("[" * 100_000, "JSON"),
        ("[]", "objet"),
        (spoiled(version=2), "version"),
        (spoiled(version=True), "version"),
        (spoiled(nom=""), "nom"),
        (spoiled(nom="a\x00b"), "invisible"),
        (spoiled(code="import os"), "code"),
        (spoiled(feuilles=[]), "aucune feuille"),
        (spoiled(encodage="utf-7"), "encodage"),
        (spoiled(plie={"date_extraction": "01/01/2021"}), "date_extraction"),
        (with_rule({}), "soit"),
        (with_rule({"sources": ["a"], "constante": "b"}), "soit"),
        (with_rule({"sources": []}), "vide"),
        (with_rule({"sources": ["a"], "format_date": ".*"}), "format_date"),
        (with_rule({"sources": ["a"], "valeurs": {"b": 1}}), "texte"),
        (with_rule({"sources": ["a"], "sinon": "supprimer"}), "liste"),
        (spoiled(feuilles=[{"nom": "a", "cibles": [{"feuille": "Etapes", "colonnes": {}}]}]), "id_etape"),
        (spoiled(feuilles=[{"nom": "a", "cibles": [{"feuille": "PLIE", "colonnes": {}}]}]), "feuille"),
        (spoiled(feuilles=json.loads(profil_to_json(PROFIL))["feuilles"] * 2), "deux fois"),
    ],
)
def test_profile_is_read_strictly(contenu, mot):
    with pytest.raises(ClasseurRefuseError, match=mot) as refus:
        profil_from_json(contenu)
    assert refus.value.anomalie.code == "PRF-007"


def test_names_are_compared_by_their_words():
    assert similarity("Date d’entrée au PLIE", "ENTREE PLIE (date)") == 1
    assert similarity("Q1", "Q2") == 0
    assert similarity("Date de sortie", "Commune") < 0.5


def test_synonyms_speak_of_columns_of_the_format():
    for nom, colonne in synonyms():
        assert feuille(nom).colonne(colonne)


def test_local_exit_labels():
    codes = {"cdi": "CDI", "abandon": "Abandons de parcours par le bénéficiaire (démission)", "deces": "Décès"}
    propositions = propose_values(
        feuille("Parcours").colonne("type_sortie"), ["Sortie CDI", "Abandon (démission)", "Xyz"], codes
    )
    assert {p.valeur_source: p.valeur for p in propositions} == {
        "Sortie CDI": "cdi",
        "Abandon (démission)": "abandon",
        "Xyz": None,
    }
    assert propose_values(feuille("Parcours").colonne("type_sortie"), ["cdi", "abandon"], codes) == ()


def test_first_load_of_a_plie_leaves_aside_what_quotes_a_list_not_given_yet() -> None:
    def cible(feuille: str, *colonnes: str) -> ColonneVisee:
        return ColonneVisee(feuille, {nom: RegleDeColonne(sources=(nom,)) for nom in colonnes})

    participants = cible("Participants", "id_participant", "sexe")
    parcours = cible("Parcours", "id_parcours", "id_participant", "entree_le", "code_referent", "code_commune")
    etapes = cible("Etapes", "id_etape", "id_parcours", "type_etape", "debut", "statut")
    contacts = cible("Contacts", "id_parcours", "contact_le", "nature")
    sources = (FeuilleSource("*", (participants, parcours)), FeuilleSource("Étapes", (etapes, contacts)))
    profil, laisses = set_unlisted_aside(Profil("n", "NEUF", "l", sources))
    assert laisses == ("Parcours.code_referent", "Etapes")
    assert {c.feuille: list(c.colonnes) for _, c in profil.targets()} == {
        "Participants": ["id_participant", "sexe"],
        "Parcours": ["id_parcours", "id_participant", "entree_le", "code_commune"],
        "Contacts": ["id_parcours", "contact_le", "nature"],
    }
    # Lists that the export itself gives are quoted; without the parcours nothing that follows them stays.
    types = cible("Types d'etape", "type_etape", "libelle", "code_classe", "libelle_classe", "comptee")
    seuls = Profil("n", "NEUF", "l", (FeuilleSource("*", (participants, types, etapes, contacts)),))
    profil, laisses = set_unlisted_aside(seuls)
    assert laisses == ("Etapes", "Contacts")
    assert [c.feuille for _, c in profil.targets()] == ["Participants", "Types d'etape"]
