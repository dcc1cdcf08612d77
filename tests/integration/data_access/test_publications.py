"""Publishing a date, and the database that the committee reads: what it holds, when it changes, what it survives."""

import json
import multiprocessing
from datetime import date

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.__main__ import main
from data_access.base.moteur import make_engine, shared_engine
from data_access.historique import comite
from data_access.historique.chargements import undo_last
from data_access.historique.comite import VARIABLE_DOSSIER, committee_url, discard_committee, publish
from data_access.journal.acces import Action, FiltreEvenements, list_events
from data_access.refus import Refus
from data_access.seances.publications import last_publications, list_publications, published_dates
from tests.integration.data_access.contenu import load, of_plie
from tests.unit.data_access.petits_classeurs import valid_sheets

FIN_JUIN, FIN_ANNEE = date(2024, 6, 30), date(2024, 12, 31)


@pytest.fixture
def dossier(tmp_path, monkeypatch):
    """Where the published databases go, on both engines."""
    chemin = tmp_path / "publie"
    monkeypatch.setenv(VARIABLE_DOSSIER, str(chemin))
    return chemin


def with_hours(heures: float, code: str = "T"):
    feuilles = valid_sheets()
    feuilles["Etapes"][0]["heures"] = heures
    return of_plie(code, feuilles)


def open_to(moteur: sa.Engine, code: str, au: date, version: int) -> None:
    with moteur.begin() as base:
        publish(base, code, au, version, "ana@plie.fr")


def read_published(moteur: sa.Engine) -> dict[str, tuple[float, date]]:
    """By PLIE of the published database: the hours of its first étape, and the date of its data."""
    url = committee_url(moteur)
    assert url is not None
    e, p = t.etapes.c, t.plie.c
    with shared_engine(url).connect() as base:
        requete = sa.select(p.code_plie, e.heures, p.date_extraction).where(e.code_plie == p.code_plie)
        return {code: (heures, au) for code, heures, au in base.execute(requete.where(e.id_etape == "e1"))}


def test_nothing_is_published_until_somebody_does(moteur, tmp_path, dossier):
    load(moteur, tmp_path, with_hours(35))
    assert committee_url(moteur) is None
    assert not dossier.exists()
    with moteur.connect() as base:
        assert (last_publications(base), published_dates(base), list_publications(base)) == ({}, {}, [])


def test_a_publication_is_kept_and_noted(moteur, tmp_path, dossier):
    load(moteur, tmp_path, with_hours(35))
    with moteur.begin() as base:
        premiere = publish(base, "T", FIN_JUIN, 1, "ana@plie.fr")
        seconde = publish(base, "T", FIN_ANNEE, 1, "bob@plie.fr")
    with moteur.connect() as base:
        assert last_publications(base) == {"T": seconde}
        assert published_dates(base) == {"T": FIN_ANNEE}
        assert list_publications(base, "T") == [seconde, premiere]
        evenements = list_events(base, FiltreEvenements(actions=(Action.PUBLICATION,)))
    assert [(e.identite, e.action, e.codes_plie, e.objet) for e in evenements] == [
        ("bob@plie.fr", Action.PUBLICATION, ("T",), "date:2024-12-31 version:1"),
        ("ana@plie.fr", Action.PUBLICATION, ("T",), "date:2024-06-30 version:1"),
    ]


@pytest.mark.parametrize(
    ("code", "au", "version", "message"),
    [
        ("ailleurs", FIN_JUIN, 1, r"« ailleurs » n’est pas dans les données.*\[PUB-001\]$"),
        ("T", FIN_JUIN, 2, r"version 2 des données n’existe pas.*\[PUB-002\]$"),
        ("T", FIN_JUIN, 0, r"version 0 .*\[PUB-002\]$"),
        ("T", date(2025, 1, 1), 1, r"s’arrêtent au 31/12/2024.*01/01/2025.*\[PUB-003\]$"),
        ("T", date(2022, 1, 9), 1, r"aucun parcours avant le 10/01/2022.*\[PUB-004\]$"),
    ],
)
def test_what_cannot_be_published_is_said_and_not_kept(moteur, tmp_path, code, au, version, message):
    load(moteur, tmp_path, with_hours(35))
    with pytest.raises(Refus, match=message):
        open_to(moteur, code, au, version)
    with moteur.connect() as base:
        assert list_publications(base) == []
        assert list_events(base, FiltreEvenements(actions=(Action.PUBLICATION,))) == []


