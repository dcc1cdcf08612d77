"""The catalogue of checks: code, severity, what is wrong, what to do.

Messages have four parts (what, where, why, what to do) and end with the code. `constat` may name
`{detail}`: a count, a date, the name of a column or of a sheet; the content of a cell about a person only where a
characteristic could not be read, so that it can be found again.
"""

from data_access.classeur.gravite import Controle, Gravite

_CORRIGER = "Corrigez-la dans le logiciel de suivi puis relancez l’export."


def _bloquant(code: str, titre: str, constat: str, conseil: str) -> Controle:
    return Controle(f"IMP-0{code}", Gravite.BLOQUANT, titre, constat, conseil)


def _rejet(code: str, titre: str, constat: str, conseil: str = _CORRIGER) -> Controle:
    return Controle(f"IMP-1{code}", Gravite.REJET, titre, constat, conseil)


def _avertissement(code: str, titre: str, constat: str, conseil: str) -> Controle:
    return Controle(f"IMP-2{code}", Gravite.AVERTISSEMENT, titre, constat, conseil)


PAS_UN_XLSX = _bloquant(
    "01",
    "Le fichier n’est pas un classeur .xlsx",
    "le fichier n’est pas un classeur Excel .xlsx, même si son nom le dit",
    "Ouvrez-le dans Excel ou LibreOffice et enregistrez-le au format « Classeur Excel (.xlsx) ».",
)
CHIFFRE = _bloquant(
    "02",
    "Classeur protégé par un mot de passe, ou ancien format .xls",
    "le classeur est protégé par un mot de passe, ou c’est un ancien fichier .xls",
    "Enregistrez-le sans mot de passe, au format « Classeur Excel (.xlsx) ».",
)
TROP_LOURD = _bloquant(
    "03",
    "Classeur de plus de 20 Mo",
    "le classeur pèse {detail}, la limite est de 20 Mo",
    "Retirez les images et les feuilles inutiles, ou chargez les feuilles en plusieurs classeurs.",
)
TROP_GONFLE = _bloquant(
    "04",
    "Classeur de plus de 150 Mo une fois décompressé",
    "le contenu décompressé dépasse la limite ({detail})",
    "Retirez les feuilles et les mises en forme inutiles, ou chargez les feuilles en plusieurs classeurs.",
)
TROP_DE_LIGNES = _bloquant(
    "05",
    "Feuille de plus de 1 000 000 de lignes",
    "la feuille a plus de 1 000 000 de lignes",
    "Retirez les lignes inutiles, ou chargez la feuille par PLIE.",
)
ILLISIBLE = _bloquant(
    "06",
    "Classeur abîmé ou illisible",
    "le contenu du classeur ne peut pas être lu ({detail})",
    "Ouvrez-le dans Excel ou LibreOffice, enregistrez-le sous un autre nom, puis recommencez.",
)
INTROUVABLE = _bloquant(
    "07",
    "Classeur introuvable",
    "le classeur ne peut pas être ouvert ({detail})",
    "Vérifiez le nom et le dossier du classeur.",
)
AUCUNE_FEUILLE = _bloquant(
    "08",
    "Aucune feuille du format",
    "aucune feuille ne porte un nom du format",
    "Partez du modèle vide : python -m data_access modele CLASSEUR.xlsx.",
)
FEUILLE_EN_DOUBLE = _bloquant(
    "09",
    "Feuille présente deux fois",
    "la feuille est présente deux fois ({detail})",
    "Ne gardez qu’une des deux feuilles.",
)
COLONNE_EN_DOUBLE = _bloquant(
    "10",
    "Colonne présente deux fois",
    "la colonne est présente deux fois ({detail})",
    "Ne gardez qu’une des deux colonnes.",
)
COLONNE_ABSENTE = _bloquant(
    "11",
    "Colonne obligatoire absente",
    "une colonne obligatoire manque dans la première ligne de la feuille",
    "Vérifiez l’intitulé des colonnes, en ligne 1, avec le modèle vide.",
)
FEUILLE_ABSENTE = _bloquant(
    "12",
    "Feuille obligatoire absente au premier chargement d’un PLIE",
    "cette feuille est obligatoire au premier chargement d’un PLIE",
    "Ajoutez la feuille, même sans ligne sous les intitulés.",
)
PLIE_INCONNU = _bloquant(
    "13",
    "Code de PLIE inconnu",
    "le code_plie de {detail} ligne(s) n’est ni dans la feuille « PLIE » de ce classeur, ni déjà enregistré",
    "Corrigez le code, ou ajoutez la ligne du PLIE dans la feuille « PLIE ».",
)
PLIE_HORS_DROITS = _bloquant(
    "14",
    "PLIE hors de vos droits",
    "le classeur contient un PLIE que vous n’avez pas le droit de modifier",
    "Retirez les lignes de ce PLIE, ou demandez ce droit à l’administration.",
)
PLIE_REJETE = _bloquant(
    "15",
    "Ligne du PLIE rejetée",
    "la ligne de ce PLIE est rejetée et il n’est pas encore enregistré : aucune ligne ne peut lui être rattachée",
    "Corrigez la ligne dans la feuille « PLIE ».",
)
VERSION_DEPASSEE = _bloquant(
    "16",
    "Données modifiées entre-temps",
    "un autre chargement a modifié les données depuis la vérification de ce classeur",
    "Vérifiez à nouveau le classeur, puis confirmez.",
)
DISPARITION = _bloquant(
    "17",
    "Plus de 10 % des parcours disparaîtraient",
    "ce chargement retirerait {detail}",
    "Vérifiez que l’export est complet. Si ces parcours doivent vraiment disparaître, confirmez-le.",
)
IMPORT_EN_COURS = _bloquant(
    "18",
    "Un autre chargement est en cours",
    "un autre chargement est en train d’écrire dans la base",
    "Attendez qu’il se termine, puis recommencez.",
)
TEXTE_TROP_LONG = _bloquant(
    "19",
    "Cellule de plus de 32 767 caractères",
    "le texte {detail} dépasse 32 767 caractères, la limite d’une cellule de tableur",
    "Raccourcissez ce texte, ou retirez la colonne si elle n’est pas du format, puis recommencez.",
)

