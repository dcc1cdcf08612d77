"""Publics with masked parts: what is shown is drawn, what is masked stays one block, a zero is never masked."""

from datetime import date

import pytest

from charts.donnees import Point
from charts.parts import MASQUEE, OUI_NON, Groupe, parts_empilees
from components.publics import Repartition, gather_masked
from indicators.declaration import Unite
from indicators.perimetre import Filtres, Periode
from indicators.resultats import Cellule, Etat, ResultatPublie

FINE = "\u202f"


def result(**parts: float | None) -> ResultatPublie:
    """Participants by RSA; None where it is masked."""
    cellules = tuple(
        Cellule((("rsa", code.replace("_", " ")),), Etat.VALEUR if n is not None else Etat.MASQUE, n, n)
        for code, n in parts.items()
    )
    filtres = Filtres(("P",), Periode(date(2021, 1, 1), date(2021, 12, 31)), par=("rsa",))
    return ResultatPublie("participants_accompagnes", "Participants", Unite.PARTICIPANTS, filtres, cellules, 1)


def draw(*valeurs: tuple[str, float | None]) -> list[Point]:
    return [Point(nom, nom, n, "masqué" if n is None else str(n), nom) for nom, n in valeurs]


def test_share_of_a_known_total_though_others_are_masked() -> None:
    rsa = Repartition("rsa", result(oui=365, non=None, non_renseigné=None), 648)
    assert rsa.write("oui") == f"365 (56,3{FINE}%)"
    assert (rsa.share("non"), rsa.write("non")) == (None, "masqué")


@pytest.mark.parametrize(
    ("rsa", "parts"),
    [
        (Repartition("rsa", result(oui=365, non=None), None), (None, None)),
        (Repartition("rsa", result(non_renseigné=20), 20), (None, 1.0)),
        (Repartition("rsa", result(non=20), 20), (0.0, 0.0)),
    ],
    ids=["masked total", "known of nobody", "nobody"],
)
def test_share_that_cannot_be_said(rsa: Repartition, parts: tuple[float | None, float | None]) -> None:
    assert (rsa.share("oui"), rsa.share("non renseigné")) == parts


def test_masked_parts_are_one_block_of_a_known_total() -> None:
    reste = Point(MASQUEE, MASQUEE, 283, "masqué", MASQUEE)
    oui, non, inconnu = draw(("Oui", 365), ("Non", None), ("Non renseigné", None))
    assert gather_masked([oui, non, inconnu], 648) == (oui, reste)


@pytest.mark.parametrize(
    ("points", "total"),
    [
        (draw(("Oui", 365), ("Non", 283)), 648),
        (draw(("Oui", 365), ("Non", None)), None),
        (draw(("Oui", None), ("Non", None)), 648),
        (draw(("Oui", 0), ("Non", None)), 648),
    ],
    ids=["all shown", "total masked", "all masked", "a zero only"],
)
def test_otherwise_parts_stay_as_they_are(points: list[Point], total: float | None) -> None:
    assert gather_masked(points, total) == tuple(points)


def test_the_block_is_named_in_the_legend_only_where_it_is() -> None:
    masque = Groupe("RSA", "", gather_masked(draw(("Oui", 365), ("Non", None)), 648))
    entier = Groupe("RSA", "", tuple(draw(("Oui", 365), ("Non", 283))))
    legendes = [parts_empilees([g], "x", OUI_NON).to_dict() for g in (masque, entier)]
    domaines = [g["layer"][0]["encoding"]["color"]["scale"]["domain"] for g in legendes]
    assert domaines == [[*OUI_NON, MASQUEE], list(OUI_NON)]
    assert "Oui 365, Masqué masqué" in legendes[0]["description"]
