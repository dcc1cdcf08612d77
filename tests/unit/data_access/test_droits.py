"""Rights as rows: what may be granted, to whom, and what is refused in words; SQLite and PostgreSQL."""

import json
import threading
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.__main__ import main
from data_access.droits import (
    ROLES,
    Droit,
    change_reading,
    grant,
    list_rights,
    list_structures,
    normalise_identity,
    read_identity,
    remove,
    remove_identity,
    rights_of,
)
from data_access.journal.acces import Action, list_events
from data_access.journal.recit import as_row
from data_access.refus import Refus

JOUR = date(2021, 1, 1)


@pytest.fixture
def plein(moteur: sa.Engine) -> sa.Engine:
    """Two PLIE: A with a territory and a structure of two operations, B with others."""
    with moteur.begin() as base:
        for code in ("A", "B"):
            base.execute(sa.insert(t.plie).values(code_plie=code, nom=f"PLIE {code}", date_extraction=JOUR))
            zone = {"code_plie": code, "code_territoire": f"{code}1", "nom": f"Ville {code}", "type": "commune"}
            base.execute(sa.insert(t.territoires).values(**zone))
            for numero in (1, 2):
                operation = {"code_plie": code, "code_operation": f"{code}{numero}", "intitule": "x"}
                operation |= {"structure_beneficiaire": f"Structure {code}", "debut": JOUR, "fin": JOUR}
                base.execute(sa.insert(t.operations).values(**operation))
    return moteur


def give(engine: sa.Engine, identite: str, role: str, plie: str | None = None, **parties: str) -> Droit:
    with engine.begin() as base:
        return grant(base, identite, role, plie, parties.get("territoire"), parties.get("structure"), "essai")


def test_a_right_is_kept_under_the_normal_form_of_its_identity(plein: sa.Engine) -> None:
    droit = give(plein, "  Marie.DUPONT@Plie.fr ", "direction", "A", territoire="A1")
    with plein.connect() as base:
        assert rights_of(base, "marie.dupont@plie.fr") == (droit,)
        assert rights_of(base, "marie@plie.fr") == ()
    assert (droit.role, droit.code_plie, droit.code_territoire, droit.structure) == ("direction", "A", "A1", None)
    assert (datetime.now(UTC) - droit.accorde_le).total_seconds() < 60
    assert droit.accorde_par == "essai"


@pytest.mark.parametrize(
    "adresse", ["", "marie", "@plie.fr", "marie@", "a b@plie.fr", "a@b@c", "a:b@c.fr", "a@\x00.fr"]
)
def test_what_is_not_an_address_is_refused(plein: sa.Engine, adresse: str) -> None:
    with pytest.raises(Refus, match="DRO-021"):
        give(plein, adresse, "administration")
    assert read_identity(adresse) is None


@pytest.mark.parametrize("sosie", ["ａdmin@plie.fr", "ﬁn@plie.fr", "\u212aate@plie.fr"])
def test_an_address_that_only_looks_like_another_opens_nothing(sosie: str) -> None:
    assert normalise_identity(sosie).isascii()
    assert read_identity(sosie) is None


def test_sign_in_reads_capitals_and_spaces_as_the_same_person() -> None:
    assert read_identity(" Admin@Plie.FR ") == "admin@plie.fr"


REFUS = {
    "role_inconnu": (("directeur", "A"), {}, "DRO-020"),
    "plie_inconnu": (("direction", "C"), {}, "DRO-022"),
    "administration_d_un_plie": (("administration", "A"), {}, "DRO-023"),
    "territoire_sans_plie": (("direction", None), {"territoire": "A1"}, "DRO-024"),
    "structure_sans_plie": (("direction", None), {"structure": "Structure A"}, "DRO-024"),
    "territoire_d_un_autre": (("direction", "A"), {"territoire": "B1"}, "DRO-024"),
    "structure_d_un_autre": (("direction", "A"), {"structure": "Structure B"}, "DRO-025"),
    "animation_d_un_territoire": (("animation", "A"), {"territoire": "A1"}, "DRO-026"),
    "animation_d_une_structure": (("animation", "A"), {"structure": "Structure A"}, "DRO-026"),
    "comite_d_une_structure": (("comite", "A"), {"structure": "Structure A"}, "DRO-026"),
    "les_deux": (("direction", "A"), {"territoire": "A1", "structure": "Structure A"}, "DRO-026"),
}


