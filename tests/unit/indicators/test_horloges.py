"""Inside an operation, every label says whose clock its figure follows."""

from datetime import date

from indicators.catalogue import CATALOGUE
from indicators.horloges import by_clock, departures, explain_clock, name_clock
from indicators.perimetre import Filtres, Periode
from indicators.phrases import chiffres as phrases
from indicators.phrases import sorties as phrases_des_sorties
from indicators.resultats import Cellule, Etat, ResultatPublie

PLIE = Filtres(("P",), Periode(date(2021, 1, 1), date(2021, 9, 30)))
OPERATION = Filtres(PLIE.plie, PLIE.periode, operation="O1")


def publie(valeur: float | None, filtres: Filtres = OPERATION) -> ResultatPublie:
    cellule = Cellule((), Etat.SANS_OBJET if valeur is None else Etat.EXACT, valeur, valeur)
    return ResultatPublie("x", "X", "parcours", filtres, (cellule,), version=1)


def test_words_change_inside_an_operation_alone() -> None:
    assert name_clock("file_active", "File active", PLIE) == "File active"
    assert name_clock("file_active", "File active", OPERATION) == "Présents dans l’opération"
    assert name_clock("etapes", "Étapes", OPERATION) == "Étapes"
    assert explain_clock("sans_etape", "parcours en cours", OPERATION) == "présents au dernier jour"
    assert (departures(PLIE), departures(OPERATION)) == ("sorties", "sorties_operation")
    assert (by_clock(PLIE, "a", "b"), by_clock(OPERATION, "a", "b")) == ("a", "b")


def test_what_is_specified_inside_an_operation_is_named_there_too() -> None:
    assert [c for c, i in CATALOGUE.items() if i.precision_dans_operation and not i.libelle_dans_operation] == []


def test_sentences_of_an_operation() -> None:
    assert phrases.say_file_active(publie(205), publie(None)) == (
        "205 parcours sont présents dans l’opération au 30 septembre 2021."
    )
    assert phrases.say_flow(publie(25), publie(20)) == (
        "Sur la période, 25\xa0entrées dans l’opération pour 20\xa0sorties de l’opération : "
        "le nombre de présents augmente de 5."
    )
    assert phrases.note_new_entries(publie(28)) == "dont 28\xa0nouveaux dans le PLIE"
    assert phrases.note_new_entries(publie(1)) == "dont 1\xa0nouveau dans le PLIE"
    assert phrases_des_sorties.note_plie_exits(publie(12)) == "dont 12\xa0sorties du PLIE"
    assert phrases_des_sorties.note_plie_exits(publie(None)) == phrases.note_new_entries(publie(None)) == ""
    assert phrases_des_sorties.say_entries_and_exits(publie(3), publie(0), publie(None), publie(None)) == (
        "3\xa0entrées dans l’opération et aucune sortie du PLIE sur la période."
    )
