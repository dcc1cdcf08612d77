"""lecture des droits"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Bring the tables up: each right reads as its role reads by default."""
    op.add_column("droits", sa.Column("lecture", sa.String(length=16), nullable=True))
    op.execute("UPDATE droits SET lecture = 'arrondie' WHERE role = 'comite'")
    op.execute("UPDATE droits SET lecture = 'exacte' WHERE role IN ('direction', 'animation')")


def downgrade() -> None:
    """Take it back."""
    op.drop_column("droits", "lecture")
