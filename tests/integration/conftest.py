"""The workbook made by hand, written once for the tests that recount it."""

from pathlib import Path

import pytest

from tests.integration.indicators.classeur_a_la_main import write_workbook


@pytest.fixture(scope="session")
def a_la_main(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chemin = tmp_path_factory.mktemp("classeur") / "a_la_main.xlsx"
    write_workbook(chemin)
    return chemin
