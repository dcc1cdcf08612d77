"""The tables of a database brought up to date: by the migrations, and by the code that fills what is derived.

What is derived was filled by code, whose fingerprint says whether it must be filled again.
"""

import ast
import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from data_access import tables as t
from data_access.base.moteur import LECTURE_SEULE, explain_refusal, hold_transaction

_DERIVEES = "colonnes dérivées"
_PIECE = Path(__file__).resolve().parents[1]
# Read as files: what fills the columns stands above this folder.
_SOURCES = (
    *("colonnes.py", "format.py", "tables.py", "ages.py", "base/jours.py"),
    *("imports/derivation.py", "imports/modifications.py", "imports/sejours.py"),
)


def fingerprint(fichiers: Iterable[Path]) -> str:
    """Changes with what these files of Python do, not with their comments, their docstrings nor their layout."""
    empreinte = hashlib.sha256()
    for fichier in fichiers:
        arbre = ast.parse(fichier.read_bytes())
        for noeud in ast.walk(arbre):
            if isinstance(noeud, (ast.Module, ast.ClassDef, ast.FunctionDef)):
                noeud.body = [ordre for ordre in noeud.body if not _is_text(ordre)]
        empreinte.update(ast.unparse(arbre).encode())
    return empreinte.hexdigest()


def _is_text(ordre: ast.stmt) -> bool:
    return isinstance(ordre, ast.Expr) and isinstance(ordre.value, ast.Constant)


@lru_cache(maxsize=1)
def present_recipe() -> str:
    """That of the derived columns, in this code."""
    return fingerprint(_PIECE / source for source in _SOURCES)


def is_stale(base: sa.Connection) -> bool:
    """True when another code filled the derived columns of this database, or when it is not known which."""
    r = t.recettes.c
    return base.execute(sa.select(r.empreinte).where(r.nom == _DERIVEES)).scalar() != present_recipe()


def note_recipe(base: sa.Connection) -> None:
    """The derived columns are those of this code."""
    base.execute(sa.delete(t.recettes).where(t.recettes.c.nom == _DERIVEES))
    base.execute(sa.insert(t.recettes).values(nom=_DERIVEES, empreinte=present_recipe(), refaite_le=datetime.now(UTC)))


DOSSIER_MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
_VERROU_POSTGRESQL = 7_543_110


def alembic_config(base: sa.Connection | None = None) -> Config:
    """Settings of Alembic for these migrations, on `base` when given."""
    config = Config()
    config.set_main_option("script_location", str(DOSSIER_MIGRATIONS).replace("%", "%%"))
    config.attributes["connexion"] = base
    return config


def ensure_schema(engine: sa.Engine) -> None:
    """Make or upgrade the tables, and fill again what was derived by another code (`recette`).

    Quick when there is nothing to do, safe when two processes start together. A base that can only be read keeps what
    it was filled with.
    """
    tete = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with engine.connect() as base:
        a_jour = MigrationContext.configure(base).get_current_revision() == tete
        if a_jour and not is_stale(base):
            return
    try:
        _upgrade(engine)
    except sa.exc.DBAPIError as erreur:
        if not a_jour or explain_refusal(erreur) is not LECTURE_SEULE:
            raise


def _upgrade(engine: sa.Engine) -> None:
    with engine.connect() as base:
        # The one that waited finds the work done.
        hold_transaction(base, _VERROU_POSTGRESQL)
        try:
            command.upgrade(alembic_config(base), "head")
        except BaseException:
            base.rollback()
            raise
        base.commit()
