"""The loud stop: an import that would make many stored parcours vanish is likely a truncated export."""

from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from data_access.classeur.anomalies import Anomalie
from data_access.classeur.controles import DISPARITION
from data_access.imports.differences import Difference

SEUIL_ALERTE = 0.10
"""Above this share of the stored parcours of one PLIE, someone must confirm."""

_PARCOURS = "Parcours"


@dataclass(frozen=True)
class Disparition:
    """Parcours of one PLIE that would vanish, of those that are stored."""

    code_plie: str
    nombre: int
    total: int

    @property
    def part(self) -> float:
        """Share of the stored parcours, 0 to 1."""
        return self.nombre / self.total if self.total else 0.0


class Prepare(Protocol):
    """What is asked of an import that was prepared."""

    differences: dict[str, Difference]
    parcours_enregistres: dict[str, int]


def vanishing_parcours(prepare: Prepare) -> list[Disparition]:
    """By PLIE that would lose at least one, how many of its stored parcours would vanish."""
    difference = prepare.differences.get(_PARCOURS)
    if difference is None:
        return []
    nombres = Counter(valeurs[0] for _, valeurs in difference.retraits)
    return [Disparition(code, nombres[code], prepare.parcours_enregistres.get(code, 0)) for code in sorted(nombres)]


def list_alarming(disparitions: list[Disparition]) -> list[Disparition]:
    """Those above `SEUIL_ALERTE`, the gravest first."""
    alarmantes = (d for d in disparitions if d.nombre > SEUIL_ALERTE * d.total)
    return sorted(alarmantes, key=lambda d: (-d.part, d.code_plie))


def in_words(alarmantes: list[Disparition]) -> Anomalie | None:
    """The blocking anomaly that asks for a confirmation; None when nothing is alarming."""
    if not alarmantes:
        return None
    detail = ", ".join(
        f"{d.nombre} des {d.total} parcours enregistrés du PLIE « {d.code_plie} » ({_in_percent(d.part)})"
        for d in alarmantes
    )
    code = alarmantes[0].code_plie if len(alarmantes) == 1 else None
    return Anomalie(DISPARITION, _PARCOURS, detail=detail, code_plie=code)


def _in_percent(part: float) -> str:
    return f"{100 * part:.0f}\u00a0%" if part >= 0.1 else f"{100 * part:.1f}\u00a0%".replace(".", ",")
