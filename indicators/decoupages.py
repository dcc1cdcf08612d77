"""The splits: what figures may be cut by, how each part is named and ordered."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from data_access.ages import TRANCHES_USUELLES, name_band, rank_band
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
        nom = dict(zip(self.valeurs, self.libelles, strict=False)).get(valeur, valeur)
        return name_band(nom) if self.code == AGE else nom

    def rank(self, valeur: str) -> tuple[int, int, str]:
        """Where one part stands among the others. Bands of age: by age, whatever the bounds of their PLIE."""
        if self.code == AGE:
            return (*rank_band(valeur), valeur)
        return (self.valeurs.index(valeur) if valeur in self.valeurs else len(self.valeurs), 0, valeur)


AGE = "age"


_OUI_NON = ("oui", "non", NON_RENSEIGNE)
_OUI_NON_LIBELLES = ("Oui", "Non", "Non renseigné")
_NSP = ("oui", "non", "nsp", NON_RENSEIGNE)
_NSP_LIBELLES = ("Oui", "Non", "Ne se prononce pas", "Non renseigné")

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
        AGE,
        "Âge à l’entrée",
        "tranche_age",
        Sujet.PERSONNE,
        (*TRANCHES_USUELLES, NON_RENSEIGNE),
        (*map(name_band, TRANCHES_USUELLES), "Non renseigné"),
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
        "emploi",
        "Situation d’emploi à l’entrée",
        "statut_emploi",
        Sujet.PERSONNE,
        ("non", "1a", "1b", "1c", "1d", NON_RENSEIGNE),
        (
            "Sans emploi",
            "À son compte",
            "Emploi durable (CDI, CDD de 6 mois ou plus)",
            "Emploi temporaire",
            "Emploi aidé, insertion comprise",
            "Non renseigné",
        ),
    ),
    Decoupage(
        "logement", "Sans domicile, ou exclu de son logement", "sans_domicile", Sujet.PERSONNE, _NSP, _NSP_LIBELLES
    ),
    Decoupage("monoparental", "Famille monoparentale", "monoparental", Sujet.PERSONNE, _OUI_NON, _OUI_NON_LIBELLES),
    Decoupage(
        "parent_ne_etranger",
        "Un parent né à l’étranger",
        "parent_ne_etranger",
        Sujet.PERSONNE,
        _NSP,
        _NSP_LIBELLES,
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
    Decoupage("type_sortie", "Type de sortie", "type_sortie_montre"),
    Decoupage(
        "situation",
        "Situation à la sortie de l’opération",
        "situation_sortie",
        Sujet.PROGRAMME,
        (*SITUATIONS_DE_SORTIE, NON_RENSEIGNE),
        ("Emploi", "Formation", "Qualification obtenue", "Recherche d’emploi", "Inactivité", "Non renseignée"),
    ),
    Decoupage(
        "situation_6_mois",
        "Situation six mois après la sortie",
        "situation_6_mois",
        Sujet.PROGRAMME,
        ("en_emploi", "en_formation", "sans_emploi", "inconnue", NON_RENSEIGNE),
        ("En emploi", "En formation", "Sans emploi", "Inconnue", "Non renseignée"),
    ),
    Decoupage("classe", "Classe d’étape", "code_classe"),
    Decoupage("type_etape", "Type d’étape", "type_etape_montre"),
    Decoupage(
        "nature_contact",
        "Nature du contact",
        "nature",
        Sujet.PROGRAMME,
        ("entretien", "telephone", "courriel", "atelier", "autre"),
        ("Entretien", "Téléphone", "Courriel", "Atelier", "Autre"),
    ),
    Decoupage("seuil", "Seuil", "seuil"),
)

DECOUPAGES = {decoupage.code: decoupage for decoupage in _LISTE}

_SYNONYMES: dict[str, tuple[str, ...]] = {
    "territoire": ("commune",),
    "tranche_age": (AGE,),
    "tranche_d_age": (AGE,),
    "niveau_diplome": ("diplome",),
    "statut_emploi": ("emploi",),
    "sans_domicile": ("logement",),
    "categorie_sortie": ("categorie",),
    "nature_sortie": ("nature",),
    "nature": ("nature", "nature_contact"),
    "situation_sortie": ("situation",),
    "type": ("type_etape", "type_sortie"),
    "code_plie": ("plie",),
    "code_referent": ("referent",),
    "code_operation": ("operation",),
    "code_classe": ("classe",),
}

_DE_L_ENTREE = ("emploi", "logement", "monoparental", "parent_ne_etranger")
PERSONNES: tuple[str, ...] = (
    *("plie", "mois", "operation", "commune", "quartier", "referent", "mode", "sexe", AGE),
    *("rsa", "minima_sociaux", "deld", "qpv", "handicap", "diplome", *_DE_L_ENTREE),
)
SORTIES = (*PERSONNES, "categorie", "nature", "type_sortie", "situation_6_mois")
ETAPES = (*PERSONNES, "classe", "type_etape")
PUBLICS = ("rsa", "minima_sociaux", "deld", "qpv", "handicap", AGE, "diplome")
SORTIES_OPERATION = (*PERSONNES, "situation")
EQUIPE = ("plie", "mois", "operation")


def find_decoupage(nom: str, permis: Collection[str] = ()) -> Decoupage:
    """The split called `nom`, the one among `permis` where the name is that of several; KeyError if there is none."""
    possibles = _SYNONYMES.get(nom, (nom,))
    return DECOUPAGES[next((code for code in possibles if code in permis), possibles[0])]


def is_decoupage(nom: str) -> bool:
    """True when `nom` is a split or one of its other names."""
    return nom in _SYNONYMES or nom in DECOUPAGES


def name_part(brut: object) -> str:
    """How a value of the database is written as a part of a split: oui, non, non renseigné, or itself."""
    if brut is None:
        return NON_RENSEIGNE
    if brut is True:
        return "oui"
    if brut is False:
        return "non"
    return str(brut)
