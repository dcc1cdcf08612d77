"""What no masking could hide, and nothing more than that."""

from dataclasses import dataclass
from datetime import date

import pytest

from indicators.masquage.comptages import Carte
from indicators.masquage.inevitables import is_all_of_a_total, says_no_more, smallest_total
from indicators.masquage.lecture import Chiffre, Cle, Lecture
from indicators.masquage.sens import ACCOMPAGNES, SORTIES, STOCK
from indicators.perimetre import Periode

ANNEE = Periode(date(2020, 1, 1), date(2020, 12, 31))
MOIS = Periode(date(2020, 5, 1), date(2020, 5, 31))
AUTRE_ANNEE = Periode(date(2019, 1, 1), date(2019, 12, 31))
SANS_TYPE = ("categorie", "non_documentee")


@dataclass(frozen=True)
class Lu:
    """Exits of a month and of a year; `documentees` of the year are not of the same category."""

    documentees: int = 0
    annee: Periode = ANNEE
    part: tuple[str, str] = SANS_TYPE
    population: str = SORTIES
    montre: bool = True

    def key(self, periode: Periode, *parts: tuple[str, str], lieu: str = "") -> Cle:
        return Cle(self.population, "", periode, lieu, frozenset(parts))

    def read(self) -> Lecture:
        lecture = Lecture("P", Carte({}, frozenset(), {}), {}, {}, periodes=(self.annee, MOIS))
        lecture.chiffres = {
            self.key(MOIS): Chiffre(7, montre=True),
            self.key(MOIS, self.part): Chiffre(7),
            self.key(self.annee): Chiffre(219, montre=True),
            self.key(self.annee, self.part): Chiffre(219 - self.documentees, montre=self.montre),
        }
        return lecture

    def says_no_more(self) -> bool:
        return says_no_more(self.read(), self.key(MOIS, self.part))


def test_what_is_said_of_all_the_year_is_said_of_its_months() -> None:
    assert Lu().says_no_more()


@pytest.mark.parametrize(
    "lu",
    [
        Lu(documentees=1),
        Lu(montre=False),
        Lu(annee=AUTRE_ANNEE),
        Lu(part=("saisie", "à temps")),
        Lu(population=STOCK),
        Lu(population=ACCOMPAGNES),
    ],
    ids=str,
)
def test_otherwise_it_is_a_leak(lu: Lu) -> None:
    assert not lu.says_no_more()


def test_a_part_of_a_place_that_holds_everybody() -> None:
    lu = Lu(population=STOCK)
    lecture, referent = lu.read(), ("referent", "R1")
    petit = lu.key(MOIS, referent, lieu="K1")
    assert not says_no_more(lecture, petit)
    lecture.chiffres[lu.key(MOIS, lieu="K1")] = Chiffre(6, montre=True)
    assert not says_no_more(lecture, petit)
    lecture.chiffres[lu.key(MOIS, lieu="K1")] = Chiffre(7, montre=True)
    assert says_no_more(lecture, petit)


def test_smallest_total_looks_at_every_whole() -> None:
    lu = Lu()
    lecture = lu.read()
    fin = lu.key(MOIS, SANS_TYPE, ("sexe", "F"), ("autres que", "3"), lieu="K1")
    assert smallest_total(lecture, fin) == 7
    lecture.chiffres[lu.key(MOIS, ("sexe", "F"))] = Chiffre(4)
    assert smallest_total(lecture, fin) == 7
    lecture.chiffres[lu.key(MOIS, ("sexe", "F"))] = Chiffre(4, montre=True)
    assert smallest_total(lecture, fin) == 4
    assert smallest_total(lecture, lu.key(AUTRE_ANNEE, SANS_TYPE)) == float("inf")


def test_all_of_a_shown_total() -> None:
    lu = Lu()
    lecture, reste = lu.read(), lu.key(MOIS, ("autres que", "3"))
    assert is_all_of_a_total(lecture, reste, 7)
    assert not is_all_of_a_total(lecture, reste, 6)
    lecture.chiffres[lu.key(MOIS)] = Chiffre(7)
    assert not is_all_of_a_total(lecture, reste, 7)
