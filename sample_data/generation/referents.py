"""Référents: posts that change hands, never a name."""

from datetime import date, timedelta
from random import Random

from sample_data.generation.calendrier import draw_day
from sample_data.generation.hasard import make_hasard
from sample_data.generation.reference import Ligne
from sample_data.generation.volumes import Volumes

_STRUCTURES = ("Structure A", "Structure B", "Structure C")
_ANNEES_EN_POSTE = 4.5


def invent_referents(code_plie: str, volumes: Volumes, extraction: date) -> list[Ligne]:
    """Holders of each post from the start of the history, in order of arrival, coded REF-01, REF-02…"""
    hasard = make_hasard(code_plie, "referents")
    tenues: list[Ligne] = []
    for rang, etp in enumerate(volumes.etp_referents):
        structure = _STRUCTURES[rang * len(_STRUCTURES) // len(volumes.etp_referents)]
        for depuis, jusqua in _list_holders(hasard, volumes.debut_historique, extraction):
            tenues.append({"structure": structure, "etp": float(etp), "depuis": depuis, "jusqua": jusqua})
    tenues.sort(key=lambda tenue: (tenue["depuis"], tenue["structure"]))
    return [
        {"code_plie": code_plie, "code_referent": f"REF-{numero:02d}"} | tenue
        for numero, tenue in enumerate(tenues, start=1)
    ]


def _list_holders(hasard: Random, debut: date, extraction: date) -> list[tuple[date, date | None]]:
    depuis = draw_day(hasard, debut - timedelta(2200), debut - timedelta(30))
    arrivee_limite = extraction - timedelta(200)
    tenues: list[tuple[date, date | None]] = []
    depart = debut + timedelta(round(hasard.expovariate(1 / _ANNEES_EN_POSTE) * 365))
    while depart < arrivee_limite:
        tenues.append((depuis, depart))
        depuis = draw_day(hasard, depart + timedelta(1), depart + timedelta(40))
        depart = depuis + timedelta(365 + round(hasard.expovariate(1 / _ANNEES_EN_POSTE) * 365))
    tenues.append((depuis, None))
    return tenues


def assign_referent(hasard: Random, referents: list[Ligne], jour: date) -> str | None:
    """Code of a référent in post on `jour`, the more likely the fuller the post; None if nobody is."""
    en_poste = [r for r in referents if r["depuis"] <= jour and (r["jusqua"] is None or r["jusqua"] >= jour)]
    if not en_poste:
        return None
    choisi: str = hasard.choices([r["code_referent"] for r in en_poste], [r["etp"] for r in en_poste])[0]
    return choisi
