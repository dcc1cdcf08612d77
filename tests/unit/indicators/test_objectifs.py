"""Targets: proration, status, projection, in the cases where the rule is easily misread."""

from datetime import date

import pytest

from data_access.base.moteur import make_engine
from indicators.objectifs import (
    ObjectifEvalue,
    Statut,
    count_reached,
    elapsed_share,
    evaluate_objectifs,
    months_of,
)
from indicators.perimetre import ANIMATION
from tests.base_d_exemple import PLIE_EXEMPLE, load_example

DEBUT, FIN = date(2021, 1, 1), date(2021, 12, 31)

OPERATIONS = """
code_operation | etp
O1             | 2.0
O2             |
"""
REALISATIONS = """
code_operation | code_indicateur | realise_le | valeur
O1             | heures          | 2021-03-31 | 60
O1             | heures          | 2021-06-30 | 40
O1             | heures          | 2021-07-01 | 500
"""
REFERENTS = """
code_referent | etp | depuis     | jusqua
R1            | 1.0 | 2020-01-01 |
R2            | 0.5 | 2020-01-01 |
R3            | 1.0 | 2021-07-01 |
"""


def evaluate(objectif: str, au: date, realisations: str = REALISATIONS, **autres: str) -> ObjectifEvalue:
    entete = "code_operation | code_indicateur | libelle | nature | valeur | valeur_max | unite | debut | fin"
    tables = {
        "operations": OPERATIONS,
        "referents": REFERENTS,
        "objectifs": f"{entete}\n{objectif}",
        "realisations": realisations,
    } | autres
    engine = make_engine("sqlite://")
    with engine.connect() as base:
        load_example(base, tables)
        (evalue,) = evaluate_objectifs(base, PLIE_EXEMPLE, au, ANIMATION)
    engine.dispose()
    return evalue


def _heures(nature: str, valeur: str, valeur_max: str = "", unite: str = "heures") -> str:
    return f"O1 | heures | Heures | {nature} | {valeur} | {valeur_max} | {unite} | 2021-01-01 | 2021-12-31"


def test_count_is_prorated_to_the_day() -> None:
    objectif = evaluate(_heures("fixe", "365"), date(2021, 6, 30))
    assert objectif.attendu == pytest.approx(181)
    assert objectif.realise == 100
    assert objectif.statut is Statut.EN_RETARD
    assert objectif.taux == pytest.approx(100 / 365)


@pytest.mark.parametrize(
    ("valeur", "statut"),
    [
        ("100", Statut.ATTEINT),
        ("183", Statut.EN_AVANCE),  # expected 90.7: 100 is 110.2 % of it
        ("184", Statut.DANS_LE_RYTHME),
        ("224", Statut.DANS_LE_RYTHME),  # expected 111.08: 100 is 90.03 % of it
        ("225", Statut.EN_RETARD),
    ],
)
def test_status_bands(valeur: str, statut: Statut) -> None:
    assert evaluate(_heures("fixe", valeur), date(2021, 6, 30)).statut is statut


def test_after_the_end_only_reached_or_not() -> None:
    assert evaluate(_heures("fixe", "601"), date(2022, 1, 1)).statut is Statut.NON_ATTEINT
    assert evaluate(_heures("fixe", "600"), date(2022, 1, 1)).statut is Statut.ATTEINT
    assert evaluate(_heures("fixe", "601"), date(2021, 12, 31)).statut is Statut.DANS_LE_RYTHME


def test_maximum_is_never_prorated() -> None:
    tenu = evaluate(_heures("maximum", "100"), date(2021, 6, 30))
    assert (tenu.attendu, tenu.statut, tenu.projection) == (100, Statut.ATTEINT, None)
    assert evaluate(_heures("maximum", "99"), date(2021, 6, 30)).statut is Statut.DEPASSE


def test_above_the_bracket_is_reached_and_flagged() -> None:
    dedans = evaluate(_heures("fourchette", "90", "110"), date(2021, 6, 30))
    assert (dedans.statut, dedans.au_dela_de_la_fourchette) == (Statut.ATTEINT, False)
    dessus = evaluate(_heures("fourchette", "50", "99"), date(2021, 6, 30))
    assert (dessus.statut, dessus.au_dela_de_la_fourchette) == (Statut.ATTEINT, True)


def test_par_etp_multiplies_by_etp_and_months() -> None:
    objectif = evaluate(_heures("par_etp", "100"), date(2021, 6, 30))
    assert objectif.objectif == pytest.approx(200)
    assert objectif.valeur_texte == 100
    six_mois = "O1 | heures | Heures | par_etp | 100 | | heures | 2021-01-01 | 2021-06-30"
    assert evaluate(six_mois, date(2021, 6, 30)).objectif == pytest.approx(100)


