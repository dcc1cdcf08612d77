"""The transaction of one import: its lock, its version, the sheets it gave, its anomalies (rows: `modifications`)."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.lots import execute_many
from data_access.base.moteur import current_version
from data_access.classeur.anomalies import Anomalie
from data_access.classeur.controles import IMPORT_EN_COURS
from data_access.refus import Refus

_PATIENCE_MS = 600_000

FeuilleDUnPlie = tuple[str, str]
"""Code of the PLIE, table of the sheet."""


@contextmanager
def begin_import(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that only one import holds at a time; the others wait, then see its result.

    Raises `Refus` after ten minutes of another's import; nothing was done.
    """
    with hold_imports(engine, _PATIENCE_MS) as base:
        yield base
        base.commit()


@contextmanager
def hold_imports(engine: sa.Engine, patience_ms: int) -> Iterator[sa.Connection]:
    """As `begin_import`, rolled back on leaving unless it was committed; readers are never held up."""
    with engine.connect() as base:
        try:
            _lock(base, patience_ms)
        except sa.exc.OperationalError as erreur:
            if _is_lock_timeout(erreur):
                attente = Anomalie(IMPORT_EN_COURS)
                raise Refus(attente.phrase, attente.code) from None
            raise
        try:
            yield base
        finally:
            base.rollback()


def _lock(base: sa.Connection, patience_ms: int) -> None:
    if base.dialect.name == "sqlite":
        # A big import may hold the database longer than a reader would ever wait for.
        patience = base.exec_driver_sql("PRAGMA busy_timeout").scalar()
        base.exec_driver_sql(f"PRAGMA busy_timeout={patience_ms}")
        try:
            base.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            base.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
    else:
        base.exec_driver_sql(f"SET LOCAL lock_timeout = {patience_ms}")
        base.exec_driver_sql("LOCK TABLE versions IN SHARE ROW EXCLUSIVE MODE")
        base.exec_driver_sql("SET LOCAL lock_timeout = 0")


def _is_lock_timeout(erreur: sa.exc.OperationalError) -> bool:
    origine = erreur.orig
    return getattr(origine, "sqlite_errorname", "") == "SQLITE_BUSY" or getattr(origine, "sqlstate", "") == "55P03"


def insert_version(base: sa.Connection, **valeurs: Any) -> int:
    """Open a version (now); the columns of `versions` but its number and its moment. Gives its number.

    The caller holds the imports: numbers follow each other, whatever was tried and taken back in between.
    """
    numero = current_version(base) + 1
    base.execute(sa.insert(t.versions).values(id=numero, moment=datetime.now(UTC), **valeurs))
    return numero


def read_loaded_sheets(base: sa.Connection, sheets: Iterable[FeuilleDUnPlie]) -> list[list[Any]]:
    """[code_plie, table, version that gave it last or None] of these sheets, as `versions` keeps them."""
    attendues = sorted(sheets)
    f = t.feuilles_chargees.c
    requete = sa.select(f.code_plie, f.nom_table, f.version_id).where(f.code_plie.in_({code for code, _ in attendues}))
    connues = {(code, table): version for code, table, version in base.execute(requete)}
    return [[code, table, connues.get((code, table))] for code, table in attendues]


def write_loaded_sheets(base: sa.Connection, sheets: Iterable[Sequence[Any]]) -> None:
    """Note, for each [code_plie, table, version], the version that gave the sheet last; None: never given."""
    f = t.feuilles_chargees
    for code, table, version in sheets:
        base.execute(sa.delete(f).where(f.c.code_plie == code, f.c.nom_table == table))
        if version is not None:
            base.execute(sa.insert(f).values(code_plie=code, nom_table=table, version_id=version))


def write_anomalies(base: sa.Connection, version: int, anomalies: Sequence[Anomalie]) -> None:
    """Keep what the checks found, with the version that was loaded."""
    execute_many(
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
                "cle": anomalie.cle,
                "code_referent": anomalie.code_referent,
                "code_operation": anomalie.code_operation,
            }
            for anomalie in anomalies
        ),
    )
