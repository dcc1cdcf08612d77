"""The empty template: headers with their notes, and the lists offered in the cells."""

from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter.worksheet import Worksheet

from data_access.classeur.ecriture import add_sheet, open_workbook, write_lisez_moi
from data_access.format import FEUILLES, LONGUEUR_CODE, Colonne, Feuille, Genre

_DERNIERE_LIGNE = 1_048_575
_LISEZ_MOI = (
    "Classeur PLIE, version 2 : modèle vide",
    "Une feuille par sorte d’information. Remplissez une ligne par élément, sous les intitulés de la ligne 1 ; ne "
    "changez pas les intitulés. Passez la souris sur un intitulé pour lire ce que la colonne contient.",
    "Les intitulés sur fond foncé sont obligatoires ; les autres cellules peuvent rester vides (« non renseigné »).",
    "Dates : JJ/MM/AAAA. Réponses : oui ou non. Un taux s’écrit 0,5 pour 50 %.",
    "Une feuille présente remplace, pour les PLIE du classeur, ce qui était enregistré dans cette feuille. Supprimez "
    "les feuilles que vous ne fournissez pas : ce qui est enregistré ne bouge pas.",
    "N’écrivez jamais l’identité des personnes (nom, adresse, téléphone, courriel, NIR) : seulement les numéros du "
    "logiciel de suivi.",
)


def write_modele(chemin: Path) -> None:
    """Write the empty template at `chemin`."""
    with open_workbook(chemin) as (classeur, styles):
        write_lisez_moi(classeur, styles, _LISEZ_MOI)
        code = classeur.add_format({"num_format": "@"})
        for feuille in FEUILLES:
            onglet = add_sheet(classeur, styles, feuille)
            _set_cells(onglet, feuille, {Genre.CODE: code, Genre.DATE: styles.jour})


def _set_cells(onglet: Worksheet, feuille: Feuille, formats: dict[Genre, Any]) -> None:
    for rang, colonne in enumerate(feuille.colonnes):
        if colonne.genre in formats:
            onglet.set_column(rang, rang, max(14, len(colonne.nom) + 2), formats[colonne.genre])
        regle = _validation(colonne)
        if regle:
            onglet.data_validation(1, rang, _DERNIERE_LIGNE, rang, regle)


def _validation(colonne: Colonne) -> dict[str, Any] | None:
    """What a spreadsheet lets one type in the column; None when anything goes."""
    commun = {"ignore_blank": True, "error_title": colonne.nom[:32]}
    if colonne.genre is Genre.LISTE:
        return commun | {
            "validate": "list",
            "source": list(colonne.valeurs),
            "error_message": "Valeur hors de la liste.",
        }
    if colonne.genre is Genre.BOOLEEN:
        return commun | {"validate": "list", "source": ["oui", "non"], "error_message": "Répondez oui ou non."}
    if colonne.genre is Genre.DATE:
        bornes = {"minimum": date(1900, 1, 1), "maximum": date(2100, 12, 31)}
        return commun | bornes | {"validate": "date", "criteria": "between", "error_message": "Date JJ/MM/AAAA."}
    if colonne.genre in (Genre.NOMBRE, Genre.ENTIER):
        bornes_nombre = {"minimum": -1e15, "maximum": 1e15}
        return commun | bornes_nombre | {"validate": "decimal", "criteria": "between", "error_message": "Un nombre."}
    if colonne.genre is Genre.CODE:
        limite = {"criteria": "<=", "value": LONGUEUR_CODE}
        return commun | limite | {"validate": "length", "error_message": f"{LONGUEUR_CODE} caractères au plus."}
    return None
