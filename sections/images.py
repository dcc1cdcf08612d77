"""Pictures and tables as plain data: what is drawn, in which words, what a click opens. Four printers draw the same."""

from dataclasses import dataclass, replace
from enum import StrEnum

from indicators.nombres import say_rounding


class Forme(StrEnum):
    """How a picture is drawn.

    `TEMPS`: one line per series. `FLUX`: columns side by side per month. `PUCES`: a bar for what is done (first series,
    shares of the target) and a tick for what was expected by now (second series). `CARTE`: a circle at each place,
    sized by the first series, coloured by the second.
    """

    BARRES = "barres"
    TEMPS = "temps"
    FLUX = "flux"
    PARTS = "parts"
    CASCADE = "cascade"
    PARITE = "parite"
    PUCES = "puces"
    CARTE = "carte"


class Clic(StrEnum):
    """What a click on a mark opens: nothing, the picture of `Image.details` of that code, the rows behind it, or a
    filter of every page."""

    RIEN = ""
    DETAIL = "detail"
    LIGNES = "lignes"
    OPERATION = "operation"
    TERRITOIRE = "territoire"


@dataclass(frozen=True)
class Serie:
    """Numbers of one name, one per category; None where there is none, and `textes` says why. `base`: what they are
    rounded to, 0 when they are exact."""

    nom: str
    valeurs: tuple[float | None, ...]
    textes: tuple[str, ...]
    base: int = 0


@dataclass(frozen=True)
class Tableau:
    """A table of words: by itself, with its title and what it says, or in the place of a picture's own numbers.

    `liens`: the filters that a click on the first cell of each line chooses, as (filter, code). `ouvert`: shown at
    once, not folded. `parts`: columns (by their rank) also drawn as bars in their cells, each as a share of one.
    `essentielles`: the ranks of the columns that a slide keeps.
    """

    entete: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    titre: str = ""
    note: str = ""
    liens: tuple[tuple[tuple[str, str], ...], ...] = ()
    ouvert: bool = False
    parts: tuple[tuple[int, tuple[float | None, ...]], ...] = ()
    essentielles: tuple[int, ...] = ()

    def shortened(self, lignes: int) -> "Tableau":
        """Its essential columns and first lines, for a page that cannot hold more; the note says what is left out."""
        rangs = self.essentielles or tuple(range(len(self.entete)))
        coupe = f"les {lignes} premières lignes sur {len(self.lignes)}" if len(self.lignes) > lignes else ""
        moins = "d’autres colonnes" if len(rangs) < len(self.entete) else ""
        reste = " et ".join(filter(None, (coupe, moins)))
        note = " ; ".join(filter(None, (self.note, f"{reste} : tout est dans le classeur" if reste else "")))
        gardees = tuple(tuple(ligne[r] for r in rangs) for ligne in self.lignes[:lignes])
        return Tableau(tuple(self.entete[r] for r in rangs), gardees, self.titre, note)

    def without_first(self, condition: bool) -> "Tableau":
        """The same without its first column where `condition` says that it would say one thing in every line."""
        if not condition:
            return self
        return replace(self, entete=self.entete[1:], lignes=tuple(ligne[1:] for ligne in self.lignes))


@dataclass(frozen=True)
class Image:
    """A picture and its table. `message`: the sentence that it shows; `sujet`: what it is about.

    `unite` « % » : values are fractions. `repere`: a number drawn as a line, named `nom_du_repere`. `mois`: for a
    picture along time, its months as « 2021-09 ». `absence`: why there is nothing to draw, printed in its place.
    `statuts`: for bullets, the status of each target (its colour). `codes`: what a click on each category chooses,
    `clic` what it then opens, `details` the pictures by code. `tableau`: in the place of the picture's own numbers.
    `positions`: longitude and latitude of each category of a map. `detail_seul`: a screen shows it, papers leave it
    out: another section prints it, or it is asked for by a click.
    """

    code: str
    genre: Forme
    message: str
    sujet: str
    entete: str
    categories: tuple[str, ...]
    series: tuple[Serie, ...]
    unite: str
    indicateurs: tuple[str, ...]
    effectif: str = ""
    note: str = ""
    repere: float | None = None
    nom_du_repere: str = ""
    mois: tuple[str, ...] = ()
    absence: str = ""
    statuts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    clic: Clic = Clic.RIEN
    details: tuple[tuple[str, "Image"], ...] = ()
    tableau: Tableau | None = None
    detail_seul: bool = False
    positions: tuple[tuple[float, float], ...] = ()

    def detail(self, code: str | None) -> "Image | None":
        """The picture that a click on that code opens."""
        return dict(self.details).get(code) if code else None

    @property
    def base(self) -> int:
        """What the numbers are rounded to; 0 when all are exact."""
        return max((serie.base for serie in self.series), default=0)

    @property
    def incomplete(self) -> bool:
        """True when a number is unknown, or was masked in an old edition: the others are not the shares of a whole."""
        return any(valeur is None for serie in self.series if not serie.base for valeur in serie.valeurs)

    @property
    def dessinable(self) -> bool:
        """False when the picture would be empty, or false: its table of words then stands for it."""
        lignes = list(zip(*(serie.valeurs for serie in self.series), strict=True))
        if self.genre is Forme.CASCADE:
            return len(self.series) == 1 and len(lignes) == 4 and (None,) not in lignes
        if self.genre is Forme.PARTS and self.incomplete:
            # Bars cut of most of their parts would be read as whole.
            return 2 * sum(None not in ligne for ligne in lignes) >= len(lignes)
        return any(valeur is not None for ligne in lignes for valeur in ligne)

    @property
    def remarque(self) -> str:
        """What must be read beside the picture, its rounding included."""
        return " ; ".join(filter(None, (self.note, say_rounding(self.base))))
