"""Spaces that must not break: a line never begins with « ; » or « % », and a day keeps its month."""

import re

from indicators.nombres import INSECABLE

_MOIS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_AVANT = re.compile(r" (?=[;:!?»%](?:\s|$|[.,)]))")
_APRES = re.compile(r"(?<=«) ")
_JOUR = re.compile(rf"(\d|1er) (?=(?:{_MOIS})\b)")
_PROPRIETE_MAX = 255
_EFFECTIF = re.compile(r"\bn = (?=\d)")


def bind(texte: str) -> str:
    """The same words; ordinary spaces become no-break ones where French typography wants them."""
    texte = _APRES.sub(INSECABLE, _AVANT.sub(INSECABLE, texte))
    texte = _EFFECTIF.sub(f"n{INSECABLE}={INSECABLE}", texte)
    return _JOUR.sub(rf"\g<1>{INSECABLE}", texte)


def fit_property(texte: str) -> str:
    """`texte` as a property of an Office file can hold it: 255 characters, beyond which its libraries refuse it."""
    return texte if len(texte) <= _PROPRIETE_MAX else texte[: _PROPRIETE_MAX - 1] + "…"
