"""French numbers, dates and states, to the character."""

from datetime import date

import pytest

from indicators import nombres as n
from indicators.resultats import Cellule, Etat


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        (n.write_integer(1012), "1\u202f012"),
        (n.write_integer(0), "0"),
        (n.write_integer(-26), "\u221226"),
        (n.write_integer(2.5), "3"),
        (n.write_decimal(14.25), "14,3"),
        (n.write_decimal(80), "80,0"),
        (n.write_number(80.0), "80"),
        (n.write_number(1.5), "1,5"),
        (n.write_percent(0.393), "39,3\u202f%"),
        (n.write_percent(0.5, 0), "50\u202f%"),
        (n.write_percent(0.0125), "1,3\u202f%"),
        (n.write_points(0.06), "+\u00a06,0\u00a0points"),
        (n.write_points(-0.015), "\u2212\u00a01,5\u00a0point"),
        (n.write_points(0), "0,0\u00a0point"),
        (n.write_change(0.032), "+\u00a03,2\u202f%"),
        (n.write_signed(-26), "\u2212\u00a026"),
        (n.write_amount(14.2, "mois"), "14,2\u00a0mois"),
        (n.write_date(date(2021, 9, 30)), "30 septembre 2021"),
        (n.write_date(date(2021, 1, 1)), "1er janvier 2021"),
        (n.write_date(date(2021, 1, 11)), "11 janvier 2021"),
        (n.write_date(date(2021, 1, 21)), "21 janvier 2021"),
        (n.write_short_date(date(2021, 9, 30)), "30/09/2021"),
        (n.write_month("2021-09"), "sept. 2021"),
    ],
)
def test_written_in_french(ecrit: str, attendu: str) -> None:
    assert ecrit == attendu


@pytest.mark.parametrize(
    ("etat", "mot"),
    [(Etat.MOINS_DE_5, "moins de 5"), (Etat.SANS_OBJET, "sans objet"), (Etat.NON_DOCUMENTE, "non documenté")],
)
def test_a_state_is_words_never_a_number(etat: Etat, mot: str) -> None:
    assert n.write_value(Cellule((), etat), "parcours") == mot


@pytest.mark.parametrize(
    ("valeur", "unite", "attendu"),
    [
        (1012, "parcours", "1\u202f012"),
        (0.393, "%", "39,3\u202f%"),
        (0.06, "points", "+\u00a06,0\u00a0points"),
        (14.2, "mois", "14,2\u00a0mois"),
        (81.25, "parcours par ETP", "81,3"),
        (0, "sorties", "0"),
    ],
)
def test_each_unit_has_its_manner(valeur: float, unite: str, attendu: str) -> None:
    assert n.write_value(Cellule((), Etat.EXACT, valeur), unite) == attendu
