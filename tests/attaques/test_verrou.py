"""What is installed is what was proved: each package at one version, each file by its hash, from no address."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import lancer

RACINE = lancer.RACINE
VERROUS = {"requirements.txt": "requirements.lock", "requirements-dev.txt": "requirements-dev.lock"}
EMPREINTE = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def read_lock(nom: str) -> dict[str, Requirement]:
    """Each package of the lock; the test stops at a line that pip could take otherwise than by its hashes."""
    texte = (RACINE / nom).read_text(encoding="utf-8").replace("\\\n", " ")
    paquets: dict[str, Requirement] = {}
    for ligne in texte.splitlines():
        if not ligne.strip() or ligne.lstrip().startswith("#"):
            continue
        exigence = Requirement(EMPREINTE.sub("", ligne))
        assert EMPREINTE.search(ligne), f"without a hash: {exigence}"
        assert exigence.url is None
        assert [borne.operator for borne in exigence.specifier] == ["=="], exigence
        assert "*" not in str(exigence.specifier)
        nom_du_paquet = canonicalize_name(exigence.name)
        assert nom_du_paquet not in paquets, f"two versions: {exigence}"
        paquets[nom_du_paquet] = exigence
    return paquets


def read_choices(nom: str) -> list[Requirement]:
    """The lines of a requirements file, and of those that it includes."""
    choix: list[Requirement] = []
    for ligne in (RACINE / nom).read_text(encoding="utf-8").splitlines():
        if ligne.startswith("-r "):
            choix += read_choices(ligne.removeprefix("-r ").strip())
        elif utile := ligne.split("#")[0].strip():
            choix.append(Requirement(utile))
    return choix


@pytest.mark.parametrize("choix", VERROUS)
def test_the_lock_holds_every_choice_at_its_version(choix: str) -> None:
    paquets, voulus = read_lock(VERROUS[choix]), read_choices(choix)
    assert len(voulus) > 10
    for voulu in voulus:
        tenu = paquets[canonicalize_name(voulu.name)]
        assert (tenu.specifier, tenu.marker) == (voulu.specifier, voulu.marker), f"python .ci/verrou.py : {voulu}"
        assert voulu.extras <= tenu.extras
    assert len(paquets) > 2 * len(voulus), "what the choices bring along is not there"
    assert {"starlette", "uvicorn"} <= paquets.keys(), "the server's door rests on them"


def test_the_tests_run_on_what_is_served() -> None:
    servis, essayes = (read_lock(verrou) for verrou in VERROUS.values())
    assert {nom: str(p.specifier) for nom, p in servis.items()} == {
        nom: str(essayes[nom].specifier) for nom in servis.keys() & essayes.keys()
    }


def test_a_lock_names_no_machine() -> None:
    for verrou in VERROUS.values():
        texte = (RACINE / verrou).read_text(encoding="utf-8")
        assert not re.search(r"^\s*(-i|-f|--index|--extra-index|--find-links|--trusted-host)|://|file:", texte, re.M)


def test_the_launcher_installs_by_hash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commandes: list[list[str]] = []
    monkeypatch.setattr(lancer, "VENV", tmp_path)
    monkeypatch.setattr(lancer, "PYTHON", Path(__file__))
    monkeypatch.setattr(lancer.subprocess, "run", lambda commande, check: commandes.append(list(map(str, commande))))
    for verrou in VERROUS.values():
        lancer.install(verrou)
        lancer.install(verrou)  # installed already: nothing to do
    assert [c[-2:] for c in commandes] == [["-r", str(lancer.RACINE / verrou)] for verrou in VERROUS.values()]
    assert all("--require-hashes" in commande for commande in commandes)
