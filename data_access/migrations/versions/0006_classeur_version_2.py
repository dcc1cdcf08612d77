"""classeur version 2"""

from data_access.migrations.formes import add, columns, drop, replace_index

revision = "0006"
down_revision = "0005"

_AJOUTS = {
    "etapes": "oui_non justifiee | code type_etape_montre",
    "objectifs": "texte part",
    "parcours": "code situation_6_mois type_sortie_montre",
    "participations": "code situation_sortie | jour sortie_saisie_le | oui_non questionnaire_sortie_complet",
    "plie": "texte bornes_age",
    "realisations": "texte structure objet entreprise | code secteur | texte piece",
    "regles_de_sortie": "oui_non sensible",
    "territoires": "nombre latitude longitude",
}
# `{}`: the type as it is written before, as it is shown since.
_INDEX = {
    "ix_etapes_actives": "code_plie mode compte comptee fin_le debut code_classe type_etape{} sexe id_participant",
    "ix_etapes_commencees": "code_plie mode compte comptee debut debut_mois code_classe type_etape{} sexe",
    "ix_etapes_commune": "code_plie code_commune mode compte comptee fin_le debut code_classe type_etape{} sexe",
    "ix_etapes_operation": "code_plie code_operation compte comptee fin_le debut mode code_classe type_etape{} sexe",
    "ix_parcours_sorties": "code_plie mode fin_le sortie_mois categorie_sortie nature_sortie type_sortie{} sexe "
    "entree_le limite_saisie_le saisie_le",
}


def upgrade() -> None:
    """Bring the tables up; what is derived is filled once they are all there (`env`)."""
    for table, colonnes in _AJOUTS.items():
        add(table, colonnes)
    for nom, colonnes in _INDEX.items():
        replace_index(nom, colonnes.format("_montre"))
    drop("participants", "a_50_ans_le", "a_26_ans_le")


def downgrade() -> None:
    """Take it back."""
    add("participants", "jour a_26_ans_le a_50_ans_le")
    for nom, colonnes in _INDEX.items():
        replace_index(nom, colonnes.format(""))
    for table, colonnes in _AJOUTS.items():
        drop(table, *(colonne.name for colonne in columns(colonnes)))
