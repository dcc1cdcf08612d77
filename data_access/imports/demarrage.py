"""First start: the default database is filled from the sample workbooks, so that the screens show something."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import RACINE, VARIABLE_URL, default_url, hold_lock, hold_transaction
from data_access.base.schema import ensure_schema
from data_access.classeur.verification import Progres
from data_access.imports.deroule import import_classeur

DOSSIER_EXEMPLES = RACINE / "sample_data" / "classeurs"
VARIABLE_EXEMPLES = "PLIE_DONNEES_EXEMPLES"
"""Set to « oui » to fill another database than the default one."""

AUTEUR_EXEMPLES = "données d’exemple"
_VERROU_POSTGRESQL = 7_543_111


def needs_first_fill(engine: sa.Engine, dossier: Path = DOSSIER_EXEMPLES) -> bool:
    """True when this is the default database (or it was asked for) and sample workbooks are still to load.

    A database that has received anything else is never touched; a fill that was interrupted is resumed.
    """
    return _is_wanted(engine) and bool(_pending(engine, dossier))


def fill_from_samples(engine: sa.Engine, progres: Progres | None = None, dossier: Path = DOSSIER_EXEMPLES) -> list[str]:
    """Load the sample workbooks that are missing, each in its own transaction; gives their names.

    A second process waits for the first one and then finds nothing left to load. The schema is made if needed.
    Workbooks that are refused are skipped: their absence shows in the list.
    """
    ensure_schema(engine)
    charges = []
    with _only_one_process(engine):
        attendus = _pending(engine, dossier)
        for rang, chemin in enumerate(attendus):
            if progres:
                progres(rang / len(attendus), f"Chargement des données d’exemple : {chemin.stem}")
            if import_classeur(engine, chemin, AUTEUR_EXEMPLES).etat != "refuse":
                charges.append(chemin.name)
    if progres:
        progres(1.0, "Données d’exemple chargées")
    return charges


@lru_cache(maxsize=4)
def sample_fingerprints(dossier: Path = DOSSIER_EXEMPLES) -> frozenset[str]:
    """SHA-256 of the sample workbooks, those of earlier releases included: what came from one of them is invented,
    whoever loaded it."""
    presents = (hashlib.sha256(chemin.read_bytes()).hexdigest() for chemin in dossier.glob("*.xlsx"))
    anciens = dossier.parent / "reference" / "empreintes_anciennes.txt"
    return frozenset((*presents, *(anciens.read_text("utf-8").split() if anciens.exists() else ())))


def _is_wanted(engine: sa.Engine) -> bool:
    if os.environ.get(VARIABLE_EXEMPLES, "").strip().lower() == "oui":
        return True
    return not os.environ.get(VARIABLE_URL) and engine.url == sa.make_url(default_url())


def _pending(engine: sa.Engine, dossier: Path) -> list[Path]:
    """Sample workbooks not loaded yet; none if the data come from elsewhere."""
    v = t.versions.c
    with engine.connect() as base:
        if not sa.inspect(base).has_table(t.versions.name):
            chargees = set()
        else:
            lignes = base.execute(sa.select(v.classeur, v.auteur)).all()
            if any(auteur != AUTEUR_EXEMPLES for _, auteur in lignes):
                return []
            chargees = {classeur for classeur, _ in lignes}
    return [chemin for chemin in sorted(dossier.glob("*.xlsx")) if chemin.name not in chargees]


@contextmanager
def _only_one_process(engine: sa.Engine) -> Iterator[None]:
    """Held by one process at a time, and let go by the system if that process dies."""
    if engine.url.get_backend_name() != "sqlite":
        with engine.connect() as base:
            hold_transaction(base, _VERROU_POSTGRESQL)
            yield
            base.rollback()
    elif engine.url.database in (None, "", ":memory:"):
        yield
    else:
        with hold_lock(f"{engine.url.database}.remplissage"):
            yield
