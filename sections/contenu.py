"""An edition as plain data: every word and number that a meeting is shown, with nothing left to compute.

Screens, slides, workbook and PDF print the same edition, so they cannot disagree. It is kept as JSON
(`seances.edition`), so that a reader opens it two years later as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from data_access.droits import ARRONDIE, EXACTE
from data_access.seances.editions import sign
from indicators.resultats import Etat
from sections.images import Forme, Image, Serie, Tableau


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
