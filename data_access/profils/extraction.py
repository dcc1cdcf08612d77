"""The day an extract is worth, read in the titles above its headers."""

import re
from datetime import date

from data_access.classeur.normalisation import normalise
from data_access.profils.dates import read_as
from data_access.profils.vocabulaire import extraction_words

_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def find_extraction(titres: list[str]) -> date | None:
    """The date that follows one of the words of `mots_d_extraction.csv`; None if there is none, or not a real day."""
    for mot in extraction_words():
        for titre in titres:
            for trouvee in _DATE.finditer(titre):
                if mot in normalise(titre[: trouvee.start()]):
                    return read_as(trouvee[0], "JJ/MM/AAAA")
    return None
