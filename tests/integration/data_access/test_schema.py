"""The migrations give the tables of `tables.py`, on both engines, however many processes start."""

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
