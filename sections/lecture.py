"""Asking `publier` while keeping every answer: an edition holds the proof of what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import sqlalchemy as sa

from data_access.base.jours import add_months
from indicators.comparable import find_year_before, publier_un_an_avant
from indicators.contexte import read_contexte
from indicators.horloges import explain_clock, name_clock
from indicators.nombres import write_value
from indicators.objectifs import ObjectifEvalue
from indicators.perimetre import Droits, Filtres, Periode
from indicators.phrases.chiffres import say_since_last_year
from indicators.publication import find_indicator, publier
from indicators.referentiel import Operation, Plie
from indicators.resultats import Etat, ResultatPublie
from indicators.statuts import find_only_target
from sections.contenu import Chiffre, Figure, Question, Reponse

MOIS_D_UNE_SERIE = 12


@dataclass
class Lecture:
    """One PLIE over one period, for one audience. `figures` grows with each question."""

    base: sa.Connection
    filtres: Filtres
    droits: Droits
    plie: Plie
    operations: Sequence[Operation]
    labels: Mapping[str, Mapping[str, str]]
    objectifs: Sequence[ObjectifEvalue]
    figures: dict[Question, ResultatPublie] = field(default_factory=dict)

    def ask(self, code: str, *par: str, sur: Periode | None = None) -> ResultatPublie:
        """The indicator over the perimeter, cut by `par`, over the period or over `sur`."""
        filtres = self.filtres.over(sur or self.filtres.periode).split_by(*par)
        question = _question_of(code, filtres)
        if question not in self.figures:
            self.figures[question] = publier(self.base, code, filtres, self.droits)
        return self.figures[question]

    def ask_year_before(self, code: str, *par: str, sur: Periode | None = None) -> ResultatPublie:
        """The same figure over the same period of the year before, or that nothing compares."""
        periode = sur or self.filtres.periode
        contexte = read_contexte(self.base, self.filtres.plie)
        if find_year_before(contexte, self.filtres.over(periode), find_indicator(code)) is not None:
            return self.ask(code, *par, sur=periode.one_year_before())
        return publier_un_an_avant(self.base, code, self.filtres.over(periode).split_by(*par), self.droits)

    def ask_eve(self, code: str) -> ResultatPublie:
        """A stock on the evening before the period begins."""
        veille = self.filtres.periode.du - timedelta(days=1)
        return self.ask(code, sur=Periode(veille, veille))

    def series_period(self) -> Periode:
        """The period, made twelve months long when it is shorter: what a monthly series covers."""
        periode = self.filtres.periode
        debut = add_months(periode.au.replace(day=1), 1 - MOIS_D_UNE_SERIE)
        return Periode(min(periode.du, debut), periode.au)

    def find_target(self, indicateur: str, protocole: bool = True) -> ObjectifEvalue | None:
        """The only numbered target on that indicator, of the protocol alone unless told otherwise."""
        return find_only_target((o for o in self.objectifs if not protocole or o.operation is None), indicateur)

    def figure(self, code: str, libelle: str, precision: str = "", cible: str = "") -> Chiffre:
        """The indicator as a large figure, with last year beside; inside an operation, on whose clock."""
        libelle = name_clock(code, libelle, self.filtres)
        precision = explain_clock(code, precision, self.filtres)
        return as_chiffre(self.ask(code), self.ask_year_before(code), libelle, precision, cible)

    def known_figures(self, *figures: Chiffre) -> tuple[Chiffre, ...]:
        """Those of secondary figures that have something to say: a source that was never given takes no room."""
        muets = (Etat.NON_DOCUMENTE, Etat.SANS_OBJET)
        return tuple(f for f in figures if self.ask(f.indicateur).cellule.etat not in muets)

    def frozen_figures(self) -> tuple[Figure, ...]:
        """Every question asked, with its answer."""
        return tuple(as_figure(question, resultat) for question, resultat in self.figures.items())


def as_chiffre(
    resultat: ResultatPublie, avant: ResultatPublie | None, libelle: str, precision: str = "", cible: str = ""
) -> Chiffre:
    """A published figure as it is printed."""
    cellule = resultat.cellule
    connu = cellule.valeur is not None and avant is not None
    return Chiffre(
        indicateur=resultat.indicateur,
        libelle=libelle,
        valeur=cellule.valeur,
        texte=write_value(cellule, resultat.unite),
        unite=str(resultat.unite),
        precision=cellule.motif or precision,
        evolution=say_since_last_year(resultat, avant) if connu and avant else "",
        cible=cible,
    )


def as_figure(question: Question, resultat: ResultatPublie) -> Figure:
    """A published figure as it is kept."""
    cellules = tuple(Reponse(c.par, c.etat, c.valeur, c.numerateur, c.denominateur) for c in resultat)
    return Figure(question, str(resultat.unite), cellules)


def filtres_of(question: Question, code_plie: str) -> Filtres:
    """What must be asked of `publier` to have the answer again."""
    periode = Periode(question.du, question.au)
    return Filtres((code_plie,), periode, question.operation, question.territoire, question.par)


def _question_of(code: str, filtres: Filtres) -> Question:
    periode = filtres.periode
    return Question(code, periode.du, periode.au, filtres.par, filtres.operation, filtres.territoire)
