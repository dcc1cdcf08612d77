"""What a section reads on screen: figures kept by `components.cadre.chiffres`, for the perimeter of the page."""

from collections.abc import Mapping

from components.acces.base import connect
from components.cadre.chiffres import chiffre, chiffre_un_an_avant, labels, objectifs, programmes, reading_url
from components.cadre.choix import Perimetre
from components.cadre.page import describe_reading
from indicators.perimetre import Filtres, Periode
from indicators.realisations import RealisationParQui, list_by_whom
from indicators.referentiel import RegleDeSortie, list_exit_rules
from indicators.resultats import ResultatPublie
from indicators.statuts import SANS_OBJET_PAR_TERRITOIRE
from sections.lecture import Lecture

OBJECTIFS_FERMES = (
    "Un objectif engage une opération entière, ou tout le PLIE : vos droits portent sur une partie seulement, il n’est "
    "donc pas montré. [DRO-007]"
)


class ChiffresGardes:
    """The source of a section on screen: each figure asked once a version of the data and rights."""

    def read(self, code: str, filtres: Filtres) -> ResultatPublie:
        """The indicator over these filters."""
        return chiffre(code, filtres)

    def read_year_before(self, code: str, filtres: Filtres) -> ResultatPublie:
        """The same a year earlier, or that nothing compares."""
        return chiffre_un_an_avant(code, filtres)

    def read_labels(self, plie: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
        """Names that these PLIE give to coded parts."""
        return labels(plie)

    def read_realisations(
        self, plie: tuple[str, ...], operation: str, periode: Periode
    ) -> tuple[RealisationParQui, ...]:
        """What an operation declares, by whom."""
        with connect(reading_url()) as base:
            return list_by_whom(base, plie, operation, periode)

    def read_rules(self, plie: tuple[str, ...], periode: Periode) -> list[RegleDeSortie]:
        """Their exit rules over the period."""
        with connect(reading_url()) as base:
            return list_exit_rules(base, plie, periode)


def open_lecture(perimetre: Perimetre) -> Lecture:
    """What a section needs to be written for the page."""
    sans_objectifs = _explain_no_targets(perimetre)
    filtres = perimetre.filtres
    return Lecture(
        source=ChiffresGardes(),
        filtres=filtres,
        larges=perimetre.filtres_sans_operation,
        plie=perimetre.plie,
        operations=[o for o in programmes().operations if o.code_plie in perimetre.codes],
        territoires=[t for t in programmes().territoires if t.code_plie in perimetre.codes],
        objectifs=() if sans_objectifs else objectifs(perimetre.codes, perimetre.periode.au, filtres.operation),
        sans_objectifs=sans_objectifs,
        dite=describe_reading(perimetre),
    )


def _explain_no_targets(perimetre: Perimetre) -> str:
    """Why no target may stand beside the figures of this perimeter; empty where some may."""
    if perimetre.objectifs_fermes:
        return OBJECTIFS_FERMES
    return SANS_OBJET_PAR_TERRITOIRE if perimetre.filtres.territoire is not None else ""
