"""What a chart is drawn from: small frozen points, already named and written in French."""

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import altair as alt
import pandas as pd

from indicators.arrondi import DENOMINATEUR_MINIMAL
from indicators.comparable import is_comparable
from indicators.nombres import first_of_month, write_amount, write_month, write_rounded, write_value
from indicators.resultats import Cellule, ResultatPublie

MAXIMUM_DE_BARRES = 12
AUTRES = "autres"


@dataclass(frozen=True)
class Point:
    """One mark: the code of its part, its name, its value (None = a state), its value in words, its series, what the
    value is rounded to (0 = exact)."""

    code: str
    libelle: str
    valeur: float | None
    texte: str
    serie: str = ""
    base: int = 0


Nommer = Callable[[str], str]


def points_of(
    resultat: ResultatPublie, decoupage: str, nommer: Nommer | Mapping[str, str] = str, serie: str = ""
) -> tuple[Point, ...]:
    """One point for each cell of a result split by `decoupage`, in the order of the result."""
    nom = nommer if callable(nommer) else lambda code: nommer.get(code, code)
    return tuple(_point(resultat, c, c.at(decoupage), nom, serie) for c in resultat)


def _point(resultat: ResultatPublie, cellule: Cellule, code: str, nom: Nommer, serie: str) -> Point:
    return Point(code, nom(code), cellule.valeur, write_value(cellule, resultat.unite), serie, cellule.base)


def months_of(resultat: ResultatPublie, serie: str) -> tuple[Point, ...]:
    """One point a month of a result split by `mois`; none where nothing of the year before compares."""
    return points_of(resultat, "mois", write_month, serie) if is_comparable(resultat) else ()


def sort_points(points: Iterable[Point]) -> tuple[Point, ...]:
    """Greatest first, small rounded counts before zeros, unknown ones last."""
    return tuple(sorted(points, key=lambda p: (p.valeur is None and not p.base, -_height(p), p.libelle)))


def _height(point: Point) -> float:
    """Where a point stands among the others: « moins de 5 » is more than nothing, less than all the rest."""
    return 0.5 if point.valeur is None and point.base else point.valeur or 0.0


def keep_drawn(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points that have a bar: not a true zero, nor what has no object or no source."""
    return tuple(p for p in points if p.valeur or p.base)


def sum_values(points: Iterable[Point]) -> float | None:
    """Sum of the points; None when one has no value: the sum of the others would pass for the whole. Small rounded
    ones are left out of a rounded sum."""
    valeurs = [p.valeur for p in points if p.valeur is not None or not p.base]
    return None if any(v is None for v in valeurs) else sum(v for v in valeurs if v is not None)


def keep_greatest(points: Sequence[Point], unite: str, maximum: int = MAXIMUM_DE_BARRES) -> tuple[Point, ...]:
    """The greatest points, the rest summed under « autres »: for counts only, the table stays complete."""
    if len(points) <= maximum:
        return tuple(points)
    gardes, reste = points[: maximum - 1], points[maximum - 1 :]
    base = base_of(reste)
    if any(p.valeur is None for p in reste) and not base:
        return tuple(gardes)
    if base and all(p.valeur is None for p in reste):
        return (*gardes, Point(AUTRES, f"{len(reste)} autres", None, f"{reste[0].texte} chacun", base=base))
    somme = sum(p.valeur or 0.0 for p in reste)
    ecrite = write_rounded(somme, unite) if base else write_amount(somme, unite)
    return (*gardes, Point(AUTRES, f"{len(reste)} autres", somme, ecrite, base=base))


def base_of(points: Iterable[Point]) -> int:
    """What the points are rounded to; 0 when all are exact."""
    return max((p.base for p in points), default=0)


def sum_shares(parts: Iterable[Point]) -> float | None:
    """What the parts are shares of; None when one is unknown, or when rounded ones are too few to be shares
    (definitions.md, « Small numbers »)."""
    parts = tuple(parts)
    total = sum_values(parts)
    return None if total is None or (base_of(parts) and total < DENOMINATEUR_MINIMAL) else total


def rename(points: Iterable[Point], serie: str) -> tuple[Point, ...]:
    """The same points under another series."""
    return tuple(replace(p, serie=serie) for p in points)


def as_frame(points: Iterable[Point], largeur: int = 30) -> pd.DataFrame:
    """The points as Altair wants them; `nom` is the label cut in lines of `largeur` characters."""
    lignes = [
        {
            "code": p.code,
            "libelle": p.libelle,
            "nom": "\n".join(textwrap.wrap(p.libelle, largeur)) or p.libelle,
            "valeur": p.valeur,
            "texte": p.texte,
            "serie": p.serie,
            "petit": p.valeur is None and p.base > 0,
        }
        for p in points
    ]
    cadre = pd.DataFrame(lignes, columns=["code", "libelle", "nom", "valeur", "texte", "serie", "petit"])
    # A column of nothing but missing values would not be one of numbers.
    return cadre.astype({"valeur": float})


def as_dates(points: Iterable[Point]) -> pd.DataFrame:
    """Monthly points with their month as a date."""
    cadre = as_frame(points)
    cadre["mois"] = pd.to_datetime([first_of_month(code) for code in cadre["code"]])
    return cadre


def as_table(points: Iterable[Point], part: str, mesure: str, serie: str | None = None) -> pd.DataFrame:
    """The complete table under a chart, in French: one line a part, one column a series."""
    points = tuple(points)
    if serie is None and len({p.serie for p in points}) <= 1:
        return pd.DataFrame({part: [p.libelle for p in points], mesure: [p.texte for p in points]})
    lignes: dict[str, dict[str, str]] = {}
    for p in points:
        lignes.setdefault(p.libelle, {part: p.libelle})[p.serie] = p.texte
    return pd.DataFrame(list(lignes.values())).fillna("–")


def describe(sujet: str, points: Iterable[Point], maximum: int = 15) -> str:
    """Alternative text: the subject, then each point; the number left out is said."""
    points = tuple(points)
    parties = [f"{p.serie + ', ' if p.serie else ''}{p.libelle} : {p.texte}" for p in points[:maximum]]
    reste = len(points) - maximum
    if reste > 0:
        parties.append(f"et {reste} autres valeurs, dans le tableau")
    return f"{sujet}. {' ; '.join(parties)}." if parties else f"{sujet}. Aucune donnée."


def choice() -> alt.Parameter:
    """The click on a mark, read by the screen under the name « choix »."""
    return alt.selection_point(name="choix", fields=["code"])
