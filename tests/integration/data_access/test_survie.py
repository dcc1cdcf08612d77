"""Bad days: killed at any moment, disk full, two imports at once. The old version whole, or the new one."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.__main__ import main
from data_access.base.moteur import make_engine
from data_access.base.schema import ensure_schema
from data_access.historique.chargements import undo_last
from data_access.imports.deroule import apply_import, import_classeur, prepare_import
from tests.integration.data_access.contenu import dump, dump_data, load, of_plie, state
from tests.integration.data_access.grand_classeur import made_up_sheets
from tests.unit.data_access.petits_classeurs import valid_sheets, write

resource = pytest.importorskip("resource", reason="needs processes that can be forked and killed")
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
LIGNES = 2_400
MISES_A_MORT = 50


class Chantier:
    """A database holding one workbook, and a second workbook that changes a good part of it."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier
        self.ancienne = dossier / "ancienne.db"
        premier = made_up_sheets(LIGNES)
        second = made_up_sheets(LIGNES)
        for etape in second["Etapes"][::3]:
            etape["heures"] = 7.25
        second["Parcours"].pop()
        second["Etapes"] = second["Etapes"][:-6] + [
            etape | {"id_etape": f"n{rang}"} for rang, etape in enumerate(second["Etapes"][:900])
        ]
        self.suite = write(dossier, second, "suite.xlsx")
        engine = make_engine(f"sqlite:///{self.ancienne}")
        ensure_schema(engine)
        load(engine, dossier, premier, "premier.xlsx")
        self.prepare = prepare_import(engine, self.suite)
        with engine.connect() as base:
            base.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        self.avant = self.content(self.copy())
        essai = self.copy()
        debut = time.monotonic()
        self.import_all(essai)
        self.duree = time.monotonic() - debut
        self.apres = self.content(essai)
        essai = self.copy()
        debut = time.monotonic()
        self.apply(essai)
        self.duree_d_ecriture = time.monotonic() - debut

    def copy(self) -> Path:
        """The database as it was, alone in a folder."""
        chemin = self.dossier / "essai" / "plie.db"
        shutil.rmtree(chemin.parent, ignore_errors=True)
        chemin.parent.mkdir()
        shutil.copy(self.ancienne, chemin)
        return chemin

    def import_all(self, chemin: Path) -> None:
        """The whole import, from the reading of the workbook on."""
        import_classeur(make_engine(f"sqlite:///{chemin}"), self.suite, "essai")

    def apply(self, chemin: Path) -> None:
        """Only what writes."""
        apply_import(make_engine(f"sqlite:///{chemin}"), self.prepare, "essai")

    def content(self, chemin: Path) -> dict:
        """All the rows, and the size of the history, of a database found sound."""
        base = sqlite3.connect(chemin)
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        base.close()
        engine = make_engine(f"sqlite:///{chemin}")
        with engine.connect() as connexion:
            donnees = dump_data(connexion)
            tables = ("versions", "journal", "anomalies")
            nombres = [connexion.execute(sa.text(f"select count(*) from {nom}")).scalar() for nom in tables]
        engine.dispose()
        return donnees | {"histoire": nombres}


@pytest.fixture(scope="module")
def chantier(tmp_path_factory):
    return Chantier(tmp_path_factory.mktemp("survie"))


def fork(travail, *arguments) -> int:
    """Run `travail` in a child born warm; gives its process number. Its exit code is 0 when all went well."""
    enfant = os.fork()
    if enfant == 0:
        code = 1
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            travail(*arguments)
            code = 0
        finally:
            os._exit(code)
    return enfant


def test_killed_fifty_times_at_random(chantier):
    hasard = random.Random()
    issues = {"avant": 0, "apres": 0}
    for tour in range(MISES_A_MORT):
        chemin = chantier.copy()
        # One in five from the first byte read; the others while it writes, where harm could be done.
        travail, duree = (
            (chantier.import_all, chantier.duree) if tour % 5 == 0 else (chantier.apply, chantier.duree_d_ecriture)
        )
        enfant = fork(travail, chemin)
        time.sleep(hasard.uniform(0, 1.15 * duree))
        os.kill(enfant, signal.SIGKILL)
        os.waitpid(enfant, 0)
        contenu = chantier.content(chemin)
        issue = next(
            nom for nom, attendu in (("avant", chantier.avant), ("apres", chantier.apres)) if contenu == attendu
        )
        issues[issue] += 1
    assert sum(issues.values()) == MISES_A_MORT
    assert issues["avant"] > 0


