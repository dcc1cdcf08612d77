"""The tables of a database brought up to date by the migrations."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from data_access.base.moteur import LECTURE_SEULE, explain_refusal, hold_transaction
from data_access.base.recette import is_stale

DOSSIER_MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
_VERROU_POSTGRESQL = 7_543_110


def alembic_config(base: sa.Connection | None = None) -> Config:
    """Settings of Alembic for these migrations, on `base` when given."""
    config = Config()
    config.set_main_option("script_location", str(DOSSIER_MIGRATIONS).replace("%", "%%"))
    config.attributes["connexion"] = base
    return config


def ensure_schema(engine: sa.Engine) -> None:
    """Make or upgrade the tables, and fill again what was derived by another code (`recette`).

    Quick when there is nothing to do, safe when two processes start together. A base that can only be read keeps what
    it was filled with.
    """
    tete = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with engine.connect() as base:
        a_jour = MigrationContext.configure(base).get_current_revision() == tete
        if a_jour and not is_stale(base):
            return
    try:
        _upgrade(engine)
    except sa.exc.DBAPIError as erreur:
        if not a_jour or explain_refusal(erreur) is not LECTURE_SEULE:
            raise


def _upgrade(engine: sa.Engine) -> None:
    with engine.connect() as base:
        # The one that waited finds the work done.
        hold_transaction(base, _VERROU_POSTGRESQL)
        try:
            command.upgrade(alembic_config(base), "head")
        except BaseException:
            base.rollback()
            raise
        base.commit()
