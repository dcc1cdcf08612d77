"""« À retenir » of the screens « Entrées et sorties » and « Étapes », to the character."""

from datetime import date

from indicators.perimetre import Filtres, Periode
from indicators.phrases import chiffres as phrases
from indicators.phrases import sorties as phrases_des_sorties
from indicators.resultats import Cellule, Etat, ResultatPublie

ANNEE = Periode(date(2021, 1, 1), date(2021, 9, 30))
FINE, INS = "\u202f", "\u00a0"


def publie(
    valeur: float | None,
    haut: float | None = None,
    bas: float | None = None,
    etat: Etat | None = None,
    operation: str | None = None,
) -> ResultatPublie:
    etat = etat or (Etat.SANS_OBJET if valeur is None else Etat.EXACT)
    filtres = Filtres(("P",), ANNEE, operation)
    return ResultatPublie("x", "X", "parcours", filtres, (Cellule((), etat, valeur, haut, bas),), 1)


def test_entries_and_exits_with_both_rates() -> None:
    toutes, hors = publie(68 / 163, 68, 163), publie(0.5, 68, 136)
    assert phrases_des_sorties.say_entries_and_exits(publie(166), publie(163), toutes, hors) == (
        f"166{INS}entrées pour 163{INS}sorties ; 68 sorties sont positives : 41,7{FINE}% de toutes les sorties, "
        f"50,0{FINE}% des 136{INS}sorties hors neutres."
    )


def test_one_positive_exit_is_singular() -> None:
    taux = publie(0.5, 1, 2)
    assert phrases_des_sorties.say_entries_and_exits(publie(1), publie(2), taux, taux) == (
        f"1{INS}entrée pour 2{INS}sorties ; 1 sortie est positive : 50,0{FINE}% de toutes les sorties, "
        f"50,0{FINE}% des 2{INS}sorties hors neutres."
    )


def test_without_exit_rule_the_reason_is_said() -> None:
    taux = publie(None, None, 70, Etat.NON_DOCUMENTE)
    assert phrases_des_sorties.say_entries_and_exits(publie(89), publie(70), taux, taux) == (
        f"89{INS}entrées pour 70{INS}sorties ; aucune règle de sortie n’était en vigueur : "
        "rien ne dit lesquelles sont positives."
    )


def test_without_exit_there_is_no_rate_to_say() -> None:
    assert phrases_des_sorties.say_entries_and_exits(publie(27), publie(0), publie(None), publie(None)) == (
        f"27{INS}entrées et aucune sortie sur la période."
    )


def test_a_rate_of_the_exits_under_rules_alone_is_not_called_one_of_all() -> None:
    toutes, hors = publie(0.25, 2, 8), publie(0.5, 2, 4)
    assert phrases_des_sorties.say_entries_and_exits(publie(9), publie(10), toutes, hors) == (
        f"9{INS}entrées pour 10{INS}sorties ; 2 sorties sont positives : 25,0{FINE}% des 8{INS}sorties jugées par une "
        f"règle, 50,0{FINE}% des 4{INS}sorties hors neutres."
    )


def test_no_sentence_without_one_of_its_figures() -> None:
    taux, masque = publie(0.5, 34, 68), publie(None, etat=Etat.MOINS_DE_5)
    assert phrases_des_sorties.say_entries_and_exits(publie(None), publie(68), taux, taux) is None
    assert phrases_des_sorties.say_entries_and_exits(publie(5), publie(68), masque, taux) is None
    assert phrases_des_sorties.say_entries_and_exits(publie(5), publie(3), publie(None), publie(None)) is None
    assert phrases.say_etapes(publie(766), masque, publie(1.1), publie(98)) is None


def test_etapes_with_and_without_target() -> None:
    figures = (publie(399), publie(256), publie(399 / 306), publie(34))
    debut = f"399{INS}étapes suivies par 256{INS}participants : 1,3{INS}étape par participant accompagné"
    fin = f"34{INS}parcours sont sans étape depuis 6 mois."
    assert phrases.say_etapes(*figures) == f"{debut} ; {fin}"
    assert phrases.say_etapes(*figures, 1.5) == f"{debut} (objectif{INS}: 1,5) ; {fin}"


def test_in_an_operation_the_ratio_says_what_it_counts() -> None:
    assert phrases.say_etapes(publie(1), publie(1), publie(2.0, operation="GP1"), publie(1)) == (
        f"1{INS}étape suivie par 1{INS}participant : 2,0{INS}étapes par participant accompagné, "
        f"toutes opérations confondues ; 1{INS}parcours est sans étape depuis 6 mois."
    )
