"""Importer: nothing changes before it is confirmed, and what is refused is said."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.registre import find_ecran
from data_access.engine import VARIABLE_URL, make_engine
from data_access.imports import import_classeur
from data_access.schema import ensure_schema
from data_access.versions import current_version
from tests.unit.data_access.petits_classeurs import Feuilles, valid_sheets, write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RACINE = Path(__file__).resolve().parents[2]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database of one small PLIE, to be changed by the test."""
    adresse = f"sqlite:///{tmp_path / 'plie.db'}"
    monkeypatch.setenv(VARIABLE_URL, adresse)
    monkeypatch.chdir(RACINE)
    st.cache_data.clear()
    engine = make_engine(adresse)
    ensure_schema(engine)
    import_classeur(engine, write(tmp_path, people(30)), "essai")
    engine.dispose()
    yield adresse
    st.cache_data.clear()


def people(nombre: int) -> Feuilles:
    """The small workbook, with that many more participants and parcours."""
    feuilles = valid_sheets()
    for rang in range(nombre):
        feuilles["Participants"].append(feuilles["Participants"][1] | {"id_participant": f"n{rang}1"})
        feuilles["Parcours"].append(
            feuilles["Parcours"][1] | {"id_parcours": f"k{rang}1", "id_participant": f"n{rang}1"}
        )
    return feuilles


@pytest.fixture
def page(url: str) -> AppTest:
    app = AppTest.from_file(str(RACINE / "app.py"), default_timeout=60)
    app.run()
    return app.switch_page(find_ecran("importer").fichier).run()


@pytest.fixture
def deposer(page: AppTest, tmp_path: Path) -> Callable[..., AppTest]:
    """Drops a workbook of these rows on the page."""

    def _deposer(feuilles: Feuilles, nom: str = "mois.xlsx") -> AppTest:
        contenu = write(tmp_path, feuilles, nom).read_bytes()
        page.file_uploader[0].set_value((nom, contenu, XLSX)).run()
        assert not page.exception
        assert [e.value for e in page.error if "ECR-" in e.value] == []
        return page

    return _deposer


def version(url: str) -> int:
    """Version of the data."""
    engine = make_engine(url)
    with engine.connect() as base:
        numero = current_version(base)
    engine.dispose()
    return numero


def click(page: AppTest, libelle: str) -> AppTest:
    """Clicks the button of that name."""
    (bouton,) = [b for b in page.button if b.label == libelle]
    return bouton.click().run()


def text_of(page: AppTest) -> str:
    """All that the page says."""
    parties = [*page.markdown, *page.caption, *page.success, *page.info, *page.warning, *page.error]
    return "\n".join(str(partie.value) for partie in parties)


def test_what_would_change_is_told_and_nothing_is_done(deposer: Callable[..., AppTest], url: str) -> None:
    page = deposer(people(31))
    assert "2 lignes ajoutées, 0 modifiée, 0 retirée" in text_of(page).replace("\u00a0", " ")
    assert version(url) == 1


def test_confirmed_workbook_is_loaded(deposer: Callable[..., AppTest], url: str) -> None:
    page = click(deposer(people(31)), "Confirmer et charger")
    assert version(url) == 2
    assert any("Le classeur est chargé" in s.value for s in page.success)
    assert page.session_state["import_en_cours"].examens[0].recu is None


def test_abandoned_workbook_is_forgotten(deposer: Callable[..., AppTest], url: str) -> None:
    page = click(deposer(people(31)), "Ne pas charger")
    assert page.session_state["import_en_cours"].examens == []
    assert version(url) == 1


def test_same_workbook_again_has_nothing_to_load(deposer: Callable[..., AppTest]) -> None:
    page = deposer(people(30))
    assert any("Rien : ce classeur est identique" in s.value for s in page.success)
    assert "Confirmer et charger" not in [b.label for b in page.button]


def test_file_that_is_no_workbook_is_refused_in_words(page: AppTest, url: str) -> None:
    page.file_uploader[0].set_value(("faux.xlsx", b"a;b;c", XLSX)).run()
    assert any("[IMP-001]" in e.value for e in page.error)
    assert any("La base de données n’a pas changé" in i.value for i in page.info)
    assert "Confirmer et charger" not in [b.label for b in page.button]
    assert version(url) == 1


def test_rejected_rows_are_counted_and_can_be_filtered(deposer: Callable[..., AppTest]) -> None:
    feuilles = people(31)
    feuilles["Etapes"][0]["statut"] = "finie"
    feuilles["Contacts"][0]["nature"] = "visite"
    page = deposer(feuilles)
    assert "2 lignes rejetées ne seront pas chargées" in text_of(page).replace("\u00a0", " ")
    (filtre,) = [m for m in page.multiselect if m.label == "Feuille"]
    filtre.set_value(["Contacts"]).run()
    assert list(page.dataframe[0].value["Feuille"]) == ["Contacts"]


