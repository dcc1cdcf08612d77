"""Targets in words, to the character."""

from dataclasses import replace
from datetime import date

import pytest

from indicators.objectifs import ObjectifEvalue, Projection, Statut
from indicators.phrases.cibles import (
    explain_number,
    find_repeats,
    find_rivals,
    write_attendu,
    write_group,
    write_operation,
    write_projection,
    write_realise,
    write_taux,
)
from indicators.referentiel import Operation
from indicators.statuts import write_reached

FINE, INS = "\u202f", "\u00a0"
DEBUT, FIN = date(2021, 1, 1), date(2021, 12, 31)
MARCHES = ObjectifEvalue(
    plie="P",
    operation="A3",
    indicateur="marches",
    libelle="Nombre de marchés",
    nature="fixe",
    valeur_texte=120.0,
    objectif=120.0,
    objectif_max=None,
    unite="marchés",
    debut=DEBUT,
    fin=FIN,
    realise=87.0,
    attendu=89.75,
    taux=87 / 120,
    projection=Projection(116.3, 95.4, 137.2),
    statut=Statut.DANS_LE_RYTHME,
    part_ecoulee=0.75,
    au_dela_de_la_fourchette=False,
    source="Appel, l. 1",
)
SANS_NOMBRE = replace(MARCHES, valeur_texte=None, objectif=None, attendu=None, taux=None, statut=Statut.NON_PARAMETRE)


@pytest.mark.parametrize(
    ("objectif", "attendu"),
    [
        (MARCHES, "87 sur 120 marchés"),
        (replace(MARCHES, realise=None), "aucune donnée pour un objectif de 120 marchés"),
        (SANS_NOMBRE, "87 marchés"),
        (replace(SANS_NOMBRE, realise=None), "aucune donnée"),
        (replace(MARCHES, realise=31450.0, objectif=40000.0, unite="heures"), f"31{FINE}450 sur 40{FINE}000 heures"),
        (
            replace(MARCHES, nature="taux", unite="% (minimum)", realise=0.4272, objectif=0.5),
            f"42,7{FINE}% pour un objectif de 50,0{FINE}%",
        ),
        (
            replace(MARCHES, nature="maximum", unite="participants par ETP (maximum)", realise=82.97, objectif=80.0),
            "83,0 pour un maximum de 80 participants par ETP",
        ),
        (
            replace(MARCHES, nature="fourchette", unite="participants", realise=27.0, objectif=30.0, objectif_max=35.0),
            "27 pour une fourchette de 30 à 35 participants",
        ),
        (replace(MARCHES, nature="par_etp", unite="marchés pour 1 ETP"), "87 sur 120 marchés"),
        (replace(MARCHES, nature="par_referent", unite="sorties par référent"), "87 sur 120 sorties"),
    ],
)
def test_realised_against_the_target(objectif: ObjectifEvalue, attendu: str) -> None:
    assert write_realise(objectif) == attendu


def test_reached_says_what_is_left_out_and_why() -> None:
    atteint = replace(MARCHES, statut=Statut.ATTEINT)
    avec = "objectifs ayant un nombre et une donnée"
    assert write_reached([atteint, MARCHES]) == ("1 / 2", avec)
    assert write_reached([atteint, MARCHES, SANS_NOMBRE]) == ("1 / 2", f"{avec} ; 1 sans nombre ou sans donnée")
    assert write_reached([SANS_NOMBRE]) == ("sans donnée", "aucun objectif n’a un nombre et une donnée")


def test_rate_and_expected() -> None:
    assert write_taux(MARCHES) == f"73{FINE}% de l’objectif"
    assert write_attendu(MARCHES) == "attendu à ce jour : 90"
    assert write_attendu(replace(MARCHES, attendu=1.4959)) == "attendu à ce jour : 1,5"
    assert write_attendu(replace(MARCHES, depart=30.0)) == "attendu à ce jour : 90, dont 30 déjà là au début"
    assert write_attendu(replace(MARCHES, attendu=120.0)) == ""
    assert write_taux(replace(MARCHES, nature="taux")) == ""


def test_projection_only_while_the_period_runs_and_with_a_number() -> None:
    assert write_projection(MARCHES) == "au rythme actuel : 116, entre 95 et 137, le 31/12/2021"
    assert write_projection(replace(MARCHES, projection=None)) == ""
    assert write_projection(replace(MARCHES, part_ecoulee=1.0)) == ""
    assert write_projection(SANS_NOMBRE) == ""


def test_how_the_number_was_obtained() -> None:
    par_etp = replace(MARCHES, nature="par_etp", valeur_texte=50.0, objectif=240.0)
    assert explain_number(par_etp) == "50 par ETP × 4,8 ETP × 12/12 mois = 240"
    six_mois = replace(par_etp, objectif=120.0, fin=date(2021, 6, 30))
    assert explain_number(six_mois) == "50 par ETP × 4,8 ETP × 6/12 mois = 120"
    par_referent = replace(MARCHES, nature="par_referent", valeur_texte=25.0, objectif=150.0)
    assert explain_number(par_referent) == "25 par référent × 6 référents en poste = 150"
    assert explain_number(replace(par_etp, objectif=None)) == "50 par ETP : le nombre d’ETP manque"
    assert explain_number(SANS_NOMBRE) == "le texte ne donne pas de nombre à atteindre"
    assert explain_number(MARCHES) == ""


def test_contradictory_numbers_are_said_on_both() -> None:
    cinq, six = replace(MARCHES, objectif=5.0), replace(MARCHES, objectif=6.0, libelle="Conventions en cours")
    attendu = "le texte donne plusieurs nombres pour cet indicateur : 5 ; 6. Chacun est suivi à part"
    assert find_rivals(cinq, [cinq, six]) == find_rivals(six, [cinq, six]) == attendu
    assert find_rivals(cinq, [cinq, replace(cinq, libelle="Autre")]) == ""
    assert find_rivals(cinq, [cinq, replace(six, operation="A4")]) == ""


def _operation(code: str, intitule: str = "Clauses", **autres: object) -> Operation:
    return Operation("P", code, intitule, None, DEBUT, FIN, None, None, **autres)  # type: ignore[arg-type]


def test_an_operation_repeated_word_for_word() -> None:
    operations = [_operation("GP2"), _operation("GP4"), _operation("GP5", "Coordination"), _operation("GP6")]
    memes = [replace(MARCHES, operation=code) for code in ("GP2", "GP4", "GP5")]
    assert find_repeats(operations, memes) == {("P", "GP4"): "GP2"}
    assert find_repeats(operations, [*memes, replace(MARCHES, operation="GP4", libelle="Autre")]) == {}


def test_operation_and_group_lines() -> None:
    operation = replace(_operation("A3"), etp=4.8, axe="O.S 2", source="Appel, l. 9")
    assert write_operation(operation) == f"O.S 2 · du 01/01/2021 au 31/12/2021 · 4,8{INS}ETP · Appel, l. 9"
    groupe = [replace(MARCHES, statut=s) for s in (Statut.ATTEINT, Statut.EN_RETARD, Statut.SANS_DONNEE)]
    assert write_group(groupe) == f"3{INS}objectifs : 1{INS}atteint sur 2{INS}suivis, 1{INS}en retard"
    assert write_group(groupe[2:]) == f"1{INS}objectif, aucun n’a un nombre et une donnée"
