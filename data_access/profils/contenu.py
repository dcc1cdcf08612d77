"""How well the cells of a column of an extract suit a column of ours, whatever it is called."""

from collections.abc import Sequence
from datetime import date

from data_access.classeur.normalisation import normalise
from data_access.classeur.valeurs import ValeurRefuseeError, read_booleen, read_nombre
from data_access.format import Colonne, Genre
from data_access.profils.cellules import as_text
from data_access.profils.dates import FORMATS_PROPOSES, read_as
from data_access.profils.vocabulaire import value_words

_REGARDEES = 300
_NUMEROS_MIN = 5  # « 1 » and « 0 » may be numbers of people, but not five times
OUI_NON = "oui/non"


def content_score(colonne: Colonne, valeurs: Sequence[object], codes: dict[str, str]) -> float | None:
    """Share of the cells that `colonne` could hold, 0 to 1; None when there is nothing to judge by.

    `codes`: the codes already known for that column, with their wording.
    """
    regardees = valeurs[:_REGARDEES]
    if not regardees:
        return None
    if colonne.genre is Genre.CODE:
        return _code_score(regardees, codes)
    juger = _JUGES.get(colonne.genre)
    if juger is None:
        return _share([not is_date(valeur) for valeur in regardees]) / 2
    return _share([juger(colonne, valeur) for valeur in regardees])


def is_date(valeur: object) -> bool:
    """True for a real date, or a text in one of the proposed formats."""
    if isinstance(valeur, date):
        return True
    return isinstance(valeur, str) and any(read_as(valeur, f) for f in FORMATS_PROPOSES)


def is_known_word(colonne: Colonne, valeur: object) -> bool:
    """True for a value of the list of `colonne`, or a word that `valeurs.csv` gives for it."""
    mot = normalise(as_text(valeur))
    return mot in {normalise(v) for v in colonne.valeurs} or mot in value_words().get(colonne.nom, {})


def is_yes_or_no(valeur: object) -> bool:
    """True for what we read as a boolean, or a word of `valeurs.csv` for one."""
    return reads_as_boolean(valeur) or normalise(as_text(valeur)) in value_words()[OUI_NON]


def reads_as_boolean(valeur: object) -> bool:
    """True for what needs no correspondence."""
    try:
        return read_booleen(valeur) is not None
    except ValeurRefuseeError:
        return False


def _is_number(valeur: object) -> bool:
    try:
        return read_nombre(valeur) is not None
    except ValeurRefuseeError:
        return False


def _code_score(valeurs: Sequence[object], codes: dict[str, str]) -> float:
    if codes:
        connus = {normalise(mot) for paire in codes.items() for mot in paire}
        return 0.5 + _share([normalise(as_text(valeur)) in connus for valeur in valeurs]) / 2
    if all(map(is_yes_or_no, valeurs)) and len(valeurs) >= _NUMEROS_MIN:
        return 0.0
    return _share([not is_date(valeur) and len(as_text(valeur)) <= 64 for valeur in valeurs])


def _share(reponses: list[bool]) -> float:
    return sum(reponses) / len(reponses)


_JUGES = {
    Genre.DATE: lambda _, valeur: is_date(valeur),
    Genre.LISTE: is_known_word,
    Genre.BOOLEEN: lambda _, valeur: is_yes_or_no(valeur),
    Genre.NOMBRE: lambda _, valeur: _is_number(valeur),
    Genre.ENTIER: lambda _, valeur: _is_number(valeur),
}
