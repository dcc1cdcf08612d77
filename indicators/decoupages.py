"""The splits: what figures may be cut by, how each part is named and ordered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data_access.ages import TRANCHES_USUELLES, name_band, rank_band
from data_access.tables import NON_RENSEIGNE


class Aspect(StrEnum):
    """What a split speaks of: the programme itself, where people live, or who they are."""

    PROGRAMME = "programme"
    LIEU = "lieu"
    PERSONNE = "personne"


class Porteur(StrEnum):
    """Which rows bear a split."""

    QUESTION = "question"
    PARCOURS = "parcours"
    SORTIE = "sortie"
    SORTIE_OPERATION = "sortie_operation"
    ETAPE = "etape"
    CONTACT = "contact"


@dataclass(frozen=True)
class Decoupage:
    """A split. `colonne` names the column of the counted rows; `aspect` decides what is rounded for some readers
    (`indicators.arrondi`). `parts`: code → French words, in order, where they are fixed."""

    code: str
    libelle: str
    colonne: str
    porteur: Porteur = Porteur.PARCOURS
    aspect: Aspect = Aspect.PROGRAMME
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def valeurs(self) -> tuple[str, ...]:
        """The parts in order, where they are fixed."""
        return tuple(self.parts)

    @property
    def libelles(self) -> tuple[str, ...]:
        """Their French words."""
        return tuple(self.parts.values())

    def label(self, valeur: str) -> str:
        """French words for one part; the part itself where it has no other name."""
        nom = self.parts.get(valeur, valeur)
        return name_band(nom) if self.code == AGE else nom

    def rank(self, valeur: str) -> tuple[int, int, str]:
        """Where one part stands among the others. Bands of age: by age, whatever the bounds of their PLIE."""
        if self.code == AGE:
            return (*rank_band(valeur), valeur)
        return (self.valeurs.index(valeur) if valeur in self.parts else len(self.parts), 0, valeur)


def _of_people(code: str, libelle: str, colonne: str, parts: dict[str, str]) -> Decoupage:
    """A characteristic of people at entry, with its « non renseigné »."""
    return Decoupage(code, libelle, colonne, aspect=Aspect.PERSONNE, parts=parts | _NON_RENSEIGNE)


AGE = "age"
_NON_RENSEIGNE = {NON_RENSEIGNE: "Non renseigné"}
_NON_RENSEIGNEE = {NON_RENSEIGNE: "Non renseignée"}
_OUI_NON = {"oui": "Oui", "non": "Non"}
_OUI_NON_NSP = _OUI_NON | {"nsp": "Ne se prononce pas"}
_MODES = {"complet": "Accompagnement complet", "etape_seule": "Étape seule"}
_DIPLOMES = {"2a": "Inférieur au primaire", "2b": "Primaire ou brevet", "2c": "CAP, BEP, bac", "2d": "Supérieur"}
_EMPLOIS = {
    "non": "Sans emploi",
    "1a": "À son compte",
    "1b": "Emploi durable (CDI, CDD de 6 mois ou plus)",
    "1c": "Emploi temporaire",
    "1d": "Emploi aidé, insertion comprise",
}
_CATEGORIES = {
    "positive": "Positive",
    "autre": "Autre (administrative)",
    "negative": "Négative",
    "a_confirmer": "À confirmer",
    "non_documentee": "Non documentée",
}
_NATURES = {"emploi": "Emploi", "formation": "Formation", "creation": "Création d’entreprise", "autre": "Autre"}
_SITUATIONS = {
    "emploi": "Emploi",
    "formation": "Formation",
    "qualification": "Qualification obtenue",
    "recherche": "Recherche d’emploi",
    "inactif": "Inactivité",
}
_A_6_MOIS = {
    "en_emploi": "En emploi",
    "en_formation": "En formation",
    "sans_emploi": "Sans emploi",
    "inconnue": "Inconnue",
}
_CONTACTS = {
    "entretien": "Entretien",
    "telephone": "Téléphone",
    "courriel": "Courriel",
    "atelier": "Atelier",
    "autre": "Autre",
}

_LISTE = (
    Decoupage("plie", "PLIE", "code_plie", Porteur.QUESTION),
    Decoupage("operation", "Opération", "code_operation", Porteur.QUESTION),
    Decoupage("mois", "Mois", "mois", Porteur.QUESTION),
    Decoupage("commune", "Commune", "code_commune", aspect=Aspect.LIEU),
    Decoupage("quartier", "Quartier", "code_quartier", aspect=Aspect.LIEU),
    Decoupage("referent", "Référent", "code_referent"),
    Decoupage("mode", "Mode d’entrée", "mode", parts=_MODES),
    _of_people("sexe", "Sexe", "sexe", {"F": "Femmes", "H": "Hommes"}),
    _of_people(AGE, "Âge à l’entrée", "tranche_age", {tranche: name_band(tranche) for tranche in TRANCHES_USUELLES}),
    _of_people("rsa", "Bénéficiaire du RSA", "rsa", _OUI_NON),
    _of_people("minima_sociaux", "Minima sociaux", "minima_sociaux", _OUI_NON),
    _of_people("deld", "Demandeur d’emploi de longue durée", "deld", _OUI_NON),
    _of_people("qpv", "Quartier prioritaire (QPV)", "qpv", _OUI_NON),
    _of_people("handicap", "Handicap reconnu", "handicap", _OUI_NON),
    _of_people("diplome", "Niveau de diplôme", "niveau_diplome", _DIPLOMES),
    _of_people("emploi", "Situation d’emploi à l’entrée", "statut_emploi", _EMPLOIS),
    _of_people("logement", "Sans domicile, ou exclu de son logement", "sans_domicile", _OUI_NON_NSP),
    _of_people("monoparental", "Famille monoparentale", "monoparental", _OUI_NON),
    _of_people("parent_ne_etranger", "Un parent né à l’étranger", "parent_ne_etranger", _OUI_NON_NSP),
    Decoupage("categorie", "Catégorie de sortie", "categorie_sortie", Porteur.SORTIE, parts=_CATEGORIES),
    Decoupage(
        "nature", "Nature de la sortie positive", "nature_sortie", Porteur.SORTIE, parts=_NATURES | _NON_RENSEIGNEE
    ),
    Decoupage("type_sortie", "Type de sortie", "type_sortie_montre", Porteur.SORTIE),
    Decoupage(
        "situation",
        "Situation à la sortie de l’opération",
        "situation_sortie",
        Porteur.SORTIE_OPERATION,
        parts=_SITUATIONS | _NON_RENSEIGNEE,
    ),
    Decoupage(
        "situation_6_mois",
        "Situation six mois après la sortie",
        "situation_6_mois",
        Porteur.SORTIE,
        parts=_A_6_MOIS | _NON_RENSEIGNEE,
    ),
    Decoupage("classe", "Classe d’étape", "code_classe", Porteur.ETAPE),
    Decoupage("type_etape", "Type d’étape", "type_etape_montre", Porteur.ETAPE),
    Decoupage("nature_contact", "Nature du contact", "nature", Porteur.CONTACT, parts=_CONTACTS),
    Decoupage("seuil", "Seuil", "seuil", Porteur.QUESTION),
)

DECOUPAGES = {decoupage.code: decoupage for decoupage in _LISTE}


def _borne_by(porteur: Porteur) -> tuple[str, ...]:
    return tuple(d.code for d in _LISTE if d.porteur is porteur)


EQUIPE = ("plie", "mois", "operation")
PERSONNES = (*EQUIPE, *_borne_by(Porteur.PARCOURS))
SORTIES = (*PERSONNES, *_borne_by(Porteur.SORTIE))
SORTIES_OPERATION = (*PERSONNES, *_borne_by(Porteur.SORTIE_OPERATION))
ETAPES = (*PERSONNES, *_borne_by(Porteur.ETAPE))
PUBLICS = ("rsa", "minima_sociaux", "deld", "qpv", "handicap", AGE, "diplome")

_AUTRES_NOMS = {"territoire": ("commune",), "tranche_d_age": (AGE,), "type": ("type_etape", "type_sortie")}


def _named(nom: str) -> tuple[str, ...]:
    """The splits that bear that name, as their code, their column or in common speech."""
    return _AUTRES_NOMS.get(nom, tuple(d.code for d in _LISTE if nom in (d.code, d.colonne)))


def find_decoupage(nom: str, permis: Collection[str] = ()) -> Decoupage:
    """The split called `nom`, the one among `permis` where the name is that of several; KeyError if there is none."""
    possibles = _named(nom) or (nom,)
    return DECOUPAGES[next((code for code in possibles if code in permis), possibles[0])]


def is_decoupage(nom: str) -> bool:
    """True when `nom` is a split or one of its other names."""
    return bool(_named(nom))


def name_part(brut: object) -> str:
    """How a value of the database is written as a part of a split: oui, non, non renseigné, or itself."""
    if brut is None or isinstance(brut, bool):
        return {None: NON_RENSEIGNE, True: "oui", False: "non"}[brut]
    return str(brut)
