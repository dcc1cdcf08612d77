"""The threshold k under which a count of people is masked. Read from the environment, never lower than 5."""

import os

VARIABLE = "PLIE_SEUIL_MASQUAGE"
SEUIL_MINIMAL = 5


class SeuilRefuse(ValueError):
    """The threshold is not a whole number of 5 or more: nothing may be published."""


def read_threshold() -> int:
    """k: `PLIE_SEUIL_MASQUAGE`, 5 when it is not set.

    Raises SeuilRefuse when it is not a whole number or is below 5: « peut être relevé, jamais abaissé ».
    """
    brut = os.environ.get(VARIABLE, "").strip()
    if not brut:
        return SEUIL_MINIMAL
    if not (brut.isascii() and brut.isdigit()) or int(brut) < SEUIL_MINIMAL:
        raise SeuilRefuse(
            f"Le seuil de masquage « {brut} » est refusé. Il est lu dans la variable {VARIABLE}. "
            f"Le seuil est un nombre entier d’au moins {SEUIL_MINIMAL} : il peut être relevé, jamais abaissé. "
            "Corrigez ou supprimez cette variable, puis relancez. [MSQ-001]"
        )
    return int(brut)
