"""What a typed row must respect by itself, and keys that appear twice."""

from typing import Any

from data_access.classeur import controles as c
from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.conversion import Cle, FeuilleLue, Valeurs, column_index, key_getter
from data_access.classeur.gravite import Controle
from data_access.format import Feuille

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
