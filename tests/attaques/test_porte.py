"""A hostile program at the door of a real server: other sites, uploads of others, files of others, cookies signed out.

One server for the file, with sign-in, listening on every interface as in a container; a spy in its process writes down
whatever it calls outside of this machine.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from data_access.droits import grant
from data_access.engine import make_engine
from tests.attaques.visiteur import Visiteur, sign_in, write_secrets
from tests.e2e.conftest import serve
from tests.partage import copy_base, sample_base

ANIMATION, AUTRE, COMITE = "animation@plie.fr", "autre@plie.fr", "comite@plie.fr"
TTL_S = 2
MO = 1_000_000


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("porte")


@pytest.fixture(scope="module")
def serveur(tmp_path_factory: pytest.TempPathFactory, dossier: Path) -> serve:
    url_base = copy_base(sample_base(tmp_path_factory, "agenais"), dossier / "plie.db")
    engine = make_engine(url_base)
    with engine.begin() as base:
        for identite, role in ((ANIMATION, "animation"), (AUTRE, "animation"), (COMITE, "comite")):
            grant(base, identite, role, "AGENAIS", None, None, "essai")
    engine.dispose()
    (dossier / "appels.txt").touch()
    espion = {"PYTHONPATH": str(Path(__file__).parent / "espion"), "PLIE_ESPION": str(dossier / "appels.txt")}
    options = (f"--secrets.files={write_secrets(dossier / 'secrets.toml')}", "--server.address=0.0.0.0")
    options += (f"--server.disconnectedSessionTTL={TTL_S}",)
    return serve(url_base, dossier / "serveur.log", options=options, environnement=espion)


@pytest.fixture(scope="module")
def url(serveur: serve) -> Iterator[str]:
    with serveur as adresse:
        yield adresse


@pytest.fixture(scope="module")
def animation(url: str) -> Visiteur:
    return Visiteur(url, sign_in(url, ANIMATION))


@pytest.fixture(scope="module")
def autre(url: str) -> Visiteur:
    return Visiteur(url, sign_in(url, AUTRE))


@pytest.mark.parametrize(
    "origine", ["http://exemple.fr", "null", "http://localhost:1", "http://127.0.0.1:1", "file://"]
)
def test_a_page_of_another_site_opens_no_websocket_and_stops_nobody(url: str, dossier: Path, origine: str) -> None:
    flux = url.replace("http", "ws") + "/_stcore/stream"
    debut = time.monotonic()
    with pytest.raises(InvalidStatus) as refus:
        connect(flux, origin=origine, subprotocols=["streamlit"])  # type: ignore[arg-type,list-item]
    assert refus.value.response.status_code == 403
    assert time.monotonic() - debut < 1
    assert (dossier / "appels.txt").read_text() == ""
