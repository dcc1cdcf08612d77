"""Every picture draws, is valid, speaks French, and says in words what it shows; on screen and as SVG."""

import io
import re
from dataclasses import replace
from typing import Any

import pytest
import vl_convert
from PIL import Image as Photo

import charts
from charts import palette
from charts.assemblage import LARGEUR_DE_LIGNE, wrap
from charts.colonnes import scale_of, starts_at_zero
from charts.dessin import describe, draw
from charts.svg import write_svg
from sections.contenu import draw_bullets
from sections.images import Forme, Image, Serie
from tests.unit.reports import fabrique

LONG = "Coordination des parcours et accompagnement renforcé vers l’emploi des personnes sans qualification"


def image(genre: Forme, categories: tuple[str, ...], *series: Serie, **autres: Any) -> Image:
    return Image(
        "essai", genre, "Message.", "Sujet", "Nom", categories, series, autres.pop("unite", "parcours"), (), **autres
    )


def oui_non(non: float | None, base: int = 0) -> Image:
    """Two groups; the second one has a part that may be unknown."""
    return image(
        Forme.PARTS,
        ("RSA", "QPV"),
        Serie("Oui", (30.0, 30.0), ("30", "30"), base),
        Serie("Non", (70.0, non), ("70", "moins de 5"), base),
    )


COURTES = image(Forme.BARRES, ("Agen", "Boé"), Serie("Parcours", (12.0, None), ("12", "moins de 5")))
STATUTS = image(
    Forme.PARTS,
    ("Agenais",),
    Serie("atteint", (12.0,), ("12",)),
    Serie("en retard", (3.0,), ("3",)),
    unite="objectifs",
)
CIBLES = draw_bullets("Objectifs", fabrique.groupes()[1].cibles[:8])
TOUTES = {
    "barres courtes": COURTES,
    "barres longues": fabrique.barres_longues(),
    "barres et norme": fabrique.barres_avec_norme(),
    "barres de deux ans": replace(COURTES, series=(*COURTES.series, Serie("Un an plus tôt", (9.0, 8.0), ("9", "8")))),
    "temps": fabrique.temps(),
    "flux": fabrique.flux(),
    "parts": fabrique.parts(),
    "oui ou non": oui_non(10.0),
    "statuts": STATUTS,
    "cascade": fabrique.cascade(),
    "parité": fabrique.parite(),
    "puces": CIBLES,
}


def rows(dessinee: Image, **options: bool) -> list[dict[str, Any]]:
    """The data of the chart."""
    (lignes, *_) = draw(dessinee, **options).to_dict()["datasets"].values()
    return lignes


@pytest.mark.parametrize("large", [False, True], ids=["écran", "page"])
@pytest.mark.parametrize("nom", TOUTES)
def test_chart_is_valid_described_and_french(nom: str, large: bool) -> None:
    spec = draw(TOUTES[nom], cliquable=not large, large=large).to_dict(validate=True)
    assert len(spec["description"]) > 20
    assert spec["width"] == "container"
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert spec["config"]["locale"]["time"]["months"][7] == "août"
    assert [p["name"] for p in spec.get("params", [])] == ([] if large else ["choix"])


@pytest.mark.parametrize("nom", TOUTES)
def test_chart_has_ink_out_of_the_browser(nom: str) -> None:
    png = vl_convert.vegalite_to_png(draw(TOUTES[nom]).properties(width=500).to_dict(), vl_version="6.4")
    assert sum(Photo.open(io.BytesIO(png)).convert("L").histogram()[:100]) > 300


