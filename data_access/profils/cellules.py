"""From the cells of a row of an extract to one cell of ours, by the rule of the profile."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime

from data_access.classeur.controles import MAUVAIS_NOMBRE, MAUVAISE_DATE
from data_access.classeur.gravite import Controle
from data_access.classeur.normalisation import normalise
from data_access.classeur.valeurs import read_texte
from data_access.format import LONGUEUR_CODE, Colonne, Genre
from data_access.profils.controles import VALEUR_INCONNUE
from data_access.profils.dates import EXCEL, read_as
from data_access.profils.profil import Regle, Sinon

Lue = tuple[object, Controle | None]
"""What is read, and what is wrong with it."""

_EMPREINTE = 16
_MILLIERS = {
    ",": re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
    ".": re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
}


def as_text(cellule: object) -> str:
    """A cell as a word to compare or to join: days as AAAA-MM-JJ, whole numbers without a comma."""
    if isinstance(cellule, datetime):
        return cellule.date().isoformat()
    if isinstance(cellule, date):
        return cellule.isoformat()
    return read_texte(cellule) or "" if not isinstance(cellule, str) else cellule.strip()


class LecteurDeRegle:
    """Reads one column of ours on each row. `positions`: column of the extract, as names are compared → index."""

    def __init__(self, colonne: Colonne, regle: Regle, positions: Mapping[str, int], decimale: str) -> None:
        self._colonne = colonne
        self._regle = regle
        self._decimale = decimale
        self._rangs = [positions[normalise(source)] for source in regle.sources]
        self._valeurs = {normalise(cle): valeur for cle, valeur in regle.valeurs.items()}
        self._admises = {normalise(valeur): valeur for valeur in regle.valeurs.values() if valeur}
        self._au_dessus: dict[int, object] = {}

    def read(self, cellules: list[object]) -> Lue:
        """Value and fault of this column on a row."""
        if self._regle.constante is not None:
            return self._regle.constante, None
        brutes = [self._cell(cellules, rang) for rang in self._rangs]
        if self._regle.oui_si_remplies:
            return ("oui" if all(brute is not None for brute in brutes) else "non"), None
        valeur = brutes[0] if len(brutes) == 1 else self._join(brutes)
        if valeur is None:
            return None, None
        return self._translate(valeur) if self._valeurs else self._read_by_kind(valeur)

    def _cell(self, cellules: list[object], rang: int) -> object:
        if not self._regle.recopier:
            return cellules[rang]
        if cellules[rang] is not None:
            self._au_dessus[rang] = cellules[rang]
        return self._au_dessus.get(rang)

    def _join(self, brutes: list[object]) -> str | None:
        textes = [as_text(brute) for brute in brutes if brute is not None]
        if len(textes) < len(brutes):
            return None
        joint = self._regle.separateur.join(textes)
        if self._colonne.genre is Genre.CODE and len(joint) > LONGUEUR_CODE:
            # The same row must give the same code next month: shortened, never numbered.
            empreinte = hashlib.sha256(joint.encode()).hexdigest()[:_EMPREINTE]
            return f"{joint[: LONGUEUR_CODE - _EMPREINTE - 1]}-{empreinte}"
        return joint

    def _translate(self, valeur: object) -> Lue:
        texte = as_text(valeur)
        cle = normalise(texte)
        if cle in self._valeurs:
            return self._valeurs[cle] or None, None
        if cle in self._admises:
            return self._admises[cle], None
        if self._regle.sinon is Sinon.TEL_QUEL:
            return valeur, None
        return None, VALEUR_INCONNUE if self._regle.sinon is Sinon.REJETER else None

    def _read_by_kind(self, valeur: object) -> Lue:
        if self._colonne.genre is Genre.DATE and self._regle.format_date:
            return self._read_date(valeur, self._regle.format_date)
        if self._colonne.genre in (Genre.NOMBRE, Genre.ENTIER) and isinstance(valeur, str):
            return self._read_number(valeur)
        return valeur, None

    def _read_date(self, valeur: object, format_date: str) -> Lue:
        if isinstance(valeur, date) or (not isinstance(valeur, str) and format_date != EXCEL):
            return valeur, None
        jour = read_as(as_text(valeur), format_date)
        return (jour, None) if jour is not None else (None, MAUVAISE_DATE)

    def _read_number(self, texte: str) -> Lue:
        autre = "." if self._decimale == "," else ","
        if _MILLIERS[self._decimale].fullmatch(texte):
            texte = texte.replace(autre, "")
        if self._decimale == "." and "," in texte:
            return None, MAUVAIS_NOMBRE
        return texte, None
