"""The splits: what figures may be cut by, how each part is named and ordered."""

from dataclasses import dataclass
from enum import StrEnum

from data_access.ages import TRANCHES_USUELLES
from data_access.format import SITUATIONS_DE_SORTIE
from data_access.tables import NON_RENSEIGNE


class Sujet(StrEnum):
    """What a split speaks of: the programme itself, where people live, or who they are."""

    PROGRAMME = "programme"
    LIEU = "lieu"
    PERSONNE = "personne"


@dataclass(frozen=True)
class Decoupage:
    """A split. `colonne` names the column of the counted rows; `sujet` decides what is rounded for some readers
    (`indicators.arrondi`). `valeurs` gives the order of the parts when it is fixed."""

    code: str
    libelle: str
    colonne: str
    sujet: Sujet = Sujet.PROGRAMME
    valeurs: tuple[str, ...] = ()
    libelles: tuple[str, ...] = ()

    def label(self, valeur: str) -> str:
        """French words for one part; the part itself where it has no other name."""
        return dict(zip(self.valeurs, self.libelles, strict=False)).get(valeur, valeur)


_OUI_NON = ("oui", "non", NON_RENSEIGNE)
_OUI_NON_LIBELLES = ("Oui", "Non", "Non renseigné")

_LISTE = (
    Decoupage("plie", "PLIE", "code_plie"),
    Decoupage("operation", "Opération", "code_operation"),
    Decoupage("mois", "Mois", "mois"),
    Decoupage("commune", "Commune", "code_commune", Sujet.LIEU),
    Decoupage("quartier", "Quartier", "code_quartier", Sujet.LIEU),
    Decoupage("referent", "Référent", "code_referent"),
    Decoupage(
        "mode",
        "Mode d’entrée",
        "mode",
        Sujet.PROGRAMME,
        ("complet", "etape_seule"),
        ("Accompagnement complet", "Étape seule"),
    ),
    Decoupage("sexe", "Sexe", "sexe", Sujet.PERSONNE, ("F", "H", NON_RENSEIGNE), ("Femmes", "Hommes", "Non renseigné")),
    Decoupage(
        "age",
        "Âge à l’entrée",
        "tranche_age",
        Sujet.PERSONNE,
        (*TRANCHES_USUELLES, NON_RENSEIGNE),
        ("Moins de 26 ans", "26 à 49 ans", "50 ans et plus", "Non renseigné"),
    ),
    Decoupage("rsa", "Bénéficiaire du RSA", "rsa", Sujet.PERSONNE, _OUI_NON, _OUI_NON_LIBELLES),
    Decoupage("minima_sociaux", "Minima sociaux", "minima_sociaux", Sujet.PERSONNE, _OUI_NON, _OUI_NON_LIBELLES),
    Decoupage("deld", "Demandeur d’emploi de longue durée", "deld", Sujet.PERSONNE, _OUI_NON, _OUI_NON_LIBELLES),
    Decoupage("qpv", "Quartier prioritaire (QPV)", "qpv", Sujet.PERSONNE, _OUI_NON, _OUI_NON_LIBELLES),
    Decoupage("handicap", "Handicap reconnu", "handicap", Sujet.PERSONNE, _OUI_NON, _OUI_NON_LIBELLES),
    Decoupage(
        "diplome",
        "Niveau de diplôme",
        "niveau_diplome",
        Sujet.PERSONNE,
        ("2a", "2b", "2c", "2d", NON_RENSEIGNE),
        ("Inférieur au primaire", "Primaire ou brevet", "CAP, BEP, bac", "Supérieur", "Non renseigné"),
    ),
    Decoupage(
        "categorie",
        "Catégorie de sortie",
        "categorie_sortie",
        Sujet.PROGRAMME,
        ("positive", "autre", "negative", "a_confirmer", "non_documentee"),
        ("Positive", "Autre (administrative)", "Négative", "À confirmer", "Non documentée"),
    ),
    Decoupage(
        "nature",
        "Nature de la sortie positive",
        "nature_sortie",
        Sujet.PROGRAMME,
        ("emploi", "formation", "creation", "autre", NON_RENSEIGNE),
        ("Emploi", "Formation", "Création d’entreprise", "Autre", "Non renseignée"),
    ),
    Decoupage(
        "situation",
        "Situation à la sortie de l’opération",
        "situation_sortie",
        Sujet.PROGRAMME,
        (*SITUATIONS_DE_SORTIE, NON_RENSEIGNE),
        ("Emploi", "Formation", "Qualification obtenue", "Recherche d’emploi", "Inactivité", "Non renseignée"),
    ),
    Decoupage("type_sortie", "Type de sortie", "type_sortie"),
    Decoupage("classe", "Classe d’étape", "code_classe"),
    Decoupage("type_etape", "Type d’étape", "type_etape"),
    Decoupage("seuil", "Seuil", "seuil"),
)

DECOUPAGES = {decoupage.code: decoupage for decoupage in _LISTE}

_SYNONYMES = {
    "territoire": "commune",
    "tranche_age": "age",
    "tranche_d_age": "age",
    "niveau_diplome": "diplome",
    "categorie_sortie": "categorie",
    "nature_sortie": "nature",
    "situation_sortie": "situation",
    "type": "type_etape",
    "code_plie": "plie",
    "code_referent": "referent",
    "code_operation": "operation",
    "code_classe": "classe",
}

PERSONNES: tuple[str, ...] = (
    *("plie", "mois", "operation", "commune", "quartier", "referent", "mode", "sexe", "age"),
    *("rsa", "minima_sociaux", "deld", "qpv", "handicap", "diplome"),
)
SORTIES = (*PERSONNES, "categorie", "nature", "type_sortie")
ETAPES = (*PERSONNES, "classe", "type_etape")
PUBLICS = ("rsa", "minima_sociaux", "deld", "qpv", "handicap", "age", "diplome")
SORTIES_OPERATION = (*PERSONNES, "situation")
EQUIPE = ("plie", "mois", "operation")


def find_decoupage(nom: str) -> Decoupage:
    """The split called `nom` or one of its other names; KeyError if there is none."""
    return DECOUPAGES[_SYNONYMES.get(nom, nom)]


def is_decoupage(nom: str) -> bool:
    """True when `nom` is a split or one of its other names."""
    return _SYNONYMES.get(nom, nom) in DECOUPAGES


def name_part(brut: object) -> str:
    """How a value of the database is written as a part of a split: oui, non, non renseigné, or itself."""
    if brut is None:
        return NON_RENSEIGNE
    if brut is True:
        return "oui"
    if brut is False:
        return "non"
    return str(brut)
