"""Pictures read from left to right: curves and columns of months, the steps from one stock to the next."""

from math import ceil, floor, log10
from typing import Any

import altair as alt

from charts import palette
from charts.assemblage import Couches, frame_of, tooltip_of
from sections.images import Forme, Image

_HAUTEURS, _HAUTEURS_DES_MARCHES = {False: 320, True: 240}, {False: 260, True: 210}
"""Lower on a page, which is wide."""
MOIS_CHIFFRES, MOIS_MARQUES = 18, 24
"""Up to so many months, each column has its number, each point its mark."""
GRADUATIONS = 5
_TRAIT = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3, symbolSize=500)
_SUR_DEUX_LIGNES: dict[str, Any] = {"labelExpr": "split(datum.label, ' ')", "labelAngle": 0, "grid": False}
_TIRETS = ([1, 0], [6, 4], [2, 3], [10, 3])


def draw_months(image: Image, large: bool) -> Couches:
    """One curve a series, each with its own dash, its last value written at its end."""
    cadre, noms = frame_of(image), [serie.nom for serie in image.series]
    couleurs, (bas, haut, pas) = palette.colors_of(image), scale_of(image)
    finales = [serie.valeurs[-1] for serie in image.series]
    sommet = max((v for v in finales if v is not None), default=None)
    # Last values are written above the highest curve and below the others: they never overlap.
    places = {nom: "dessus" if finale == sommet else "dessous" for nom, finale in zip(noms, finales, strict=True)}
    cadre["place"] = cadre["serie"].map(places).where(cadre["rang"] == len(image.categories) - 1, "")
    nombre = ".0%" if image.unite == "%" else ",d"
    axe = alt.Axis(values=[bas + rang * pas for rang in range(round((haut - bas) / pas) + 1)], format=nombre)
    base = alt.Chart(cadre).encode(
        x=_months("point", 0.2),
        y=alt.Y("valeur:Q", title=None, axis=axe, scale=alt.Scale(domain=[bas, haut], nice=False)),
        color=alt.Color(
            "serie:N", sort=noms, legend=_TRAIT, scale=alt.Scale(domain=noms, range=[couleurs[nom] for nom in noms])
        ),
        tooltip=tooltip_of(image, alt.Tooltip("serie:N", title="Série")),
    )
    tirets = alt.StrokeDash("serie:N", sort=noms, legend=_TRAIT, scale=alt.Scale(domain=noms, range=list(_TIRETS)))
    ecrits = base.encode(text="texte:N")
    couches = [
        # A month that is only « moins de 5 » has no height: the line goes on to the next one.
        base.transform_filter("!datum.petit").mark_line(point=False).encode(strokeDash=tirets),
        base.mark_point(filled=True, size=70 if len(image.categories) <= MOIS_MARQUES else 0, opacity=1),
        ecrits.transform_filter("datum.place == 'dessus'").mark_text(align="left", dx=8, dy=-8, fontWeight=600),
        ecrits.transform_filter("datum.place == 'dessous'").mark_text(align="left", dx=8, dy=9, fontWeight=600),
    ]
    return Couches(couches, _HAUTEURS[large], marque=1)


def _months(genre: Any, bord: float) -> alt.X:
    axe = alt.Axis(labelOverlap="parity", **_SUR_DEUX_LIGNES)
    return alt.X("categorie:N", sort=None, title=None, axis=axe, scale=alt.Scale(type=genre, paddingOuter=bord))


def scale_of(image: Image) -> tuple[float, float, float]:
    """Ends and step of the axis of months: round numbers with room around the curves, never below zero."""
    valeurs = [v for serie in image.series for v in serie.valeurs if v is not None] or [0.0]
    bas, haut = min(valeurs), max(valeurs)
    marge = max((haut - bas) * 0.2, haut * 0.03, 0.01 if image.unite == "%" else 1.0)
    pas = round_step((haut - bas + 2 * marge) / GRADUATIONS)
    return max(floor((bas - marge) / pas) * pas, 0.0), ceil((haut + marge) / pas) * pas, pas


