"""Derived columns are filled again, once, when the code that fills them has changed."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.base.schema import ensure_schema, fingerprint, is_stale
from data_access.imports import derivation
from tests.integration.data_access.contenu import load, state
from tests.unit.data_access.petits_classeurs import valid_sheets


@pytest.fixture
def charge(moteur, tmp_path):
    """A database loaded by this code."""
    ensure_schema(moteur)
    feuilles = valid_sheets()
    feuilles["Parcours"][0]["mois_sans_emploi"] = 18
    feuilles["Etapes"][0]["justificatif"] = "attestation"
    assert load(moteur, tmp_path, feuilles).etat == "charge"
    return moteur


def forget_derived(moteur: sa.Engine) -> None:
    """As rows that an older code wrote: what is derived was not there yet."""
    vides = {"parcours": {"deld": None, "sexe": None, "tranche_age": None, "sortie_mois": None, "suivant_le": t.JAMAIS},
             "etapes": {"justifiee": None, "comptee": None, "debut_mois": 0, "fin_le": date(1900, 1, 1), "sexe": None},
             "participations": {"fin_le": date(1900, 1, 1)},
             "plie": {"retours_le_meme_jour": None}}  # fmt: skip
    with moteur.begin() as base:
        for table, valeurs in vides.items():
            base.execute(sa.update(t.TABLES[table]).values(valeurs))
        base.execute(sa.delete(t.sejours))


def deld(moteur: sa.Engine) -> list[bool | None]:
    """Whether each parcours is of someone long unemployed."""
    with moteur.connect() as base:
        return list(base.execute(sa.select(t.parcours.c.deld).order_by(t.parcours.c.id)).scalars())


def test_rows_that_another_recipe_filled_are_filled_again(charge):
    justes = state(charge)
    forget_derived(charge)
    assert state(charge) != justes
    with charge.begin() as base:
        base.execute(sa.update(t.recettes).values(empreinte="une autre"))
    ensure_schema(charge)
    assert state(charge) == justes
    with charge.connect() as base:
        assert not is_stale(base)


def test_the_same_recipe_fills_nothing(charge):
    forget_derived(charge)
    oubliees = state(charge)
    ensure_schema(charge)
    assert state(charge) == oubliees


def test_a_recipe_that_changes_changes_what_is_stored(charge, monkeypatch):
    assert deld(charge) == [True, None]
    monkeypatch.setattr(derivation, "MOIS_DELD", 24)
    ensure_schema(charge)
    assert deld(charge) == [True, None], "the fingerprint is what is compared"
    monkeypatch.setattr("data_access.base.schema.present_recipe", lambda: "vingt-quatre mois")
    ensure_schema(charge)
    assert deld(charge) == [False, None]


def test_a_base_of_before_recipes_is_filled(charge):
    justes = state(charge)
    forget_derived(charge)
    with charge.begin() as base:
        base.exec_driver_sql("DROP TABLE recettes")
        base.exec_driver_sql("UPDATE alembic_version SET version_num = '0009'")
    ensure_schema(charge)
    assert state(charge) == justes


def test_a_base_that_can_only_be_read_keeps_what_it_holds(moteur_sqlite, tmp_path, monkeypatch):
    load(moteur_sqlite, tmp_path, valid_sheets())
    fichier = moteur_sqlite.url.database
    moteur_sqlite.dispose()
    lecture = make_engine(f"sqlite:///file:{fichier}?mode=ro&uri=true")
    monkeypatch.setattr("data_access.base.schema.present_recipe", lambda: "une autre")
    ensure_schema(lecture)
    with lecture.connect() as base:
        assert is_stale(base)
    lecture.dispose()


def test_a_fingerprint_tells_what_code_does(tmp_path: Path) -> None:
    def of(texte: str) -> str:
        (tmp_path / "code.py").write_text(texte)
        return fingerprint([tmp_path / "code.py"])

    assert of('"""Un."""\nA = 1\n\n\ndef f():\n    """Deux."""\n    return A  # trois\n') == of(
        "A = (1)\ndef f():\n    return A\n"
    )
    assert of("A = 1") != of("A = 2")
    assert of("A = 'x'") != of("A = 'y'")
