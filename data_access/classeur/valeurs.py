"""Reading one cell by the kind of its column. Nothing is guessed: what is not clearly a value is refused."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime

from data_access.classeur import controles as c
from data_access.classeur.controles import Controle
from data_access.colonnes import LONGUEUR_CODE, NON, OUI, Colonne, Genre, normalise

Lecteur = Callable[[object], object]
"""Reads one non-empty cell; gives None for a cell of spaces; raises `ValeurRefuseeError`."""

ANNEE_MIN, ANNEE_MAX = 1900, 2100
ERREURS_EXCEL = frozenset(
    {"#REF!", "#N/A", "#N/D", "#DIV/0!", "#VALUE!", "#VALEUR!", "#NAME?", "#NOM?", "#NULL!", "#NUL!", "#NUM!"}
    | {"#NOMBRE!", "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!"}
)
_ENTIER_MAX = 2**31 - 1  # an integer column of the database
_NOMBRE_MAX = 1e15  # beyond, a spreadsheet no longer keeps every digit
_ESPACE_MILLIERS = " \u00a0\u202f\u2009\u2007"
_ESPACES = str.maketrans("", "", _ESPACE_MILLIERS)
_DATE_FR = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DATE_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NOMBRE = re.compile(
    rf"[+-]?(?:\d{{1,18}}|\d{{1,3}}(?:[{_ESPACE_MILLIERS}]\d{{3}}){{1,5}})(?:[.,]\d{{1,18}})?", re.ASCII
)
_INVISIBLES = re.compile(r"[\x00-\x1f\x7f\u200b\u200e\u200f\ufeff\ufffe\uffff]")
_OUI_OU_NON = Colonne("réponse", Genre.BOOLEEN, "oui ou non")


class ValeurRefuseeError(Exception):
    """The cell cannot be read; `controle` says why, `detail` completes its sentence (never the value)."""

    def __init__(self, controle: Controle, detail: str = "") -> None:
        super().__init__(controle.code)
        self.controle = controle
        self.detail = detail


def reader_of(colonne: Colonne) -> Lecteur:
    """The function that reads a cell of `colonne`."""
    if colonne.genre is Genre.LISTE:
        return _list_reader(colonne)
    lecteur = _LECTEURS[colonne.genre]
    return lecteur if colonne.bornes is None else _bounded_reader(lecteur, *colonne.bornes)


def _bounded_reader(lire: Lecteur, minimum: float, maximum: float) -> Lecteur:
    def read_borne(valeur: object) -> object:
        nombre = lire(valeur)
        if isinstance(nombre, (int, float)) and not minimum <= nombre <= maximum:
            detail = "négatif" if minimum == 0 else f"hors de [{minimum:g} ; {maximum:g}]"
            raise ValeurRefuseeError(c.NOMBRE_HORS_BORNES, detail)
        return nombre

    return read_borne


def _clean(valeur: str) -> str | None:
    """`valeur` without outer spaces; None if nothing is left; an Excel error is refused."""
    texte = valeur.strip()
    if texte.startswith("#") and texte.upper() in ERREURS_EXCEL:
        raise ValeurRefuseeError(c.CELLULE_EN_ERREUR)
    return texte or None


def read_code(valeur: object) -> str | None:
    """A code: text up to 64 characters; a whole number stands for its digits (33063.0 → « 33063 »)."""
    if isinstance(valeur, str):
        texte = _clean(valeur)
        if texte is not None and (len(texte) > LONGUEUR_CODE or _INVISIBLES.search(texte)):
            raise ValeurRefuseeError(c.MAUVAIS_CODE)
        return texte
    if isinstance(valeur, bool) or not isinstance(valeur, (int, float)):
        raise ValeurRefuseeError(c.MAUVAIS_CODE)
    # The size first: an integer may be too long for what follows, and nan is never smaller.
    if not abs(valeur) < _NOMBRE_MAX or valeur != int(valeur):
        raise ValeurRefuseeError(c.MAUVAIS_CODE)
    return str(int(valeur))


def read_texte(valeur: object) -> str | None:
    """A text; other kinds of cells are written the French way."""
    if isinstance(valeur, str):
        texte = _clean(valeur)
        return None if texte is None else _INVISIBLES.sub(" ", texte).strip() or None
    if isinstance(valeur, bool):
        return OUI if valeur else NON
    if isinstance(valeur, float) and valeur.is_integer() and abs(valeur) < _NOMBRE_MAX:
        return str(int(valeur))
    if isinstance(valeur, (datetime, date)):
        return valeur.strftime("%d/%m/%Y")
    return str(valeur).replace(".", ",")


def read_date(valeur: object) -> date | None:
    """A day, from a real date or from `JJ/MM/AAAA` or `AAAA-MM-JJ` text, between 1900 and 2100."""
    if isinstance(valeur, datetime):
        jour: date | None = valeur.date()
    elif isinstance(valeur, str):
        jour = _read_text_date(valeur)
    elif isinstance(valeur, date):
        jour = valeur
    else:
        raise ValeurRefuseeError(c.MAUVAISE_DATE)
    if jour is not None and not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        raise ValeurRefuseeError(c.MAUVAISE_DATE)
    return jour


def _read_text_date(valeur: str) -> date | None:
    texte = _clean(valeur)
    if texte is None:
        return None
    if trouve := _DATE_FR.fullmatch(texte):
        jour, mois, annee = map(int, trouve.groups())
    elif trouve := _DATE_ISO.fullmatch(texte):
        annee, mois, jour = map(int, trouve.groups())
    else:
        raise ValeurRefuseeError(c.MAUVAISE_DATE)
    try:
        return date(annee, mois, jour)
    except ValueError:
        raise ValeurRefuseeError(c.MAUVAISE_DATE) from None


def read_nombre(valeur: object) -> float | None:
    """A number; text may have a French comma and (no-break) spaces between thousands."""
    if isinstance(valeur, str):
        texte = _clean(valeur)
        if texte is None:
            return None
        if not _NOMBRE.fullmatch(texte):
            detail = " : un pourcentage s’écrit 0,5 pour 50 %" if texte.endswith("%") else ""
            raise ValeurRefuseeError(c.MAUVAIS_NOMBRE, detail)
        nombre = float(texte.translate(_ESPACES).replace(",", "."))
    elif isinstance(valeur, (int, float)) and not isinstance(valeur, bool):
        # An integer may be too long for a float.
        nombre = float(valeur) if abs(valeur) < _NOMBRE_MAX else math.inf
    else:
        raise ValeurRefuseeError(c.MAUVAIS_NOMBRE)
    if not math.isfinite(nombre) or abs(nombre) >= _NOMBRE_MAX:
        raise ValeurRefuseeError(c.MAUVAIS_NOMBRE)
    return nombre


def read_entier(valeur: object) -> int | None:
    """A whole number that an integer column can hold."""
    nombre = read_nombre(valeur)
    if nombre is None:
        return None
    if nombre != int(nombre) or abs(nombre) > _ENTIER_MAX:
        raise ValeurRefuseeError(c.MAUVAIS_NOMBRE, " entier")
    return int(nombre)


def read_booleen(valeur: object) -> bool | None:
    """oui/non, 1/0, vrai/faux, or a real boolean cell."""
    if isinstance(valeur, bool):
        return valeur
    if isinstance(valeur, str):
        texte = _clean(valeur)
        if texte is None:
            return None
        reponse = _OUI_OU_NON.ecritures.get(normalise(texte))
    else:
        reponse = {0.0: NON, 1.0: OUI}.get(valeur) if isinstance(valeur, (int, float)) else None
    if reponse is None:
        raise ValeurRefuseeError(c.MAUVAIS_BOOLEEN)
    return reponse == OUI


def _list_reader(colonne: Colonne) -> Lecteur:
    admises = colonne.ecritures

    def read_liste(valeur: object) -> str | None:
        if isinstance(valeur, bool):  # a spreadsheet may turn oui/non into a boolean
            valeur = OUI if valeur else NON
        texte = _clean(valeur) if isinstance(valeur, str) else read_texte(valeur)
        if texte is None:
            return None
        admise = admises.get(normalise(texte))
        if admise is None:
            raise ValeurRefuseeError(c.HORS_LISTE, ", ".join(colonne.valeurs))
        return admise

    return read_liste


_LECTEURS: dict[Genre, Lecteur] = {
    Genre.CODE: read_code,
    Genre.TEXTE: read_texte,
    Genre.DATE: read_date,
    Genre.NOMBRE: read_nombre,
    Genre.ENTIER: read_entier,
    Genre.BOOLEEN: read_booleen,
}
