"""classeur version 2"""

import sqlalchemy as sa
from alembic import op

from data_access.imports.derivation import is_justified

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up."""
    op.add_column("etapes", sa.Column("justifiee", sa.Boolean(), nullable=True))
    op.add_column(
        "etapes",
        sa.Column(
            "type_etape_montre",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
    )
    op.drop_index(op.f("ix_etapes_actives"), table_name="etapes")
    op.create_index(
        "ix_etapes_actives",
        "etapes",
        [
            "code_plie",
            "mode",
            "compte",
            "comptee",
            "fin_le",
            "debut",
            "code_classe",
            "type_etape_montre",
            "sexe",
            "id_participant",
        ],
        unique=False,
    )
    op.drop_index(op.f("ix_etapes_commencees"), table_name="etapes")
    op.create_index(
        "ix_etapes_commencees",
        "etapes",
        ["code_plie", "mode", "compte", "comptee", "debut", "debut_mois", "code_classe", "type_etape_montre", "sexe"],
        unique=False,
    )
    op.drop_index(op.f("ix_etapes_commune"), table_name="etapes")
    op.create_index(
        "ix_etapes_commune",
        "etapes",
        [
            "code_plie",
            "code_commune",
            "mode",
            "compte",
            "comptee",
            "fin_le",
            "debut",
            "code_classe",
            "type_etape_montre",
            "sexe",
        ],
        unique=False,
    )
    op.drop_index(op.f("ix_etapes_operation"), table_name="etapes")
    op.create_index(
        "ix_etapes_operation",
        "etapes",
        [
            "code_plie",
            "code_operation",
            "compte",
            "comptee",
            "fin_le",
            "debut",
            "mode",
            "code_classe",
            "type_etape_montre",
            "sexe",
        ],
        unique=False,
    )
    op.add_column("objectifs", sa.Column("part", sa.Text(), nullable=True))
    op.add_column(
        "parcours",
        sa.Column(
            "situation_6_mois",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
    )
    op.add_column(
        "parcours",
        sa.Column(
            "type_sortie_montre",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
    )
    op.drop_index(op.f("ix_parcours_sorties"), table_name="parcours")
    op.create_index(
        "ix_parcours_sorties",
        "parcours",
        [
            "code_plie",
            "mode",
            "fin_le",
            "sortie_mois",
            "categorie_sortie",
            "nature_sortie",
            "type_sortie_montre",
            "sexe",
            "entree_le",
            "limite_saisie_le",
            "saisie_le",
        ],
        unique=False,
    )
    op.drop_column("participants", "a_50_ans_le")
    op.drop_column("participants", "a_26_ans_le")
    op.add_column(
        "participations",
        sa.Column(
            "situation_sortie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
    )
    op.add_column("participations", sa.Column("sortie_saisie_le", sa.Date(), nullable=True))
    op.add_column("participations", sa.Column("questionnaire_sortie_complet", sa.Boolean(), nullable=True))
    op.add_column("plie", sa.Column("bornes_age", sa.Text(), nullable=True))
    op.add_column("realisations", sa.Column("structure", sa.Text(), nullable=True))
    op.add_column("realisations", sa.Column("objet", sa.Text(), nullable=True))
    op.add_column("realisations", sa.Column("entreprise", sa.Text(), nullable=True))
    op.add_column(
        "realisations",
        sa.Column(
            "secteur",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
    )
    op.add_column("realisations", sa.Column("piece", sa.Text(), nullable=True))
    op.add_column("regles_de_sortie", sa.Column("sensible", sa.Boolean(), nullable=True))
    op.add_column("territoires", sa.Column("latitude", sa.Float(), nullable=True))
    op.add_column("territoires", sa.Column("longitude", sa.Float(), nullable=True))
    _fill()


def _fill() -> None:
    """The derived columns of the rows that are stored: no exit rule is flagged yet, étape types may be."""
    op.execute("UPDATE parcours SET type_sortie_montre = type_sortie WHERE sortie_le IS NOT NULL")
    op.execute(
        "UPDATE etapes SET type_etape_montre = CASE WHEN EXISTS (SELECT 1 FROM types_etape WHERE sensible "
        "AND types_etape.code_plie = etapes.code_plie AND types_etape.type_etape = etapes.type_etape) "
        "THEN 'autres motifs' ELSE type_etape END"
    )
    etapes = sa.table("etapes", sa.column("justificatif", sa.Text()), sa.column("justifiee", sa.Boolean()))
    op.execute(sa.update(etapes).values(justifiee=False))
    base = op.get_bind()
    preuves = base.execute(sa.select(etapes.c.justificatif).distinct()).scalars()
    for preuve in [preuve for preuve in preuves if is_justified(preuve)]:
        base.execute(sa.update(etapes).where(etapes.c.justificatif == preuve).values(justifiee=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("territoires", "longitude")
    op.drop_column("territoires", "latitude")
    op.drop_column("regles_de_sortie", "sensible")
    op.drop_column("realisations", "piece")
    op.drop_column("realisations", "secteur")
    op.drop_column("realisations", "entreprise")
    op.drop_column("realisations", "objet")
    op.drop_column("realisations", "structure")
    op.drop_column("plie", "bornes_age")
    op.drop_column("participations", "questionnaire_sortie_complet")
    op.drop_column("participations", "sortie_saisie_le")
    op.drop_column("participations", "situation_sortie")
    op.add_column("participants", sa.Column("a_26_ans_le", sa.DATE(), nullable=True))
    op.add_column("participants", sa.Column("a_50_ans_le", sa.DATE(), nullable=True))
    op.drop_index("ix_parcours_sorties", table_name="parcours")
    op.create_index(
        op.f("ix_parcours_sorties"),
        "parcours",
        [
            "code_plie",
            "mode",
            "fin_le",
            "sortie_mois",
            "categorie_sortie",
            "nature_sortie",
            "type_sortie",
            "sexe",
            "entree_le",
            "limite_saisie_le",
            "saisie_le",
        ],
        unique=False,
    )
    op.drop_column("parcours", "type_sortie_montre")
    op.drop_column("parcours", "situation_6_mois")
    op.drop_column("objectifs", "part")
    op.drop_index("ix_etapes_operation", table_name="etapes")
    op.create_index(
        op.f("ix_etapes_operation"),
        "etapes",
        [
            "code_plie",
            "code_operation",
            "compte",
            "comptee",
            "fin_le",
            "debut",
            "mode",
            "code_classe",
            "type_etape",
            "sexe",
        ],
        unique=False,
    )
    op.drop_index("ix_etapes_commune", table_name="etapes")
    op.create_index(
        op.f("ix_etapes_commune"),
        "etapes",
        [
            "code_plie",
            "code_commune",
            "mode",
            "compte",
            "comptee",
            "fin_le",
            "debut",
            "code_classe",
            "type_etape",
            "sexe",
        ],
        unique=False,
    )
    op.drop_index("ix_etapes_commencees", table_name="etapes")
    op.create_index(
        op.f("ix_etapes_commencees"),
        "etapes",
        ["code_plie", "mode", "compte", "comptee", "debut", "debut_mois", "code_classe", "type_etape", "sexe"],
        unique=False,
    )
    op.drop_index("ix_etapes_actives", table_name="etapes")
    op.create_index(
        op.f("ix_etapes_actives"),
        "etapes",
        [
            "code_plie",
            "mode",
            "compte",
            "comptee",
            "fin_le",
            "debut",
            "code_classe",
            "type_etape",
            "sexe",
            "id_participant",
        ],
        unique=False,
    )
    op.drop_column("etapes", "type_etape_montre")
    op.drop_column("etapes", "justifiee")