CELLULE_VIDE = _rejet("01", "Cellule obligatoire vide", "la cellule est vide alors qu’elle est obligatoire")
MAUVAISE_DATE = _rejet(
    "02",
    "Date illisible",
    "la cellule ne contient pas une date lisible entre 1900 et 2100",
    "Écrivez la date au format JJ/MM/AAAA puis rechargez le classeur.",
)
MAUVAIS_NOMBRE = _rejet(
    "03",
    "Nombre illisible",
    "la cellule ne contient pas un nombre lisible{detail}",
    "Écrivez un nombre seul, sans unité ni signe %, puis rechargez le classeur.",
)
MAUVAIS_CODE = _rejet(
    "04",
    "Code illisible",
    "la cellule ne contient pas un code (un texte de 64 caractères au plus)",
    "Mettez la colonne au format Texte et vérifiez le code.",
)
MAUVAIS_BOOLEEN = _rejet(
    "05",
    "Ni oui ni non",
    "la cellule ne contient ni oui ni non",
    "Écrivez oui ou non ; laissez vide si ce n’est pas renseigné.",
)
HORS_LISTE = _rejet(
    "06",
    "Valeur hors de la liste",
    "la valeur n’est pas dans la liste : {detail}",
    "Choisissez une valeur de la liste.",
)
CELLULE_EN_ERREUR = _rejet(
    "07",
    "Cellule en erreur dans Excel",
    "la cellule contient une erreur de calcul d’Excel (#REF!, #N/A…)",
    "Corrigez la formule, ou remplacez-la par sa valeur.",
)
FIN_AVANT_DEBUT = _rejet("08", "Fin avant le début", "la date est avant celle de la colonne « {detail} »")
CLE_EN_DOUBLE = _rejet(
    "09",
    "Ligne en double",
    "une ligne plus haut porte déjà la même clé ({detail})",
    "Gardez une seule des deux lignes : la première est chargée.",
)
REFERENCE_INCONNUE = _rejet(
    "10",
    "Référence à une ligne qui n’existe pas",
    "le code ne correspond à aucune ligne de la feuille « {detail} »",
    "Ajoutez la ligne qui manque, ou corrigez le code.",
)
REFERENCE_REJETEE = _rejet(
    "11",
    "Dépend d’une ligne rejetée",
    "la ligne dépend d’une ligne rejetée de la feuille « {detail} »",
    "Corrigez d’abord la ligne dont elle dépend : celle-ci suivra.",
)
ENTREE_APRES_EXTRACTION = _rejet(
    "12", "Entrée après l’extraction", "la date d’entrée est après la date d’extraction du PLIE ({detail})"
)
CHEVAUCHEMENT = _rejet(
    "13",
    "Deux parcours d’un participant se chevauchent",
    "ce parcours chevauche un autre parcours du même participant ({detail})",
    "Corrigez la date de sortie du premier parcours ou l’entrée du second.",
)
NOMBRE_HORS_BORNES = _rejet("14", "Nombre négatif ou hors des bornes", "le nombre est {detail}")
TAUX_SUPERIEUR_A_UN = _rejet(
    "15",
    "Taux supérieur à 1",
    "un taux s’écrit comme une fraction et ne dépasse pas 1",
    "Écrivez 0,5 pour 50 %.",
)
IDENTITE_DANS_UN_CODE = _rejet(
    "16",
    "Identité directe dans un numéro",
    "le numéro ressemble à un nom, à une adresse électronique, à un téléphone ou à un NIR",
    "Exportez le numéro du logiciel de suivi ; l’identité des personnes n’entre jamais ici.",
)
COORDONNEES = _rejet(
    "17",
    "Coordonnées d’une personne dans un code, un nombre ou un libellé",
    "la cellule contient ce qui ressemble à une adresse électronique, à un téléphone ou à un NIR",
    "Retirez-les de l’export : l’identité des personnes n’entre jamais ici.",
)

