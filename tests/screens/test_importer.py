"""Importer: nothing changes before it is confirmed, and what is refused is said."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access.base.moteur import VARIABLE_URL, shared_engine
from tests.integration.data_access.contenu import of_plie
from tests.screens.importer import RACINE, click, open_importer, open_tab, people, small_base, text_of, version
from tests.unit.data_access.petits_classeurs import Feuilles, write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with small_base(tmp_path, monkeypatch) as adresse:
        yield adresse


@pytest.fixture
def page(url: str) -> AppTest:
    return open_importer()


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


def test_what_would_change_is_told_and_nothing_is_done(deposer: Callable[..., AppTest], url: str) -> None:
    page = deposer(people(31))
    assert "2 lignes ajoutées, 0 modifiée, 0 retirée" in text_of(page).replace("\u00a0", " ")
    assert version(url) == 1


def test_confirmed_workbook_is_loaded(deposer: Callable[..., AppTest], url: str) -> None:
    page = click(deposer(people(31)), "Confirmer et charger")
    assert version(url) == 2
    assert any("Le classeur est chargé" in s.value for s in page.success)
    (examen,) = page.session_state["import_en_cours"].examens
    # Neither the bytes nor the rows of the file are kept.
    assert (examen.recu, examen.preparer, examen.prepare.differences) == (None, None, {})


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


def test_files_that_wait_make_room_and_it_is_said(
    deposer: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.animation.importer.depot.ATTENTE_MAXIMALE", 20_000)
    deposer(people(31), "un.xlsx")
    page = deposer(people(32), "deux.xlsx")
    assert [examen.nom for examen in page.session_state["import_en_cours"].examens] == ["deux.xlsx"]
    assert any("un.xlsx" in w.value and "[ECR-002]" in w.value for w in page.warning)


def test_a_base_in_read_only_says_why_nothing_is_loaded(deposer: Callable[..., AppTest], url: str) -> None:
    page = deposer(people(31))
    engine = shared_engine(url)

    def close(base: sa.Connection) -> None:
        base.exec_driver_sql("PRAGMA query_only=ON")

    sa.event.listen(engine, "begin", close)
    try:
        click(page, "Confirmer et charger")
    finally:
        sa.event.remove(engine, "begin", close)
        engine.dispose()
    assert any("[BAS-003]" in e.value for e in page.error)
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
    app = open_importer()
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


def test_last_import_is_taken_back_once_read(deposer: Callable[..., AppTest], url: str) -> None:
    page = open_tab(click(deposer(people(31)), "Confirmer et charger"), "Historique")
    assert list(page.table[0].value["Version"]) == ["2", "1"]
    page = click(page, "Annuler le dernier chargement…")
    assert "2 lignes ajoutées disparaîtraient" in text_of(page).replace("\u00a0", " ")
    assert version(url) == 2
    page = click(page, "Confirmer l’annulation")
    assert version(url) == 3
    assert any("La version 2 est annulée" in s.value for s in page.success)


def test_last_import_of_the_plie_chosen_though_another_came_since(deposer: Callable[..., AppTest], url: str) -> None:
    click(deposer(people(31)), "Confirmer et charger")
    autre = of_plie("AUTRE", people(1))
    autre["PLIE"][0]["nom"] = "PLIE voisin"
    page = open_tab(click(deposer(autre, "autre.xlsx"), "Confirmer et charger"), "Historique")
    (choix,) = [s for s in page.selectbox if s.label == "PLIE"]
    page = click(choix.set_value("T").run(), "Annuler le dernier chargement de T…")
    assert "Annuler la version 2 (« mois.xlsx »" in text_of(page)
    # Another choice forgets what was read for the first one.
    (choix,) = [s for s in page.selectbox if s.label == "PLIE"]
    page = choix.set_value("AUTRE").run()
    assert "Confirmer l’annulation" not in [b.label for b in page.button]
    (choix,) = [s for s in page.selectbox if s.label == "PLIE"]
    page = click(choix.set_value("T").run(), "Annuler le dernier chargement de T…")
    page = click(page, "Confirmer l’annulation")
    assert any("La version 2 est annulée" in s.value for s in page.success)
    assert version(url) == 4
    assert "Rétablir la version 2, annulée par la version 4…" in [b.label for b in page.button]


def test_what_changed_row_by_row(deposer: Callable[..., AppTest]) -> None:
    feuilles = people(30)
    feuilles["Parcours"][1]["prescripteur"] = "Mission locale"
    page = open_tab(click(deposer(feuilles), "Confirmer et charger"), "Ce qui a changé")
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
    page = open_tab(click(page, "Confirmer et charger"), "Historique")
    page = click(page, "Annuler le dernier chargement…")
    assert "aucune ligne ne change" in text_of(page)
    click(page, "Confirmer l’annulation")
    assert version(url) == 3
