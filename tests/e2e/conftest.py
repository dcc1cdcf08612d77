"""A real server on the sample data, and Debian's Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.e2e.pepiniere import Pousse, can_fork
from tests.partage import copy_base, sample_base

RACINE = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
DRAPEAUX = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The page of the identity provider asks there for its style. A route that aborts it would keep the browser from
    # caching anything else: the whole of Streamlit's script would be read again with each page.
    "--host-resolver-rules=MAP *.jsdelivr.net ~NOTFOUND",
]
CLASSEURS = ("plie_agenais", "plie_haut_perigord", "plie_technowest")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    if not CHROMIUM:
        pytest.skip("Chromium n’est pas installé : aucun écran n’est ouvert dans un navigateur")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": DRAPEAUX}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture(scope="session")
def url_base(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with three of the sample PLIE."""
    noms = (nom.removeprefix("plie_") for nom in CLASSEURS)
    return copy_base(sample_base(*noms), tmp_path_factory.mktemp("e2e") / "plie.db")


@pytest.fixture(scope="session")
def app_url(url_base: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server shared by the tests that do not mind who came before them."""
    with serve(url_base, tmp_path_factory.mktemp("journal") / "serveur.log") as url:
        yield url


class serve:  # noqa: N801 — used as « with serve(…) »
    """A Streamlit server on a free port of the loopback, stopped at the end."""

    def __init__(
        self,
        url_base: str,
        journal: Path,
        entree: str = "server.py",
        racine: Path = RACINE,
        prefixe: str = "",
        options: tuple[str, ...] = (),
        environnement: Mapping[str, str] | None = None,
    ) -> None:
        self.journal, self.entree = journal, entree
        self.racine, self.prefixe, self.options = racine, prefixe, options
        self.environnement = os.environ | {"PLIE_DATABASE_URL": url_base} | (environnement or {})
        self.processus: Pousse | subprocess.Popen[bytes]

    def __enter__(self) -> str:
        port = find_free_port()
        arguments = ["run", self.entree, f"--server.port={port}", "--server.address=127.0.0.1"]
        arguments += ["--server.headless=true", "--server.fileWatcherType=none", *self.options]
        if can_fork(self.environnement):
            self.processus = Pousse(arguments, self.racine, self.environnement, self.journal)
        else:
            self.processus = self._start(arguments)
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}{self.prefixe}/_stcore/health")
        return url

    def _start(self, arguments: list[str]) -> subprocess.Popen[bytes]:
        commande = [sys.executable, "-m", "streamlit", *arguments]
        with self.journal.open("w") as sortie:
            return subprocess.Popen(
                commande, cwd=self.racine, env=self.environnement, stdout=sortie, stderr=subprocess.STDOUT
            )

    def __exit__(self, *_: object) -> None:
        self.processus.terminate()
        try:
            self.processus.wait(20)
        except subprocess.TimeoutExpired:
            # A busy machine: nothing of what the test has seen depends on how its server ends.
            self.processus.kill()
            self.processus.wait(20)


def find_free_port() -> int:
    """A port of the loopback that nobody listens to."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


def wait_for(url: str) -> None:
    """Until the server answers; fails after 30 seconds."""
    limite = time.monotonic() + 30
    while time.monotonic() < limite:
        try:
            with urllib.request.urlopen(url) as reponse:
                reponse.read()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("le serveur ne répond pas")