def test_par_etp_without_etp_has_no_data() -> None:
    objectif = evaluate("O2 | heures | Heures | par_etp | 100 | | h | 2021-01-01 | 2021-12-31", date(2021, 6, 30))
    assert (objectif.objectif, objectif.statut) == (None, Statut.SANS_DONNEE)


def test_par_referent_counts_those_in_post() -> None:
    ligne = " | sorties | Sorties | par_referent | 25 | | sorties | 2021-01-01 | 2021-12-31"
    assert evaluate(ligne, date(2021, 6, 30)).objectif == 50
    assert evaluate(ligne, date(2021, 7, 1)).objectif == 75


def test_no_row_is_no_data_and_no_number_is_not_set() -> None:
    assert evaluate(_heures("fixe", "10"), date(2021, 3, 30)).statut is Statut.SANS_DONNEE
    sans_nombre = evaluate(_heures("fixe", ""), date(2021, 6, 30))
    assert (sans_nombre.statut, sans_nombre.attendu, sans_nombre.realise) == (Statut.NON_PARAMETRE, None, 100)


def test_before_the_start_nothing_is_realised() -> None:
    objectif = evaluate(_heures("fixe", "10"), date(2020, 12, 31))
    assert (objectif.part_ecoulee, objectif.realise, objectif.statut) == (0, None, Statut.SANS_DONNEE)


def test_projection_waits_for_a_fifth_of_the_period() -> None:
    assert evaluate(_heures("fixe", "10"), date(2021, 3, 13), REALISATIONS.replace("03-31", "01-31")).projection is None
    projection = evaluate(_heures("fixe", "10"), date(2021, 6, 30)).projection
    assert projection is not None
    assert projection.valeur == pytest.approx(100 * 365 / 181)
    assert 100 <= projection.basse < projection.valeur < projection.haute


def test_projection_of_a_finished_period_is_what_was_done() -> None:
    projection = evaluate(_heures("fixe", "10"), FIN).projection
    assert projection is not None
    assert projection.basse == projection.valeur == projection.haute == 600


def test_stock_and_rate_targets_are_not_prorated() -> None:
    parcours = """
    id_parcours | entree_le  | sortie_le  | type_sortie
    A           | 2021-01-01 | 2021-05-01 | cdi
    B           | 2021-01-01 | 2021-06-30 |
    C           | 2021-01-01 |            |
    """
    regles = """
    type_sortie | categorie
    cdi         | positive
    """
    taux = " | taux_sorties_positives | Taux | taux | 0.5 | | % | 2021-01-01 | 2021-12-31"
    objectif = evaluate(taux, date(2021, 6, 30), parcours=parcours, regles_de_sortie=regles)
    assert (objectif.attendu, objectif.realise, objectif.statut) == (0.5, 0.5, Statut.ATTEINT)
    norme = " | file_active_par_etp | Norme | maximum | 80 | | par ETP | 2021-01-01 | 2021-12-31"
    objectif = evaluate(norme, date(2021, 6, 30), parcours=parcours)
    assert (objectif.attendu, objectif.realise) == (80, pytest.approx(1 / 1.5))


def test_reached_out_of_those_that_have_a_number_and_data() -> None:
    objectifs = [
        evaluate(_heures("fixe", "100"), date(2021, 6, 30)),
        evaluate(_heures("fixe", "1000"), date(2021, 6, 30)),
        evaluate(_heures("fixe", ""), date(2021, 6, 30)),
        evaluate(_heures("fixe", "10"), date(2021, 3, 30)),
    ]
    assert count_reached(objectifs) == (1, 2)


@pytest.mark.parametrize(
    ("debut", "fin", "mois"),
    [
        (DEBUT, FIN, 12),
        (date(2021, 2, 1), date(2021, 2, 28), 1),
        (date(2020, 2, 1), date(2020, 2, 29), 1),
        (date(2021, 1, 31), date(2021, 2, 27), 1),
        (date(2021, 1, 1), date(2021, 1, 1), 1 / 31),
        (date(2021, 3, 1), date(2024, 2, 29), 36),
    ],
)
def test_months_of_a_period(debut: date, fin: date, mois: float) -> None:
    assert months_of(debut, fin) == pytest.approx(mois)


def test_elapsed_share_counts_both_ends() -> None:
    assert elapsed_share(DEBUT, FIN, DEBUT) == pytest.approx(1 / 365)
    assert elapsed_share(DEBUT, FIN, date(2020, 12, 31)) == 0
    assert elapsed_share(DEBUT, FIN, date(2025, 1, 1)) == 1
