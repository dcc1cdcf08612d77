"""A small database for the screens: three PLIE of the sample, one with rules, one without, one of another year."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from components import session
from components.acces_identite import Etat, Visiteur
from components.registre import ECRANS
from data_access.demarrage import DOSSIER_EXEMPLES
from data_access.engine import VARIABLE_URL, make_engine
from data_access.imports import import_classeur
from data_access.schema import ensure_schema
from indicators.perimetre import Droits

RACINE = Path(__file__).resolve().parents[2]
PLIE = ("agenais", "technowest", "mno")


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('ecrans') / 'plie.db'}"
    engine = make_engine(url)
    ensure_schema(engine)
    for nom in PLIE:
        import_classeur(engine, DOSSIER_EXEMPLES / f"plie_{nom}.xlsx", "essai")
    engine.dispose()
    return url


def address_of(fichier: str) -> str:
    """What a browser asks for: Streamlit names a page by its address, and the first one has none."""
    code = next(ecran.code for ecran in ECRANS if ecran.fichier == fichier)
    return calc_hash("" if code == ECRANS[0].code else code)


@pytest.fixture
def ouvrir(base_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Opens a page of the registry as a browser would: file of the page, query string of the link."""
    monkeypatch.setenv(VARIABLE_URL, base_url)
    monkeypatch.chdir(RACINE)
    st.cache_data.clear()

    def _ouvrir(fichier: str | None = None, **parametres: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(RACINE / "app.py"), default_timeout=60)
        for nom, valeur in parametres.items():
            app.query_params[nom] = valeur
        if fichier is not None:
            app._page_hash = address_of(fichier)
        return app.run()

    yield _ouvrir
    st.cache_data.clear()


@pytest.fixture
def en_tant_que(monkeypatch: pytest.MonkeyPatch) -> Callable[[Droits], None]:
    """Whoever opens a page from now on has signed in with these rights."""

    def _devenir(droits: Droits) -> None:
        visiteur = Visiteur(Etat.CONNECTE, "essai@plie.fr")
        monkeypatch.setattr(session, "read_session", lambda: session.Session(visiteur, (droits.role,), droits))

    return _devenir
