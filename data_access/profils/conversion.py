"""From the rows of an extract to typed rows of our sheets, by the rules of its profile.

They then go through the same checks as any workbook. An extract may be only a part of a sheet: what is stored and that
it does not speak of stays.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.controles import (
    LIGNE_A_COMPLETER_INCONNUE,
    MAUVAIS_NOMBRE,
    MAUVAISE_DATE,
    VALEUR_INCONNUE,
    Controle,
)
from data_access.classeur.conversion import Convertisseur, FeuilleLue, Valeurs, key_getter
from data_access.classeur.etat import DejaEnregistre
from data_access.classeur.valeurs import read_texte
from data_access.colonnes import LONGUEUR_CODE, Colonne, Genre, normalise
from data_access.format import feuille
from data_access.profils.contenu import ColonneVisee, Filtre, RegleDeColonne, Sinon, find_colonne
from data_access.profils.dates import EXCEL, read_as
from data_access.profils.grille import FeuilleBrute, Ligne

Lue = tuple[object, Controle | None]
"""What is read, and what is wrong with it."""

_EMPREINTE = 16
_APRES_LE_FICHIER = 10_000_000  # numbers that no row of a file has
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

    def __init__(self, colonne: Colonne, regle: RegleDeColonne, positions: Mapping[str, int], decimale: str) -> None:
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


def convert(cible: ColonneVisee, brute: FeuilleBrute, code_plie: str, decimale: str, rapport: Rapport) -> FeuilleLue:
    """Typed rows of `cible`, by row number of the extract. Every column that the profile names must be there."""
    origine = feuille(cible.feuille)
    fautives: set[int] = set()

    def rows() -> Iterator[Ligne]:
        for numero, lues in _read_rows(cible, brute, decimale):
            for nom, (_, faute) in zip(cible.colonnes, lues, strict=True):
                if faute:  # told before the row is given
                    fautives.add(numero)
                    rapport.add(Anomalie(faute, cible.feuille, numero, nom, code_plie=code_plie))
            yield numero, [code_plie, *(valeur for valeur, _ in lues)]

    positions = {nom: rang for rang, nom in enumerate(["code_plie", *cible.colonnes])}
    lue = Convertisseur(origine, positions, rapport).convert(rows())
    for numero in fautives & lue.lignes.keys():
        lue.reject(numero)
    return lue


def _read_rows(cible: ColonneVisee, brute: FeuilleBrute, decimale: str) -> Iterator[tuple[int, tuple[Lue, ...]]]:
    """Number of each row kept, with what is read for each column of `cible`."""
    positions = {normalise(colonne): rang for rang, colonne in reversed(list(enumerate(brute.colonnes)))}
    lecteurs = [
        LecteurDeRegle(find_colonne(cible, nom), regle, positions, decimale) for nom, regle in cible.colonnes.items()
    ]
    du_fichier = [bool(regle.sources) and not regle.oui_si_remplies for regle in cible.colonnes.values()]
    filtres = [(filtre, positions[normalise(filtre.colonne)]) for filtre in cible.filtres]
    vues: set[tuple[Lue, ...]] = set()
    for numero, cellules in brute.lignes:
        if not all(_keeps(filtre, cellules[rang]) for filtre, rang in filtres):
            continue
        lues = tuple(lecteur.read(cellules) for lecteur in lecteurs)
        # A row of which only constants would be left says nothing.
        dit = any(utile and lue != (None, None) for utile, lue in zip(du_fichier, lues, strict=True))
        if dit and not (cible.regrouper and lues in vues):
            vues.add(lues)
            yield numero, lues


def _keeps(filtre: Filtre, cellule: object) -> bool:
    if cellule is None:
        return not (filtre.remplie or filtre.garder)
    mot = normalise(as_text(cellule))
    if filtre.garder and mot not in {normalise(valeur) for valeur in filtre.garder}:
        return False
    return mot not in {normalise(valeur) for valeur in filtre.exclure}


def keep_the_rest(lue: FeuilleLue, cible: ColonneVisee, enregistre: DejaEnregistre, rapport: Rapport) -> None:
    """Complete the rows of `lue` with what is stored, and hold on to the stored rows that the extract lacks."""
    if lue.feuille.cle:
        _complete_by_key(lue, cible, enregistre, rapport)
    else:
        _add_other_subjects(lue, enregistre)


def _complete_by_key(lue: FeuilleLue, cible: ColonneVisee, enregistre: DejaEnregistre, rapport: Rapport) -> None:
    cle_de = key_getter(lue.feuille)
    enregistrees = {cle_de(valeurs): valeurs for _, valeurs in enregistre.rows(lue.feuille.nom)}
    manquent = [k.nom for k in lue.feuille.colonnes if k.obligatoire and k.nom not in {"code_plie", *cible.colonnes}]
    donnees = set()
    for numero, valeurs in list(lue.lignes.items()):
        cle = cle_de(valeurs)
        donnees.add(cle)
        if cle in enregistrees:
            lue.lignes[numero] = _merge(lue, cible, valeurs, enregistrees[cle])
        elif manquent:
            colonne, detail = lue.feuille.cle[-1], f"il manque {', '.join(manquent)}"
            rapport.add(Anomalie(LIGNE_A_COMPLETER_INCONNUE, lue.feuille.nom, numero, colonne, detail, valeurs[0]))
            lue.reject(numero)
    # The stored version of a rejected row stays: that is what is wanted of the rows the extract does not have.
    lue.cles_rejetees |= enregistrees.keys() - donnees


def _merge(lue: FeuilleLue, cible: ColonneVisee, nouvelles: Valeurs, enregistrees: Valeurs) -> Valeurs:
    """The cells that the extract fills, over those that are stored; an empty cell erases nothing."""
    return tuple(
        nouvelle if nouvelle is not None and colonne.nom in cible.colonnes else ancienne
        for colonne, nouvelle, ancienne in zip(lue.feuille.colonnes, nouvelles, enregistrees, strict=True)
    )


def _add_other_subjects(lue: FeuilleLue, enregistre: DejaEnregistre) -> None:
    """Without a key, the extract replaces all it tells about the same codes (operation and indicator, parcours)."""
    rangs = [
        lue.feuille.rangs[colonne.nom]
        for colonne in lue.feuille.colonnes
        if colonne.obligatoire and colonne.genre is Genre.CODE
    ]
    sujets = {tuple(valeurs[rang] for rang in rangs) for valeurs in lue.lignes.values()}
    for numero, valeurs in enregistre.rows(lue.feuille.nom):
        if tuple(valeurs[rang] for rang in rangs) not in sujets:
            lue.lignes[_APRES_LE_FICHIER + numero] = valeurs
