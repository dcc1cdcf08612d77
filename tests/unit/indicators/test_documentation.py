"""The documents written from the catalogue are those of the repository."""

from indicators.catalogue import CATALOGUE
from indicators.documentation import DEFINITIONS, VOCABULAIRE, write_definitions, write_vocabulary


def test_definitions_do_not_lag() -> None:
    # Mend with: python -m indicators.documentation
    assert DEFINITIONS.read_text(encoding="utf-8") == write_definitions()
    assert VOCABULAIRE.read_text(encoding="utf-8") == write_vocabulary()


def test_every_indicator_is_in_the_document() -> None:
    texte = write_definitions()
    assert all(f"`{code}`" in texte for code in CATALOGUE)
