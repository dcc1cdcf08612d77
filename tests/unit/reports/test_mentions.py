"""The emblem obeys its official geometry, whatever the file, and each period has its own words."""

import io
import re
import xml.etree.ElementTree as ET
from math import atan2, degrees, hypot, isclose

import pytest
from PIL import Image

from reports.embleme import ALTERNATIVE, BLEU, LARGEUR, OR, as_png, as_svg, draw_stars, mention_of

SVG = "{http://www.w3.org/2000/svg}"


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def test_twelve_stars_stand_like_the_hours_of_a_clock() -> None:
    centres = [etoile.centre for etoile in draw_stars()]
    assert len(centres) == 12
    for heure, (x, y) in enumerate(centres):
        assert isclose(_distance((x, y), (0.75, 0.5)), 1 / 3)
        assert isclose(degrees(atan2(x - 0.75, 0.5 - y)) % 360, 30 * heure, abs_tol=1e-9)


def test_each_star_is_upright_and_inscribed_in_an_eighteenth_of_the_height() -> None:
    for etoile in draw_stars():
        pointes, creux = etoile.sommets[::2], etoile.sommets[1::2]
        assert [round(_distance(p, etoile.centre), 12) for p in pointes] == [round(1 / 18, 12)] * 5
        # Upright: one point straight up, two points on one level.
        assert min(pointes, key=lambda p: p[1]) == pointes[0]
        assert isclose(pointes[0][0], etoile.centre[0])
        assert isclose(pointes[1][1], pointes[4][1])
        # The sides go straight from point to point: each hollow is on the lines of two pairs of points.
        assert isclose(creux[0][1], pointes[1][1])
        assert isclose(creux[4][1], pointes[1][1])


def test_the_svg_is_three_by_two_blue_and_gold() -> None:
    racine = ET.fromstring(as_svg())
    _, _, largeur, hauteur = map(float, racine.attrib["viewBox"].split())
    assert largeur / hauteur == LARGEUR == 1.5
    fond, groupe = racine.find(f"{SVG}rect"), racine.find(f"{SVG}g")
    assert fond is not None
    assert groupe is not None
    assert (fond.attrib["fill"], groupe.attrib["fill"]) == (BLEU, OR) == ("#003399", "#FFCC00")
    etoiles = groupe.findall(f"{SVG}polygon")
    assert len(etoiles) == 12
    noon = [float(v) / hauteur for v in re.split("[ ,]", etoiles[0].attrib["points"])[:2]]
    assert noon == pytest.approx([0.75, 0.5 - 1 / 3 - 1 / 18], abs=1e-6)
    titre = racine.find(f"{SVG}title")
    assert titre is not None
    assert titre.text == ALTERNATIVE


def test_the_png_shows_gold_at_each_hour_and_blue_elsewhere() -> None:
    hauteur = 360
    image = Image.open(io.BytesIO(as_png(hauteur))).convert("RGB")
    assert image.size == (540, hauteur)
    for etoile in draw_stars():
        x, y = (round(v * hauteur) for v in etoile.centre)
        assert image.getpixel((x, y)) == (0xFF, 0xCC, 0x00)
    for x, y in ((5, 5), (270, 180), (535, 355), (270, 20)):
        assert image.getpixel((x, y)) == (0x00, 0x33, 0x99)


def test_each_period_has_the_words_that_its_regulation_asks_for() -> None:
    assert mention_of("ue").texte == mention_of("ue").court == "Cofinancé par l’Union européenne"
    ancienne = mention_of("fse")
    assert "Fonds social européen" in ancienne.texte
    assert "2014-2020" in ancienne.texte
    assert ancienne.court == ancienne.sous_embleme == "Union européenne"
    with pytest.raises(KeyError):
        mention_of("autre")