def test_the_date_is_that_of_the_version_published(moteur, tmp_path):
    load(moteur, tmp_path, with_hours(35))
    plus_tard = with_hours(36)
    plus_tard["PLIE"][0]["date_extraction"] = date(2025, 6, 30)
    load(moteur, tmp_path, plus_tard)
    with pytest.raises(Refus, match=r"\[PUB-003\]$"):
        open_to(moteur, "T", date(2025, 6, 30), 1)
    open_to(moteur, "T", date(2025, 6, 30), 2)
    with moteur.begin() as base:
        base.execute(sa.update(t.etapes).where(t.etapes.c.id_etape == "e1").values(heures=1))
    with pytest.raises(Refus, match=r"\[INS-001\]$"):
        open_to(moteur, "T", FIN_ANNEE, 1)


def test_an_import_or_an_undo_changes_nothing_until_the_next_publication(moteur, tmp_path, dossier):
    load(moteur, tmp_path, with_hours(35))
    open_to(moteur, "T", FIN_JUIN, 1)
    adresse = committee_url(moteur)
    assert read_published(moteur) == {"T": (35, FIN_JUIN)}
    load(moteur, tmp_path, with_hours(36))
    assert committee_url(moteur) == adresse
    open_to(moteur, "T", FIN_ANNEE, 2)
    assert read_published(moteur) == {"T": (36, FIN_ANNEE)}
    undo_last(moteur, "essai")
    undo_last(moteur, "essai")
    undo_last(moteur, "essai")
    assert read_published(moteur) == {"T": (36, FIN_ANNEE)}
    open_to(moteur, "T", FIN_JUIN, 3)
    assert read_published(moteur) == {"T": (35, FIN_JUIN)}


def test_each_plie_at_its_own_publication(moteur, tmp_path, dossier):
    load(moteur, tmp_path, with_hours(35, "A"))
    load(moteur, tmp_path, with_hours(36, "B"))
    open_to(moteur, "A", FIN_JUIN, 2)
    assert read_published(moteur) == {"A": (35, FIN_JUIN)}
    load(moteur, tmp_path, with_hours(37, "A"))
    load(moteur, tmp_path, with_hours(38, "B"))
    open_to(moteur, "B", FIN_ANNEE, 4)
    assert read_published(moteur) == {"A": (35, FIN_JUIN), "B": (38, FIN_ANNEE)}
    open_to(moteur, "A", FIN_JUIN, 4)
    assert read_published(moteur) == {"A": (37, FIN_JUIN), "B": (38, FIN_ANNEE)}


def test_only_the_plie_that_changed_is_written_again(moteur, tmp_path, dossier, monkeypatch):
    for code in "AB":
        load(moteur, tmp_path, with_hours(35, code))
        open_to(moteur, code, FIN_JUIN, 1 if code == "A" else 2)
    committee_url(moteur)
    lus = []
    lire = comite.instantane.rows_at
    monkeypatch.setattr(
        "data_access.historique.instantane.rows_at", lambda b, nom, code, v: lus.append(code) or lire(b, nom, code, v)
    )
    open_to(moteur, "B", FIN_ANNEE, 2)  # another date, the same data
    assert read_published(moteur) == {"A": (35, FIN_JUIN), "B": (35, FIN_ANNEE)}
    assert lus == []


def test_the_people_in_the_file_are_those_of_the_published_plie_only(moteur, tmp_path, dossier):
    for code in "AB":
        load(moteur, tmp_path, with_hours(35, code))
    open_to(moteur, "A", FIN_JUIN, 2)
    with shared_engine(committee_url(moteur)).connect() as base:
        for table in t.TABLES.values():
            assert set(base.scalars(sa.select(table.c.code_plie))) == {"A"}
        for table in (t.journal, t.anomalies, t.droits, t.evenements, t.editions):
            assert base.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_lost_or_damaged_it_is_written_again(moteur, tmp_path, dossier):
    load(moteur, tmp_path, with_hours(35))
    open_to(moteur, "T", FIN_JUIN, 1)
    attendu = read_published(moteur)
    (fichier,) = dossier.glob("*.db")
    for abimer in (
        fichier.unlink,
        lambda: fichier.write_bytes(b"SQLite format 3\0" + b"x" * 9000),
        lambda: cut(fichier),
    ):
        abimer()
        assert read_published(moteur) == attendu


def cut(fichier):
    fichier.write_bytes(fichier.read_bytes()[:20_000])


def test_the_published_database_cannot_be_written(moteur, tmp_path, dossier):
    load(moteur, tmp_path, with_hours(35))
    open_to(moteur, "T", FIN_JUIN, 1)
    with (
        shared_engine(committee_url(moteur)).connect() as base,
        pytest.raises(sa.exc.OperationalError, match="readonly"),
    ):
        base.execute(sa.delete(t.etapes))