def test_killed_while_it_undoes(chantier):
    for tour in range(5):
        chemin = chantier.copy()
        chantier.apply(chemin)
        enfant = fork(lambda: undo_last(make_engine(f"sqlite:///{chemin}"), "chef"))  # noqa: B023
        time.sleep(chantier.duree_d_ecriture * (tour + 0.5) / 4)
        os.kill(enfant, signal.SIGKILL)
        os.waitpid(enfant, 0)
        contenu = chantier.content(chemin)
        annulee = {nom: lignes for nom, lignes in contenu.items() if nom != "histoire"}
        avant = {nom: lignes for nom, lignes in chantier.avant.items() if nom != "histoire"}
        assert contenu == chantier.apres or (annulee == avant and contenu["histoire"][0] == 3)


def test_after_a_kill_the_import_can_be_done_again(chantier):
    chemin = chantier.copy()
    enfant = fork(chantier.apply, chemin)
    time.sleep(chantier.duree_d_ecriture / 2)
    os.kill(enfant, signal.SIGKILL)
    os.waitpid(enfant, 0)
    chantier.import_all(chemin)
    assert chantier.content(chemin) == chantier.apres


@pytest.mark.parametrize("pages", [0, 40, 150])
def test_no_room_left_in_the_database(chantier, pages):
    chemin = chantier.copy()
    engine = make_engine(f"sqlite:///{chemin}")
    pleines = chemin.stat().st_size // 4096

    def fill(connexion, _record):
        connexion.execute(f"PRAGMA max_page_count={pleines + pages}")

    sa.event.listen(engine, "connect", fill)
    with pytest.raises(sa.exc.OperationalError, match="full"):
        apply_import(engine, chantier.prepare, "essai")
    engine.dispose()
    assert chantier.content(chemin) == chantier.avant


@pytest.mark.parametrize("place", [0, 100_000, 600_000])
def test_no_room_left_on_the_disk(chantier, place, capfd):
    chemin = chantier.copy()
    limite = place or 4096

    def run():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limite, limite))
        apply_import(make_engine(f"sqlite:///{chemin}"), chantier.prepare, "essai")

    _, statut = os.waitpid(fork(run), 0)
    assert os.waitstatus_to_exitcode(statut) == 1
    assert chantier.content(chemin) == chantier.avant
    chantier.apply(chemin)
    assert chantier.content(chemin) == chantier.apres


def test_a_full_disk_is_said_in_words(tmp_path, capsys, monkeypatch):
    url = f"sqlite:///{tmp_path / 'plie.db'}"
    assert main(["historique", "--base", url]) == 0

    def make_full(adresse):
        engine = make_engine(adresse)
        sa.event.listen(engine, "connect", lambda connexion, _: connexion.execute("PRAGMA max_page_count=60"))
        return engine

    monkeypatch.setattr("data_access.__main__.make_engine", make_full)
    assert main(["import", str(write(tmp_path, made_up_sheets(600))), "--base", url]) == 1
    assert capsys.readouterr().err == (
        "Le disque de la base de données est plein. Rien n’est enregistré, les données d’avant sont intactes. "
        "Libérez de la place puis recommencez. [BAS-002]\n"
    )


def _import_in_a_process(url: str, chemin: str, resultat: str) -> None:
    engine = make_engine(url)
    termine = import_classeur(engine, Path(chemin), "essai")
    engine.dispose()
    Path(resultat).write_text(json.dumps([termine.etat, termine.version]))


@pytest.mark.parametrize("meme_plie", [True, False])
def test_two_processes_import_at_once(tmp_path, moteur, meme_plie):
    url = moteur.url.render_as_string(hide_password=False)
    codes = "AA" if meme_plie else "AB"
    moteur.dispose()
    processus = []
    for rang, code in enumerate(codes):
        chemin = write(tmp_path, of_plie(code, made_up_sheets(300)), f"{rang}.xlsx")
        arguments = (url, str(chemin), str(tmp_path / f"{rang}.json"))
        processus.append(multiprocessing.get_context("fork").Process(target=_import_in_a_process, args=arguments))
    for p in processus:
        p.start()
    for p in processus:
        p.join(60)
    resultats = sorted(json.loads((tmp_path / f"{rang}.json").read_text()) for rang in range(2))
    assert resultats == ([["charge", 1], ["inchange", 1]] if meme_plie else [["charge", 1], ["charge", 2]])


def test_a_reader_sees_the_old_version_whole(moteur, tmp_path, monkeypatch):
    load(moteur, tmp_path, valid_sheets())
    avant = state(moteur)
    vus = []
    from data_access.imports import deroule as imports

    def look(base, codes):
        derive(base, codes)
        vus.append(state(moteur))

    derive = imports.refresh_derived
    monkeypatch.setattr(imports, "refresh_derived", look)
    suite = valid_sheets()
    suite["Etapes"][0]["heures"] = 99
    load(moteur, tmp_path, suite)
    assert vus == [avant]
    assert state(moteur) != avant
    with moteur.connect() as base:
        assert len(dump(base)["versions"]) == 2
