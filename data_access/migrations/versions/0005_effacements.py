"""effacements"""

from data_access.migrations.formes import drop_all, make_all

revision = "0005"
down_revision = "0004"

_SCHEMA = """
effacements: code code_plie! | mot32 sel! | mot64 empreinte! ; unique code_plie empreinte
"""


def upgrade() -> None:
    """Bring the tables up."""
    make_all(_SCHEMA)


def downgrade() -> None:
    """Take it back."""
    drop_all(_SCHEMA)
