"""Pictures as shares of their place: where each bar ends, each point stands. The template only draws them."""

from collections.abc import Sequence
from typing import Any

from charts import palette
from indicators.nombres import write_amount, write_percent
from sections.contenu import Genre, Image, Serie

_TIRETS = ("solid", "dashed", "dotted", "dash-dotted")
_MOIS_CHIFFRES = 14
_MOIS_ECRITS = 13
_PART_LISIBLE = 0.06
_MARGE = 1.1


def draw(image: Image) -> dict[str, Any] | None:
    """The picture ready to be drawn; None when nothing of it can be, every number being a word."""
    if all(v is None for s in image.series for v in s.valeurs):
        return None
    dessins = {
        Genre.BARRES: _draw_bars,
        Genre.TEMPS: _draw_lines,
        Genre.FLUX: _draw_columns,
        Genre.PARTS: _draw_parts,
        Genre.CASCADE: _draw_steps,
        Genre.PARITE: _draw_parity,
    }
    dessin = dessins[image.genre](image)
    return None if dessin is None else {"genre": str(image.genre)} | dessin


def _draw_bars(image: Image) -> dict[str, Any]:
    maximum = _greatest(image) or 1.0
    lignes = []
    for rang, nom in enumerate(image.categories):
        barres = [_bar(serie, rang, i, maximum) for i, serie in enumerate(image.series)]
        lignes.append({"nom": nom, "barres": barres})
    repere = None if image.repere is None else {"part": image.repere / maximum, "nom": image.nom_du_repere}
    return {"lignes": lignes, "repere": repere, "legende": _legend(image) if len(image.series) > 1 else []}


def _bar(serie: Serie, rang: int, numero: int, maximum: float) -> dict[str, Any]:
    valeur = serie.valeurs[rang]
    part = None if valeur is None else max(valeur, 0.0) / maximum
    return {"part": part, "texte": serie.textes[rang], "couleur": palette.CATEGORIES[numero % len(palette.CATEGORIES)]}


def _draw_lines(image: Image) -> dict[str, Any]:
    bas, haut = _range(image)
    graduations = _ticks(bas, haut)
    bas, haut = min(bas, graduations[0]), max(haut, graduations[-1])
    nombre = max(len(image.categories) - 1, 1)
    couleurs = (palette.PRINCIPALE, palette.SIXIEME, *palette.CATEGORIES[1:])
    series = []
    for rang, serie in enumerate(image.series):
        points = [None if v is None else [i / nombre, (v - bas) / (haut - bas)] for i, v in enumerate(serie.valeurs)]
        series.append(
            {
                "nom": serie.nom,
                "couleur": couleurs[rang % len(couleurs)],
                "tirets": _TIRETS[rang % len(_TIRETS)],
                "traits": [[a, b] for a, b in zip(points, points[1:], strict=False) if a and b],
                "points": [p for p in points if p],
                "dernier": {"y": points[-1][1], "texte": serie.textes[-1]} if points and points[-1] else None,
            }
        )
    _part_labels(series)
    return {
        "series": series,
        "graduations": [{"y": (g - bas) / (haut - bas), "texte": write_amount(g, image.unite)} for g in graduations],
        "mois": _months(image.categories, nombre),
        "coupe": bas > 0,
    }


def _part_labels(series: list[dict[str, Any]], ecart: float = 0.1) -> None:
    """Moves apart the last values, so that none is written over another."""
    derniers = sorted((s["dernier"] for s in series if s["dernier"]), key=lambda d: d["y"])
    for bas, haut in zip(derniers, derniers[1:], strict=False):
        haut["y"] = max(haut["y"], bas["y"] + ecart)


