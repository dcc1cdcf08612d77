"""Figures before and after an import that nothing has confirmed; parcours that would vanish."""

import sqlite3
import threading

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import current_version
from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.imports import transaction
from data_access.imports.deroule import (
    VersionDepasseeError,
    apply_import,
    figures_before_after,
    import_classeur,
    prepare_import,
    simulate,
)
from data_access.imports.transaction import begin_import
from data_access.refus import Refus
from tests.integration.data_access.contenu import dump, load, of_plie
from tests.unit.data_access.petits_classeurs import valid_sheets, write


def count_exits(base):
    """Something that reads derived columns, and the version."""
    p = t.parcours.c
    requete = sa.select(sa.func.count()).where(p.categorie_sortie == "positive")
    return base.execute(requete).scalar(), current_version(base)


def with_exits():
    feuilles = valid_sheets()
    feuilles["Parcours"][1].update(sortie_le=feuilles["Parcours"][0]["sortie_le"], type_sortie="CDI")
    return feuilles


def test_figures_before_and_after(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    with moteur.connect() as base:
        avant = dump(base)
    prepare = prepare_import(moteur, write(tmp_path, with_exits()))
    assert figures_before_after(moteur, prepare, count_exits) == ((1, 1), (2, 2))
    with moteur.connect() as base:
        assert dump(base) == avant
    assert apply_import(moteur, prepare, "essai") == 2


def test_first_load_can_be_simulated(moteur, tmp_path):
    prepare = prepare_import(moteur, write(tmp_path, valid_sheets()))
    assert figures_before_after(moteur, prepare, count_exits) == ((0, 0), (1, 1))


def test_readers_see_the_old_version_meanwhile(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    prepare = prepare_import(moteur, write(tmp_path, with_exits()))
    with simulate(moteur, prepare) as base, moteur.connect() as lecteur:
        assert count_exits(lecteur) == (1, 1)
        assert count_exits(base) == (2, 2)


def test_a_trial_cannot_be_made_to_last(moteur, tmp_path):
    prepare = prepare_import(moteur, write(tmp_path, valid_sheets()))
    with pytest.raises(RuntimeError, match="never committed"):
        figures_before_after(moteur, prepare, lambda base: base.commit() if current_version(base) else None)
    with moteur.connect() as base:
        assert count_exits(base) == (0, 0)
    assert load(moteur, tmp_path, valid_sheets()).etat == "charge"


def test_a_calculation_that_breaks_down_leaves_nothing(moteur, tmp_path):
    prepare = prepare_import(moteur, write(tmp_path, valid_sheets()))
    with pytest.raises(ZeroDivisionError):
        figures_before_after(moteur, prepare, lambda base: 1 // (1 - current_version(base)))
    assert apply_import(moteur, prepare, "essai") == 1


def test_refused_or_outdated(moteur, tmp_path):
    prepare = prepare_import(moteur, tmp_path / "absent.xlsx")
    with pytest.raises(ClasseurRefuseError):
        figures_before_after(moteur, prepare, count_exits)
    prepare = prepare_import(moteur, write(tmp_path, valid_sheets()))
    load(moteur, tmp_path, valid_sheets())
    with pytest.raises(VersionDepasseeError):
        figures_before_after(moteur, prepare, count_exits)


def test_a_trial_does_not_wait_for_ever(moteur, tmp_path, monkeypatch):
    monkeypatch.setattr("data_access.imports.deroule._PATIENCE_D_UN_ESSAI_MS", 50)
    prepare = prepare_import(moteur, write(tmp_path, valid_sheets()))
    with begin_import(moteur), pytest.raises(Refus, match=r"Attendez qu’il se termine.*\[IMP-018\]$"):
        figures_before_after(moteur, prepare, count_exits)
    assert figures_before_after(moteur, prepare, count_exits) == ((0, 0), (1, 1))


def test_an_import_says_who_holds_it_after_its_patience(moteur, tmp_path, monkeypatch):
    monkeypatch.setattr(transaction, "_PATIENCE_MS", 50)
    chemin = write(tmp_path, valid_sheets())
    with begin_import(moteur), pytest.raises(Refus, match="IMP-0"):
        import_classeur(moteur, chemin, "essai")


def test_an_import_waits_for_the_trial(moteur, tmp_path):
    prepare = prepare_import(moteur, write(tmp_path, valid_sheets()))
    resultat: list[str] = []
    with simulate(moteur, prepare):
        fil = threading.Thread(
            target=lambda: resultat.append(load(moteur, tmp_path, of_plie("U", valid_sheets()), "u.xlsx").etat)
        )
        fil.start()
        fil.join(0.3)
        assert resultat == []
    fil.join(30)
    assert resultat == ["charge"]


def test_sqlite_connections_are_given_back_free(moteur_sqlite, tmp_path):
    prepare = prepare_import(moteur_sqlite, write(tmp_path, valid_sheets()))
    figures_before_after(moteur_sqlite, prepare, count_exits)
    with sqlite3.connect(tmp_path / "plie.db", timeout=0) as base:
        base.execute("BEGIN EXCLUSIVE")
    base.close()
