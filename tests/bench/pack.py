"""How long the papers of a meeting take, on the largest sample PLIE: `python -m tests.bench.pack [FOIS]`.

Composing, then each file. The first time pays what is read once a process; the PDF's next times lean on what typst
keeps of the one before, so the first is the one to read. CPU time tells more than wall time on a busy machine.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.base.schema import ensure_schema
from data_access.imports.demarrage import DOSSIER_EXEMPLES
from data_access.imports.deroule import import_classeur
from reports.fichiers import FORMATS
from seances.publication import Dossier, Seance, open_dossier

FOIS = 5


def main(fois: int = FOIS) -> None:
    """Prints one line a step: the first time, then the median of the others, and the size of the file."""
    classeur = max(DOSSIER_EXEMPLES.glob("*.xlsx"), key=lambda chemin: chemin.stat().st_size)
    with TemporaryDirectory() as dossier:
        url = f"sqlite:///{Path(dossier) / 'plie.db'}"
        code, parcours = _load(url, classeur)
        _write(f"{code}, {parcours} parcours, {fois} fois")
        seance = Seance(code, "comite_pilotage")
        ouverts = [_time(lambda: open_dossier(url, seance)) for _ in range(1 + fois)]
        _tell("composer", [duree for duree, _ in ouverts], f"{len(ouverts[0][1].edition.figures)} chiffres")
        for sorte, (_, faire) in FORMATS.items():
            _tell_format(sorte, faire, ouverts[0][1], fois)


def _load(url: str, classeur: Path) -> tuple[str, int]:
    engine = make_engine(url)
    ensure_schema(engine)
    import_classeur(engine, classeur, "mesure")
    with engine.connect() as base:
        (code,) = base.scalars(sa.select(t.parcours.c.code_plie).distinct())
        parcours = base.scalar(sa.select(sa.func.count()).select_from(t.parcours)) or 0
    engine.dispose()
    return code, parcours


def _tell_format(sorte: str, faire: Callable[..., bytes], dossier: Dossier, fois: int) -> None:
    faits = [_time(lambda: faire(dossier, lambda part, mot: None)) for _ in range(1 + fois)]
    _tell(sorte, [duree for duree, _ in faits], f"{len(faits[0][1]) // 1024} Ko")


Duree = tuple[float, float]
"""Wall and CPU seconds."""


def _time(faire: Callable[[], Any]) -> tuple[Duree, Any]:
    debut, calcul = perf_counter(), process_time()
    fait = faire()
    return (perf_counter() - debut, process_time() - calcul), fait


def _tell(quoi: str, durees: list[Duree], suite: str) -> None:
    premiere, *autres = durees
    mur, calcul = (median(d[i] for d in autres) for i in (0, 1))
    _write(
        f"{quoi:10} {premiere[0]:5.2f} s (calcul {premiere[1]:5.2f}) la première fois, "
        f"{mur:5.2f} s (calcul {calcul:5.2f}) ensuite, {suite}"
    )


def _write(ligne: str) -> None:
    sys.stdout.write(ligne + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FOIS)
