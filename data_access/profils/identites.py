"""Columns of an extract that are never read: refused by their name, as in our own workbooks, or by what they hold.

The words of a name are those of `classeur.identites`. By content: e-mails, phones, national numbers; and
what looks like a list of names of people, one different on almost every row, without a digit.
"""

import re
from collections.abc import Sequence

from data_access.classeur.identites import is_identity_column

# One character before « @ » is enough, and neither side holds another: a long text is read once, not once a letter.
_COURRIEL = re.compile(r"[^\s@]@[^\s@]+\.\w")
_TELEPHONE = re.compile(r"(?:\+33|0033|0)[1-9]\d{8}")
_NIR = re.compile(r"[12378]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)\d(?:\d|[AB])\d{6}(?:\d{2})?")
_SEPARATEURS = re.compile(r"[\s.\-_/\u00a0\u202f]")
_NOM_DE_PERSONNE = re.compile(r"[^\W\d_]{2,}(?:[ '’\-]+[^\W\d_]+){0,3}")
_PART_COORDONNEES = 0.05
_PART_NOMS, _PART_DISTINCTS, _NOMS_MIN = 0.9, 0.8, 20
_REGARDEES = 2_000


def is_refused_column(intitule: str, valeurs: Sequence[object]) -> bool:
    """True when the header or the cells look like the identity or the contact details of people."""
    if is_identity_column(intitule):
        return True
    textes = [str(valeur) for valeur in valeurs[:_REGARDEES] if isinstance(valeur, (str, int))]
    return _holds_contacts(textes) or _holds_names(textes)


def looks_like_contact(texte: str) -> bool:
    """True for an e-mail, a phone number or a national number."""
    compact = _SEPARATEURS.sub("", texte)
    return bool(_COURRIEL.search(texte) or _TELEPHONE.fullmatch(compact) or _NIR.fullmatch(compact.upper()))


def _holds_contacts(textes: list[str]) -> bool:
    return sum(map(looks_like_contact, textes)) > len(textes) * _PART_COORDONNEES


def _holds_names(textes: list[str]) -> bool:
    if len(textes) < _NOMS_MIN or len(set(textes)) < len(textes) * _PART_DISTINCTS:
        return False
    return sum(bool(_NOM_DE_PERSONNE.fullmatch(texte)) for texte in textes) >= len(textes) * _PART_NOMS
