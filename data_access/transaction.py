"""Writing one import: rows, journal, version, anomalies, all inside the caller's transaction."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.classeur.anomalies import Anomalie
from data_access.classeur.conversion import Valeurs
from data_access.derivation import complete_row
from data_access.differences import Difference
from data_access.format import FEUILLES

_LOT = 5_000
_BEAUCOUP = 100
_PATIENCE_MS = 600_000


@contextmanager
def begin_import(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that only one import holds at a time; the others wait, then see its result."""
    with engine.connect() as base:
        if base.dialect.name == "sqlite":
            # A big import may hold the database longer than a reader would ever wait for.
            patience = base.exec_driver_sql("PRAGMA busy_timeout").scalar()
            base.exec_driver_sql(f"PRAGMA busy_timeout={_PATIENCE_MS}")
            base.exec_driver_sql("BEGIN IMMEDIATE")
            base.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
        else:
            base.execute(sa.text("LOCK TABLE versions IN SHARE ROW EXCLUSIVE MODE"))
        try:
            yield base
        except BaseException:
            base.rollback()
            raise
        base.commit()


def write_differences(base: sa.Connection, version: int, differences: dict[str, Difference]) -> None:
    """Apply the differences and note each of them in the journal.

    Rows come in the order of the format (what is referred to first) and go in the reverse order.
    """
    presentes = [differences[f.nom] for f in FEUILLES if f.nom in differences]
    for difference in presentes:
        _insert(base, version, difference)
        _update(base, version, difference)
        _refresh_statistics(base, difference)
    for difference in reversed(presentes):
        _delete(base, version, difference)


def write_loaded_sheets(base: sa.Connection, version: int, sheets: Iterable[tuple[str, str]]) -> None:
    """Remember that these (code_plie, table) have been given."""
    f = t.feuilles_chargees
    for code, table in sheets:
        base.execute(sa.delete(f).where(f.c.code_plie == code, f.c.nom_table == table))
        base.execute(sa.insert(f).values(code_plie=code, nom_table=table, version_id=version))


def write_anomalies(base: sa.Connection, version: int, anomalies: Sequence[Anomalie]) -> None:
    """Keep what the checks found, with the version that was loaded."""
    _execute_many(
        base,
        sa.insert(t.anomalies),
        (
            {
                "version_id": version,
                "code_plie": anomalie.code_plie,
                "controle": anomalie.code,
                "gravite": anomalie.gravite.value,
                "feuille": anomalie.feuille,
                "ligne": anomalie.ligne,
                "colonne": anomalie.colonne,
                "message": anomalie.message,
                "conseil": anomalie.conseil,
            }
            for anomalie in anomalies
        ),
    )


def _insert(base: sa.Connection, version: int, difference: Difference) -> None:
    table, noms = _table_and_columns(difference)
    lignes = (complete_row(table.name, dict(zip(noms, valeurs, strict=True))) for valeurs in difference.ajouts)
    _execute_many(base, sa.insert(table), lignes)
    _write_journal(base, version, table, noms, ((None, valeurs) for valeurs in difference.ajouts))


def _update(base: sa.Connection, version: int, difference: Difference) -> None:
    if not difference.modifications:
        return
    table, noms = _table_and_columns(difference)
    lignes = (
        complete_row(table.name, dict(zip(noms, apres, strict=True))) | {"_numero": numero}
        for numero, _, apres in difference.modifications
    )
    exemple = complete_row(table.name, dict(zip(noms, difference.modifications[0][2], strict=True)))
    requete = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("_numero"))
        .values({nom: sa.bindparam(nom) for nom in exemple})
    )
    _execute_many(base, requete, lignes)
    _write_journal(base, version, table, noms, ((avant, apres) for _, avant, apres in difference.modifications))


def _refresh_statistics(base: sa.Connection, difference: Difference) -> None:
    """PostgreSQL plans on statistics: without them a table just filled looks empty, and is read whole for each row."""
    if base.dialect.name == "postgresql" and len(difference.ajouts) + len(difference.modifications) >= _BEAUCOUP:
        base.exec_driver_sql(f"ANALYZE {difference.feuille.table}")


def _delete(base: sa.Connection, version: int, difference: Difference) -> None:
    table, noms = _table_and_columns(difference)
    requete = sa.delete(table).where(table.c.id == sa.bindparam("_numero"))
    _execute_many(base, requete, ({"_numero": numero} for numero, _ in difference.retraits))
    _write_journal(base, version, table, noms, ((valeurs, None) for _, valeurs in difference.retraits))


def _table_and_columns(difference: Difference) -> tuple[sa.Table, list[str]]:
    return t.TABLES[difference.feuille.table], [colonne.nom for colonne in difference.feuille.colonnes]


def _write_journal(
    base: sa.Connection,
    version: int,
    table: sa.Table,
    noms: list[str],
    changements: Iterable[tuple[Valeurs | None, Valeurs | None]],
) -> None:
    _execute_many(
        base,
        sa.insert(t.journal),
        (
            {
                "version_id": version,
                "nom_table": table.name,
                "code_plie": (avant or apres or ("",))[0],
                "avant": _as_json(noms, avant),
                "apres": _as_json(noms, apres),
            }
            for avant, apres in changements
        ),
    )


def _as_json(noms: list[str], valeurs: Valeurs | None) -> dict[str, Any] | None:
    if valeurs is None:
        return None
    return {
        nom: valeur.isoformat() if isinstance(valeur, date) else valeur
        for nom, valeur in zip(noms, valeurs, strict=True)
    }


def _execute_many(base: sa.Connection, requete: sa.Executable, lignes: Iterable[dict[str, Any]]) -> None:
    iterateur = iter(lignes)
    while lot := list(islice(iterateur, _LOT)):
        base.execute(requete, lot)
