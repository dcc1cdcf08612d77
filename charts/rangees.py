"""Pictures made of rows: bars, parts of a whole, parity, targets.

A name stands above its bar, whole, so that nothing is cut on a telephone; beside it where the place is wide, or where
every name is short.
"""

from typing import Any, Literal

import altair as alt
import pandas as pd

from charts import palette
from charts.assemblage import HAUTEUR_DE_LIGNE, Couches, at_top, count_lines, frame_of, stand_on_bar, tooltip_of, wrap
from indicators.arrondi import DENOMINATEUR_MINIMAL
from indicators.nombres import MOTS_DES_ETATS, write_percent, write_rounded
from indicators.resultats import Etat
from sections.images import Image

PART_MAXIMALE = 1.3
"""A target that is passed by more is drawn no longer: its words keep the true number."""
_NOM_COURT, _NOM_A_COTE = 16, 50
_LOIN = 0.65
"""Where on the axis the name of a line, written in its middle, could be cut."""
_PART_LISIBLE = 0.07
_COTE_DU_TEXTE = 0.72
"""Beyond this share the number of a population is written on the left of its dot, where there is room."""
_SUR_LE_REPERE = 32
"""How far a legend stands above the bars, where the name of a line is between them."""
_SERREE = alt.Scale(paddingInner=0, paddingOuter=0)
_DE_ZERO_A_CENT = alt.Scale(domain=[0, 1])


def _rows(cadre: pd.DataFrame, a_cote: bool, lignes: int, epaisseur: float, dessous: float) -> tuple[Any, float, float]:
    """Where rows stand: their axis, the height of a row, how far the middle of its bar is from the row's own.

    `lignes`: lines written above the bar, none where names stand beside it; `dessous`: what is left under it.
    """
    if a_cote:
        axe = alt.Axis(domain=False, labelExpr="split(datum.label, '\\n')", labelLimit=0)
        cadre["a_cote"] = [wrap(nom, _NOM_A_COTE) for nom in cadre["categorie"]]
        hauteur = max(epaisseur + 8, HAUTEUR_DE_LIGNE * count_lines(cadre["a_cote"]) + 5)
        return alt.Y("a_cote:N", sort=None, title=None, axis=axe, scale=_SERREE), hauteur, 0.0
    haut = HAUTEUR_DE_LIGNE * lignes + 4 if lignes else 0
    hauteur = haut + epaisseur + dessous
    return alt.Y("rang:O", title=None, axis=None, scale=_SERREE), hauteur, haut + epaisseur / 2 - hauteur / 2


def _place(champ: str, etendue: alt.Scale, axe: alt.Axis | None = None) -> alt.X:
    return alt.X(f"{champ}:Q", axis=axe, scale=etendue)


# ---- bars


def draw_bars(image: Image, large: bool) -> Couches:
    """Horizontal bars in the order given, each with its value; a dashed line where the reference stands."""
    cadre, combien = frame_of(image), len(image.series)
    a_cote = large or all(len(nom) <= _NOM_COURT for nom in image.categories)
    cadre["titre"] = stand_on_bar([wrap(nom) for nom in cadre["categorie"]])
    cadre["debut"] = cadre["valeur"].fillna(0.0)
    epaisseur = 22.0 if combien == 1 and not large else 18.0
    lignes = 0 if a_cote else count_lines(cadre["titre"])
    y, hauteur, centre = _rows(cadre, a_cote, lignes, epaisseur * combien, 12)
    fin = _room(image)
    etendue = alt.Scale(domain=[0, fin], nice=False)
    noms_des_series = [alt.Tooltip("serie:N", title="Part")] if combien > 1 else []
    base = alt.Chart(cadre).encode(y=y, tooltip=tooltip_of(image, *noms_des_series))
    barres, ecrits = [], []
    for rang in range(combien):
        place = centre + (rang - (combien - 1) / 2) * epaisseur
        sienne = base.transform_filter(f"datum.numero == {rang}")
        barre = sienne.mark_bar(height=epaisseur, yOffset=place)
        barres.append(barre.encode(x=_place("valeur", etendue), color=_color(image, large)))
        ecrit = sienne.encode(x=_place("debut", etendue), text="texte:N")
        # A white rim keeps the number readable where the reference line crosses it.
        ecrits.append(ecrit.mark_text(align="left", dx=6, dy=place, stroke=palette.FOND, strokeWidth=5))
        ecrits.append(ecrit.mark_text(align="left", dx=6, dy=place, fontWeight=600))
    reperes = [] if image.repere is None else _line_at(image.repere, image.nom_du_repere, image.repere / fin)
    noms = [] if a_cote else [at_top(base.transform_filter("datum.numero == 0"), "titre", "rang:O")]
    return Couches([*barres, *reperes, *ecrits, *noms], alt.Step(hauteur))


