"""sejours"""

import sqlalchemy as sa
from alembic import op

from data_access.imports.sejours import refresh_sejours

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up."""
    op.create_table(
        "sejours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "id_parcours",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "code_operation",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("entree_le", sa.Date(), nullable=False),
        sa.Column("entree_mois", sa.Integer(), nullable=False),
        sa.Column("fin_le", sa.Date(), nullable=False),
        sa.Column("fin_mois", sa.Integer(), nullable=True),
        sa.Column("dernier_jour", sa.Date(), nullable=False),
        sa.Column(
            "situation_sortie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("sortie_saisie_le", sa.Date(), nullable=True),
        sa.Column("limite_saisie_le", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie", "id_parcours", "code_operation", "entree_le"),
    )
    op.create_index(
        "ix_sejours_entrees",
        "sejours",
        ["code_plie", "code_operation", "entree_le", "entree_mois", "id_parcours"],
        unique=False,
    )
    op.create_index(
        "ix_sejours_stock",
        "sejours",
        ["code_plie", "code_operation", "fin_le", "entree_le", "id_parcours"],
        unique=False,
    )
    for code_plie in op.get_bind().scalars(sa.text("SELECT code_plie FROM plie")).all():
        refresh_sejours(op.get_bind(), code_plie)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_sejours_stock", table_name="sejours")
    op.drop_index("ix_sejours_entrees", table_name="sejours")
    op.drop_table("sejours")
