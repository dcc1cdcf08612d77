"""Taking back the last import: everything is as before, history grows, half an undo leaves nothing."""

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import current_version
from data_access.historique.chargements import list_versions, prepare_undo, undo_last
from data_access.imports.deroule import VersionDepasseeError
from data_access.refus import Refus
from tests.integration.data_access.contenu import load, of_plie, state
from tests.unit.data_access.petits_classeurs import valid_sheets


def second_sheets():
    """The same PLIE a month later: rows added, changed, removed, a key with an empty part, doubles."""
    feuilles = valid_sheets()
    feuilles["Objectifs"][0]["code_operation"] = None
    feuilles["Objectifs"][0]["valeur"] = 0.1
    feuilles["Suspensions"][0]["motif"] = None
    feuilles["Participants"][1] = {"code_plie": "T", "id_participant": "p9", "sexe": "F"}
    feuilles["Parcours"][1].update(id_participant="p9", mois_sans_emploi=14)
    feuilles["Etapes"][0]["heures"] = 35.5
    feuilles["Etapes"].append(feuilles["Etapes"][1] | {"id_etape": "e3"})
    feuilles["Contacts"] = [*feuilles["Contacts"][:1], feuilles["Contacts"][0] | {"nature": "courriel"}]
    feuilles["Regles de sortie"][0]["categorie"] = "negative"
    return feuilles


