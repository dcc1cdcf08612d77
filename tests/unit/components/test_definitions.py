"""The search in the definitions, and a rule as its text writes it."""

from datetime import date

from indicators.catalogue import CATALOGUE
from indicators.referentiel import RegleDeSortie
from pages.aide.definitions.parties import find_indicators, fold, rule_row


def test_search_ignores_accents_and_capitals() -> None:
    assert fold("Étape À l’entrée") == "etape a l'entree"
    codes = [i.code for indicateurs in find_indicators("PARITE ecart").values() for i in indicateurs]
    assert codes == ["ecart_parite"]
    assert find_indicators("introuvable xyz") == {}


def test_without_a_word_everything_is_shown() -> None:
    assert {i.code for indicateurs in find_indicators("  ").values() for i in indicateurs} == set(CATALOGUE)


def test_rule_is_shown_as_written() -> None:
    regle = RegleDeSortie(
        *("P", "interim", "CDD en intérim", "positive", "emploi", date(2015, 1, 1), None, "Appel, l. 433"),
        duree_mois=6.0,
        fenetre_mois=9.0,
        heures_min=900.0,
        hebdo_min="Temps plein",
    )
    assert rule_row(regle) == {
        "Type de sortie": "CDD en intérim",
        "Catégorie": "Positive",
        "Nature": "Emploi",
        "Conditions du texte": "durée : 6 mois ; fenêtre : 9 mois ; 900 heures au moins ; Temps plein",
        "En vigueur": "depuis le 01/01/2015",
        "Source": "Appel, l. 433",
    }
