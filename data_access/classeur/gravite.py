"""What a check is: its code, how grave it is, its words."""

from dataclasses import dataclass
from enum import StrEnum


class Gravite(StrEnum):
    """What an anomaly entails: nothing is loaded, the row is not loaded, or the row is loaded all the same."""

    BLOQUANT = "bloquant"
    REJET = "rejet"
    AVERTISSEMENT = "avertissement"


CONSEQUENCES = {
    Gravite.BLOQUANT: "Rien n’est chargé.",
    Gravite.REJET: "La ligne n’est pas chargée.",
    Gravite.AVERTISSEMENT: "",
}


@dataclass(frozen=True)
class Controle:
    """One check. `constat` follows the place in the message; `conseil` says what to do."""

    code: str
    gravite: Gravite
    titre: str
    constat: str
    conseil: str
