"""What a section reads: each figure is asked once, under the perimeter of the meeting or of the page, and kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from data_access.base.jours import add_months
from indicators.comparable import is_comparable
from indicators.horloges import departures
from indicators.objectifs import ObjectifEvalue
from indicators.perimetre import Filtres, Periode
from indicators.realisations import RealisationParQui
from indicators.referentiel import Operation, Plie, RegleDeSortie, Territoire
from indicators.resultats import ResultatPublie
from indicators.statuts import find_only_target
from sections.contenu import Figure, Question, ReponseFigee

MOIS_D_UNE_SERIE, SEUIL_USUEL = 12, 10
DEPARTS = "departs"
"""Stands for whoever leaves the file active: exits of the PLIE, or of the operation inside one."""


class Quand(StrEnum):
    """Over which days a figure is asked. `SERIE`: the period, made twelve months long when it is shorter."""

    PERIODE = "periode"
    UN_AN_AVANT = "un_an_avant"
    VEILLE = "veille"
    SERIE = "serie"
    SERIE_UN_AN_AVANT = "serie_un_an_avant"


@dataclass(frozen=True)
class Demande:
    """A figure that a section may ask. `large`: over every operation, whatever the one chosen. `ailleurs`: over another
    territory than the one chosen."""

    code: str
    par: tuple[str, ...] = ()
    quand: Quand = Quand.PERIODE
    large: bool = False
    ailleurs: bool = False


def now(*codes: str) -> tuple[Demande, ...]:
    """These figures over the period."""
    return tuple(Demande(code) for code in codes)


def cards(*codes: str) -> tuple[Demande, ...]:
    """These figures over the period and over the same period of the year before: what a card prints."""
    return tuple(Demande(code, (), quand) for code in codes for quand in (Quand.PERIODE, Quand.UN_AN_AVANT))


def split(code: str, *par: str, quand: Quand = Quand.PERIODE, large: bool = False) -> tuple[Demande, ...]:
    """A figure cut by those splits."""
    return (Demande(code, par, quand, large),)


def monthly(code: str) -> tuple[Demande, ...]:
    """A figure month by month, with the months of the year before."""
    return tuple(Demande(code, ("mois",), quand) for quand in (Quand.SERIE, Quand.SERIE_UN_AN_AVANT))


class Source(Protocol):
    """Where figures come from: `publier` for the rights of the reader, kept or not."""

    def read(self, code: str, filtres: Filtres) -> ResultatPublie:
        """The indicator over these filters."""

    def read_year_before(self, code: str, filtres: Filtres) -> ResultatPublie:
        """The same over the same period of the year before, or that nothing compares."""

    def read_labels(self, plie: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
        """Names that these PLIE give to the coded parts, by split."""

    def read_realisations(self, plie: tuple[str, ...], operation: str, periode: Periode) -> Sequence[RealisationParQui]:
        """What an operation declares, by structure, company and sector."""

    def read_rules(self, plie: tuple[str, ...], periode: Periode) -> Sequence[RegleDeSortie]:
        """Their exit rules in force over the period."""


@dataclass
class Lecture:
    """A perimeter over a period, for one reader. `figures` and `demandes` grow with each question.

    `objectifs`: the targets that may stand beside its figures, `sans_objectifs` why none may. `larges`: the same
    perimeter over every operation that is open. `seuil`: communes with fewer people accompanied are put together.
    `dite`: the perimeter, the date and the reading in words, for the files that a reader takes away.
    """

    source: Source
    filtres: Filtres
    larges: Filtres
    plie: Sequence[Plie]
    operations: Sequence[Operation]
    territoires: Sequence[Territoire] = ()
    objectifs: Sequence[ObjectifEvalue] = ()
    sans_objectifs: str = ""
    seuil: int = SEUIL_USUEL
    dite: tuple[str, ...] = ()
    figures: dict[Question, ResultatPublie] = field(default_factory=dict)
    demandes: set[Demande] = field(default_factory=set)

    def ask(
        self, code: str, *par: str, quand: Quand = Quand.PERIODE, large: bool = False, ou: str | None = None
    ) -> ResultatPublie:
        """The indicator over the perimeter, cut by `par`; `ou`: in that territory instead of the one chosen."""
        self.demandes.add(Demande(code, par, quand, large, ou is not None))
        filtres = (self.larges if large else self.filtres).split_by(*par).over(self._days(quand))
        filtres = filtres if ou is None else replace(filtres, territoire=ou)
        code = departures(filtres) if code == DEPARTS else code
        avant = quand in (Quand.UN_AN_AVANT, Quand.SERIE_UN_AN_AVANT)
        resultat = (self.source.read_year_before if avant else self.source.read)(code, filtres)
        if not avant or is_comparable(resultat):
            self.figures[_question_of(code, resultat.filtres)] = resultat
        return resultat

    def ask_year_before(self, code: str, *par: str) -> ResultatPublie:
        """The same figure over the same period of the year before, or that nothing compares."""
        return self.ask(code, *par, quand=Quand.UN_AN_AVANT)

    def _days(self, quand: Quand) -> Periode:
        periode = self.filtres.periode
        if quand is Quand.VEILLE:
            veille = periode.du - timedelta(days=1)
            return Periode(veille, veille)
        if quand in (Quand.SERIE, Quand.SERIE_UN_AN_AVANT):
            return Periode(min(periode.du, add_months(periode.au.replace(day=1), 1 - MOIS_D_UNE_SERIE)), periode.au)
        return periode

    @property
    def plusieurs(self) -> bool:
        """True where several PLIE are read together: names are then followed by those that use them."""
        return len(self.filtres.plie) > 1

    def names(self, decoupage: str, plie: tuple[str, ...] | None = None) -> Mapping[str, str]:
        """What the PLIE call the parts of a split."""
        return self.source.read_labels(plie or self.filtres.plie)[decoupage]

    def find_target(self, indicateur: str, protocole: bool = True) -> ObjectifEvalue | None:
        """The only numbered target on that indicator, of the protocol alone unless told otherwise; None where several
        PLIE are read: the target of one is not the target of all."""
        siens = (o for o in self.objectifs if not protocole or o.operation is None)
        return None if self.plusieurs else find_only_target(siens, indicateur)

    def frozen_figures(self) -> tuple[Figure, ...]:
        """Every question asked, with its answer."""
        return tuple(as_figure(question, resultat) for question, resultat in self.figures.items())


def short_name(nom: str) -> str:
    """« Agenais » for « PLIE de l’Agenais »: how it is looked for in a list."""
    for mot in ("PLIE ", "de l’", "des ", "du ", "de "):
        nom = nom.removeprefix(mot)
    return nom


def only(resultat: ResultatPublie, cellules: Iterable) -> ResultatPublie:
    """The same result with those cells alone."""
    return replace(resultat, cellules=tuple(cellules))


def as_figure(question: Question, resultat: ResultatPublie) -> Figure:
    """A published figure as it is kept."""
    cellules = tuple(ReponseFigee(c.par, c.etat, c.valeur, c.numerateur, c.denominateur) for c in resultat)
    return Figure(question, str(resultat.unite), cellules)


def filtres_of(question: Question, code_plie: str) -> Filtres:
    """What must be asked of `publier` to have the answer again."""
    periode = Periode(question.du, question.au)
    return Filtres((code_plie,), periode, question.operation, question.territoire, question.par)


def _question_of(code: str, filtres: Filtres) -> Question:
    periode = filtres.periode
    return Question(code, periode.du, periode.au, filtres.par, filtres.operation, filtres.territoire)
