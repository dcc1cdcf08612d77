"""A map: every place has its circle, the ones whose rate is not known too, and no axis or tile of anyone."""

import re

from charts import palette
from charts.svg import write_svg
from sections.images import Forme, Image, Serie


def carte() -> Image:
    return Image(
        code="carte",
        genre=Forme.CARTE,
        message="Où vivent les personnes",
        sujet="Communes",
        entete="Commune",
        categories=("Agen", "Boé", "Layrac"),
        series=(
            Serie("File active", (195.0, 30.0, None), ("195", "30", "moins de 5"), 5),
            Serie("Positives", (0.47, None, None), ("47 %", "effectif trop faible", "sans objet")),
        ),
        unite="parcours",
        indicateurs=("file_active",),
        codes=("47001", "47031", "47145"),
        positions=((0.62, 44.2), (0.65, 44.17), (0.66, 44.13)),
    )


def test_every_place_has_its_circle_and_its_name() -> None:
    dessin = write_svg(carte(), 600)
    cercles = re.findall(
        r'<path aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="circle"[^>]*>', dessin
    )
    assert len(cercles) == 3
    couleurs = re.findall(r'<path aria-label="[^"]*"[^>]*fill="([^"]*)"', dessin)
    assert couleurs[1:] == [palette.NEUTRE, palette.NEUTRE] != couleurs[:2]
    assert all(any(nom in cercle for cercle in cercles) for nom in carte().categories)
    assert all(nom in re.sub(r"<[^>]*>", " ", dessin) for nom in carte().categories)
    assert "http://www.w3.org" in dessin
    assert dessin.count("http") == dessin.count("http://www.w3.org")
