"""Whole groups cut in parts: one stacked bar to 100 % each, its name and its numbers written above."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from charts import palette
from charts.assemblage import HAUTEUR_DE_LIGNE, assemble, at_top, count_lines, wrap
from charts.donnees import Point, sum_shares
from indicators.nombres import write_percent, write_rounded

EPAISSEUR = 26
PART_LISIBLE = 0.09
COLONNES_DE_LEGENDE = 2


@dataclass(frozen=True)
class Groupe:
    """One bar: its name, what must be read beside, its parts in order (`serie` names each)."""

    libelle: str
    detail: str
    parts: tuple[Point, ...]


def parts_empilees(groupes: Sequence[Groupe], sujet: str, couleurs: dict[str, str]) -> alt.LayerChart:
    """Shares of each group, written inside from 9 %; `couleurs` gives the series, in the order of the legend."""
    cadre = pd.DataFrame([ligne for groupe in groupes for ligne in _rows(groupe, list(couleurs))])
    cadre["details"] = cadre["detail"].map(wrap)
    cadre["premier"] = ~cadre["libelle"].duplicated()
    haut = HAUTEUR_DE_LIGNE * (1 + count_lines(cadre["details"])) + 5
    pas = haut + EPAISSEUR + 14
    centre = haut + EPAISSEUR / 2 - pas / 2
    etendue = alt.Scale(domain=[0, 1])
    legende = alt.Legend(title=None, columns=COLONNES_DE_LEGENDE, orient="top")
    base = alt.Chart(cadre).encode(
        y=alt.Y("libelle:N", sort=None, title=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0)),
        tooltip=[
            alt.Tooltip("libelle:N", title="Groupe"),
            alt.Tooltip("serie:N", title="Part"),
            alt.Tooltip("texte:N", title="Valeur"),
        ],
    )
    premieres = base.transform_filter("datum.premier")
    couches = [
        base.mark_bar(height=EPAISSEUR, yOffset=centre, stroke=palette.FOND, strokeWidth=2).encode(
            x=alt.X("debut:Q", title=None, axis=None, scale=etendue),
            x2="fin:Q",
            color=alt.Color(
                "serie:N",
                sort=list(couleurs),
                legend=legende,
                scale=alt.Scale(domain=list(couleurs), range=list(couleurs.values())),
            ),
        ),
        base.mark_text(dy=centre, fontWeight="bold").encode(
            x=alt.X("milieu:Q", scale=etendue), text="ecrit:N", color=alt.Color("encre:N", scale=None)
        ),
        at_top(premieres, "libelle", "libelle:N", gras=True),
        at_top(premieres, "details", "libelle:N", dy=HAUTEUR_DE_LIGNE),
    ]
    for rang, couche in enumerate(couches[:2]):
        couches[rang] = couche.transform_filter("isValid(datum.fin)")
    lues = " ; ".join(f"{g.libelle} : {', '.join(f'{p.serie} {p.texte}' for p in g.parts)}" for g in groupes)
    return assemble(couches, alt.Step(pas), f"{sujet}. {lues}.")


def _rows(groupe: Groupe, ordre: list[str]) -> list[dict[str, object]]:
    """Cumulated shares; a group that cannot be shared out keeps its words and has no bar."""
    total = sum_shares(groupe.parts)
    commun = {"libelle": groupe.libelle, "detail": groupe.detail}
    if not total:
        return [commun | {"serie": ordre[0], "texte": groupe.detail, "debut": None, "fin": None, "ecrit": ""}]
    lignes: list[dict[str, object]] = []
    fin = 0.0
    for point in sorted(groupe.parts, key=lambda p: ordre.index(p.serie)):
        debut, part = fin, (point.valeur or 0.0) / total
        fin += part
        ecrit = _write_inside(point, part)
        lignes.append(
            commun
            | {"serie": point.serie, "texte": point.texte, "debut": debut, "fin": fin, "ecrit": ecrit}
            | {"milieu": (debut + fin) / 2, "encre": _ink(point.serie)}
        )
    return lignes


def _write_inside(point: Point, part: float) -> str:
    if part < PART_LISIBLE:
        return ""
    return write_rounded(part, "%") if point.base else write_percent(part, 0)


def _ink(serie: str) -> str:
    return palette.ENCRE if serie in CLAIRES else palette.FOND


INCONNUS = "Non renseigné"
CLAIRES = ("Non", INCONNUS, "Ne se prononce pas")
"""Series drawn in a light colour: their number is written dark."""
_AGES = (palette.SECONDE, palette.PRINCIPALE, palette.TROISIEME, palette.QUATRIEME, palette.CINQUIEME)


def color_ages(tranches: Sequence[str]) -> dict[str, str]:
    """A colour for each band of age, in order, and for those whose age is not known."""
    return {nom: _AGES[rang % len(_AGES)] for rang, nom in enumerate(tranches)} | {INCONNUS: palette.OUI_NON[INCONNUS]}
