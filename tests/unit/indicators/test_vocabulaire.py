"""What a workbook may quote is what the catalogue and the splits offer."""

import pytest

from data_access.vocabulaire import INDICATEURS, PARTS, read_part
from indicators.catalogue import CATALOGUE
from indicators.decoupages import DECOUPAGES


def test_the_codes_known_at_import_are_those_of_the_catalogue() -> None:
    # Mend with: python -m indicators.documentation
    assert sorted(INDICATEURS) == sorted(CATALOGUE)


def test_the_parts_known_at_import_are_those_of_the_splits() -> None:
    sans_part = {"plie", "operation", "mois"}
    assert set(PARTS) == set(DECOUPAGES) - sans_part
    for code, valeurs in PARTS.items():
        assert valeurs in ((), DECOUPAGES[code].valeurs), code


@pytest.mark.parametrize(
    ("texte", "lue"),
    [
        (None, ()),
        ("", ()),
        ("rsa=oui", (("rsa", "oui"),)),
        (" Niveau ; ", None),
        ("QPV = Oui ; sexe = f ;", (("qpv", "oui"), ("sexe", "F"))),
        ("commune=47001", (("commune", "47001"),)),
        ("rsa=oui;rsa=non", None),
        ("rsa=", None),
    ],
)
def test_a_part_is_read(texte: str | None, lue: tuple | None) -> None:
    assert read_part(texte) == lue


def test_every_count_of_accompanied_people_starts_with_those_there_already() -> None:
    sans = [c for c, i in CATALOGUE.items() if c.startswith("participants_") and i.depart is None]
    assert sans == []
