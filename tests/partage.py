"""What costs to make and is only read or copied: made once for the whole run, by whichever process asks first."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.base.moteur import hold_lock, make_engine
from data_access.base.schema import ensure_schema
from data_access.imports.demarrage import DOSSIER_EXEMPLES
from data_access.imports.deroule import import_classeur


def make_once(tmp_path_factory: pytest.TempPathFactory, nom: str, faire: Callable[[Path], None]) -> Path:
    """The file of that name, written by `faire` unless another process of this run has written it."""
    dossier = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        dossier = dossier.parent
    fichier = dossier / nom
    with hold_lock(dossier / f"{nom}.verrou"):
        if not fichier.exists():
            brouillon = fichier.with_suffix(".brouillon")
            faire(brouillon)
            brouillon.replace(fichier)
    return fichier


def sample_base(tmp_path_factory: pytest.TempPathFactory, *plie: str) -> Path:
    """A SQLite file, to be copied, where the sample workbooks of those PLIE are loaded in that order."""

    def _fill(fichier: Path) -> None:
        engine = make_engine(f"sqlite:///{fichier}")
        ensure_schema(engine)
        for nom in plie:
            assert import_classeur(engine, DOSSIER_EXEMPLES / f"plie_{nom}.xlsx", "essai").etat == "charge"
        engine.dispose()
        flush(fichier)

    return make_once(tmp_path_factory, f"base_{'_'.join(plie)}.db", _fill)


def flush(fichier: Path) -> None:
    """All that was written is in the file itself: it can be copied alone."""
    engine = make_engine(f"sqlite:///{fichier}")
    with engine.connect() as base:
        base.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def copy_base(source: Path, fichier: Path) -> str:
    """URL of one's own copy of that database."""
    flush(source)
    shutil.copy(source, fichier)
    return f"sqlite:///{fichier}"
