"""An edition as plain data: every word and number that a meeting is shown, with nothing left to compute.

Screens, slides, workbook and PDF print the same edition, so they cannot disagree. It is kept as JSON
(`seances.edition`), so that a reader opens it two years later as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from data_access.droits import ARRONDIE, EXACTE
from data_access.seances.editions import sign
from indicators.nombres import say_rounding
from indicators.resultats import Etat


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
class Question:
    """What was asked of `publier`: enough to ask it again."""

    indicateur: str
    du: date
    au: date
    par: tuple[str, ...] = ()
    operation: str | None = None
    territoire: str | None = None


@dataclass(frozen=True)
class ReponseFigee:
    """One cell of an answer: its place in the splits, its state, its numbers."""

    par: tuple[tuple[str, str], ...]
    etat: Etat
    valeur: float | None
    numerateur: float | None
    denominateur: float | None


@dataclass(frozen=True)
class Figure:
    """A published figure as it was: question and cells. The proof behind every word of the sections."""

    question: Question
    unite: str
    cellules: tuple[ReponseFigee, ...]


@dataclass(frozen=True)
class Chiffre:
    """A large figure. `texte` is what is printed, a word for a figure without value; `unite` as in the catalogue.

    `par`: its place in a split, where the card prints one part of a figure.
    """

    indicateur: str
    libelle: str
    valeur: float | None
    texte: str
    unite: str
    precision: str = ""
    evolution: str = ""
    cible: str = ""
    par: tuple[tuple[str, str], ...] = ()

    @property
    def en_mots(self) -> bool:
        """True when a word stands in the place of the number: it is printed smaller."""
        return self.valeur is None and not self.texte[:1].isdigit()


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
    def en_barres(self) -> "Image":
        """The picture itself; of a map, its first series as bars with the others in a table, where no map is drawn."""
        if self.genre is not Forme.CARTE:
            return self
        entete = (self.entete, *(serie.nom for serie in self.series))
        lignes = tuple(zip(self.categories, *(serie.textes for serie in self.series), strict=True))
        return replace(self, genre=Forme.BARRES, series=self.series[:1], tableau=Tableau(entete, lignes))

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


@dataclass(frozen=True)
class Cible:
    """A target. Numbers are those of the target's own unit; `part` = realised ÷ target, `attendu_part` likewise.

    A maximum delay is given as the share within it, of 100 %. `remarque`: what must be known to read it rightly.
    `fait`: what is realised of what was promised, in words; `suite`: its rate, what was expected, where it is heading;
    `explication`: how the number was obtained. `plie`: whose target, named where there are several.
    """

    operation: str | None
    libelle: str
    realise: float | None
    objectif: float | None
    attendu: float | None
    part: float | None
    attendu_part: float | None
    est_taux: bool
    statut: str
    texte: str
    projection: str
    debut: date
    fin: date
    source: str
    remarque: str = ""
    plie: str = ""
    fait: str = ""
    suite: str = ""
    explication: str = ""
    attendu_ecrit: str = ""
    objectif_max: float | None = None
    est_maximum: bool = False
    remarques: tuple[str, ...] = ()


def draw_bullets(
    sujet: str, cibles: Sequence[Cible], code: str = "cibles", note: str = "", detail_seul: bool = False
) -> Image:
    """Targets as bullets, each as a share of its own number."""
    return Image(
        code=code,
        genre=Forme.PUCES,
        message=sujet,
        sujet=sujet,
        entete="Objectif",
        categories=tuple(f"{c.plie} · {c.libelle}" if c.plie else c.libelle for c in cibles),
        series=(
            Serie("Où en est-on", tuple(c.part for c in cibles), tuple(c.texte for c in cibles)),
            Serie("Attendu à ce jour", tuple(c.attendu_part for c in cibles), tuple(c.attendu_ecrit for c in cibles)),
        ),
        unite="%",
        indicateurs=(),
        note=note,
        statuts=tuple(c.statut for c in cibles),
        detail_seul=detail_seul,
    )


@dataclass(frozen=True)
class Groupe:
    """The targets of one operation, or of the protocol (`code` None), with their summary."""

    code: str | None
    titre: str
    resume: str
    cibles: tuple[Cible, ...]
    plie: str = ""
    remarque: str = ""

    @property
    def image(self) -> Image:
        """The bullets of the targets that have a number and data."""
        return draw_bullets(self.titre, [c for c in self.cibles if c.part is not None])


@dataclass(frozen=True)
class Section:
    """What is shown of a subject. `message`: the sentence to remember; `muets`: the secondary figures of which nothing
    is known, named in one line; `notes`: what must be known before reading. The last two are what the team wrote."""

    code: str
    titre: str
    message: str
    phrases: tuple[str, ...] = ()
    chiffres: tuple[Chiffre, ...] = ()
    images: tuple[Image, ...] = ()
    groupes: tuple[Groupe, ...] = ()
    tableaux: tuple[Tableau, ...] = ()
    muets: str = ""
    notes: tuple[str, ...] = ()
    commentaire: str = ""
    points_de_decision: tuple[str, ...] = ()

    @property
    def a_imprimer(self) -> tuple[Image, ...]:
        """The pictures that papers and the projection print: those that a screen alone shows are left out."""
        return tuple(i for i in self.images if not i.absence and not i.detail_seul)


@dataclass(frozen=True)
class Definition:
    """A definition as the catalogue gave it on that day."""

    code: str
    libelle: str
    texte: str
    unite: str
    sources: tuple[str, ...]
    reserves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suivi:
    """A decision of an earlier meeting and what became of it."""

    numero: int
    texte: str
    porteur: str
    echeance: date | None
    etat: str
    suivi: str


@dataclass(frozen=True)
class Edition:
    """All of a meeting. `numero` and `publie_le` are None while it is prepared (a preview).

    `audience` is the role that reads it. `arrondi_a`: what its small numbers are rounded to, 0 for exact ones, None in
    an edition of the time when they were masked. `mention`: « ue » or « fse » (the funder's mention of the period).
    """

    code_plie: str
    plie: str
    instance: str
    titre: str
    audience: str
    du: date
    au: date
    date_donnees: date
    perimetre: str
    operation: str | None
    territoire: str | None
    version: int
    version_le: datetime | None
    inventees: bool
    mention: str
    regles: tuple[str, ...]
    sections: tuple[Section, ...]
    suivis: tuple[Suivi, ...]
    definitions: tuple[Definition, ...]
    figures: tuple[Figure, ...]
    commentaire: str = ""
    arrondi_a: int | None = None
    numero: int | None = None
    publie_le: datetime | None = None
    publie_par: str = ""

    @property
    def signature(self) -> str:
        """« par Camille Roux », preceded by a space; nothing where nobody signed in."""
        return sign(self.publie_par)

    @property
    def arrondit(self) -> bool:
        """True when small numbers are protected, False in an edition that shows them all."""
        return self.arrondi_a != 0

    @property
    def lecture(self) -> str:
        """How its readers read small numbers."""
        return ARRONDIE if self.arrondit else EXACTE

    def published(self, numero: int, publie_le: datetime, publie_par: str) -> "Edition":
        """The same content with the number that its publication gives it."""
        return replace(self, numero=numero, publie_le=publie_le, publie_par=publie_par)