def test_undo_restores_everything_and_undo_again_loads_again(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    avant = state(moteur)
    load(moteur, tmp_path, second_sheets(), "suite.xlsx")
    apres = state(moteur)
    prepare = prepare_undo(moteur)
    assert (prepare.version, prepare.version_courante, prepare.classeur) == (2, 2, "suite.xlsx")
    assert (prepare.bilans["Etapes"].retires, prepare.bilans["Etapes"].modifies) == (1, 1)
    assert undo_last(moteur, "chef", prepare=prepare) == 3
    assert state(moteur) == avant
    assert undo_last(moteur, "chef") == 4
    assert state(moteur) == apres
    assert undo_last(moteur, "chef") == 5
    assert state(moteur) == avant
    with moteur.connect() as base:
        versions = {v.numero: v for v in list_versions(base)}
        assert current_version(base) == 5
    assert [versions[n].annulation_de for n in range(1, 6)] == [None, None, 2, 3, 4]
    assert [versions[n].en_vigueur for n in range(1, 6)] == [True, False, True, False, True]
    assert versions[4].classeur == "Annulation de la version 3 (suite.xlsx)"
    assert versions[3].empreinte == versions[1].empreinte != versions[2].empreinte


def test_undo_of_the_first_import_empties_the_plie(moteur, tmp_path):
    vide = state(moteur)
    load(moteur, tmp_path, valid_sheets())
    plein = state(moteur)
    undo_last(moteur, "chef")
    assert state(moteur) == vide
    undo_last(moteur, "chef")
    assert state(moteur) == plein


def test_undo_of_a_sheet_given_for_the_first_time(moteur, tmp_path):
    feuilles = valid_sheets()
    contacts = feuilles.pop("Contacts")
    load(moteur, tmp_path, feuilles)
    avant = state(moteur)
    load(moteur, tmp_path, {"PLIE": feuilles["PLIE"], "Contacts": contacts[:0]})
    undo_last(moteur, "chef")
    assert state(moteur) == avant


def test_what_went_with_a_removed_participant_comes_back(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    avant = state(moteur)
    load(moteur, tmp_path, {"Participants": valid_sheets()["Participants"][:1]})
    undo_last(moteur, "chef")
    assert state(moteur) == avant


def test_an_undo_that_breaks_down_leaves_all_as_it_was(moteur, tmp_path, monkeypatch):
    load(moteur, tmp_path, valid_sheets())
    load(moteur, tmp_path, second_sheets())
    avant = state(moteur)

    def break_down(*_args):
        raise RuntimeError("panne")

    monkeypatch.setattr("data_access.historique.chargements.refresh_derived", break_down)
    with pytest.raises(RuntimeError):
        undo_last(moteur, "chef")
    assert state(moteur) == avant
    with moteur.connect() as base:
        assert current_version(base) == 2


def test_each_plie_has_its_own_last_import(moteur, tmp_path):
    load(moteur, tmp_path, of_plie("A", valid_sheets()))
    load(moteur, tmp_path, of_plie("B", valid_sheets()))
    avec_b = state(moteur)
    assert undo_last(moteur, "chef", codes_autorises={"A"}) == 3
    with moteur.connect() as base:
        assert base.execute(sa.select(t.plie.c.code_plie)).scalars().all() == ["B"]
        assert [v.numero for v in list_versions(base, "A")] == [3, 1]
    undo_last(moteur, "chef", codes_autorises={"A"})
    assert state(moteur) == avec_b


def test_last_import_of_one_plie_though_others_came_since(moteur, tmp_path):
    load(moteur, tmp_path, of_plie("A", valid_sheets()))
    load(moteur, tmp_path, of_plie("B", valid_sheets()))
    avant = state(moteur)
    load(moteur, tmp_path, {"Contacts": of_plie("A", valid_sheets())["Contacts"][:1]})
    load(moteur, tmp_path, {"Contacts": of_plie("B", valid_sheets())["Contacts"][:1]})
    prepare = prepare_undo(moteur, codes_autorises={"A", "B"}, code_plie="A")
    assert (prepare.version, prepare.codes_plie) == (3, ["A"])
    assert undo_last(moteur, "chef", {"A", "B"}, prepare) == 5
    assert prepare_undo(moteur, code_plie="A").version == 5
    assert undo_last(moteur, "chef", None, prepare_undo(moteur, code_plie="B")) == 6
    assert state(moteur) == avant
    with pytest.raises(Refus, match=r"\[ANN-001\]$"):
        prepare_undo(moteur, codes_autorises={"A"}, code_plie="B")


def test_import_of_two_plie_waits_for_the_later_one_of_the_other(moteur, tmp_path):
    vide = state(moteur)
    load(moteur, tmp_path, both(valid_sheets()))
    avant = state(moteur)
    contacts = of_plie("B", valid_sheets())["Contacts"][:1]
    load(moteur, tmp_path, {"Contacts": contacts})
    with pytest.raises(Refus, match=r"concerne aussi B, que la version 2 .*\[ANN-004\]$"):
        prepare_undo(moteur, code_plie="A")
    undo_last(moteur, "chef", None, prepare_undo(moteur, code_plie="B"))
    assert state(moteur) == avant
    # The later one and its undo are worth nothing together.
    undo_last(moteur, "chef", None, prepare_undo(moteur, code_plie="A"))
    assert state(moteur) == vide
    undo_last(moteur, "chef", None, prepare_undo(moteur, code_plie="B"))
    assert state(moteur) == avant


def both(feuilles):
    """The same rows for A and for B."""
    a, b = of_plie("A", feuilles), of_plie("B", feuilles)
    return {nom: a[nom] + b[nom] for nom in a}


def test_what_cannot_be_taken_back_is_said_in_words(moteur, tmp_path):
    with pytest.raises(Refus, match=r"aucun chargement.*\[ANN-001\]$"):
        undo_last(moteur, "chef")
    load(moteur, tmp_path, both(valid_sheets()))
    with pytest.raises(Refus, match=r"\[ANN-002\]$"):
        prepare_undo(moteur, codes_autorises={"A"})
    load(moteur, tmp_path, {"Contacts": of_plie("B", valid_sheets())["Contacts"][:1]})
    with pytest.raises(Refus, match=r"\[ANN-002\]$"):
        undo_last(moteur, "chef", codes_autorises={"A"})


def test_data_touched_behind_the_journal_are_left_alone(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    load(moteur, tmp_path, second_sheets())
    with moteur.begin() as base:
        base.execute(sa.update(t.etapes).where(t.etapes.c.id_etape == "e1").values(heures=1))
    avant = state(moteur)
    with pytest.raises(Refus, match=r"\[ANN-003\]$"):
        undo_last(moteur, "chef")
    assert state(moteur) == avant


def test_an_import_that_came_since_is_not_taken_back_by_mistake(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    prepare = prepare_undo(moteur)
    load(moteur, tmp_path, second_sheets())
    with pytest.raises(VersionDepasseeError):
        undo_last(moteur, "chef", prepare=prepare)
