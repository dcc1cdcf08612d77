"""Sentences of « Publics et parité » and « Objectifs », to the character."""

from datetime import date

from indicators.objectifs import ObjectifEvalue, Statut
from indicators.perimetre import Filtres, Periode
from indicators.phrases import chiffres as phrases
from indicators.phrases import objectifs as phrases_des_objectifs
from indicators.resultats import Cellule, Etat, ResultatPublie

ANNEE = Periode(date(2021, 1, 1), date(2021, 9, 30))
FINE, INS, MOINS = "\u202f", "\u00a0", "\u2212"


def part(valeur: float | None, etat: Etat = Etat.EXACT) -> ResultatPublie:
    return ResultatPublie("x", "X", "%", Filtres(("P",), ANNEE), (Cellule((), etat, valeur),), 1)


def en(statut: Statut) -> ObjectifEvalue:
    return ObjectifEvalue(
        plie="P",
        operation="A1",
        indicateur="heures",
        libelle="Heures",
        nature="fixe",
        valeur_texte=100.0,
        objectif=100.0,
        objectif_max=None,
        unite=None,
        debut=ANNEE.du,
        fin=ANNEE.au,
        realise=80.0,
        attendu=100.0,
        taux=None,
        projection=None,
        statut=statut,
        part_ecoulee=0.75,
        au_dela_de_la_fourchette=False,
        source=None,
    )


def test_women_at_exit() -> None:
    debut = f"Les femmes sont 50,7{FINE}% des participants accompagnés et"
    assert phrases.say_women_at_exit(part(0.507), part(0.579)) == (
        f"{debut} 57,9{FINE}% des sorties positives : +{INS}7,2{INS}points à la sortie."
    )
    assert phrases.say_women_at_exit(part(0.507), part(0.497)) == (
        f"{debut} 49,7{FINE}% des sorties positives : {MOINS}{INS}1,0{INS}point à la sortie."
    )
    assert phrases.say_women_at_exit(part(0.507), part(0.507)) == (
        f"{debut} 50,7{FINE}% des sorties positives : autant à la sortie."
    )


def test_nothing_is_said_of_a_missing_or_masked_part() -> None:
    assert phrases.say_women_at_exit(part(0.5), part(None, Etat.MOINS_DE_5)) is None
    assert phrases.say_women_at_exit(part(None, Etat.SANS_OBJET), part(0.5)) is None


def test_targets_by_status() -> None:
    objectifs = [en(s) for s in (Statut.ATTEINT, Statut.ATTEINT, Statut.EN_AVANCE, Statut.EN_RETARD, Statut.DEPASSE)]
    assert phrases_des_objectifs.say_targets_by_status(objectifs) == (
        f"5{INS}objectifs ont un nombre et une donnée : 2{INS}atteints, 1{INS}en avance, 1{INS}en retard et "
        f"1{INS}au-delà de son maximum."
    )
    assert phrases_des_objectifs.say_targets_by_status([en(Statut.NON_ATTEINT), en(Statut.SANS_DONNEE)]) == (
        f"1{INS}objectif a un nombre et une donnée : 1{INS}non atteint ; 1{INS}autre attend l’un ou l’autre."
    )


def test_no_sentence_without_data() -> None:
    assert phrases_des_objectifs.say_targets_by_status([en(Statut.SANS_DONNEE), en(Statut.NON_PARAMETRE)]) is None
    assert phrases_des_objectifs.say_targets_by_status([]) is None


def test_latest_worst_first() -> None:
    retards = phrases_des_objectifs.latest([en(Statut.EN_RETARD)] * 7 + [en(Statut.ATTEINT)], 5)
    assert [o.statut for o in retards] == [Statut.EN_RETARD] * 5
