"""One door to install and run: `python lancer.py` opens the app, `python lancer.py tests` runs the tests.

Works on Linux, macOS and Windows with nothing but Python 3.11 or newer. Everything is installed in
`.venv`, and again only when it changes: every package at the version of the lock file, and only if its hash is there.
"""

import hashlib
import subprocess  # noqa: S404 — runs this project's own interpreter only
import sys
import threading
import time
import urllib.request
import venv
import webbrowser
from pathlib import Path

RACINE = Path(__file__).resolve().parent
VENV = RACINE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
VERSION_MINIMALE = (3, 11)
PORT = 8501
ATTENTE_S = 60


def main(arguments: list[str]) -> int:
    """Installs what the command needs and runs it; gives back its exit code."""
    if sys.version_info < VERSION_MINIMALE:
        sys.stderr.write("Python 3.11 ou plus récent est nécessaire : https://www.python.org/downloads/\n")
        return 1
    if arguments[:1] == ["tests"]:
        install("requirements-dev.lock")
        # Three processes, since those of the browsers wait more than they compute. A file stays whole: its tests share
        # what they prepare. In the order of the folders: the browsers come first, and small files fill the end.
        return run("-m", "pytest", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", *arguments[1:])
    install("requirements.lock")
    threading.Thread(target=open_browser, args=(find_port(arguments),), daemon=True).start()
    return run("-m", "streamlit", "run", "server.py", *arguments)


def find_port(arguments: list[str]) -> int:
    """The port asked for with `--server.port=…`, else Streamlit's own."""
    prefixe = "--server.port="
    return next((int(a.removeprefix(prefixe)) for a in arguments if a.startswith(prefixe)), PORT)


def open_browser(port: int) -> None:
    """Opens the dashboard in the person's browser as soon as it answers; without a browser, does nothing."""
    url = f"http://localhost:{port}"
    for _ in range(ATTENTE_S):
        time.sleep(1)
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health"):  # noqa: S310 — this machine's own server
                webbrowser.open(url)
                return
        except OSError:
            continue


def install(verrou: str) -> None:
    """Makes `.venv` if needed and installs `verrou` in it, unless exactly that is installed already."""
    temoin = VENV / f"installe-{verrou}"
    empreinte = hashlib.sha256((RACINE / verrou).read_bytes()).hexdigest()
    if temoin.exists() and temoin.read_text() == empreinte:
        return
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    options = ("--quiet", "--disable-pip-version-check", "--require-hashes")
    subprocess.run([PYTHON, "-m", "pip", "install", *options, "-r", RACINE / verrou], check=True)  # noqa: S603
    temoin.write_text(empreinte)


def run(*commande: str) -> int:
    """Runs Python of `.venv` from the project's root."""
    try:
        return subprocess.run([PYTHON, *commande], cwd=RACINE, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
