"""Importing: what is added, changed, removed, left alone; on SQLite and on PostgreSQL."""

import threading
from datetime import date

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import current_version
from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.imports.deroule import VersionDepasseeError, apply_import, import_classeur, prepare_import
from tests.unit.data_access.petits_classeurs import valid_sheets, write


def dump(moteur: sa.Engine) -> dict[str, list[tuple]]:
    """All that the database holds."""
    with moteur.connect() as base:
        return {
            table.name: sorted(map(repr, base.execute(sa.select(table)).all())) for table in t.metadata.sorted_tables
        }


def column(moteur: sa.Engine, colonne: sa.Column) -> list:
    with moteur.connect() as base:
        return sorted(base.execute(sa.select(colonne)).scalars(), key=repr)


def load(moteur, tmp_path, feuilles):
    return import_classeur(moteur, write(tmp_path, feuilles), "essai", disparition_confirmee=True)


def changes(termine):
    """By sheet, (added, changed, removed) where something changes."""
    bilans = {nom: (b.ajoutes, b.modifies, b.retires) for nom, b in termine.prepare.bilans().items()}
    return {nom: nombres for nom, nombres in bilans.items() if any(nombres)}


def test_first_load(moteur, tmp_path):
    feuilles = valid_sheets()
    termine = load(moteur, tmp_path, feuilles)
    assert (termine.etat, termine.version) == ("charge", 1)
    assert changes(termine) == {nom: (len(lignes), 0, 0) for nom, lignes in feuilles.items()}
    with moteur.connect() as base:
        version = base.execute(sa.select(t.versions)).one()
        notees = base.execute(sa.select(sa.func.count()).select_from(t.journal)).scalar()
        chargees = base.execute(sa.select(t.feuilles_chargees.c.nom_table)).scalars().all()
    assert (version.auteur, version.classeur, version.codes_plie) == ("essai", "essai.xlsx", ["T"])
    assert version.bilan["Etapes"] == {"ajoutes": 2, "modifies": 0, "retires": 0, "inchanges": 0, "rejetes": 0}
    assert set(chargees) == set(t.TABLES)
    assert notees == sum(map(len, feuilles.values()))


