"""How the files of a meeting are called: PLIE, body, last day; lower case, without accents or spaces."""

import re
import unicodedata

from seances.preparation import INSTANCES
from sections.contenu import Edition

_SUFFIXES = {"note": "_note", "releve": "_releve-de-decisions"}


def name_file(edition: Edition, sorte: str, extension: str) -> str:
    """« plie-de-l-agenais_comite-de-pilotage_2021-12-31_note.pdf »; `sorte`: pptx, xlsx, pdf, note or releve."""
    instance = INSTANCES[edition.instance].nom if edition.instance in INSTANCES else edition.instance
    numero = f"_n{edition.numero}" if edition.numero else "_apercu"
    morceaux = (simplify(edition.plie), simplify(instance), edition.au.isoformat())
    return f"{'_'.join(morceaux)}{numero}{_SUFFIXES.get(sorte, '')}.{extension}"


def simplify(texte: str) -> str:
    """Letters, digits and hyphens only: what every file system takes."""
    sans_accent = unicodedata.normalize("NFKD", texte.replace("’", "-")).encode("ascii", "ignore").decode()
    apostrophes = re.sub(r"[^a-z0-9]+", "-", sans_accent.lower().replace("'", "-"))
    return apostrophes.strip("-") or "plie"