def test_a_writing_that_breaks_down_leaves_the_one_of_before(moteur, tmp_path, dossier, monkeypatch):
    load(moteur, tmp_path, with_hours(35))
    open_to(moteur, "T", FIN_JUIN, 1)
    adresse = committee_url(moteur)
    open_to(moteur, "T", FIN_ANNEE, 1)

    def break_down(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data_access.historique.comite.rebuild", break_down)
    with pytest.raises(Refus, match=r"Les chiffres publiés ne peuvent pas.*\[PUB-010\]$") as refus:
        committee_url(moteur)
    assert str(dossier) not in str(refus.value)
    assert len([f for f in dossier.iterdir() if not f.name.endswith("verrou")]) == 1
    with shared_engine(adresse).connect() as base:
        assert base.scalar(sa.select(t.plie.c.date_extraction)) == FIN_JUIN
    monkeypatch.undo()
    monkeypatch.setenv(VARIABLE_DOSSIER, str(dossier))
    assert read_published(moteur) == {"T": (35, FIN_ANNEE)}


def test_old_files_go_away_and_discarding_leaves_none(moteur, tmp_path, dossier):
    load(moteur, tmp_path, with_hours(35))
    adresses = []
    for jour in range(1, 7):
        open_to(moteur, "T", date(2024, 6, jour), 1)
        adresses.append(committee_url(moteur))
    assert len(set(adresses)) == 6
    assert len(list(dossier.glob("*.db"))) == comite.FICHIERS_GARDES
    discard_committee(moteur)
    assert list(dossier.glob("*.db")) == []
    assert committee_url(moteur) not in adresses
    assert read_published(moteur) == {"T": (35, date(2024, 6, 6))}


def test_beside_the_data_by_default(moteur_sqlite, tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE_DOSSIER, raising=False)
    load(moteur_sqlite, tmp_path, with_hours(35))
    open_to(moteur_sqlite, "T", FIN_JUIN, 1)
    committee_url(moteur_sqlite)
    assert len(list((tmp_path / "publie").glob("comite-*.db"))) == 1


def _read_from_elsewhere(url: str, file: multiprocessing.Queue) -> None:
    engine = make_engine(url)
    ecrites = []
    ecrire = comite.rebuild
    comite.rebuild = lambda *args: ecrites.append(1) or ecrire(*args)
    file.put((read_published(engine), len(ecrites)))
    engine.dispose()


def test_only_one_process_writes_it(moteur_sqlite, tmp_path, dossier):
    load(moteur_sqlite, tmp_path, with_hours(35))
    open_to(moteur_sqlite, "T", FIN_JUIN, 1)
    contexte = multiprocessing.get_context("spawn")
    file = contexte.Queue()
    url = moteur_sqlite.url.render_as_string()
    lecteurs = [contexte.Process(target=_read_from_elsewhere, args=(url, file)) for _ in range(3)]
    for lecteur in lecteurs:
        lecteur.start()
    lus = [file.get(timeout=120) for _ in lecteurs]
    for lecteur in lecteurs:
        lecteur.join(30)
    assert [contenu for contenu, _ in lus] == [{"T": (35, FIN_JUIN)}] * 3
    assert sum(ecritures for _, ecritures in lus) == 1


def test_command_line(moteur_sqlite, tmp_path, capsys):
    load(moteur_sqlite, tmp_path, with_hours(35))
    base = ["--base", moteur_sqlite.url.render_as_string()]
    assert main(["publications", *base]) == 0
    assert capsys.readouterr().out == "Aucune date n’est publiée : le comité ne lit aucun chiffre.\n"
    assert main(["publier", "--plie", "T", "--auteur", "Ana", *base]) == 0
    assert capsys.readouterr().out.startswith("Publié : PLIE T, chiffres au 31/12/2024 (version 1 des données), le ")
    assert main(["publier", "--plie", "T", "--au", "2024-06-30", "--auteur", "Bob", "--json", *base]) == 0
    publie = json.loads(capsys.readouterr().out)
    assert (publie["code_plie"], publie["au"], publie["version"], publie["publie_par"]) == ("T", "2024-06-30", 1, "Bob")
    assert main(["publications", "--plie", "T", *base]) == 0
    seconde, premiere = capsys.readouterr().out.splitlines()
    assert "30/06/2024" in seconde
    assert not seconde.endswith("(remplacée)")
    assert premiere.endswith("par Ana (remplacée)")
    assert main(["publications", "--json", *base]) == 0
    assert [p["en_vigueur"] for p in json.loads(capsys.readouterr().out)] == [True, False]
    for fautive, code in ((["--plie", "X"], "PUB-001"), (["--plie", "T", "--au", "2030-01-01"], "PUB-003")):
        assert main(["publier", *fautive, *base]) == 1
        assert code in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["publier", "--plie", "T", "--au", "30/06/2024", *base])
    assert "le jour s’écrit AAAA-MM-JJ" in capsys.readouterr().err
