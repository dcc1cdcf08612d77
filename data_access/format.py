"""The « classeur PLIE », version 2: its sheets, columns, keys and references, as data.

Everything that depends on the format reads it here: the tables, the reader, the checks,
the empty template and the documentation.
"""

from functools import partial
from typing import Any

from data_access.colonnes import Colonne, Effacement, Feuille, Genre, Lien

NATURES_OBJECTIF = ("fixe", "minimum", "maximum", "fourchette", "par_etp", "par_referent", "taux", "moyenne")
CATEGORIES_SORTIE = ("positive", "autre", "negative", "a_confirmer")
NATURES_SORTIE = ("emploi", "formation", "creation", "autre")
STATUTS_ETAPE = ("prescrite", "en_cours", "realisee", "abandonnee")
STATUTS_ETAPE_COMPTES = ("en_cours", "realisee")
NATURES_CONTACT = ("entretien", "telephone", "courriel", "atelier", "autre")
SITUATIONS_A_6_MOIS = ("en_emploi", "en_formation", "sans_emploi", "inconnue")
SITUATIONS_DE_SORTIE = ("emploi", "formation", "qualification", "recherche", "inactif")
SECTEURS = ("btp", "hors_btp", "autre")
TYPES_TERRITOIRE = ("commune", "qpv", "quartier_de_veille", "epci", "autre")
MODE_COMPLET = "complet"
MODE_ETAPE_SEULE = "etape_seule"
SOUTIEN = "soutien_aux_structures"
"""Target of the operations that have no participants."""

_POSITIF = (0.0, float("inf"))
_SOURCE = "Document et ligne d’où vient l’information"


def _colonne(genre: Genre, nom: str, aide: str, obligatoire: bool = False, **faits: Any) -> Colonne:
    return Colonne(nom, genre, aide, obligatoire, **faits)


def _liste(nom: str, valeurs: tuple[str, ...], aide: str, obligatoire: bool = False, **faits: Any) -> Colonne:
    return Colonne(nom, Genre.LISTE, aide, obligatoire, valeurs, **faits)


_code, _texte, _date = partial(_colonne, Genre.CODE), partial(_colonne, Genre.TEXTE), partial(_colonne, Genre.DATE)
_nombre, _booleen = partial(_colonne, Genre.NOMBRE), partial(_colonne, Genre.BOOLEEN)
_PLIE = _code("code_plie", "Code du PLIE, le même dans toutes les feuilles", True)


def _feuille(nom: str, table: str, cle: tuple[str, ...], *colonnes: Colonne, **faits: Any) -> Feuille:
    return Feuille(nom, table, (_PLIE, *colonnes), cle, **faits)


def _operation(aide: str, obligatoire: bool = False, lien: Lien = Lien.CONNU) -> Colonne:
    return _code("code_operation", aide, obligatoire, cite="Operations", lien=lien)


def _parcours() -> Colonne:
    return _code("id_parcours", "Numéro du parcours", True, numero=True, cite="Parcours", lien=Lien.TENU)


