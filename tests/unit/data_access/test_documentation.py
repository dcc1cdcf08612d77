"""The document of the format is the one written from it."""

from data_access.documentation import CHEMIN, write_classeur_document
from data_access.format import FEUILLES


def test_document_of_the_format_does_not_lag() -> None:
    # Mend with: python -m data_access.documentation
    assert CHEMIN.read_text(encoding="utf-8") == write_classeur_document()


def test_every_column_is_in_the_document() -> None:
    texte = write_classeur_document()
    assert all(f"| {colonne.nom} |" in texte for feuille in FEUILLES for colonne in feuille.colonnes)