def round_step(pas: float) -> float:
    """1, 2, 5, 10, 20, 50… the first that is no smaller."""
    decade = 10.0 ** floor(log10(pas))
    return next(decade * facteur for facteur in (1, 2, 5, 10) if decade * facteur >= pas * 0.999)


def starts_at_zero(image: Image) -> bool:
    """False when the axis of a series of months is cut, which is then said."""
    return image.genre is not Forme.TEMPS or scale_of(image)[0] == 0.0


def draw_flow(image: Image, large: bool) -> Couches:
    """What comes above the line, what leaves below it, month by month, each with its number, or the word upright in its
    place."""
    cadre, noms = frame_of(image), [serie.nom for serie in image.series]
    couleurs, sans = palette.colors_of(image), cadre["valeur"].isna()
    cadre["hauteur"] = cadre["valeur"].where(cadre["numero"] == 0, -cadre["valeur"])
    cadre["ecrit"] = cadre["texte"] if len(image.categories) <= MOIS_CHIFFRES else ""
    cadre["mot"], cadre["pied"] = cadre["ecrit"].where(sans, ""), 0.0
    extreme = max(float(cadre["valeur"].max() or 0), 1.0) * 1.25
    etendue = alt.Scale(domain=[-extreme, extreme])
    base = alt.Chart(cadre).encode(
        x=_months("band", 0.05),
        y=alt.Y("hauteur:Q", title=None, axis=None, scale=etendue),
        color=alt.Color(
            "serie:N", sort=noms, title=None, scale=alt.Scale(domain=noms, range=[couleurs[nom] for nom in noms])
        ),
        tooltip=tooltip_of(image, alt.Tooltip("serie:N", title="Série")),
    )
    mots = base.encode(y=alt.Y("pied:Q", axis=None, scale=etendue), text="mot:N")
    couches = [
        base.mark_bar(width={"band": 0.7}),
        base.transform_filter("datum.hauteur > 0").mark_text(dy=-9, fontSize=13).encode(text="ecrit:N"),
        base.transform_filter("datum.hauteur < 0").mark_text(dy=11, fontSize=13).encode(text="ecrit:N"),
        mots.transform_filter("datum.numero == 0").mark_text(angle=270, align="left", dx=6, fontSize=12),
        mots.transform_filter("datum.numero == 1").mark_text(angle=270, align="right", dx=-6, fontSize=12),
        alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=palette.ENCRE).encode(y="zero:Q"),
    ]
    return Couches(couches, _HAUTEURS[large])


def draw_steps(image: Image, large: bool) -> Couches:
    """Where we were, what came, what left, where we are. Raises ValueError unless the four are known."""
    cadre = frame_of(image)
    cadre["bas"], cadre["haut"] = zip(*list_steps(image), strict=True)
    cadre["ecrit"] = [f"{signe}{texte}" for signe, texte in zip(("", "+ ", "− ", ""), cadre["texte"], strict=True)]
    # Bars start at zero, always: a cut axis would make the flows look larger than the stock.
    etendue = alt.Scale(domain=[0, max(float(cadre["haut"].max()), 1.0) * 1.14], nice=False)
    base = alt.Chart(cadre).encode(
        x=alt.X("categorie:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelLimit=140, domain=False)),
        tooltip=tooltip_of(image),
    )
    barres = base.mark_bar().encode(
        y=alt.Y("bas:Q", title=None, axis=None, scale=etendue), y2="haut:Q", color=alt.Color("couleur:N", scale=None)
    )
    ecrits = base.mark_text(dy=-10, fontSize=18, fontWeight="bold")
    return Couches(
        [barres, ecrits.encode(y=alt.Y("haut:Q", scale=etendue), text="ecrit:N")], _HAUTEURS_DES_MARCHES[large]
    )


def list_steps(image: Image) -> list[tuple[float, float]]:
    """Bottom and top of each step: what came stands on what was there, what left hangs from the top."""
    valeurs = image.series[0].valeurs
    connues = [v for v in valeurs if v is not None]
    if len(valeurs) != 4 or len(connues) != 4:
        raise ValueError("La cascade demande quatre valeurs.")
    avant, entre, sorti, apres = connues
    return [(0.0, avant), (avant, avant + entre), (apres, apres + sorti), (0.0, apres)]
