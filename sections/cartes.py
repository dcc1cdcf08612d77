"""The large figures of a section: the value, last year, what it is made of, its target; states in words."""

from collections.abc import Sequence
from dataclasses import replace

from indicators.horloges import by_clock, explain_clock, name_clock
from indicators.nombres import EXPLICATIONS_DES_ETATS, write_integer, write_ratio, write_value
from indicators.objectifs import ObjectifEvalue
from indicators.phrases import chiffres as phrases
from indicators.phrases import sorties as phrases_des_sorties
from indicators.publication import find_indicator
from indicators.resultats import Cellule, Etat, ResultatPublie
from indicators.statuts import write_objectif
from sections.contenu import Chiffre
from sections.lecture import DEPARTS, Demande, Lecture, cards, now, only, split

TOUTES, HORS_NEUTRES = "taux_sorties_positives", "taux_sorties_positives_hors_neutres"
SANS_REGLE = "Aucune règle de sortie n’était en vigueur ces jours-là."
ETAPE_SEULE = "etape_seule"
FLUX = (*cards("entrees", DEPARTS), *now("entrees_nouvelles", "sorties"))
TAUX: tuple[Demande, ...] = (*cards(TOUTES, HORS_NEUTRES), *split("sorties_hors_regles", "plie"))


def card(lecture: Lecture, code: str, libelle: str = "", precision: str = "", cible: str = "") -> Chiffre:
    """The indicator as a large figure, with last year beside; inside an operation, on whose clock."""
    libelle = name_clock(code, libelle, lecture.filtres)
    precision = explain_clock(code, precision, lecture.filtres)
    return card_of(lecture.ask(code), lecture.ask_year_before(code), libelle, precision, cible)


def card_of(
    resultat: ResultatPublie, avant: ResultatPublie | None, libelle: str = "", precision: str = "", cible: str = ""
) -> Chiffre:
    """A published figure as it is printed; what its state explains comes before `precision`."""
    cellule = resultat.cellule
    connu = cellule.valeur is not None and avant is not None
    return Chiffre(
        indicateur=resultat.indicateur,
        libelle=libelle or resultat.libelle,
        valeur=cellule.valeur,
        texte=write_value(cellule, resultat.unite),
        unite=str(resultat.unite),
        precision=_explain(resultat) or precision,
        evolution=phrases.say_since_last_year(resultat, avant) if connu and avant else "",
        cible=cible,
        par=cellule.par,
    )


def _explain(resultat: ResultatPublie) -> str:
    """Why there is no value, or how many PLIE lack the source of a value that covers several."""
    if resultat.cellule.motif:
        return f"{resultat.cellule.motif} Ce n’est pas un zéro."
    # What a rate leaves out for want of rules is said by its own card, exits and PLIE.
    incomplet = resultat.plie_sans_source and resultat.cellule.valeur is not None
    if incomplet and find_indicator(resultat.indicateur).exclues is None:
        return f"sans {phrases.count(len(resultat.plie_sans_source), 'PLIE', 'PLIE')} qui n’en ont pas la source"
    return EXPLICATIONS_DES_ETATS.get(resultat.cellule.etat, "")


def flow_cards(lecture: Lecture) -> tuple[Chiffre, Chiffre]:
    """Entries and exits: of the parcours, or of the operation with what each is for the PLIE."""
    if lecture.filtres.operation is None:
        return (
            card(lecture, "entrees", "Entrées", "parcours commencés dans la période"),
            card(lecture, DEPARTS, "Sorties", "parcours terminés dans la période"),
        )
    nouvelles = phrases.note_new_entries(lecture.ask("entrees_nouvelles"))
    du_plie = phrases_des_sorties.note_plie_exits(lecture.ask("sorties"))
    departs = card_of(lecture.ask(DEPARTS), lecture.ask_year_before(DEPARTS), "Sorties de l’opération", du_plie)
    return card(lecture, "entrees", "", nouvelles), departs


def write_target(cible: ObjectifEvalue | None) -> str:
    """« Objectif du protocole : 43,5 % », « Objectif de l’opération AXE1 : 1,5 »; nothing without target."""
    if cible is None:
        return ""
    de_qui = f"de l’opération {cible.operation}" if cible.operation else "du protocole"
    return f"Objectif {de_qui} : {write_objectif(cible, cible.objectif)}"


