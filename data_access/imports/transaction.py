"""The transaction of one import: its lock, its version, what is stored and what it notes (rows: `modifications`)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.lots import execute_many
from data_access.base.moteur import OCCUPEE, current_version, explain_refusal, patient
from data_access.classeur.anomalies import Anomalie
from data_access.classeur.controles import IMPORT_EN_COURS
from data_access.classeur.effacements import Effacements
from data_access.classeur.etat import LigneEnregistree
from data_access.format import feuille
from data_access.imports.qualite import Identite, open_identities
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
            if explain_refusal(erreur) is OCCUPEE:
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
        with patient(base, patience_ms):
            base.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        base.exec_driver_sql(f"SET LOCAL lock_timeout = {patience_ms}")
        base.exec_driver_sql("LOCK TABLE versions IN SHARE ROW EXCLUSIVE MODE")
        base.exec_driver_sql("SET LOCAL lock_timeout = 0")


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
    memes = [c.name for c in t.anomalies.c if c.name not in ("id", "version_id", "controle", "gravite")]
    lignes = (
        {"version_id": version, "controle": anomalie.code, "gravite": anomalie.gravite.value}
        | {nom: getattr(anomalie, nom) for nom in memes}
        for anomalie in anomalies
    )
    execute_many(base, sa.insert(t.anomalies), lignes)


class Enregistre:
    """Stored rows, restricted to the PLIE given to `limit_to`; nothing is read before it is asked for."""

    def __init__(self, base: sa.Connection) -> None:
        self._base = base
        # Read first: if another import comes in between, `apply_import` sees that the version has moved.
        self.version = current_version(base)
        self.codes_plie = set(base.execute(sa.select(t.plie.c.code_plie)).scalars())
        self._codes: list[str] = []
        self._lignes: dict[str, list[LigneEnregistree]] = {}

    def limit_to(self, codes_plie: Collection[str]) -> None:
        """Look only at these PLIE from now on."""
        self._codes = sorted(set(codes_plie) & self.codes_plie)
        self._lignes.clear()

    def rows(self, nom: str) -> list[LigneEnregistree]:
        """The stored rows of sheet `nom`."""
        if nom not in self._lignes:
            self._lignes[nom] = self._read(nom) if self._codes else []
        return self._lignes[nom]

    def loaded_sheets(self) -> set[tuple[str, str]]:
        """(code_plie, table) of the sheets ever given for these PLIE."""
        f = t.feuilles_chargees.c
        return {
            tuple(r)
            for r in self._base.execute(sa.select(f.code_plie, f.nom_table).where(f.code_plie.in_(self._codes)))
        }

    def erased(self) -> Effacements:
        """The numbers of these PLIE that were erased."""
        return Effacements(self._base, self._codes)

    def count_parcours(self, codes_plie: Collection[str]) -> dict[str, int]:
        """How many parcours each of these PLIE has."""
        p = t.parcours.c
        requete = sa.select(p.code_plie, sa.func.count()).where(p.code_plie.in_(codes_plie)).group_by(p.code_plie)
        return {code: nombre for code, nombre in self._base.execute(requete)}

    def open_anomalies(self, feuilles: Collection[FeuilleDUnPlie]) -> set[Identite]:
        """The anomalies found when these sheets were given last."""
        return open_identities(self._base, feuilles)

    def _read(self, nom: str) -> list[LigneEnregistree]:
        table = t.TABLES[feuille(nom).table]
        colonnes = [table.c[colonne] for colonne in t.workbook_columns(table)]
        requete = sa.select(table.c.id, *colonnes).where(table.c.code_plie.in_(self._codes)).order_by(table.c.id)
        return [(ligne[0], tuple(ligne[1:])) for ligne in self._base.execute(requete)]
