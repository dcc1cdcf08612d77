"""Which column and which value of ours those of an extract are: « Féminin » → F, a local exit label → its type.

By what they hold, whatever they are called, and by the codes that the PLIE has already given, with their wording.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from data_access.base.libelles import read_labels
from data_access.classeur.identites import looks_like_contact
from data_access.classeur.valeurs import ValeurRefuseeError, read_booleen, read_nombre
from data_access.colonnes import Colonne, Genre, normalise
from data_access.profils.conversion import as_text
from data_access.profils.dates import FORMATS_PROPOSES, read_as
from data_access.profils.vocabulaire import similarity, value_words

VALEURS_MAX = 200
_SEUIL = 0.55
_DEBUT_DE_CODE = 0.9
_REGARDEES = 300
_NUMEROS_MIN = 5  # « 1 » and « 0 » may be numbers of people, but not five times
OUI_NON = "oui/non"


@dataclass(frozen=True)
class PropositionValeur:
    """A value of the extract, ours (None: nothing to propose), how sure (0 to 1), on how many rows."""

    valeur_source: str
    valeur: str | None
    confiance: float
    nombre: int


def propose_values(colonne: Colonne, valeurs: Sequence[object], codes: dict[str, str]) -> tuple[PropositionValeur, ...]:
    """One proposal per different value; none when the values need no correspondence, or are too many to be a list."""
    if colonne.genre is Genre.BOOLEEN:
        admises, mots = {}, value_words()[OUI_NON]
        if all(map(reads_as_boolean, valeurs)):
            return ()
    elif colonne.genre is Genre.LISTE:
        admises, mots = {valeur: valeur for valeur in colonne.valeurs}, value_words().get(colonne.nom, {})
    elif colonne.genre is Genre.CODE and codes:
        admises, mots = codes, {}
    else:
        return ()
    textes = Counter(as_text(valeur) for valeur in valeurs)
    connues = {normalise(valeur) for valeur in admises}
    if len(textes) > VALEURS_MAX or any(map(looks_like_contact, textes)) or connues >= set(map(normalise, textes)):
        return ()
    trouvees = [(texte, *_find(texte, admises, mots), nombre) for texte, nombre in textes.most_common()]
    return tuple(PropositionValeur(*trouvee) for trouvee in trouvees)


def _find(texte: str, admises: dict[str, str], mots: dict[str, str]) -> tuple[str | None, float]:
    """Our value for `texte`: by the words known, the code it begins with, its wording, then likeness."""
    cle = normalise(texte)
    if cle in mots:
        return mots[cle], 1.0
    par_libelle = {normalise(mot): code for code, libelle in admises.items() for mot in (libelle, code)}
    if cle in par_libelle:
        return par_libelle[cle], 1.0
    debut = normalise(re.split(r"[\s:–-]", texte, maxsplit=1)[0])
    par_code = {normalise(code): code for code in admises}
    if debut in par_code:
        return par_code[debut], _DEBUT_DE_CODE
    ressemblances = [(similarity(texte, mot), valeur) for mot, valeur in _wordings(admises, mots)]
    meilleure, valeur = max(ressemblances, default=(0.0, ""), key=lambda paire: paire[0])
    return (valeur, meilleure) if meilleure >= _SEUIL else (None, 0.0)


def _wordings(admises: dict[str, str], mots: dict[str, str]) -> list[tuple[str, str]]:
    """Wording → our value. An empty value is never proposed by likeness alone."""
    par_libelle = [(mot, code) for code, libelle in admises.items() for mot in (libelle, code.replace("_", " "))]
    return par_libelle + [(mot, valeur) for mot, valeur in mots.items() if valeur]


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
    return mot in colonne.ecritures or mot in value_words().get(colonne.nom, {})


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


@dataclass(frozen=True)
class References:
    """Our column → code → wording."""

    libelles: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, colonne: str) -> dict[str, str]:
        """The codes known for `colonne`; none when it is not a reference, or nothing is loaded."""
        return self.libelles.get(colonne, {})


def load_references(base: sa.Connection, code_plie: str) -> References:
    """The codes of one PLIE. A référent is known by their code alone: several work for one structure."""
    libelles = read_labels(base, code_plie)
    libelles["code_referent"] = {code: code for code in libelles["code_referent"]}
    return References(libelles)
