"""The database opened (SQLite file by default, PostgreSQL by its URL), locked, and why it cannot be written."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

import sqlalchemy as sa

from data_access import tables as t
from data_access.refus import Refus

Base = sa.Connection
"""An open database, for who hands it over without knowing SQLAlchemy."""

RACINE = Path(__file__).resolve().parents[2]
VARIABLE_URL = "PLIE_DATABASE_URL"
_ATTENTE_VERROU_MS = 10_000


def default_url() -> str:
    """URL of the database: `PLIE_DATABASE_URL`, else `data/plie.db` beside app.py."""
    return os.environ.get(VARIABLE_URL) or f"sqlite:///{RACINE / 'data' / 'plie.db'}"


def make_engine(url: str | None = None) -> sa.Engine:
    """An engine on `url` (default `default_url()`), with WAL, foreign keys and a busy timeout on SQLite.

    The folder of a SQLite file is made if it is missing; in one that cannot be written the base is read. An address
    « file:… » opens only what exists. Errors never repeat the values of a row.
    """
    adresse = _read_url(url or default_url())
    if adresse.get_backend_name() != "sqlite":
        return sa.create_engine(adresse, pool_pre_ping=True, hide_parameters=True)
    if adresse.database and not adresse.database.startswith((":memory:", "file:")):
        fichier = Path(adresse.database).resolve()
        fichier.parent.mkdir(parents=True, exist_ok=True)
        if _is_frozen(fichier):
            return sa.create_engine(adresse, hide_parameters=True, creator=partial(_open_frozen, fichier))
    engine = sa.create_engine(adresse, hide_parameters=True)
    sa.event.listen(engine, "connect", _configure_sqlite)
    return engine


def _read_url(url: str) -> sa.URL:
    """The address taken apart; ArgumentError if it cannot be read."""
    try:
        return sa.make_url(url)
    except ValueError:
        # SQLAlchemy quotes what it takes for the port: in `postgresql://user:password`, the password.
        raise sa.exc.ArgumentError("L’adresse de la base est illisible.") from None


def _is_frozen(fichier: Path) -> bool:
    """True for a whole base in a folder where nothing can be written: SQLite would want a file beside it, even to
    read."""
    journal = fichier.with_name(f"{fichier.name}-wal")
    return fichier.exists() and not os.access(fichier.parent, os.W_OK) and not journal.exists()


def _open_frozen(fichier: Path) -> sqlite3.Connection:
    """To be read only, until the end of the process."""
    return sqlite3.connect(f"{fichier.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


@lru_cache(maxsize=8)
def shared_engine(url: str | None = None) -> sa.Engine:
    """The process-wide engine of `url`: connections and compiled statements are reused."""
    return make_engine(url)


@contextmanager
def open_base(url: str | None, muette: str, ecrire: bool = False) -> Iterator[Base]:
    """That database, read, or written in one transaction; `Refus(muette, "BAS-001")` when it does not answer."""
    try:
        engine = make_engine(url)
        with engine.begin() if ecrire else engine.connect() as base:
            yield base
    except sa.exc.SQLAlchemyError:
        raise Refus(muette, "BAS-001") from None


def current_version(base: Base) -> int:
    """Number of the last import that has changed something; 0 while nothing has been loaded."""
    return base.scalar(sa.select(sa.func.max(t.versions.c.id))) or 0


def moment_of(base: Base, version: int) -> datetime | None:
    """When that version was loaded; None if there is none of that number."""
    return base.scalar(sa.select(t.versions.c.moment).where(t.versions.c.id == version))


def on_each_query(base: sa.Connection, faire: Callable[[], None]) -> None:
    """Calls `faire` before each query of this connection; what it raises stops there, the query is not sent."""
    sa.event.listen(base, "before_cursor_execute", lambda *_: faire())


def _configure_sqlite(connexion, _record) -> None:  # type: ignore[no-untyped-def]
    curseur = connexion.cursor()
    curseur.execute("PRAGMA journal_mode=WAL")
    curseur.execute("PRAGMA synchronous=NORMAL")
    curseur.execute("PRAGMA foreign_keys=ON")
    curseur.execute(f"PRAGMA busy_timeout={_ATTENTE_VERROU_MS}")
    curseur.execute("PRAGMA cache_size=-65536")
    curseur.execute("PRAGMA mmap_size=268435456")
    curseur.close()


class EcritureRefusee(Refus):
    """`cause`: why, alone, for those who can do nothing about it."""

    def __init__(self, cause: str, remede: str, code: str) -> None:
        super().__init__(f"{cause}. Rien n’est enregistré, les données d’avant sont intactes. {remede}", code)
        self.cause = cause


PLEIN = EcritureRefusee("Le disque de la base de données est plein", "Libérez de la place puis recommencez.", "BAS-002")
LECTURE_SEULE = EcritureRefusee(
    "La base de données est en lecture seule",
    "Rétablissez le droit d’écrire sur son fichier et son dossier, ou quittez le serveur de secours, puis recommencez.",
    "BAS-003",
)
OCCUPEE = EcritureRefusee(
    "La base de données est occupée par une autre écriture", "Recommencez dans quelques minutes.", "BAS-004"
)
# Names of SQLite without what follows their first two words, and codes of PostgreSQL.
_RAISONS = {
    "SQLITE_FULL": PLEIN,
    "SQLITE_IOERR_WRITE": PLEIN,
    "53100": PLEIN,
    "SQLITE_READONLY": LECTURE_SEULE,
    "25006": LECTURE_SEULE,
    "SQLITE_BUSY": OCCUPEE,
    "55P03": OCCUPEE,
}


def explain_refusal(erreur: BaseException) -> EcritureRefusee | None:
    """The reason, when the base refused a writing for want of room or of permission; None for any other error.

    `erreur`: of SQLAlchemy, or of the driver itself.
    """
    origine = getattr(erreur, "orig", None) or erreur
    nom = getattr(origine, "sqlite_errorname", "") or getattr(origine, "sqlstate", "") or ""
    # SQLite says more than is needed: SQLITE_READONLY_DBMOVED, SQLITE_READONLY_DIRECTORY…
    return _RAISONS.get(nom) or _RAISONS.get("_".join(nom.split("_")[:2]))


ATTENTE_S = 600


def hold_transaction(base: sa.Connection, numero: int) -> None:
    """From here to the end of the caller's transaction nobody else holds that number; on SQLite, nobody else writes.

    `numero`: any constant, the same for every process.
    """
    if base.dialect.name == "postgresql":
        base.execute(sa.select(sa.func.pg_advisory_xact_lock(numero)))
    elif not base.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
        base.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def patient(base: sa.Connection, ms: int) -> Iterator[None]:
    """SQLite waits that long for another writing, whatever it usually does."""
    if base.dialect.name != "sqlite":
        yield
        return
    avant = base.exec_driver_sql("PRAGMA busy_timeout").scalar()
    base.exec_driver_sql(f"PRAGMA busy_timeout={ms}")
    try:
        yield
    finally:
        base.exec_driver_sql(f"PRAGMA busy_timeout={avant}")


@contextmanager
def hold_lock(fichier: Path | str) -> Iterator[None]:
    """Held by one process (or thread) at a time, in a small SQLite file; the others wait, ten minutes at most
    (sqlite3.OperationalError)."""
    verrou = sqlite3.connect(fichier, timeout=ATTENTE_S, isolation_level=None)
    try:
        verrou.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        verrou.close()
