"""Proposing which value of ours each value of an extract is: « Féminin » → F, a local exit label → its type."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from data_access.classeur.normalisation import normalise
from data_access.format import Colonne, Genre
from data_access.profils.cellules import as_text
from data_access.profils.contenu import OUI_NON, reads_as_boolean
from data_access.profils.identites import looks_like_contact
from data_access.profils.vocabulaire import similarity, value_words

VALEURS_MAX = 200
_SEUIL = 0.55
_DEBUT_DE_CODE = 0.9


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
