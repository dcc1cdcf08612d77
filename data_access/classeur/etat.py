"""What the tables will hold after the import: rows of the workbook, and stored rows that stay.

A stored row stays when its sheet is absent, when the workbook's version of it is rejected, or when it was anonymised
(no workbook gives it any more); it goes when a row that it cannot live without (a foreign key of the tables) goes.
"""

from collections.abc import Iterator
from typing import Any, Protocol

from data_access.classeur.conversion import Cle, FeuilleLue, Valeurs, key_getter
from data_access.classeur.effacements import anonymous_index, is_anonymous
from data_access.colonnes import Feuille, Lien
from data_access.format import FEUILLES, feuille

LigneEnregistree = tuple[int, Valeurs]
_PLIE = "PLIE"


class DejaEnregistre(Protocol):
    """The stored rows that the checks need (see `data_access.imports.transaction`)."""

    codes_plie: set[str]

    def limit_to(self, codes_plie: set[str]) -> None:
        """Look only at these PLIE from now on."""

    def rows(self, nom: str) -> list[LigneEnregistree]:
        """The stored rows of sheet `nom`."""

    def erased(self) -> Any:
        """The numbers that were erased (see `effacements`); None if there is none."""


class EtatFinal:
    """State after the import, sheet by sheet. A sheet is asked for once its own rows are settled."""

    def __init__(self, lues: dict[str, FeuilleLue], enregistre: DejaEnregistre) -> None:
        self._lues = lues
        self._enregistre = enregistre
        self._partages: dict[str, tuple[list[LigneEnregistree], list[LigneEnregistree]]] = {}
        self._cles: dict[str, set[Cle]] = {}

    def stored(self, nom: str) -> list[LigneEnregistree]:
        """What is stored before the import."""
        return self._enregistre.rows(nom)

    def kept(self, nom: str) -> list[LigneEnregistree]:
        """Stored rows that stay though the workbook does not give them."""
        return self._share(nom)[0]

    def removed(self, nom: str) -> list[LigneEnregistree]:
        """Stored rows that go."""
        return self._share(nom)[1]

    def rows(self, nom: str) -> Iterator[Valeurs]:
        """All the rows of sheet `nom` after the import."""
        if nom in self._lues:
            yield from self._lues[nom].lignes.values()
        for _, valeurs in self.kept(nom):
            yield valeurs

    def keys(self, nom: str) -> set[Cle]:
        """All the keys of sheet `nom` after the import."""
        if nom not in self._cles:
            self._cles[nom] = set(map(key_getter(feuille(nom)), self.rows(nom)))
        return self._cles[nom]

    def forget(self, nom: str) -> None:
        """Sheet `nom` has lost rows: work its state out again."""
        self._partages.pop(nom, None)
        self._cles.pop(nom, None)

    def _share(self, nom: str) -> tuple[list[LigneEnregistree], list[LigneEnregistree]]:
        if nom not in self._partages:
            self._partages[nom] = self._split(nom)
        return self._partages[nom]

    def _split(self, nom: str) -> tuple[list[LigneEnregistree], list[LigneEnregistree]]:
        """Stored rows that stay as they are, and those that go."""
        origine = feuille(nom)
        if nom not in self._lues:
            candidates = None
            if not any(self.removed(colonne.cite) for colonne in origine.citations(Lien.TENU)):
                return self.stored(nom), []
        elif not origine.cle:
            # Compared as a multiset with the workbook's rows: nothing else stays by itself.
            rang = anonymous_index(origine)
            return [ligne for ligne in self.stored(nom) if rang is not None and is_anonymous(ligne[1][rang])], []
        else:
            candidates = self._lues[nom]
        return self._sort_out(origine, candidates)

    def _sort_out(
        self, origine: Feuille, lue: FeuilleLue | None
    ) -> tuple[list[LigneEnregistree], list[LigneEnregistree]]:
        parents = [(origine.rangs[k.nom], self.keys(k.cite)) for k in origine.citations(Lien.TENU)]
        cle_de = key_getter(origine) if lue else None
        donnees = set(map(cle_de, lue.lignes.values())) if lue and cle_de else set()
        anonyme = anonymous_index(origine)
        restent: list[LigneEnregistree] = []
        partent: list[LigneEnregistree] = []
        for ligne in self.stored(origine.nom):
            valeurs = ligne[1]
            if lue and cle_de:
                cle = cle_de(valeurs)
                if cle in donnees:
                    continue
                reste = cle in lue.cles_rejetees or origine.nom == _PLIE
                reste = reste or (anonyme is not None and is_anonymous(valeurs[anonyme]))
            else:
                reste = True
            reste = reste and all((valeurs[0], valeurs[rang]) in cles for rang, cles in parents)
            (restent if reste else partent).append(ligne)
        return restent, partent

    def vanished_in_absent_sheets(self) -> dict[str, list[LigneEnregistree]]:
        """Stored rows of absent sheets that go with a row they depend on."""
        absentes = [f.nom for f in FEUILLES if f.nom not in self._lues]
        return {nom: partent for nom in absentes if (partent := self.removed(nom))}