@pytest.mark.parametrize(("cible", "parties", "code"), REFUS.values(), ids=REFUS)
def test_a_right_without_meaning_is_refused_in_words(plein: sa.Engine, cible: tuple, parties: dict, code: str) -> None:
    with pytest.raises(Refus, match=code):
        give(plein, "marie@plie.fr", *cible, **parties)
    with plein.connect() as base:
        assert list_rights(base) == ()
        assert list_events(base) == []


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administration"])
def test_each_role_may_read_one_plie_or_all(plein: sa.Engine, role: str) -> None:
    assert give(plein, "marie@plie.fr", role, "A").code_plie == "A"
    assert give(plein, "marie@plie.fr", role).code_plie is None


def test_the_same_right_is_not_given_twice(plein: sa.Engine) -> None:
    give(plein, "marie@plie.fr", "direction", "A")
    with pytest.raises(Refus, match="DRO-027"):
        give(plein, "MARIE@plie.fr", "direction", "A")
    give(plein, "marie@plie.fr", "direction", "A", structure="Structure A")


def test_before_the_first_import_any_plie_may_be_named(moteur: sa.Engine) -> None:
    assert give(moteur, "marie@plie.fr", "animation", "NOUVEAU").code_plie == "NOUVEAU"


def test_structures_come_with_their_operations(plein: sa.Engine) -> None:
    with plein.connect() as base:
        assert list_structures(base, "A") == {"Structure A": ("A1", "A2")}


def test_each_change_is_in_the_journal(plein: sa.Engine) -> None:
    droit = give(plein, "marie@plie.fr", "direction", "A")
    with plein.begin() as base:
        remove(base, droit.numero, "anne@plie.fr")
    with plein.connect() as base:
        retrait, accord = list_events(base)
    assert (accord.action, accord.identite, accord.codes_plie) == (Action.DROIT_ACCORDE, "essai", ("A",))
    assert (retrait.action, retrait.identite) == (Action.DROIT_RETIRE, "anne@plie.fr")
    assert accord.objet == retrait.objet == "identite:marie@plie.fr role:direction lecture:exacte"


LECTURES_POSSIBLES = {
    ("comite", ""): "arrondie",
    ("comite", "exacte"): "exacte",
    ("direction", ""): "exacte",
    ("direction", "arrondie"): "arrondie",
    ("animation", ""): "exacte",
    ("animation", "arrondie"): "DRO-030",
    ("direction", "floue"): "DRO-030",
    ("administration", ""): None,
    ("administration", "exacte"): "DRO-030",
}


@pytest.mark.parametrize(("demande", "attendu"), LECTURES_POSSIBLES.items())
def test_a_right_bears_its_reading(plein: sa.Engine, demande: tuple[str, str], attendu: str | None) -> None:
    role, lecture = demande
    with plein.begin() as base:
        if attendu == "DRO-030":
            with pytest.raises(Refus, match=attendu):
                grant(base, "marie@plie.fr", role, None, None, None, "essai", lecture)
            assert list_rights(base) == ()
        else:
            droit = grant(base, "marie@plie.fr", role, None, None, None, "essai", lecture)
            assert list_rights(base) == (droit,)
            assert droit.lecture == attendu


def test_the_reading_of_a_right_is_changed_and_noted_once(plein: sa.Engine) -> None:
    elue, equipe = give(plein, "elue@ville.fr", "comite", "A"), give(plein, "marie@plie.fr", "animation", "A")
    with plein.begin() as base:
        for _ in range(2):
            assert change_reading(base, elue.numero, "exacte", "anne@plie.fr").lecture == "exacte"
        for numero, lecture, code in (
            (equipe.numero, "arrondie", "DRO-030"),
            (elue.numero, "", "DRO-030"),
            (404, "exacte", "DRO-029"),
        ):
            with pytest.raises(Refus, match=code):
                change_reading(base, numero, lecture, "anne@plie.fr")
        assert [d.lecture for d in list_rights(base)] == ["exacte", "exacte"]
        notes = [e for e in list_events(base) if e.action is Action.DROIT_MODIFIE]
    assert [as_row(e)[1:] for e in notes] == [
        (
            *("anne@plie.fr", "administration", "lecture d’un droit changée", "A"),
            "pour elue@ville.fr, rôle comité, lecture exacte",
        )
    ]