@pytest.mark.parametrize("nom", TOUTES)
def test_the_drawing_of_a_page_writes_its_words(nom: str) -> None:
    """A face that is not found would leave a picture without text, and no error."""
    dessinee = TOUTES[nom]
    svg = write_svg(dessinee, 810)
    assert 'width="810"' in svg
    assert set(re.findall(r'font-family="([^"]+)"', svg)) == {"Source Sans Pro"}
    ecrits = words(svg)
    for categorie in dessinee.categories:
        # Names are cut in lines, and months named one in several where there is no room.
        assert dessinee.genre in (Forme.TEMPS, Forme.FLUX) or categorie.split()[0] in ecrits
    if dessinee.genre in (Forme.BARRES, Forme.CASCADE, Forme.PUCES):
        for texte in dessinee.series[0].textes:
            assert texte.split()[0] in ecrits


def test_the_same_picture_is_the_same_drawing() -> None:
    assert write_svg(fabrique.parts(), 810) == write_svg(fabrique.parts(), 810)


def words(svg: str) -> str:
    """What an SVG writes."""
    return " ".join(re.findall(r"<(?:text|tspan)[^>]*>([^<]+)</", svg))


def test_a_page_speaks_french() -> None:
    assert "50\u202f%" in words(write_svg(fabrique.parite(), 810))
    assert "1\u202f020" in words(write_svg(fabrique.temps(), 810))


def test_description_says_values_states_and_reference() -> None:
    assert describe(COURTES) == "Sujet. Agen : 12 ; Boé : moins de 5."
    assert draw(COURTES).to_dict()["description"] == describe(COURTES)
    assert describe(STATUTS) == "Sujet. Agenais, atteint : 12 ; Agenais, en retard : 3."
    assert describe(fabrique.parite()).endswith(" Repère : parité : 50 %.")
    mois = tuple(f"mois {rang}" for rang in range(50))
    longue = image(Forme.TEMPS, mois, Serie("Parcours", tuple(map(float, range(50))), tuple(map(str, range(50)))))
    assert describe(longue).endswith("et 10 autres valeurs, dans le tableau.")


def test_a_click_gives_the_code_of_a_category_or_its_name() -> None:
    assert {ligne["code"] for ligne in rows(COURTES)} == {"Agen", "Boé"}
    assert {ligne["code"] for ligne in rows(replace(COURTES, codes=("47001", "47031")))} == {"47001", "47031"}


@pytest.mark.parametrize("nom", TOUTES)
def test_nothing_is_cut_at_the_edge_of_a_page(nom: str) -> None:
    png = vl_convert.svg_to_png(write_svg(TOUTES[nom], 810))
    photo = Photo.open(io.BytesIO(png)).convert("L")
    droite, bas = photo.width, photo.height
    bords = ((0, 0, droite, 1), (0, bas - 1, droite, bas), (0, 0, 1, bas), (droite - 1, 0, droite, bas))
    assert [photo.crop(bord).getextrema() for bord in bords] == [(255, 255)] * 4


# ---- colours


def test_palette_is_readable_on_white() -> None:
    couleurs = {*palette.CATEGORIES, palette.NEUTRE, *palette.PAR_STATUT.values(), *palette.AGES}
    assert all(palette.contrast(c) >= 3 for c in couleurs)
    assert palette.contrast("#000000") == pytest.approx(21)
    for couleur in {*couleurs, *palette.PAR_NOM.values()}:
        assert palette.contrast(palette.ink_on(couleur), couleur) >= 3.6


def test_the_same_name_has_the_same_colour_in_every_picture() -> None:
    femmes = image(Forme.PARTS, ("A",), Serie("Hommes", (1.0,), ("1",)), Serie("Femmes", (2.0,), ("2",)))
    barres = image(Forme.BARRES, ("Femmes", "Non renseigné", "Agen"), Serie("n", (1.0, 2.0, 3.0), ("1", "2", "3")))
    assert palette.colors_of(femmes) == {"Hommes": palette.HOMMES, "Femmes": palette.FEMMES}
    assert palette.colors_of(barres) == {
        "Femmes": palette.FEMMES, "Non renseigné": palette.NON_RENSEIGNE, "Agen": palette.PRINCIPALE,
    }  # fmt: skip
    assert palette.colors_of(oui_non(10.0))["Oui"] == palette.PRINCIPALE
    assert palette.colors_of(fabrique.parite()) == {
        "Cette année": palette.FEMMES, "Un an plus tôt": palette.SIXIEME,
    }  # fmt: skip
    assert list(palette.colors_of(fabrique.cascade()).values())[1:3] == [palette.ENTREES, palette.SORTIES]
    assert palette.colors_of(CIBLES)["en_retard"] == palette.PAR_STATUT["en_retard"]
    assert palette.colors_of(STATUTS)["en retard"] == palette.PAR_STATUT["en_retard"]


