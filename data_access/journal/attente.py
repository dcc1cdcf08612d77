"""What must be noted though the base cannot be written now: it waits in this process, and reading goes on."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable

import sqlalchemy as sa

from data_access.base.moteur import EcritureRefusee, explain_refusal, patient

Note = Callable[[sa.Connection], None]

_MAXIMUM = 1_000
_REPOS_S = 30
_PATIENCE_MS = 1_000


class _Attente:
    """The notes of one base; `raison`: why the last writing failed, at `essai` on the clock of the process."""

    def __init__(self) -> None:
        self.notes: deque[Note] = deque(maxlen=_MAXIMUM)
        self.raison: EcritureRefusee | None = None
        self.essai = 0.0


_verrou = threading.Lock()
_attentes: defaultdict[str, _Attente] = defaultdict(_Attente)


def write_or_wait(engine: sa.Engine, *notes: Note) -> EcritureRefusee | None:
    """Writes these notes, after those that were waiting, in one transaction; None when nothing waits any more.

    Otherwise they wait, the last thousand at most, until a later call or the end of the process; gives why.
    Tried twice a minute at most: nobody who reads is held up by a base that does not write. What fails for another
    reason than the base itself is raised, and does not wait.
    """
    with _verrou:
        attente = _attentes[engine.url.render_as_string(hide_password=True)]
        if not notes and not attente.notes:
            return None
        if attente.raison and time.monotonic() - attente.essai < _REPOS_S:
            attente.notes.extend(notes)
            return attente.raison
        try:
            _write(engine, [*attente.notes, *notes])
        except sa.exc.DBAPIError as erreur:
            attente.raison, attente.essai = explain_refusal(erreur), time.monotonic()
            if attente.raison is None:
                raise
            attente.notes.extend(notes)
            return attente.raison
        attente.notes.clear()
        attente.raison = None
        return None


def _write(engine: sa.Engine, notes: list[Note]) -> None:
    # An import under way is not waited for.
    with engine.connect() as base, patient(base, _PATIENCE_MS):
        try:
            for note in notes:
                note(base)
            base.commit()
        finally:
            base.rollback()