def _months(categories: Sequence[str], nombre: int) -> list[dict[str, Any]]:
    pas = -(-len(categories) // _MOIS_ECRITS)
    return [{"x": i / nombre, "lignes": nom.rsplit(" ", 1)} for i, nom in enumerate(categories) if i % pas == 0]


def _draw_columns(image: Image) -> dict[str, Any]:
    maximum = (_greatest(image) or 1.0) * _MARGE
    pas = -(-len(image.categories) // _MOIS_ECRITS)
    chiffres = len(image.categories) <= _MOIS_CHIFFRES
    couleurs = (palette.ENTREES, palette.SORTIES, *palette.CATEGORIES[2:])
    groupes: list[dict[str, Any]] = []
    for rang, nom in enumerate(image.categories):
        colonnes = []
        for numero, serie in enumerate(image.series):
            valeur = serie.valeurs[rang]
            colonnes.append(
                {
                    "part": None if valeur is None else valeur / maximum,
                    "texte": serie.textes[rang] if chiffres or valeur is None else "",
                    "couleur": couleurs[numero % len(couleurs)],
                }
            )
        groupes.append({"nom": nom.rsplit(" ", 1) if rang % pas == 0 else [], "colonnes": colonnes})
    legende = [{"nom": s.nom, "couleur": couleurs[i % len(couleurs)]} for i, s in enumerate(image.series)]
    return {"groupes": groupes, "legende": legende}


def _draw_parts(image: Image) -> dict[str, Any] | None:
    """Shares of each line; a line with a missing part keeps its words and loses its bar, which would give the part."""
    lignes: list[dict[str, Any]] = []
    for rang, nom in enumerate(image.categories):
        valeurs = [s.valeurs[rang] for s in image.series]
        connues = [v for v in valeurs if v is not None]
        total = sum(connues)
        if len(connues) < len(valeurs) or not total:
            mots = dict.fromkeys(s.textes[rang] for s in image.series if s.valeurs[rang] is None)
            lignes.append({"nom": nom, "parts": [], "mot": ", ".join(mots) or "aucun effectif"})
            continue
        parts = [_part(s, v / total, i) for i, (s, v) in enumerate(zip(image.series, connues, strict=True)) if v > 0]
        lignes.append({"nom": nom, "parts": parts, "mot": ""})
    if not any(ligne["parts"] for ligne in lignes):
        return None
    legende = [{"nom": s.nom, "couleur": _color_of_part(s.nom, i)} for i, s in enumerate(image.series)]
    return {"lignes": lignes, "legende": legende}


def _part(serie: Serie, part: float, rang: int) -> dict[str, Any]:
    couleur = _color_of_part(serie.nom, rang)
    encre = palette.FOND if palette.contrast(couleur) >= 3 else palette.ENCRE
    return {
        "part": part, "couleur": couleur, "encre": encre,
        "texte": write_percent(part, 0) if part >= _PART_LISIBLE else "",
    }  # fmt: skip


def _color_of_part(nom: str, rang: int) -> str:
    return palette.PAR_NOM.get(nom, palette.CATEGORIES[rang % len(palette.CATEGORIES)])


def _draw_steps(image: Image) -> dict[str, Any] | None:
    """Departure, what comes, what leaves, arrival; nothing where one of the four is missing."""
    valeurs, textes = image.series[0].valeurs, image.series[0].textes
    if len(valeurs) != 4 or any(v is None for v in valeurs):
        return None
    depart, plus, moins, arrivee = (v or 0.0 for v in valeurs)
    bornes = ((0.0, depart), (depart, depart + plus), (arrivee, depart + plus), (0.0, arrivee))
    maximum = (max(haut for _, haut in bornes) or 1.0) * _MARGE
    couleurs = (palette.SIXIEME, palette.ENTREES, palette.SORTIES, palette.SIXIEME)
    signes = ("", "+\u00a0", "\u2212\u00a0", "")
    marches = [
        {"nom": nom, "bas": bas / maximum, "haut": haut / maximum, "texte": signe + texte, "couleur": couleur}
        for nom, (bas, haut), texte, couleur, signe in zip(
            image.categories, bornes, textes, couleurs, signes, strict=True
        )
    ]
    return {"marches": marches}


def _draw_parity(image: Image) -> dict[str, Any]:
    couleurs = (palette.FEMMES, palette.SIXIEME)
    lignes = []
    for rang, nom in enumerate(image.categories):
        points = [
            {"part": s.valeurs[rang], "texte": s.textes[rang], "couleur": couleurs[i % 2], "nom": s.nom}
            for i, s in enumerate(image.series)
        ]
        lignes.append({"nom": nom, "points": points})
    repere = image.repere if image.repere is not None else 0.5
    legende = [{"nom": s.nom, "couleur": couleurs[i % 2]} for i, s in enumerate(image.series)]
    return {
        "lignes": lignes,
        "repere": {"part": repere, "nom": image.nom_du_repere},
        "legende": legende if len(legende) > 1 else [],
    }


def _legend(image: Image) -> list[dict[str, str]]:
    return [
        {"nom": s.nom, "couleur": palette.CATEGORIES[i % len(palette.CATEGORIES)]} for i, s in enumerate(image.series)
    ]


def _greatest(image: Image) -> float:
    return max([v for s in image.series for v in s.valeurs if v is not None] + [image.repere or 0.0], default=0.0)


def _range(image: Image) -> tuple[float, float]:
    valeurs = [v for s in image.series for v in s.valeurs if v is not None]
    bas, haut = min(valeurs), max(valeurs)
    marge = max((haut - bas) * 0.2, haut * 0.03, 0.01)
    return max(0.0, bas - marge), haut + marge


def _ticks(bas: float, haut: float, nombre: int = 5) -> list[float]:
    """Round numbers from under `bas` to over `haut`, about `nombre` of them."""
    brut = (haut - bas) / nombre
    puissance = 1.0
    while puissance * 10 <= brut:
        puissance *= 10
    while puissance > brut:
        puissance /= 10
    pas = next(p * puissance for p in (1, 2, 5, 10) if p * puissance >= brut)
    premier = int(bas / pas)
    graduations = [premier * pas]
    while graduations[-1] < haut:
        graduations.append((premier + len(graduations)) * pas)
    return graduations
