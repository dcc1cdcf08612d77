"""The words of the figures that data may quote: codes of indicators, parts of people.

The checks of an import read them here, since nothing of `indicators` is known in this room: `vocabulaire.json` is
written from the catalogue and the splits by `python -m indicators.documentation`.
"""

import json
from difflib import get_close_matches
from pathlib import Path

from data_access.colonnes import normalise

_MOTS = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
INDICATEURS: tuple[str, ...] = tuple(_MOTS["indicateurs"])
PARTS: dict[str, tuple[str, ...]] = {code: tuple(parts) for code, parts in _MOTS["parts"].items()}
"""Splits that may restrict a target, each with its parts; () where the parts are the PLIE's own codes."""


def read_part(texte: str | None) -> tuple[tuple[str, str], ...] | None:
    """(("rsa", "oui"), ("sexe", "F")) from « rsa=oui ; sexe=F »; () from an empty cell, None when it cannot be read."""
    lues: dict[str, str] = {}
    for morceau in (texte or "").split(";"):
        if not morceau.strip():
            continue
        nom, egal, valeur = morceau.partition("=")
        decoupage = {normalise(code): code for code in PARTS}.get(normalise(nom))
        if not egal or not valeur.strip() or decoupage is None or decoupage in lues:
            return None
        connues = PARTS[decoupage]
        trouvee = {normalise(v): v for v in connues}.get(normalise(valeur)) if connues else valeur.strip()
        if trouvee is None:
            return None
        lues[decoupage] = trouvee
    return tuple(lues.items())


def find_nearest(code: str, codes: list[str]) -> str:
    """The code that looks most like that one; empty when none does."""
    return next(iter(get_close_matches(code, codes, 1, 0.6)), "")
