"""What is known of a column of the « classeur PLIE », of a sheet, and how names and values are compared."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

LONGUEUR_CODE = 64
_IGNORES = str.maketrans("", "", "_'’‘ʼ`´′")


class Genre(StrEnum):
    """What a cell holds."""

    CODE = "code"
    TEXTE = "texte"
    DATE = "date"
    ENTIER = "entier"
    NOMBRE = "nombre"
    BOOLEEN = "booléen"
    LISTE = "liste"


@dataclass(frozen=True)
class Colonne:
    """One column of a sheet. `valeurs` is the closed list of a `LISTE`; `defaut` stands for an empty cell.

    `bornes`: the least and the greatest number that make sense.
    """

    nom: str
    genre: Genre
    aide: str
    obligatoire: bool = False
    valeurs: tuple[str, ...] = ()
    defaut: str | None = None
    bornes: tuple[float, float] | None = None


@dataclass(frozen=True)
class Reference:
    """`colonnes` of this sheet name a row of `feuille` (same PLIE). An empty cell refers to nothing."""

    feuille: str
    colonnes: tuple[str, ...]
    vers: tuple[str, ...]


@dataclass(frozen=True)
class Feuille:
    """One sheet. `cle` is empty where identical rows are as many events (compared as a multiset)."""

    nom: str
    table: str
    colonnes: tuple[Colonne, ...]
    cle: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    premiere_fois: bool = False
    """Must be present in the first workbook of a PLIE."""

    def colonne(self, nom: str) -> Colonne:
        """The column called `nom`; KeyError if there is none."""
        for colonne in self.colonnes:
            if colonne.nom == nom:
                return colonne
        raise KeyError(nom)


@lru_cache(maxsize=4096)
def normalise(texte: str) -> str:
    """`texte` as it is compared: « Types d’étape » and « TYPES_D_ETAPE » give the same string."""
    decompose = unicodedata.normalize("NFKD", texte.translate(_IGNORES))
    sans_accent = "".join(c for c in decompose if not unicodedata.combining(c))
    return "".join(sans_accent.casefold().split()).translate(_IGNORES)
