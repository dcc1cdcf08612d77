"""The report of an extract: places are told in the words of the extract, so that a person finds the cell."""

from dataclasses import dataclass, fields

from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.gravite import Gravite
from data_access.profils.profil import Profil, Regle


@dataclass(frozen=True, slots=True)
class AnomalieDExtrait(Anomalie):
    """An anomaly of one of our sheets, and where the extract has it.

    `feuille` and `colonne` stay ours: an anomaly is followed from month to month whatever the export is called.
    """

    feuille_source: str | None = None
    colonne_source: str | None = None

    @property
    def lieu(self) -> str:
        """Where, in the extract: « Onglet « Dossiers », ligne 48, colonne « Motif sortie » »."""
        lieu = f"Onglet « {self.feuille_source} », ligne {self.ligne}"
        return f"{lieu}, colonne « {self.colonne_source} »" if self.colonne_source else lieu


class RapportDExtrait(Rapport):
    """Adds to the anomalies of our rows the sheet and the column of the extract that feed them.

    A cell that feeds two of our sheets is told once; so is a cell with two faults.
    """

    def __init__(self, profil: Profil) -> None:
        super().__init__()
        self._colonnes = {cible.feuille: cible.colonnes for _, cible in profil.targets()}
        self._feuilles = {cible.feuille: source.nom for source, cible in profil.targets()}
        self._vues: set[tuple[str, int, str]] = set()

    def name_sheet(self, cible: str, nom: str) -> None:
        """Our sheet `cible` is fed by the sheet called `nom` in this very extract."""
        self._feuilles[cible] = nom

    def add(self, anomalie: Anomalie) -> None:
        """Note one anomaly, with its place in the extract."""
        cible = anomalie.feuille
        if cible not in self._feuilles or anomalie.ligne is None:
            super().add(anomalie)
            return
        colonne = anomalie.colonne and _source_name(self._colonnes[cible].get(anomalie.colonne), anomalie.colonne)
        if anomalie.gravite is Gravite.REJET and colonne:
            lieu = (self._feuilles[cible], anomalie.ligne, colonne)
            if lieu in self._vues:
                return
            self._vues.add(lieu)
        communs = {champ.name: getattr(anomalie, champ.name) for champ in fields(anomalie)}
        super().add(AnomalieDExtrait(**communs, feuille_source=self._feuilles[cible], colonne_source=colonne))


def _source_name(regle: Regle | None, colonne: str) -> str:
    """The column(s) of the extract that feed `colonne`, or its own name."""
    return " + ".join(regle.sources) if regle and regle.sources else colonne