def test_several_workbooks_are_looked_at_one_by_one(deposer: Callable[..., AppTest], url: str) -> None:
    deposer(people(31), "a.xlsx")
    page = deposer(people(32), "b.xlsx")
    (choix,) = [r for r in page.radio if r.label == "Classeur à examiner"]
    choix.set_value(choix.options.index("a.xlsx")).run()
    page = click(page, "Confirmer et charger")
    (choix,) = [r for r in page.radio if r.label == "Classeur à examiner"]
    page = choix.set_value(choix.options.index("b.xlsx")).run()
    # The first one has changed the data: what the second one would change is worked out again.
    assert "2 lignes ajoutées" in text_of(page).replace("\u00a0", " ")
    click(page, "Confirmer et charger")
    assert version(url) == 3


def test_empty_database_can_receive_its_first_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    adresse = f"sqlite:///{tmp_path / 'vide.db'}"
    monkeypatch.setenv(VARIABLE_URL, adresse)
    monkeypatch.chdir(RACINE)
    app = AppTest.from_file(str(RACINE / "app.py"), default_timeout=60)
    app.run()
    app.switch_page(find_ecran("importer").fichier).run()
    app.file_uploader[0].set_value(("t.xlsx", write(tmp_path, people(1)).read_bytes(), XLSX)).run()
    click(app, "Confirmer et charger")
    assert version(adresse) == 1


def test_figures_before_and_after_are_shown(deposer: Callable[..., AppTest], url: str) -> None:
    page = deposer(people(31))
    (table,) = [t.value for t in page.table if "Chiffre" in t.value.columns]
    ligne = table[table["Chiffre"] == "File active au dernier jour"].iloc[0]
    assert list(ligne)[1:] == ["31", "32", "+\u00a01"]
    assert version(url) == 1


def test_many_vanishing_parcours_stop_loudly(deposer: Callable[..., AppTest], url: str) -> None:
    page = deposer(people(10))
    (alerte,) = [e.value for e in page.error]
    assert "[IMP-017]" in alerte
    (bouton,) = [b for b in page.button if b.label == "Confirmer et charger"]
    assert bouton.disabled
    page.checkbox[0].check().run()
    click(page, "Confirmer et charger")
    assert version(url) == 2


def _open(page: AppTest, onglet: str) -> AppTest:
    page.session_state["import_onglets"] = onglet
    return page.run()


def test_last_import_is_taken_back_once_read(deposer: Callable[..., AppTest], url: str) -> None:
    page = _open(click(deposer(people(31)), "Confirmer et charger"), "Historique")
    assert list(page.table[0].value["Version"]) == ["2", "1"]
    page = click(page, "Annuler le dernier chargement…")
    assert "2 lignes ajoutées disparaîtraient" in text_of(page).replace("\u00a0", " ")
    assert version(url) == 2
    page = click(page, "Confirmer l’annulation")
    assert version(url) == 3
    assert any("La version 2 est annulée" in s.value for s in page.success)


def test_what_changed_row_by_row(deposer: Callable[..., AppTest]) -> None:
    feuilles = people(30)
    feuilles["Parcours"][1]["prescripteur"] = "Mission locale"
    page = _open(click(deposer(feuilles), "Confirmer et charger"), "Ce qui a changé")
    (lignes,) = [d.value for d in page.dataframe]
    assert lignes.iloc[0].to_dict() == {
        "PLIE": "T",
        "Ligne": "id_parcours c2",
        "Elle est": "modifiée",
        "Ce qui change": "prescripteur : vide → Mission locale",
    }


def test_import_that_only_changed_the_anomalies_is_taken_back_too(deposer: Callable[..., AppTest], url: str) -> None:
    feuilles = people(30)
    feuilles["Etapes"][0]["statut"] = "finie"
    page = deposer(feuilles)
    assert "seule la liste des anomalies ouvertes" in text_of(page)
    page = _open(click(page, "Confirmer et charger"), "Historique")
    page = click(page, "Annuler le dernier chargement…")
    assert "aucune ligne ne change" in text_of(page)
    click(page, "Confirmer l’annulation")
    assert version(url) == 3


EXPORT = "N° dossier;Réf. parcours;Civilité;Né(e) le;Nom;Date entrée PLIE\n" + "".join(
    f"x{rang}1;y{rang}1;Madame;05/06/1990;DUPONT;01/02/2024\n" for rang in range(12)
)


def _propose(page: AppTest) -> AppTest:
    page = _open(page, "Autre logiciel")
    televerseur = [f for f in page.file_uploader if "export" in f.label][0]
    televerseur.set_value(("export.csv", EXPORT.encode(), "text/csv")).run()
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
