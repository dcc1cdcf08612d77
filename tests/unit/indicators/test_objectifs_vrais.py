"""Targets that start with a stock, have no rhythm, bear on a delay or on a part, end before the data, contradict."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from data_access.base.moteur import make_engine
from indicators.objectifs import ObjectifEvalue, Statut, evaluate_objectifs
from indicators.perimetre import ANIMATION, Droits
from indicators.phrases.cibles import find_rivals, put_rivals_together, write_part, write_realise, write_since
from indicators.resultats import Etat
from indicators.statuts import find_only_target, write_reached, write_statut
from tests.base_d_exemple import PLIE_EXEMPLE, load_example

COLONNES = [
    "code_operation",
    "code_indicateur",
    "part",
    "libelle",
    "nature",
    "valeur",
    "valeur_max",
    "unite",
    "debut",
    "fin",
]
JUIN, FIN = date(2021, 6, 30), date(2021, 12, 31)


def evaluate(
    objectifs: Sequence[dict[str, str]], au: date, droits: Droits = ANIMATION, **tables: str
) -> list[ObjectifEvalue]:
    usuel = {"libelle": "Objectif", "nature": "fixe", "debut": "2021-01-01", "fin": "2021-12-31"}
    lignes = [" | ".join((usuel | o).get(nom, "") for nom in COLONNES) for o in objectifs]
    objectif = "\n".join([" | ".join(COLONNES), *lignes])
    engine = make_engine("sqlite://")
    with engine.connect() as base:
        load_example(base, {"objectifs": objectif} | tables)
        evalues = evaluate_objectifs(base, PLIE_EXEMPLE, au, droits)
    engine.dispose()
    return evalues


def people(nombre: int, entree: str, sortie: str = "", **autres: str) -> list[dict[str, str]]:
    return [{"entree_le": entree, "sortie_le": sortie} | autres for _ in range(nombre)]


def as_parcours(lignes: list[dict[str, str]]) -> str:
    noms = ["id_parcours", *dict.fromkeys(nom for ligne in lignes for nom in ligne)]
    corps = [
        " | ".join([f"P{rang:04}", *(ligne.get(nom, "") for nom in noms[1:])]) for rang, ligne in enumerate(lignes)
    ]
    return "\n".join([" | ".join(noms), *corps])


# 60 are there on New Year's Eve (10 more leave that very day), 20 come in the first half of the year.
STOCK = as_parcours(
    people(60, "2020-03-01", rsa="oui")
    + people(10, "2020-03-01", "2020-12-31", rsa="oui")
    + people(20, "2021-03-01", rsa="non")
)


def test_a_count_that_starts_with_a_stock_is_not_prorated_from_zero() -> None:
    (objectif,) = evaluate([{"code_indicateur": "participants_accompagnes", "valeur": "100"}], JUIN, parcours=STOCK)
    part = 181 / 365
    assert (objectif.realise, objectif.depart) == (80, 60)
    assert objectif.attendu == pytest.approx(60 + 40 * part)
    assert objectif.projection is not None
    assert objectif.projection.valeur == pytest.approx(60 + 20 / part)  # from zero it would be 161
    assert objectif.statut is Statut.DANS_LE_RYTHME


def test_a_count_by_characteristic_starts_with_its_own_stock() -> None:
    rsa, autres = evaluate(
        [
            {"code_indicateur": "participants_rsa", "valeur": "100"},
            {"code_indicateur": "participants_rsa", "valeur": "100", "part": "handicap=oui"},
        ],
        JUIN,
        parcours=STOCK,
    )
    assert (rsa.realise, rsa.depart) == (60, 60)
    assert (autres.realise, autres.depart) == (0, 0)


def test_an_operation_that_begins_takes_over_those_of_the_plie() -> None:
    participations = """
    id_parcours | code_operation | entree_le
    P0000       | O1             | 2021-01-01
    P0001       | O1             | 2021-01-01
    P0002       | O1             | 2021-02-01
    P0070       | O1             | 2021-03-01
    """
    (objectif,) = evaluate(
        [{"code_operation": "O1", "code_indicateur": "participants_accompagnes", "valeur": "5"}],
        JUIN,
        parcours=STOCK,
        participations=participations,
    )
    # From zero, 4 in six months would be 8 in a year.
    assert (objectif.realise, objectif.depart) == (4, 2)
    assert objectif.projection is not None
    assert objectif.projection.valeur == pytest.approx(2 + 2 / (181 / 365))


def test_in_an_operation_the_stock_is_that_of_the_operation() -> None:
    participations = """
    id_parcours | code_operation | entree_le  | sortie_le
    P0000       | O1             | 2020-06-01 |
    P0001       | O1             | 2021-02-01 |
    P0002       | O1             | 2020-06-01 | 2020-12-31
    """
    operations = """
    code_operation | debut      | fin
    O1             | 2020-01-01 | 2021-12-31
    """
    (objectif,) = evaluate(
        [{"code_operation": "O1", "code_indicateur": "participants_accompagnes", "valeur": "4"}],
        JUIN,
        parcours=STOCK,
        participations=participations,
        operations=operations,
    )
    assert (objectif.realise, objectif.depart) == (2, 1)


@pytest.mark.parametrize(
    ("au", "valeur", "statut"),
    [
        (JUIN, "0.5", Statut.ATTEINT),
        (JUIN, "0.55", Statut.PROCHE),
        (JUIN, "0.56", Statut.EN_DESSOUS),
        (date(2022, 1, 1), "0.55", Statut.NON_ATTEINT),
    ],
)
def test_a_rate_has_no_rhythm(au: date, valeur: str, statut: Statut) -> None:
    participants = "id_participant | sexe\nA | F\nB | H"
    parcours = "id_parcours | id_participant | entree_le\n1 | A | 2021-01-01\n2 | B | 2021-01-01"
    (objectif,) = evaluate(
        [{"code_indicateur": "part_femmes", "nature": "taux", "valeur": valeur}],
        au,
        participants=participants,
        parcours=parcours,
    )
    assert (objectif.statut, objectif.attendu, objectif.projection) == (statut, float(valeur), None)


@pytest.mark.parametrize(("valeur", "statut"), [("88", Statut.PROCHE), ("89", Statut.EN_DESSOUS)])
def test_a_stock_has_no_rhythm(valeur: str, statut: Statut) -> None:
    (objectif,) = evaluate([{"code_indicateur": "file_active", "valeur": valeur}], JUIN, parcours=STOCK)
    assert (objectif.realise, objectif.statut, objectif.attendu) == (80, statut, float(valeur))


DELAIS = as_parcours(
    people(3, "2021-03-01", prescription_le="2021-01-01", diagnostic_le="2021-01-05")
    + people(2, "2021-03-01", prescription_le="2021-01-01", diagnostic_le="2021-01-22")
)


@pytest.mark.parametrize(
    ("au", "maximum", "hors", "statut", "ecrit"),
    [
        (JUIN, "15", 2, Statut.DEPASSE, "2 sur 5 hors délai (15 jours au plus)"),
        (JUIN, "20", 2, Statut.DEPASSE, "2 sur 5 hors délai (20 jours au plus)"),
        (JUIN, "21", 0, Statut.ATTEINT, "5 sur 5 dans le délai (21 jours au plus)"),
        (date(2022, 1, 1), "15", 2, Statut.NON_ATTEINT, "2 sur 5 hors délai (15 jours au plus)"),
    ],
)
def test_a_maximum_delay_is_judged_on_those_within_it(
    au: date, maximum: str, hors: int, statut: Statut, ecrit: str
) -> None:
    # The median, 4 days, would always call it reached.
    (objectif,) = evaluate(
        [{"code_indicateur": "delai_diagnostic", "nature": "maximum", "valeur": maximum, "unite": "jours (maximum)"}],
        au,
        parcours=DELAIS,
    )
    assert (objectif.realise, objectif.hors_delai, objectif.hors_delai_sur) == (4, hors, 5)
    assert objectif.statut is statut
    assert objectif.taux == pytest.approx(1 - hors / 5)
    assert write_realise(objectif) == ecrit
    assert write_statut(objectif).endswith(f" : {ecrit}")


def test_a_maximum_delay_without_any_date_has_no_data() -> None:
    (objectif,) = evaluate(
        [{"code_indicateur": "delai_diagnostic", "nature": "maximum", "valeur": "15"}], JUIN, parcours=STOCK
    )
    assert (objectif.statut, objectif.etat, objectif.hors_delai) == (Statut.SANS_DONNEE, Etat.NON_DOCUMENTE, None)


SIX_ANS = as_parcours(people(7, "2015-03-01") + people(4, "2019-12-31") + people(5, "2020-01-01"))


def test_what_comes_after_the_period_is_beside_it() -> None:
    cinq_ans = {"debut": "2015-01-01", "fin": "2019-12-31", "valeur": "15"}
    entrees, accompagnes = evaluate(
        [cinq_ans | {"code_indicateur": code} for code in ("entrees", "participants_accompagnes")],
        FIN,
        parcours=SIX_ANS,
    )
    assert (entrees.realise, entrees.depuis, entrees.statut) == (11, 5, Statut.NON_ATTEINT)
    # People still there are not counted again.
    assert (accompagnes.realise, accompagnes.depuis) == (11, 5)
    assert write_since(entrees) == "5 de plus depuis le 31/12/2019, hors de la période de l’objectif"
    (en_cours,) = evaluate([cinq_ans | {"code_indicateur": "entrees"}], date(2019, 6, 30), parcours=SIX_ANS)
    assert (en_cours.depuis, write_since(en_cours)) == (None, "")


def test_a_part_restricts_the_figure_and_its_stock() -> None:
    rsa, sans, deux = evaluate(
        [
            {"code_indicateur": "participants_accompagnes", "valeur": "70", "part": "rsa=oui"},
            {"code_indicateur": "participants_accompagnes", "valeur": "70", "part": "handicap=oui"},
            {"code_indicateur": "participants_accompagnes", "valeur": "70", "part": "rsa=non ; mode=complet"},
        ],
        JUIN,
        parcours=STOCK,
    )
    assert (rsa.realise, rsa.depart, rsa.statut) == (60, 60, Statut.DANS_LE_RYTHME)
    assert write_part(rsa) == "compte seulement : Bénéficiaire du RSA, Oui"
    assert (sans.realise, sans.depart) == (0, 0)
    assert (deux.realise, deux.depart) == (20, 0)
    assert find_only_target([rsa, sans], "participants_accompagnes") is None


@pytest.mark.parametrize("part", ["couleur=bleu", "rsa", "classe=1"])
def test_a_part_that_names_nobody_has_no_data(part: str) -> None:
    (objectif,) = evaluate(
        [{"code_indicateur": "participants_accompagnes", "valeur": "70", "part": part}], JUIN, parcours=STOCK
    )
    assert (objectif.realise, objectif.statut) == (None, Statut.SANS_DONNEE)


def test_a_part_is_judged_on_the_rounded_count_in_a_rounded_reading() -> None:
    trois = as_parcours(people(58, "2021-03-01", rsa="oui") + people(3, "2021-03-01", rsa="non"))
    arrondis = evaluate(
        [
            {"code_indicateur": "participants_accompagnes", "valeur": "60", "part": "rsa=oui"},
            {"code_indicateur": "participants_accompagnes", "valeur": "2", "part": "rsa=non"},
            {"code_indicateur": "participants_accompagnes", "valeur": "60"},
        ],
        FIN,
        Droits("comite"),
        parcours=trois,
    )
    rsa, peu, tous = arrondis
    assert (rsa.realise, rsa.base, rsa.statut) == (60, 5, Statut.ATTEINT)
    assert (peu.realise, peu.etat, peu.statut) == (None, Etat.MOINS_DE_5, Statut.SANS_DONNEE)
    assert (tous.realise, tous.base, tous.statut) == (61, 0, Statut.ATTEINT)
    assert write_realise(rsa) == "≈\u00a060 sur 60 participants"
    assert write_realise(peu) == "moins de 5 pour un objectif de 2 participants"
    assert write_statut(rsa) == "Atteint : ≈\u00a060 sur 60"


def test_one_number_as_a_minimum_and_as_a_maximum_is_said_on_both() -> None:
    referents = "code_referent | etp | depuis\nR1 | 1.0 | 2020-01-01"
    mini, autre, maxi = evaluate(
        [
            {"code_indicateur": "file_active_par_referent", "valeur": "80"},
            {"code_indicateur": "entrees", "valeur": "10"},
            {"code_indicateur": "file_active_par_etp", "nature": "maximum", "valeur": "80"},
        ],
        JUIN,
        parcours=STOCK,
        referents=referents,
    )
    dit = find_rivals(mini, [mini, autre, maxi])
    assert dit.startswith("le texte donne tantôt un minimum, tantôt un maximum : 80 au moins ; 80 au plus.")
    assert find_rivals(maxi, [mini, autre, maxi]) == dit
    assert find_rivals(autre, [mini, autre, maxi]) == ""
    assert put_rivals_together([mini, autre, maxi]) == [mini, maxi, autre]
    plus_tard = replace(maxi, debut=date(2022, 1, 1), fin=date(2023, 12, 31))
    assert "80 au moins (2021) ; 80 au plus (2022-2023)." in find_rivals(mini, [mini, plus_tard])
    assert find_rivals(mini, [mini, replace(plus_tard, objectif=90.0)]) == ""
    assert find_rivals(mini, [mini, replace(mini, objectif=70.0, debut=date(2022, 1, 1), fin=date(2022, 12, 31))]) == ""


def test_no_target_stands_under_the_name_of_a_territory() -> None:
    assert write_reached([], "47001")[0] == "sans objet"
    assert write_reached([])[0] == "sans donnée"
