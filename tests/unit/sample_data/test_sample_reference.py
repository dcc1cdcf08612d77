"""What reference/ must hold: every operation, every target, every source."""

from collections import Counter

import pytest

from data_access.colonnes import LONGUEUR_CODE, Genre
from data_access.format import feuille
from sample_data.generation.classeur import ETP_INVENTES
from sample_data.generation.parcours import HORS_QPV
from sample_data.generation.participations import EFFECTIFS, OPERATIONS_DE_REFERENT
from sample_data.generation.realisations import TOTAUX
from sample_data.generation.reference import (
    FICHIERS,
    list_codes_plie,
    list_reference,
    list_regles,
    load_populations,
    read_csv,
)
from sample_data.generation.volumes import VOLUMES

DOCUMENTS = (
    "Appel à projets AGAPE 2021, l. ",
    "Appel à projets PLIE MNO 2024, l. ",
    "Appel à projets PLIE Roubaix / Lys-lez-Lannoy 2021, l. ",
    "Fiche projet Entreprendre Ensemble 2026, l. ",
)
AVEC_REGLES = {"AGENAIS": 15, "BORDEAUX": 16, "GRAND_PERIGUEUX": 14, "MNO": 2, "ROUBAIX": 9, "DUNKERQUOIS": 3}


def list_all(nom: str) -> list[dict]:
    return [ligne for code in list_codes_plie() for ligne in list_reference(nom, code)]


def test_ten_plie_each_with_its_volumes() -> None:
    assert len(list_codes_plie()) == 10
    assert set(VOLUMES) == set(list_codes_plie())


def test_32_operations_of_the_calls_and_3_axes_of_accompaniment() -> None:
    operations = list_all("Operations")
    assert len(operations) == 35
    assert [o["code_plie"] for o in operations if o["code_operation"] == "AXE1"] == [
        *("AGENAIS", "BORDEAUX", "GRAND_PERIGUEUX")
    ]
    assert all(o["cible"] and o["debut"] <= o["fin"] for o in operations)
    assert all(o["etp"] is None for o in operations), "no text gives an ETP"


def test_an_operation_begins_before_the_year_of_the_call_unless_its_title_bears_it() -> None:
    for o in list_all("Operations"):
        annee = o["fin"].year
        assert (o["debut"].year < annee) == (str(annee) not in o["intitule"]), o
        assert o["debut"].year in (2015, annee) or "inventé" in o["source"]


def test_204_targets_175_of_operations_and_29_of_protocols() -> None:
    objectifs = list_all("Objectifs")
    assert Counter(bool(o["code_operation"]) for o in objectifs) == {True: 175, False: 29}


def test_a_target_is_measured_over_the_period_that_its_text_gives() -> None:
    cinq_ans = {
        (o["code_plie"], o["code_indicateur"]) for o in list_all("Objectifs") if o["fin"].isoformat() == "2019-12-31"
    }
    assert {("AGENAIS", "entrees"), ("AGENAIS", "sorties_positives"), ("BORDEAUX", "sorties")} <= cinq_ans
    assert ("GRAND_PERIGUEUX", "sorties_positives") not in cinq_ans, "sur les 7 années du PON"
    operations = {(o["code_plie"], o["code_operation"]): o["fin"].year for o in list_all("Operations")}
    for o in list_all("Objectifs"):
        if o["code_operation"]:
            assert o["debut"].year == o["fin"].year == operations[o["code_plie"], o["code_operation"]], o


def test_contradictory_and_repeated_targets_are_all_there() -> None:
    objectifs = list_all("Objectifs")
    conventions = {
        o["valeur"] for o in objectifs if (o["code_operation"], o["code_indicateur"]) == ("B5", "conventions")
    }
    assert conventions == {5, 6}
    employabilite = [o for o in objectifs if o["code_operation"] == "A5" and o["valeur"]]
    assert {(o["nature"], o["valeur"], o["valeur_max"]) for o in employabilite} == {
        ("fourchette", 30, 35),
        ("minimum", 30, None),
    }

    def targets_of(operation: str) -> list[tuple]:
        return [(o["libelle"], o["nature"], o["valeur"]) for o in objectifs if o["code_operation"] == operation]

    assert targets_of("GP2") == targets_of("GP4")


@pytest.mark.parametrize(
    ("code", "operation", "indicateur", "nature", "valeur"),
    [
        ("BORDEAUX", None, "taux_sorties_positives", "taux", 0.5),
        ("BORDEAUX", None, "sorties", "fixe", 1840),
        ("GRAND_PERIGUEUX", None, "sorties_positives_emploi", "fixe", 303),
        ("AGENAIS", "A4", "file_active_par_etp", "maximum", 80),
        ("AGENAIS", "A1", "reunions_referent_gestionnaire", "par_referent", 1),
        ("GRAND_PERIGUEUX", "GP1", "participants_accompagnes", "par_etp", 35),
        ("GRAND_PERIGUEUX", "GP1", "etapes_par_participant", "moyenne", 1.5),
        ("SOURCES", "S3", "heures_insertion", "par_etp", 30000),
        ("MNO", "ARP", "contacts_pour_50", "minimum", 1000),
        ("ROUBAIX", "FA1", "sorties_positives", "par_referent", 25),
        ("ROUBAIX", "FA1", "participants_rsa", "fixe", None),
        ("DUNKERQUOIS", "AP", "delai_diagnostic", "maximum", 30),
    ],
)
def test_known_targets(code: str, operation: str | None, indicateur: str, nature: str, valeur: float | None) -> None:
    trouves = {
        (o["nature"], o["valeur"])
        for o in list_reference("Objectifs", code)
        if (o["code_operation"], o["code_indicateur"]) == (operation, indicateur)
    }
    assert (nature, valeur) in trouves


