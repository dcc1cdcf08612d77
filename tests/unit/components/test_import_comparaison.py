"""What changed, row by row, in words."""

import pytest

from data_access.historique.comparaison import AJOUT, MODIFICATION, RETRAIT, Changement
from pages.animation.importer.historique import write_cell, write_change, write_key

AVANT = {"code_plie": "T", "id_parcours": "c1", "rsa": None, "sortie_le": None}
APRES = {"code_plie": "T", "id_parcours": "c1", "rsa": True, "sortie_le": "2024-01-31"}
CLE = {"code_plie": "T", "id_parcours": "c1"}


@pytest.mark.parametrize(
    ("valeur", "mot"),
    [
        (None, "vide"),
        ("", "vide"),
        (True, "oui"),
        (False, "non"),
        (35, "35"),
        (2.5, "2,5"),
        ("2024-01-31", "31/01/2024"),
        ("dix lettre", "dix lettre"),
        ("CDI", "CDI"),
    ],
)
def test_cell_in_words(valeur: object, mot: str) -> None:
    assert write_cell(valeur) == mot


def test_changed_row() -> None:
    changement = Changement(MODIFICATION, "Parcours", "T", CLE, AVANT, APRES)
    assert write_key(changement) == "id_parcours c1"
    assert write_change(changement) == "rsa : vide → oui ; sortie_le : vide → 31/01/2024"


def test_row_added_or_removed_says_what_it_holds() -> None:
    assert write_change(Changement(AJOUT, "Parcours", "T", CLE, None, APRES)) == "rsa : oui ; sortie_le : 31/01/2024"
    assert write_change(Changement(RETRAIT, "Parcours", "T", CLE, AVANT, None)) == ""


def test_row_without_key_is_named_by_what_it_holds() -> None:
    contact = {"code_plie": "T", "id_parcours": "c1", "contact_le": "2024-01-31", "nature": "entretien"}
    changement = Changement(AJOUT, "Contacts", "T", {}, None, contact)
    assert write_key(changement) == "id_parcours c1, contact_le 31/01/2024, nature entretien"
    assert write_change(changement) == ""
