"""Rewrites requirements.lock and requirements-dev.lock: `python .ci/verrou.py`.

What requirements.txt and requirements-dev.txt name, and all that these bring, each at one version with the hashes of
its files, for every system and Python 3.11 or newer. Versions that stand in the locks stay, unless a requirement
asks for another; `--upgrade` takes the newest of what the requirements leave open. uv is installed aside.
"""

import subprocess  # noqa: S404 — runs this project's own interpreters only
import sys
import tempfile
import venv
from pathlib import Path

OUTIL = "uv==0.13.9"
RACINE = Path(__file__).resolve().parent.parent
PYTHON_MINIMAL = "3.11"
# Whoever reads a lock learns how to rewrite it; the address of an index is that of one machine, and stays out.
OPTIONS = (
    *("--universal", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-strip-extras"),
    *("--quiet", "--python-version", PYTHON_MINIMAL, "--custom-compile-command", "python .ci/verrou.py"),
)


def main(arguments: list[str]) -> int:
    """Writes both locks; gives back uv's exit code when it refuses."""
    with tempfile.TemporaryDirectory() as dossier:
        venv.create(dossier, with_pip=True)
        python = str(next(Path(dossier).glob("[bS]*/python*")))
        if code := run(python, "-m", "pip", "install", "--quiet", OUTIL):
            return code
        # What is installed to work is what is installed to serve, and more.
        for nom, bornes in (("requirements", ()), ("requirements-dev", ("--constraint", "requirements.lock"))):
            fichiers = (f"{nom}.txt", "--output-file", f"{nom}.lock", *bornes)
            if code := run(python, "-m", "uv", "pip", "compile", *fichiers, *OPTIONS, *arguments):
                return code
    return 0


def run(*commande: str) -> int:
    """Runs it from the project's root."""
    return subprocess.run(commande, cwd=RACINE, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
