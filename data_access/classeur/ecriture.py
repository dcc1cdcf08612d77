"""Writing a workbook in the format: sheets, headers with their notes, real dates, oui/non; and the empty template."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Format, Workbook
from xlsxwriter.worksheet import Worksheet

from data_access.colonnes import LONGUEUR_CODE, NON, OUI, Colonne, Feuille, Genre
from data_access.format import FEUILLES

NOM_LISEZ_MOI = "Lisez-moi"
FORMAT_DATE = "dd/mm/yyyy"
_CREE_LE = datetime(2025, 1, 1)  # Fixed, so that the same rows give the same bytes.
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LARGEURS = {Genre.DATE: 14, Genre.BOOLEEN: 12, Genre.ENTIER: 12, Genre.NOMBRE: 12, Genre.TEXTE: 28}
_LARGEUR_USUELLE = 18
_LARGEUR_LISEZ_MOI = 110

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


@dataclass(frozen=True)
class Styles:
    """Cell styles of one workbook."""

    entete: Format
    entete_obligatoire: Format
    jour: Format
    paragraphe: Format
    titre: Format


def write_classeur(
    chemin: Path,
    feuilles: Mapping[str, Iterable[Mapping[str, object]]],
    lisez_moi: Sequence[str] = (),
) -> None:
    """Write the workbook `chemin`: « Lisez-moi », then the sheets given, in the order of the format.

    A row maps column names to values (`date`, `bool`, `str`, numbers, None); a missing column is an
    empty cell. Raises KeyError for a sheet or a column that the format does not have, TypeError for a
    value that no cell can hold. The same rows always give the same bytes.
    """
    inconnues = set(feuilles) - {feuille.nom for feuille in FEUILLES}
    if inconnues:
        raise KeyError(f"feuilles hors du format : {sorted(inconnues)}")
    with open_workbook(chemin) as (classeur, styles):
        write_lisez_moi(classeur, styles, lisez_moi)
        for feuille in FEUILLES:
            if feuille.nom in feuilles:
                onglet = add_sheet(classeur, styles, feuille)
                _write_rows(onglet, styles, feuille, feuilles[feuille.nom])


@contextmanager
def open_workbook(chemin: Path) -> Iterator[tuple[Workbook, Styles]]:
    """A new workbook at `chemin`, saved on leaving; text stays text whatever it looks like."""
    classeur = xlsxwriter.Workbook(str(chemin), _OPTIONS)
    classeur.set_properties({"created": _CREE_LE})
    with classeur:
        yield classeur, _make_styles(classeur)


def _make_styles(classeur: Workbook) -> Styles:
    base = {"bold": True, "bottom": 1, "valign": "top"}
    return Styles(
        entete=classeur.add_format(base | {"bg_color": "#E8E8E8"}),
        entete_obligatoire=classeur.add_format(base | {"bg_color": "#1B3A5C", "font_color": "#FFFFFF"}),
        jour=classeur.add_format({"num_format": FORMAT_DATE}),
        paragraphe=classeur.add_format({"text_wrap": True, "valign": "top"}),
        titre=classeur.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"}),
    )


def write_lisez_moi(classeur: Workbook, styles: Styles, lignes: Sequence[str]) -> None:
    """First sheet: one paragraph a row, the first one as a title."""
    onglet = classeur.add_worksheet(NOM_LISEZ_MOI)
    onglet.set_column(0, 0, _LARGEUR_LISEZ_MOI)
    onglet.hide_gridlines(2)
    for rang, texte in enumerate(lignes):
        onglet.write_string(rang, 0, texte, styles.paragraphe if rang else styles.titre)


def add_sheet(classeur: Workbook, styles: Styles, feuille: Feuille) -> Worksheet:
    """Sheet of `feuille`, empty but for its frozen headers; each header has a note with its help."""
    onglet = classeur.add_worksheet(feuille.nom)
    onglet.freeze_panes(1, 0)
    for rang, colonne in enumerate(feuille.colonnes):
        onglet.set_column(rang, rang, max(_LARGEURS.get(colonne.genre, _LARGEUR_USUELLE), len(colonne.nom) + 2))
        style = styles.entete_obligatoire if colonne.obligatoire else styles.entete
        onglet.write_string(0, rang, colonne.nom, style)
        onglet.write_comment(0, rang, header_note(colonne), {"x_scale": 2})
    return onglet


def header_note(colonne: Colonne) -> str:
    """What the note of a header says: the help, the kind of value, whether it is required."""
    lignes = [colonne.aide]
    if colonne.valeurs:
        lignes.append("Valeurs : " + ", ".join(colonne.valeurs))
    elif colonne.genre is Genre.BOOLEEN:
        lignes.append("Valeurs : oui, non ; vide = non renseigné")
    elif colonne.genre is Genre.DATE:
        lignes.append("Date JJ/MM/AAAA")
    if colonne.defaut:
        lignes.append(f"Vide = {colonne.defaut}")
    lignes.append("Obligatoire" if colonne.obligatoire else "Facultatif")
    return "\n".join(lignes)


def _write_rows(onglet: Worksheet, styles: Styles, feuille: Feuille, lignes: Iterable[Mapping[str, object]]) -> None:
    for numero, ligne in enumerate(lignes, start=1):
        for nom, valeur in ligne.items():
            if valeur is None or valeur == "":
                continue
            if nom not in feuille.rangs:
                raise KeyError(f"{feuille.nom} : colonne hors du format « {nom} »")
            case = (numero, feuille.rangs[nom])
            match valeur:
                case bool():
                    onglet.write_string(*case, OUI if valeur else NON)
                case str():
                    onglet.write_string(*case, valeur)
                case int() | float():
                    onglet.write_number(*case, valeur)
                case date():
                    onglet.write_datetime(*case, valeur, styles.jour)
                case _:
                    raise TypeError(f"{feuille.nom}.{nom} : une cellule ne contient pas un {type(valeur).__name__}")


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
    if colonne.reponses:
        message = "Répondez oui ou non." if colonne.genre is Genre.BOOLEEN else "Valeur hors de la liste."
        return commun | {"validate": "list", "source": list(colonne.reponses), "error_message": message}
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
