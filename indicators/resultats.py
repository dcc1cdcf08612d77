"""What leaves `publier`: figures with a state, never a bare number."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from indicators.perimetre import Filtres


class Etat(StrEnum):
    """State of a figure. Only `VALEUR` carries a number; the three others are words on every output."""

    VALEUR = "valeur"
    MASQUE = "masque"
    SANS_OBJET = "sans_objet"
    NON_DOCUMENTE = "non_documente"


@dataclass(frozen=True)
class Cellule:
    """One figure: where it stands in the splits, its value, what it divides.

    `hors_total` marks étapes of a type that is listed but not counted (definitions.md, « Étapes »).
    """

    par: tuple[tuple[str, str], ...]
    etat: Etat
    valeur: float | None = None
    numerateur: float | None = None
    denominateur: float | None = None
    hors_total: bool = False

    def at(self, decoupage: str) -> str:
        """Value of one split in this cell; KeyError if the split was not asked for."""
        return dict(self.par)[decoupage]


@dataclass(frozen=True)
class ResultatPublie:
    """A published indicator over a perimeter: its cells, the data version, what the text leaves open.

    `masquees` counts the cells in state `masque`; which rule masked which cell is never said.
    """

    indicateur: str
    libelle: str
    unite: str
    filtres: Filtres
    cellules: tuple[Cellule, ...]
    version: int
    plie_sans_source: tuple[str, ...] = ()
    regles: tuple[str, ...] = ()
    masquees: int = 0

    @property
    def cellule(self) -> Cellule:
        """The only cell of a figure asked without split; ValueError if there are several."""
        (seule,) = self.cellules
        return seule

    @property
    def valeur(self) -> float | None:
        """The number of the only cell, None when its state is not `valeur`."""
        return self.cellule.valeur

    def __iter__(self) -> Iterator[Cellule]:
        return iter(self.cellules)

    def values_by(self, decoupage: str) -> dict[str, float]:
        """Value of each part of one split, for the cells that have one."""
        return {c.at(decoupage): c.valeur for c in self.cellules if c.valeur is not None}