def test_the_same_file_twice_changes_nothing(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    avant = dump(moteur)
    termine = load(moteur, tmp_path, valid_sheets())
    assert (termine.etat, termine.version, changes(termine)) == ("inchange", 1, {})
    assert dump(moteur) == avant


def test_a_sheet_present_is_replaced_and_an_absent_one_is_left_alone(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    etapes = valid_sheets()["Etapes"]
    etapes[0]["heures"] = 36
    etapes[1] = etapes[1] | {"id_etape": "e3"}
    termine = load(moteur, tmp_path, {"Etapes": etapes})
    assert (termine.etat, termine.version) == ("charge", 2)
    assert changes(termine) == {"Etapes": (1, 1, 1)}
    assert column(moteur, t.etapes.c.id_etape) == ["e1", "e3"]
    assert column(moteur, t.contacts.c.id_parcours) == ["c2", "c2"]


def test_journal(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    etapes = valid_sheets()["Etapes"]
    etapes[0]["fin"] = date(2022, 6, 1)
    etapes[1] = etapes[1] | {"id_etape": "e3"}
    load(moteur, tmp_path, {"Etapes": etapes})
    j = t.journal.c
    with moteur.connect() as base:
        lignes = base.execute(
            sa.select(j.nom_table, j.code_plie, j.avant, j.apres).where(j.version_id == 2).order_by(j.id)
        ).all()
    ajout, modification, retrait = lignes
    assert {ligne[:2] for ligne in lignes} == {("etapes", "T")}
    assert (ajout.avant, ajout.apres["id_etape"]) == (None, "e3")
    assert (modification.avant["fin"], modification.apres["fin"]) == ("2022-05-01", "2022-06-01")
    assert set(modification.apres) == {c for c in t.workbook_columns(t.etapes)}
    assert (retrait.avant["id_etape"], retrait.apres) == ("e2", None)


def test_identical_rows_are_as_many_events(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    contact = valid_sheets()["Contacts"][0]
    assert changes(load(moteur, tmp_path, {"Contacts": [contact] * 3})) == {"Contacts": (1, 0, 0)}
    assert changes(load(moteur, tmp_path, {"Contacts": [contact]})) == {"Contacts": (0, 0, 2)}
    assert len(column(moteur, t.contacts.c.id)) == 1


def test_an_empty_sheet_is_a_true_zero(moteur, tmp_path):
    feuilles = valid_sheets()
    del feuilles["Contacts"]
    load(moteur, tmp_path, feuilles)
    assert "contacts" not in column(moteur, t.feuilles_chargees.c.nom_table)
    termine = load(moteur, tmp_path, {"PLIE": feuilles["PLIE"], "Contacts": []})
    assert (termine.etat, termine.version) == ("charge", 2)
    assert "contacts" in column(moteur, t.feuilles_chargees.c.nom_table)
    assert load(moteur, tmp_path, {"PLIE": feuilles["PLIE"], "Contacts": []}).etat == "inchange"


def test_what_depends_on_a_removed_parcours_goes_with_it_and_is_counted(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    feuilles = valid_sheets()
    termine = load(moteur, tmp_path, {"Parcours": feuilles["Parcours"][:1]})
    assert changes(termine) == {
        "Parcours": (0, 0, 1), "Etapes": (0, 0, 1), "Suspensions": (0, 0, 1), "Contacts": (0, 0, 2),
    }  # fmt: skip
    assert column(moteur, t.etapes.c.id_parcours) == ["c1"]


def test_a_removed_participant_takes_parcours_and_all(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    termine = load(moteur, tmp_path, {"Participants": valid_sheets()["Participants"][:1]})
    assert changes(termine)["Parcours"] == (0, 0, 1)
    assert changes(termine)["Contacts"] == (0, 0, 2)


def test_a_removed_row_still_quoted_is_reported(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    type_ = valid_sheets()["Types d'etape"][0] | {"type_etape": "AUTRE"}
    termine = load(moteur, tmp_path, {"Types d'etape": [type_]})
    (anomalie,) = termine.prepare.anomalies
    assert anomalie.code == "IMP-213"
    assert "encore citées par 2 ligne(s) enregistrée(s) de la feuille « Etapes »" in anomalie.message


def test_the_stored_version_of_a_rejected_row_stays_with_its_dependents(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    feuilles = valid_sheets()
    feuilles["Parcours"][0].update(rsa=False, sortie_le=date(2021, 1, 1))
    termine = load(moteur, tmp_path, feuilles)
    assert (termine.etat, changes(termine)) == ("charge", {})  # what the checks found has changed, and is kept
    assert load(moteur, tmp_path, feuilles).etat == "inchange"
    assert [a.code for a in termine.prepare.anomalies] == ["IMP-108"]
    assert termine.prepare.bilans()["Parcours"].rejetes == 1
    assert column(moteur, t.parcours.c.rsa) == [None, True] or column(moteur, t.parcours.c.rsa) == [True, None]


def test_a_stored_parcours_that_stays_counts_for_overlaps(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    feuilles = valid_sheets()
    feuilles["Parcours"][0]["entree_le"] = "hier"  # its stored version stays: 10/01/2022 to 01/06/2023
    feuilles["Parcours"].append(feuilles["Parcours"][1] | {"id_parcours": "c3", "id_participant": "p1"})
    termine = load(moteur, tmp_path, {"Parcours": feuilles["Parcours"]})
    assert [(a.code, a.ligne) for a in termine.prepare.anomalies] == [("IMP-102", 2), ("IMP-113", 4)]
    assert "(déjà enregistré)" in termine.prepare.anomalies[1].message
    assert column(moteur, t.parcours.c.id_parcours) == ["c1", "c2"]


def test_reference_to_what_is_stored(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    etape = valid_sheets()["Etapes"][0]
    termine = load(moteur, tmp_path, {"Etapes": [etape, etape | {"id_etape": "e9", "id_parcours": "c77"}]})
    assert [(a.code, a.ligne) for a in termine.prepare.anomalies] == [("IMP-110", 3)]


def test_two_plie_do_not_touch_each_other(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    autre = valid_sheets()
    for lignes in autre.values():
        for ligne in lignes:
            ligne["code_plie"] = "U"
    assert load(moteur, tmp_path, autre).version == 2
    assert changes(load(moteur, tmp_path, {"Contacts": autre["Contacts"][:1]})) == {"Contacts": (0, 0, 1)}
    assert column(moteur, t.contacts.c.code_plie) == ["T", "T", "U"]
    assert column(moteur, t.plie.c.code_plie) == ["T", "U"]


def test_a_parcours_may_change_hands_while_a_participant_goes(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    feuilles = valid_sheets()
    feuilles["Participants"][1]["id_participant"] = "p3"
    feuilles["Parcours"][1]["id_participant"] = "p3"
    termine = load(moteur, tmp_path, feuilles)
    assert changes(termine) == {"Participants": (1, 0, 1), "Parcours": (0, 1, 0)}


@pytest.mark.parametrize("faute", ["plie", "feuille", "colonne"])
def test_a_refused_import_leaves_everything_as_it_was(moteur, tmp_path, faute):
    load(moteur, tmp_path, valid_sheets())
    avant = dump(moteur)
    feuilles = valid_sheets()
    feuilles["Etapes"][0]["heures"] = 99
    if faute == "plie":
        feuilles["Contacts"][0]["code_plie"] = "ZZ"
    elif faute == "feuille":
        feuilles["PLIE"][0]["code_plie"] = "NOUVEAU"
        del feuilles["Participants"]
    else:
        feuilles["PLIE"] = [{"code_plie": "V", "nom": "V", "date_extraction": "?"}]
    prepare = prepare_import(moteur, write(tmp_path, feuilles))
    assert prepare.is_refused
    with pytest.raises(ClasseurRefuseError):
        apply_import(moteur, prepare, "essai")
    assert load(moteur, tmp_path, feuilles).etat == "refuse"
    assert dump(moteur) == avant


def test_an_import_that_fails_midway_leaves_nothing(moteur, tmp_path, monkeypatch):
    load(moteur, tmp_path, valid_sheets())
    avant = dump(moteur)

    def break_down(*_args):
        raise RuntimeError("panne")

    monkeypatch.setattr("data_access.imports.deroule.refresh_derived", break_down)
    feuilles = valid_sheets()
    feuilles["Etapes"][0]["heures"] = 99
    with pytest.raises(RuntimeError):
        load(moteur, tmp_path, feuilles)
    assert dump(moteur) == avant


def test_plie_out_of_reach(moteur, tmp_path):
    prepare = prepare_import(moteur, write(tmp_path, valid_sheets()), codes_autorises={"AUTRE"})
    assert [a.code for a in prepare.anomalies] == ["IMP-014"]
    assert not prepare_import(moteur, write(tmp_path, valid_sheets()), codes_autorises={"T"}).is_refused


def test_data_that_moved_since_the_check(moteur, tmp_path):
    prepare = prepare_import(moteur, write(tmp_path, valid_sheets()))
    load(moteur, tmp_path, valid_sheets())
    with pytest.raises(VersionDepasseeError, match=r"\[IMP-016\]$"):
        apply_import(moteur, prepare, "essai")


def test_imports_at_the_same_time_wait_for_each_other(moteur, tmp_path):
    chemins = []
    for code in "ABCD":
        feuilles = valid_sheets()
        for lignes in feuilles.values():
            for ligne in lignes:
                ligne["code_plie"] = code
        chemins.append(write(tmp_path, feuilles, f"{code}.xlsx"))
    etats: list[str] = []
    fils = [
        threading.Thread(target=lambda c=chemin: etats.append(import_classeur(moteur, c, "essai").etat))
        for chemin in chemins
    ]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert etats == ["charge"] * 4
    assert column(moteur, t.versions.c.id) == [1, 2, 3, 4]
    assert column(moteur, t.plie.c.code_plie) == list("ABCD")


def test_anomalies_are_kept_with_the_version(moteur, tmp_path):
    feuilles = valid_sheets()
    feuilles["Etapes"][0]["statut"] = "faite"
    load(moteur, tmp_path, feuilles)
    with moteur.connect() as base:
        anomalie = base.execute(sa.select(t.anomalies)).one()
        assert current_version(base) == 1
    assert (anomalie.version_id, anomalie.code_plie, anomalie.controle, anomalie.gravite) == (
        1,
        "T",
        "IMP-106",
        "rejet",
    )
    assert (anomalie.feuille, anomalie.ligne, anomalie.colonne) == ("Etapes", 2, "statut")


def test_progress_goes_up_to_the_end(moteur_sqlite, tmp_path):
    suivi: list[float] = []
    import_classeur(moteur_sqlite, write(tmp_path, valid_sheets()), "essai", lambda f, _: suivi.append(f))
    assert suivi == sorted(suivi)
    assert suivi[-1] == 1.0
