"""The report of an extract: places are told in the words of the extract, so that a person finds the cell."""

from dataclasses import replace

from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.gravite import Gravite
from data_access.profils.profil import Profil, Regle

_Lieu = tuple[str, int, str]


class RapportDExtrait(Rapport):
    """Notes anomalies of our sheets under the sheet and the column of the extract that feed them.

    A cell that feeds two of our sheets is told once; so is a cell with two faults.
    """

    def __init__(self, profil: Profil) -> None:
        super().__init__()
        self._colonnes = {cible.feuille: cible.colonnes for _, cible in profil.targets()}
        self._feuilles = {cible.feuille: source.nom for source, cible in profil.targets()}
        self._vues: set[_Lieu] = set()

    def name_sheet(self, cible: str, nom: str) -> None:
        """Our sheet `cible` is fed by the sheet called `nom` in this very extract."""
        self._feuilles[cible] = nom

    def add(self, anomalie: Anomalie) -> None:
        """Note one anomaly where the extract has it."""
        cible = anomalie.feuille
        if cible in self._feuilles and anomalie.ligne is not None:
            colonne = anomalie.colonne and _source_name(self._colonnes[cible].get(anomalie.colonne), anomalie.colonne)
            anomalie = replace(anomalie, feuille=self._feuilles[cible], colonne=colonne)
            if self._is_known(anomalie):
                return
        super().add(anomalie)

    def _is_known(self, anomalie: Anomalie) -> bool:
        if anomalie.gravite is not Gravite.REJET or not (anomalie.feuille and anomalie.ligne and anomalie.colonne):
            return False
        lieu = (anomalie.feuille, anomalie.ligne, anomalie.colonne)
        connue = lieu in self._vues
        self._vues.add(lieu)
        return connue


def _source_name(regle: Regle | None, colonne: str) -> str:
    """The column(s) of the extract that feed `colonne`, or its own name."""
    return " + ".join(regle.sources) if regle and regle.sources else colonne