FEUILLES: tuple[Feuille, ...] = (
    _feuille(
        *("PLIE", "plie", ("code_plie",)),
        _texte("nom", "Nom du PLIE tel qu’il s’affiche", True),
        _texte("structure_porteuse", "Structure qui porte le PLIE"),
        _texte("organisme_intermediaire", "Organisme intermédiaire FSE"),
        _texte("departement", "Département"),
        _date("date_extraction", "Jour de l’extraction : les données valent à cette date", True),
        _date("protocole_du", "Début du protocole d’accord"),
        _date("protocole_au", "Fin du protocole d’accord", pas_avant="protocole_du"),
        _texte("seuils_parcours_longs", "Seuils en mois séparés par « ; », par exemple « 12;24 »"),
        _texte("bornes_age", "Âges qui séparent les trois tranches d’âge, par exemple « 26;53 » ; vide = « 26;50 »"),
        _liste(
            "denominateur_objectif",
            ("toutes_sorties", "hors_neutres"),
            "Dénominateur du taux de sorties positives dans le protocole",
        ),
        premiere_fois=True,
    ),
    _feuille(
        *("Territoires", "territoires", ("code_plie", "code_territoire")),
        _code("code_territoire", "Code INSEE de la commune, ou code du quartier", True),
        _texte("nom", "Nom du territoire", True),
        _liste("type", TYPES_TERRITOIRE, "Nature du territoire", True),
        _code("code_parent", "Territoire qui le contient", cite="Territoires", lien=Lien.CONNU),
        _booleen("eligible", "Y habiter ouvre-t-il droit au PLIE ?"),
        _nombre("latitude", "Latitude en degrés décimaux, pour la carte", bornes=(-90.0, 90.0)),
        _nombre("longitude", "Longitude en degrés décimaux, pour la carte", bornes=(-180.0, 180.0)),
        _texte("source", _SOURCE),
        libelle="nom",
    ),
    _feuille(
        *("Operations", "operations", ("code_plie", "code_operation")),
        _code("code_operation", "Code de l’opération (fiche)", True),
        _texte("intitule", "Intitulé de l’opération", True),
        _texte("structure_beneficiaire", "Structure qui met en œuvre"),
        _texte("axe", "Axe ou objectif du protocole"),
        _liste("cible", ("aide_aux_personnes", SOUTIEN), "À qui s’adresse l’opération"),
        _date("debut", "Premier jour de l’opération", True),
        _date("fin", "Dernier jour de l’opération", True, pas_avant="debut"),
        _nombre("etp", "Équivalents temps plein de l’opération", bornes=_POSITIF),
        _texte("source", _SOURCE),
        libelle="intitule",
    ),
    _feuille(
        *("Objectifs", "objectifs", ("code_plie", "code_operation", "code_indicateur", "libelle", "debut")),
        _operation("Opération ; vide pour un objectif du protocole"),
        _code("code_indicateur", "Code d’un indicateur calculé, ou code libre des réalisations déclarées", True),
        _texte("part", "Ceux que l’objectif compte, par exemple « rsa=oui » ; vide = tous"),
        _texte("libelle", "Libellé de l’objectif dans le texte", True),
        _liste("nature", NATURES_OBJECTIF, "Comment l’objectif se lit", True),
        _nombre("valeur", "Valeur visée ; vide = non paramétré. Un taux s’écrit 0,5 pour 50 %"),
        _nombre("valeur_max", "Borne haute d’une fourchette"),
        _texte("unite", "Unité de la valeur"),
        _date("debut", "Premier jour de la période de l’objectif", True),
        _date("fin", "Dernier jour de la période de l’objectif", True, pas_avant="debut"),
        _texte("source", _SOURCE),
        libelle="libelle",
    ),
    _feuille(
        *("Regles de sortie", "regles_de_sortie", ("code_plie", "type_sortie", "depuis")),
        _code("type_sortie", "Code du type de sortie", True),
        _texte("libelle", "Libellé du type de sortie", True),
        _liste("categorie", CATEGORIES_SORTIE, "Catégorie ; « a_confirmer » si le texte ne tranche pas", True),
        _liste("nature", NATURES_SORTIE, "Nature d’une sortie positive"),
        _texte("sous_categorie", "Sous-catégorie du texte (emplois durables, dynamiques…)"),
        _nombre("duree_mois", "Durée minimale en mois", bornes=_POSITIF),
        _nombre("fenetre_mois", "Fenêtre d’observation en mois", bornes=_POSITIF),
        _nombre("heures_min", "Nombre minimal d’heures", bornes=_POSITIF),
        _nombre("semaines_min", "Nombre minimal de semaines", bornes=_POSITIF),
        _texte("hebdo_min", "Durée hebdomadaire minimale, telle qu’écrite"),
        _texte("validation_commission", "Instance qui valide la sortie"),
        _booleen("sensible", "Le libellé révèle-t-il une donnée sensible (décès, santé, incarcération…) ?"),
        _date("depuis", "Premier jour d’application de la règle", True),
        _date("jusqua", "Dernier jour d’application ; vide = toujours en vigueur", pas_avant="depuis"),
        _texte("source", _SOURCE, True),
        libelle="libelle",
    ),
    _feuille(
        *("Types d'etape", "types_etape", ("code_plie", "type_etape")),
        _code("type_etape", "Code du type d’étape", True),
        _texte("libelle", "Libellé du type d’étape", True),
        _code("code_classe", "Code de la classe d’étapes", True),
        _texte("libelle_classe", "Libellé de la classe d’étapes", True),
        _booleen("comptee", "Le type compte-t-il dans les totaux d’étapes ?", True),
        _booleen("sensible", "Le libellé révèle-t-il une donnée sensible (santé, justice…) ?"),
        _texte("source", _SOURCE),
        libelle="libelle",
    ),
    _feuille(
        *("Referents", "referents", ("code_plie", "code_referent")),
        _code("code_referent", "Code du référent (pas son nom)", True),
        _texte("structure", "Structure employeuse"),
        _nombre("etp", "Équivalent temps plein", True, bornes=_POSITIF),
        _date("depuis", "Premier jour en poste", True),
        _date("jusqua", "Dernier jour en poste ; vide = en poste", pas_avant="depuis"),
        libelle="structure",
        personnelle=True,
    ),
    _feuille(
        *("Participants", "participants", ("code_plie", "id_participant")),
        _code("id_participant", "Numéro du participant dans le logiciel de suivi (jamais un nom)", True, numero=True),
        _liste("sexe", ("F", "H"), "Sexe : F ou H"),
        _date("date_naissance", "Date de naissance", efface=Effacement.TRANCHE),
        premiere_fois=True,
        personnelle=True,
    ),
    _feuille(
        *("Parcours", "parcours", ("code_plie", "id_parcours")),
        _code("id_parcours", "Numéro du parcours dans le logiciel de suivi", True, numero=True),
        _code("id_participant", "Numéro du participant", True, numero=True, cite="Participants", lien=Lien.TENU),
        _liste("mode", (MODE_COMPLET, MODE_ETAPE_SEULE), "Accompagnement complet ou étape seule", defaut=MODE_COMPLET),
        _texte("prescripteur", "Organisme prescripteur"),
        _date("prescription_le", "Date de la prescription", plus_tard=True),
        _date("diagnostic_le", "Date du diagnostic", plus_tard=True),
        _date("entree_le", "Date d’entrée dans le PLIE", True, debut=True, avant_extraction=True),
        _code("code_referent", "Référent de parcours", cite="Referents", lien=Lien.CONNU),
        _code("code_commune", "Commune de résidence à l’entrée (code INSEE)", cite="Territoires", lieux=("commune",)),
        _code(
            "code_quartier", "Quartier de résidence à l’entrée", cite="Territoires", lieux=("qpv", "quartier_de_veille")
        ),
        _booleen("rsa", "Bénéficiaire du RSA à l’entrée"),
        _booleen("minima_sociaux", "Bénéficiaire d’un minimum social à l’entrée"),
        _colonne(Genre.ENTIER, "mois_sans_emploi", "Mois sans emploi à l’entrée", bornes=_POSITIF),
        _booleen("handicap", "Handicap reconnu à l’entrée"),
        _liste("niveau_diplome", ("2a", "2b", "2c", "2d"), "Niveau de diplôme (questionnaire FSE, question 2)"),
        _liste("statut_emploi", ("1a", "1b", "1c", "1d", "non"), "Statut d’emploi à l’entrée (questionnaire FSE)"),
        _booleen("en_formation", "En formation à l’entrée"),
        _liste("sans_domicile", ("oui", "non", "nsp"), "Sans domicile (question 5)"),
        _liste("parent_ne_etranger", ("oui", "non", "nsp"), "Un parent né à l’étranger (question 6)"),
        _booleen("monoparental", "Famille monoparentale"),
        _date("contrat_jusquau", "Terme du contrat d’engagement"),
        _texte("solution", "Solution trouvée, pas encore une sortie", avec="solution_depuis"),
        _date("solution_depuis", "Début de la solution", plus_tard=True),
        _date("sortie_le", "Date de sortie du PLIE", plus_tard=True, pas_avant="entree_le"),
        _code(
            "type_sortie", "Type de sortie (feuille « Regles de sortie »)", cite="Regles de sortie", avec="sortie_le"
        ),
        _date("validee_le", "Date de validation de la sortie en commission", plus_tard=True, avec="sortie_le"),
        _date("saisie_le", "Date de saisie de la sortie", avec="sortie_le"),
        _liste("situation_6_mois", SITUATIONS_A_6_MOIS, "Situation six mois après la sortie", avec="sortie_le"),
        premiere_fois=True,
        personnelle=True,
    ),
    _feuille(
        *("Participations", "participations", ("code_plie", "id_parcours", "code_operation", "entree_le")),
        _parcours(),
        _operation("Opération", True, Lien.TENU),
        _date("entree_le", "Entrée dans l’opération", True, debut=True, avant_extraction=True),
        _date("sortie_le", "Sortie de l’opération", plus_tard=True, pas_avant="entree_le"),
        _booleen("questionnaire_complet", "Questionnaire FSE d’entrée complet"),
        _liste("situation_sortie", SITUATIONS_DE_SORTIE, "Situation à la sortie de l’opération", avec="sortie_le"),
        _date("sortie_saisie_le", "Date de saisie de la sortie de l’opération", avec="sortie_le"),
        _booleen("questionnaire_sortie_complet", "Questionnaire FSE de sortie complet", avec="sortie_le"),
        personnelle=True,
    ),
    _feuille(
        *("Etapes", "etapes", ("code_plie", "id_etape")),
        _code("id_etape", "Numéro de l’étape dans le logiciel de suivi", True, numero=True),
        _parcours(),
        _code("type_etape", "Type d’étape", True, cite="Types d'etape", lien=Lien.CONNU),
        _operation("Opération qui porte l’étape"),
        _date("debut", "Premier jour de l’étape", True, debut=True),
        _date("fin", "Dernier jour de l’étape ; vide = en cours", plus_tard=True, pas_avant="debut"),
        _liste("statut", STATUTS_ETAPE, "Statut de l’étape", True, avec="fin"),
        _nombre("heures", "Heures réalisées", bornes=_POSITIF, avec="fin"),
        _texte(
            "justificatif",
            "L’étape est-elle justifiée ? oui, non, ou la nature du justificatif (« émargement ») qui vaut "
            "oui ; vide, « aucun », « manquant » ou « non … » valent non",
            avec="fin",
            efface=Effacement.REPONSE,
        ),
        personnelle=True,
    ),
    _feuille(
        *("Suspensions", "suspensions", ("code_plie", "id_parcours", "debut", "motif")),
        _parcours(),
        _texte("motif", "Motif de la suspension"),
        _date("debut", "Premier jour de la suspension", True, debut=True),
        _date("fin", "Dernier jour de la suspension", plus_tard=True, pas_avant="debut"),
        personnelle=True,
    ),
    _feuille(
        *("Contacts", "contacts", ()),
        _parcours(),
        _date("contact_le", "Date du contact", True, debut=True),
        _liste("nature", NATURES_CONTACT, "Nature du contact", True),
        personnelle=True,
    ),
    _feuille(
        *("Realisations", "realisations", ()),
        _operation("Opération", True),
        _code("code_indicateur", "Code de l’indicateur déclaré", True, cite="Objectifs"),
        _date("realise_le", "Date de la réalisation", True, debut=True),
        _nombre("valeur", "Valeur réalisée", True),
        _texte("structure", "Structure qui a réalisé"),
        _texte("objet", "Objet : marché, chantier, action, réunion…"),
        _texte("entreprise", "Entreprise concernée"),
        _liste("secteur", SECTEURS, "Secteur d’activité"),
        _texte("piece", "Pièce qui justifie la réalisation"),
        _texte("commentaire", "Commentaire"),
    ),
)

_PAR_NOM = {feuille.nom: feuille for feuille in FEUILLES}
_PAR_TABLE = {feuille.table: feuille for feuille in FEUILLES}


def feuille(nom: str) -> Feuille:
    """The sheet called `nom` (written as in `FEUILLES`); KeyError if there is none."""
    return _PAR_NOM[nom]


def feuille_of_table(table: str) -> Feuille:
    """The sheet stored in `table`; KeyError if there is none."""
    return _PAR_TABLE[table]
