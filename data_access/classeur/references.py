"""Rows that refer to rows: dangling references, entries after the extraction, parcours that overlap."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from datetime import date

from data_access.classeur import controles as c
from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.conversion import FeuilleLue, column_index, key_getter
from data_access.classeur.etat import EtatFinal, reference_index
from data_access.format import FEUILLES, Reference, feuille

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
