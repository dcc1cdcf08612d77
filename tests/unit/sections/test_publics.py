"""Publics in a rounded reading: every part has its number or its word, shares are of rounded counts."""

import pytest

from indicators.declaration import Unite
from indicators.nombres import ENVIRON
from indicators.perimetre import Filtres
from indicators.resultats import Cellule, Etat, ResultatPublie
from sections.publics import _write_part
from tests.unit.sections.lectures import ANNEE, read

FINE = "\u202f"


def cell(nombre: float | None, base: int = 0, code: str = "oui") -> Cellule:
    """A part of the split by RSA; None stands for a small rounded count."""
    etat = Etat.MOINS_DE_5 if nombre is None else Etat.ARRONDI if base else Etat.EXACT
    return Cellule((("rsa", code),), etat, nombre, nombre, base=base)


def write(total: Cellule, parts: tuple[Cellule, ...], valeur: str) -> str:
    def answer(code: str, filtres: Filtres) -> ResultatPublie:
        cellules = parts if filtres.par else (total,)
        return ResultatPublie(code, "Participants", Unite.PARTICIPANTS, filtres, cellules, 1)

    lecture = read(("P",), answer)
    filtres = Filtres(("P",), ANNEE, par=("rsa",))
    return _write_part(lecture, answer("participants_accompagnes", filtres), "rsa", valeur)


@pytest.mark.parametrize(
    ("total", "parts", "oui"),
    [
        (cell(648), (cell(365), cell(283, code="non")), f"365 (56,3{FINE}%)"),
        (cell(648), (cell(365, 5), cell(None, 5, "non")), f"{ENVIRON}365 ({ENVIRON}56{FINE}%)"),
        (cell(20, 5), (cell(15, 5), cell(None, 5, "non")), f"{ENVIRON}15"),
        (cell(20), (cell(20, code="non renseigné"),), "0"),
    ],
    ids=["exact", "rounded", "too few for a share", "known of nobody"],
)
def test_a_part_is_written_with_the_share_that_can_be_said(total: Cellule, parts: tuple, oui: str) -> None:
    assert write(total, parts, "oui") == oui


def test_a_small_part_is_a_word() -> None:
    assert write(cell(648), (cell(365, 5), cell(None, 5, "non")), "non") == "moins de 5"
    assert write(cell(20), (cell(20, code="non renseigné"),), "non renseigné") == f"20 (100,0{FINE}%)"
