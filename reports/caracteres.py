"""Characters of the papers: what no file can hold is removed, or written as what it shows, before any is made; spaces
that must not break are bound, so that a line never begins with « ; » or « % », and a day keeps its month.

What people paste from Word or from the web: bullets of Word that only its own fonts know, ends of line of other
systems, control characters that XML forbids, invisible marks that turn a text around.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

from indicators.nombres import INSECABLE

T = TypeVar("T")
MARQUE = "\ufffd"
"""« � », written in place of what cannot be drawn, so that a reader sees that something was there."""
# Most texts: nothing to look for, letter by letter.
_ORDINAIRE = re.compile(
    "[\n -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u202f\u2192\u20ac\u2212]*"
)
_FINS_DE_LIGNE = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANCS = re.compile("[\t\u2000-\u200a\u205f\u3000]")
_SELECTEURS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""They choose between two drawings of the letter before; fonts keep their own."""
_PRIVEES = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_INVISIBLES = frozenset(("Cc", "Cf", "Cs"))
# Word writes the bullets of its fonts Symbol and Wingdings in the private area: what each of them draws.
_PUCES_DE_WORD = str.maketrans(
    {
        "\uf02d": "–", "\uf06c": "●", "\uf06e": "■", "\uf06f": "☐", "\uf071": "❑", "\uf076": "❖", "\uf0a7": "▪",
        "\uf0a8": "☐", "\uf0ae": "→", "\uf0b7": "•", "\uf0d8": "➢", "\uf0e0": "→", "\uf0e8": "➔", "\uf0fc": "✓",
        "\uf0fe": "☑",
    }
)  # fmt: skip

_MOIS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_AVANT = re.compile(r" (?=[;:!?»%](?:\s|$|[.,)]))")
_APRES = re.compile(r"(?<=«) ")
_JOUR = re.compile(rf"(\d|1er) (?=(?:{_MOIS})\b)")
_PROPRIETE_MAX = 255
_EFFECTIF = re.compile(r"\bn = (?=\d)")


def clean(texte: str) -> str:
    """The same words, fit for any file: accents joined to their letters, one kind of end of line and of blank,
    bullets of Word drawn, nothing invisible."""
    if _ORDINAIRE.fullmatch(texte):
        return texte
    texte = _BLANCS.sub(" ", _FINS_DE_LIGNE.sub("\n", texte)).translate(_PUCES_DE_WORD)
    visible = "".join(lettre for lettre in _SELECTEURS.sub("", texte) if lettre == "\n" or _is_visible(lettre))
    return unicodedata.normalize("NFC", visible)


def writable(texte: str) -> str:
    """`texte` cleaned, for files whose reader has fonts of its own: what only one font knows leaves a mark."""
    return _PRIVEES.sub(MARQUE, clean(texte))


def _is_visible(lettre: str) -> bool:
    code = ord(lettre)
    jamais = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # Unicode: no character, ever; XML refuses two of them
    return not jamais and unicodedata.category(lettre) not in _INVISIBLES


def map_texts(valeur: T, changer: Callable[[str], str]) -> T:
    """The same dataclasses, lists, tuples and dictionaries, each text changed; what is not text stays."""
    entree: Any = valeur
    sortie: Any = valeur
    if type(entree) is str:  # not an Enum, whose value is a code
        sortie = changer(entree)
    elif isinstance(entree, (list, tuple)):
        sortie = type(entree)(map_texts(v, changer) for v in entree)
    elif isinstance(entree, dict):
        sortie = {cle: map_texts(v, changer) for cle, v in entree.items()}
    elif dataclasses.is_dataclass(entree) and not isinstance(entree, type):
        champs = {champ.name: getattr(entree, champ.name) for champ in dataclasses.fields(entree)}
        sortie = dataclasses.replace(entree, **{nom: map_texts(v, changer) for nom, v in champs.items()})
    return sortie


def bind(texte: str) -> str:
    """The same words; ordinary spaces become no-break ones where French typography wants them."""
    texte = _APRES.sub(INSECABLE, _AVANT.sub(INSECABLE, texte))
    texte = _EFFECTIF.sub(f"n{INSECABLE}={INSECABLE}", texte)
    return _JOUR.sub(rf"\g<1>{INSECABLE}", texte)


def fit_property(texte: str) -> str:
    """`texte` as a property of an Office file can hold it: 255 characters, beyond which its libraries refuse it."""
    return texte if len(texte) <= _PROPRIETE_MAX else texte[: _PROPRIETE_MAX - 1] + "…"
