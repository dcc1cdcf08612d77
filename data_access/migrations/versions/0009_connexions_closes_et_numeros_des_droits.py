"""connexions closes et numéros des droits"""

from alembic import op

from data_access.migrations.formes import drop_all, make_all

revision = "0009"
down_revision = "0008"

_SCHEMA = "connexions_closes: mot64 empreinte! | moment close_le! ; cle empreinte"


def upgrade() -> None:
    """Bring the tables up."""
    make_all(_SCHEMA)
    op.create_index("ix_connexions_closes_close_le", "connexions_closes", ["close_le"])
    _rewrite_rights(sqlite_autoincrement=True)


def downgrade() -> None:
    """Take it back."""
    _rewrite_rights(sqlite_autoincrement=False)
    drop_all(_SCHEMA)


def _rewrite_rights(sqlite_autoincrement: bool) -> None:
    """SQLite says how a table numbers its rows when the table is made; PostgreSQL never gives a number twice."""
    if op.get_bind().dialect.name == "sqlite":
        reglages = {"sqlite_autoincrement": sqlite_autoincrement}
        with op.batch_alter_table("droits", recreate="always", table_kwargs=reglages):
            pass
