"""Charts by month: series with last year, entries above and exits below."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from charts import palette
from charts.assemblage import assemble
from charts.donnees import Point, as_dates, describe

HAUTEUR = 320
MOIS_CHIFFRES = 18
MOIS_MARQUES = 24
_TRAIT = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3, symbolSize=500)
_AXE: dict[str, Any] = {"labelAngle": 0, "labelOverlap": "parity", "grid": False}
_TIRETS = ([1, 0], [6, 4], [2, 3], [10, 3])


def serie_mensuelle(series: Sequence[Sequence[Point]], sujet: str) -> alt.LayerChart:
    """One line a series, each with its own dash, its name and last value written at its end.

    All are drawn on the months of the first series, month for month: last year lies under this year.
    """
    cadre = _aligned(series)
    noms = list(dict.fromkeys(cadre["serie"]))
    couleurs = [palette.PRINCIPALE, palette.SIXIEME, *palette.CATEGORIES[1:]][: len(noms)]
    x = alt.X("mois:T", title=None, axis=_axe_des_mois(cadre))
    y = alt.Y("valeur:Q", title=None, axis=alt.Axis(tickCount=5, format=",d"), scale=alt.Scale(domain=_etendue(cadre)))
    couleur = alt.Color("serie:N", sort=noms, legend=_TRAIT, scale=alt.Scale(domain=noms, range=couleurs))
    tirets = alt.StrokeDash("serie:N", sort=noms, legend=_TRAIT, scale=alt.Scale(domain=noms, range=list(_TIRETS)))
    base = alt.Chart(cadre).encode(x=x, y=y, color=couleur, tooltip=_bulle())
    derniers = base.encode(text="texte:N")
    couches = [
        # A month that is only « moins de 5 » has no height: the line goes on to the next one.
        base.transform_filter("!datum.petit").mark_line(point=False).encode(strokeDash=tirets),
        base.mark_point(filled=True, size=70 if len(cadre) <= 2 * MOIS_MARQUES else 0, opacity=1),
        derniers.transform_filter("datum.place == 'dessus'").mark_text(align="left", dx=8, dy=-8, fontWeight=600),
        derniers.transform_filter("datum.place == 'dessous'").mark_text(align="left", dx=8, dy=9, fontWeight=600),
    ]
    texte = describe(sujet, [p for serie in series for p in serie], 26)
    return assemble(couches, HAUTEUR, texte)


def flux(entrees: Sequence[Point], sorties: Sequence[Point], sujet: str) -> alt.LayerChart:
    """Entries above the line, exits below it, month by month, each with its number."""
    haut, bas = as_dates(entrees), as_dates(sorties)
    bas["hauteur"], haut["hauteur"] = -bas["valeur"], haut["valeur"]
    cadre = pd.concat([haut, bas])
    noms = list(dict.fromkeys(cadre["serie"]))
    extreme = max(float(cadre["valeur"].max() or 0), 1.0) * 1.25
    cadre["etiquette"] = cadre["texte"].where(cadre["valeur"] > 0, "") if len(haut) <= MOIS_CHIFFRES else ""
    base = alt.Chart(cadre).encode(
        x=alt.X("libelle:N", sort=None, title=None, axis=alt.Axis(labelExpr="split(datum.label, ' ')", **_AXE)),
        y=alt.Y("hauteur:Q", title=None, axis=None, scale=alt.Scale(domain=[-extreme, extreme])),
        color=alt.Color(
            "serie:N",
            sort=noms,
            title=None,
            scale=alt.Scale(domain=noms, range=[palette.ENTREES, palette.SORTIES]),
        ),
        tooltip=_bulle(),
    )
    couches = [
        base.mark_bar(width={"band": 0.7}),
        base.transform_filter("datum.hauteur > 0").mark_text(dy=-9, fontSize=13).encode(text="etiquette:N"),
        base.transform_filter("datum.hauteur < 0").mark_text(dy=11, fontSize=13).encode(text="etiquette:N"),
        alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=palette.ENCRE).encode(y="zero:Q"),
    ]
    texte = describe(sujet, [*entrees, *sorties], 26)
    return assemble(couches, HAUTEUR, texte)


def _aligned(series: Sequence[Sequence[Point]]) -> pd.DataFrame:
    reference = as_dates(series[0])["mois"]
    cadres = []
    for points in series:
        cadre = as_dates(points)
        cadre["mois"] = reference.iloc[: len(cadre)].to_numpy()
        cadre["place"] = ""
        cadres.append(cadre)
    # Last values are written above the highest line and below the others: they never overlap.
    finales = [cadre["valeur"].iloc[-1] if len(cadre) else None for cadre in cadres]
    sommet = max((v for v in finales if v is not None), default=None)
    for cadre, finale in zip(cadres, finales, strict=True):
        cadre.loc[cadre.index[-1:], "place"] = "dessus" if finale == sommet else "dessous"
    return pd.concat(cadres)


def _etendue(cadre: pd.DataFrame) -> list[float]:
    valeurs = cadre["valeur"].dropna()
    if valeurs.empty:
        return [0.0, 1.0]
    bas, haut = float(valeurs.min()), float(valeurs.max())
    marge = max((haut - bas) * 0.25, haut * 0.04, 1.0)
    return [max(0.0, bas - marge), haut + marge]


def starts_at_zero(series: Sequence[Sequence[Point]]) -> bool:
    """False when the axis of `serie_mensuelle` is cut: the screen then says so."""
    valeurs = [p.valeur for points in series for p in points if p.valeur is not None]
    return not valeurs or _etendue(pd.DataFrame({"valeur": valeurs}))[0] == 0.0


def _axe_des_mois(cadre: pd.DataFrame) -> alt.Axis:
    pas = {"interval": "month", "step": 1} if cadre["mois"].nunique() <= 24 else 8
    deux_lignes = "[timeFormat(datum.value, '%b'), timeFormat(datum.value, '%Y')]"
    return alt.Axis(labelExpr=deux_lignes, tickCount=pas, labelFlush=True, **_AXE)


def _bulle() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("libelle:N", title="Mois"),
        alt.Tooltip("serie:N", title="Série"),
        alt.Tooltip("texte:N", title="Valeur"),
    ]