def test_bands_of_age_keep_their_colour_when_one_is_empty() -> None:
    ages = ("Moins de 26 ans", "26 à 49 ans", "50 ans et plus", "Non renseigné")
    entiere = palette.colors_of(
        image(Forme.PARTS, ("Femmes",), *(Serie(nom, (1.0,), ("1",)) for nom in ages))
    )  # fmt: skip
    reste = palette.colors_of(image(Forme.PARTS, ("Femmes",), *(Serie(nom, (1.0,), ("1",)) for nom in ages[1:])))
    assert len(set(entiere.values())) == 4
    assert reste == {nom: entiere[nom] for nom in ages[1:]}
    de_deux_plie = palette.colors_of(
        image(Forme.PARTS, ("F",), *(Serie(nom, (1.0,), ("1",)) for nom in ("Moins de 25 ans", "Moins de 26 ans")))
    )
    assert len(set(de_deux_plie.values())) == 2


def test_theme_has_no_unquoted_font_and_is_large_enough() -> None:
    assert charts.POLICE == "'Source Sans', sans-serif"
    assert charts.TAILLE >= 14


# ---- names


def test_bars_write_the_whole_name() -> None:
    barres = image(Forme.BARRES, (LONG, "Court"), Serie("Parcours", (3.0, 1.0), ("3", "1")))
    assert [ligne["titre"].strip() for ligne in rows(barres)] == [wrap(LONG), "Court"]
    assert max(map(len, wrap(LONG).split("\n"))) <= LARGEUR_DE_LIGNE
    assert " ".join(wrap(LONG).split("\n")) == LONG


def test_a_name_is_written_once_above_its_parts() -> None:
    parts = image(Forme.PARTS, (LONG,), Serie("Femmes", (3.0,), ("3",)), Serie("Hommes", (1.0,), ("1",)))
    noms = [couche for couche in draw(parts).to_dict()["layer"] if couche["encoding"].get("text", {}) and
            couche["encoding"]["text"]["field"] == "categorie"]  # fmt: skip
    assert [couche["transform"] for couche in noms] == [[{"filter": "datum.numero == 0"}]]


# ---- what cannot be drawn


def test_no_share_is_drawn_of_a_bar_with_an_unknown_part() -> None:
    """30 « oui » shown, « non » unknown: « 100 % of oui » would be false."""
    lignes = rows(oui_non(None))
    inconnues = [ligne for ligne in lignes if ligne["categorie"] == "QPV"]
    assert [ligne["fin"] for ligne in inconnues] == [None, None]
    assert {ligne["ecrit"] for ligne in inconnues} == {""}
    assert {ligne["mot"] for ligne in inconnues} == {"moins de 5"}
    assert [round(ligne["fin"], 2) for ligne in lignes if ligne["categorie"] == "RSA"] == [0.3, 1.0]
    assert "moins de 5" in words(write_svg(oui_non(None), 810))


def test_rounded_parts_are_shares_from_twenty_five_on() -> None:
    assert [ligne["part"] for ligne in rows(oui_non(None, 5)) if ligne["categorie"] == "QPV"] == [1.0, 0.0]
    petites = image(
        Forme.PARTS, ("QPV",), Serie("Oui", (10.0,), ("≈ 10",), 5), Serie("Non", (10.0,), ("≈ 10",), 5)
    )  # fmt: skip
    assert {(ligne["part"], ligne["mot"]) for ligne in rows(petites)} == {(None, "effectif trop faible")}


