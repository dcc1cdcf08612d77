"""connexions closes et numéros des droits"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up."""
    op.create_table(
        "connexions_closes",
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("close_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("empreinte"),
    )
    op.create_index(op.f("ix_connexions_closes_close_le"), "connexions_closes", ["close_le"], unique=False)
    _rewrite_rights(sqlite_autoincrement=True)


def downgrade() -> None:
    """Take it back."""
    _rewrite_rights(sqlite_autoincrement=False)
    op.drop_table("connexions_closes")


def _rewrite_rights(sqlite_autoincrement: bool) -> None:
    """SQLite says how a table numbers its rows when the table is made; PostgreSQL never gives a number twice."""
    if op.get_bind().dialect.name == "sqlite":
        reglages = {"sqlite_autoincrement": sqlite_autoincrement}
        with op.batch_alter_table("droits", recreate="always", table_kwargs=reglages):
            pass
