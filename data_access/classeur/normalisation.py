"""Names and list values matched without case, accents, spaces, underscores or apostrophes."""

import unicodedata
from functools import lru_cache

_IGNORES = str.maketrans("", "", "_'’‘ʼ`´′")


@lru_cache(maxsize=4096)
def normalise(texte: str) -> str:
    """`texte` as it is compared: « Types d’étape » and « TYPES_D_ETAPE » give the same string."""
    decompose = unicodedata.normalize("NFKD", texte.translate(_IGNORES))
    sans_accent = "".join(c for c in decompose if not unicodedata.combining(c))
    return "".join(sans_accent.casefold().split()).translate(_IGNORES)
