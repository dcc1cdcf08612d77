"""Bars: sorted horizontal bars, shares stacked to 100 %, shares against a reference line."""

from collections.abc import Sequence
from typing import Literal

import altair as alt

from charts import palette
from charts.assemblage import HAUTEUR_DE_LIGNE, assemble, at_top, count_lines, stand_on_bar, wrap
from charts.donnees import Point, as_frame, base_of, choice, describe, sum_shares
from indicators.nombres import MOTS_DES_ETATS, write_amount, write_number, write_percent, write_rounded
from indicators.resultats import Etat

EPAISSEUR = 22
LIBELLE_COURT = 16
LIBELLE_EMPILE = 24
LOIN = 0.65
"""Where on the axis the name of a line, written in its middle, could be cut."""


def barres(
    points: Sequence[Point],
    sujet: str,
    *,
    repere: float | None = None,
    nom_du_repere: str = "",
    couleur: str = palette.PRINCIPALE,
    cliquable: bool = False,
) -> alt.LayerChart:
    """Horizontal bars in the order given, each with its value; a dashed line where `repere` stands.

    Long names are written above their bar, so that nothing is cut on a narrow screen.
    """
    cadre = as_frame(points)
    longs = any(len(p.libelle) > LIBELLE_COURT for p in points)
    cadre["titre"] = stand_on_bar([wrap(nom) for nom in cadre["libelle"]])
    haut = HAUTEUR_DE_LIGNE * count_lines(cadre["titre"]) + 4 if longs else 0
    pas = haut + EPAISSEUR + 12
    decalage = haut + EPAISSEUR / 2 - pas / 2 if longs else 0
    bande = alt.Scale(paddingInner=0, paddingOuter=0)
    fin = _room(points, repere)
    etendue = alt.Scale(domain=[0, fin], nice=False)
    base = alt.Chart(cadre).encode(
        y=alt.Y("libelle:N", sort=None, title=None, axis=None if longs else alt.Axis(domain=False), scale=bande),
        tooltip=_bulle(),
    )
    barre = base.mark_bar(height=EPAISSEUR, yOffset=decalage, color=couleur)
    couches = [_clickable(barre.encode(x=alt.X("valeur:Q", title=None, axis=None, scale=etendue)), cliquable)]
    if repere is not None:
        couches += _line_at(repere, nom_du_repere, repere / fin)
    ecrit = base.transform_calculate(debut="isValid(datum.valeur) ? datum.valeur : 0").encode(
        x=alt.X("debut:Q", scale=etendue), text="texte:N"
    )
    # A white rim keeps the number readable where the reference line crosses it.
    couches.append(ecrit.mark_text(align="left", dx=6, dy=decalage, fontWeight=600, stroke=palette.FOND, strokeWidth=5))
    couches.append(ecrit.mark_text(align="left", dx=6, dy=decalage, fontWeight=600))
    if longs:
        couches.append(at_top(base, "titre", "libelle:N"))
    texte = describe(sujet + (f" ({nom_du_repere})" if repere is not None else ""), points)
    return assemble(couches, alt.Step(pas), texte)


def _room(points: Sequence[Point], repere: float | None) -> float:
    """End of the axis that leaves the longest number its place after the longest bar."""
    maximum = max([p.valeur or 0.0 for p in points] + [repere or 0.0, 0.0]) or 1.0
    return maximum * (1.1 + 0.045 * max([len(p.texte) for p in points], default=0))


def barres_empilees(
    points: Sequence[Point], sujet: str, couleurs: dict[str, str] | None = None, *, cliquable: bool = False
) -> alt.LayerChart:
    """One bar a `libelle` cut in its `serie`, stacked to 100 %; shares from 6 % are written inside.

    `couleurs` gives the colour of each series; the legend keeps the order of the points. Long names are
    written above their bar, as in `barres`. A bar with an unknown part is not drawn: the shares of the others would be
    false. The word for it stands in its place; so it is for rounded parts that are too few to be shares.
    """
    cadre = as_frame(points)
    series = list(dict.fromkeys(p.serie for p in points))
    arrondi = base_of(points)

    def write_share(part: float) -> str:
        return write_rounded(part, "%") if arrondi else write_percent(part, 0)

    gamme = [(couleurs or {}).get(s) or palette.CATEGORIES[i % len(palette.CATEGORIES)] for i, s in enumerate(series)]
    cadre["rang"] = [series.index(s) for s in cadre["serie"]]
    cadre["mot"] = cadre["libelle"].map(_words_for_bars(points))
    totaux = cadre.groupby("libelle")["valeur"].transform("sum").where(cadre["mot"] == "")
    cadre["part"] = (cadre["valeur"] / totaux.where(totaux > 0)).astype(float)
    cadre["part_texte"] = [write_share(p) if p >= 0.06 else "" for p in cadre["part"].fillna(0.0)]
    # In the order in which the bars are stacked, which a part missing from the first bar may change.
    cumul = cadre.sort_values("rang", kind="stable").groupby("libelle")["part"].cumsum()
    cadre["milieu"] = cumul - cadre["part"] / 2
    longs = any(len(p.libelle) > LIBELLE_EMPILE for p in points)
    titres = cadre.drop_duplicates("libelle").assign(titre=lambda c: stand_on_bar([wrap(n) for n in c["libelle"]]))
    haut = HAUTEUR_DE_LIGNE * count_lines(titres["titre"]) + 4 if longs else 0
    pas = haut + 30 + 16
    decalage = haut / 2 - 6 if longs else 0
    bande = alt.Scale(paddingInner=0, paddingOuter=0) if longs else alt.Scale()
    axe = None if longs else alt.Axis(domain=False, labelLimit=260)
    y = alt.Y("libelle:N", sort=None, title=None, axis=axe, scale=bande)
    base = alt.Chart(cadre).encode(y=y, tooltip=_bulle(serie=True))
    etendue = alt.Scale(domain=[0, 1])
    barre = base.mark_bar(height=30, yOffset=decalage, stroke=palette.FOND, strokeWidth=2).encode(
        x=alt.X("part:Q", stack="zero", title=None, axis=alt.Axis(format=".0%", tickCount=5), scale=etendue),
        color=alt.Color("serie:N", sort=series, title=None, scale=alt.Scale(domain=series, range=gamme)),
        order="rang:Q",
    )
    ecrit = base.mark_text(color=palette.FOND, fontWeight="bold", dy=decalage).encode(
        x=alt.X("milieu:Q", scale=etendue), text="part_texte:N"
    )
    couches = [_clickable(barre, cliquable), ecrit]
    if titres["mot"].any():
        mots = alt.Chart(titres).encode(y=y, x=alt.value(0), text="mot:N")
        couches.append(mots.mark_text(align="left", dx=6, dy=decalage, fontWeight=600, color=palette.ENCRE))
    if longs:
        couches.append(at_top(alt.Chart(titres).encode(y=y), "titre", "libelle:N"))
    return assemble(couches, alt.Step(pas), describe(sujet, points))


