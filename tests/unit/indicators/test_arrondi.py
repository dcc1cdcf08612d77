"""One cell, one answer: what is exact, what is rounded, to what."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.refus import Refus
from indicators.arrondi import add_cells, crosses_too_much, is_protected, protect, read_base, round_count
from indicators.catalogue import CATALOGUE
from indicators.perimetre import Droits, Filtres, Periode
from indicators.resultats import Cellule, Etat

FILTRES = Filtres(("P",), Periode(date(2021, 1, 1), date(2021, 12, 31)))
COMPTE, TAUX, MEDIANE = (
    CATALOGUE[code] for code in ("file_active", "taux_sorties_positives", "duree_parcours_mediane")
)


@pytest.mark.parametrize(
    ("nombre", "base", "attendu"),
    [(0, 5, 0), (1, 5, None), (4, 5, None), (5, 5, 5), (7, 5, 5), (7.5, 5, 10), (8, 5, 10), (12, 5, 10), (13, 5, 15)]
    + [(9, 10, None), (10, 10, 10), (14, 10, 10), (15, 10, 20), (213, 5, 215)],
)
def test_rounding(nombre: float, base: int, attendu: float | None) -> None:
    assert round_count(nombre, base) == attendu


@pytest.mark.parametrize(
    ("par", "protege"),
    [
        ({}, False),
        *(({d: "x"}, False) for d in ("mois", "operation", "referent", "categorie", "nature", "type_sortie", "classe")),
        *(({d: "x"}, False) for d in ("type_etape", "mode", "plie", "sexe", "seuil")),
        *(({d: "x"}, True) for d in ("commune", "quartier", "age", "rsa", "minima_sociaux", "deld", "qpv", "handicap")),
        ({"diplome": "2a"}, True),
        ({"sexe": "F", "operation": "O1"}, False),
        ({"sexe": "F", "mois": "2021-03"}, False),
        ({"sexe": "F", "categorie": "positive"}, True),
        ({"sexe": "F", "referent": "R1"}, True),
        ({"rsa": "non renseigné"}, False),
        ({"sexe": "non renseigné", "categorie": "positive"}, False),
        ({"commune": "K1", "rsa": "non renseigné"}, True),
    ],
)
def test_what_is_protected(par: dict[str, str], protege: bool) -> None:
    assert is_protected(COMPTE, FILTRES, par.items()) is protege
    assert is_protected(COMPTE, replace(FILTRES, territoire="K1"), par.items()) is True


def test_a_figure_that_speaks_of_people_is_protected_without_any_split() -> None:
    rsa = replace(COMPTE, caracteristiques=("rsa",))
    assert is_protected(rsa, FILTRES, ())
    assert crosses_too_much(rsa, FILTRES.split_by("sexe", "age", "commune"))
    assert not crosses_too_much(rsa, FILTRES.split_by("age", "commune", "categorie"))


def cell(valeur: float | None, haut: float | None = None, bas: float | None = None, **autres: object) -> Cellule:
    return Cellule((("commune", "K1"),), Etat.EXACT, valeur, haut, bas, **autres)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("indicateur", "exacte", "etat", "nombres"),
    [
        (COMPTE, cell(213, 213), Etat.ARRONDI, (215, 215, None)),
        (COMPTE, cell(0, 0), Etat.ARRONDI, (0, 0, None)),
        (COMPTE, cell(3, 3), Etat.MOINS_DE_5, (None, None, None)),
        (COMPTE, cell(140, 140, effectif=4), Etat.EFFECTIF_FAIBLE, (None, None, None)),
        (COMPTE, cell(142, 142, effectif=6), Etat.ARRONDI, (140, 140, None)),
        (TAUX, cell(13 / 31, 13, 31), Etat.ARRONDI, (0.5, 15, 30)),
        (TAUX, cell(0, 0, 31), Etat.ARRONDI, (0, 0, 30)),
        (TAUX, cell(0.1, 3, 31), Etat.EFFECTIF_FAIBLE, (None, None, None)),
        (TAUX, cell(0.5, 11, 22), Etat.EFFECTIF_FAIBLE, (None, None, None)),
        (TAUX, cell(0.5, 11, 23), Etat.ARRONDI, (0.4, 10, 25)),
        (MEDIANE, cell(14.2, None, 9), Etat.EFFECTIF_FAIBLE, (None, None, None)),
        (MEDIANE, cell(14.2, None, 12), Etat.ARRONDI, (14.2, None, 10)),
    ],
)
def test_nothing_exact_is_left(indicateur: object, exacte: Cellule, etat: Etat, nombres: tuple) -> None:
    cellule = protect(indicateur, FILTRES.split_by("commune"), exacte, 5)  # type: ignore[arg-type]
    assert cellule.etat is etat
    assert (cellule.valeur, cellule.numerateur, cellule.denominateur) == pytest.approx(nombres)
    assert cellule.base == 5
    assert cellule.effectif is None


def test_a_state_without_number_keeps_its_reason_and_loses_the_rest() -> None:
    muette = Cellule((), Etat.NON_DOCUMENTE, None, 3, motif="Aucune règle.")
    assert protect(TAUX, FILTRES, muette, 5) == muette  # a whole PLIE: as it is
    assert protect(TAUX, replace(FILTRES, territoire="K1"), muette, 5) == replace(muette, numerateur=None)


@given(st.integers(0, 5000), st.sampled_from((5, 10)))
def test_a_rounded_count_is_a_multiple_and_close(nombre: int, base: int) -> None:
    cellule = protect(COMPTE, replace(FILTRES, territoire="K1"), Cellule((), Etat.EXACT, nombre, nombre), base)
    if 0 < nombre < base:
        assert (cellule.etat, cellule.valeur) == (Etat.MOINS_DE_5, None)
    else:
        assert cellule.valeur is not None
        assert cellule.valeur % base == 0
        assert abs(cellule.valeur - nombre) <= base / 2


@pytest.mark.parametrize(("brut", "base"), [("", 5), (" 5 ", 5), ("10", 10)])
def test_the_base_is_five_or_ten(brut: str, base: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLIE_BASE_ARRONDI", brut)
    assert read_base() == base


@pytest.mark.parametrize("brut", ["1", "4", "0", "-5", "7", "cinq", "5.0"])
def test_any_other_base_is_refused(brut: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLIE_BASE_ARRONDI", brut)
    with pytest.raises(Refus, match=r"\[ARR-001\]"):
        read_base()


def test_an_unknown_reading_is_rounded() -> None:
    assert Droits("comite").arrondit
    assert not Droits("direction").arrondit
    assert not Droits("comite", lecture="exacte").arrondit
    assert Droits("animation", lecture="arrondie").arrondit
    assert Droits("animation", lecture="n’importe quoi").arrondit
    assert Droits("inconnu").arrondit


def test_parts_of_one_name_are_added() -> None:
    arrondie, petite = cell(20, 20, base=5), replace(cell(None, base=5), etat=Etat.MOINS_DE_5)
    assert add_cells([cell(3, 3), cell(4, 4)]) == Cellule((), Etat.EXACT, 7, 7)
    assert add_cells([arrondie, petite]) == Cellule((), Etat.ARRONDI, 20, 20, base=5)
    assert add_cells([petite, petite]).etat is Etat.MOINS_DE_5
    assert add_cells([cell(3, 3), replace(cell(None), etat=Etat.NON_DOCUMENTE)]).etat is Etat.NON_DOCUMENTE
