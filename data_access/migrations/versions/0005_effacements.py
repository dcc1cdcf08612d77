"""effacements"""

from alembic import op

from data_access.migrations.formes import create

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Bring the tables up."""
    create("effacements", "code code_plie! | mot32 sel! | mot64 empreinte!", unique="code_plie empreinte")


def downgrade() -> None:
    """Take it back."""
    op.drop_table("effacements")
