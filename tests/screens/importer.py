"""What the tests of the screen « Importer » share: a small database, the page open on it, its buttons and words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data_access.base.moteur import VARIABLE_URL, current_version, make_engine
from data_access.base.schema import ensure_schema
from data_access.imports.deroule import import_classeur
from tests.screens.adresses import address_of
from tests.unit.data_access.petits_classeurs import Feuilles, valid_sheets, write

RACINE = Path(__file__).resolve().parents[2]


@contextmanager
def small_base(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database of one small PLIE, to be changed by the test."""
    adresse = f"sqlite:///{dossier / 'plie.db'}"
    monkeypatch.setenv(VARIABLE_URL, adresse)
    monkeypatch.chdir(RACINE)
    st.cache_data.clear()
    engine = make_engine(adresse)
    ensure_schema(engine)
    import_classeur(engine, write(dossier, people(30)), "essai")
    engine.dispose()
    yield adresse
    st.cache_data.clear()


def open_importer() -> AppTest:
    """The page, on the database of the moment."""
    app = AppTest.from_file(str(RACINE / "app.py"), default_timeout=60)
    app._page_hash = address_of("importer")
    return app.run()


def people(nombre: int) -> Feuilles:
    """The small workbook, with that many more participants and parcours."""
    feuilles = valid_sheets()
    for rang in range(nombre):
        feuilles["Participants"].append(feuilles["Participants"][1] | {"id_participant": f"n{rang}1"})
        feuilles["Parcours"].append(
            feuilles["Parcours"][1] | {"id_parcours": f"k{rang}1", "id_participant": f"n{rang}1"}
        )
    return feuilles


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


def open_tab(page: AppTest, onglet: str) -> AppTest:
    """The page with that tab open."""
    page.session_state["import_onglets"] = onglet
    return page.run()
