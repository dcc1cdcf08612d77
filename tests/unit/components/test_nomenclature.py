"""Names of several PLIE: never one in the place of another, never a sum over a hidden part."""

from datetime import date

import pytest

from charts.donnees import AUTRES, Point
from components.impression import nomenclature
from components.impression.nomenclature import keep_readable, merge_by_name, name_part
from indicators.perimetre import Filtres, Periode
from indicators.resultats import Cellule, Etat, ResultatPublie

NOMS = {"A": {"1": "Formation", "2": "Accueil"}, "B": {"1": "Accueil"}, "C": {"1": "Accueil"}}
INS = "\u00a0"


@pytest.fixture(autouse=True)
def noms(monkeypatch: pytest.MonkeyPatch) -> None:
    def labels(plie: tuple[str, ...]) -> dict[str, dict[str, str]]:
        (code,) = plie
        return {"classe": NOMS[code], "plie": {code: f"PLIE de {code}"}}

    monkeypatch.setattr(nomenclature, "labels", labels)


def cellule(plie: str, classe: str, valeur: float | None, etat: Etat = Etat.EXACT) -> Cellule:
    return Cellule((("plie", plie), ("classe", classe)), etat, valeur)


def publie(*cellules: Cellule) -> ResultatPublie:
    plie = tuple(dict.fromkeys(c.at("plie") for c in cellules))
    periode = Periode(date(2021, 1, 1), date(2021, 9, 30))
    return ResultatPublie("etapes", "Étapes", "étapes", Filtres(plie, periode), cellules, 1)


def nommer(cellule: Cellule) -> str:
    return name_part(cellule, "classe", "Sans classe")


def test_same_code_of_two_plie_keeps_two_names() -> None:
    points = merge_by_name(publie(cellule("A", "1", 10), cellule("B", "1", 4)), nommer)
    assert [(p.code, p.libelle, p.texte) for p in points] == [
        ("Formation", "Formation – A", "10"),
        ("Accueil", "Accueil – B", "4"),
    ]


def test_same_name_is_summed_and_says_whose_it_is() -> None:
    deux = merge_by_name(publie(cellule("A", "2", 10), cellule("B", "1", 4)), nommer)
    assert [(p.libelle, p.valeur) for p in deux] == [("Accueil – A, B", 14)]
    trois = merge_by_name(publie(cellule("A", "2", 1), cellule("B", "1", 2), cellule("C", "1", 3)), nommer)
    assert [(p.libelle, p.valeur) for p in trois] == [("Accueil – 3 PLIE", 6)]


def test_alone_a_plie_is_not_named() -> None:
    assert [p.libelle for p in merge_by_name(publie(cellule("A", "1", 3)), nommer)] == ["Formation"]


def test_a_masked_part_masks_its_sum() -> None:
    (point,) = merge_by_name(publie(cellule("A", "2", 10), cellule("B", "1", None, Etat.MOINS_DE_5)), nommer)
    assert (point.valeur, point.texte) == (None, "moins de 5")


def test_code_without_name_is_quoted_and_no_code_is_said() -> None:
    assert nommer(cellule("A", "9_bis", 1)) == f"«{INS}9_bis{INS}»"
    assert nommer(cellule("A", "non renseigné", 1)) == "Sans classe"


def ranges(*valeurs: float) -> list[Point]:
    return [Point(str(i), f"T{i}", v, str(v)) for i, v in enumerate(valeurs)]


def test_few_points_are_all_kept() -> None:
    gardes, note = keep_readable(ranges(3, 2, 1), "étapes", "types")
    assert (len(gardes), note) == (3, "")


def test_others_are_a_bar_unless_they_dwarf_the_rest() -> None:
    gardes, note = keep_readable(ranges(90, *[5] * 13), "étapes", "types")
    assert (gardes[-1].code, gardes[-1].texte) == (AUTRES, "15")
    assert note == "11 types sur 14 dans le graphique, tous les noms dans le tableau"
    gardes, note = keep_readable(ranges(*[5] * 30), "étapes", "types")
    assert (len(gardes), gardes[-1].code) == (11, "10")
    assert note == f"11 types sur 30 dans le graphique, tous les noms dans le tableau{INS}; les autres font 95"