def rate_cards(lecture: Lecture) -> tuple[Chiffre, Chiffre]:
    """Both rates of positive exits, each with its « x sur y » and the protocol's target on it."""
    return (
        _rate_card(lecture, TOUTES, "Sorties positives, toutes sorties", "sorties"),
        _rate_card(lecture, HORS_NEUTRES, "Sorties positives, hors neutres", "sorties non neutres"),
    )


def _rate_card(lecture: Lecture, code: str, libelle: str, de_quoi: str) -> Chiffre:
    taux = lecture.ask(code)
    carte = card(lecture, code, libelle, cible=write_target(lecture.find_target(code)))
    ratio = write_ratio(taux.cellule, by_clock(lecture.filtres, de_quoi, f"{de_quoi} du PLIE"))
    if not ratio:
        return replace(carte, precision=SANS_REGLE) if taux.cellule.etat is Etat.NON_DOCUMENTE else carte
    hors = phrases_des_sorties.write_outside_rules(lecture.ask("sorties_hors_regles", "plie"))
    return replace(carte, precision=f"{ratio}, hors {hors} sans règle ce jour-là" if hors else ratio)


def ratio_card(lecture: Lecture, code: str, libelle: str, de_quoi: str) -> Chiffre:
    """A rate with its « x sur y » in words."""
    return card(lecture, code, libelle, write_ratio(lecture.ask(code).cellule, de_quoi))


def with_mean(lecture: Lecture, code: str, libelle: str, moyenne: str) -> Chiffre:
    """A median, its mean beside."""
    autre = lecture.ask(moyenne)
    ecrite = f"moyenne : {write_value(autre.cellule, autre.unite)}" if autre.valeur is not None else ""
    return card(lecture, code, libelle, ecrite)


def share_of_stock(lecture: Lecture, code: str, suite: str = "") -> str:
    """« 12 % des 986 parcours en cours »; nothing where it cannot be said."""
    stock = lecture.ask("file_active")
    part = phrases.write_share(lecture.ask(code).cellule, stock.cellule, 0)
    qui = by_clock(lecture.filtres, "parcours en cours", "présents")
    return f"{part} des {write_integer(stock.valeur or 0)} {qui}{suite}" if part else ""


def single_step_cards(lecture: Lecture, code: str, libelle: str, hors: str) -> tuple[Chiffre, ...]:
    """The card of the figure for parcours of one étape alone, if there are any. `hors`: what they stay out of."""
    actuel, avant = (single_steps(r) for r in (lecture.ask(code, "mode"), lecture.ask_year_before(code, "mode")))
    if not actuel.valeur and not avant.valeur:
        return ()
    return (card_of(actuel, avant, libelle, "comptées dans l’opération" if lecture.filtres.operation else hors),)


def single_steps(resultat: ResultatPublie) -> ResultatPublie:
    """The only cell of mode « étape seule » of a figure split by `mode`, a true 0 where it has none."""
    if len(resultat.cellules) == 1 and not resultat.cellules[0].par:
        return resultat
    seules = tuple(c for c in resultat if dict(c.par).get("mode") == ETAPE_SEULE)
    return only(resultat, seules or (Cellule((("mode", ETAPE_SEULE),), Etat.EXACT, 0.0, 0.0),))


def by_mode(code: str) -> tuple[Demande, ...]:
    """What the cards of single étapes ask."""
    return tuple(replace(d, par=("mode",)) for d in cards(code))


_MUETS = {Etat.NON_DOCUMENTE: "Non documenté, ce n’est pas zéro", Etat.SANS_OBJET: "Sans objet sur ce périmètre"}


def part_silent(lecture: Lecture, complements: Sequence[Chiffre]) -> tuple[tuple[Chiffre, ...], str]:
    """Secondary figures that have something to say, and one line that names the others: « Non documenté, ce n’est pas
    zéro : heures d’étapes, étapes justifiées. »"""
    noms: dict[Etat, list[str]] = {}
    parlants = []
    for chiffre in complements:
        etat = lecture.ask(chiffre.indicateur).cellule.etat
        if etat in _MUETS:
            noms.setdefault(etat, []).append(chiffre.libelle[:1].lower() + chiffre.libelle[1:])
        else:
            parlants.append(chiffre)
    return tuple(parlants), " ".join(f"{mots} : {', '.join(noms[e])}." for e, mots in _MUETS.items() if e in noms)
