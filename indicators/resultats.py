"""What leaves `publier`: figures with a state, never a bare number."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from indicators.perimetre import Filtres


class Etat(StrEnum):
    """State of a figure. `EXACT` and `ARRONDI` alone carry numbers; the others are words on every output.

    `MOINS_DE_5`: a count from 1 to the base − 1. `EFFECTIF_FAIBLE`: a rate, a median or a mean over too few rows.
    """

    EXACT = "exact"
    ARRONDI = "arrondi"
    MOINS_DE_5 = "moins_de_5"
    EFFECTIF_FAIBLE = "effectif_trop_faible"
    SANS_OBJET = "sans_objet"
    NON_DOCUMENTE = "non_documente"

    @classmethod
    def _missing_(cls, value: object) -> "Etat | None":
        """Words of the editions frozen before figures were rounded."""
        return {"valeur": cls.EXACT, "masque": cls.EFFECTIF_FAIBLE}.get(str(value))


@dataclass(frozen=True)
class Cellule:
    """One figure: where it stands in the splits, its value, what it divides.

    `hors_total` marks étapes of a type that is listed but not counted (definitions.md, « Étapes »). `motif`: why
    there is no value, a French sentence. `base`: what a rounded cell is a multiple of, 0 for an exact one.
    `effectif`: how many rows a sum of quantities adds up; it protects small sums and is never printed.
    """

    par: tuple[tuple[str, str], ...]
    etat: Etat
    valeur: float | None = None
    numerateur: float | None = None
    denominateur: float | None = None
    hors_total: bool = False
    motif: str = ""
    base: int = 0
    effectif: int | None = None

    def at(self, decoupage: str) -> str:
        """Value of one split in this cell; KeyError if the split was not asked for."""
        return dict(self.par)[decoupage]


@dataclass(frozen=True)
class ResultatPublie:
    """A published indicator over a perimeter: its cells, the data version, what the text leaves open."""

    indicateur: str
    libelle: str
    unite: str
    filtres: Filtres
    cellules: tuple[Cellule, ...]
    version: int
    plie_sans_source: tuple[str, ...] = ()
    regles: tuple[str, ...] = ()

    @property
    def base(self) -> int:
        """What the rounded cells are a multiple of; 0 when all are exact."""
        return max((c.base for c in self.cellules), default=0)

    @property
    def cellule(self) -> Cellule:
        """The only cell of a figure asked without split; ValueError if there are several."""
        (seule,) = self.cellules
        return seule

    @property
    def valeur(self) -> float | None:
        """The number of the only cell, None when it has none."""
        return self.cellule.valeur

    def __iter__(self) -> Iterator[Cellule]:
        return iter(self.cellules)
