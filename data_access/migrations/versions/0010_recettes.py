"""recettes"""

from data_access.migrations.formes import drop_all, make_all

revision = "0010"
down_revision = "0009"

_SCHEMA = """
recettes: mot32 nom! | mot64 empreinte! | moment refaite_le! ; cle nom
"""


def upgrade() -> None:
    """Bring the tables up."""
    make_all(_SCHEMA)


def downgrade() -> None:
    """Take it back."""
    drop_all(_SCHEMA)
