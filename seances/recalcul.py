"""Computing an edition anew: its data are written again from the journal, and every question is asked again."""

from dataclasses import dataclass

import sqlalchemy as sa

from data_access.base.moteur import make_engine
from data_access.historique.instantane import rebuild
from data_access.refus import Refus
from indicators.perimetre import Droits
from indicators.publication import publier
from sections.contenu import Edition, Figure
from sections.lecture import as_figure, filtres_of


@dataclass(frozen=True)
class Divergence:
    """A figure that is not found again: as it was published, and as it is computed today (None = refused)."""

    avant: Figure
    apres: Figure | None


def recompute(base: sa.Connection, edition: Edition) -> list[Divergence]:
    """Figures of the edition that its own data, read with today's definitions, no longer give; [] when all hold.

    Raises Refus when the data of that version cannot be written again.
    """
    engine = make_engine("sqlite://")
    try:
        rebuild(base, {edition.code_plie: edition.version}, engine)
        with engine.connect() as passe:
            refaites = [ask_again(passe, edition, figure) for figure in edition.figures]
    finally:
        engine.dispose()
    return [
        Divergence(avant, apres)
        for avant, apres in zip(edition.figures, refaites, strict=True)
        if not _same(avant, apres)
    ]


def ask_again(base: sa.Connection, edition: Edition, figure: Figure) -> Figure | None:
    """The same question, to these data, for the same audience; None when it is refused today."""
    droits = Droits(edition.audience, (edition.code_plie,), lecture=edition.lecture)
    question = figure.question
    try:
        resultat = publier(base, question.indicateur, filtres_of(question, edition.code_plie), droits)
    except Refus:
        return None
    return as_figure(question, resultat)


def _same(avant: Figure, apres: Figure | None) -> bool:
    return apres is not None and set(avant.cellules) == set(apres.cellules)
