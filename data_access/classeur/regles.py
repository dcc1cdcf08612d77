"""What a typed row must respect: by itself, once each key, then beside the rows that it refers to."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from datetime import date
from typing import Any

from data_access.classeur import controles as c
from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.controles import Controle
from data_access.classeur.conversion import Cle, FeuilleLue, Valeurs, column_index, key_getter
from data_access.classeur.etat import EtatFinal, reference_index
from data_access.colonnes import Feuille, Reference
from data_access.format import FEUILLES, feuille

INTERVALLES: dict[str, tuple[str, str]] = {
    "PLIE": ("protocole_du", "protocole_au"),
    "Operations": ("debut", "fin"),
    "Objectifs": ("debut", "fin"),
    "Regles de sortie": ("depuis", "jusqua"),
    "Referents": ("depuis", "jusqua"),
    "Parcours": ("entree_le", "sortie_le"),
    "Participations": ("entree_le", "sortie_le"),
    "Etapes": ("debut", "fin"),
    "Suspensions": ("debut", "fin"),
}
"""First and last day of each kind of row: the last is never before the first."""

_NATURE_TAUX = "taux"


def apply_row_rules(lue: FeuilleLue, rapport: Rapport) -> None:
    """Reject the rows that contradict themselves, then the later ones of each key."""
    fautes = _RowRules(lue.feuille)
    for numero, valeurs in list(lue.lignes.items()):
        anomalies = [
            Anomalie(controle, lue.feuille.nom, numero, colonne, detail, valeurs[0])
            for controle, colonne, detail in fautes.list(valeurs)
        ]
        if anomalies:
            lue.reject(numero)
            for anomalie in anomalies:
                rapport.add(anomalie)
    if lue.feuille.cle:
        _reject_duplicates(lue, rapport)


class _RowRules:
    """The rules of one sheet, with their columns found once."""

    def __init__(self, feuille: Feuille) -> None:
        self._intervalle = INTERVALLES.get(feuille.nom)
        self._rangs = [column_index(feuille, nom) for nom in self._intervalle or ()]
        self._objectif = feuille.nom == "Objectifs"
        if self._objectif:
            self._nature, self._valeur = column_index(feuille, "nature"), column_index(feuille, "valeur")

    def list(self, valeurs: Valeurs) -> list[tuple[Controle, str, str]]:
        """Check, column and detail of each fault of the row."""
        fautes: list[tuple[Controle, str, str]] = []
        if self._intervalle:
            debut, fin = (valeurs[rang] for rang in self._rangs)
            if debut is not None and fin is not None and fin < debut:
                fautes.append((c.FIN_AVANT_DEBUT, self._intervalle[1], self._intervalle[0]))
        if self._objectif and valeurs[self._nature] == _NATURE_TAUX and (valeurs[self._valeur] or 0) > 1:
            fautes.append((c.TAUX_SUPERIEUR_A_UN, "valeur", ""))
        return fautes


def _reject_duplicates(lue: FeuilleLue, rapport: Rapport) -> None:
    cle_de = key_getter(lue.feuille)
    vues: dict[Cle, int] = {}
    doubles: list[tuple[int, int, Any]] = []
    for numero, valeurs in lue.lignes.items():
        premiere = vues.setdefault(cle_de(valeurs), numero)
        if premiere != numero:
            doubles.append((numero, premiere, valeurs[0]))
    colonne = lue.feuille.cle[-1] if len(lue.feuille.cle) <= 2 else None
    for numero, premiere, code in doubles:
        # The first row stands for the key: taking this one out must not make the key look rejected.
        lue.note_reject(numero, lue.lignes.pop(numero))
        detail = f"ligne {premiere}"
        rapport.add(Anomalie(c.CLE_EN_DOUBLE, lue.feuille.nom, numero, colonne, detail, code))


_JAMAIS = date.max
_APRES_TOUT = 2**62
_PARCOURS = "Parcours"
_AVEC_ENTREE = ("Parcours", "Participations")


def reject_inconsistent_rows(lues: dict[str, FeuilleLue], etat: EtatFinal, rapport: Rapport) -> None:
    """Reject, sheet after sheet in the order of the format, the rows that cannot stand beside the others."""
    extractions = {
        valeurs[0]: valeurs[column_index(feuille("PLIE"), "date_extraction")] for valeurs in etat.rows("PLIE")
    }
    for nom, lue in lues.items():
        for reference in lue.feuille.references:
            _reject_dangling(lue, reference, lues, etat, rapport)
        if nom in _AVEC_ENTREE:
            _reject_late_entries(lue, extractions, rapport)
        if nom == _PARCOURS:
            _reject_overlaps(lue, etat, rapport)
        etat.forget(nom)


def _reject_dangling(
    lue: FeuilleLue, reference: Reference, lues: dict[str, FeuilleLue], etat: EtatFinal, rapport: Rapport
) -> None:
    rang = reference_index(lue.feuille, reference)
    colonne = reference.colonnes[0]
    cible = lues.get(reference.feuille)
    while True:  # a sheet that refers to itself may lose rows in a chain
        if cible is lue:
            etat.forget(lue.feuille.nom)
        cles = etat.keys(reference.feuille)
        pendantes = [
            (numero, valeurs)
            for numero, valeurs in lue.lignes.items()
            if valeurs[rang] is not None and (valeurs[0], valeurs[rang]) not in cles
        ]
        for numero, valeurs in pendantes:
            rejetee = cible is not None and (valeurs[0], valeurs[rang]) in cible.cles_rejetees
            controle = c.REFERENCE_REJETEE if rejetee else c.REFERENCE_INCONNUE
            rapport.add(Anomalie(controle, lue.feuille.nom, numero, colonne, reference.feuille, valeurs[0]))
            lue.reject(numero)
        if not pendantes or cible is not lue:
            return


def _reject_late_entries(lue: FeuilleLue, extractions: dict[str, date], rapport: Rapport) -> None:
    rang = column_index(lue.feuille, "entree_le")
    for numero, valeurs in list(lue.lignes.items()):
        extraction = extractions.get(valeurs[0])
        if extraction is not None and valeurs[rang] > extraction:
            detail = f"{extraction:%d/%m/%Y}"
            rapport.add(Anomalie(c.ENTREE_APRES_EXTRACTION, lue.feuille.nom, numero, "entree_le", detail, valeurs[0]))
            lue.reject(numero)


class _Occupation:
    """The disjoint intervals of one participant: a parcours holds [entree_le, sortie_le[.

    Coming back on the very day of the exit is allowed, and a parcours of zero days holds nothing
    unless it lies strictly inside another one.
    """

    def __init__(self) -> None:
        self._intervalles: list[tuple[date, date, int]] = []

    def overlapped_by(self, entree: date, sortie: date) -> int | None:
        """Row number of a parcours that overlaps this one (0 for a stored one), or None."""
        premier = bisect_left(self._intervalles, (entree,))
        dernier = bisect_right(self._intervalles, (entree, _JAMAIS, _APRES_TOUT))
        # Intervals are disjoint: only the one before, the longest begun the same day and the next can overlap.
        for rang in (premier - 1, dernier - 1, dernier):
            if 0 <= rang < len(self._intervalles):
                debut, fin, numero = self._intervalles[rang]
                if debut < sortie and entree < fin:
                    return numero
        return None

    def add(self, entree: date, sortie: date, numero: int) -> None:
        """Hold the interval."""
        insort(self._intervalles, (entree, sortie, numero))


def _reject_overlaps(lue: FeuilleLue, etat: EtatFinal, rapport: Rapport) -> None:
    """The later row of the sheet is rejected; its stored version, if any, then counts in its place."""
    rejets = True
    while rejets:
        etat.forget(_PARCOURS)
        rejets = _reject_overlaps_once(lue, etat, rapport) and bool(etat.stored(_PARCOURS))


def _reject_overlaps_once(lue: FeuilleLue, etat: EtatFinal, rapport: Rapport) -> bool:
    rang_personne, rang_entree, rang_sortie = (
        column_index(lue.feuille, nom) for nom in ("id_participant", "entree_le", "sortie_le")
    )
    occupations: dict[tuple[str, str], _Occupation] = defaultdict(_Occupation)
    for _, valeurs in etat.kept(_PARCOURS):
        fin = valeurs[rang_sortie] or _JAMAIS
        occupations[valeurs[0], valeurs[rang_personne]].add(valeurs[rang_entree], fin, 0)
    rejetees: list[tuple[int, int]] = []
    for numero, valeurs in lue.lignes.items():
        occupation = occupations[valeurs[0], valeurs[rang_personne]]
        entree, sortie = valeurs[rang_entree], valeurs[rang_sortie] or _JAMAIS
        autre = occupation.overlapped_by(entree, sortie)
        if autre is None:
            occupation.add(entree, sortie, numero)
        else:
            rejetees.append((numero, autre))
    for numero, autre in rejetees:
        detail = f"ligne {autre}" if autre else "déjà enregistré"
        code = lue.lignes[numero][0]
        rapport.add(Anomalie(c.CHEVAUCHEMENT, _PARCOURS, numero, "entree_le", detail, code))
        lue.reject(numero)
    return bool(rejetees)


def count_still_quoted(lues: dict[str, FeuilleLue], etat: EtatFinal, rapport: Rapport) -> None:
    """Warn when rows removed from a sheet are still quoted by stored rows of a sheet that is absent."""
    for origine in FEUILLES:
        for reference in origine.references:
            if origine.nom in lues or reference.feuille not in lues:
                continue
            retirees = etat.removed(reference.feuille)
            if not retirees:
                continue
            cles = set(map(key_getter(feuille(reference.feuille)), (valeurs for _, valeurs in retirees)))
            rang = reference_index(origine, reference)
            nombre = sum((valeurs[0], valeurs[rang]) in cles for _, valeurs in etat.kept(origine.nom))
            if nombre:
                detail = f"{nombre} ligne(s) enregistrée(s) de la feuille « {origine.nom} »"
                rapport.add(Anomalie(c.ENCORE_CITEE, reference.feuille, colonne=reference.vers[0], detail=detail))