def test_shares_are_written_in_the_order_of_the_stack() -> None:
    parts = image(
        Forme.PARTS, ("Un", "Deux"), Serie("Hommes", (4.0, 3.0), ("4", "3")), Serie("Femmes", (0.0, 1.0), ("0", "1"))
    )
    milieux = {ligne["serie"]: ligne["milieu"] for ligne in rows(parts) if ligne["categorie"] == "Deux"}
    assert milieux == {"Hommes": 0.375, "Femmes": 0.875}


def test_targets_are_counted_inside_their_bar() -> None:
    assert [ligne["ecrit"] for ligne in rows(STATUTS)] == ["12", "3"]


def test_the_year_before_is_a_ring_with_its_number_above() -> None:
    lignes = rows(fabrique.parite())
    assert [ligne["avant"] for ligne in lignes] == [0.5, 0.495, 0.5, 0.541, None, None]
    assert lignes[0]["details"].endswith("50,0\u202f%")
    assert lignes[5]["mot"] == "moins de 5"
    seule = replace(fabrique.parite(), series=fabrique.parite().series[:1])
    assert {(ligne["avant"], ligne["details"]) for ligne in rows(seule)} == {(None, "")}


def test_a_month_without_number_is_a_hole_or_a_word() -> None:
    traits = re.findall(r' d="(M[\d.,ML]+)"', write_svg(fabrique.temps(), 810))
    assert [(t.count("M"), t.count("L")) for t in traits if t.count("L") > 8] == [(2, 9), (1, 11)]
    masque = replace(fabrique.flux(), series=tuple(
        replace(s, valeurs=(None, *s.valeurs[1:]), textes=("moins de 5", *s.textes[1:])) for s in fabrique.flux().series
    ))  # fmt: skip
    assert words(write_svg(masque, 810)).count("moins de 5") == 2


def test_zeros_and_a_single_month_are_drawn() -> None:
    un_mois = replace(fabrique.temps(), categories=("oct. 2020",), series=(fabrique.serie("a", "parcours", 0),))
    zeros = replace(fabrique.flux(), series=(fabrique.serie("Entrées", "parcours", *[0] * 12),))
    for dessinee in (un_mois, zeros):
        assert "oct." in words(write_svg(dessinee, 810))


def test_months_without_any_value_do_not_break_the_chart() -> None:
    sans = Serie("Sorties", (None, None), ("moins de 5",) * 2)
    flux = image(Forme.FLUX, ("oct. 2020", "nov. 2020"), Serie("Entrées", (5.0, 0.0), ("5", "0")), sans)
    assert "oct. 2020, Sorties : moins de 5" in draw(flux).to_dict()["description"]
    temps = replace(flux, genre=Forme.TEMPS, series=(sans, Serie("un an plus tôt", (4.0, 6.0), ("4", "6"))))
    assert draw(temps).to_dict()["description"]
    assert draw(replace(temps, series=(sans,))).to_dict(validate=True)


def test_a_cut_axis_is_known_and_round() -> None:
    assert not starts_at_zero(fabrique.temps())
    assert scale_of(fabrique.temps()) == (940.0, 1060.0, 20.0)
    assert starts_at_zero(image(Forme.TEMPS, ("a", "b"), Serie("s", (0.0, 3.0), ("0", "3"))))
    assert starts_at_zero(fabrique.flux())


def test_waterfall_refuses_a_missing_value() -> None:
    sans = replace(fabrique.cascade(), series=(fabrique.serie("Parcours", "parcours", 10, 4, 2, None),))
    with pytest.raises(ValueError, match="quatre valeurs"):
        draw(sans)


def test_a_target_passed_by_far_is_cut_and_keeps_its_words() -> None:
    depassee = next(ligne for ligne in rows(CIBLES) if ligne["categorie"] == "Parcours par référent")
    assert (depassee["longueur"], depassee["couleur"]) == (1.3, palette.PAR_STATUT["depasse"])
