"""Servers that start at once: one process has read the libraries that every server reads, each server is a fork of it.

Nothing of this project is read before the fork: what a fresh server does first is still the first time it is done.
Without `fork` (Windows), or with an environment that Python itself reads when it starts, a server is a program of its
own.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
BIBLIOTHEQUES = (
    *("alembic.context", "altair", "babel.numbers", "openpyxl", "pandas", "PIL.Image", "pydantic", "sqlalchemy"),
    *("streamlit.web.bootstrap", "streamlit.web.cli", "uvicorn", "starlette.applications", "vl_convert"),
)


def can_fork(environnement: Mapping[str, str]) -> bool:
    return hasattr(os, "fork") and environnement.get("PYTHONPATH") == os.environ.get("PYTHONPATH")


class Pousse:
    """A server started by the nursery: what `subprocess.Popen` gives, as far as the tests ask it."""

    def __init__(self, arguments: list[str], racine: Path, environnement: Mapping[str, str], journal: Path) -> None:
        entree, sortie = _nurse().stdin, _nurse().stdout
        assert entree is not None
        assert sortie is not None
        demande = [arguments, str(racine), dict(environnement), str(journal)]
        entree.write(json.dumps(demande) + "\n")
        entree.flush()
        self.pid = int(sortie.readline())

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def wait(self, secondes: float) -> None:
        limite = time.monotonic() + secondes
        while self._send(0):
            if time.monotonic() > limite:
                raise subprocess.TimeoutExpired("streamlit", secondes)
            time.sleep(0.02)

    def _send(self, numero: int) -> bool:
        with suppress(ProcessLookupError):
            os.kill(self.pid, numero)
            return True
        return False


@cache
def _nurse() -> subprocess.Popen[str]:
    """It ends with the tests: nothing more can be read from them."""
    commande = [sys.executable, "-m", "tests.e2e.pepiniere"]
    return subprocess.Popen(commande, cwd=RACINE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def raise_servers() -> None:
    """A fork for each line of the standard input, whose number is printed."""
    for nom in BIBLIOTHEQUES:
        import_module(nom)
    # Whoever ends is forgotten: its number is then nobody's.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while ligne := sys.stdin.readline():
        enfant = os.fork()
        if enfant == 0:
            _become(*json.loads(ligne))
        sys.stdout.write(f"{enfant}\n")
        sys.stdout.flush()


def _become(arguments: list[str], racine: str, environnement: dict[str, str], journal: str) -> None:
    """What `python -m streamlit …` would be there. Never returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sortie = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for descripteur in (1, 2):
        os.dup2(sortie, descripteur)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.clear()
    os.environ.update(environnement)
    os.chdir(racine)
    sys.path[0] = racine
    sys.argv = ["streamlit", *arguments]
    import_module("streamlit.web.cli").main()


if __name__ == "__main__":
    raise_servers()
