"""« Autre logiciel »: an export is matched, previewed, kept as a profile, and goes on to the same checks."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access import tables as t
from data_access.base.moteur import VARIABLE_URL, make_engine
from tests.screens.importer import RACINE, click, open_importer, open_tab, small_base, text_of, version

EXPORT = "N° dossier;Réf. parcours;Civilité;Né(e) le;Nom;Date entrée PLIE\n" + "".join(
    f"x{rang}1;y{rang}1;Madame;05/06/1990;DUPONT;01/02/2024\n" for rang in range(12)
)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with small_base(tmp_path, monkeypatch) as adresse:
        yield adresse


@pytest.fixture
def page(url: str) -> AppTest:
    return open_importer()


def _propose(page: AppTest, export: str = EXPORT) -> AppTest:
    page = open_tab(page, "Autre logiciel")
    televerseur = [f for f in page.file_uploader if "export" in f.label][0]
    televerseur.set_value(("export.csv", export.encode(), "text/csv")).run()
    assert not page.exception
    return page


def test_export_of_another_software_is_matched_previewed_and_kept(page: AppTest, url: str) -> None:
    page = _propose(page)
    assert any("Nom" in i.value and "jamais lues" in i.value for i in page.info)
    assert "DUPONT" not in text_of(page)
    apercus = [d.value for d in page.dataframe]
    assert any("id_participant" in a.columns and len(a) == 10 and a["id_participant"].iloc[0] == "x01" for a in apercus)
    page = click(page, "Enregistrer le profil")
    assert any("est enregistré pour T" in s.value for s in page.success)
    page.run()
    (profils,) = [s for s in page.selectbox if s.label == "Profil"]
    assert len(profils.options) == 2


def test_export_goes_on_to_the_same_checks(page: AppTest, url: str) -> None:
    page = click(_propose(page), "Vérifier ce fichier")
    assert page.session_state["import_onglets"] == "Charger"
    assert "lu avec le profil" in text_of(page)
    # Twelve people alone in the file: the others would vanish.
    assert any("[IMP-017]" in e.value for e in page.error)
    assert version(url) == 1


def _name_new_plie(page: AppTest, code: str, nom: str) -> AppTest:
    page = open_tab(page, "Autre logiciel")
    (choix,) = [s for s in page.selectbox if s.label == "PLIE de cet export"]
    page = choix.set_value("").run()
    for libelle, texte in (("Code du PLIE", code), ("Nom du PLIE", nom)):
        (champ,) = [t for t in page.text_input if t.label == libelle]
        page = champ.set_value(texte).run()
    return page


def test_export_of_a_plie_that_is_not_loaded_yet(page: AppTest, url: str) -> None:
    page = open_tab(page, "Autre logiciel")
    (choix,) = [s for s in page.selectbox if s.label == "PLIE de cet export"]
    page = choix.set_value("").run()
    assert not [f for f in page.file_uploader if "export" in f.label]
    page = _propose(_name_new_plie(page, "NEUF", "PLIE du Neuf"))
    page = click(page, "Enregistrer le profil")
    assert any("est enregistré pour NEUF" in s.value for s in page.success)
    (jour,) = page.date_input
    page = click(jour.set_value(date(2024, 12, 31)).run(), "Vérifier ce fichier")
    assert "12 lignes ajoutées" not in text_of(page)
    assert "25 lignes ajoutées" in text_of(page).replace("\u00a0", " ")
    click(page, "Confirmer et charger")
    engine = make_engine(url)
    with engine.connect() as base:
        plie = base.execute(sa.select(t.plie.c.nom, t.plie.c.date_extraction).where(t.plie.c.code_plie == "NEUF")).one()
    engine.dispose()
    assert plie == ("PLIE du Neuf", date(2024, 12, 31))
    page = open_tab(page, "Autre logiciel")
    (choix,) = [s for s in page.selectbox if s.label == "PLIE de cet export"]
    assert "Neuf" in choix.options


def test_code_that_is_already_loaded_is_not_a_new_plie(page: AppTest) -> None:
    page = _name_new_plie(page, "T", "Un autre")
    assert any("Le PLIE T est déjà chargé" in w.value for w in page.warning)
    assert not [f for f in page.file_uploader if "export" in f.label]


def test_first_export_of_all_needs_no_loaded_plie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE_URL, f"sqlite:///{tmp_path / 'vide.db'}")
    monkeypatch.chdir(RACINE)
    page = _propose(_name_new_plie(open_importer(), "NEUF", "PLIE du Neuf"))
    assert any("id_participant" in d.value.columns for d in page.dataframe)
    # Without a day of extraction nothing may be loaded, and it is said.
    page = click(page, "Vérifier ce fichier")
    assert any("[PRF-008]" in e.value for e in page.error)


def test_what_quotes_a_list_not_given_yet_is_left_aside(page: AppTest) -> None:
    page = _name_new_plie(page, "NEUF", "PLIE du Neuf")
    lignes = EXPORT.splitlines()
    export = "\n".join([f"{lignes[0]};Référent", *(f"{ligne};R{rang % 2}" for rang, ligne in enumerate(lignes[1:]))])
    page = _propose(page, export)
    assert any("Parcours.code_referent" in w.value and "ses listes" in w.value for w in page.warning)
    (parcours,) = [d.value for d in page.dataframe if "id_parcours" in d.value.columns]
    assert "code_referent" not in parcours.columns
