"""Formats of dates that a profile may name, in letters: « JJ/MM/AAAA », « JJ-MM-AA », « AAAAMMJJ », « Excel ».

And the day an extract is worth, read in the titles above its headers.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from data_access.colonnes import normalise
from data_access.profils.vocabulaire import extraction_words

FORMATS_PROPOSES = (
    "JJ/MM/AAAA",
    "AAAA-MM-JJ",
    "JJ-MM-AAAA",
    "JJ.MM.AAAA",
    "JJ/MM/AA",
    "AAAA/MM/JJ",
    "AAAAMMJJ",
    "JJMMAAAA",
    "MM/JJ/AAAA",
)
EXCEL = "Excel"
"""Days counted by a spreadsheet, as a CSV may hold them: 44469 for 30/09/2021."""

_FORMAT = re.compile(r"(?:JJ|MM|AAAA|AA)(?:[/.\- ]?(?:JJ|MM|AAAA|AA)){2}")
_MORCEAUX = {
    "JJ": r"(?P<jour>\d{1,2})",
    "MM": r"(?P<mois>\d{1,2})",
    "AAAA": r"(?P<annee>\d{4})",
    "AA": r"(?P<court>\d{2})",
}
_HEURE = r"(?:[ T]\d{1,2}[:h]\d{2}(?::\d{2})?(?:\.\d+)?Z?)?"
_ORIGINE_EXCEL = date(1899, 12, 30)
_ANNEE_CHARNIERE = 50  # 49 is 2049, 50 is 1950: a date of birth is the only old one
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def is_date_format(texte: str) -> bool:
    """True for « Excel », or a day, a month and a year once each."""
    if texte == EXCEL:
        return True
    lettres = re.findall(r"JJ|MM|AAAA|AA", texte)
    return bool(_FORMAT.fullmatch(texte)) and {lettre[0] for lettre in lettres} == {"J", "M", "A"}


@lru_cache(maxsize=64)
def _pattern(format_date: str) -> re.Pattern[str]:
    colle = not re.search(r"[/.\- ]", format_date)
    motif = re.sub(r"AAAA|AA|JJ|MM|[/.\-]", lambda m: _MORCEAUX.get(m[0], re.escape(m[0])), format_date)
    return re.compile((motif.replace("{1,2}", "{2}") if colle else motif) + _HEURE, re.ASCII)


def read_as(texte: str, format_date: str) -> date | None:
    """The day that `texte` writes in `format_date`, the hour left out; None if it does not."""
    if format_date == EXCEL:
        return _from_excel(texte)
    trouve = _pattern(format_date).fullmatch(texte.strip())
    if trouve is None:
        return None
    morceaux = trouve.groupdict()
    court = int(morceaux.get("court") or 0)
    annee = int(morceaux.get("annee") or court + (1900 if court >= _ANNEE_CHARNIERE else 2000))
    try:
        return date(annee, int(morceaux["mois"]), int(morceaux["jour"]))
    except ValueError:
        return None


def _from_excel(texte: str) -> date | None:
    entier = re.fullmatch(r"(\d{1,5})(?:[.,]\d*)?", texte.strip(), re.ASCII)
    return _ORIGINE_EXCEL + timedelta(days=int(entier[1])) if entier else None


def guess_format(textes: list[str]) -> str | None:
    """The first proposed format that reads all of `textes`; None if there is none.

    « 03/04/2021 » alone is read the French way: a person checks.
    """
    return next((f for f in FORMATS_PROPOSES if textes and all(read_as(texte, f) for texte in textes)), None)


def find_extraction(titres: list[str]) -> date | None:
    """The date that follows one of the words of `mots_d_extraction.csv`; None if there is none, or not a real day."""
    for mot in extraction_words():
        for titre in titres:
            for trouvee in _DATE.finditer(titre):
                if mot in normalise(titre[: trouvee.start()]):
                    return read_as(trouvee[0], "JJ/MM/AAAA")
    return None
