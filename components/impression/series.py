"""A figure month by month, beside the same months of the year before."""

from collections.abc import Sequence
from dataclasses import replace

from charts.donnees import Point, as_table, base_of, months_of, rename
from charts.mois import serie_mensuelle, starts_at_zero
from components.cadre.chiffres import chiffre, chiffre_un_an_avant
from components.cadre.choix import Perimetre
from components.impression.file_active import AXE_COUPE, series_filters
from components.impression.graphiques import show_chart, show_missing, write_absence, write_n, write_small
from components.impression.nomenclature import join_notes

MOIS_COMPARABLES = 24


def show_monthly(perimetre: Perimetre, code: str, titre: str, unite: str, vide: str) -> None:
    """The series of a figure that happens on days (entries, exits, étapes begun), last year's under it.

    `unite` follows the sample size, « n = 240 entrées »; `vide` is said where no month has anything.
    """
    filtres = series_filters(perimetre)
    points = months_of(chiffre(code, filtres), titre)
    if not any(p.valeur for p in points):
        show_missing(titre, write_absence(points, vide))
        return
    series: list[Sequence[Point]] = [points]
    avant = months_of(chiffre_un_an_avant(code, filtres), "un an plus tôt") if len(points) <= MOIS_COMPARABLES else ()
    if any(p.valeur for p in avant):
        series = [rename(points, "cette année"), avant]
    bornes = f"de {points[0].libelle} à {points[-1].libelle}"
    show_chart(
        serie_mensuelle(series, f"{titre}, {bornes}"),
        titre,
        f"mois_{code}",
        as_table([p for serie in series for p in _same_months(serie, points)], "Mois", titre),
        effectif=f"{n} {bornes}" if (n := write_n(points, unite, unite)) else bornes,
        note=write_notes(series),
        base=base_of(points),
    )


def write_notes(series: Sequence[Sequence[Point]]) -> str:
    """What must be known to read the lines: months left out, an axis that is cut."""
    coupe = "" if starts_at_zero(series) else AXE_COUPE
    return join_notes(write_small(series[0], "mois", "mois"), coupe)


def _same_months(serie: Sequence[Point], reference: Sequence[Point]) -> list[Point]:
    """Last year's points under the months of this year, so that the table has one line a month."""
    return [replace(p, libelle=r.libelle) for p, r in zip(serie, reference, strict=False)]
