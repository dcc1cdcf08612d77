"""What the checks found: each anomaly with its place and its sentence, and the report that gathers them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data_access.classeur.controles import CONSEQUENCES, SUITE_NON_DETAILLEE, Controle, Gravite
from data_access.refus import Refus

MAX_DETAILLEES = 10_000
"""Beyond this many anomalies of one check, the rest is counted in one last line: a report must stay readable."""

LONGUEUR_CITEE = 40
_CITES = 10
ENTRE_PARTIES = " · "
"""Between the parts of the key of an anomaly."""

_ORDRE = {gravite: rang for rang, gravite in enumerate(Gravite)}


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One finding. `ligne` is the sheet's own row number (header = 1), which moves from one export to the next.

    `cle` names the row itself (its parts joined by `ENTRE_PARTIES`); `code_referent` and
    `code_operation` say who follows it.
    """

    controle: Controle
    feuille: str | None = None
    ligne: int | None = None
    colonne: str | None = None
    detail: str = ""
    code_plie: str | None = None
    cle: str | None = None
    code_referent: str | None = None
    code_operation: str | None = None

    @property
    def code(self) -> str:
        """Code of the check, for example IMP-108."""
        return self.controle.code

    @property
    def gravite(self) -> Gravite:
        """Severity of the check."""
        return self.controle.gravite

    @property
    def conseil(self) -> str:
        """What to do."""
        return self.controle.conseil

    @property
    def lieu(self) -> str:
        """Where: « Onglet « Etapes », ligne 48, colonne « debut » », or « Le classeur »."""
        if self.feuille is None:
            return "Classeur"
        lieu = f"Onglet « {self.feuille} »"
        if self.ligne is not None:
            lieu += f", ligne {self.ligne}"
        if self.colonne is not None:
            lieu += f", colonne « {self.colonne} »"
        return lieu

    @property
    def phrase(self) -> str:
        """What, where, why, what to do."""
        constat = self.controle.constat.format(detail=self.detail)
        return " ".join(filter(None, (f"{self.lieu} : {constat}.", CONSEQUENCES[self.gravite], self.conseil)))

    @property
    def message(self) -> str:
        """The phrase, its code at the end."""
        return f"{self.phrase} [{self.code}]"


class Rapport:
    """All the anomalies of one workbook, grouped by check, the gravest first."""

    def __init__(self) -> None:
        self._anomalies: list[Anomalie] = []
        self._nombres: Counter[Controle] = Counter()

    def add(self, anomalie: Anomalie) -> None:
        """Note one anomaly; past `MAX_DETAILLEES` of the same check it is only counted."""
        self._nombres[anomalie.controle] += 1
        if self._nombres[anomalie.controle] <= MAX_DETAILLEES:
            self._anomalies.append(anomalie)

    def refine(self, preciser: Callable[[Anomalie], Anomalie]) -> None:
        """Replace each anomaly by what `preciser` gives for it."""
        self._anomalies = [preciser(anomalie) for anomalie in self._anomalies]

    @property
    def is_blocking(self) -> bool:
        """True when nothing of the workbook may be loaded."""
        return any(controle.gravite is Gravite.BLOQUANT for controle in self._nombres)

    def count(self, controle: Controle) -> int:
        """How many anomalies of this check, detailed or not."""
        return self._nombres[controle]

    def anomalies(self) -> list[Anomalie]:
        """By severity, check, then order of the workbook; one last line a check tells what is not detailed."""
        suites = [
            Anomalie(SUITE_NON_DETAILLEE, detail=f"{nombre - MAX_DETAILLEES} autres anomalies « {controle.titre} »")
            for controle, nombre in self._nombres.items()
            if nombre > MAX_DETAILLEES
        ]
        return sorted(self._anomalies, key=lambda a: (_ORDRE[a.gravite], a.code)) + suites


def list_names(noms: Sequence[str]) -> str:
    """The first of these names, and how many more there are."""
    reste = len(noms) - _CITES
    return ", ".join(noms[:_CITES]) + (f" et {reste} autres" if reste > 0 else "")


class ClasseurRefuseError(Refus):
    """The workbook cannot be read at all; `anomalie` says why, in words for its author."""

    def __init__(self, anomalie: Anomalie) -> None:
        super().__init__(anomalie.phrase, anomalie.code)
        self.anomalie = anomalie


def refuse(controle: Controle, detail: str = "", feuille: str | None = None) -> ClasseurRefuseError:
    """The refusal of a whole workbook for `controle`."""
    return ClasseurRefuseError(Anomalie(controle, feuille=feuille, detail=detail))
