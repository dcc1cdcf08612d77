"""A column added to the format is stored, checked and erased by what it says of itself."""

import subprocess
import sys
from pathlib import Path

AJOUT = """
import sys
from dataclasses import replace
from datetime import date
from data_access import format as f
from data_access.colonnes import Colonne, Effacement, Genre

AJOUTS = {
    "Parcours": (Colonne("remarque", Genre.TEXTE, "Texte libre"), Colonne("vu_le", Genre.DATE, "Jour")),
    "Contacts": (Colonne("compte_rendu", Genre.TEXTE, "Texte libre", True),
                 Colonne("lieu", Genre.TEXTE, "Compté", efface=Effacement.GARDE)),
}
f.FEUILLES = tuple(replace(x, colonnes=(*x.colonnes, *AJOUTS.get(x.nom, ()))) for x in f.FEUILLES)
f._PAR_NOM.update((x.nom, x) for x in f.FEUILLES)
f._PAR_TABLE.update((x.table, x) for x in f.FEUILLES)
"""

ANONYMISATION = """
from pathlib import Path
import sqlalchemy as sa
from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.imports.transaction import begin_import
from data_access.rgpd.anonymisation import anonymise
from data_access.rgpd.personnes import list_people
from tests.integration.data_access.contenu import load
from tests.unit.data_access.petits_classeurs import valid_sheets

dossier = Path(sys.argv[1])
engine = make_engine(f"sqlite:///{dossier / 'essai.db'}")
t.metadata.create_all(engine)
feuilles = valid_sheets()
for ligne in feuilles["Parcours"]:
    ligne |= {"remarque": "sa soeur Odette", "vu_le": date(2023, 5, 4)}
for ligne in feuilles["Contacts"]:
    ligne |= {"compte_rendu": "parle d Odette", "lieu": "agence"}
assert load(engine, dossier, feuilles).etat == "charge"
with begin_import(engine) as base:
    anonymise(base, "T", list_people(base, "T").values(), "essai")
with engine.connect() as base:
    print("\\n".join(repr(x) for table in t.metadata.sorted_tables for x in base.execute(sa.select(table))))
    print(base.execute(sa.select(t.parcours.c.remarque, t.parcours.c.vu_le)).first())
    print(base.execute(sa.select(t.contacts.c.compte_rendu, t.contacts.c.lieu)).first())
"""


REVISION = """
import shutil
from pathlib import Path
from data_access.base import schema
from data_access.migrations import ajouter

copie = Path(sys.argv[1]) / "migrations"
shutil.copytree(schema.DOSSIER_MIGRATIONS, copie)
schema.DOSSIER_MIGRATIONS = ajouter.DOSSIER_MIGRATIONS = copie
ajouter.add_revision("9999", "essai")
print(next(copie.glob("versions/9999_*.py")).read_text("utf-8"))
"""


def _run(scenario: str, dossier: Path) -> str:
    """In a process of its own: the tables are made from the format once."""
    execution = subprocess.run(
        [sys.executable, "-c", AJOUT + scenario, str(dossier)], capture_output=True, text=True, check=False
    )
    assert execution.returncode == 0, execution.stderr
    return execution.stdout.strip()


def test_the_revision_of_an_added_column_is_written(tmp_path: Path) -> None:
    ecrite = _run(REVISION, tmp_path)
    ajouts = [ligne.strip() for ligne in ecrite.splitlines() if "add_column" in ligne]
    assert [ajout.split("sa.Column(")[1].split(",")[0] for ajout in ajouts] == [
        "'compte_rendu'",
        "'lieu'",
        "'remarque'",
        "'vu_le'",
    ]


def test_a_free_text_added_to_the_format_does_not_survive_an_anonymisation(tmp_path: Path) -> None:
    *contenu, parcours, contact = _run(ANONYMISATION, tmp_path).splitlines()
    assert "Odette" not in "\n".join(contenu)
    assert parcours == "(None, datetime.date(2023, 5, 4))"
    assert contact == "('compte rendu effacé', 'agence')"
