"""Publics in a rounded reading: every part has its number or its word, shares are of rounded counts."""

from datetime import date

import pytest

from charts.donnees import Point
from charts.palette import OUI_NON
from charts.parts import Groupe, parts_empilees
from components.impression.publics import Repartition
from indicators.declaration import Unite
from indicators.nombres import ENVIRON
from indicators.perimetre import Filtres, Periode
from indicators.resultats import Cellule, Etat, ResultatPublie

FINE = "\u202f"


def cell(nombre: float | None, base: int = 0, code: str = "oui") -> Cellule:
    """A part of the split by RSA; None stands for a small rounded count."""
    etat = Etat.MOINS_DE_5 if nombre is None else Etat.ARRONDI if base else Etat.EXACT
    return Cellule((("rsa", code),), etat, nombre, nombre, base=base)


def split(total: Cellule, *parts: Cellule) -> Repartition:
    filtres = Filtres(("P",), Periode(date(2021, 1, 1), date(2021, 12, 31)), par=("rsa",))
    resultat = ResultatPublie("participants_accompagnes", "Participants", Unite.PARTICIPANTS, filtres, parts, 1)
    return Repartition("rsa", resultat, total)


@pytest.mark.parametrize(
    ("repartition", "oui", "inconnus"),
    [
        (split(cell(648), cell(365), cell(283, code="non")), f"365 (56,3{FINE}%)", f"0 (0,0{FINE}%)"),
        (split(cell(648), cell(365, 5), cell(None, 5, "non")), f"{ENVIRON}365 ({ENVIRON}56{FINE}%)", f"0 (0,0{FINE}%)"),
        (split(cell(20, 5), cell(15, 5), cell(None, 5, "non")), f"{ENVIRON}15", "0"),
        (split(cell(20), cell(20, code="non renseigné")), "0", f"20 (100,0{FINE}%)"),
    ],
    ids=["exact", "rounded", "too few for a share", "known of nobody"],
)
def test_a_part_is_written_with_the_share_that_can_be_said(repartition: Repartition, oui: str, inconnus: str) -> None:
    assert (repartition.write("oui"), repartition.write("non renseigné")) == (oui, inconnus)


def test_a_small_part_is_a_word_and_hides_no_other() -> None:
    assert split(cell(648), cell(365, 5), cell(None, 5, "non")).write("non") == "moins de 5"
    points = (Point("Oui", "Oui", 365, "≈ 365", "Oui", 5), Point("Non", "Non", None, "moins de 5", "Non", 5))
    lignes = parts_empilees([Groupe("RSA", "", points)], "x", OUI_NON).to_dict()
    (donnees,) = lignes["datasets"].values()
    assert [(d["texte"], d["debut"], d["fin"]) for d in donnees] == [("≈ 365", 0.0, 1.0), ("moins de 5", 1.0, 1.0)]


def test_too_few_people_are_not_shared_out() -> None:
    points = (Point("Oui", "Oui", 15, "≈ 15", "Oui", 5), Point("Non", "Non", 5, "≈ 5", "Non", 5))
    (donnees,) = parts_empilees([Groupe("RSA", "≈ 15 oui", points)], "x", OUI_NON).to_dict()["datasets"].values()
    assert [(d["texte"], d["fin"]) for d in donnees] == [("≈ 15 oui", None)]
