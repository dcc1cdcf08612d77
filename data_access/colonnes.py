"""What is known of a column of the « classeur PLIE » and of a sheet, and how names and values are compared.

Whatever must be known of a column is said here, once: nothing else lists columns by name. A fact of another column is
reached by its name (`pas_avant`, `avec`).
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

LONGUEUR_CODE = 64
OUI, NON = "oui", "non"
_OUI_OU_NON = {OUI: ("vrai", "true", "1"), NON: ("faux", "false", "0")}
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


class Lien(StrEnum):
    """What becomes of a row whose code is borne by nothing in the sheet that it cites."""

    LIBRE = "libre"
    """It stays: the sheet is only where the code has a wording."""
    CONNU = "connu"
    """It is rejected."""
    TENU = "tenu"
    """It is rejected, and it goes with the row that it cites (a foreign key of the tables)."""


class Effacement(StrEnum):
    """What an anonymisation makes of what is written about someone."""

    GARDE = "gardé"
    """It stays: figures count it."""
    VIDE = "vidé"
    """Nothing is left, or a word that says nothing where a row cannot do without one."""
    NUMERO = "numéro"
    """Another number, drawn at random, wherever the old one was."""
    REPONSE = "réponse"
    """Yes or no, as figures read it."""
    TRANCHE = "tranche"
    """Another day, of the same bands of age."""


@dataclass(frozen=True)
class Colonne:
    """One column of a sheet. `valeurs`: the closed list of a `LISTE`; `defaut` stands for an empty cell.

    `bornes`: the least and the greatest number that make sense. `cite`: the sheet that lists these codes, `lien`: how
    strictly. `lieux`: the kinds of territory that the code may name. `numero`: the number of a person, or of what is
    theirs. `efface`: what an anonymisation makes of it, if not what its kind says (see `effacement`).

    Days: `pas_avant` names the day that it may not precede; `avant_extraction`: never after that of the extraction;
    `debut`: the event of the row begins; `plus_tard`: it completes a row later on, and `avec` names the one that a
    value is told with.
    """

    nom: str
    genre: Genre
    aide: str
    obligatoire: bool = False
    valeurs: tuple[str, ...] = ()
    defaut: str | None = None
    bornes: tuple[float, float] | None = None
    cite: str = ""
    lien: Lien = Lien.LIBRE
    lieux: tuple[str, ...] = ()
    numero: bool = False
    efface: Effacement | None = None
    pas_avant: str = ""
    avant_extraction: bool = False
    debut: bool = False
    plus_tard: bool = False
    avec: str = ""

    @property
    def effacement(self) -> Effacement:
        """What an anonymisation makes of it in a sheet about people: a free text goes unless it is said to stay."""
        if self.efface is not None:
            return self.efface
        if self.numero:
            return Effacement.NUMERO
        return Effacement.VIDE if self.genre is Genre.TEXTE else Effacement.GARDE

    @property
    def reponses(self) -> tuple[str, ...]:
        """What may be answered; () where anything may."""
        return (OUI, NON) if self.genre is Genre.BOOLEEN else self.valeurs

    @cached_property
    def ecritures(self) -> dict[str, str]:
        """Each spelling that is tolerated, as values are compared → the answer that it stands for."""
        autres = _OUI_OU_NON if self.genre is Genre.BOOLEEN else {}
        return {normalise(mot): reponse for reponse in self.reponses for mot in (reponse, *autres.get(reponse, ()))}


@dataclass(frozen=True)
class Feuille:
    """One sheet. `cle` is empty where identical rows are as many events (compared as a multiset).

    `libelle`: the column that says in words what a row is. `personnelle`: its rows are about people, and what a cell
    holds is never quoted. `premiere_fois`: must be present in the first workbook of a PLIE.
    """

    nom: str
    table: str
    colonnes: tuple[Colonne, ...]
    cle: tuple[str, ...]
    libelle: str = ""
    personnelle: bool = False
    premiere_fois: bool = False

    @cached_property
    def rangs(self) -> dict[str, int]:
        """Name of each column → its index in a typed row."""
        return {colonne.nom: rang for rang, colonne in enumerate(self.colonnes)}

    def colonne(self, nom: str) -> Colonne:
        """The column called `nom`; KeyError if there is none."""
        return self.colonnes[self.rangs[nom]]

    @cached_property
    def numeros(self) -> tuple[str, ...]:
        """The columns that say whose row it is; the first one names the row itself, or what it is a part of."""
        return tuple(colonne.nom for colonne in self.colonnes if colonne.numero)

    @cached_property
    def reperes(self) -> tuple[str, ...]:
        """The columns by which a person finds the row: its key, else what is required of it and is not a quantity."""
        requises = (k.nom for k in self.colonnes if k.obligatoire and k.genre is not Genre.NOMBRE)
        return self.cle or tuple(requises)

    def citations(self, *liens: Lien) -> list[Colonne]:
        """The columns that cite another sheet in one of these ways."""
        return [colonne for colonne in self.colonnes if colonne.cite and colonne.lien in liens]

    def cited_as(self, colonne: str) -> str:
        """The column of this sheet that holds the codes of `colonne`, a column that cites it."""
        return colonne if colonne in self.cle else self.cle[1]


@lru_cache(maxsize=4096)
def normalise(texte: str) -> str:
    """`texte` as it is compared: without case, accents, spaces, underscores or apostrophes.

    « Types d’étape » and « TYPES_D_ETAPE » give the same string.
    """
    decompose = unicodedata.normalize("NFKD", texte.translate(_IGNORES))
    sans_accent = "".join(c for c in decompose if not unicodedata.combining(c))
    return "".join(sans_accent.casefold().split()).translate(_IGNORES)
