"""The catalogue of checks: code, severity, what is wrong, what to do. Their words are in `controles.csv`.

Messages have four parts (what, where, why, what to do) and end with the code. `constat` may name
`{detail}`: a count, a date, the name of a column or of a sheet; the content of a cell about a person only where a
characteristic could not be read, so that it can be found again. IMP: any workbook; PRF: only an extract of another
software, or its profile, can fail them.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Gravite(StrEnum):
    """What an anomaly entails: nothing is loaded, the row is not loaded, or the row is loaded all the same."""

    BLOQUANT = "bloquant"
    REJET = "rejet"
    AVERTISSEMENT = "avertissement"


CONSEQUENCES = {
    Gravite.BLOQUANT: "Rien n’est chargé.",
    Gravite.REJET: "La ligne n’est pas chargée.",
    Gravite.AVERTISSEMENT: "",
}


@dataclass(frozen=True)
class Controle:
    """One check. `constat` follows the place in the message; `conseil` says what to do."""

    code: str
    titre: str
    constat: str
    conseil: str

    @property
    def gravite(self) -> Gravite:
        """The first digit of the code says it."""
        return tuple(Gravite)[int(self.code[4])]


with Path(__file__).with_name("controles.csv").open(encoding="utf-8", newline="") as _flux:
    _TOUS = {ligne["code"]: Controle(**ligne) for ligne in csv.DictReader(_flux, delimiter=";")}
CATALOGUE = {code: controle for code, controle in _TOUS.items() if code.startswith("IMP")}
CATALOGUE_DES_EXPORTS = {code: controle for code, controle in _TOUS.items() if code.startswith("PRF")}

PAS_UN_XLSX = _TOUS["IMP-001"]
CHIFFRE = _TOUS["IMP-002"]
TROP_LOURD = _TOUS["IMP-003"]
TROP_GONFLE = _TOUS["IMP-004"]
TROP_DE_LIGNES = _TOUS["IMP-005"]
ILLISIBLE = _TOUS["IMP-006"]
INTROUVABLE = _TOUS["IMP-007"]
AUCUNE_FEUILLE = _TOUS["IMP-008"]
FEUILLE_EN_DOUBLE = _TOUS["IMP-009"]
COLONNE_EN_DOUBLE = _TOUS["IMP-010"]
COLONNE_ABSENTE = _TOUS["IMP-011"]
FEUILLE_ABSENTE = _TOUS["IMP-012"]
PLIE_INCONNU = _TOUS["IMP-013"]
PLIE_HORS_DROITS = _TOUS["IMP-014"]
PLIE_REJETE = _TOUS["IMP-015"]
VERSION_DEPASSEE = _TOUS["IMP-016"]
DISPARITION = _TOUS["IMP-017"]
IMPORT_EN_COURS = _TOUS["IMP-018"]
TEXTE_TROP_LONG = _TOUS["IMP-019"]

CELLULE_VIDE = _TOUS["IMP-101"]
MAUVAISE_DATE = _TOUS["IMP-102"]
MAUVAIS_NOMBRE = _TOUS["IMP-103"]
MAUVAIS_CODE = _TOUS["IMP-104"]
MAUVAIS_BOOLEEN = _TOUS["IMP-105"]
HORS_LISTE = _TOUS["IMP-106"]
CELLULE_EN_ERREUR = _TOUS["IMP-107"]
FIN_AVANT_DEBUT = _TOUS["IMP-108"]
CLE_EN_DOUBLE = _TOUS["IMP-109"]
REFERENCE_INCONNUE = _TOUS["IMP-110"]
REFERENCE_REJETEE = _TOUS["IMP-111"]
ENTREE_APRES_EXTRACTION = _TOUS["IMP-112"]
CHEVAUCHEMENT = _TOUS["IMP-113"]
NOMBRE_HORS_BORNES = _TOUS["IMP-114"]
TAUX_SUPERIEUR_A_UN = _TOUS["IMP-115"]
IDENTITE_DANS_UN_CODE = _TOUS["IMP-116"]
COORDONNEES = _TOUS["IMP-117"]

TYPE_SANS_REGLE = _TOUS["IMP-201"]
SORTIE_SANS_TYPE = _TOUS["IMP-202"]
ETAPE_APRES_SORTIE = _TOUS["IMP-203"]
SAISIE_TARDIVE = _TOUS["IMP-204"]
SANS_REFERENT = _TOUS["IMP-205"]
HORS_TERRITOIRE = _TOUS["IMP-206"]
QUESTIONNAIRE_INCOMPLET = _TOUS["IMP-207"]
FORMULE_JAMAIS_CALCULEE = _TOUS["IMP-208"]
FEUILLE_INCONNUE = _TOUS["IMP-209"]
COLONNE_INCONNUE = _TOUS["IMP-210"]
COLONNE_IDENTITE = _TOUS["IMP-211"]
SEUILS_ILLISIBLES = _TOUS["IMP-212"]
ENCORE_CITEE = _TOUS["IMP-213"]
COORDONNEES_EFFACEES = _TOUS["IMP-214"]
PERSONNES_EFFACEES = _TOUS["IMP-215"]
BORNES_AGE_ILLISIBLES = _TOUS["IMP-216"]
CARACTERISTIQUE_ILLISIBLE = _TOUS["IMP-217"]
SITUATION_SANS_SORTIE = _TOUS["IMP-218"]
INDICATEUR_INCONNU = _TOUS["IMP-220"]
PART_INCONNUE = _TOUS["IMP-221"]
SUITE_NON_DETAILLEE = _TOUS["IMP-299"]

FICHIER_INCONNU = _TOUS["PRF-001"]
ENCODAGE = _TOUS["PRF-002"]
TEXTE_ILLISIBLE = _TOUS["PRF-003"]
FEUILLE_DU_PROFIL_ABSENTE = _TOUS["PRF-004"]
COLONNE_DU_PROFIL_ABSENTE = _TOUS["PRF-005"]
ENTETE_ABSENT = _TOUS["PRF-006"]
PROFIL_ILLISIBLE = _TOUS["PRF-007"]
EXTRACTION_INCONNUE = _TOUS["PRF-008"]
COLONNE_REFUSEE = _TOUS["PRF-009"]
PROFIL_INTROUVABLE = _TOUS["PRF-010"]

VALEUR_INCONNUE = _TOUS["PRF-101"]
LIGNE_A_COMPLETER_INCONNUE = _TOUS["PRF-102"]

LIGNES_DE_FIN = _TOUS["PRF-201"]
COLONNES_NON_LUES = _TOUS["PRF-202"]
