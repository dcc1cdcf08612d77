"""One person: all that is kept about them in a file, and making them anonymous; the journal never says who."""

import json
from datetime import date

import openpyxl
import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.__main__ import main
from data_access.classeur.effacements import is_anonymous
from data_access.historique.comite import committee_url, publish
from data_access.journal.acces import Action, list_events
from data_access.refus import Refus
from data_access.rgpd.participants import erase_person, export_person
from tests.integration.data_access.contenu import load, of_plie
from tests.unit.data_access.petits_classeurs import valid_sheets


@pytest.fixture
def charge(moteur, tmp_path):
    """Two loads: p2's étape is corrected by the second one; the other PLIE has the same numbers."""
    load(moteur, tmp_path, valid_sheets())
    load(moteur, tmp_path, of_plie("U", valid_sheets()), "autre.xlsx")
    suite = valid_sheets()
    suite["Etapes"][1]["statut"] = "abandonnee"
    suite["Etapes"][1]["fin"] = date(2023, 5, 2)
    suite["Participations"][0]["questionnaire_complet"] = False
    load(moteur, tmp_path, suite, "suite.xlsx")
    return moteur


def _values(ligne) -> dict[str, str]:
    return {cellule["colonne"]: cellule["valeur"] for cellule in ligne}


def test_everything_about_one_person(charge):
    dossier = export_person(charge, "T", "p2", "chef@x.fr", "administration")
    nombres = {nom: len(lignes) for nom, lignes in dossier.feuilles.items()}
    assert nombres == {
        "Participants": 1,
        "Parcours": 1,
        "Participations": 0,
        "Etapes": 1,
        "Suspensions": 1,
        "Contacts": 2,
    }
    (participant,) = dossier.feuilles["Participants"]
    assert _values(participant)["date_naissance"] == "28/02/1970"
    (parcours,) = dossier.feuilles["Parcours"]
    assert {c["colonne"]: c["libelle"] for c in parcours}["code_commune"] == "Ville"
    assert {c["colonne"]: c["sens"] for c in parcours}["entree_le"] == "Date d’entrée dans le PLIE"
    (etape,) = dossier.feuilles["Etapes"]
    assert _values(etape)["statut"] == "abandonnee"
    assert {c["colonne"]: c["libelle"] for c in etape}["type_etape"] == "Formation"
    changements = [(c["version"], c["feuille"], c["changement"]) for c in dossier.historique]
    assert changements == [
        (1, "Participants", "ajout"),
        (1, "Parcours", "ajout"),
        (1, "Etapes", "ajout"),
        (1, "Suspensions", "ajout"),
        (1, "Contacts", "ajout"),
        (1, "Contacts", "ajout"),
        (3, "Etapes", "modification"),
    ]
    assert _values(dossier.historique[-1]["avant"])["statut"] == "en_cours"
    assert not [c for c in dossier.historique if "c1" in repr(c) or "'p1'" in repr(c)]


def test_anomalies_are_part_of_it(charge):
    dossier = export_person(charge, "T", "p1", "chef", "")
    assert [a["feuille"] for a in dossier.anomalies] == ["Participations"]
    assert "questionnaire" in dossier.anomalies[0]["message"]


def test_the_journal_says_that_it_was_done_never_for_whom(charge):
    export_person(charge, "T", "p2", "chef@x.fr", "administration")
    erase_person(charge, "T", "p2", "chef@x.fr", "administration")
    with charge.connect() as base:
        evenements = [(e.action, e.codes_plie, e.objet) for e in list_events(base) if e.action is not Action.IMPORT]
    assert evenements == [(Action.PARTICIPANT_EFFACE, ("T",), ""), (Action.PARTICIPANT_EXPORTE, ("T",), "")]


def test_one_person_is_erased_everywhere_the_others_stay(charge):
    bilan = erase_person(charge, "T", "p2", "chef", "")
    assert (bilan.personnes, bilan.parcours, bilan.compacte) == (1, 1, True)
    with charge.connect() as base:
        participants = list(base.execute(sa.select(t.participants.c.code_plie, t.participants.c.id_participant)))
        journal = repr(list(base.execute(sa.select(t.journal).where(t.journal.c.code_plie == "T"))))
    assert {(code, n) for code, n in participants if not is_anonymous(n)} == {("T", "p1"), ("U", "p1"), ("U", "p2")}
    assert len(participants) == 4
    for numero in ("'p2'", "'c2'", "'e2'"):
        assert numero not in journal
    assert "'p1'" in journal
    with pytest.raises(Refus, match="PAR-001"):
        export_person(charge, "T", "p2", "chef", "")


