"""What a database holds, to compare one moment with another."""

from pathlib import Path

import sqlalchemy as sa

from data_access import tables as t
from data_access.imports.deroule import ImportTermine, import_classeur
from tests.unit.data_access.petits_classeurs import Feuilles, write

_HISTOIRE = ("versions", "journal", "anomalies", "evenements", "recettes")


def dump(base: sa.Connection) -> dict[str, list[str]]:
    """All that the database holds."""
    return {table.name: sorted(map(repr, base.execute(sa.select(table)).all())) for table in t.metadata.sorted_tables}


def dump_data(base: sa.Connection) -> dict[str, list[str]]:
    """Every row of the sheets, derived columns included, and which sheets were given; without row numbers."""
    donnees = {}
    for table in t.metadata.sorted_tables:
        if table.name in _HISTOIRE:
            continue
        colonnes = [colonne for colonne in table.c if colonne.name != "id"]
        donnees[table.name] = sorted(map(repr, base.execute(sa.select(*colonnes)).all()))
    return donnees


def state(moteur: sa.Engine) -> dict[str, list[str]]:
    """`dump_data` on a connection of its own."""
    with moteur.connect() as base:
        return dump_data(base)


def load(moteur: sa.Engine, dossier: Path, feuilles: Feuilles, nom: str = "essai.xlsx") -> ImportTermine:
    """Import these rows; what would vanish is confirmed."""
    return import_classeur(moteur, write(dossier, feuilles, nom), "essai", disparition_confirmee=True)


def of_plie(code: str, feuilles: Feuilles) -> Feuilles:
    """The same rows for another PLIE."""
    return {nom: [ligne | {"code_plie": code} for ligne in lignes] for nom, lignes in feuilles.items()}
