"""Rewriting the initial revision from `tables.py`, while no database in use depends on it.

    python -m data_access.migrations.regenerer && ruff format data_access/migrations

Works on a throw-away database. Once a version is in use, add a revision instead, from a database at head:
`command.revision(alembic_config(base), "ce qui change", autogenerate=True)`.
"""

import sqlalchemy as sa
from alembic import command

from data_access.schema import DOSSIER_MIGRATIONS, alembic_config

REVISION = "0001"


def regenerate() -> None:
    """Write `versions/0001_initiale.py` anew."""
    for ancienne in (DOSSIER_MIGRATIONS / "versions").glob("*.py"):
        ancienne.unlink()
    with sa.create_engine("sqlite://").connect() as base:
        command.revision(alembic_config(base), "initiale", autogenerate=True, rev_id=REVISION)
    for nouvelle in (DOSSIER_MIGRATIONS / "versions").glob("*.py"):
        lignes = nouvelle.read_text("utf-8").splitlines(keepends=True)
        nouvelle.write_text("".join(ligne for ligne in lignes if "# ###" not in ligne), "utf-8")


if __name__ == "__main__":
    regenerate()
