"""The checks that only an extract of another software, or its profile, can fail. Same words as `classeur.controles`."""

from data_access.classeur.gravite import Controle, Gravite


def _bloquant(code: str, titre: str, constat: str, conseil: str) -> Controle:
    return Controle(f"PRF-0{code}", Gravite.BLOQUANT, titre, constat, conseil)


def _rejet(code: str, titre: str, constat: str, conseil: str) -> Controle:
    return Controle(f"PRF-1{code}", Gravite.REJET, titre, constat, conseil)


def _avertissement(code: str, titre: str, constat: str, conseil: str) -> Controle:
    return Controle(f"PRF-2{code}", Gravite.AVERTISSEMENT, titre, constat, conseil)


FICHIER_INCONNU = _bloquant(
    "01",
    "Ni un classeur .xlsx, ni un texte .csv",
    "le fichier n’est ni un classeur .xlsx, ni un texte séparé par des « ; », des « , » ou des tabulations",
    "Exportez-le à nouveau en .xlsx ou en .csv.",
)
ENCODAGE = _bloquant(
    "02",
    "Lettres accentuées illisibles",
    "les lettres accentuées ne peuvent pas être lues ({detail})",
    "Exportez à nouveau le fichier en UTF-8 ou en Windows-1252, sans le modifier dans un autre logiciel.",
)
TEXTE_ILLISIBLE = _bloquant(
    "03",
    "Texte illisible",
    "le texte ne peut pas être découpé en colonnes ({detail})",
    "Exportez à nouveau le fichier en .csv ou en .xlsx.",
)
FEUILLE_ABSENTE = _bloquant(
    "04",
    "Feuille du profil absente",
    "aucune feuille ne s’appelle « {detail} » comme le dit le profil",
    "Vérifiez que c’est le bon export, ou corrigez le nom de la feuille dans le profil.",
)
COLONNE_ABSENTE = _bloquant(
    "05",
    "Colonne du profil absente",
    "la colonne n’est plus dans la feuille{detail}",
    "Vérifiez l’export, ou corrigez le nom de la colonne dans le profil.",
)
ENTETE_ABSENT = _bloquant(
    "06",
    "Ligne des intitulés introuvable",
    "la ligne des intitulés de colonnes n’est pas trouvée parmi les premières lignes",
    "Vérifiez que la feuille a une ligne d’intitulés, ou donnez son numéro dans le profil.",
)
PROFIL_ILLISIBLE = _bloquant(
    "07",
    "Profil illisible",
    "le profil ne peut pas être lu : {detail}",
    "Exportez à nouveau le profil, ou corrigez-le à l’écran de correspondance.",
)
EXTRACTION_INCONNUE = _bloquant(
    "08",
    "Date d’extraction inconnue",
    "la date d’extraction n’est pas dans les lignes de titre du fichier",
    "Donnez le jour de l’extraction au moment de charger le fichier.",
)
COLONNE_REFUSEE = _bloquant(
    "09",
    "Colonne d’identité dans le profil",
    "la colonne semble contenir l’identité ou les coordonnées des personnes : elle n’est pas lue",
    "Retirez cette colonne du profil : l’identité des personnes n’entre jamais ici.",
)
PROFIL_INTROUVABLE = _bloquant(
    "10",
    "Profil introuvable",
    "aucun profil ne correspond à « {detail} »",
    "La commande « profil lister » donne les noms des profils.",
)

VALEUR_INCONNUE = _rejet(
    "01",
    "Valeur absente du profil",
    "la valeur n’a pas de correspondance dans le profil",
    "Ajoutez cette valeur au profil, puis rechargez le fichier.",
)
LIGNE_A_COMPLETER_INCONNUE = _rejet(
    "02",
    "Ligne à compléter inconnue",
    "le profil complète des lignes déjà enregistrées, et celle-ci ne l’est pas ({detail})",
    "Chargez d’abord l’export qui crée cette ligne.",
)

LIGNES_DE_FIN = _avertissement(
    "01",
    "Lignes de total non lues",
    "des lignes de total ou de bas de page ne sont pas lues : {detail}",
    "Vérifiez qu’il ne s’agit pas de lignes à charger.",
)
COLONNES_NON_LUES = _avertissement(
    "02",
    "Colonnes hors du profil",
    "ces colonnes ne sont pas dans le profil et ne sont pas lues : {detail}",
    "Complétez le profil s’il s’agit de colonnes attendues.",
)

CATALOGUE: dict[str, Controle] = {c.code: c for c in list(globals().values()) if isinstance(c, Controle)}
