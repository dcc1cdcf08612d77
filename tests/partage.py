"""Sample databases, only read or copied: made once, kept from one run to the next while what makes them is the same."""

import hashlib
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from data_access.base.moteur import hold_lock, make_engine
from data_access.base.schema import ensure_schema
from data_access.imports.demarrage import DOSSIER_EXEMPLES
from data_access.imports.deroule import import_classeur
from data_access.tables import metadata

RACINE = Path(__file__).resolve().parents[1]
GARDEES = RACINE / ".pytest_cache" / "bases"
FABRIQUE = (*sorted((RACINE / "data_access").rglob("*.py")), RACINE / "requirements.lock")


def sample_base(*plie: str) -> Path:
    """A SQLite file, to be copied, where the sample workbooks of those PLIE are loaded in that order."""
    nom = "_".join(plie)
    classeurs = [DOSSIER_EXEMPLES / f"plie_{code}.xlsx" for code in plie]
    fichier = GARDEES / f"{nom}-{_fingerprint(*classeurs)}.db"
    GARDEES.mkdir(parents=True, exist_ok=True)
    with hold_lock(GARDEES / f"{nom}.verrou"):
        if not fichier.exists():
            for ancien in GARDEES.glob(f"{nom}-*"):
                ancien.unlink(missing_ok=True)
            brouillon = fichier.with_suffix(".brouillon")
            engine = make_engine(f"sqlite:///{brouillon}")
            ensure_schema(engine)
            for classeur in classeurs:
                assert import_classeur(engine, classeur, "essai").etat == "charge"
            engine.dispose()
            flush(brouillon)
            brouillon.replace(fichier)
    return fichier


@cache
def _fingerprint(*classeurs: Path) -> str:
    """Of the workbooks and of all the code that writes a database; of the day too, which imports keep."""
    somme = hashlib.sha256(date.today().isoformat().encode())
    for fichier in (*classeurs, *FABRIQUE):
        somme.update(hashlib.sha256(fichier.read_bytes()).digest())
    return somme.hexdigest()[:16]


def fill_with_sample(engine: sa.Engine, *plie: str) -> None:
    """The same rows in empty tables, whichever the database: as if those workbooks had just been loaded there."""
    exemple = make_engine(f"sqlite:///{sample_base(*plie)}")
    with exemple.connect() as source, engine.begin() as base:
        for table in metadata.sorted_tables:
            lignes = source.execute(sa.select(table)).mappings().all()
            if table.name == "recettes":
                base.execute(sa.delete(table))
            if lignes:
                base.execute(sa.insert(table), [dict(ligne) for ligne in lignes])
            if "id" in table.c and lignes and engine.dialect.name == "postgresql":
                suite = sa.func.pg_get_serial_sequence(table.name, "id")
                base.execute(sa.select(sa.func.setval(suite, max(ligne["id"] for ligne in lignes))))
    exemple.dispose()


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