def _room(image: Image) -> float:
    """End of the axis that leaves the longest number its place after the longest bar."""
    maximum = max([v or 0.0 for s in image.series for v in s.valeurs] + [image.repere or 0.0, 0.0]) or 1.0
    return maximum * (1.1 + 0.045 * max([len(t) for s in image.series for t in s.textes], default=0))


def _color(image: Image, large: bool, champ: str = "serie") -> alt.Color:
    """The colour of the series named in `champ`, with a legend where there are several."""
    if len(image.series) == 1:
        return alt.Color("couleur:N", scale=None)
    noms, couleurs = [s.nom for s in image.series], palette.colors_of(image)
    offset = 18 if image.repere is None else _SUR_LE_REPERE
    legende = None if palette.are_statuses(noms) else alt.Legend(title=None, columns=4 if large else 2, offset=offset)
    gamme = alt.Scale(domain=noms, range=[couleurs[nom] for nom in noms])
    return alt.Color(f"{champ}:N", sort=noms, legend=legende, scale=gamme)


def _line_at(valeur: float, nom: str, place: float, axe: alt.Axis | None = None) -> list[alt.Chart]:
    """A dashed line and its name above it; `place` (fraction of the axis) keeps the name inside the chart."""
    ligne = alt.Chart(alt.Data(values=[{"repere": valeur, "nom": nom}]))
    x = alt.X("repere:Q", axis=axe)
    trait = ligne.mark_rule(strokeDash=[6, 4], strokeWidth=2, color=palette.REPERE).encode(x=x)
    cote: Literal["right", "left", "center"] = "right" if place > _LOIN else "left" if place < 1 - _LOIN else "center"
    ecrit = ligne.mark_text(align=cote, baseline="bottom", dy=-4, fontWeight="bold")
    return [trait, ecrit.encode(x=x, y=alt.value(0), text="nom:N")]


# ---- parts of a whole


def draw_parts(image: Image, large: bool) -> Couches:
    """One bar to 100 % a category, its numbers written above; shares inside where there is room. A category that
    cannot be shared out has no bar: its words stand alone."""
    cadre = frame_of(image)
    # Two statuses may be of one colour: the words above each bar are their legend, on a page too.
    a_cote = large and not palette.are_statuses([serie.nom for serie in image.series])
    cadre["part"] = pd.Series([p for parts in zip(*_list_shares(image), strict=True) for p in parts], dtype=float)
    cadre["fin"] = cadre.groupby("rang")["part"].cumsum()
    cadre["debut"] = cadre["fin"] - cadre["part"]
    cadre["milieu"] = (cadre["debut"] + cadre["fin"]) / 2
    cadre["ecrit"] = _write_inside(image, cadre)
    cadre["encre"] = cadre["couleur"].map(palette.ink_on)
    # « Oui : 151 · Non : 155 »
    nombres = (cadre["serie"] + " : " + cadre["texte"]).groupby(cadre["rang"]).agg(" · ".join)
    cadre["details"] = cadre["rang"].map(nombres.map(wrap))
    cadre["mot"] = cadre["rang"].map(dict(enumerate(_list_words(image))))
    y, hauteur, centre = _rows(cadre, a_cote, 1 + count_lines(cadre["details"]), 26, 14)
    base = alt.Chart(cadre).encode(y=y, tooltip=tooltip_of(image, alt.Tooltip("serie:N", title="Part")))
    partages = base.transform_filter("isValid(datum.fin)")
    barres = partages.mark_bar(height=26, yOffset=centre, stroke=palette.FOND, strokeWidth=2)
    dedans = partages.mark_text(dy=centre, fontWeight="bold")
    premiers = base.transform_filter("datum.numero == 0")
    if a_cote:
        noms = [premiers.mark_text(align="left", dx=4).encode(x=alt.value(0), text="mot:N")]
    else:
        noms = [
            at_top(premiers, "categorie", "rang:O", gras=True),
            at_top(premiers, "details", "rang:O", dy=HAUTEUR_DE_LIGNE),
        ]
    couches = [
        barres.encode(x=_place("debut", _DE_ZERO_A_CENT), x2="fin:Q", color=_color(image, large)),
        dedans.encode(x=_place("milieu", _DE_ZERO_A_CENT), text="ecrit:N", color=alt.Color("encre:N", scale=None)),
        *noms,
    ]
    return Couches(couches, alt.Step(hauteur))


