"""The audit of dependencies never says « healthy » when it has not looked."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FICHIER = Path(__file__).resolve().parents[2] / ".ci" / "audit.py"
SAIN = {"name": "streamlit", "version": "1.67.0", "vulns": []}
FAILLE = {"name": "pandas", "version": "3.1.1", "vulns": [{"id": "PYSEC-2026-1"}]}
IGNORE = {"name": "altair", "skip_reason": "not found"}


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, where PyPI answers and nothing is installed."""
    spec = importlib.util.spec_from_file_location("audit", FICHIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "can_reach", lambda: True)
    monkeypatch.setattr(module.venv, "create", lambda dossier, **_: _make_python(dossier))
    return module


def _make_python(dossier: Path) -> None:
    (dossier / "bin").mkdir(parents=True)
    (dossier / "bin" / "python").touch()


def _answer(module: ModuleType, monkeypatch: pytest.MonkeyPatch, paquets: list[dict[str, Any]] | None) -> None:
    def run(*commande: str) -> subprocess.CompletedProcess[str]:
        sortie = ""
        if "pip_audit" in commande:
            sortie = "" if paquets is None else json.dumps({"dependencies": paquets})
        return subprocess.CompletedProcess(commande, 0, stdout=sortie)

    monkeypatch.setattr(module, "run", run)


@pytest.mark.parametrize(
    ("paquets", "code", "mots"),
    [
        ([SAIN], 0, "1 bibliothèques, aucune vulnérabilité connue"),
        ([SAIN, FAILLE, IGNORE], 1, "pandas 3.1.1 : PYSEC-2026-1"),
        ([SAIN, IGNORE], 0, "NON FAIT : pip-audit ne connaît pas altair"),
        (None, 0, "NON FAIT"),
    ],
)
def test_answers_of_pip_audit(
    audit: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    paquets: list[dict[str, Any]] | None,
    code: int,
    mots: str,
) -> None:
    _answer(audit, monkeypatch, paquets)
    assert audit.main(sys.executable) == code
    assert mots in capsys.readouterr().out


def test_data_out_of_reach_is_said(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _answer(audit, monkeypatch, [SAIN])
    monkeypatch.setattr(audit, "can_reach", lambda: False)
    assert audit.main(sys.executable) == 0
    assert "AUDIT DES DÉPENDANCES NON FAIT" in capsys.readouterr().out


def test_packages_that_contradict_each_other_stop_the_build(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "run", lambda *commande: subprocess.CompletedProcess(commande, 1, stdout="conflit"))
    assert audit.main(sys.executable) == 1
    assert "se contredisent" in capsys.readouterr().out
