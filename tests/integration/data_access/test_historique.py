"""History, comparison of any two versions, anomalies still open and since when; on both engines."""

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.historique.chargements import list_versions, undo_last
from data_access.historique.comparaison import compare_versions, list_changes
from data_access.imports.qualite import open_anomalies
from data_access.refus import Refus
from tests.integration.data_access.contenu import load, of_plie
from tests.unit.data_access.petits_classeurs import valid_sheets


def differences(moteur, de, a, code_plie=None):
    with moteur.connect() as base:
        ecarts = compare_versions(base, de, a, code_plie)
        return {nom: (e.ajoutes, e.modifies, e.retires) for nom, e in ecarts.items()}


def rows(moteur, de, a, nom, **options):
    with moteur.connect() as base:
        return list_changes(base, de, a, nom, **options)


def groups(moteur, *codes):
    with moteur.connect() as base:
        return open_anomalies(base, codes)


def with_hours(heures):
    feuilles = valid_sheets()
    feuilles["Etapes"][0]["heures"] = heures
    return feuilles


def test_history_says_who_what_and_how_many(moteur, tmp_path):
    feuilles = valid_sheets()
    feuilles["Etapes"][0]["statut"] = "faite"
    feuilles["Parcours"][1]["code_referent"] = None
    termine = load(moteur, tmp_path, feuilles, "janvier.xlsx")
    load(moteur, tmp_path, of_plie("U", valid_sheets()), "autre.xlsx")
    with moteur.connect() as base:
        premiere = list_versions(base, "T")[0]
        assert [v.numero for v in list_versions(base)] == [2, 1]
    assert (premiere.auteur, premiere.classeur, premiere.codes_plie) == ("essai", "janvier.xlsx", ("T",))
    assert premiere.empreinte == termine.prepare.empreinte
    assert premiere.bilan["Etapes"] == {"ajoutes": 1, "modifies": 0, "retires": 0, "inchanges": 0, "rejetes": 1}
    assert premiere.anomalies == {"IMP-106": 1, "IMP-205": 1}
    assert (premiere.annulation_de, premiere.annule_par, premiere.en_vigueur) == (None, None, True)


def test_net_changes_between_any_two_versions(moteur, tmp_path):
    load(moteur, tmp_path, with_hours(35))
    suite = with_hours(36)
    suite["Etapes"].append(suite["Etapes"][1] | {"id_etape": "e3"})
    suite["Contacts"].append(suite["Contacts"][0])
    load(moteur, tmp_path, suite)
    load(moteur, tmp_path, with_hours(35) | {"Suspensions": []})
    assert differences(moteur, 1, 2) == {"Etapes": (1, 1, 0), "Contacts": (1, 0, 0)}
    assert differences(moteur, 2, 3) == {"Etapes": (0, 1, 1), "Suspensions": (0, 0, 1), "Contacts": (0, 0, 1)}
    assert differences(moteur, 1, 3) == {"Suspensions": (0, 0, 1)}
    assert differences(moteur, 3, 1) == {"Suspensions": (1, 0, 0)}
    assert differences(moteur, 2, 2) == {}
    assert differences(moteur, 0, 1)["Contacts"] == (2, 0, 0)
    assert differences(moteur, 0, 3, "ailleurs") == {}


def test_changes_row_by_row(moteur, tmp_path):
    load(moteur, tmp_path, with_hours(35))
    suite = with_hours(36)
    del suite["Etapes"][1]
    load(moteur, tmp_path, suite)
    modification, retrait = rows(moteur, 1, 2, "Etapes")
    assert (modification.genre, modification.cle) == ("modification", {"code_plie": "T", "id_etape": "e1"})
    assert modification.colonnes == {"heures": (35.0, 36.0)}
    assert (retrait.genre, retrait.apres, retrait.avant["debut"]) == ("retrait", None, "2023-04-01")
    assert rows(moteur, 2, 1, "Etapes")[0].colonnes == {"heures": (36.0, 35.0)}
    assert rows(moteur, 1, 2, "Etapes", debut=1, limite=1) == [retrait]
    assert rows(moteur, 1, 2, "Etapes", limite=0) == []
    assert rows(moteur, 1, 2, "Parcours") == []


def test_an_undo_is_no_change(moteur, tmp_path):
    load(moteur, tmp_path, with_hours(35))
    load(moteur, tmp_path, with_hours(36))
    undo_last(moteur, "chef")
    assert differences(moteur, 1, 3) == {}
    assert differences(moteur, 2, 3) == {"Etapes": (0, 1, 0)}


