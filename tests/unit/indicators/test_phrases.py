"""« À retenir », to the character, and silence where a figure is missing."""

from dataclasses import replace
from datetime import date

from indicators.objectifs import ObjectifEvalue, Statut
from indicators.perimetre import Filtres, Periode
from indicators.phrases import chiffres as phrases
from indicators.phrases import objectifs as phrases_des_objectifs
from indicators.phrases import sorties as phrases_des_sorties
from indicators.resultats import Cellule, Etat, ResultatPublie

ANNEE = Periode(date(2021, 1, 1), date(2021, 9, 30))
FINE, INS = "\u202f", "\u00a0"


def publie(
    valeur: float | None, *, haut: float | None = None, bas: float | None = None, etat: Etat | None = None
) -> ResultatPublie:
    etat = etat or (Etat.SANS_OBJET if valeur is None else Etat.EXACT)
    return ResultatPublie("x", "X", "parcours", Filtres(("P",), ANNEE), (Cellule((), etat, valeur, haut, bas),), 1)


def objectif(libelle: str, statut: Statut, realise: float | None, attendu: float | None) -> ObjectifEvalue:
    return ObjectifEvalue(
        plie="P",
        operation="A1",
        indicateur="heures",
        libelle=libelle,
        nature="fixe",
        valeur_texte=100.0,
        objectif=100.0,
        objectif_max=None,
        unite=None,
        debut=ANNEE.du,
        fin=ANNEE.au,
        realise=realise,
        attendu=attendu,
        taux=None,
        projection=None,
        statut=statut,
        part_ecoulee=0.75,
        au_dela_de_la_fourchette=False,
        source=None,
    )


def test_file_active() -> None:
    debut = "La file active compte 986 parcours au 30 septembre 2021"
    assert phrases.say_file_active(publie(986), publie(956)) == f"{debut}, soit 3,1{FINE}% de plus qu’un an plus tôt."
    assert phrases.say_file_active(publie(986), publie(1000)) == f"{debut}, soit 1,4{FINE}% de moins qu’un an plus tôt."
    assert phrases.say_file_active(publie(986), publie(986)) == f"{debut}, autant qu’un an plus tôt."
    assert phrases.say_file_active(publie(986), publie(0)) == f"{debut}."
    assert phrases.say_file_active(publie(None), publie(986)) is None


def test_flow() -> None:
    assert phrases.say_flow(publie(240), publie(266)) == (
        f"Sur la période, 240{INS}entrées pour 266{INS}sorties : la file active recule de 26 parcours."
    )
    assert phrases.say_flow(publie(1), publie(0)) == (
        f"Sur la période, 1{INS}entrée pour 0{INS}sortie : la file active augmente de 1 parcours."
    )
    assert phrases.say_flow(publie(None), publie(1)) is None


def test_positive_exits() -> None:
    taux, hors = publie(98 / 214, haut=98, bas=214), publie(98 / 199, haut=98, bas=199)
    assert phrases_des_sorties.say_positive_exits(taux, hors, 0.5) == (
        f"Sur 214{INS}sorties, 98 sont positives : 45,8{FINE}% de toutes les sorties "
        f"(objectif du protocole : 50{FINE}%), 49,2{FINE}% hors sorties neutres."
    )
    assert phrases_des_sorties.say_positive_exits(taux, publie(None)) is None


def test_undocumented_exits() -> None:
    taux = publie(0.5)
    assert phrases_des_sorties.say_undocumented(publie(12), publie(214), taux, publie(0)) == (
        f"12{INS}sorties sur 214 ne sont pas documentées : elles pèsent sur les deux taux."
    )
    assert phrases_des_sorties.say_undocumented(publie(1), publie(214), taux, publie(0)) == (
        f"1{INS}sortie sur 214 n’est pas documentée : elle pèse sur les deux taux."
    )
    assert phrases_des_sorties.say_undocumented(
        publie(70), publie(70), publie(None, etat=Etat.NON_DOCUMENTE), publie(70)
    ) == ("Aucune règle de sortie n’est enregistrée : aucun taux de sorties positives ne peut être calculé.")
    assert phrases_des_sorties.say_undocumented(publie(0), publie(214), taux, publie(0)) is None


