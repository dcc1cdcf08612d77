"""Rates are written with what they divide, and are unknown where no rule was in force."""

from dataclasses import replace
from datetime import date

from components.cadre.choix import Perimetre
from components.impression.entrees_sorties import write_ratio
from components.impression.modes import single_steps
from components.impression.regles import table_of_rules, write_without_rules
from indicators.perimetre import Filtres, Periode
from indicators.referentiel import Plie
from indicators.regles import RegleDeSortie
from indicators.resultats import Cellule, Etat, ResultatPublie

FILTRES = Filtres(("A", "B"), Periode(date(2021, 1, 1), date(2021, 9, 30)))
TAUX = ResultatPublie(
    "taux_sorties_positives", "Taux", "%", FILTRES, (Cellule((), Etat.EXACT, 0.5, 34, 68),), 1, regles=("A : 3",)
)
JOUR = date(2021, 9, 30)


def plie(code: str) -> Plie:
    return Plie(code, f"PLIE {code}", None, None, JOUR, None, None, None)


PERIMETRE = Perimetre(FILTRES, (plie("A"), plie("B")), None, None, JOUR, False, False)


def test_ratio_in_words() -> None:
    assert write_ratio(TAUX.cellule, "sorties") == "34 sur 68 sorties"
    assert write_ratio(Cellule((), Etat.SANS_OBJET, None, 0, 0), "sorties") == ""


def test_plie_without_rules_are_named_with_what_becomes_of_their_exits() -> None:
    assert write_without_rules(PERIMETRE, TAUX) == ""
    assert write_without_rules(PERIMETRE, replace(TAUX, plie_sans_source=("B",))) == (
        "Aucune règle de sortie n’était en vigueur sur la période pour PLIE B : ses sorties sont non documentées ; "
        "elles comptent au dénominateur des deux taux, jamais parmi les positives."
    )
    assert write_without_rules(PERIMETRE, replace(TAUX, plie_sans_source=("A", "B"))) == (
        "Aucune règle de sortie n’était en vigueur sur la période pour PLIE A et PLIE B : leurs sorties "
        "sont non documentées et aucun taux n’est calculé."
    )


def test_rules_are_printed_with_their_days_and_source() -> None:
    fin = date(2021, 6, 30)
    regle = RegleDeSortie("A", "cdi", "CDI", "positive", "emploi", date(2015, 1, 1), fin, "Appel à projets, l. 423")
    assert table_of_rules([regle], {"A": "Agenais"}).to_dict("records") == [
        {
            "Type de sortie": "CDI",
            "Catégorie": "Positive",
            "Nature": "Emploi",
            "En vigueur": "du 01/01/2015 au 30/06/2021",
            "Source": "Appel à projets, l. 423",
        }
    ]
    assert "PLIE" in table_of_rules([regle], {"A": "Agenais", "B": "Bordeaux"}).columns


def test_single_steps_are_a_true_zero_where_there_is_none() -> None:
    par_mode = replace(TAUX, cellules=(Cellule((("mode", "complet"),), Etat.EXACT, 4),))
    assert single_steps(par_mode).valeur == 0
    seules = replace(TAUX, cellules=(Cellule((("mode", "etape_seule"),), Etat.EXACT, 7),))
    assert single_steps(seules).valeur == 7
