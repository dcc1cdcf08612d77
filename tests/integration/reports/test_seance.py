"""From a loaded workbook to the files of its meeting, published then opened again, by the command alone."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.refus import Refus
from data_access.seances.decisions import Decision
from data_access.seances.preparation import LOGO, save_preparation
from data_access.seances.publications import last_publications
from data_access.tables import NON_RENSEIGNE
from indicators.nombres import MOTS_DES_ETATS
from indicators.perimetre import Droits, Filtres, Periode
from indicators.publication import publier
from reports.__main__ import main
from reports.notice import list_facts, write_reading
from seances.comparaison import recompute
from seances.decisions import keep_decision
from seances.publication import Seance, open_dossier
from tests.partage import copy_base, sample_base

CODE = "HAUT_PERIGORD"
PERIODE = Periode(date(2021, 1, 1), date(2021, 9, 30))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return copy_base(sample_base("haut_perigord"), tmp_path / "plie.db")


def lancer(url: str, vers: Path, *autres: str) -> int:
    return main(["seance", "--plie", CODE, "--vers", str(vers), "--base", url, *autres])


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_the_workbook_says_what_publier_says(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lancer(url, tmp_path / "f", "--formats", "xlsx", "--json") == 0
    lu = json.loads(capsys.readouterr().out)
    feuille = openpyxl.load_workbook(io.BytesIO(Path(lu["fichiers"][0]["fichier"]).read_bytes()))["Chiffres"]
    entete = next(n for n in range(1, 9) if feuille.cell(n, 1).value == "Chiffre")
    droits = Droits("comite", (CODE,))
    lues = 0
    with make_engine(url).connect() as base:
        for ligne in feuille.iter_rows(min_row=entete + 1, values_only=True):
            if ligne[1] != "ensemble" or ligne[8] is None:
                continue
            periode = Periode(ligne[2].date(), ligne[3].date())
            cellule = publier(base, str(ligne[11]), Filtres((CODE,), periode), droits).cellule
            attendue = cellule.valeur if cellule.valeur is None or ligne[10] != "points" else 100 * cellule.valeur
            assert ligne[7] == (pytest.approx(attendue) if attendue is not None else MOTS_DES_ETATS[cellule.etat])
            lues += 1
    assert lues > 10


def test_published_then_opened_again_gives_the_same_files(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    formats = ("--formats", "xlsx,pdf,note,releve")
    assert lancer(url, tmp_path / "un", "--publier", *formats) == 0
    with make_engine(url).begin() as base:
        assert last_publications(base)[CODE].au == PERIODE.au
    assert lancer(url, tmp_path / "deux", "--edition", "1", *formats) == 0
    noms = sorted(p.name for p in (tmp_path / "un").iterdir())
    assert len(noms) == 4
    assert all("_n1" in nom for nom in noms)
    for nom in noms:
        if not nom.endswith(".docx"):
            assert (tmp_path / "un" / nom).read_bytes() == (tmp_path / "deux" / nom).read_bytes()
    assert "Édition n°\u00a01" in capsys.readouterr().out


def test_what_the_team_prepared_and_decided_is_printed(url: str, tmp_path: Path) -> None:
    prepare = {
        "sections": [{"code": "synthese", "commentaire": "Année de reprise.", "points_de_decision": ["Ouvrir A7 ?"]}],
        "commentaire": "Bienvenue.",
        "audience": "animation",
    }
    with make_engine(url).begin() as base:
        save_preparation(base, CODE, "comite_pilotage", prepare, "essai")
    prete = open_dossier(url, Seance(CODE, "comite_pilotage"))
    assert [s.code for s in prete.edition.sections] == ["synthese"]
    assert prete.edition.sections[0].points_de_decision == ("Ouvrir A7 ?",)
    assert (prete.edition.commentaire, prete.edition.audience) == ("Bienvenue.", "animation")
    assert prete.avis
    assert open_dossier(url, Seance(CODE, "comite_pilotage", "comite")).edition.audience == "comite"
    assert lancer(url, tmp_path / "f", "--publier", "--formats", "note") == 0
    with make_engine(url).begin() as base:
        keep_decision(base, Decision(CODE, 1, "Ouvrir A7", "Direction", date(2022, 1, 31)), "essai")
    rouverte = open_dossier(url, Seance(CODE, "comite_pilotage", numero=1))
    assert [(d.texte, d.porteur, d.etat) for d in rouverte.decisions] == [("Ouvrir A7", "Direction", "à faire")]
    assert open_dossier(url, Seance(CODE, "comite_operationnel")).edition.suivis[0].texte == "Ouvrir A7"


def test_papers_say_how_they_read_and_may_be_asked_another_way(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    petits = {}
    for audience, lecture, attendu in (
        ("comite", "", "comité : petits effectifs arrondis"),
        ("comite", "exacte", "comité : effectifs exacts"),
        ("animation", "arrondie", "équipe d’animation : petits effectifs arrondis"),
    ):
        edition = open_dossier(url, Seance(CODE, "comite_pilotage", audience, lecture=lecture)).edition
        assert dict(list_facts(edition))["Lecteurs"] == attendu
        assert ("Effectifs exacts" in write_reading(edition)) is (lecture == "exacte")
        ages = [c for f in edition.figures if f.question.par == ("age",) and f.unite != "%" for c in f.cellules]
        connus = [c.valeur for c in ages if c.valeur is not None and dict(c.par)["age"] != NON_RENSEIGNE]
        petits[audience, lecture] = {valeur for valeur in connus if valeur % 5}
        with make_engine(url).connect() as base:
            assert recompute(base, edition) == []
    assert petits["comite", "exacte"]
    assert not petits["comite", ""]
    assert not petits["animation", "arrondie"]
    exacts = ("--lecture", "exacte", "--formats", "note")
    assert lancer(url, tmp_path / "f", "--publier", *exacts) == 0
    assert "comité : effectifs exacts" in capsys.readouterr().out
    assert lancer(url, tmp_path / "g", "--edition", "1", *exacts) == 1
    assert "[EDI-013]" in capsys.readouterr().err


def test_a_logo_of_the_plie_comes_with_the_meeting(url: str) -> None:
    with make_engine(url).begin() as base:
        maintenant = sa.func.current_timestamp()
        base.execute(
            sa.insert(t.documents).values(
                code_plie=CODE, nature=LOGO, nom="Région", contenu=b"x", modifie_le=maintenant, auteur="essai"
            )
        )
    assert open_dossier(url, Seance(CODE, "comite_pilotage")).logos == (("Région", b"x"),)


def test_an_edition_changed_in_the_database_is_refused(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lancer(url, tmp_path / "f", "--publier", "--formats", "note") == 0
    monkeypatch.setattr("seances.publication.fingerprint", lambda contenu: "autre")
    with pytest.raises(Refus, match="EDI-011"):
        open_dossier(url, Seance(CODE, "comite_pilotage", numero=1))


@pytest.mark.parametrize(
    ("autres", "code"),
    [
        (("--edition", "4"), "EDI-010"),
        (("--plie", "AILLEURS"), "EDI-004"),
        (("--du", "2021-12-01", "--au", "2021-09-30"), "EDI-012"),
    ],
)
def test_refusals_are_french_and_write_nothing(
    url: str, tmp_path: Path, autres: tuple[str, ...], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lancer(url, tmp_path / "f", *autres) == 1
    assert f"[{code}]" in capsys.readouterr().err
    assert not (tmp_path / "f").exists()


def test_an_empty_database_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lancer(f"sqlite:///{tmp_path / 'vide.db'}", tmp_path / "f") == 1
    assert "[BAS-001]" in capsys.readouterr().err


def test_a_base_that_is_none_exits_with_two(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLIE_BASE_ARRONDI", "2")
    assert lancer(url, tmp_path / "f") == 2
    assert capsys.readouterr().err
