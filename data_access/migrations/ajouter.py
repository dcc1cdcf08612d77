"""Writing the revision that brings a database in use to the present `tables.py`.

    python -m data_access.migrations.ajouter 0003 "ce qui change" && ruff format data_access/migrations

Works on a throw-away database brought to the last revision. A revision that has landed is never changed.
"""

import sys

import sqlalchemy as sa
from alembic import command

from data_access.base.schema import DOSSIER_MIGRATIONS, alembic_config


def add_revision(numero: str, sujet: str) -> None:
    """Write `versions/<numero>_<sujet>.py` from the difference with the last revision."""
    with sa.create_engine("sqlite://").connect() as base:
        config = alembic_config(base)
        config.attributes["ecriture"] = True
        command.upgrade(config, "head")
        command.revision(config, sujet, autogenerate=True, rev_id=numero)
    for nouvelle in (DOSSIER_MIGRATIONS / "versions").glob(f"{numero}_*.py"):
        lignes = nouvelle.read_text("utf-8").splitlines(keepends=True)
        nouvelle.write_text("".join(ligne for ligne in lignes if "# ###" not in ligne), "utf-8")


if __name__ == "__main__":
    add_revision(*sys.argv[1:])
