"""Playing the journal backwards: from the rows of one sheet and what changed them, the rows of before."""

from datetime import date
from typing import Any

from data_access.classeur.conversion import Cle, Valeurs, key_getter
from data_access.colonnes import Feuille, Genre
from data_access.imports.differences import Difference
from data_access.imports.enregistre import LigneEnregistree


class Inverse:
    """The reverse of the changes of one sheet, built change by change."""

    def __init__(self, origine: Feuille, enregistrees: list[LigneEnregistree]) -> None:
        self.difference = Difference(origine)
        self._enregistrees = enregistrees
        self._cle_de = key_getter(origine) if origine.cle else lambda valeurs: valeurs
        self._par_cle: dict[Cle, list[LigneEnregistree]] = {}
        for ligne in enregistrees:
            self._par_cle.setdefault(self._cle_de(ligne[1]), []).append(ligne)

    def take_back(self, avant: dict[str, Any] | None, apres: dict[str, Any] | None) -> None:
        """The reverse of « `avant` became `apres` », as the journal writes them; KeyError if `apres` is not stored."""
        self._take_back(as_values(self.difference.feuille, avant), as_values(self.difference.feuille, apres))

    def _take_back(self, avant: Valeurs | None, apres: Valeurs | None) -> None:
        if apres is None:
            if avant is None or (self.difference.feuille.cle and self._cle_de(avant) in self._par_cle):
                raise KeyError
            self.difference.ajouts.append(avant)
            return
        enregistrees = self._par_cle[self._cle_de(apres)]
        if not enregistrees or enregistrees[-1][1] != apres:
            raise KeyError
        numero, valeurs = enregistrees.pop()
        if avant is None:
            self.difference.retraits.append((numero, valeurs))
        else:
            self.difference.modifications.append((numero, valeurs, avant))

    def rows(self) -> list[Valeurs]:
        """The rows of before: those that stay in their order, then those that come back."""
        anciennes = {numero: avant for numero, _, avant in self.difference.modifications}
        retirees = {numero for numero, _ in self.difference.retraits}
        restent = (anciennes.get(numero, v) for numero, v in self._enregistrees if numero not in retirees)
        return [*restent, *self.difference.ajouts]


def as_values(origine: Feuille, ligne: dict[str, Any] | None) -> Valeurs | None:
    """A row of the journal as it is typed in the tables."""
    if ligne is None:
        return None
    return tuple(
        date.fromisoformat(valeur)
        if colonne.genre is Genre.DATE and (valeur := ligne.get(colonne.nom))
        else ligne.get(colonne.nom)
        for colonne in origine.colonnes
    )
