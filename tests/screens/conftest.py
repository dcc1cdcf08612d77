"""A small database for the screens: three PLIE of the sample, one with rules, one without, one of another year."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from components.acces import session
from components.acces.identite import Venue, Visiteur
from data_access.base.moteur import VARIABLE_URL, make_engine
from data_access.historique.comite import VARIABLE_DOSSIER
from indicators.perimetre import Droits
from tests.partage import copy_base, sample_base
from tests.screens.adresses import address_of, find_page

RACINE = Path(__file__).resolve().parents[2]
PLIE = ("agenais", "technowest", "mno")


@pytest.fixture(scope="session", autouse=True)
def _composants() -> Iterator[None]:
    """Each AppTest looks through all the installed packages for components: once is enough."""
    with pytest.MonkeyPatch.context() as retouche:
        retouche.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def exemples() -> Path:
    """The database that nobody has opened yet, to be copied."""
    return sample_base(*PLIE)


@pytest.fixture(scope="session")
def base_url(exemples: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy shared by the tests that change no figure; the pages that they open note it in its journal."""
    return copy_base(exemples, tmp_path_factory.mktemp("ecrans") / "plie.db")


@pytest.fixture(scope="module")
def base_modele(exemples: Path) -> Path:
    """What `moteur` copies, for a file of tests that needs more in it to say so."""
    return exemples


@pytest.fixture
def moteur(base_modele: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Engine]:
    """One's own copy of the small database, with a folder of published files of its own."""
    monkeypatch.setenv(VARIABLE_DOSSIER, str(tmp_path / "publie"))
    engine = make_engine(copy_base(base_modele, tmp_path / "plie.db"))
    yield engine
    engine.dispose()


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
            app._page_hash = address_of(find_page(fichier))
        return app.run()

    yield _ouvrir
    st.cache_data.clear()


@pytest.fixture
def en_tant_que(monkeypatch: pytest.MonkeyPatch) -> Callable[[Droits], None]:
    """Whoever opens a page from now on has signed in with these rights."""

    def _devenir(droits: Droits) -> None:
        visiteur = Visiteur(Venue.CONNECTE, "essai@plie.fr")
        monkeypatch.setattr(session, "read_session", lambda: session.Session(visiteur, (droits.role,), droits))

    return _devenir
