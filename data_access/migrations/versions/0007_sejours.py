"""sejours"""

from data_access.migrations.formes import drop_all, make_all

revision = "0007"
down_revision = "0006"

_SCHEMA = """
sejours: code code_plie! id_parcours! code_operation! | jour entree_le! | entier entree_mois! | jour fin_le! |
    entier fin_mois | jour dernier_jour! | code situation_sortie | jour sortie_saisie_le limite_saisie_le ; unique
    code_plie id_parcours code_operation entree_le
ix_sejours_entrees: code_plie code_operation entree_le entree_mois id_parcours
ix_sejours_stock: code_plie code_operation fin_le entree_le id_parcours
"""


def upgrade() -> None:
    """Bring the tables up; what is derived is filled once they are all there (`env`)."""
    make_all(_SCHEMA)


def downgrade() -> None:
    """Take it back."""
    drop_all(_SCHEMA)
