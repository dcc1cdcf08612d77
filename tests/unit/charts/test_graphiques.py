"""Every chart builds, is valid, speaks French, and says in words what it shows."""

import io
from datetime import date

import pytest
import vl_convert
from PIL import Image

import charts
from charts import palette, theme
from charts.barres import barres, barres_empilees, name_of_reference, part_avec_repere
from charts.cascade import cascade
from charts.donnees import Point, as_table, describe, keep_greatest, points_of, sort_points, sum_values
from charts.mois import flux, serie_mensuelle, starts_at_zero
from charts.puces import Puce, puces
from indicators.perimetre import Filtres, Periode
from indicators.resultats import Cellule, Etat, ResultatPublie

assert charts is not None


def mois(serie: str, *valeurs: float) -> tuple[Point, ...]:
    return tuple(Point(f"2021-{i:02d}", f"mois {i}", v, str(v), serie) for i, v in enumerate(valeurs, 1))


COURTS = (Point("a", "Agen", 12, "12"), Point("b", "Boé", None, "moins de 5"))
LONGS = (Point("A5", "A5 · Opération de renforcement de l’employabilité des participants", 8, "8"),)
PARTS = (Point("F", "File active", 30, "30", "Femmes"), Point("H", "File active", 20, "20", "Hommes"))
NOMBRES = [Point(n, n, v, str(v)) for n, v in (("veille", 10), ("entrées", 4), ("sorties", 2), ("fin", 12))]
TOUS = {
    "barres": barres(COURTS, "Par commune", cliquable=True),
    "barres_repere": barres(LONGS, "Par opération", repere=10, nom_du_repere="norme : 10"),
    "barres_empilees": barres_empilees(PARTS, "Par sexe", {"Femmes": palette.FEMMES, "Hommes": palette.HOMMES}),
    "part_avec_repere": part_avec_repere((Point("x", "Entrées", 0.542, "54,2 %"),), "Part de femmes"),
    "serie": serie_mensuelle([mois("cette année", 5, 6, 7), mois("un an plus tôt", 4, 6, 8)], "File active"),
    "flux": flux(mois("Entrées", 5, 0), mois("Sorties", 3, 2), "Flux"),
    "cascade": cascade(*NOMBRES, sujet="File active"),
    "puces": puces((Puce("0", "Sorties positives", 0.87, 0.96, "En retard : 798 sur 920", "en_retard"),), "Objectifs"),
}


@pytest.mark.parametrize("nom", TOUS)
def test_chart_is_valid_described_and_french(nom: str) -> None:
    spec = TOUS[nom].to_dict(validate=True)
    assert len(spec["description"]) > 20
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert spec["config"]["locale"]["time"]["months"][7] == "août"


@pytest.mark.parametrize("nom", TOUS)
def test_chart_has_ink_out_of_the_browser(nom: str) -> None:
    png = vl_convert.vegalite_to_png(TOUS[nom].properties(width=500).to_dict(), vl_version="6.4")
    image = Image.open(io.BytesIO(png)).convert("L")
    assert sum(image.histogram()[:100]) > 300


def test_description_says_values_and_states() -> None:
    assert TOUS["barres"].description == "Par commune. Agen : 12 ; Boé : moins de 5."
    assert describe("Sujet", ()) == "Sujet. Aucune donnée."
    assert describe("Sujet", COURTS * 2, 1).endswith("et 3 autres valeurs, dans le tableau.")


def test_palette_is_readable_on_white() -> None:
    couleurs = {*palette.CATEGORIES, palette.NEUTRE, *palette.PAR_PART.values(), *palette.PAR_STATUT.values()}
    assert all(palette.contrast(c) >= 3 for c in couleurs)
    assert palette.contrast("#000000") == pytest.approx(21)


def test_theme_has_no_unquoted_font_and_is_large_enough() -> None:
    assert theme.POLICE == "'Source Sans', sans-serif"
    assert theme.TAILLE >= 14


