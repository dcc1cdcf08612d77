"""recettes"""

from alembic import op

from data_access.migrations.formes import create

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Bring the tables up."""
    create("recettes", "mot32 nom! | mot64 empreinte! | moment refaite_le!", cle="nom")


def downgrade() -> None:
    """Take it back."""
    op.drop_table("recettes")
