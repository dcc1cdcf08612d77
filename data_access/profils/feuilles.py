"""The sheets of an extract found by a profile, with all that is wrong between the two told at once.

Places are told in the words of the extract, so that a person finds the cell.
"""

from dataclasses import dataclass, fields

from data_access.classeur import controles as c
from data_access.classeur.anomalies import LONGUEUR_CITEE, Anomalie, Rapport, list_names
from data_access.classeur.controles import Gravite
from data_access.colonnes import normalise
from data_access.profils.contenu import FeuilleSource, Profil, RegleDeColonne
from data_access.profils.grille import Extrait, FeuilleBrute
from data_access.profils.vocabulaire import similarity

_RESSEMBLANCE_CITEE = 0.5


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


def _source_name(regle: RegleDeColonne | None, colonne: str) -> str:
    """The column(s) of the extract that feed `colonne`, or its own name."""
    return " + ".join(regle.sources) if regle and regle.sources else colonne


def match_sheets(extrait: Extrait, profil: Profil, rapport: RapportDExtrait) -> dict[FeuilleSource, FeuilleBrute]:
    """Each sheet of the profile with its rows; what is missing is a blocking anomaly, with the nearest name."""
    trouvees: dict[FeuilleSource, FeuilleBrute] = {}
    lues = set()
    for source in profil.feuilles:
        nom = next((nom for nom in extrait.lignes if source.is_called(nom)), None)
        if nom is None:
            rapport.add(Anomalie(c.FEUILLE_DU_PROFIL_ABSENTE, detail=source.nom))
            continue
        lues.add(nom)
        brute = extrait.sheet(nom, source.source_columns(), source.ligne_entete)
        if brute is None:
            rapport.add(Anomalie(c.ENTETE_ABSENT, nom))
            continue
        for cible in source.cibles:
            rapport.name_sheet(cible.feuille, nom)
        if _has_columns(source, brute, rapport):
            trouvees[source] = brute
        _tell_what_is_left(source, brute, rapport)
    for nom in extrait.lignes.keys() - lues:
        rapport.add(Anomalie(c.FEUILLE_INCONNUE, nom[:LONGUEUR_CITEE]))
    return trouvees


def _has_columns(source: FeuilleSource, brute: FeuilleBrute, rapport: Rapport) -> bool:
    connues = {normalise(colonne): colonne for colonne in brute.colonnes}
    voulues = source.source_columns()
    libres = [k for k in brute.colonnes if normalise(k) not in set(map(normalise, voulues))]
    completes = True
    for colonne in voulues:
        presente = connues.get(normalise(colonne))
        if presente is None:
            detail = _nearest(colonne, [k for k in libres if k not in brute.colonnes_refusees])
            rapport.add(Anomalie(c.COLONNE_DU_PROFIL_ABSENTE, brute.nom, brute.ligne_entete, colonne, detail))
        elif presente in brute.colonnes_refusees:
            rapport.add(Anomalie(c.COLONNE_REFUSEE, brute.nom, brute.ligne_entete, colonne))
        else:
            continue
        completes = False
    return completes


def _nearest(colonne: str, candidates: list[str]) -> str:
    meilleure = max(candidates, key=lambda candidate: similarity(colonne, candidate), default="")
    if not meilleure or similarity(colonne, meilleure) < _RESSEMBLANCE_CITEE:
        return ""
    return f" ; la plus proche est « {meilleure[:LONGUEUR_CITEE]} »"


def _tell_what_is_left(source: FeuilleSource, brute: FeuilleBrute, rapport: Rapport) -> None:
    voulues = set(map(normalise, source.source_columns()))
    autres = [k for k in brute.colonnes if normalise(k) not in voulues and k not in brute.colonnes_refusees]
    for controle, colonnes in ((c.COLONNE_IDENTITE, brute.colonnes_refusees), (c.COLONNES_NON_LUES, autres)):
        if colonnes:
            rapport.add(
                Anomalie(controle, brute.nom, detail=list_names([f"« {nom[:LONGUEUR_CITEE]} »" for nom in colonnes]))
            )
    if brute.lignes_de_fin:
        fin = sorted(brute.lignes_de_fin)
        detail = f"ligne {fin[0]}" if len(fin) == 1 else f"lignes {fin[0]} à {fin[-1]}"
        rapport.add(Anomalie(c.LIGNES_DE_FIN, brute.nom, detail=detail))
