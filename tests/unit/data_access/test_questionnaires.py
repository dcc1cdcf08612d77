"""Questionnaires by operation: complete, incomplete, missing, « sans objet »."""

from datetime import date
from pathlib import Path

import pytest

from data_access.engine import make_engine
from data_access.imports import import_classeur
from data_access.questionnaires import Questionnaires, count_questionnaires
from data_access.schema import ensure_schema
from tests.unit.data_access.petits_classeurs import Feuilles, valid_sheets, write

ANNEE = (date(2023, 1, 1), date(2023, 12, 31))


def _people() -> Feuilles:
    feuilles = valid_sheets()
    operation = feuilles["Operations"][0]
    feuilles["Operations"] += [
        operation | {"code_operation": "O2", "cible": "soutien_aux_structures"},
        operation | {"code_operation": "O3"},
        operation | {"code_operation": "O4", "debut": date(2019, 1, 1), "fin": date(2019, 12, 31)},
    ]
    presence = feuilles["Participations"][0] | {"entree_le": date(2023, 3, 1)}
    feuilles["Participations"] = [
        presence | {"questionnaire_complet": True},
        presence | {"id_parcours": "c2", "questionnaire_complet": False},
        # Complete here, nothing noted there: counted once, not eligible.
        presence | {"entree_le": date(2023, 4, 1), "questionnaire_complet": None},
        presence | {"id_parcours": "c2", "code_operation": "O2", "questionnaire_complet": None},
    ]
    return feuilles


def _count(tmp_path: Path, feuilles: Feuilles, *periode: date, operation: str | None = None) -> Questionnaires:
    engine = make_engine(f"sqlite:///{tmp_path / 'q.db'}")
    ensure_schema(engine)
    assert import_classeur(engine, write(tmp_path, feuilles), "essai").etat == "charge"
    with engine.connect() as base:
        questionnaires = count_questionnaires(base, ["T"], *periode, operation)
    engine.dispose()
    return questionnaires


def test_each_person_counts_as_the_least_complete(tmp_path: Path) -> None:
    q = _count(tmp_path, _people(), *ANNEE)
    assert (q.participants, q.non_eligibles, q.sans_source) == (2, 2, ())
    o1, o2, o3 = q.operations
    assert (o1.complets, o1.incomplets, o1.non_renseignes, o1.non_eligibles) == (0, 1, 1, 2)
    assert not o1.is_sans_objet
    assert o2.is_sans_objet
    assert o3.is_sans_objet


def test_only_the_period_and_the_operation_asked_for(tmp_path: Path) -> None:
    q = _count(tmp_path, _people(), date(2023, 1, 1), date(2023, 3, 31), operation="O1")
    assert [o.code_operation for o in q.operations] == ["O1"]
    assert (q.participants, q.non_eligibles) == (2, 1)


@pytest.mark.parametrize("vide", [True, False])
def test_sheet_never_given_is_not_a_zero(tmp_path: Path, vide: bool) -> None:
    feuilles = valid_sheets()
    if vide:
        feuilles["Participations"] = []
    else:
        del feuilles["Participations"]
    q = _count(tmp_path, feuilles, *ANNEE)
    assert q.sans_source == (() if vide else ("T",))
    assert q.participants == 0
