"""Parity, parts and statuses: the charts build, are valid, and keep what is masked or missing out of their marks."""

import vl_convert

from charts.donnees import Point
from charts.palette import OUI_NON
from charts.parite import Population, Repere, parite
from charts.parts import Groupe, parts_empilees
from charts.statuts import barre_des_statuts

POPULATIONS = (
    Population("part_femmes", "Participants accompagnés", 0.54, 0.51, "54,0 %", "n = 684"),
    Population("part_femmes_sorties_positives", "Sorties positives", None, None, "non documenté", ""),
)


def test_parity_says_each_population_and_its_line() -> None:
    graphique = parite(POPULATIONS, "Part de femmes", (Repere(0.5, "parité, 50 %"),), cliquable=True)
    assert graphique.description == (
        "Part de femmes (parité, 50 %). Participants accompagnés : 54,0 %, n = 684 ; Sorties positives : non documenté."
    )
    svg = vl_convert.vegalite_to_svg(graphique.to_dict())
    assert "54,0 %" in svg
    assert "non documenté" in svg


def _oui_non(non: float | None) -> tuple[Point, ...]:
    return (Point("Oui", "Oui", 30.0, "30", "Oui"), Point("Non", "Non", non, "moins de 5", "Non"))


def test_a_group_with_a_masked_part_has_no_bar() -> None:
    groupes = [Groupe("RSA", "30 oui", _oui_non(70.0)), Groupe("QPV", "moins de 5", _oui_non(None))]
    spec = parts_empilees(groupes, "Situation", OUI_NON).to_dict()
    (lignes,) = spec["datasets"].values()
    assert [ligne["fin"] for ligne in lignes if ligne["libelle"] == "QPV"] == [None]
    assert [round(ligne["fin"], 2) for ligne in lignes if ligne["libelle"] == "RSA"] == [0.3, 1.0]
    assert "moins de 5" in vl_convert.vegalite_to_svg(spec)


def test_statuses_with_icon_and_number() -> None:
    points = [Point("atteint", "Agenais", 12, "12", "atteint"), Point("en_retard", "Agenais", 3, "3", "en retard")]
    graphique = barre_des_statuts(points, "Objectifs", {"atteint": "✓", "en_retard": "▼"})
    assert "✓ 12" in vl_convert.vegalite_to_svg(graphique.to_dict())
    assert graphique.description == "Objectifs. atteint, Agenais : 12 ; en retard, Agenais : 3."
