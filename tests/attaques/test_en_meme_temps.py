"""Two people at the same time, two engines: one edition, one number a right, one order of the targets."""

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from data_access.droits import grant, remove
from data_access.historique.comite import publish
from data_access.imports.demarrage import DOSSIER_EXEMPLES
from data_access.imports.deroule import import_classeur
from data_access.refus import Refus
from indicators.objectifs import evaluate_objectifs
from indicators.perimetre import ANIMATION, Periode
from seances import publication as depot
from seances.edition import compose
from seances.preparation import DemandeDEdition
from seances.publication import list_editions, publish_edition

CODE = "HAUT_PERIGORD"
COPIL = DemandeDEdition(CODE, "comite_pilotage", Periode(date(2021, 1, 1), date(2021, 9, 30)))


@pytest.fixture
def charge(moteur: sa.Engine) -> sa.Engine:
    import_classeur(moteur, DOSSIER_EXEMPLES / "plie_haut_perigord.xlsx", "essai")
    return moteur


def test_two_publications_at_once_give_one_edition(charge: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with charge.connect() as base:
        edition = compose(base, COPIL)
    ensemble, publiees = threading.Barrier(2), []

    def publish_it(qui: str) -> None:
        with charge.begin() as base:
            ensemble.wait(10)
            publiees.append(publish_edition(base, edition, qui, "animation"))

    fils = [threading.Thread(target=publish_it, args=(qui,)) for qui in ("Camille", "Dominique")]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert [publiee.numero for publiee in publiees] == [1, 1]
    assert publiees[0] == publiees[1]
    with charge.begin() as base:
        assert len(list_editions(base, CODE)) == 1
        # Another date was opened to the committee since: the same edition is published again for good.
        publish(base, CODE, date(2021, 6, 30), edition.version, "Camille")
        assert publish_edition(base, edition, "Camille", "animation").numero == 2
    monkeypatch.setattr(depot, "EN_MEME_TEMPS", timedelta(0))
    with charge.begin() as base:
        # The next meeting reads the same figures: an edition of its own.
        assert publish_edition(base, edition, "Camille", "animation").numero == 3


def test_the_number_of_a_right_never_comes_back(moteur: sa.Engine) -> None:
    with moteur.begin() as base:
        premier = grant(base, "a@plie.fr", "direction", None, None, None, "essai")
        remove(base, premier.numero, "essai")
        second = grant(base, "b@plie.fr", "animation", None, None, None, "essai")
        assert second.numero > premier.numero
        # A list that was not read again takes nothing from anybody.
        with pytest.raises(Refus, match="DRO-029"):
            remove(base, premier.numero, "essai")


def test_targets_are_in_the_same_order_on_both_engines(charge: sa.Engine) -> None:
    with charge.connect() as base:
        objectifs = evaluate_objectifs(base, CODE, date(2021, 9, 30), ANIMATION)
    operations = [objectif.operation or "" for objectif in objectifs]
    assert operations == sorted(operations)
    assert "" in operations
    assert len(set(operations)) > 1
