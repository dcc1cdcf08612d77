"""The migrations give the tables of `tables.py`, on both engines, however many processes start."""

import hashlib
import multiprocessing
import os

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from data_access.base.moteur import make_engine
from data_access.base.schema import alembic_config, ensure_schema
from data_access.droits import list_rights
from data_access.tables import metadata

FIGEES = {
    "0001": "bfd92f02f4f2",
    "0002": "b64035ebc549",
    "0003": "18b8aaefe8b1",
    "0004": "55670a505c57",
    "0005": "6a3537cb1824",
    "0006": "3b1e2c3aac14",
    "0007": "498ab867f207",
    "0008": "be45d4ec9d7e",
    "0009": "08b63b9b4ae9",
    "0010": "98ff09b8091b",
}
"""The schema of SQLite after each revision that has landed; add the new one's."""

TETE = ScriptDirectory.from_config(alembic_config()).get_current_head()


def test_migrations_equal_tables(moteur):
    with moteur.connect() as base:
        contexte = MigrationContext.configure(base, opts={"compare_type": True})
        assert compare_metadata(contexte, metadata) == []


def test_nothing_to_do_is_quick_and_writes_nothing(moteur):
    ensure_schema(moteur)
    with moteur.connect() as base:
        assert base.execute(sa.text("select version_num from alembic_version")).scalars().all() == [TETE]


def test_a_database_of_the_first_revision_is_brought_up_to_date(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'ancienne.db'}")
    with engine.begin() as base:
        command.upgrade(alembic_config(base), "0001")
    ensure_schema(engine)
    with engine.connect() as base:
        assert compare_metadata(MigrationContext.configure(base), metadata) == []
    engine.dispose()


def _schema_of(engine: sa.Engine) -> str:
    """A word that changes with any table, column, index or trigger."""
    with engine.connect() as base:
        ordres = base.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
        ).scalars()
        return hashlib.sha256("\n".join(" ".join(ordre.split()) for ordre in ordres).encode()).hexdigest()[:12]


def test_what_a_revision_made_is_made_the_same_for_ever(tmp_path):
    # Databases in use have passed through them: a revision that has landed is never changed, a new one is added.
    engine = make_engine(f"sqlite:///{tmp_path / 'neuve.db'}")
    faites = {}
    for revision in reversed([r.revision for r in ScriptDirectory.from_config(alembic_config()).walk_revisions()]):
        with engine.begin() as base:
            command.upgrade(alembic_config(base), revision)
        faites[revision] = _schema_of(engine)
    engine.dispose()
    assert {revision: schema for revision, schema in faites.items() if revision in FIGEES} == FIGEES


def test_rights_given_before_readings_read_as_their_role_does(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'ancienne.db'}")
    roles = {"comite": "arrondie", "direction": "exacte", "animation": "exacte", "administration": None}
    ligne = "INSERT INTO droits (identite, role, accorde_le, accorde_par) VALUES ('a@b.fr', :role, :jour, 'essai')"
    with engine.begin() as base:
        command.upgrade(alembic_config(base), "0005")
        base.execute(sa.text(ligne), [{"role": role, "jour": "2026-01-01 00:00:00.000000"} for role in roles])
    ensure_schema(engine)
    with engine.connect() as base:
        assert {droit.role: droit.lecture for droit in list_rights(base)} == roles
    engine.dispose()


def test_stored_rows_are_given_what_is_derived_from_them(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'remplie.db'}")
    with engine.begin() as base:
        command.upgrade(alembic_config(base), "0005")
        for ordre in _LIGNES_DE_LA_0005.strip().splitlines():
            base.exec_driver_sql(ordre)
    ensure_schema(engine)
    with engine.connect() as base:
        etapes = base.execute(sa.text("SELECT type_etape_montre, justifiee FROM etapes ORDER BY id")).all()
        parcours = base.execute(sa.text("SELECT id_parcours, type_sortie_montre FROM parcours")).all()
    assert etapes == [("FORM", 1), ("autres motifs", 0), ("FORM", 0)]
    assert parcours == [("c1", "CDI")]
    engine.dispose()


_LIGNES_DE_LA_0005 = """
INSERT INTO participants (code_plie, id_participant) VALUES ('T', 'p1')
INSERT INTO parcours (code_plie, id_parcours, id_participant, mode, entree_le, sortie_le, type_sortie, entree_mois, fin_le, suivant_le) VALUES ('T', 'c1', 'p1', 'complet', '2022-01-01', '2023-01-01', 'CDI', 24264, '2023-01-01', '9999-12-31')
INSERT INTO types_etape (code_plie, type_etape, libelle, code_classe, libelle_classe, comptee, sensible) VALUES ('T', 'SOIN', 'x', 'C', 'x', 1, 1)
INSERT INTO types_etape (code_plie, type_etape, libelle, code_classe, libelle_classe, comptee) VALUES ('T', 'FORM', 'x', 'C', 'x', 1)
INSERT INTO etapes (code_plie, id_etape, id_parcours, type_etape, debut, statut, justificatif, debut_mois, fin_le, compte) VALUES ('T', 'e1', 'c1', 'FORM', '2022-01-01', 'realisee', 'attestation', 24264, '2023-01-01', 1)
INSERT INTO etapes (code_plie, id_etape, id_parcours, type_etape, debut, statut, debut_mois, fin_le, compte) VALUES ('T', 'e2', 'c1', 'SOIN', '2022-01-01', 'realisee', 24264, '2023-01-01', 1)
INSERT INTO etapes (code_plie, id_etape, id_parcours, type_etape, debut, statut, justificatif, debut_mois, fin_le, compte) VALUES ('T', 'e3', 'c1', 'FORM', '2022-01-01', 'realisee', 'Non', 24264, '2023-01-01', 1)
"""  # noqa: E501


def _start(url: str) -> None:
    engine = make_engine(url)
    ensure_schema(engine)
    engine.dispose()


@pytest.mark.skipif(os.name == "nt", reason="needs processes that start alike")
def test_two_processes_at_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'neuve.db'}"
    processus = [multiprocessing.get_context("spawn").Process(target=_start, args=(url,)) for _ in range(3)]
    for p in processus:
        p.start()
    for p in processus:
        p.join(60)
    assert [p.exitcode for p in processus] == [0, 0, 0]
    engine = make_engine(url)
    with engine.connect() as base:
        assert compare_metadata(MigrationContext.configure(base), metadata) == []
    engine.dispose()
