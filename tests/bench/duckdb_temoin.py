"""The yardstick: the very statements of a screen, run by DuckDB on the same rows in memory."""

import duckdb
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from data_access import tables as t

_ECARTEES = ("journal", "anomalies")
_LUES = [nom for nom in t.metadata.tables if nom not in _ECARTEES]


def load_duckdb(chemin_sqlite: str) -> duckdb.DuckDBPyConnection:
    """Copies the tables of a SQLite file into an in-memory DuckDB with two threads."""
    con = duckdb.connect(":memory:", config={"threads": 2})
    engine = sa.create_engine(f"sqlite:///{chemin_sqlite}")
    with engine.connect() as base:
        for nom in _LUES:
            table = t.metadata.tables[nom]
            _copy(con, base, table)
    engine.dispose()
    return con


def _copy(con: duckdb.DuckDBPyConnection, base: sa.Connection, table: sa.Table) -> None:
    import pandas as pd

    lignes = base.execute(sa.text(f"SELECT * FROM {table.name}"))  # noqa: S608
    cadre = pd.DataFrame(lignes.fetchall(), columns=list(lignes.keys())).astype(object)
    cadre = cadre.where(cadre.notna(), None)
    colonnes = ", ".join(f'CAST("{c.name}" AS {_type(c)}) AS "{c.name}"' for c in table.c if c.name in cadre)
    con.register("source", cadre)
    con.execute(f"CREATE TABLE {table.name} AS SELECT {colonnes} FROM source")  # noqa: S608
    con.unregister("source")


def _type(colonne: sa.Column) -> str:
    for genre, nom in ((sa.Date, "DATE"), (sa.Boolean, "BOOLEAN"), (sa.Integer, "INTEGER"), (sa.Float, "DOUBLE")):
        if isinstance(colonne.type, genre):
            return nom
    return "VARCHAR"


def to_duckdb_sql(requete: sa.sql.ClauseElement) -> str:
    """A statement as DuckDB reads it: PostgreSQL's dialect, values written in."""
    compile_ = requete.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    return str(compile_)