def test_points_keep_states_and_names() -> None:
    filtres = Filtres(("P",), Periode(date(2021, 1, 1), date(2021, 9, 30)), par=("sexe",))
    cellules = (Cellule((("sexe", "F"),), Etat.EXACT, 12.0), Cellule((("sexe", "H"),), Etat.MOINS_DE_5))
    resultat = ResultatPublie("x", "X", "parcours", filtres, cellules, 1)
    femmes, hommes = points_of(resultat, "sexe", {"F": "Femmes", "H": "Hommes"})
    assert (femmes.libelle, femmes.valeur, femmes.texte) == ("Femmes", 12.0, "12")
    assert (hommes.libelle, hommes.valeur, hommes.texte) == ("Hommes", None, "moins de 5")


def test_long_lists_end_with_others() -> None:
    points = sort_points(Point(str(i), f"P{i:02d}", float(i), str(i)) for i in range(20))
    gardes = keep_greatest(points, "parcours")
    assert len(gardes) == 12
    assert gardes[-1].libelle == "9 autres"
    assert sum(p.valeur or 0 for p in gardes) == sum(range(20))


def test_others_are_left_out_when_one_is_masked() -> None:
    points = (*(Point(str(i), str(i), 9.0, "9") for i in range(12)), Point("m", "m", None, "moins de 5"))
    assert len(keep_greatest(points, "parcours")) == 11


def test_table_has_one_column_a_series() -> None:
    table = as_table((*mois("Entrées", 5, 6), *mois("Sorties", 3, 2)), "Mois", "Parcours")
    assert list(table.columns) == ["Mois", "Entrées", "Sorties"]
    assert table.iloc[1].tolist() == ["mois 2", "6", "2"]


def test_cut_axis_is_known() -> None:
    assert not starts_at_zero([mois("a", 520, 530)])
    assert starts_at_zero([mois("a", 0, 3)])


def test_waterfall_refuses_a_missing_value() -> None:
    with pytest.raises(ValueError, match="quatre valeurs"):
        cascade(*NOMBRES[:3], COURTS[1], sujet="x")


def test_reference_is_named() -> None:
    assert name_of_reference(80, "", True) == "norme : 80 au plus"
    assert name_of_reference(0.5, "%") == "norme : 50,0\u202f%"


def test_no_share_is_drawn_of_a_bar_with_a_masked_part() -> None:
    """370 women shown, men masked: « 100 % of women » would be false."""
    masque = Point("M", "Formations", None, "moins de 5", "Hommes")
    graphique = barres_empilees((Point("F", "Formations", 370, "370", "Femmes"), masque, *PARTS), "Par sexe")
    spec = graphique.to_dict(validate=True)
    lignes = [ligne for donnees in spec["datasets"].values() for ligne in donnees]
    formations = [ligne for ligne in lignes if ligne["libelle"] == "Formations"]
    assert formations
    assert all(ligne["part"] is None and ligne["part_texte"] == "" for ligne in formations)
    assert {ligne["mot"] for ligne in formations} == {"moins de 5"}
    assert {ligne["part"] for ligne in lignes if ligne["libelle"] == "File active"} == {0.6, 0.4}


def test_months_without_any_value_do_not_break_the_chart() -> None:
    masques = tuple(Point(f"2021-{i:02d}", f"mois {i}", None, "moins de 5", "Sorties") for i in (1, 2))
    assert "Sorties, mois 1 : moins de 5" in flux(mois("Entrées", 5, 0), masques, "Flux").to_dict()["description"]
    assert serie_mensuelle([masques, mois("un an plus tôt", 4, 6)], "Série").to_dict()["description"]


def test_no_sum_over_a_masked_part() -> None:
    assert sum_values(COURTS) is None
    assert sum_values(PARTS) == 50
    assert sum_values(()) == 0
