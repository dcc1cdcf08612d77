"""The sums that the audit takes for known: no reader may be credited with one that the data alone would suggest."""

from datetime import date

from indicators.masquage.audit import deduce
from indicators.masquage.comptages import Carte
from indicators.masquage.lecture import TOUJOURS, Chiffre, Cle, Lecture
from indicators.masquage.liens import Liens
from indicators.masquage.sens import SORTIES
from indicators.perimetre import Periode

ANNEE = Periode(date(2021, 1, 1), date(2021, 12, 31))
EMPLOI = (("categorie", "positive"), ("nature", "emploi"))
INCONNUE = (("nature", "non renseigné"),)


def exits(*parts: tuple[str, str]) -> Cle:
    return Cle(SORTIES, "A4", ANNEE, "", frozenset(parts))


def read(*, implique: bool) -> Lecture:
    """One exit, shown; its nature is unknown, which no one is told. Where « emploi » says « positive », it is
    listed under it."""
    emploi = EMPLOI if implique else EMPLOI[1:]
    lecture = Lecture("P", Carte({}, frozenset(), {}), {}, {EMPLOI[1]: frozenset(EMPLOI[:1])} if implique else {})
    lecture.chiffres = {exits(): Chiffre(1, montre=True), exits(*INCONNUE): Chiffre(1), exits(*emploi): Chiffre(0)}
    lecture.complets = {(exits()._replace(periode=TOUJOURS), "nature")}
    return lecture


def guess(lecture: Lecture) -> dict[Cle, float]:
    liens = Liens(lecture)
    liens.build()
    return deduce({exits(): 1}, liens.sommes)


def test_parts_that_imply_others_are_not_forgotten_in_the_whole() -> None:
    assert exits(*INCONNUE) not in guess(read(implique=True))
    assert exits(*INCONNUE) not in guess(read(implique=False))


def test_a_whole_of_one_part_gives_it() -> None:
    lecture = read(implique=False)
    del lecture.chiffres[exits(*EMPLOI[1:])]
    assert guess(lecture)[exits(*INCONNUE)] == 1
