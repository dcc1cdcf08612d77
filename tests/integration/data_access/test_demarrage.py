"""First start: filled once, resumed if interrupted, never over someone's own data."""

import threading

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import VARIABLE_URL, make_engine
from data_access.imports import demarrage
from data_access.imports import deroule as imports
from data_access.imports.demarrage import AUTEUR_EXEMPLES, VARIABLE_EXEMPLES, fill_from_samples, needs_first_fill
from tests.unit.data_access.petits_classeurs import valid_sheets, write


@pytest.fixture
def exemples(tmp_path):
    dossier = tmp_path / "exemples"
    dossier.mkdir()
    for code in "ABC":
        feuilles = valid_sheets()
        for lignes in feuilles.values():
            for ligne in lignes:
                ligne["code_plie"] = code
        write(dossier, feuilles, f"plie_{code}.xlsx")
    return dossier


@pytest.fixture
def asked(monkeypatch):
    monkeypatch.setenv(VARIABLE_EXEMPLES, "oui")


def codes(moteur):
    with moteur.connect() as base:
        return sorted(base.execute(sa.select(t.plie.c.code_plie)).scalars())


def test_only_the_default_database_is_filled_unasked(tmp_path, monkeypatch, exemples):
    monkeypatch.delenv(VARIABLE_URL, raising=False)
    monkeypatch.delenv(VARIABLE_EXEMPLES, raising=False)
    url = f"sqlite:///{tmp_path / 'plie.db'}"
    engine = make_engine(url)
    assert not needs_first_fill(engine, exemples)
    monkeypatch.setattr(demarrage, "default_url", lambda: url)
    assert needs_first_fill(engine, exemples)
    monkeypatch.setenv(VARIABLE_URL, url)
    assert not needs_first_fill(engine, exemples)
    engine.dispose()


def test_fills_once(moteur, exemples, asked):
    assert needs_first_fill(moteur, exemples)
    suivi: list[float] = []
    assert fill_from_samples(moteur, lambda f, _: suivi.append(f), exemples) == [f"plie_{c}.xlsx" for c in "ABC"]
    assert codes(moteur) == list("ABC")
    assert suivi[-1] == 1.0
    assert not needs_first_fill(moteur, exemples)
    assert fill_from_samples(moteur, dossier=exemples) == []


def test_resumes_where_it_stopped(moteur, exemples, asked):
    imports.import_classeur(moteur, exemples / "plie_A.xlsx", AUTEUR_EXEMPLES)
    assert needs_first_fill(moteur, exemples)
    assert fill_from_samples(moteur, dossier=exemples) == ["plie_B.xlsx", "plie_C.xlsx"]


def test_never_over_other_data(moteur, exemples, asked, tmp_path):
    imports.import_classeur(moteur, write(tmp_path, valid_sheets()), "quelqu’un")
    assert not needs_first_fill(moteur, exemples)
    assert fill_from_samples(moteur, dossier=exemples) == []
    assert codes(moteur) == ["T"]


def test_two_at_once_load_once(moteur, exemples, asked):
    charges: list[list[str]] = []
    fils = [
        threading.Thread(target=lambda: charges.append(fill_from_samples(moteur, dossier=exemples))) for _ in range(3)
    ]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(60)
    assert sorted(map(len, charges)) == [0, 0, 3]
    assert codes(moteur) == list("ABC")


def test_samples_of_earlier_releases_stay_known_as_invented() -> None:
    empreintes = demarrage.sample_fingerprints()
    assert len(empreintes) > len(list(demarrage.DOSSIER_EXEMPLES.glob("*.xlsx")))
    assert "7933af99999236710de433d5d7fdb0cce5cc0283248c7c0525f3dc1aca45f4bc" in empreintes
