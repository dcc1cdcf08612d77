"""initiale"""

from data_access.migrations.formes import drop_all, make_all

revision = "0001"
down_revision = None

_SCHEMA = """
objectifs: code code_plie! code_operation code_indicateur! | texte libelle! | code nature! | nombre valeur
    valeur_max | texte unite | jour debut! fin! | texte source
operations: code code_plie! code_operation! | texte intitule! structure_beneficiaire axe | code cible | jour debut!
    fin! | nombre etp | texte source ; unique code_plie code_operation
participants: code code_plie! id_participant! sexe | jour date_naissance a_26_ans_le a_50_ans_le ; unique code_plie
    id_participant
plie: code code_plie! | texte nom! structure_porteuse organisme_intermediaire departement | jour date_extraction!
    protocole_du protocole_au | texte seuils_parcours_longs | code denominateur_objectif | oui_non
    retours_le_meme_jour ; unique code_plie
profils: code code_plie! | texte logiciel! nom! | json contenu! | moment modifie_le! | texte auteur! ; unique
    code_plie nom
realisations: code code_plie! code_operation! code_indicateur! | jour realise_le! | nombre valeur! | texte
    commentaire
ix_realisations: code_plie code_operation code_indicateur realise_le
referents: code code_plie! code_referent! | texte structure | nombre etp! | jour depuis! jusqua ; unique code_plie
    code_referent
regles_de_sortie: code code_plie! type_sortie! | texte libelle! | code categorie! nature | texte sous_categorie |
    nombre duree_mois fenetre_mois heures_min semaines_min | texte hebdo_min validation_commission | jour depuis!
    jusqua | texte source! ; unique code_plie type_sortie depuis
territoires: code code_plie! code_territoire! | texte nom! | code type! code_parent | oui_non eligible | texte
    source ; unique code_plie code_territoire
types_etape: code code_plie! type_etape! | texte libelle! | code code_classe! | texte libelle_classe! | oui_non
    comptee! sensible | texte source ; unique code_plie type_etape
versions: moment moment! | texte auteur! classeur! | mot64 empreinte! | json codes_plie! bilan! | entier
    annulation_de | json_vide feuilles_precedentes ; cite annulation_de > versions.id
anomalies: entier version_id! | code code_plie | mot16 controle! gravite! | texte feuille | entier ligne | texte
    colonne message! conseil! cle | code code_referent code_operation ; cite version_id > versions.id
ix_anomalies_version_id: version_id
feuilles_chargees: code code_plie! | mot32 nom_table! | entier version_id ; cle code_plie nom_table ; cite
    version_id > versions.id
journal: entier version_id! | texte nom_table! | code code_plie! | json_vide avant apres ; cite version_id >
    versions.id
ix_journal_version_id: version_id
parcours: code code_plie! id_parcours! id_participant! mode! | texte prescripteur | jour prescription_le
    diagnostic_le entree_le! | code code_referent code_commune code_quartier | oui_non rsa minima_sociaux | entier
    mois_sans_emploi | oui_non handicap | code niveau_diplome statut_emploi | oui_non en_formation | code
    sans_domicile parent_ne_etranger | oui_non monoparental | jour contrat_jusquau | texte solution | jour
    solution_depuis sortie_le | code type_sortie | jour validee_le saisie_le | entier entree_mois! sortie_mois |
    jour fin_le! limite_saisie_le | oui_non deld | code sexe tranche_age | oui_non qpv | code categorie_sortie
    nature_sortie | jour suivant_le! ; cite code_plie id_participant > participants ; unique code_plie id_parcours
ix_parcours_commune: code_plie code_commune mode fin_le entree_le suivant_le sexe id_participant
ix_parcours_diagnostics: code_plie mode diagnostic_le prescription_le
ix_parcours_entrees: code_plie mode entree_le entree_mois sexe
ix_parcours_participant: code_plie id_participant entree_le
ix_parcours_quartier: code_plie code_quartier mode fin_le entree_le
ix_parcours_sorties: code_plie mode fin_le sortie_mois categorie_sortie nature_sortie type_sortie sexe entree_le
    limite_saisie_le saisie_le
ix_parcours_stock: code_plie mode fin_le entree_le suivant_le sexe tranche_age rsa minima_sociaux deld qpv handicap
    niveau_diplome code_referent code_commune code_quartier contrat_jusquau solution_depuis id_parcours
    id_participant
contacts: code code_plie! id_parcours! | jour contact_le! | code nature! ; cite code_plie id_parcours > parcours
ix_contacts_date: code_plie contact_le
ix_contacts_parcours: code_plie id_parcours contact_le
etapes: code code_plie! id_etape! id_parcours! type_etape! code_operation | jour debut! fin | code statut! | nombre
    heures | texte justificatif | entier debut_mois! | jour fin_le! | oui_non compte! comptee | code code_classe
    mode id_participant sexe code_commune code_quartier ; cite code_plie id_parcours > parcours ; unique code_plie
    id_etape
ix_etapes_actives: code_plie mode compte comptee fin_le debut code_classe type_etape sexe id_participant
ix_etapes_commencees: code_plie mode compte comptee debut debut_mois code_classe type_etape sexe
ix_etapes_commune: code_plie code_commune mode compte comptee fin_le debut code_classe type_etape sexe
ix_etapes_operation: code_plie code_operation compte comptee fin_le debut mode code_classe type_etape sexe
ix_etapes_parcours: code_plie id_parcours compte comptee debut fin_le
ix_etapes_quartier: code_plie code_quartier mode compte comptee fin_le debut
participations: code code_plie! id_parcours! code_operation! | jour entree_le! sortie_le | oui_non
    questionnaire_complet | jour fin_le! ; cite code_plie code_operation > operations ; cite code_plie id_parcours >
    parcours ; unique code_plie id_parcours code_operation entree_le
ix_participations_operation: code_plie code_operation fin_le entree_le id_parcours
suspensions: code code_plie! id_parcours! | texte motif | jour debut! fin ; cite code_plie id_parcours > parcours
ix_suspensions_parcours: code_plie id_parcours debut
"""


def upgrade() -> None:
    """Bring the tables up."""
    make_all(_SCHEMA)


def downgrade() -> None:
    """Take it back."""
    drop_all(_SCHEMA)
