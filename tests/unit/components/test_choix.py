"""Filters as plain values: links, periods, what is dropped."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from components.cadre import choix as c
from components.cadre.offre import Programmes
from components.cadre.page import write_dates, write_perimetre, write_plie
from data_access.seances.publications import Publication
from indicators.perimetre import Limite, Periode
from indicators.referentiel import Operation, Plie, Territoire
from sections.lecture import short_name


def plie(code: str, nom: str, donnees: date, organisme: str | None = None, protocole: date | None = None) -> Plie:
    return Plie(code, nom, None, organisme, donnees, protocole, None, None)


A = plie("A", "PLIE de l’Agenais", date(2021, 9, 30), "AGAPE", date(2015, 1, 1))
B = plie("B", "PLIE Métropole Nord-Ouest", date(2024, 9, 30))
OFFRE = Programmes(
    (A, B),
    (Operation("A", "A1", "Accompagner", None, date(2021, 1, 1), date(2021, 12, 31), None, None),),
    (Territoire("A", "47001", "Agen", "commune", "EPCI", True), Territoire("A", "EPCI", "CA", "epci", None, True)),
)


def test_first_opening_is_the_first_plie_this_year() -> None:
    choix, notes = c.read_choix({}, OFFRE)
    assert choix == c.Choix(plie=("A",))
    assert notes == ()
    assert c.build_perimetre(choix, OFFRE).periode == Periode(date(2021, 1, 1), date(2021, 9, 30))


def test_a_link_comes_back_as_it_was_written() -> None:
    choix = c.Choix(("A", "B"), "47001", "A1", c.LIBRE, date(2020, 3, 1), date(2020, 6, 30))
    assert c.read_choix(c.as_parametres(choix), OFFRE) == (choix, ())


@pytest.mark.parametrize("texte", ["31/12/2020", "demain", "", "2020-13-01"])
def test_a_bad_date_of_a_link_is_forgotten(texte: str) -> None:
    choix, _ = c.read_choix({"plie": ["A"], "periode": [c.LIBRE], "du": [texte]}, OFFRE)
    assert choix.du is None
    assert c.build_perimetre(choix, OFFRE).periode == Periode(date(2021, 1, 1), date(2021, 9, 30))


@pytest.mark.parametrize(
    ("periode", "attendue"),
    [
        (c.ANNEE, Periode(date(2021, 1, 1), date(2021, 9, 30))),
        (c.DOUZE_MOIS, Periode(date(2020, 10, 1), date(2021, 9, 30))),
        (c.PRECEDENTE, Periode(date(2020, 1, 1), date(2020, 12, 31))),
        (c.PROTOCOLE, Periode(date(2015, 1, 1), date(2021, 9, 30))),
    ],
)
def test_periods(periode: str, attendue: Periode) -> None:
    assert c.resolve_periode(c.Choix(("A",), periode=periode), (A,)) == attendue


def test_free_dates_in_the_wrong_order_are_put_right() -> None:
    choix = c.Choix(("A",), periode=c.LIBRE, du=date(2021, 6, 30), au=date(2021, 1, 1))
    assert c.resolve_periode(choix, (A,)) == Periode(date(2021, 1, 1), date(2021, 6, 30))


def test_protocol_is_offered_only_where_its_first_day_is_known() -> None:
    assert c.PROTOCOLE in c.periodes_of(c.Choix(("A",)), OFFRE)
    assert c.PROTOCOLE not in c.periodes_of(c.Choix(("B",)), OFFRE)


def test_what_the_plie_do_not_have_is_dropped_and_said() -> None:
    valide, notes = c.keep_valid(c.Choix(("B",), "47001", "A1", c.PROTOCOLE), OFFRE)
    assert valide == c.Choix(("B",))
    assert len(notes) == 3


def test_groupings_come_before_communes() -> None:
    assert [z.nom for z in c.territoires_of(c.Choix(("A",)), OFFRE)] == ["CA", "Agen"]


def test_several_plie_keep_the_earliest_date_and_say_so() -> None:
    perimetre = c.build_perimetre(c.Choix(("A", "B"), operation="A1"), OFFRE)
    assert perimetre.date_donnees == date(2021, 9, 30)
    assert write_dates(perimetre) == (
        "Les données des PLIE choisis ne s’arrêtent pas le même jour (30/09/2021, 30/09/2024) : "
        "la plus ancienne date vaut pour tous."
    )
    assert write_perimetre(perimetre) == (
        "PLIE de l’Agenais, PLIE Métropole Nord-Ouest · tout le territoire · opération A1 – Accompagner · "
        "du 01/01/2021 au 30/09/2021 · données au 30/09/2021"
    )


def test_many_plie_are_counted() -> None:
    beaucoup = tuple(plie(str(i), f"PLIE {i}", date(2021, 9, 30), "AGAPE") for i in range(5))
    offre = Programmes(beaucoup, (), ())
    assert write_plie(c.build_perimetre(c.Choix(("0", "1", "2", "3")), offre)) == "4 PLIE AGAPE"


@pytest.mark.parametrize(
    ("nom", "court"),
    [("PLIE de l’Agenais", "Agenais"), ("PLIE des Sources", "Sources"), ("PLIE Portes du Sud", "Portes du Sud")],
)
def test_short_name(nom: str, court: str) -> None:
    assert short_name(nom) == court


def published(code: str, le: datetime) -> Publication:
    return Publication(1, code, date(2021, 9, 30), 1, None, le, "ana@plie.fr")


PUBLIEE = replace(
    OFFRE,
    publications=(
        published("A", datetime(2021, 10, 11, 22, 30, tzinfo=UTC)),
        published("B", datetime(2021, 10, 14, 8, 0, tzinfo=UTC)),
    ),
)


def test_the_committee_chooses_its_days_up_to_the_published_date() -> None:
    assert c.periodes_of(c.Choix(("A",)), PUBLIEE) == c.periodes_of(c.Choix(("A",)), OFFRE)
    choix, notes = c.read_choix({"plie": ["A"], "periode": [c.LIBRE], "du": ["2021-03-01"]}, PUBLIEE)
    assert (choix.periode, notes) == (c.LIBRE, ())
    assert c.build_perimetre(choix, PUBLIEE).periode == Periode(date(2021, 3, 1), date(2021, 9, 30))


def test_the_committee_reads_when_its_figures_were_published() -> None:
    un = c.build_perimetre(c.Choix(("A",)), PUBLIEE)
    assert write_perimetre(un).endswith(" · chiffres publiés le 12/10/2021, arrêtés au 30/09/2021")  # in France
    deux = c.build_perimetre(c.Choix(("A", "B")), PUBLIEE)
    assert write_perimetre(deux).endswith(" · chiffres publiés du 12/10/2021 au 14/10/2021, arrêtés au 30/09/2021")
    assert write_dates(deux) == (
        "Les chiffres publiés des PLIE choisis ne s’arrêtent pas le même jour (30/09/2021, 30/09/2024) : la plus "
        "ancienne date vaut pour tous."
    )


AGEN, CA = Limite("A", territoire="47001"), Limite("A", territoire="EPCI")
STRUCTURE = Limite("A", operations=("A1", "A2"))


@pytest.mark.parametrize(
    ("limites", "demande", "ouvert"),
    [
        ((AGEN,), c.Choix(("A",)), c.Choix(("A",), "47001")),
        ((CA,), c.Choix(("A",)), c.Choix(("A",), "EPCI")),
        ((CA,), c.Choix(("A",), "47001", "A1"), c.Choix(("A",), "47001", "A1")),
        ((AGEN,), c.Choix(("A",), "EPCI"), c.Choix(("A",), "47001")),
        ((STRUCTURE,), c.Choix(("A",)), c.Choix(("A",), None, "A1")),
        ((STRUCTURE,), c.Choix(("A",), "47001"), c.Choix(("A",), None, "A1")),
        ((STRUCTURE,), c.Choix(("A",), "47001", "A1"), c.Choix(("A",), "47001", "A1")),
        ((AGEN, STRUCTURE), c.Choix(("A",), None, "A1"), c.Choix(("A",), None, "A1")),
        ((AGEN, STRUCTURE), c.Choix(("A",), "EPCI"), c.Choix(("A",), "47001")),
        ((AGEN,), c.Choix(("A", "B")), c.Choix(("B",))),
        ((AGEN,), c.Choix(("B", "A")), c.Choix(("A",), "47001")),
        ((), c.Choix(("B", "A")), c.Choix(("B", "A"))),
    ],
)
def test_a_choice_is_brought_back_inside_the_rights(
    limites: tuple[Limite, ...], demande: c.Choix, ouvert: c.Choix
) -> None:
    offre = replace(OFFRE, limites=limites)
    assert c.keep_valid(demande, offre)[0] == ouvert
    assert c.keep_valid(ouvert, offre) == (ouvert, ())


@pytest.mark.parametrize(
    ("limites", "choix", "fermes"),
    [
        ((), c.Choix(("A", "B")), False),
        ((AGEN,), c.Choix(("A",), "47001"), True),
        ((AGEN,), c.Choix(("B",)), False),
        ((STRUCTURE,), c.Choix(("A",), None, "A1"), False),
        ((Limite("A", "47001", ("A1",)),), c.Choix(("A",), "47001", "A1"), True),
        ((AGEN, STRUCTURE), c.Choix(("A",), "47001", "A1"), False),
    ],
)
def test_targets_are_closed_to_who_reads_a_territory(limites: tuple[Limite, ...], choix: c.Choix, fermes: bool) -> None:
    perimetre = c.build_perimetre(choix, replace(OFFRE, limites=limites))
    assert perimetre.objectifs_fermes is fermes
    assert perimetre.partiel is any(limite.plie in choix.plie for limite in limites)