def _words_for_bars(points: Sequence[Point]) -> dict[str, str]:
    """What stands in place of each bar that cannot be shared out; "" where it is drawn."""
    mots = {}
    for libelle in dict.fromkeys(p.libelle for p in points):
        parts = [p for p in points if p.libelle == libelle]
        inconnu = next((p.texte for p in parts if p.valeur is None and not p.base), "")
        mots[libelle] = inconnu or ("" if sum_shares(parts) is not None else MOTS_DES_ETATS[Etat.EFFECTIF_FAIBLE])
    return mots


def part_avec_repere(
    points: Sequence[Point], sujet: str, repere: float = 0.5, nom_du_repere: str = "parité : 50 %"
) -> alt.LayerChart:
    """Shares (fractions) as dots on a line from the reference: the gap is what one sees first."""
    cadre = as_frame(points, 26)
    cadre["repere"] = repere
    y = alt.Y("libelle:N", sort=None, title=None, axis=alt.Axis(domain=False, labelLimit=200))
    x = alt.X("valeur:Q", title=None, axis=alt.Axis(format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 1]))
    base = alt.Chart(cadre).encode(y=y, tooltip=_bulle())
    tige = base.mark_rule(strokeWidth=4, color=palette.PRINCIPALE).encode(x=x, x2="repere:Q")
    tete = base.mark_point(filled=True, size=260, opacity=1, color=palette.PRINCIPALE).encode(x=x)
    gauche = base.mark_text(align="right", dx=-14, fontWeight="bold").encode(x=x, text="texte:N")
    droite = base.mark_text(align="left", dx=14, fontWeight="bold").encode(x=x, text="texte:N")
    couches = [
        tige,
        tete,
        gauche.transform_filter(alt.datum.valeur < repere),
        droite.transform_filter(alt.datum.valeur >= repere),
        *_line_at(repere, nom_du_repere),
    ]
    texte = describe(f"{sujet} ({nom_du_repere})", points)
    return assemble(couches, alt.Step(44), texte)


def name_of_reference(valeur: float, unite: str, maximum: bool | None = None) -> str:
    """« norme : 80 au plus »."""
    nombre = write_amount(valeur, unite) if unite == "%" else write_number(valeur)
    borne = {True: " au plus", False: " au moins", None: ""}[maximum]
    return f"norme : {nombre}{borne}"


def _clickable(couche: alt.Chart, cliquable: bool) -> alt.Chart:
    return couche.add_params(choice()) if cliquable else couche


def _line_at(valeur: float, nom: str, place: float = 0.5) -> list[alt.Chart]:
    """A dashed line and its name above it; `place` (fraction of the axis) keeps the name inside the chart."""
    ligne = alt.Chart(alt.Data(values=[{"repere": valeur, "nom": nom}]))
    trait = ligne.mark_rule(strokeDash=[6, 4], strokeWidth=2, color=palette.REPERE).encode(x="repere:Q")
    cote: Literal["right", "left", "center"] = "right" if place > LOIN else "left" if place < 1 - LOIN else "center"
    ecrit = ligne.mark_text(align=cote, baseline="bottom", dy=-4, fontWeight="bold").encode(
        x="repere:Q", y=alt.value(0), text="nom:N"
    )
    return [trait, ecrit]


def _bulle(serie: bool = False) -> list[alt.Tooltip]:
    autres = [alt.Tooltip("serie:N", title="Part")] if serie else []
    return [alt.Tooltip("libelle:N", title="Nom"), *autres, alt.Tooltip("texte:N", title="Valeur")]
