"""`python -m tests.bench [TAILLE...]`: median time of each screen's data part, SQLite beside DuckDB.

For each size it makes a programme of that many parcours and six times as many étapes, replays what
each screen asks, without any cache, and prints a table in Markdown (docs/performance.md keeps one).
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import duckdb
import sqlalchemy as sa

from data_access.__main__ import main as data_access
from data_access.base.moteur import RACINE, make_engine
from data_access.base.schema import ensure_schema
from indicators.objectifs import evaluate_objectifs
from indicators.perimetre import ANIMATION, Filtres, Periode
from indicators.publication import publier
from tests.bench.duckdb_temoin import load_duckdb, to_duckdb_sql
from tests.bench.questions import Question, record_questions
from tests.bench.volumes import DEBUT, FIN, PLIE, fill

TAILLES = (20_000, 200_000)
ESSAIS = 7
_PERIODE = Periode(DEBUT, FIN)
PERIMETRES = {
    "dix PLIE": Filtres(PLIE, _PERIODE),
    "un PLIE": Filtres(PLIE[:1], _PERIODE),
    "un PLIE, une commune": Filtres(PLIE[:1], _PERIODE, territoire="C03"),
}


def main(tailles: tuple[int, ...]) -> None:
    """Prints one table per size."""
    with tempfile.TemporaryDirectory() as dossier:
        ecrans = _questions(Path(dossier))
        for taille in tailles:
            chemin = Path(dossier) / f"{taille}.db"
            engine = make_engine(f"sqlite:///{chemin}")
            ensure_schema(engine)
            fill(engine, taille)
            with engine.begin() as base:
                base.exec_driver_sql("ANALYZE")
            _print_table(engine, load_duckdb(str(chemin)), ecrans, taille)
            engine.dispose()


def _questions(dossier: Path) -> dict[str, list[Question]]:
    url = f"sqlite:///{dossier / 'exemples.db'}"
    os.environ["PLIE_DATABASE_URL"] = url
    classeur = RACINE / "sample_data" / "classeurs" / "plie_agenais.xlsx"
    with _silence():
        data_access(["import", str(classeur), "--base", url])
    return record_questions()


@contextmanager
def _silence() -> Iterator[None]:
    sortie, sys.stdout = sys.stdout, open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    try:
        yield
    finally:
        sys.stdout.close()
        sys.stdout = sortie


def _print_table(
    engine: sa.Engine, con: duckdb.DuckDBPyConnection, ecrans: dict[str, list[Question]], taille: int
) -> None:
    print(f"\n### {taille:,} parcours, {6 * taille:,} étapes\n".replace(",", " "))
    print(f"Python {platform.python_version()}, SQLite {_sqlite_version(engine)}, DuckDB {duckdb.__version__}, ms\n")
    entetes = [f"{nom} : SQLite | DuckDB | rapport" for nom in PERIMETRES]
    print(f"| écran | chiffres | {' | '.join(entetes)} |")
    print("|---" * (2 + 3 * len(PERIMETRES)) + "|")
    for ecran, questions in ecrans.items():
        if questions:
            colonnes = [_measure(engine, con, questions, cible) for cible in PERIMETRES.values()]
            print(f"| {ecran} | {len(questions)} | {' | '.join(colonnes)} |")


def _sqlite_version(engine: sa.Engine) -> str:
    with engine.connect() as base:
        return str(base.scalar(sa.text("SELECT sqlite_version()")))


def _measure(engine: sa.Engine, con: duckdb.DuckDBPyConnection, questions: list[Question], cible: Filtres) -> str:
    posees = [question.about(cible) for question in questions]
    with engine.connect() as base:
        requetes = _capture(engine, lambda: _ask(base, posees, cible))
        sqlite = _median_ms(lambda: _ask(base, posees, cible))
    temoin = _median_ms(lambda: [con.execute(requete).fetchall() for requete in requetes])
    return f"{sqlite:.1f} | {temoin:.1f} | {sqlite / temoin:.2f}"


def _ask(base: sa.Connection, questions: list[Question], cible: Filtres) -> None:
    for question in questions:
        if question.filtres is not None:
            publier(base, question.code, question.filtres, ANIMATION)
        elif question.au is not None:
            for code in cible.plie:
                evaluate_objectifs(base, code, question.au, ANIMATION)


def _capture(engine: sa.Engine, jouer: Callable[[], None]) -> list[str]:
    requetes: list[str] = []

    def note(_base: object, requete: sa.sql.ClauseElement, *_autres: object) -> None:
        requetes.append(to_duckdb_sql(requete))

    sa.event.listen(engine, "before_execute", note)
    try:
        jouer()
    finally:
        sa.event.remove(engine, "before_execute", note)
    return requetes


def _median_ms(jouer: Callable[[], object]) -> float:
    jouer()
    durees = []
    for _ in range(ESSAIS):
        debut = time.perf_counter()
        jouer()
        durees.append(1000 * (time.perf_counter() - debut))
    return median(durees)


if __name__ == "__main__":
    main(tuple(int(taille) for taille in sys.argv[1:]) or TAILLES)
