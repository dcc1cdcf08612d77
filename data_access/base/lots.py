"""Many rows at once, handed straight to the driver.

SQLAlchemy prepares the parameters of each row one by one, which costs as much as the database itself over
a hundred thousand rows: insertions skip that. What needs a type is converted here, the rest is passed as it is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

T = TypeVar("T")
LOT = 5_000
"""Rows sent at a time: memory does not grow with the size of an import."""


def split_in_lots(lignes: Iterable[T], taille: int = LOT) -> Iterator[list[T]]:
    """`lignes` by lists of at most `taille`."""
    iterateur = iter(lignes)
    while lot := list(islice(iterateur, taille)):
        yield lot


def insert_rows(base: sa.Connection, table: sa.Table, noms: Sequence[str], lignes: list[tuple]) -> None:
    """Insert rows given as values of the columns `noms`; a column of JSON is given as text."""
    if lignes:
        convertir = _converter(base, table, noms)
        base.exec_driver_sql(_insert_text(base, table, noms), [convertir(ligne) for ligne in lignes])


def execute_many(base: sa.Connection, requete: sa.Executable, lignes: Iterable[dict[str, Any]]) -> None:
    """`requete` once a row, by lots."""
    for lot in split_in_lots(lignes):
        base.execute(requete, lot)


def _insert_text(base: sa.Connection, table: sa.Table, noms: Sequence[str]) -> str:
    quote = base.dialect.identifier_preparer.quote
    colonnes = ", ".join(quote(table.c[nom].name) for nom in noms)
    place = "?" if base.dialect.name == "sqlite" else "%s"
    # Only names of our own tables and columns are written in the text: values are bound.
    return f"INSERT INTO {quote(table.name)} ({colonnes}) VALUES ({', '.join([place] * len(noms))})"  # noqa: S608


def _converter(base: sa.Connection, table: sa.Table, noms: Sequence[str]) -> Callable[[tuple], tuple]:
    """SQLite has no date: SQLAlchemy reads back the days it finds as « AAAA-MM-JJ »."""
    jours = [rang for rang, nom in enumerate(noms) if isinstance(table.c[nom].type, sa.Date)]
    if base.dialect.name != "sqlite" or not jours:
        return lambda ligne: ligne

    def convertir(ligne: tuple) -> tuple:
        valeurs = list(ligne)
        for rang in jours:
            jour: date | None = valeurs[rang]
            if jour is not None:
                valeurs[rang] = jour.isoformat()
        return tuple(valeurs)

    return convertir