def _list_shares(image: Image) -> list[list[float | None]]:
    """The share of each part, category by category: None where it cannot be said, a part being unknown, or rounded
    parts being too few to be shares (definitions.md, « Small numbers »)."""
    parts: list[list[float | None]] = []
    for rang in range(len(image.categories)):
        valeurs = [(serie.valeurs[rang], serie.base) for serie in image.series]
        total = sum(v or 0.0 for v, _ in valeurs)
        inconnu = any(v is None and not base for v, base in valeurs)
        trop_peu = image.base and total < DENOMINATEUR_MINIMAL
        sans = inconnu or trop_peu or not total
        parts.append([None if sans else (v or 0.0) / total for v, _ in valeurs])
    return parts


def _list_words(image: Image) -> list[str]:
    """What stands in the place of each bar that cannot be shared out."""
    mots = []
    for rang, parts in enumerate(_list_shares(image)):
        inconnu = next((s.textes[rang] for s in image.series if s.valeurs[rang] is None and not s.base), "")
        mots.append("" if parts[0] is not None else inconnu or MOTS_DES_ETATS[Etat.EFFECTIF_FAIBLE])
    return mots


def _write_inside(image: Image, cadre: pd.DataFrame) -> list[str]:
    """Shares; the numbers themselves for targets, which are few."""
    nombres = palette.are_statuses([serie.nom for serie in image.series])
    ecrits = []
    for part, texte, numero in zip(cadre["part"].fillna(0.0), cadre["texte"], cadre["numero"], strict=True):
        share = write_rounded(part, "%") if image.series[numero].base else write_percent(part, 0)
        ecrits.append("" if part < _PART_LISIBLE else texte if nombres else share)
    return ecrits


# ---- parity


