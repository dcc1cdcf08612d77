"""What a profile is: for each sheet of an extract, the sheets of our format that it feeds, and each column's rule.

Types say what a profile that was written elsewhere may hold: pydantic reads it by them (`depot.profil_from_dict`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, with_config
from pydantic_core import PydanticCustomError

from data_access.colonnes import LONGUEUR_CODE, Colonne, Lien, normalise
from data_access.format import FEUILLES, feuille
from data_access.profils.dates import is_date_format
from data_access.profils.texte import Encodage, Separateur

_STRICT = ConfigDict(strict=True, extra="forbid")
_TEXTE_MAX = 500
TEXTE_ATTENDU = f"un texte de {_TEXTE_MAX} caractères au plus était attendu"
_NOMS = sorted(origine.nom for origine in FEUILLES if origine.nom != "PLIE")
_DU_PLIE = feuille("PLIE").rangs.keys() - {"date_extraction", *feuille("PLIE").cle}


def _must(is_right: Callable[[Any], object], message: str) -> AfterValidator:
    """Refuses in these words what is not right; `{}` stands for its beginning."""

    def check(valeur: Any) -> Any:
        if not is_right(valeur):
            raise PydanticCustomError("refus", "{message}", {"message": message.format(str(valeur)[:LONGUEUR_CODE])})
        return valeur

    return AfterValidator(check)


_Texte = Annotated[
    str,
    _must(lambda texte: len(texte) <= _TEXTE_MAX, TEXTE_ATTENDU),
    _must(str.isprintable, "le texte contient un caractère invisible"),
]
_Mot = Annotated[_Texte, _must(str.strip, TEXTE_ATTENDU)]
_Code = Annotated[
    _Mot, _must(lambda code: len(code) <= LONGUEUR_CODE, f"« code_plie » dépasse {LONGUEUR_CODE} caractères")
]
_FormatDate = Annotated[str, _must(is_date_format, "« format_date » s’écrit par exemple JJ/MM/AAAA")]
_NomDeFeuille = Annotated[str, _must(_NOMS.__contains__, f"la valeur n’est pas dans la liste ({', '.join(_NOMS)})")]
_ColonneDuPlie = Annotated[str, _must(_DU_PLIE.__contains__, "« {} » n’est pas prévu")]


class Sinon(StrEnum):
    """What becomes of a value that the profile does not know."""

    REJETER = "rejeter"
    VIDE = "vide"
    TEL_QUEL = "tel_quel"


@with_config(_STRICT)
@dataclass(frozen=True)
class RegleDeColonne:
    """How one column of ours is filled. Exactly one of `sources` and `constante` is given.

    One source gives its value; several are joined by `separateur` (empty as soon as one is empty).
    """

    sources: Annotated[tuple[_Mot, ...], Field(min_length=1)] = ()
    constante: _Mot | None = None
    separateur: _Texte = "-"
    oui_si_remplies: bool = False
    """« oui » when every source is filled, else « non », whatever they hold."""
    valeurs: dict[_Mot, _Texte] = field(default_factory=dict, hash=False)
    """Value of the extract → ours; « » for non renseigné."""
    sinon: Sinon = Sinon.REJETER
    format_date: _FormatDate | None = None
    recopier: bool = False
    """An empty cell takes the value above (merged cells)."""


_RegleLue = Annotated[
    RegleDeColonne,
    _must(
        lambda regle: bool(regle.sources) != (regle.constante is not None),
        "il faut soit « sources », soit « constante »",
    ),
]


@with_config(_STRICT)
@dataclass(frozen=True)
class Filtre:
    """Rows kept: those whose `colonne` is one of `garder`, is none of `exclure`, is filled when `remplie`."""

    colonne: _Mot
    garder: tuple[_Mot, ...] = ()
    exclure: tuple[_Mot, ...] = ()
    remplie: bool = False


@with_config(_STRICT)
@dataclass(frozen=True)
class ColonneVisee:
    """A sheet of our format, fed by a sheet of the extract. `colonnes`: our column → its rule; `code_plie` is implied.

    `regrouper`: rows that come out identical are one (a person on several lines of the extract).
    `garder_le_reste`: the extract is only a part. What is stored and that it does not speak of stays, rows and columns.
    """

    feuille: _NomDeFeuille
    colonnes: dict[str, _RegleLue] = field(hash=False)
    regrouper: bool = False
    garder_le_reste: bool = False
    filtres: tuple[Filtre, ...] = ()


def _check_columns(cible: ColonneVisee) -> ColonneVisee:
    for nom in sorted(cible.colonnes):
        if nom == "code_plie" or nom not in feuille(cible.feuille).rangs:
            raise PydanticCustomError("refus", "{message}", {"message": f"« {nom[:LONGUEUR_CODE]} » n’est pas prévu"})
    return cible


_CibleLue = Annotated[ColonneVisee, AfterValidator(_check_columns)]


@with_config(_STRICT)
@dataclass(frozen=True)
class FeuilleSource:
    """A sheet of the extract: its name (`*` stands for anything), its row of headers if it must be imposed."""

    nom: _Mot
    cibles: tuple[_CibleLue, ...]
    ligne_entete: Annotated[int, Field(ge=1)] | None = None

    def is_called(self, nom: str) -> bool:
        """Does sheet `nom` of an extract answer to this name?"""
        return fnmatchcase(normalise(nom), normalise(self.nom))

    def source_columns(self) -> list[str]:
        """Every column of the extract that the profile names, once."""
        noms: dict[str, None] = {}
        for cible in self.cibles:
            for regle in cible.colonnes.values():
                noms.update(dict.fromkeys(regle.sources))
            noms.update(dict.fromkeys(filtre.colonne for filtre in cible.filtres))
        return list(noms)


@with_config(_STRICT)
@dataclass(frozen=True)
class Profil:
    """How the extracts of one tool are read for one PLIE.

    `plie`: columns of our sheet « PLIE » for a PLIE that is not loaded yet; those of a known PLIE are kept.
    """

    nom: _Mot
    code_plie: _Code
    logiciel: _Mot
    feuilles: tuple[FeuilleSource, ...]
    encodage: Encodage | None = None
    separateur: Separateur | None = None
    decimale: Literal[",", "."] = ","
    plie: dict[_ColonneDuPlie, _Texte] = field(default_factory=dict, hash=False)

    def targets(self) -> Iterator[tuple[FeuilleSource, ColonneVisee]]:
        """Each sheet of our format that is fed, with the sheet that feeds it."""
        for source in self.feuilles:
            for cible in source.cibles:
                yield source, cible


def find_colonne(cible: ColonneVisee, nom: str) -> Colonne:
    """The column of our format that `nom` is."""
    return feuille(cible.feuille).colonne(nom)


def set_unlisted_aside(profil: Profil) -> tuple[Profil, tuple[str, ...]]:
    """The profile of a PLIE of which nothing is stored, without what could not load; « Feuille.colonne » left aside.

    An export quotes lists (référents, opérations, types of étape) that nobody has given yet: rather than reject every
    row, what quotes them is left aside, and said. Once they are loaded, the same export is matched again.
    """
    laisses: dict[str, None] = {}
    while True:
        donnees = {cible.feuille for _, cible in profil.targets()}
        sources = []
        for source in profil.feuilles:
            gardees = tuple(filter(None, (_keep(cible, donnees, laisses) for cible in source.cibles)))
            sources += [replace(source, cibles=gardees)] if gardees else []
        if tuple(sources) == profil.feuilles:
            return profil, tuple(laisses)
        profil = replace(profil, feuilles=tuple(sources))


def _keep(cible: ColonneVisee, donnees: set[str], laisses: dict[str, None]) -> ColonneVisee | None:
    """The target without the columns that quote a missing list; None when one of them is required."""
    origine = feuille(cible.feuille)
    for colonne in origine.citations(Lien.CONNU, Lien.TENU):
        if colonne.cite in donnees:
            continue
        if colonne.obligatoire:
            laisses[cible.feuille] = None
            return None
        if colonne.nom in cible.colonnes:
            laisses[f"{cible.feuille}.{colonne.nom}"] = None
            cible = replace(cible, colonnes={nom: r for nom, r in cible.colonnes.items() if nom != colonne.nom})
    return cible
