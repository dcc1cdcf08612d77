"""From the rows of an extract to typed rows of our sheets, before the same checks as any workbook."""

from collections.abc import Iterator

from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.conversion import Convertisseur, FeuilleLue
from data_access.classeur.normalisation import normalise
from data_access.format import feuille
from data_access.profils.cellules import LecteurDeRegle, Lue, as_text
from data_access.profils.grille import FeuilleBrute
from data_access.profils.profil import Cible, Filtre, find_colonne

_CODE_PLIE = "code_plie"
Ligne = tuple[int, list[object]]


def convert(cible: Cible, brute: FeuilleBrute, code_plie: str, decimale: str, rapport: Rapport) -> FeuilleLue:
    """Typed rows of `cible`, by row number of the extract. Every column that the profile names must be there."""
    lignes = _LignesDeCible(cible, brute, code_plie, decimale, rapport)
    noms = [_CODE_PLIE, *cible.colonnes]
    convertisseur = Convertisseur(feuille(cible.feuille), {nom: rang for rang, nom in enumerate(noms)}, rapport)
    lue = convertisseur.convert(lignes.rows())
    for numero in lignes.fautives & lue.lignes.keys():
        lue.reject(numero)
    return lue


def column_positions(brute: FeuilleBrute) -> dict[str, int]:
    """Columns of a sheet of the extract, as names are compared → index in its rows."""
    return {normalise(colonne): rang for rang, colonne in reversed(list(enumerate(brute.colonnes)))}


class _LignesDeCible:
    """The rows of one of our sheets, as `Convertisseur` takes them. `fautives` fills up as they are read."""

    def __init__(self, cible: Cible, brute: FeuilleBrute, code_plie: str, decimale: str, rapport: Rapport) -> None:
        positions = column_positions(brute)
        self._cible = cible
        self._brute = brute
        self._code_plie = code_plie
        self._rapport = rapport
        self._lecteurs = [
            (nom, LecteurDeRegle(find_colonne(cible, nom), regle, positions, decimale))
            for nom, regle in cible.colonnes.items()
        ]
        self._du_fichier = [bool(regle.sources) and not regle.oui_si_remplies for regle in cible.colonnes.values()]
        self._filtres = [(filtre, positions[normalise(filtre.colonne)]) for filtre in cible.filtres]
        self.fautives: set[int] = set()

    def rows(self) -> Iterator[Ligne]:
        """Number and cells of each row kept; a fault is told before the row is given."""
        vues: set[tuple[object, ...]] = set()
        for numero, cellules in self._brute.lignes:
            if not all(_keeps(filtre, cellules[rang]) for filtre, rang in self._filtres):
                continue
            lues = [lecteur.read(cellules) for _, lecteur in self._lecteurs]
            if not self._says_something(lues):
                continue
            contenu = tuple(lues)
            if self._cible.regrouper and contenu in vues:
                continue
            vues.add(contenu)
            for (nom, _), (_, faute) in zip(self._lecteurs, lues, strict=True):
                if faute:
                    self.fautives.add(numero)
                    self._rapport.add(Anomalie(faute, self._cible.feuille, numero, nom, code_plie=self._code_plie))
            yield numero, [self._code_plie, *(valeur for valeur, _ in lues)]

    def _says_something(self, lues: list[Lue]) -> bool:
        """False for a row of which only constants would be left."""
        return any(
            du_fichier and (valeur is not None or faute is not None)
            for du_fichier, (valeur, faute) in zip(self._du_fichier, lues, strict=True)
        )


def _keeps(filtre: Filtre, cellule: object) -> bool:
    if cellule is None:
        return not (filtre.remplie or filtre.garder)
    mot = normalise(as_text(cellule))
    if filtre.garder and mot not in {normalise(valeur) for valeur in filtre.garder}:
        return False
    return mot not in {normalise(valeur) for valeur in filtre.exclure}