def draw_parity(image: Image, large: bool) -> Couches:
    """One dot a category on the scale 0 – 100 %, its stem from the reference, a hollow ring for the year before."""
    cadre = frame_of(image).query("numero == 0").reset_index(drop=True)
    cadre["repere"] = repere = 0.5 if image.repere is None else image.repere
    cadre["avant"], cadre["serie_avant"], cadre["details"] = float("nan"), "", ""
    for avant in image.series[1:2]:
        cadre["avant"], cadre["serie_avant"] = pd.Series(avant.valeurs, dtype=float), avant.nom
        cadre["details"] = [f"{avant.nom} : {texte}" for texte in avant.textes]
    # The number stands beyond the ring of last year and the line of reference: nothing may cross it.
    bornes = cadre[["valeur", "avant", "repere"]]
    cadre["droite"], cadre["gauche"] = bornes.max(axis=1), bornes.min(axis=1)
    cadre["mot"] = cadre["texte"].where(cadre["valeur"].isna(), "")
    trait, rond = (22, 200) if large else (34, 330)
    y, hauteur, centre = _rows(cadre, large, len(image.series[:2]), trait, 10)
    base = alt.Chart(cadre).encode(y=y, tooltip=tooltip_of(image))
    connus = base.transform_filter("isValid(datum.valeur)")
    anneaux = connus.transform_filter("isValid(datum.avant)")
    ecrit: dict[str, Any] = {"dy": centre, "fontWeight": "bold", "fontSize": 17}
    a_droite = connus.transform_filter(f"datum.valeur <= {_COTE_DU_TEXTE}").mark_text(align="left", dx=16, **ecrit)
    a_gauche = connus.transform_filter(f"datum.valeur > {_COTE_DU_TEXTE}").mark_text(align="right", dx=-16, **ecrit)
    axe = alt.Axis(title=None, format=".0%", values=[0, 0.25, 0.5, 0.75, 1], grid=False)
    x, couleur = _place("valeur", _DE_ZERO_A_CENT, axe), _color(image, large)
    couches = [
        # On each row and no further: a line over the whole height would cross the words.
        base.mark_tick(height=trait, thickness=3, yOffset=centre, color=palette.REPERE, orient="vertical").encode(
            x=_place("repere", _DE_ZERO_A_CENT, axe)
        ),
        connus.mark_rule(strokeWidth=5, yOffset=centre).encode(x=x, x2="repere:Q", color=couleur),
        anneaux.mark_point(size=150, strokeWidth=2, yOffset=centre, filled=False).encode(
            x=_place("avant", _DE_ZERO_A_CENT, axe), color=_color(image, large, "serie_avant")
        ),
        connus.mark_point(filled=True, size=rond, opacity=1, yOffset=centre).encode(x=x, color=couleur),
        a_droite.encode(x=_place("droite", _DE_ZERO_A_CENT, axe), text="texte:N"),
        a_gauche.encode(x=_place("gauche", _DE_ZERO_A_CENT, axe), text="texte:N"),
        base.mark_text(align="left", dy=centre).encode(x=alt.value(0), text="mot:N"),
        *_line_at(repere, image.nom_du_repere, repere, axe)[1:],
    ]
    if not large:
        couches.append(at_top(base, "categorie", "rang:O", gras=True))
        couches.append(at_top(base, "details", "rang:O", dy=HAUTEUR_DE_LIGNE))
    return Couches(couches, alt.Step(hauteur), marque=3)


# ---- targets


def draw_bullets(image: Image, large: bool) -> Couches:
    """One bar a target, its status and numbers below; the tick is what was expected by now."""
    fait, *attendus = image.series
    cadre = pd.DataFrame({"categorie": image.categories, "texte": fait.textes, "rang": range(len(image.categories))})
    cadre["code"] = list(image.codes or image.categories)
    cadre["nom"], cadre["dessous"] = cadre["categorie"].map(wrap), cadre["texte"].map(wrap)
    cadre["longueur"] = pd.Series(fait.valeurs, dtype=float).clip(upper=PART_MAXIMALE)
    attendu = attendus[0].valeurs if attendus else [None] * len(cadre)
    cadre["repere"] = pd.Series(attendu, dtype=float).clip(upper=PART_MAXIMALE)
    cadre["plein"] = 1.0
    couleurs = palette.colors_of(image)
    cadre["couleur"] = [couleurs[statut] for statut in image.statuts] if image.statuts else palette.PRINCIPALE
    lignes = count_lines(cadre["nom"])
    y, hauteur, centre = _rows(cadre, False, lignes, 20, 22 + HAUTEUR_DE_LIGNE * count_lines(cadre["dessous"]))
    etendue = alt.Scale(domain=[0, PART_MAXIMALE], nice=False)
    axe = alt.Axis(format=".0%", values=[0, 0.5, 1], title="part de l’objectif", grid=False)
    base = alt.Chart(cadre).encode(y=y, tooltip=tooltip_of(image))
    piste = base.mark_bar(height=20, yOffset=centre, color=palette.GRILLE)
    barre = base.mark_bar(height=12, yOffset=centre)
    trait = base.mark_tick(height=28, thickness=3, yOffset=centre, color=palette.ENCRE, orient="vertical")
    couches = [
        piste.encode(x=_place("plein", etendue, axe)),
        barre.encode(x=_place("longueur", etendue, axe), color=alt.Color("couleur:N", scale=None)),
        trait.encode(x=_place("repere", etendue, axe)),
        at_top(base, "nom", "rang:O", gras=True),
        at_top(base, "dessous", "rang:O", dy=HAUTEUR_DE_LIGNE * lignes + 30),
    ]
    return Couches(couches, alt.Step(hauteur), marque=1)
