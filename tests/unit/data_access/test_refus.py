"""The one family of errors that people read."""

import pickle

import pytest

from data_access.classeur import controles
from data_access.classeur.anomalies import ClasseurRefuseError, refuse
from data_access.imports.deroule import VersionDepasseeError
from data_access.refus import Refus


def test_a_refusal_says_its_message_then_its_code() -> None:
    assert str(Refus("Rien n’est écrit. Recommencez.", "PAP-001")) == "Rien n’est écrit. Recommencez. [PAP-001]"
    assert str(Refus("Rien n’est écrit.")) == "Rien n’est écrit."


def test_a_refusal_survives_a_process() -> None:
    refus = pickle.loads(pickle.dumps(Refus("Rien.", "PAP-001")))  # noqa: S301 — made on the line
    assert (refus.message, refus.code) == ("Rien.", "PAP-001")


@pytest.mark.parametrize("refus", [refuse(controles.CHIFFRE), VersionDepasseeError()])
def test_a_workbook_is_refused_in_the_words_of_its_anomaly(refus: ClasseurRefuseError) -> None:
    assert str(refus) == refus.anomalie.message
    assert refus.message.endswith(refus.anomalie.conseil)
    assert refus.code == refus.anomalie.code