def test_exits_outside_rules_weigh_on_no_rate() -> None:
    hors = publie(219)
    assert phrases_des_sorties.say_undocumented(publie(219), publie(450), publie(0.5), hors) is None
    assert phrases_des_sorties.say_undocumented(publie(231), publie(450), publie(0.5), hors) == (
        f"12{INS}sorties sur 450 ne sont pas documentées : elles pèsent sur les deux taux."
    )
    assert phrases_des_sorties.note_outside_rules(hors) == "dont 219 hors des deux taux"
    assert phrases_des_sorties.note_outside_rules(publie(0)) == "comptées dans les deux taux"
    suite = "hors des deux taux : aucune règle de sortie n’y était en vigueur ce jour-là."
    assert phrases_des_sorties.say_outside_rules(hors) == f"219{INS}sorties restent {suite}"
    deux = replace(hors, filtres=replace(hors.filtres, plie=("P", "Q", "R")), cellules=(*hors, *publie(1), *publie(0)))
    assert phrases_des_sorties.say_outside_rules(deux) == f"220{INS}sorties de 2{INS}PLIE restent {suite}"
    assert phrases_des_sorties.say_outside_rules(publie(0)) is None


def test_exits_to_confirm_are_said() -> None:
    categories = replace(publie(14), cellules=(replace(publie(14).cellule, par=(("categorie", "a_confirmer"),)),))
    assert phrases_des_sorties.say_to_confirm(categories) == (
        f"14{INS}sorties sont à confirmer : le texte du PLIE ne dit pas si elles comptent ; elles pèsent sur les deux "
        "taux."
    )
    assert phrases_des_sorties.say_to_confirm(publie(14)) is None


def test_parity() -> None:
    debut = "des participants accompagnés sont des femmes"
    assert phrases.say_parity(publie(0.542)) == (f"54,2{FINE}% {debut} : +{INS}4,2{INS}points par rapport à la parité.")
    assert phrases.say_parity(publie(0.5)) == f"50,0{FINE}% {debut} : c’est la parité."
    assert phrases.say_parity(publie(None, etat=Etat.MOINS_DE_5)) is None


def test_targets() -> None:
    atteint = objectif("Comités", Statut.ATTEINT, 100, 75)
    retard = objectif("Heures", Statut.EN_RETARD, 30, 75)
    moins = objectif("Réunions", Statut.EN_RETARD, 60, 75)
    assert phrases_des_objectifs.say_targets([atteint, moins, retard]) == (
        f"1{INS}objectif atteint sur 3 ; les plus loin du compte : A1{INS}«{INS}Heures{INS}» (40{FINE}% de l’attendu), "
        f"A1{INS}«{INS}Réunions{INS}» (80{FINE}% de l’attendu)."
    )
    assert (
        phrases_des_objectifs.say_targets([atteint])
        == f"1{INS}objectif atteint sur 1 ; aucun n’est en retard ni en dessous."
    )
    assert phrases_des_objectifs.say_targets([objectif("X", Statut.SANS_DONNEE, None, 75)]) is None


def test_norm() -> None:
    assert phrases.say_norm(publie(81.25), 80) == (
        "Chaque équivalent temps plein suit 81,3 parcours en moyenne, pour une norme de 80 au plus."
    )


def test_identity_is_written_only_when_it_holds() -> None:
    nombres = (publie(1012), publie(240), publie(266))
    assert phrases.write_identity(*nombres, publie(986)) == f"1{FINE}012 + 240 \u2212 266 = 986"
    assert phrases.write_identity(*nombres, publie(985)) is None
    assert phrases.write_identity(*nombres, publie(None)) is None


def test_change_from_zero_is_undefined() -> None:
    assert phrases.change(5, 0) is None
    assert phrases.change(None, 4) is None
    assert phrases.change(5, 4) == 0.25


def test_keep_drops_what_could_not_be_said() -> None:
    assert phrases.keep(["a", None, "b"]) == ("A", "B")
