"""From cells to typed rows: each cell by the kind of its column, all the faults of a row at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from operator import itemgetter
from typing import Any

from data_access.classeur import controles as c
from data_access.classeur.anomalies import LONGUEUR_CITEE, MAX_DETAILLEES, Anomalie, Rapport
from data_access.classeur.controles import Controle, Gravite
from data_access.classeur.identites import contains_identity, looks_like_identity
from data_access.classeur.valeurs import Lecteur, ValeurRefuseeError, reader_of
from data_access.colonnes import LONGUEUR_CODE, Colonne, Feuille, Genre

Valeurs = tuple[Any, ...]
"""A typed row: one value per column of the format, in its order; `code_plie` first."""
Cle = tuple[Any, ...]

_ASSEZ_LONG_POUR_UN_NIR = 1e12
_CARACTERISTIQUES = (Genre.LISTE, Genre.BOOLEEN, Genre.ENTIER, Genre.NOMBRE)
_ASSEZ_PROCHE = 0.7
_TEXTES_RETENUS = 4096


@dataclass
class FeuilleLue:
    """Typed rows of a sheet by row number. `cles_rejetees` are the readable keys of the rejected rows.

    `rejetees`: what could be read of the rejected rows, for reports only.
    """

    feuille: Feuille
    lignes: dict[int, Valeurs] = field(default_factory=dict)
    cles_rejetees: set[Cle] = field(default_factory=set)
    rejetees: dict[int, Valeurs] = field(default_factory=dict)
    rejets: int = 0

    def reject(self, numero: int) -> None:
        """Take row `numero` out; its key is remembered."""
        valeurs = self.lignes.pop(numero)
        self.note_reject(numero, valeurs)
        if self.feuille.cle:
            self.cles_rejetees.add(key_getter(self.feuille)(valeurs))

    def note_reject(self, numero: int, valeurs: Valeurs) -> None:
        """Count row `numero` as rejected; past what a report details, only the count is kept."""
        self.rejets += 1
        if len(self.rejetees) < MAX_DETAILLEES:
            self.rejetees[numero] = valeurs


def key_getter(feuille: Feuille) -> Callable[[Valeurs], Cle]:
    """The function that gives the key of a typed row (sheets with a key only)."""
    rangs = [feuille.rangs[nom] for nom in feuille.cle]
    if len(rangs) == 1:
        seul = rangs[0]
        return lambda valeurs: (valeurs[seul],)
    return itemgetter(*rangs)


@dataclass(frozen=True, slots=True)
class _Cellule:
    """How one column is read: from which position, to which rank.

    `examiner` looks for the identity of someone in the value. `videe`: unreadable, it is emptied and the row stays.
    """

    colonne: Colonne
    rang: int
    position: int
    lire: Lecteur
    examiner: Callable[[Any], Controle | None] | None
    videe: bool


def _examiner_of(colonne: Colonne) -> Callable[[Any], Controle | None] | None:
    if colonne.numero:
        return lambda valeur: c.IDENTITE_DANS_UN_CODE if looks_like_identity(valeur) else None
    if colonne.genre is Genre.NOMBRE:
        return lambda valeur: (
            c.COORDONNEES if valeur >= _ASSEZ_LONG_POUR_UN_NIR and contains_identity(f"{valeur:.0f}") else None
        )
    if colonne.genre not in (Genre.CODE, Genre.TEXTE):
        return None
    efface = colonne.genre is Genre.TEXTE and not colonne.obligatoire
    controle = c.COORDONNEES_EFFACEES if efface else c.COORDONNEES
    # The same text is written on thousands of rows, and may be long: it is searched once.
    trouver = lru_cache(maxsize=_TEXTES_RETENUS)(contains_identity)
    return lambda valeur: controle if trouver(valeur) else None


def _is_characteristic(feuille: Feuille, colonne: Colonne) -> bool:
    """What is said of someone and may be missing. Never a day: without its exit day, a person would still be there."""
    facultative = not colonne.obligatoire and colonne.defaut is None
    return facultative and colonne.genre in _CARACTERISTIQUES and feuille.personnelle


def _nearest(colonne: Colonne, brut: str) -> str:
    """What was read and the nearest value, as a detail of the report; nothing long nor that looks like an identity."""
    if len(brut) > LONGUEUR_CODE or contains_identity(brut):
        return ""
    possibles = colonne.reponses
    proches = get_close_matches(brut.casefold(), possibles, n=1, cutoff=_ASSEZ_PROCHE)
    voisine = f", valeur la plus proche : « {proches[0]} »" if proches else ""
    admises = f", valeurs possibles : {', '.join(possibles)}" if possibles and not proches else ""
    return f" (« {brut[:LONGUEUR_CITEE]} »{voisine}{admises})"


class Convertisseur:
    """Turns the raw rows of one sheet into typed rows; notes each fault in the report."""

    def __init__(self, feuille: Feuille, positions: dict[str, int], rapport: Rapport) -> None:
        self._feuille = feuille
        self._rapport = rapport
        self._cellules = [
            _Cellule(
                *(colonne, rang, positions[colonne.nom], reader_of(colonne), _examiner_of(colonne)),
                _is_characteristic(feuille, colonne),
            )
            for rang, colonne in enumerate(feuille.colonnes)
            if colonne.nom in positions
        ]
        # A row without a fault has something in its required columns: no need to look for blanks.
        self._exigeante = any(cellule.colonne.obligatoire for cellule in self._cellules)
        self._modele = [colonne.defaut for colonne in feuille.colonnes]
        self._cle = key_getter(feuille) if feuille.cle else None
        self._rangs_cle = [feuille.rangs[nom] for nom in feuille.cle]
        self._citer = not feuille.personnelle

    def convert(self, brutes: Iterable[tuple[int, list[object]]]) -> FeuilleLue:
        """All the rows of the sheet; rows empty but for spaces are skipped."""
        lue = FeuilleLue(self._feuille)
        for numero, brute in brutes:
            valeurs: list[Any] = list(self._modele)
            fautes = self._fill(numero, valeurs, brute)
            if (fautes or not self._exigeante) and self._is_blank(brute):
                continue
            if not fautes:
                lue.lignes[numero] = tuple(valeurs)
            else:
                self._reject(lue, numero, valeurs, fautes, brute)
        return lue

    def _is_blank(self, brute: list[object]) -> bool:
        brutes = (brute[cellule.position] for cellule in self._cellules)
        return all(valeur is None or (isinstance(valeur, str) and not valeur.strip()) for valeur in brutes)

    def _fill(self, numero: int, valeurs: list[Any], brute: list[object]) -> list[tuple[_Cellule, ValeurRefuseeError]]:
        fautes = []
        for cellule in self._cellules:
            brut = brute[cellule.position]
            valeur = None
            if brut is not None:
                try:
                    valeur = cellule.lire(brut)
                except ValeurRefuseeError as refus:
                    valeurs[cellule.rang] = None
                    if not cellule.videe:
                        fautes.append((cellule, refus))
                        continue
                    detail = _nearest(cellule.colonne, str(brut).strip())
                    self._note(c.CARACTERISTIQUE_ILLISIBLE, numero, cellule, valeurs, detail)
            if valeur is None:
                if cellule.colonne.obligatoire:
                    fautes.append((cellule, ValeurRefuseeError(c.CELLULE_VIDE)))
            elif cellule.examiner and (controle := cellule.examiner(valeur)):
                if controle.gravite is Gravite.REJET:
                    fautes.append((cellule, ValeurRefuseeError(controle)))
                else:
                    self._note(controle, numero, cellule, valeurs)
            else:
                valeurs[cellule.rang] = valeur
        return fautes

    def _note(self, controle: Controle, numero: int, cellule: _Cellule, valeurs: list[Any], detail: str = "") -> None:
        self._rapport.add(Anomalie(controle, self._feuille.nom, numero, cellule.colonne.nom, detail, valeurs[0]))

    def _reject(
        self,
        lue: FeuilleLue,
        numero: int,
        valeurs: list[Any],
        fautes: list[tuple[_Cellule, ValeurRefuseeError]],
        brute: list[object],
    ) -> None:
        lue.note_reject(numero, tuple(valeurs))
        rangs_fautifs = {cellule.rang for cellule, _ in fautes}
        if self._cle and rangs_fautifs.isdisjoint(self._rangs_cle):
            lue.cles_rejetees.add(self._cle(tuple(valeurs)))
        for cellule, refus in fautes:
            detail = refus.detail
            brut = str(brute[cellule.position]).strip()
            if refus.controle is c.HORS_LISTE and self._citer and not contains_identity(brut):
                detail = f"{detail} (et non « {brut[:LONGUEUR_CITEE]} »)"
            self._note(refus.controle, numero, cellule, valeurs, detail)
