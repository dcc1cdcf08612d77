"""`python -m reports`: what is written and where, nothing over anything, the code and the words of each refusal."""

import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

import reports.__main__ as commande
from data_access.refus import Refus
from reports.__main__ import BarreDAvancement
from reports.fichiers import FORMATS, check_folder, write_files
from seances.publication import Dossier, Seance
from tests.unit.reports import fabrique

ARGUMENTS = ["seance", "--plie", "AGENAIS", "--instance", "comite_pilotage"]
SIGNATURES = {"pptx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "note": b"%PDF", "releve": b"PK"}


@pytest.fixture
def dossier() -> Dossier:
    edition = fabrique.edition()
    return Dossier(replace(edition, sections=edition.sections[:1]), decisions=fabrique.suivis(2), avis=("À savoir.",))


@pytest.fixture
def ouvert(monkeypatch: pytest.MonkeyPatch, dossier: Dossier) -> list[Seance]:
    """The command without database; what it asked for."""
    demandes: list[Seance] = []

    def open_dossier(url: str | None, seance: Seance, progres: object = None) -> Dossier:
        demandes.append(seance)
        return dossier

    monkeypatch.setattr(commande, "open_dossier", open_dossier)
    return demandes


def silence(part: float, mot: str) -> None:
    assert 0 <= part <= 1
    assert mot


def test_every_format_is_written_and_is_what_it_says(dossier: Dossier, tmp_path: Path) -> None:
    ecrits, manques = write_files(dossier, FORMATS, tmp_path / "a" / "b", False, silence)
    assert manques == []
    assert [e.sorte for e in ecrits] == list(FORMATS)
    for ecrit in ecrits:
        contenu = ecrit.chemin.read_bytes()
        assert contenu.startswith(SIGNATURES[ecrit.sorte])
        assert len(contenu) == ecrit.octets
    assert len({e.chemin for e in ecrits}) == len(FORMATS)
    assert sorted(p.name for p in (tmp_path / "a" / "b").iterdir()) == sorted(e.chemin.name for e in ecrits)


def test_names_say_the_plie_the_body_and_the_day(dossier: Dossier, tmp_path: Path) -> None:
    (ecrit,), _ = write_files(dossier, ("note",), tmp_path, False, silence)
    assert ecrit.chemin.name == "plie-de-l-agenais_comite-de-pilotage_2021-09-30_n3_note.pdf"
    if os.name == "posix":
        assert ecrit.chemin.stat().st_mode & 0o600 == 0o600


def test_nothing_is_written_over_in_silence(dossier: Dossier, tmp_path: Path) -> None:
    (ecrit,), _ = write_files(dossier, ("note",), tmp_path, False, silence)
    ecrit.chemin.write_text("annoté à la main")
    with pytest.raises(Refus, match="existe déjà.*PAP-001"):
        write_files(dossier, ("releve", "note"), tmp_path, False, silence)
    assert [p.name for p in tmp_path.iterdir()] == [ecrit.chemin.name]
    assert ecrit.chemin.read_text() == "annoté à la main"
    write_files(dossier, ("note",), tmp_path, True, silence)
    assert ecrit.chemin.read_bytes().startswith(b"%PDF")


def test_a_folder_that_cannot_be_one_is_said(dossier: Dossier, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(Refus, match="PAP-002"):
        write_files(dossier, ("note",), tmp_path / "fichier", False, silence)
    with pytest.raises(Refus, match="PAP-002"):
        check_folder(tmp_path / "fichier" / "dessous")


def test_trying_a_folder_leaves_nothing_in_it(tmp_path: Path) -> None:
    check_folder(tmp_path / "neuf")
    assert list((tmp_path / "neuf").iterdir()) == []


def test_the_command_tells_what_it_wrote(
    ouvert: list[Seance], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [*ARGUMENTS, "--au", "2021-09-30", "--vers", str(tmp_path), "--formats", "note,releve"]
    assert commande.main(arguments) == 0
    sortie, erreurs = capsys.readouterr()
    assert "Édition n°\u00a03" in sortie
    assert "À savoir." in sortie
    assert sortie.count("écrit : ") == 2 == len(list(tmp_path.iterdir()))
    assert erreurs == ""
    assert (ouvert[0].code_plie, ouvert[0].instance, ouvert[0].numero) == ("AGENAIS", "comite_pilotage", None)
    assert str(ouvert[0].au) == "2021-09-30"


def test_json_is_only_json(ouvert: list[Seance], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commande.main([*ARGUMENTS, "--vers", str(tmp_path), "--formats", "note", "--json", "--edition", "3"]) == 0
    lu = json.loads(capsys.readouterr().out)
    assert (lu["plie"], lu["edition"], lu["arrondi_a"]) == ("AGENAIS", 3, 5)
    assert [f["sorte"] for f in lu["fichiers"]] == ["note"]
    assert Path(lu["fichiers"][0]["fichier"]).stat().st_size == lu["fichiers"][0]["octets"]
    assert ouvert[0].numero == 3


@pytest.mark.parametrize(
    ("ou", "refus", "code"),
    [
        ("open_dossier", Refus("Le PLIE manque.", "EDI-004"), 1),
        ("read_base", Refus("Le seuil n’en est pas un.", "MSQ-001"), 2),
    ],
)
def test_a_refusal_is_said_and_coded(
    ou: str,
    refus: Refus,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(*_: object) -> Dossier:
        raise refus

    monkeypatch.setattr(commande, ou, refuse)
    assert commande.main([*ARGUMENTS, "--vers", str(tmp_path)]) == code
    sortie, erreurs = capsys.readouterr()
    assert sortie == ""
    assert erreurs == f"{refus}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--formats", "odt"],
        ["--formats", ""],
        ["--au", "30/09/2021"],
        ["--instance", "conseil"],
        ["--audience", "tous"],
        ["--edition", "2", "--publier"],
    ],
)
def test_wrong_settings_stop_at_once(arguments: list[str], ouvert: list[Seance], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as arret:
        commande.main([*ARGUMENTS, "--vers", str(tmp_path), *arguments])
    assert arret.value.code == 2
    assert ouvert == []


def test_publishing_comes_only_once_the_folder_is_known_to_be_good(
    ouvert: list[Seance], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    publies: list[str] = []

    def publish_dossier(url: str | None, dossier: Dossier, auteur: str) -> Dossier:
        publies.append(auteur)
        return dossier

    monkeypatch.setattr(commande, "publish_dossier", publish_dossier)
    (tmp_path / "fichier").write_text("")
    assert commande.main([*ARGUMENTS, "--publier", "--vers", str(tmp_path / "fichier")]) == 1
    assert publies == []
    arguments = [*ARGUMENTS, "--publier", "--auteur", "cron", "--vers", str(tmp_path), "--formats", "note"]
    assert commande.main(arguments) == 0
    assert publies == ["cron"]
    capsys.readouterr()
    # Published, but the file was there already: what to do next is said.
    assert commande.main(arguments) == 1
    assert "est publiée" in (erreur := capsys.readouterr().err)
    assert "--edition 3" in erreur


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_rewrites_its_line_and_leaves_none_in_a_log() -> None:
    terminal, journal = Terminal(), io.StringIO()
    for sortie in (terminal, journal):
        barre = BarreDAvancement(sortie)
        barre.part(0.5, 1.0)(0.5, "Feuille « Synthèse »")
        barre.clear()
    assert " 75% Feuille « Synthèse »" in terminal.getvalue()
    assert "\n" not in terminal.getvalue()
    assert journal.getvalue() == ""
