"""Until when people's data are kept, who is past it, and the command that makes them anonymous."""

import json
from datetime import date

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.__main__ import main
from data_access.classeur.effacements import is_anonymous
from data_access.historique.chargements import undo_last
from data_access.journal.acces import Action, list_events
from data_access.refus import Refus
from data_access.rgpd import conservation as cs
from data_access.rgpd.conservation import RegleDeConservation, list_retention, purge_past
from data_access.rgpd.personnes import list_people
from tests.integration.data_access.contenu import load
from tests.unit.data_access.petits_classeurs import valid_sheets

PROTOCOLE = (date(2015, 1, 1), date(2021, 12, 31))
SUIVANT = (date(2022, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("fin", "protocole", "limite"),
    [
        (date(2019, 5, 1), PROTOCOLE, date(2033, 12, 31)),
        (date(2022, 2, 1), PROTOCOLE, date(2033, 12, 31)),  # left after its end: still that protocol
        (date(2019, 5, 1), SUIVANT, date(2033, 12, 31)),  # the one before
        (date(2022, 2, 1), SUIVANT, None),
        (date(2023, 12, 31), (None, None), date(2033, 12, 31)),
        (date(2024, 1, 1), (None, None), None),
        (None, (None, None), None),
    ],
)
def test_default_rule(monkeypatch, fin, protocole, limite):
    monkeypatch.delenv(cs.VARIABLE, raising=False)
    assert cs.read_rule().limit_of(fin, protocole) == limite


@pytest.mark.parametrize(
    ("fin", "protocole", "limite"),
    [
        (date(2019, 5, 1), PROTOCOLE, date(2026, 12, 31)),
        (date(2019, 5, 1), SUIVANT, date(2026, 12, 31)),
        (date(2024, 5, 1), SUIVANT, date(2032, 12, 31)),
        (date(2024, 5, 1), (None, None), None),
    ],
)
def test_years_after_the_protocol(monkeypatch, fin, protocole, limite):
    monkeypatch.setenv(cs.VARIABLE, "5")
    assert cs.read_rule().limit_of(fin, protocole) == limite


@pytest.mark.parametrize("texte", ["0", "31", "2033", "2033-13-01", "31/12/2033", "-5", "cinq ans", "5.5", "²"])
def test_unusable_rule_is_refused_and_nothing_is_done(monkeypatch, moteur_sqlite, tmp_path, texte):
    load(moteur_sqlite, tmp_path, valid_sheets())
    monkeypatch.setenv(cs.VARIABLE, texte)
    with pytest.raises(Refus, match="CSV-001"):
        purge_past(moteur_sqlite, "T", "chef", "administration")
    with moteur_sqlite.connect() as base:
        assert set(list_people(base, "T")) == {"p1", "p2"}


def test_a_day_is_read(monkeypatch):
    monkeypatch.setenv(cs.VARIABLE, " 2030-06-30 ")
    assert cs.read_rule() == RegleDeConservation(jour=date(2030, 6, 30))


def _dated():
    """p1 left in the protocol of 2014-2020; p2 is still followed on 31 December 2024."""
    feuilles = valid_sheets()
    feuilles["PLIE"][0] |= {"protocole_du": date(2024, 1, 1), "protocole_au": date(2027, 12, 31)}
    return feuilles


def test_only_those_past_the_limit_go(moteur, tmp_path):
    load(moteur, tmp_path, _dated())
    with moteur.connect() as base:
        (avant,) = list_retention(base, aujourdhui=date(2030, 1, 1))
        (jour_meme,) = list_retention(base, ["T"], aujourdhui=date(2033, 12, 31))
        (lendemain,) = list_retention(base, ["T"], aujourdhui=date(2034, 1, 1))
    assert (avant.personnes, avant.depassees, avant.sans_limite) == (2, 0, 1)
    assert (avant.echeance, avant.a_l_echeance) == (date(2033, 12, 31), 1)
    assert jour_meme.depassees == 0
    assert (lendemain.depassees, lendemain.hors_tables, lendemain.echeance) == (1, 0, None)
    bilan = purge_past(moteur, "T", "chef@x.fr", "administration", date(2034, 1, 1))
    assert (bilan.personnes, bilan.parcours, bilan.compacte) == (1, 1, True)
    with moteur.connect() as base:
        numeros = set(base.execute(sa.select(t.participants.c.id_participant)).scalars())
        evenement = list_events(base)[0]
        (apres,) = list_retention(base, ["T"], date(2034, 1, 1))
    assert {n for n in numeros if not is_anonymous(n)} == {"p2"}
    assert (evenement.action, evenement.identite) == (Action.CONSERVATION_PURGE, "chef@x.fr")
    assert (evenement.codes_plie, evenement.objet) == (("T",), "nombre:1")
    assert (apres.personnes, apres.depassees) == (1, 0)


def test_people_that_only_the_journal_still_has(moteur, tmp_path):
    load(moteur, tmp_path, _dated())
    suite = _dated()
    suite["Participants"], suite["Parcours"] = suite["Participants"][1:], suite["Parcours"][1:]
    suite["Etapes"], suite["Participations"] = suite["Etapes"][1:], []
    load(moteur, tmp_path, suite, "suite.xlsx")
    with moteur.connect() as base:
        (liste,) = list_retention(base, ["T"], date(2034, 1, 1))
    assert (liste.personnes, liste.depassees, liste.hors_tables) == (2, 1, 1)
    assert purge_past(moteur, "T", "chef", "", date(2034, 1, 1)).personnes == 1
    with moteur.connect() as base:
        contenu = repr(list(base.execute(sa.select(t.journal))))
        assert "'p1'" not in contenu
        assert "'c1'" not in contenu
        assert "'p2'" in contenu


def test_a_plie_taken_back_is_listed(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    undo_last(moteur, "chef")
    with moteur.connect() as base:
        (liste,) = list_retention(base, aujourdhui=date(2034, 1, 1))
    assert (liste.code_plie, liste.personnes) == ("T", 2)


def test_commands(moteur_sqlite, tmp_path, capsys, monkeypatch):
    load(moteur_sqlite, tmp_path, _dated())
    monkeypatch.setenv(cs.VARIABLE, "2024-01-01")
    base = ["--base", str(moteur_sqlite.url)]
    assert main(["conservation", "lister", "--json", *base]) == 0
    (liste,) = json.loads(capsys.readouterr().out)
    assert (liste["code_plie"], liste["depassees"], liste["sans_limite"]) == ("T", 1, 1)
    assert main(["conservation", "purger", "--plie", "T", *base]) == 1
    assert "1 participant(s) du PLIE « T » seraient anonymisés" in capsys.readouterr().err
    assert main(["conservation", "purger", "--plie", "T", "--confirmer", "--auteur", "chef", *base]) == 0
    assert "1 participant(s) anonymisé(s)" in capsys.readouterr().out
    assert main(["conservation", "purger", "--plie", "T", "--confirmer", *base]) == 0
    assert "rien n’est fait" in capsys.readouterr().out
    monkeypatch.setenv(cs.VARIABLE, "demain")
    assert main(["conservation", "lister", *base]) == 1
    assert "CSV-001" in capsys.readouterr().err
    monkeypatch.delenv(cs.VARIABLE)
    assert main(["conservation", "lister", "--au", "01/01/2040", *base]) == 0
    sortie = capsys.readouterr().out
    assert "jusqu’au 31/12/2033" in sortie
    assert "T : 0 au-delà de la durée sur 1 participant(s), 1 sans limite connue" in sortie
