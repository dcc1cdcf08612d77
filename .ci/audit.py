"""Known vulnerabilities of what is installed: `python .ci/audit.py [PYTHON]`.

Exits 1 when pip-audit knows one, or when the installed packages contradict each other; 0 when it knows none, and 0 as
well when its data cannot be reached, which is then said loudly: docs/deploiement.md has the check to do by hand.
"""

import json
import subprocess  # noqa: S404 — runs this project's own interpreters only
import sys
import tempfile
import urllib.request
import venv
from pathlib import Path

OUTIL = "pip-audit==2.10.1"
# pip-audit exits with 0 when it finds nothing at that address: asked first, so that « not found » is not « healthy ».
TEMOIN = "https://pypi.org/pypi/streamlit/1.67.0/json"
ATTENTE_S = 10


def main(python: str) -> int:
    """Audits the packages of that interpreter."""
    if run(python, "-m", "pip", "check").returncode:
        return say("pip check : des bibliothèques installées se contredisent.", 1)
    if not can_reach():
        return say_undone("les données de PyPI ne sont pas joignables d’ici")
    with tempfile.TemporaryDirectory() as dossier:
        return audit(python, Path(dossier))


def can_reach() -> bool:
    """True when PyPI gives the vulnerabilities of a release."""
    try:
        with urllib.request.urlopen(TEMOIN, timeout=ATTENTE_S) as reponse:  # noqa: S310 — a constant address
            return "vulnerabilities" in json.load(reponse)
    except (OSError, ValueError):
        return False


def audit(python: str, dossier: Path) -> int:
    """Installs pip-audit aside, gives it the exact versions that are installed, and reads its answer."""
    venv.create(dossier / "outil", with_pip=True)
    outil = next((dossier / "outil").glob("[bS]*/python*"))
    if run(str(outil), "-m", "pip", "install", "--quiet", OUTIL).returncode:
        return say_undone(f"{OUTIL} ne s’installe pas")
    versions = dossier / "versions.txt"
    versions.write_text(run(python, "-m", "pip", "freeze", "--all", "--exclude-editable").stdout)
    reponse = run(str(outil), "-m", "pip_audit", "-r", str(versions), "--no-deps", "--disable-pip", "--format", "json")
    try:
        paquets = json.loads(reponse.stdout)["dependencies"]
    except ValueError:
        return say_undone("pip-audit n’a pas répondu")
    failles = [f"{p['name']} {p['version']} : {f['id']}" for p in paquets for f in p.get("vulns", ())]
    ignores = [p["name"] for p in paquets if "skip_reason" in p]
    if failles:
        return say("Vulnérabilités connues :\n  " + "\n  ".join(failles), 1)
    if ignores:
        return say_undone("pip-audit ne connaît pas " + ", ".join(ignores))
    return say(f"Audit des dépendances : {len(paquets)} bibliothèques, aucune vulnérabilité connue.", 0)


def run(*commande: str) -> subprocess.CompletedProcess[str]:
    """Runs a command, errors shown."""
    return subprocess.run(commande, check=False, stdout=subprocess.PIPE, text=True)  # noqa: S603


def say_undone(raison: str) -> int:
    """The audit was not done: nobody may believe that it was."""
    return say(f"########## AUDIT DES DÉPENDANCES NON FAIT : {raison}. À faire à la main : docs/deploiement.md.", 0)


def say(texte: str, code: int) -> int:
    """Prints, and gives back the exit code."""
    sys.stdout.write(texte + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else sys.executable))