TYPE_SANS_REGLE = _avertissement(
    "01",
    "Type de sortie sans règle",
    "aucune règle de sortie de ce type n’est en vigueur le jour de la sortie : la sortie sera « non documentée »",
    "Complétez la feuille « Regles de sortie » ou corrigez le type.",
)
SORTIE_SANS_TYPE = _avertissement(
    "02",
    "Sortie sans type",
    "le parcours est sorti sans type de sortie : la sortie sera « non documentée »",
    "Renseignez le type de sortie dans le logiciel de suivi.",
)
ETAPE_APRES_SORTIE = _avertissement(
    "03",
    "Étape encore ouverte après la sortie",
    "l’étape est encore ouverte après la sortie du parcours : elle sera comptée jusqu’à la sortie",
    "Renseignez la fin de l’étape dans le logiciel de suivi.",
)
SAISIE_TARDIVE = _avertissement(
    "04",
    "Sortie saisie plus d’un mois après",
    "la sortie a été saisie plus d’un mois après sa date",
    "Saisissez les sorties dans le mois : au-delà, elles échappent aux bilans.",
)
SANS_REFERENT = _avertissement(
    "05",
    "Parcours complet sans référent",
    "le parcours complet n’a pas de référent",
    "Renseignez le référent de parcours.",
)
HORS_TERRITOIRE = _avertissement(
    "06",
    "Lieu hors du territoire",
    "le lieu de résidence est absent de la feuille « Territoires » ou n’ouvre pas droit au PLIE",
    "Vérifiez le code, ou complétez la feuille « Territoires ».",
)
QUESTIONNAIRE_INCOMPLET = _avertissement(
    "07",
    "Questionnaire FSE incomplet",
    "le questionnaire FSE d’entrée n’est pas noté complet",
    "Complétez le questionnaire : sans lui, le participant n’est pas éligible au FSE.",
)
FORMULE_JAMAIS_CALCULEE = _avertissement(
    "08",
    "Formule jamais calculée",
    "la cellule contient une formule jamais calculée : elle est lue comme vide",
    "Ouvrez le classeur dans Excel ou LibreOffice et enregistrez-le.",
)
FEUILLE_INCONNUE = _avertissement(
    "09",
    "Feuille inconnue",
    "la feuille n’est pas du format : elle n’est pas lue",
    "Vérifiez son nom s’il s’agit d’une feuille attendue.",
)
COLONNE_INCONNUE = _avertissement(
    "10",
    "Colonne inconnue",
    "ces colonnes ne sont pas du format et ne sont pas lues : {detail}",
    "Vérifiez leur intitulé s’il s’agit de colonnes attendues.",
)
COLONNE_IDENTITE = _avertissement(
    "11",
    "Colonne d’identité refusée",
    "ces colonnes semblent contenir l’identité ou les coordonnées des personnes. Elles sont refusées et leurs "
    "cellules ne sont pas lues : {detail}",
    "Retirez-les de l’export : l’identité des personnes n’entre jamais ici.",
)
SEUILS_ILLISIBLES = _avertissement(
    "12",
    "Seuils de parcours longs illisibles",
    "les seuils ne sont pas des nombres de mois séparés par « ; » : les seuils usuels s’appliquent",
    "Écrivez par exemple « 12;24 ».",
)
ENCORE_CITEE = _avertissement(
    "13",
    "Ligne retirée encore citée",
    "des lignes retirées de cette feuille sont encore citées par {detail}",
    "Remettez ces lignes, ou chargez aussi la feuille qui les cite.",
)
COORDONNEES_EFFACEES = _avertissement(
    "14",
    "Coordonnées d’une personne dans un texte",
    "le texte contient ce qui ressemble à une adresse électronique, à un téléphone ou à un NIR : il n’est pas gardé",
    "Retirez-les de l’export : l’identité des personnes n’entre jamais ici.",
)
PERSONNES_EFFACEES = _avertissement(
    "15",
    "Personnes effacées encore dans l’export",
    "{detail} ligne(s) sont celles de personnes effacées ou anonymisées : elles ne sont pas lues, les chiffres gardent "
    "leurs lignes anonymes",
    "Effacez-les aussi du logiciel de suivi. Une personne qui revient reçoit un nouveau numéro.",
)
BORNES_AGE_ILLISIBLES = _avertissement(
    "16",
    "Tranches d’âge illisibles",
    "les bornes ne sont pas deux âges croissants séparés par « ; » : les tranches usuelles s’appliquent "
    "(moins de 26 ans, 26-49 ans, 50 ans et plus)",
    "Écrivez par exemple « 26;53 ».",
)
CARACTERISTIQUE_ILLISIBLE = _avertissement(
    "17",
    "Caractéristique illisible, laissée vide",
    "la cellule ne peut pas être lue{detail} : elle est laissée vide, le reste de la ligne est chargé",
    "Corrigez-la dans le logiciel de suivi puis relancez l’export.",
)
SITUATION_SANS_SORTIE = _avertissement(
    "18",
    "Situation à six mois sans sortie",
    "une situation six mois après la sortie est donnée sans date de sortie : elle n’est pas comptée",
    "Renseignez la sortie dans le logiciel de suivi, ou retirez la situation.",
)
INDICATEUR_INCONNU = _avertissement(
    "20",
    "Objectif sur un chiffre inconnu",
    "le code n’est ni celui d’un chiffre calculé, ni celui d’une réalisation déclarée dans la feuille "
    "« Realisations » : l’objectif restera « sans donnée »{detail}",
    "Corrigez le code, ou déclarez les réalisations sous ce code.",
)
PART_INCONNUE = _avertissement(
    "21",
    "Part d’un objectif illisible",
    "la part ne désigne aucune caractéristique connue{detail} : l’objectif restera « sans donnée »",
    "Écrivez une caractéristique et sa valeur, par exemple « rsa=oui », séparées des suivantes par « ; ».",
)
SUITE_NON_DETAILLEE = _avertissement(
    "99",
    "Suite non détaillée",
    "{detail}",
    "Corrigez les premières, puis rechargez le classeur pour voir la suite.",
)

CATALOGUE: dict[str, Controle] = {c.code: c for c in list(globals().values()) if isinstance(c, Controle)}
