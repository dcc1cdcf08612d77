"""droits, editions, decisions"""

from alembic import op

from data_access.migrations.formes import create

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables up."""
    create(
        "documents",
        "code code_plie! | mot16 nature! | texte nom! | octets contenu! | moment modifie_le! | texte auteur!",
        unique="code_plie nature nom",
    )
    create(
        "droits",
        "texte identite! | mot16 role! | code code_plie code_territoire | texte structure | moment accorde_le! | "
        "texte accorde_par!",
    )
    op.create_index("ix_droits_identite", "droits", ["identite"])
    create(
        "evenements", "moment moment! | texte identite! | mot16 role! | mot32 action! | json codes_plie! | texte objet!"
    )
    op.create_index("ix_evenements_moment", "evenements", ["moment"])
    create(
        "preparations",
        "code code_plie! | mot32 instance! | json contenu! | moment modifie_le! | texte auteur!",
        unique="code_plie instance",
    )
    create(
        "editions",
        "code code_plie! | entier numero! | mot32 instance! | jour du! au! | entier version_id! | json contenu! "
        "| mot64 empreinte! | moment publie_le! | texte publie_par!",
        cite="version_id > versions.id",
        unique="code_plie numero",
    )
    create(
        "decisions",
        "code code_plie! | entier edition_id! | mot32 section | texte texte! porteur! | jour echeance | mot16 "
        "etat! | texte suivi! | moment saisie_le! | texte saisie_par! | moment modifie_le!",
        cite="edition_id > editions.id",
    )
    op.create_index("ix_decisions_code_plie", "decisions", ["code_plie"])
    create(
        "publications",
        "code code_plie! | jour au! | entier version_id! edition_id | moment publie_le! | texte publie_par!",
        cite="edition_id > editions.id ; version_id > versions.id",
    )
    op.create_index("ix_publications_code_plie", "publications", ["code_plie"])


def downgrade() -> None:
    """Take it back."""
    for table in ("publications", "decisions", "editions", "preparations", "evenements", "droits", "documents"):
        op.drop_table(table)
