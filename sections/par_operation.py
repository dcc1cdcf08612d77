"""A figure cut by operation: two PLIE may give theirs one code, so each is known by its PLIE and its code."""

from indicators.referentiel import Operation
from indicators.resultats import Cellule
from sections.dessins import Barre, bar_of, greatest_first
from sections.lecture import Demande, Lecture, short_name

Cle = tuple[str, str]


def by_operation(code: str) -> tuple[Demande, ...]:
    """What the figure by operation asks, whatever the operation chosen: of one PLIE, of several, of all together."""
    return tuple(Demande(code, par, large=True) for par in ((), ("operation",), ("plie", "operation")))


def name_operation(lecture: Lecture, operation: Operation) -> str:
    """« AXE1 · Accompagnement renforcé », after its PLIE where there are several."""
    nom = f"{operation.code_operation} · {operation.intitule}"
    plies = {p.code_plie: short_name(p.nom) for p in lecture.plie}
    return f"{plies[operation.code_plie]} · {nom}" if lecture.plusieurs else nom


def read_by_operation(lecture: Lecture, code: str) -> dict[Cle, Cellule]:
    """The cell of each operation."""
    par = ("plie", "operation") if lecture.plusieurs else ("operation",)
    seul = lecture.filtres.plie[0]
    return {(dict(c.par).get("plie", seul), c.at("operation")): c for c in lecture.ask(code, *par, large=True) if c.par}


def list_by_operation(lecture: Lecture, code: str) -> list[Barre]:
    """A count by operation, greatest first; without those of which it has no object."""
    noms = {(o.code_plie, o.code_operation): name_operation(lecture, o) for o in lecture.operations}
    resultat = lecture.ask(code, large=True)
    return greatest_first(
        bar_of(noms.get(cle, cle[1]), cellule, resultat, code=cle[1])
        for cle, cellule in read_by_operation(lecture, code).items()
        if cellule.valeur is not None or cellule.base
    )
