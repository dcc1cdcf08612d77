"""Direct identifiers never enter: recognising their columns by name or content, and their values in a number.

Rule: docs « Format du classeur », « Direct identifiers never enter ». A column of the format is never refused; a value
that looks like an identity is never repeated in a message. In an extract of another software, columns are refused by
what they hold too: e-mails, phones, national numbers, and what looks like a list of names of people, one different on
almost every row, without a digit.
"""

import re
import unicodedata
from collections.abc import Sequence

_MOTS = {
    "nom", "noms", "prenom", "prenoms", "patronyme", "nir", "nss", "adresse", "adresses", "rue", "voie",
    "telephone", "telephones", "tel", "portable", "mobile", "courriel", "courriels", "mail", "mails", "email", "emails",
    "mel", "identite",
}  # fmt: skip
_PARTIES = (
    "prenom", "telephone", "courriel", "adresse", "securitesociale", "numerosecu", "email", "nomdenaissance",
    "nomdefamille", "nomusage", "nomusuel", "nommarital", "nomjeunefille", "nometprenom", "nomparticipant",
)  # fmt: skip
_NIR = re.compile(r"(?:\d{13}|\d{15}|\d{5}2[AB]\d{6}(?:\d{2})?)")
_TELEPHONE = re.compile(r"(?:\+33|0033|0)[1-9]\d{8}")
# Inside a longer text: the same separator all along, so that dates and account numbers are not taken for a phone.
_DANS_UN_TEXTE = re.compile(
    r"[^\s@]@[^\s@]+\.\w"
    r"|(?<!\d)(?:(?:\+33|0033)[\s.\-\u00a0\u202f]?|0)[1-9]([\s.\-\u00a0\u202f]?)\d{2}(?:\1\d{2}){3}(?!\d)"
    r"|(?<!\d)[123478]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?\d[\dAB]\s?\d{3}\s?\d{3}(?:\s?\d{2})?(?!\d)",
    re.IGNORECASE,
)
_PLUS_COURT = 10
_SEPARATEURS = re.compile(r"[\s.\-_/\u00a0\u202f]")
_CHIFFRE = re.compile(r"\d")
_LETTRES_D_UN_NOM = 3
# One character before « @ » is enough, and neither side holds another: a long text is read once, not once a letter.
_COURRIEL = re.compile(r"[^\s@]@[^\s@]+\.\w")
_NIR_SUR = re.compile(r"[12378]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)\d(?:\d|[AB])\d{6}(?:\d{2})?")
_NOM_DE_PERSONNE = re.compile(r"[^\W\d_]{2,}(?:[ '’\-]+[^\W\d_]+){0,3}")
_PART_COORDONNEES = 0.05
_PART_NOMS, _PART_DISTINCTS, _NOMS_MIN = 0.9, 0.8, 20
_REGARDEES = 2_000


def is_identity_column(intitule: str) -> bool:
    """True when a header looks like a name, an address, a phone, an e-mail or a national number."""
    decompose = unicodedata.normalize("NFKD", intitule.casefold())
    sans_accent = "".join(c for c in decompose if not unicodedata.combining(c))
    mots = re.findall(r"[a-z]+", sans_accent)
    colle = "".join(mots)
    return not _MOTS.isdisjoint(mots) or any(partie in colle for partie in _PARTIES)


def contains_identity(texte: str) -> bool:
    """True when a text, whatever it says around, contains an e-mail, a phone number or a NIR."""
    return (len(texte) >= _PLUS_COURT or "@" in texte) and _DANS_UN_TEXTE.search(texte) is not None


def looks_like_identity(numero: str) -> bool:
    """True when a source number looks like an e-mail, a NIR, a phone number or a person's name.

    A name is recognised by what it lacks: the numbers of a case-management tool have digits.
    """
    if "@" in numero:
        return True
    if len(numero) < _PLUS_COURT and _CHIFFRE.search(numero):
        return False  # most numbers: too short for a phone or a NIR, and no name has digits
    compact = _SEPARATEURS.sub("", numero)
    if _NIR.fullmatch(compact.upper()) or _TELEPHONE.fullmatch(compact):
        return True
    chiffres = any(c.isdigit() for c in compact)
    return not chiffres and sum(c.isalpha() for c in compact) >= _LETTRES_D_UN_NOM


def is_refused_column(intitule: str, valeurs: Sequence[object]) -> bool:
    """True when the header or the cells look like the identity or the contact details of people."""
    if is_identity_column(intitule):
        return True
    textes = [str(valeur) for valeur in valeurs[:_REGARDEES] if isinstance(valeur, (str, int))]
    contacts = sum(map(looks_like_contact, textes))
    return contacts > len(textes) * _PART_COORDONNEES or _holds_names(textes)


def looks_like_contact(texte: str) -> bool:
    """True for an e-mail, a phone number or a national number."""
    compact = _SEPARATEURS.sub("", texte)
    return bool(_COURRIEL.search(texte) or _TELEPHONE.fullmatch(compact) or _NIR_SUR.fullmatch(compact.upper()))


def _holds_names(textes: list[str]) -> bool:
    if len(textes) < _NOMS_MIN or len(set(textes)) < len(textes) * _PART_DISTINCTS:
        return False
    return sum(bool(_NOM_DE_PERSONNE.fullmatch(texte)) for texte in textes) >= len(textes) * _PART_NOMS