def test_a_rate_is_a_fraction() -> None:
    assert all(o["valeur"] is None or 0 <= o["valeur"] <= 1 for o in list_all("Objectifs") if o["nature"] == "taux")


def test_exit_rules_only_where_a_text_has_some() -> None:
    regles = list_all("Regles de sortie")
    assert Counter(r["code_plie"] for r in regles) == AVEC_REGLES
    assert Counter(r["categorie"] for r in regles if r["code_plie"] == "BORDEAUX") == {
        "positive": 9,
        "autre": 3,
        "negative": 2,
        "a_confirmer": 2,
    }
    assert all((r["nature"] is not None) == (r["categorie"] == "positive") for r in regles)
    assert {r["type_sortie"] for r in regles if r["sensible"]} == {"demenagement_deces", "incarceration", "maternite"}


def test_the_rules_of_mno_and_dunkerque_are_completed_by_labels_that_nothing_classes() -> None:
    for code in AVEC_REGLES:
        invents = [r for r in list_regles(code) if r not in list_reference("Regles de sortie", code)]
        assert bool(invents) == (code in ("MNO", "DUNKERQUOIS"))
        assert all(r["categorie"] == "a_confirmer" and r["source"].startswith("Inventé") for r in invents)
    assert list_regles("TECHNOWEST") == []


def test_grand_perigueux_has_its_whole_table_of_etapes() -> None:
    types = list_reference("Types d'etape", "GRAND_PERIGUEUX")
    assert len(types) == 67
    assert [t["code_classe"] for t in types if not t["comptee"]] == ["1"]
    assert any("ANTIGONE" in t["libelle"] for t in types if t["sensible"])


def test_dunkerque_does_not_say_which_communes_are_eligible() -> None:
    assert {t["eligible"] for t in list_reference("Territoires", "DUNKERQUOIS")} == {None}


def test_every_commune_is_on_the_map_inside_its_region() -> None:
    for t in list_all("Territoires"):
        if t["type"] == "commune":
            nord = t["code_territoire"].startswith("59")
            assert (50 < t["latitude"] < 51.2, 2 < t["longitude"] < 4) == (nord, nord), t
            assert nord or (43.9 < t["latitude"] < 46 and -1.3 < t["longitude"] < 1.5), t
            assert "coordonnées" in t["source"]


def test_elsewhere_than_in_a_priority_quartier_only_where_the_text_names_them_all() -> None:
    ailleurs = {t["code_plie"] for t in list_all("Territoires") if t["code_territoire"] == HORS_QPV}
    assert ailleurs == {t["code_plie"] for t in list_all("Territoires") if t["type"] == "qpv"}


def test_every_commune_has_a_population() -> None:
    for code in list_codes_plie():
        communes = {t["code_territoire"] for t in list_reference("Territoires", code) if t["type"] == "commune"}
        assert communes == set(load_populations(code))


@pytest.mark.parametrize("fichier", [*FICHIERS.values(), "populations.csv"])
def test_every_line_has_its_source(fichier: str) -> None:
    for ligne in read_csv(fichier):
        source = ligne["source"]
        assert source.startswith(DOCUMENTS) or (fichier == "populations.csv" and source), ligne


@pytest.mark.parametrize("nom", FICHIERS)
def test_lines_fit_the_format(nom: str) -> None:
    lignes = list_all(nom)
    cles = [tuple(ligne[c] for c in feuille(nom).cle) for ligne in lignes]
    assert len(set(cles)) == len(lignes)
    for colonne in feuille(nom).colonnes:
        for ligne in lignes:
            valeur = ligne[colonne.nom]
            assert valeur is not None or not colonne.obligatoire, (nom, colonne.nom, ligne)
            assert not colonne.valeurs or valeur is None or valeur in colonne.valeurs
            assert colonne.genre is not Genre.CODE or valeur is None or len(valeur) <= LONGUEUR_CODE


def test_what_is_invented_points_at_operations_and_targets_that_exist() -> None:
    operations = {o["code_operation"] for o in list_all("Operations")}
    objectifs = {(o["code_operation"], o["code_indicateur"]) for o in list_all("Objectifs")}
    assert {*ETP_INVENTES, *EFFECTIFS, *OPERATIONS_DE_REFERENT} <= operations
    assert set(TOTAUX) <= objectifs
    personnes = {o["code_operation"] for o in list_all("Operations") if o["cible"] == "aide_aux_personnes"}
    assert {*EFFECTIFS, *OPERATIONS_DE_REFERENT} == personnes


def test_typographic_apostrophe_everywhere() -> None:
    for nom in FICHIERS.values():
        for ligne in read_csv(nom):
            assert not any("'" in texte for texte in ligne.values()), ligne
