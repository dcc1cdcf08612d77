"""Figures « after » before anything is confirmed: the import is written, counted, and always taken back.

The trial lives in a transaction that nobody else sees. Readers are never held up; another import waits for
the time of the trial (and the trial itself waits ten seconds at most for another import).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import sqlalchemy as sa

from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.imports.deroule import ImportPrepare, write_import
from data_access.imports.transaction import hold_imports

_PATIENCE_MS = 10_000
_AUTEUR = "simulation"

T = TypeVar("T")


@contextmanager
def simulate(engine: sa.Engine, prepare: ImportPrepare) -> Iterator[sa.Connection]:
    """A connection that sees the data as they would be after `prepare`; nothing of it remains.

    Raises `ClasseurRefuseError` if the workbook was refused, `VersionDepasseeError` if the data have changed
    since, `Refus` if another import is writing.
    """
    if prepare.is_refused:
        raise ClasseurRefuseError(prepare.anomalies[0])
    with hold_imports(engine, _PATIENCE_MS) as base:
        write_import(base, prepare, _AUTEUR, journal=False)
        # Whoever counts must not make the trial last by mistake.
        sa.event.listen(base, "commit", _refuse_commit)
        yield base


def figures_before_after(
    engine: sa.Engine, prepare: ImportPrepare, calculer: Callable[[sa.Connection], T]
) -> tuple[T, T]:
    """What `calculer` counts now, and what it would count once `prepare` is applied. Errors as `simulate`.

    `calculer` must not keep what it reads under the number of the version alone: that of a trial is given again.
    """
    with engine.connect() as base:
        avant = calculer(base)
        base.rollback()
    with simulate(engine, prepare) as base:
        return avant, calculer(base)


def _refuse_commit(_base: sa.Connection) -> None:
    raise RuntimeError("a trial is never committed")
