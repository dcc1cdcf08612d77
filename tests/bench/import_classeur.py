"""`python -m tests.bench.import_classeur [ETAPES] [URL]`: an import beside the bare openpyxl read of the same file.

Each phase runs in a process of its own, which reports wall time, CPU time and peak memory; phases take turns,
so that a busy moment of the machine does not fall on one of them only. `URL`: any database of a PostgreSQL
server to try as well; each run makes anew, beside it, the database `plie_banc_import`. CPU time is that of our own
process: what PostgreSQL's takes shows in the wall time only.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ETAPES, ESSAIS = 100_000, 3
LECTURE, CONTROLE, IMPORT, POSTGRESQL = "lecture nue", "lecture et contrôles", "import (SQLite)", "import (PostgreSQL)"
_CODE_PLIE = "B"
BASE_DU_BANC = "plie_banc_import"
Mesure = dict[str, float]
"""`mur` and `cpu` in seconds, `pic` in megabytes."""


def main(etapes: int, url_postgresql: str | None) -> None:
    """Prints a Markdown table: medians, ratio to the bare read, highest peak."""
    phases = [LECTURE, CONTROLE, IMPORT] + ([POSTGRESQL] if url_postgresql else [])
    mesures: dict[str, list[Mesure]] = {phase: [] for phase in phases}
    with tempfile.TemporaryDirectory() as nom:
        dossier = Path(nom)
        classeur, vierge = dossier / "classeur.xlsx", dossier / "vierge.db"
        _run("prepare", str(etapes), str(classeur), f"sqlite:///{vierge}")
        for _ in range(ESSAIS):
            for phase in phases:
                base = dossier / "essai.db"
                shutil.copy(vierge, base)
                url = f"sqlite:///{base}"
                if phase == POSTGRESQL and url_postgresql:
                    _run("vide", url_postgresql)
                    url = _of_bench(url_postgresql)
                mesures[phase].append(_run("mesure", phase, str(classeur), url))
                for reste in dossier.glob("essai.db*"):
                    reste.unlink()
        _print_table(mesures, etapes, classeur.stat().st_size)


def _run(*arguments: str) -> Mesure:
    commande = [sys.executable, "-m", "tests.bench.import_classeur", "--enfant", *arguments]
    sortie = subprocess.run(commande, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(sortie) if sortie else {}


def _print_table(mesures: dict[str, list[Mesure]], etapes: int, taille: int) -> None:
    versions = f"Python {platform.python_version()}, médianes de {ESSAIS}"
    lignes = [f"{etapes} étapes, {taille / 1e6:.1f} Mo, {versions}", ""]
    lignes += ["| phase | s | CPU s | rapport (s) | rapport (CPU) | pic Mo |", "|---|---|---|---|---|---|"]
    nue = mesures[LECTURE]
    for phase, essais in mesures.items():
        mur, cpu = (median(m[nom] for m in essais) for nom in ("mur", "cpu"))
        # Ratio of runs made side by side, not of medians that may come from different moments.
        rapports = [median(m[nom] / n[nom] for m, n in zip(essais, nue, strict=True)) for nom in ("mur", "cpu")]
        pic = max(m["pic"] for m in essais)
        lignes.append(f"| {phase} | {mur:.2f} | {cpu:.2f} | {rapports[0]:.2f} | {rapports[1]:.2f} | {pic:.0f} |")
    sys.stdout.write("\n".join(lignes) + "\n")


def _child(action: str, *arguments: str) -> None:
    if action == "prepare":
        _prepare(int(arguments[0]), Path(arguments[1]), arguments[2])
    elif action == "vide":
        _make_postgresql(arguments[0])
    else:
        sys.stdout.write(json.dumps(_measure(arguments[0], Path(arguments[1]), arguments[2])))


def _prepare(etapes: int, classeur: Path, url: str) -> None:
    from data_access.base.moteur import make_engine
    from data_access.base.schema import ensure_schema
    from data_access.classeur.ecriture import write_classeur
    from tests.integration.data_access.grand_classeur import made_up_sheets

    write_classeur(classeur, made_up_sheets(etapes, _CODE_PLIE))
    engine = make_engine(url)
    ensure_schema(engine)
    with engine.connect() as base:
        base.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _make_postgresql(url: str) -> None:
    """An empty database of the benchmark's own, on the server of `url`."""
    import sqlalchemy as sa

    from data_access.base.moteur import make_engine
    from data_access.base.schema import ensure_schema

    serveur = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with serveur.connect() as base:
        base.exec_driver_sql(f"DROP DATABASE IF EXISTS {BASE_DU_BANC} WITH (FORCE)")
        base.exec_driver_sql(f"CREATE DATABASE {BASE_DU_BANC}")
    serveur.dispose()
    engine = make_engine(_of_bench(url))
    ensure_schema(engine)
    engine.dispose()


def _of_bench(url: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{BASE_DU_BANC}"


def _measure(phase: str, classeur: Path, url: str) -> Mesure:
    executer = _ready(phase, classeur, url)
    debut, cpu = time.perf_counter(), time.process_time()
    executer()
    mur, cpu = time.perf_counter() - debut, time.process_time() - cpu
    return {"mur": mur, "cpu": cpu, "pic": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _ready(phase: str, classeur: Path, url: str) -> Callable[[], object]:
    """What to time, its modules already loaded."""
    if phase == LECTURE:
        import openpyxl

        return lambda: _read_bare(openpyxl.load_workbook(classeur, read_only=True, data_only=True))
    from data_access.base.moteur import make_engine
    from data_access.imports.deroule import import_classeur, prepare_import

    engine = make_engine(url)
    if phase == CONTROLE:
        return lambda: prepare_import(engine, classeur)

    def importer() -> None:
        termine = import_classeur(engine, classeur, "banc")
        if termine.etat != "charge":
            raise SystemExit(f"import {termine.etat}")
        engine.dispose()

    return importer


def _read_bare(livre) -> None:  # type: ignore[no-untyped-def]
    for onglet in livre.worksheets:
        for ligne in onglet.iter_rows(values_only=True):
            for _cellule in ligne:
                pass


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    if sys.argv[1:2] == ["--enfant"]:
        _child(*sys.argv[2:])
    else:
        analyseur = argparse.ArgumentParser(prog="python -m tests.bench.import_classeur")
        analyseur.add_argument("etapes", nargs="?", type=int, default=ETAPES)
        analyseur.add_argument("url", nargs="?")
        choix = analyseur.parse_args()
        main(choix.etapes, choix.url)
