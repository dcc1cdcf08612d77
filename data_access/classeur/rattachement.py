"""Which row an anomaly speaks of, and who follows that row.

A row number moves as soon as the export is sorted otherwise: the key does not. With it an anomaly is
followed from one import to the next; with the référent and the operation it finds someone to correct it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.conversion import FeuilleLue, Valeurs, column_index
from data_access.classeur.etat import EtatFinal
from data_access.format import Feuille, feuille

_SANS_CLE = {
    "Contacts": ("id_parcours", "contact_le", "nature"),
    "Realisations": ("code_operation", "code_indicateur", "realise_le"),
}
_ENTRE_PARTIES = " · "
_Lire = Callable[[Valeurs], str | None]


def attach_rows(lues: dict[str, FeuilleLue], etat: EtatFinal, rapport: Rapport) -> None:
    """Complete the anomalies of `rapport` that have a row: its key, its PLIE, its référent, its operation."""
    lecteurs: dict[str, _Lecteurs] = {}

    def preciser(anomalie: Anomalie) -> Anomalie:
        if anomalie.ligne is None or anomalie.feuille not in lues:
            return anomalie
        lue = lues[anomalie.feuille]
        valeurs = lue.lignes.get(anomalie.ligne) or lue.rejetees.get(anomalie.ligne)
        if valeurs is None:
            return anomalie
        if anomalie.feuille not in lecteurs:
            lecteurs[anomalie.feuille] = _Lecteurs(lue.feuille, etat)
        return lecteurs[anomalie.feuille].complete(anomalie, valeurs)

    rapport.refine(preciser)


class _Lecteurs:
    """How the key, the référent and the operation of a row of one sheet are read."""

    def __init__(self, origine: Feuille, etat: EtatFinal) -> None:
        self._cle = _key_reader(origine)
        self._operation = _column_reader(origine, "code_operation")
        self._referent = _column_reader(origine, "code_referent")
        if "code_referent" not in _names(origine) and "id_parcours" in _names(origine):
            self._referent = _referent_of_parcours(origine, etat)

    def complete(self, anomalie: Anomalie, valeurs: Valeurs) -> Anomalie:
        """`anomalie` with what its row says."""
        return replace(
            anomalie,
            code_plie=anomalie.code_plie or valeurs[0],
            cle=self._cle(valeurs),
            code_referent=self._referent(valeurs),
            code_operation=self._operation(valeurs),
        )


def _names(origine: Feuille) -> list[str]:
    return [colonne.nom for colonne in origine.colonnes]


def _column_reader(origine: Feuille, nom: str) -> _Lire:
    if nom not in _names(origine):
        return lambda _valeurs: None
    rang = column_index(origine, nom)
    return lambda valeurs: valeurs[rang]


def _key_reader(origine: Feuille) -> _Lire:
    noms = _SANS_CLE.get(origine.nom) or origine.cle
    rangs = [column_index(origine, nom) for nom in noms if nom != "code_plie" or len(noms) == 1]

    def lire(valeurs: Valeurs) -> str | None:
        parties = [_as_text(valeurs[rang]) for rang in rangs]
        return _ENTRE_PARTIES.join(parties) if any(parties) else None

    return lire


def _as_text(valeur: object) -> str:
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return "" if valeur is None else str(valeur)


def _referent_of_parcours(origine: Feuille, etat: EtatFinal) -> _Lire:
    parcours = feuille("Parcours")
    numero, referent = column_index(parcours, "id_parcours"), column_index(parcours, "code_referent")
    referents = {(valeurs[0], valeurs[numero]): valeurs[referent] for valeurs in etat.rows("Parcours")}
    rang = column_index(origine, "id_parcours")
    return lambda valeurs: referents.get((valeurs[0], valeurs[rang]))