def test_the_last_administrator_stays(plein: sa.Engine) -> None:
    premier, second = (give(plein, f"{nom}@plie.fr", "administration") for nom in ("anne", "paul"))
    with plein.begin() as base:
        remove(base, premier.numero, "paul@plie.fr")
    with pytest.raises(Refus, match="DRO-028"), plein.begin() as base:
        remove(base, second.numero, "paul@plie.fr")
    with pytest.raises(Refus, match="DRO-028"), plein.begin() as base:
        remove_identity(base, "paul@plie.fr", "paul@plie.fr")
    with plein.connect() as base:
        assert list_rights(base) == (second,)


def test_two_administrators_cannot_remove_each_other_at_once(plein: sa.Engine) -> None:
    droits = [give(plein, f"{nom}@plie.fr", "administration") for nom in ("anne", "paul")]
    depart, refus = threading.Barrier(2), []

    def retirer(numero: int) -> None:
        depart.wait()
        try:
            with plein.begin() as base:
                remove(base, numero, "essai")
        except (Refus, sa.exc.OperationalError) as erreur:
            refus.append(erreur)

    fils = [threading.Thread(target=retirer, args=(droit.numero,)) for droit in droits]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    with plein.connect() as base:
        assert len(list_rights(base)) == 1
    assert len(refus) == 1


def test_removing_what_is_not_there_is_said(plein: sa.Engine) -> None:
    with plein.connect() as base:
        with pytest.raises(Refus, match="DRO-029"):
            remove(base, 404, "essai")
        with pytest.raises(Refus, match="DRO-029"):
            remove_identity(base, "marie@plie.fr", "essai")


def test_first_administrator_comes_from_the_command_line(
    moteur_sqlite: sa.Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["--base", moteur_sqlite.url.render_as_string()]
    assert main(["droits", "lister", *base]) == 0
    assert "Aucun droit" in capsys.readouterr().out
    assert main(["droits", "accorder", "Anne@Plie.fr", "--role", "administration", *base]) == 0
    assert "anne@plie.fr : administration" in capsys.readouterr().out
    assert main(["droits", "accorder", "marie@plie.fr", "--role", "direction", "--plie", "X", *base]) == 0
    assert "PLIE X, lecture exacte" in capsys.readouterr().out
    assert main(["droits", "modifier", "2", "--lecture", "arrondie", *base]) == 0
    assert "PLIE X, lecture arrondie" in capsys.readouterr().out
    # All or nothing here too: an administrator reads nothing.
    assert main(["droits", "modifier", "2", "1", "--lecture", "exacte", *base]) == 1
    assert "[DRO-030]" in capsys.readouterr().err
    elue = ["droits", "accorder", "elue@ville.fr", "--role", "comite", "--lecture", "exacte"]
    assert main([*elue, *base]) == 0
    assert "tous les PLIE, lecture exacte" in capsys.readouterr().out
    assert main(["droits", "retirer", "elue@ville.fr", *base]) == 0
    assert main(["droits", "retirer", "anne@plie.fr", *base]) == 1
    assert "[DRO-028]" in capsys.readouterr().err
    # All or nothing: the second is refused, so the first one stays.
    assert main(["droits", "retirer", "2", "1", *base]) == 1
    capsys.readouterr()
    assert main(["droits", "lister", "--json", *base]) == 0
    lus = [(d["identite"], d["lecture"]) for d in json.loads(capsys.readouterr().out)]
    assert lus == [("anne@plie.fr", None), ("marie@plie.fr", "arrondie")]
    assert main(["droits", "retirer", "2", *base]) == 0
    assert "Droit retiré : 2. marie@plie.fr" in capsys.readouterr().out
