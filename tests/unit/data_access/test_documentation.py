"""The document of the format is the one written from it."""

from data_access.classeur.controles import CATALOGUE, CATALOGUE_DES_EXPORTS
from data_access.classeur.documentation import CHEMIN, write_classeur_document
from data_access.format import FEUILLES


def test_document_of_the_format_does_not_lag() -> None:
    # Mend with: python -m data_access.classeur.documentation
    assert CHEMIN.read_text(encoding="utf-8") == write_classeur_document()


def test_every_column_is_in_the_document() -> None:
    texte = write_classeur_document()
    assert all(f"| {colonne.nom} |" in texte for feuille in FEUILLES for colonne in feuille.colonnes)


def test_every_check_is_in_the_document_once() -> None:
    texte = write_classeur_document()
    codes = [*CATALOGUE, *CATALOGUE_DES_EXPORTS]
    assert {code[:3] for code in codes} >= {"IMP", "PRF"}
    assert [code for code in codes if texte.count(f"| {code} |") != 1] == []