@pytest.mark.parametrize("numero", ["inconnu", "c2", "", "anonyme-0000000000000000", "p2' or 1=1"])
def test_unknown_number(charge, numero):
    with pytest.raises(Refus, match="PAR-001") as refus:
        erase_person(charge, "T", numero, "chef", "")
    assert "PAR-001" in str(refus.value)
    assert not numero or numero not in str(refus.value)
    with charge.connect() as base:
        assert {e.action for e in list_events(base)} == {Action.IMPORT}


def test_an_anonymous_number_is_nobody(charge):
    erase_person(charge, "T", "p2", "chef", "")
    with charge.connect() as base:
        numeros = base.execute(sa.select(t.participants.c.id_participant)).scalars()
        (anonyme,) = [n for n in numeros if is_anonymous(n)]
    with pytest.raises(Refus, match="PAR-001"):
        export_person(charge, "T", anonyme, "chef", "")


def test_a_person_always_refused_is_known_by_her_anomaly(moteur, tmp_path):
    feuilles = valid_sheets()
    feuilles["Participants"].append({"code_plie": "T", "id_participant": "p7", "sexe": "Madame"})
    load(moteur, tmp_path, feuilles)
    with moteur.connect() as base:
        assert "p7" in base.execute(sa.select(t.anomalies.c.cle)).scalars().all()
    assert export_person(moteur, "T", "p7", "chef", "").anomalies
    erase_person(moteur, "T", "p7", "chef", "")
    with moteur.connect() as base:
        assert "p7" not in base.execute(sa.select(t.anomalies.c.cle)).scalars().all()


def test_commands(moteur_sqlite, tmp_path, capsys):
    feuilles = valid_sheets()
    feuilles["Parcours"][1]["prescripteur"] = "=1+1"
    load(moteur_sqlite, tmp_path, feuilles)
    base = ["--base", str(moteur_sqlite.url)]
    json_, xlsx = tmp_path / "dossier.json", tmp_path / "dossier.xlsx"
    assert main(["participant", "exporter", "--plie", "T", "p2", "--vers", str(json_), *base]) == 0
    assert "remettez-le à la personne seule" in capsys.readouterr().out
    contenu = json.loads(json_.read_text(encoding="utf-8"))
    assert contenu["participant"] == "p2"
    assert main(["participant", "exporter", "--plie", "T", "p2", "--vers", str(xlsx), *base]) == 0
    livre = openpyxl.load_workbook(xlsx)
    assert livre.sheetnames == [
        *("Lisez-moi", "Participants", "Parcours", "Etapes", "Suspensions", "Contacts", "Historique", "Anomalies")
    ]
    cellules = [c for ligne in livre["Parcours"].iter_rows() for c in ligne]
    assert [c.data_type for c in cellules if c.value == "=1+1"] == ["s"], "un texte n’est jamais une formule"
    capsys.readouterr()
    for chemin in (xlsx, tmp_path / "dossier.csv", tmp_path / "absent" / "dossier.json"):
        assert main(["participant", "exporter", "--plie", "T", "p2", "--vers", str(chemin), *base]) == 1
        assert "PAR-002" in capsys.readouterr().err
    assert main(["participant", "effacer", "--plie", "T", "p2", *base]) == 1
    refus = capsys.readouterr().err
    assert "1 parcours seraient anonymisés" in refus
    assert "--confirmer" in refus
    assert main(["participant", "effacer", "--plie", "T", "p2", "--confirmer", "--json", *base]) == 0
    assert json.loads(capsys.readouterr().out)["personnes"] == 1
    assert main(["participant", "effacer", "--plie", "T", "p2", "--confirmer", *base]) == 1
    assert "PAR-001" in capsys.readouterr().err
    assert main(["journal", "lister", "--json", *base]) == 0
    evenements = json.loads(capsys.readouterr().out)
    actions = [e["action"] for e in evenements]
    assert actions == ["participant_efface", "participant_exporte", "participant_exporte", "import"]
    assert "p2" not in json.dumps(evenements)


def test_published_databases_do_not_keep_them(moteur_sqlite, tmp_path):
    load(moteur_sqlite, tmp_path, valid_sheets())
    with moteur_sqlite.begin() as base:
        publish(base, "T", date(2024, 6, 30), 1, "chef")
    committee_url(moteur_sqlite)
    (avant,) = (tmp_path / "publie").glob("*.db")
    assert b"c2" in avant.read_bytes()
    erase_person(moteur_sqlite, "T", "p2", "chef", "")
    assert not avant.exists()
    engine = sa.create_engine(committee_url(moteur_sqlite))
    with engine.connect() as base:
        numeros = list(base.execute(sa.select(t.parcours.c.id_parcours)).scalars())
    engine.dispose()
    (apres,) = (tmp_path / "publie").glob("*.db")
    assert sorted(map(is_anonymous, numeros)) == [False, True]
    assert "c2" not in numeros
    assert apres.read_bytes().count(b"anonyme-") > 0
