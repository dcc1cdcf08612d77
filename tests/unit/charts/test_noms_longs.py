"""Long names stand above their own bar, whole, and stacked shares are written where they are drawn."""

from charts.assemblage import LARGEUR_DE_LIGNE, stand_on_bar, wrap
from charts.barres import barres, barres_empilees
from charts.donnees import Point

LONG = "Coordination des parcours et accompagnement renforcé vers l’emploi des personnes sans qualification"


def test_short_names_touch_their_bar() -> None:
    assert stand_on_bar(["un", "un\ndeux"]) == ["\nun", "un\ndeux"]


def test_wrapped_names_lose_no_word() -> None:
    lignes = wrap(LONG).split("\n")
    assert " ".join(lignes) == LONG
    assert max(map(len, lignes)) <= LARGEUR_DE_LIGNE


def titles(graphique: dict) -> list[str]:
    return [ligne["titre"].strip() for jeu in graphique["datasets"].values() for ligne in jeu if "titre" in ligne]


def test_bars_write_the_whole_name() -> None:
    graphique = barres((Point("a", LONG, 3, "3"), Point("b", "Court", 1, "1")), "Essai").to_dict()
    assert titles(graphique) == [wrap(LONG), "Court"]


def test_stacked_bars_write_each_long_name_once() -> None:
    points = [Point(s, LONG, v, str(v), s) for s, v in (("Femmes", 3), ("Hommes", 1))]
    assert titles(barres_empilees(points, "Essai").to_dict()) == [wrap(LONG)]


def test_shares_are_written_in_the_order_of_the_stack() -> None:
    points = [
        Point("H", "Un", 4, "4", "Hommes"),
        Point("F", "Deux", 1, "1", "Femmes"),
        Point("H", "Deux", 3, "3", "Hommes"),
    ]
    (jeu,) = barres_empilees(points, "Essai").to_dict()["datasets"].values()
    milieux = {ligne["serie"]: ligne["milieu"] for ligne in jeu if ligne["libelle"] == "Deux"}
    assert milieux == {"Hommes": 0.375, "Femmes": 0.875}
