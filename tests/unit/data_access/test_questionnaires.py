"""Questionnaires by operation: complete, incomplete, missing, « sans objet »."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.imports.deroule import import_classeur
from data_access.imports.questionnaires import Questionnaires, count_questionnaires
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


Compter = Callable[..., Questionnaires]


@pytest.fixture
def compter(moteur: sa.Engine, tmp_path: Path) -> Compter:
    """Loads the sheets in an empty database (both engines), then counts."""

    def count(feuilles: Feuilles, *periode: date, operation: str | None = None) -> Questionnaires:
        assert import_classeur(moteur, write(tmp_path, feuilles), "essai").etat == "charge"
        with moteur.connect() as base:
            return count_questionnaires(base, ["T"], *periode, operation)

    return count


def test_each_person_counts_as_the_least_complete(compter: Compter) -> None:
    q = compter(_people(), *ANNEE)
    assert (q.participants, q.non_eligibles, q.sans_source) == (2, 2, ())
    o1, o2, o3 = q.operations
    assert (o1.complets, o1.incomplets, o1.non_renseignes, o1.non_eligibles) == (0, 1, 1, 2)
    assert not o1.is_sans_objet
    assert o2.is_sans_objet
    assert o3.is_sans_objet


def test_only_the_period_and_the_operation_asked_for(compter: Compter) -> None:
    q = compter(_people(), date(2023, 1, 1), date(2023, 3, 31), operation="O1")
    assert [o.code_operation for o in q.operations] == ["O1"]
    assert (q.participants, q.non_eligibles) == (2, 1)


@pytest.mark.parametrize("vide", [True, False])
def test_sheet_never_given_is_not_a_zero(compter: Compter, vide: bool) -> None:
    feuilles = valid_sheets()
    if vide:
        feuilles["Participations"] = []
    else:
        del feuilles["Participations"]
    q = compter(feuilles, *ANNEE)
    assert q.sans_source == (() if vide else ("T",))
    assert q.participants == 0
