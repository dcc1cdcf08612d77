"""droits, editions, decisions"""

from data_access.migrations.formes import drop_all, make_all

revision = "0002"
down_revision = "0001"

_SCHEMA = """
documents: code code_plie! | mot16 nature! | texte nom! | octets contenu! | moment modifie_le! | texte auteur! ;
    unique code_plie nature nom
droits: texte identite! | mot16 role! | code code_plie code_territoire | texte structure | moment accorde_le! |
    texte accorde_par!
ix_droits_identite: identite
evenements: moment moment! | texte identite! | mot16 role! | mot32 action! | json codes_plie! | texte objet!
ix_evenements_moment: moment
preparations: code code_plie! | mot32 instance! | json contenu! | moment modifie_le! | texte auteur! ; unique
    code_plie instance
editions: code code_plie! | entier numero! | mot32 instance! | jour du! au! | entier version_id! | json contenu! |
    mot64 empreinte! | moment publie_le! | texte publie_par! ; cite version_id > versions.id ; unique code_plie
    numero
decisions: code code_plie! | entier edition_id! | mot32 section | texte texte! porteur! | jour echeance | mot16
    etat! | texte suivi! | moment saisie_le! | texte saisie_par! | moment modifie_le! ; cite edition_id >
    editions.id
ix_decisions_code_plie: code_plie
publications: code code_plie! | jour au! | entier version_id! edition_id | moment publie_le! | texte publie_par! ;
    cite edition_id > editions.id ; cite version_id > versions.id
ix_publications_code_plie: code_plie
"""


def upgrade() -> None:
    """Bring the tables up."""
    make_all(_SCHEMA)


def downgrade() -> None:
    """Take it back."""
    drop_all(_SCHEMA)
