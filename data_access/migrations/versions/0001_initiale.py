"""initiale"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up."""
    op.create_table(
        "objectifs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "code_operation",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "code_indicateur",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column(
            "nature",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("valeur", sa.Float(), nullable=True),
        sa.Column("valeur_max", sa.Float(), nullable=True),
        sa.Column("unite", sa.Text(), nullable=True),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "operations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "code_operation",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("intitule", sa.Text(), nullable=False),
        sa.Column("structure_beneficiaire", sa.Text(), nullable=True),
        sa.Column("axe", sa.Text(), nullable=True),
        sa.Column(
            "cible", sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"), nullable=True
        ),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=False),
        sa.Column("etp", sa.Float(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie", "code_operation"),
    )
    op.create_table(
        "participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "id_participant",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "sexe", sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"), nullable=True
        ),
        sa.Column("date_naissance", sa.Date(), nullable=True),
        sa.Column("a_26_ans_le", sa.Date(), nullable=True),
        sa.Column("a_50_ans_le", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie", "id_participant"),
    )
    op.create_table(
        "plie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("structure_porteuse", sa.Text(), nullable=True),
        sa.Column("organisme_intermediaire", sa.Text(), nullable=True),
        sa.Column("departement", sa.Text(), nullable=True),
        sa.Column("date_extraction", sa.Date(), nullable=False),
        sa.Column("protocole_du", sa.Date(), nullable=True),
        sa.Column("protocole_au", sa.Date(), nullable=True),
        sa.Column("seuils_parcours_longs", sa.Text(), nullable=True),
        sa.Column(
            "denominateur_objectif",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("retours_le_meme_jour", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie"),
    )
    op.create_table(
        "profils",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("logiciel", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("contenu", sa.JSON(), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("auteur", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie", "nom"),
    )
    op.create_table(
        "realisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "code_operation",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "code_indicateur",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("realise_le", sa.Date(), nullable=False),
        sa.Column("valeur", sa.Float(), nullable=False),
        sa.Column("commentaire", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_realisations",
        "realisations",
        ["code_plie", "code_operation", "code_indicateur", "realise_le"],
        unique=False,
    )
    op.create_table(
        "referents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "code_referent",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("structure", sa.Text(), nullable=True),
        sa.Column("etp", sa.Float(), nullable=False),
        sa.Column("depuis", sa.Date(), nullable=False),
        sa.Column("jusqua", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie", "code_referent"),
    )
    op.create_table(
        "regles_de_sortie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "type_sortie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column(
            "categorie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "nature",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("sous_categorie", sa.Text(), nullable=True),
        sa.Column("duree_mois", sa.Float(), nullable=True),
        sa.Column("fenetre_mois", sa.Float(), nullable=True),
        sa.Column("heures_min", sa.Float(), nullable=True),
        sa.Column("semaines_min", sa.Float(), nullable=True),
        sa.Column("hebdo_min", sa.Text(), nullable=True),
        sa.Column("validation_commission", sa.Text(), nullable=True),
        sa.Column("depuis", sa.Date(), nullable=False),
        sa.Column("jusqua", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie", "type_sortie", "depuis"),
    )
    op.create_table(
        "territoires",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "code_territoire",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column(
            "type", sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "code_parent",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("eligible", sa.Boolean(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie", "code_territoire"),
    )
    op.create_table(
        "types_etape",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "type_etape",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column(
            "code_classe",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("libelle_classe", sa.Text(), nullable=False),
        sa.Column("comptee", sa.Boolean(), nullable=False),
        sa.Column("sensible", sa.Boolean(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie", "type_etape"),
    )
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("auteur", sa.Text(), nullable=False),
        sa.Column("classeur", sa.Text(), nullable=False),
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("codes_plie", sa.JSON(), nullable=False),
        sa.Column("bilan", sa.JSON(), nullable=False),
        sa.Column("annulation_de", sa.Integer(), nullable=True),
        sa.Column("feuilles_precedentes", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["annulation_de"],
            ["versions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "anomalies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("controle", sa.String(length=16), nullable=False),
        sa.Column("gravite", sa.String(length=16), nullable=False),
        sa.Column("feuille", sa.Text(), nullable=True),
        sa.Column("ligne", sa.Integer(), nullable=True),
        sa.Column("colonne", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("conseil", sa.Text(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=True),
        sa.Column(
            "code_referent",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "code_operation",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_anomalies_version_id"), "anomalies", ["version_id"], unique=False)
    op.create_table(
        "feuilles_chargees",
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("nom_table", sa.String(length=32), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
        ),
        sa.PrimaryKeyConstraint("code_plie", "nom_table"),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("nom_table", sa.Text(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("avant", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("apres", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_journal_version_id"), "journal", ["version_id"], unique=False)
    op.create_table(
        "parcours",
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
            "id_participant",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "mode", sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("prescripteur", sa.Text(), nullable=True),
        sa.Column("prescription_le", sa.Date(), nullable=True),
        sa.Column("diagnostic_le", sa.Date(), nullable=True),
        sa.Column("entree_le", sa.Date(), nullable=False),
        sa.Column(
            "code_referent",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "code_commune",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "code_quartier",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("rsa", sa.Boolean(), nullable=True),
        sa.Column("minima_sociaux", sa.Boolean(), nullable=True),
        sa.Column("mois_sans_emploi", sa.Integer(), nullable=True),
        sa.Column("handicap", sa.Boolean(), nullable=True),
        sa.Column(
            "niveau_diplome",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "statut_emploi",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("en_formation", sa.Boolean(), nullable=True),
        sa.Column(
            "sans_domicile",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "parent_ne_etranger",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("monoparental", sa.Boolean(), nullable=True),
        sa.Column("contrat_jusquau", sa.Date(), nullable=True),
        sa.Column("solution", sa.Text(), nullable=True),
        sa.Column("solution_depuis", sa.Date(), nullable=True),
        sa.Column("sortie_le", sa.Date(), nullable=True),
        sa.Column(
            "type_sortie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("validee_le", sa.Date(), nullable=True),
        sa.Column("saisie_le", sa.Date(), nullable=True),
        sa.Column("entree_mois", sa.Integer(), nullable=False),
        sa.Column("sortie_mois", sa.Integer(), nullable=True),
        sa.Column("fin_le", sa.Date(), nullable=False),
        sa.Column("limite_saisie_le", sa.Date(), nullable=True),
        sa.Column("deld", sa.Boolean(), nullable=True),
        sa.Column(
            "sexe", sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"), nullable=True
        ),
        sa.Column(
            "tranche_age",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("qpv", sa.Boolean(), nullable=True),
        sa.Column(
            "categorie_sortie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "nature_sortie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("suivant_le", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_plie", "id_participant"],
            ["participants.code_plie", "participants.id_participant"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie", "id_parcours"),
    )
    op.create_index(
        "ix_parcours_commune",
        "parcours",
        ["code_plie", "code_commune", "mode", "fin_le", "entree_le", "suivant_le", "sexe", "id_participant"],
        unique=False,
    )
    op.create_index(
        "ix_parcours_diagnostics", "parcours", ["code_plie", "mode", "diagnostic_le", "prescription_le"], unique=False
    )
    op.create_index(
        "ix_parcours_entrees", "parcours", ["code_plie", "mode", "entree_le", "entree_mois", "sexe"], unique=False
    )
    op.create_index("ix_parcours_participant", "parcours", ["code_plie", "id_participant", "entree_le"], unique=False)
    op.create_index(
        "ix_parcours_quartier", "parcours", ["code_plie", "code_quartier", "mode", "fin_le", "entree_le"], unique=False
    )
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
            "type_sortie",
            "sexe",
            "entree_le",
            "limite_saisie_le",
            "saisie_le",
        ],
        unique=False,
    )
    op.create_index(
        "ix_parcours_stock",
        "parcours",
        [
            "code_plie",
            "mode",
            "fin_le",
            "entree_le",
            "suivant_le",
            "sexe",
            "tranche_age",
            "rsa",
            "minima_sociaux",
            "deld",
            "qpv",
            "handicap",
            "niveau_diplome",
            "code_referent",
            "code_commune",
            "code_quartier",
            "contrat_jusquau",
            "solution_depuis",
            "id_parcours",
            "id_participant",
        ],
        unique=False,
    )
    op.create_table(
        "contacts",
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
        sa.Column("contact_le", sa.Date(), nullable=False),
        sa.Column(
            "nature",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["code_plie", "id_parcours"],
            ["parcours.code_plie", "parcours.id_parcours"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contacts_date", "contacts", ["code_plie", "contact_le"], unique=False)
    op.create_index("ix_contacts_parcours", "contacts", ["code_plie", "id_parcours", "contact_le"], unique=False)
    op.create_table(
        "etapes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code_plie",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "id_etape",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "id_parcours",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "type_etape",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "code_operation",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=True),
        sa.Column(
            "statut",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("heures", sa.Float(), nullable=True),
        sa.Column("justificatif", sa.Text(), nullable=True),
        sa.Column("debut_mois", sa.Integer(), nullable=False),
        sa.Column("fin_le", sa.Date(), nullable=False),
        sa.Column("compte", sa.Boolean(), nullable=False),
        sa.Column("comptee", sa.Boolean(), nullable=True),
        sa.Column(
            "code_classe",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "mode", sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"), nullable=True
        ),
        sa.Column(
            "id_participant",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "sexe", sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"), nullable=True
        ),
        sa.Column(
            "code_commune",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "code_quartier",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["code_plie", "id_parcours"],
            ["parcours.code_plie", "parcours.id_parcours"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie", "id_etape"),
    )
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
            "type_etape",
            "sexe",
            "id_participant",
        ],
        unique=False,
    )
    op.create_index(
        "ix_etapes_commencees",
        "etapes",
        ["code_plie", "mode", "compte", "comptee", "debut", "debut_mois", "code_classe", "type_etape", "sexe"],
        unique=False,
    )
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
            "type_etape",
            "sexe",
        ],
        unique=False,
    )
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
            "type_etape",
            "sexe",
        ],
        unique=False,
    )
    op.create_index(
        "ix_etapes_parcours",
        "etapes",
        ["code_plie", "id_parcours", "compte", "comptee", "debut", "fin_le"],
        unique=False,
    )
    op.create_index(
        "ix_etapes_quartier",
        "etapes",
        ["code_plie", "code_quartier", "mode", "compte", "comptee", "fin_le", "debut"],
        unique=False,
    )
    op.create_table(
        "participations",
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
        sa.Column("sortie_le", sa.Date(), nullable=True),
        sa.Column("questionnaire_complet", sa.Boolean(), nullable=True),
        sa.Column("fin_le", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_plie", "code_operation"],
            ["operations.code_plie", "operations.code_operation"],
        ),
        sa.ForeignKeyConstraint(
            ["code_plie", "id_parcours"],
            ["parcours.code_plie", "parcours.id_parcours"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_plie", "id_parcours", "code_operation", "entree_le"),
    )
    op.create_index(
        "ix_participations_operation",
        "participations",
        ["code_plie", "code_operation", "fin_le", "entree_le", "id_parcours"],
        unique=False,
    )
    op.create_table(
        "suspensions",
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
        sa.Column("motif", sa.Text(), nullable=True),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["code_plie", "id_parcours"],
            ["parcours.code_plie", "parcours.id_parcours"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_suspensions_parcours", "suspensions", ["code_plie", "id_parcours", "debut"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_suspensions_parcours", table_name="suspensions")
    op.drop_table("suspensions")
    op.drop_index("ix_participations_operation", table_name="participations")
    op.drop_table("participations")
    op.drop_index("ix_etapes_quartier", table_name="etapes")
    op.drop_index("ix_etapes_parcours", table_name="etapes")
    op.drop_index("ix_etapes_operation", table_name="etapes")
    op.drop_index("ix_etapes_commune", table_name="etapes")
    op.drop_index("ix_etapes_commencees", table_name="etapes")
    op.drop_index("ix_etapes_actives", table_name="etapes")
    op.drop_table("etapes")
    op.drop_index("ix_contacts_parcours", table_name="contacts")
    op.drop_index("ix_contacts_date", table_name="contacts")
    op.drop_table("contacts")
    op.drop_index("ix_parcours_stock", table_name="parcours")
    op.drop_index("ix_parcours_sorties", table_name="parcours")
    op.drop_index("ix_parcours_quartier", table_name="parcours")
    op.drop_index("ix_parcours_participant", table_name="parcours")
    op.drop_index("ix_parcours_entrees", table_name="parcours")
    op.drop_index("ix_parcours_diagnostics", table_name="parcours")
    op.drop_index("ix_parcours_commune", table_name="parcours")
    op.drop_table("parcours")
    op.drop_index(op.f("ix_journal_version_id"), table_name="journal")
    op.drop_table("journal")
    op.drop_table("feuilles_chargees")
    op.drop_index(op.f("ix_anomalies_version_id"), table_name="anomalies")
    op.drop_table("anomalies")
    op.drop_table("versions")
    op.drop_table("types_etape")
    op.drop_table("territoires")
    op.drop_table("regles_de_sortie")
    op.drop_table("referents")
    op.drop_index("ix_realisations", table_name="realisations")
    op.drop_table("realisations")
    op.drop_table("profils")
    op.drop_table("plie")
    op.drop_table("participants")
    op.drop_table("operations")
    op.drop_table("objectifs")
