"""Pictures of an edition as Altair charts: the same drawing as on the pages, from what was frozen."""

from collections.abc import Callable

import altair as alt

from charts import palette
from charts.barres import barres
from charts.cascade import cascade
from charts.donnees import Point
from charts.mois import flux, serie_mensuelle
from charts.parite import Population, Repere, parite
from charts.parts import Groupe, color_ages, parts_empilees
from charts.puces import Puce, puces
from sections.contenu import Genre, Image, Serie


def draw_image(image: Image, cliquable: bool = False) -> alt.LayerChart:
    """The chart of a picture; `cliquable`: a click on a mark chooses its code."""
    return _DESSINS[image.genre](image, cliquable)


def _points(image: Image, serie: Serie) -> tuple[Point, ...]:
    codes = image.mois or image.codes or image.categories
    return tuple(
        Point(code, nom, valeur, texte, serie.nom, serie.base)
        for code, nom, valeur, texte in zip(codes, image.categories, serie.valeurs, serie.textes, strict=True)
    )


def _bars(image: Image, cliquable: bool) -> alt.LayerChart:
    points = _points(image, image.series[0])
    return barres(points, image.sujet, repere=image.repere, nom_du_repere=image.nom_du_repere, cliquable=cliquable)


def _lines(image: Image, _: bool) -> alt.LayerChart:
    return serie_mensuelle([_points(image, serie) for serie in image.series], image.sujet)


def _flow(image: Image, _: bool) -> alt.LayerChart:
    entrees, sorties = image.series
    return flux(_points(image, entrees), _points(image, sorties), image.sujet)


def _waterfall(image: Image, _: bool) -> alt.LayerChart:
    depart, plus, moins, arrivee = _points(image, image.series[0])
    return cascade(depart, plus, moins, arrivee, image.sujet)


def _parity(image: Image, cliquable: bool) -> alt.LayerChart:
    points = _points(image, image.series[0])
    avant = image.series[1].valeurs if len(image.series) > 1 else (None,) * len(points)
    populations = [
        Population(p.code, p.libelle, p.valeur, hier, p.texte, "") for p, hier in zip(points, avant, strict=True)
    ]
    reperes = () if image.repere is None else (Repere(image.repere, image.nom_du_repere),)
    return parite(populations, image.sujet, reperes, cliquable=cliquable)


def _parts(image: Image, _: bool) -> alt.LayerChart:
    groupes = []
    for rang, categorie in enumerate(image.categories):
        parts = tuple(Point(s.nom, s.nom, s.valeurs[rang], s.textes[rang], s.nom, s.base) for s in image.series)
        groupes.append(Groupe(categorie, " · ".join(f"{p.serie} : {p.texte}" for p in parts), parts))
    noms = [serie.nom for serie in image.series]
    connues = palette.PAR_NOM | (color_ages(noms) if image.code == "age" else {})
    couleurs = {nom: connues.get(nom, palette.CATEGORIES[r % 6]) for r, nom in enumerate(noms)}
    return parts_empilees(groupes, image.sujet, couleurs)


def _bullets(image: Image, _: bool) -> alt.LayerChart:
    fait, attendu = image.series
    lignes = [
        Puce(str(rang), nom, part, prevue, texte, statut)
        for rang, (nom, part, prevue, texte, statut) in enumerate(
            zip(image.categories, fait.valeurs, attendu.valeurs, fait.textes, image.statuts, strict=True)
        )
        if part is not None
    ]
    return puces(lignes, image.sujet)


_DESSINS: dict[Genre, Callable[[Image, bool], alt.LayerChart]] = {
    Genre.BARRES: _bars,
    Genre.TEMPS: _lines,
    Genre.FLUX: _flow,
    Genre.CASCADE: _waterfall,
    Genre.PARITE: _parity,
    Genre.PARTS: _parts,
    Genre.PUCES: _bullets,
}