@pytest.mark.parametrize("versions", [(0, 2), (-1, 1), (2, 1)])
def test_versions_that_do_not_exist(moteur, tmp_path, versions):
    load(moteur, tmp_path, valid_sheets())
    with pytest.raises(Refus, match=r"en sont à la version 1\..*\[HIS-001\]$"):
        differences(moteur, *versions)


def spoiled(*fautes):
    """A valid workbook with some of these faults: two of rows, one of a sheet."""
    feuilles = valid_sheets()
    if "statut" in fautes:
        feuilles["Etapes"][1]["statut"] = "faite"
    if "referent" in fautes:
        feuilles["Parcours"][1]["code_referent"] = None
    if "questionnaire" in fautes:
        feuilles["Participations"][0]["questionnaire_complet"] = False
    return feuilles


def test_open_anomalies_by_check_with_their_row_and_who_follows_it(moteur, tmp_path):
    load(moteur, tmp_path, spoiled("statut", "referent", "questionnaire"))
    trouves = {groupe.controle: groupe for groupe in groups(moteur, "T")}
    assert list(trouves) == ["IMP-106", "IMP-205", "IMP-207"]
    rejet, sans_referent, questionnaire = (trouves[code].anomalies[0] for code in trouves)
    assert (rejet.cle, rejet.code_referent, rejet.ligne, rejet.colonne) == ("e2", None, 3, "statut")
    assert (sans_referent.cle, sans_referent.code_referent) == ("c2", None)
    assert (questionnaire.cle, questionnaire.code_referent) == ("c1 · O1 · 10/01/2022", "R1")
    assert questionnaire.code_operation == "O1"
    assert trouves["IMP-207"].titre == "Questionnaire FSE incomplet"
    assert groups(moteur, "U") == []


def test_age_of_an_anomaly(moteur, tmp_path):
    load(moteur, tmp_path, spoiled("referent"))
    melange = spoiled("referent", "questionnaire")
    melange["Parcours"].reverse()  # another row number, the same parcours
    load(moteur, tmp_path, melange)
    ages = {g.controle: g.anomalies[0].depuis_version for g in groups(moteur, "T")}
    assert ages == {"IMP-205": 1, "IMP-207": 2}
    assert load(moteur, tmp_path, melange).etat == "inchange"
    load(moteur, tmp_path, spoiled("questionnaire"))
    load(moteur, tmp_path, spoiled("referent", "questionnaire"))
    groupes = {g.controle: g for g in groups(moteur, "T")}
    assert {code: g.anomalies[0].depuis_version for code, g in groupes.items()} == {"IMP-205": 4, "IMP-207": 2}
    with moteur.connect() as base:
        moments = dict(base.execute(sa.select(t.versions.c.id, t.versions.c.moment)).all())
    assert groupes["IMP-207"].depuis_le == moments[2]


def test_a_sheet_not_given_again_keeps_its_anomalies(moteur, tmp_path):
    load(moteur, tmp_path, spoiled("referent", "questionnaire"))
    load(moteur, tmp_path, {"Participations": valid_sheets()["Participations"]})
    assert [(g.controle, g.anomalies[0].depuis_version) for g in groups(moteur, "T")] == [("IMP-205", 1)]


def test_a_correction_that_changes_no_row_closes_the_anomaly(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    termine = load(moteur, tmp_path, spoiled("statut"))  # the stored version of the row stays
    assert (termine.etat, [g.controle for g in groups(moteur, "T")]) == ("charge", ["IMP-106"])
    termine = load(moteur, tmp_path, valid_sheets())
    assert (termine.etat, groups(moteur, "T")) == ("charge", [])
    assert differences(moteur, 1, 3) == {}


def test_an_undo_opens_what_it_restores(moteur, tmp_path):
    load(moteur, tmp_path, spoiled("referent"))
    load(moteur, tmp_path, spoiled("questionnaire"))
    undo_last(moteur, "chef")
    assert [(g.controle, g.anomalies[0].depuis_version) for g in groups(moteur, "T")] == [("IMP-205", 1)]
    undo_last(moteur, "chef")
    assert [(g.controle, g.anomalies[0].depuis_version) for g in groups(moteur, "T")] == [("IMP-207", 2)]
