"""Exits without a rule are said, rules are printed with their days and their source."""

from dataclasses import replace
from datetime import date

from indicators.nombres import write_ratio
from indicators.perimetre import Filtres
from indicators.referentiel import RegleDeSortie
from indicators.resultats import Cellule, Etat, ResultatPublie
from sections.types_de_sortie import say_without_rules, table_of_rules
from tests.unit.sections.lectures import ANNEE, read

CELLULES = (Cellule((), Etat.EXACT, 0.5, 34, 68),)
TAUX = ResultatPublie(
    "taux_sorties_positives", "Taux", "%", Filtres(("A", "B"), ANNEE), CELLULES, 1, regles=("A : 3 règles",)
)
REGLE = RegleDeSortie(
    "A", "cdi", "CDI", "positive", "emploi", date(2015, 1, 1), date(2021, 6, 30), "Appel à projets, l. 423"
)


def test_ratio_in_words() -> None:
    assert write_ratio(TAUX.cellule, "sorties") == "34 sur 68 sorties"
    assert write_ratio(Cellule((), Etat.SANS_OBJET, None, 0, 0), "sorties") == ""


def test_plie_without_rules_are_named_with_what_becomes_of_their_exits() -> None:
    lecture = read(("A", "B"), lambda code, filtres: TAUX)
    assert say_without_rules(lecture, TAUX) == ""
    assert say_without_rules(lecture, replace(TAUX, plie_sans_source=("B",))) == (
        "Aucune règle de sortie n’était en vigueur sur la période pour PLIE de B : ses sorties sont non documentées ; "
        "elles comptent au dénominateur des deux taux, jamais parmi les positives."
    )
    assert say_without_rules(lecture, replace(TAUX, plie_sans_source=("A", "B"))) == (
        "Aucune règle de sortie n’était en vigueur sur la période pour PLIE de A et PLIE de B : leurs sorties "
        "sont non documentées et aucun taux n’est calculé."
    )


def test_rules_are_printed_with_their_days_and_source() -> None:
    seul = table_of_rules(read(("A",), lambda code, filtres: TAUX, regles=(REGLE,)), TAUX)
    assert seul.entete == ("Type de sortie", "Catégorie", "Nature", "En vigueur", "Source")
    assert seul.lignes == (("CDI", "Positive", "Emploi", "du 01/01/2015 au 30/06/2021", "Appel à projets, l. 423"),)
    assert seul.note == "A : 3 règles"
    deux = table_of_rules(read(("A", "B"), lambda code, filtres: TAUX, regles=(REGLE,)), TAUX)
    assert deux.entete[0] == "PLIE"
    assert deux.lignes[0][:2] == ("A", "CDI")
