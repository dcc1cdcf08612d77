"""What a profile is: for each sheet of an extract, the sheets of our format that it feeds, and each column's rule."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fnmatch import fnmatchcase

from data_access.colonnes import Colonne, Lien, normalise
from data_access.format import feuille


class Sinon(StrEnum):
    """What becomes of a value that the profile does not know."""

    REJETER = "rejeter"
    VIDE = "vide"
    TEL_QUEL = "tel_quel"


@dataclass(frozen=True)
class Regle:
    """How one column of ours is filled. Exactly one of `sources` and `constante` is given.

    One source gives its value; several are joined by `separateur` (empty as soon as one is empty).
    """

    sources: tuple[str, ...] = ()
    constante: str | None = None
    separateur: str = "-"
    oui_si_remplies: bool = False
    """« oui » when every source is filled, else « non », whatever they hold."""
    valeurs: dict[str, str] = field(default_factory=dict, hash=False)
    """Value of the extract → ours; « » for non renseigné."""
    sinon: Sinon = Sinon.REJETER
    format_date: str | None = None
    recopier: bool = False
    """An empty cell takes the value above (merged cells)."""


@dataclass(frozen=True)
class Filtre:
    """Rows kept: those whose `colonne` is one of `garder`, is none of `exclure`, is filled when `remplie`."""

    colonne: str
    garder: tuple[str, ...] = ()
    exclure: tuple[str, ...] = ()
    remplie: bool = False


@dataclass(frozen=True)
class Cible:
    """A sheet of our format, fed by a sheet of the extract. `colonnes`: our column → its rule; `code_plie` is implied.

    `regrouper`: rows that come out identical are one (a person on several lines of the extract).
    `garder_le_reste`: the extract is only a part. What is stored and that it does not speak of stays, rows and columns.
    """

    feuille: str
    colonnes: dict[str, Regle] = field(hash=False)
    regrouper: bool = False
    garder_le_reste: bool = False
    filtres: tuple[Filtre, ...] = ()


@dataclass(frozen=True)
class FeuilleSource:
    """A sheet of the extract: its name (`*` stands for anything), its row of headers if it must be imposed."""

    nom: str
    cibles: tuple[Cible, ...]
    ligne_entete: int | None = None

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


@dataclass(frozen=True)
class Profil:
    """How the extracts of one tool are read for one PLIE.

    `plie`: columns of our sheet « PLIE » for a PLIE that is not loaded yet; those of a known PLIE are kept.
    """

    nom: str
    code_plie: str
    logiciel: str
    feuilles: tuple[FeuilleSource, ...]
    encodage: str | None = None
    separateur: str | None = None
    decimale: str = ","
    plie: dict[str, str] = field(default_factory=dict, hash=False)

    def targets(self) -> Iterator[tuple[FeuilleSource, Cible]]:
        """Each sheet of our format that is fed, with the sheet that feeds it."""
        for source in self.feuilles:
            for cible in source.cibles:
                yield source, cible


def find_colonne(cible: Cible, nom: str) -> Colonne:
    """The column of our format that `nom` is."""
    return feuille(cible.feuille).colonne(nom)


def set_unlisted_aside(profil: Profil) -> tuple[Profil, tuple[str, ...]]:
    """The profile of a PLIE of which nothing is stored, without what could not load; « Feuille.colonne » left aside."""
    laisses: dict[str, None] = {}
    while True:
        donnees = {cible.feuille for _, cible in profil.targets()}
        avant = profil
        profil = _map(profil, donnees, laisses)
        if profil == avant:
            return profil, tuple(laisses)


def _map(profil: Profil, donnees: set[str], laisses: dict[str, None]) -> Profil:
    sources = []
    for source in profil.feuilles:
        cibles = [_keep(cible, donnees, laisses) for cible in source.cibles]
        gardees = tuple(cible for cible in cibles if cible is not None)
        if gardees:
            sources.append(replace(source, cibles=gardees))
    return replace(profil, feuilles=tuple(sources))


def _keep(cible: Cible, donnees: set[str], laisses: dict[str, None]) -> Cible | None:
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
