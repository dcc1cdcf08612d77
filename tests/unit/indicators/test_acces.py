"""Who may ask what: every role, every limit, refused in words unless a line opens it."""

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.refus import Refus
from indicators.acces import ROLES
from indicators.catalogue import CATALOGUE
from indicators.objectifs import evaluate_objectifs
from indicators.perimetre import Droits, Filtres, Limite, Periode
from indicators.publication import publier
from tests.base_d_exemple import PLIE_EXEMPLE, load_example

ANNEE = Filtres((PLIE_EXEMPLE,), Periode(date(2021, 1, 1), date(2021, 12, 31)))
TABLES = {
    "territoires": """
    code_territoire | nom     | type    | code_parent
    EPCI            | Epci    | epci    |
    C1              | Commune | commune | EPCI
    C2              | Autre   | commune |
    """,
    "operations": """
    code_operation | intitule | debut      | fin
    A1             | Une      | 2021-01-01 | 2021-12-31
    A2             | Deux     | 2021-01-01 | 2021-12-31
    """,
    "parcours": """
    id_parcours | entree_le  | sortie_le  | type_sortie
    A           | 2020-01-01 | 2021-02-01 | cdi
    """,
}


@pytest.fixture(scope="module")
def chargee() -> Iterator[sa.Connection]:
    engine = make_engine("sqlite://")
    with engine.connect() as connexion:
        load_example(connexion, TABLES)
        yield connexion
    engine.dispose()


@pytest.fixture
def base(chargee: sa.Connection) -> Iterator[sa.Connection]:
    """What a test writes is undone after it."""
    point = chargee.begin_nested()
    yield chargee
    point.rollback()


@pytest.mark.parametrize("code", sorted(CATALOGUE))
@pytest.mark.parametrize("role", ["administration", "aucun", "", "Animation", "comité"])
def test_every_figure_is_refused_to_a_role_that_reads_none(base: sa.Connection, code: str, role: str) -> None:
    with pytest.raises(Refus, match="DRO-001"):
        publier(base, code, ANNEE, Droits(role))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_figure_of_another_plie_is_refused(base: sa.Connection, code: str, role: str) -> None:
    for plie in ((), ("AUTRE",)):
        with pytest.raises(Refus, match="DRO-003"):
            publier(base, code, ANNEE, Droits(role, plie))
        with pytest.raises(Refus, match="DRO-003"):
            evaluate_objectifs(base, PLIE_EXEMPLE, ANNEE.periode.au, Droits(role, plie))


@pytest.mark.parametrize("role", ROLES)
def test_a_plie_that_is_open_opens_no_other_beside_it(base: sa.Connection, role: str) -> None:
    ensemble = Filtres((PLIE_EXEMPLE, "AUTRE"), ANNEE.periode)
    with pytest.raises(Refus, match="DRO-003"):
        publier(base, "file_active", ensemble, Droits(role, (PLIE_EXEMPLE,)))


def test_a_territory_opens_what_it_contains_and_nothing_else(base: sa.Connection) -> None:
    droits = Droits("direction", (PLIE_EXEMPLE,), (Limite(PLIE_EXEMPLE, territoire="EPCI"),))
    for ouvert in ("EPCI", "C1"):
        publier(base, "entrees", Filtres((PLIE_EXEMPLE,), ANNEE.periode, territoire=ouvert), droits)
    for ferme in (None, "C2"):
        with pytest.raises(Refus, match="DRO-007"):
            publier(base, "entrees", Filtres((PLIE_EXEMPLE,), ANNEE.periode, territoire=ferme), droits)
    with pytest.raises(Refus, match="DRO-007"):
        evaluate_objectifs(base, PLIE_EXEMPLE, ANNEE.periode.au, droits)


def test_a_structure_opens_its_operations_and_nothing_else(base: sa.Connection) -> None:
    droits = Droits("direction", (PLIE_EXEMPLE,), (Limite(PLIE_EXEMPLE, operations=("A1",)),))
    publier(base, "entrees", Filtres((PLIE_EXEMPLE,), ANNEE.periode, operation="A1"), droits)
    evaluate_objectifs(base, PLIE_EXEMPLE, ANNEE.periode.au, droits, "A1")
    for ferme in (None, "A2"):
        with pytest.raises(Refus, match="DRO-007"):
            publier(base, "entrees", Filtres((PLIE_EXEMPLE,), ANNEE.periode, operation=ferme), droits)
        with pytest.raises(Refus, match="DRO-007"):
            evaluate_objectifs(base, PLIE_EXEMPLE, ANNEE.periode.au, droits, ferme)


def test_a_limited_plie_is_never_added_to_another(base: sa.Connection) -> None:
    base.execute(sa.insert(t.plie), {"code_plie": "AUTRE", "nom": "Autre", "date_extraction": ANNEE.periode.au})
    droits = Droits("direction", (PLIE_EXEMPLE, "AUTRE"), (Limite(PLIE_EXEMPLE, operations=("A1",)),))
    with pytest.raises(Refus, match="DRO-007"):
        publier(base, "entrees", Filtres((PLIE_EXEMPLE, "AUTRE"), ANNEE.periode, operation="A1"), droits)


@pytest.mark.parametrize("publie", [(), (("AUTRE", date(2099, 1, 1)),)])
def test_nothing_before_the_first_publication(base: sa.Connection, publie: tuple) -> None:
    with pytest.raises(Refus, match="DRO-005"):
        publier(base, "entrees", ANNEE, Droits("comite", (PLIE_EXEMPLE,), publie_au=publie))


def test_nothing_after_the_published_date(base: sa.Connection) -> None:
    droits = Droits("comite", (PLIE_EXEMPLE,), publie_au=((PLIE_EXEMPLE, date(2021, 12, 31)),))
    assert publier(base, "entrees", ANNEE, droits).valeur == 0
    with pytest.raises(Refus, match="DRO-006"):
        publier(base, "entrees", ANNEE.over(Periode(date(2021, 1, 1), date(2022, 1, 1))), droits)
    with pytest.raises(Refus, match="DRO-006"):
        evaluate_objectifs(base, PLIE_EXEMPLE, date(2022, 1, 1), droits)
