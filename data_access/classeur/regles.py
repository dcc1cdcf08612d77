"""What a typed row must respect: by itself, once each key, then beside the rows that it refers to."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from data_access.classeur import controles as c
from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.controles import Controle
from data_access.classeur.conversion import Cle, FeuilleLue, Valeurs, key_getter
from data_access.classeur.etat import EtatFinal
from data_access.colonnes import Colonne, Feuille, Lien
from data_access.format import FEUILLES, feuille

_NATURE_TAUX = "taux"
_JAMAIS = date.max
_APRES_TOUT = 2**62
_PARCOURS = "Parcours"


def apply_row_rules(lue: FeuilleLue, rapport: Rapport) -> None:
    """Reject the rows that contradict themselves, then the later ones of each key."""
    list_faults = _fault_finder(lue.feuille)
    for numero, valeurs in list(lue.lignes.items()):
        fautes = list_faults(valeurs)
        if fautes:
            lue.reject(numero)
            for controle, colonne, detail in fautes:
                rapport.add(Anomalie(controle, lue.feuille.nom, numero, colonne, detail, valeurs[0]))
    if lue.feuille.cle:
        _reject_duplicates(lue, rapport)


def _fault_finder(feuille: Feuille) -> Callable[[Valeurs], list[tuple[Controle, str, str]]]:
    """Gives the check, the column and the detail of each fault of a row of this sheet."""
    rangs = feuille.rangs
    ordonnees = [(rangs[k.pas_avant], rangs[k.nom], k) for k in feuille.colonnes if k.pas_avant]
    objectif = feuille.nom == "Objectifs"

    def list_faults(valeurs: Valeurs) -> list[tuple[Controle, str, str]]:
        fautes = [
            (c.FIN_AVANT_DEBUT, colonne.nom, colonne.pas_avant)
            for debut, fin, colonne in ordonnees
            if valeurs[debut] is not None and valeurs[fin] is not None and valeurs[fin] < valeurs[debut]
        ]
        if objectif and valeurs[rangs["nature"]] == _NATURE_TAUX and (valeurs[rangs["valeur"]] or 0) > 1:
            fautes.append((c.TAUX_SUPERIEUR_A_UN, "valeur", ""))
        return fautes

    return list_faults


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


def reject_inconsistent_rows(lues: dict[str, FeuilleLue], etat: EtatFinal, rapport: Rapport) -> None:
    """Reject, sheet after sheet in the order of the format, the rows that cannot stand beside the others."""
    rang = feuille("PLIE").rangs["date_extraction"]
    extractions = {valeurs[0]: valeurs[rang] for valeurs in etat.rows("PLIE")}
    for nom, lue in lues.items():
        for colonne in lue.feuille.citations(Lien.CONNU, Lien.TENU):
            _reject_dangling(lue, colonne, lues, etat, rapport)
        for colonne in lue.feuille.colonnes:
            if colonne.avant_extraction:
                _reject_late_entries(lue, colonne.nom, extractions, rapport)
        if nom == _PARCOURS:
            _reject_overlaps(lue, etat, rapport)
        etat.forget(nom)


def _reject_dangling(
    lue: FeuilleLue, colonne: Colonne, lues: dict[str, FeuilleLue], etat: EtatFinal, rapport: Rapport
) -> None:
    rang = lue.feuille.rangs[colonne.nom]
    cible = lues.get(colonne.cite)
    while True:  # a sheet that refers to itself may lose rows in a chain
        if cible is lue:
            etat.forget(lue.feuille.nom)
        cles = etat.keys(colonne.cite)
        pendantes = [
            (numero, valeurs)
            for numero, valeurs in lue.lignes.items()
            if valeurs[rang] is not None and (valeurs[0], valeurs[rang]) not in cles
        ]
        for numero, valeurs in pendantes:
            rejetee = cible is not None and (valeurs[0], valeurs[rang]) in cible.cles_rejetees
            controle = c.REFERENCE_REJETEE if rejetee else c.REFERENCE_INCONNUE
            rapport.add(Anomalie(controle, lue.feuille.nom, numero, colonne.nom, colonne.cite, valeurs[0]))
            lue.reject(numero)
        if not pendantes or cible is not lue:
            return


def _reject_late_entries(lue: FeuilleLue, colonne: str, extractions: dict[str, date], rapport: Rapport) -> None:
    rang = lue.feuille.rangs[colonne]
    for numero, valeurs in list(lue.lignes.items()):
        extraction = extractions.get(valeurs[0])
        if extraction is not None and valeurs[rang] > extraction:
            detail = f"{extraction:%d/%m/%Y}"
            rapport.add(Anomalie(c.ENTREE_APRES_EXTRACTION, lue.feuille.nom, numero, colonne, detail, valeurs[0]))
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
    rangs = lue.feuille.rangs
    rang_personne, rang_entree, rang_sortie = rangs["id_participant"], rangs["entree_le"], rangs["sortie_le"]
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
        for colonne in origine.citations(Lien.CONNU, Lien.TENU):
            if origine.nom in lues or colonne.cite not in lues:
                continue
            citee, rang = feuille(colonne.cite), origine.rangs[colonne.nom]
            cles = {key_getter(citee)(valeurs) for _, valeurs in etat.removed(citee.nom)}
            nombre = sum((valeurs[0], valeurs[rang]) in cles for _, valeurs in etat.kept(origine.nom)) if cles else 0
            if nombre:
                detail = f"{nombre} ligne(s) enregistrée(s) de la feuille « {origine.nom} »"
                vers = citee.cited_as(colonne.nom)
                rapport.add(Anomalie(c.ENCORE_CITEE, citee.nom, colonne=vers, detail=detail))
