"""What every chart begins with: its data, its place, names and numbers measured for the room that they have."""

from dataclasses import dataclass
from typing import Any

from pptx.chart.chart import Chart

from reports.pptx import style_des_graphiques as style
from reports.pptx.cadre import Boite
from reports.pptx.donnees_du_graphique import Colonnes, as_chart_data, embed_workbook, format_of
from reports.pptx.mesure import INTERLIGNE, Regle
from reports.typographie import bind
from sections.contenu import Image

_TAILLE_DE_NOMBRE_MINIMALE = 9.0
_PEU_DE_BARRES, _GRANDE_TAILLE = 6, 16.0


@dataclass(frozen=True)
class Place:
    """Where a chart goes: the shapes of its slide, its rectangle, the ruler."""

    formes: Any
    boite: Boite
    regle: Regle


def add_native(place: Place, image: Image, genre: Any, colonnes: Colonnes) -> tuple[Any, Chart]:
    """A chart of python-pptx with our workbook inside: its frame and itself."""
    cadre = place.formes.add_chart(genre, *place.boite.emu(), as_chart_data(colonnes))
    graphique = cadre.chart
    style.set_base(graphique)
    embed_workbook(graphique, colonnes, image)
    return cadre, graphique


def columns_of(image: Image, categories: tuple[str, ...], *autres: tuple[str, tuple[float | None, ...]]) -> Colonnes:
    """The series of an image under these names, and others after them."""
    series = [(s.nom, s.valeurs) for s in image.series]
    return Colonnes(image.entete, categories, [*series, *autres], format_of(image.unite, image.series))


def greatest(image: Image) -> float:
    """The greatest number drawn, reference included; 1 when there is none."""
    valeurs = [v for serie in image.series for v in serie.valeurs if v is not None]
    return max([*valeurs, image.repere or 0.0, 0.0]) or 1.0


def name_with_state(image: Image) -> tuple[str, ...]:
    """Names, followed by the state of those that have no number at all."""
    noms = []
    for rang, nom in enumerate(image.categories):
        vide = all(serie.valeurs[rang] is None for serie in image.series)
        noms.append(f"{nom} ({image.series[0].textes[rang]})" if vide else nom)
    return tuple(noms)


def size_for(image: Image) -> float:
    """The size of names and numbers: larger where there are few."""
    return _GRANDE_TAILLE if len(image.categories) <= _PEU_DE_BARRES else style.TAILLE


def fit_names(
    noms: tuple[str, ...], largeur: float, hauteur: float, regle: Regle, taille: float = style.TAILLE
) -> tuple[tuple[str, ...], float, float]:
    """Names, their size, the width that they take: as large as the bands allow, then cut (whole in the notes)."""
    while taille > style.TAILLE_MINIMALE and any(regle.height_of(nom, largeur, taille) > hauteur for nom in noms):
        taille -= 1.0
    permise = max(hauteur, taille * INTERLIGNE)
    coupes = tuple(bind(regle.cut(nom, largeur, permise, taille)) for nom in noms)
    prises = [regle.width_of(ligne, taille) for nom in coupes for ligne in regle.wrap(nom, largeur, taille)]
    return coupes, taille, min(max(prises, default=0.0) + 4.0, largeur)


def fit_numbers(image: Image, largeur: float, regle: Regle) -> float:
    """The size at which the numbers stand side by side, one above each column."""
    textes = [t for serie in image.series for t, v in zip(serie.textes, serie.valeurs, strict=True) if v is not None]
    taille = size_for(image)
    while taille > _TAILLE_DE_NOMBRE_MINIMALE and any(regle.width_of(t, taille, gras=True) > largeur for t in textes):
        taille -= 1.0
    return taille
