"""Synthèse: the figures that a committee asks for first, what to remember, where the file active comes from."""

from indicators.horloges import name_clock
from indicators.nombres import INSECABLE, write_date, write_short_date
from indicators.phrases import chiffres as phrases
from indicators.phrases import objectifs as phrases_des_objectifs
from indicators.phrases import sorties as phrases_des_sorties
from indicators.resultats import Etat
from indicators.statuts import SANS_OBJET_PAR_TERRITOIRE, of_protocol, write_elapsed, write_reached
from sections.cartes import FLUX, HORS_NEUTRES, TAUX, TOUTES, card, flow_cards, rate_cards
from sections.cibles import as_cibles, keep_latest
from sections.contenu import Chiffre, Section, draw_bullets
from sections.dessins import absent, bar_of
from sections.images import Forme, Image, Serie
from sections.lecture import DEPARTS, Lecture, Quand, cards, split

DEMANDES = (
    *cards("file_active", "sorties_non_documentees", "part_femmes"),
    *FLUX,
    *TAUX,
    *split("file_active", quand=Quand.VEILLE),
    *split("sorties", "categorie"),
)
A_RETENIR_VIDE = "Aucun chiffre de ce périmètre ne permet d’écrire une phrase."


def write_synthese(lecture: Lecture) -> Section:
    """Eight figures, the sentences, the flow identity, the protocol."""
    ecrites = _write_sentences(lecture)
    return Section(
        code="synthese",
        titre="Synthèse",
        message=ecrites[0] if ecrites else A_RETENIR_VIDE,
        phrases=ecrites[1:],
        chiffres=_write_cards(lecture),
        images=(draw_identity(lecture), _draw_protocol(lecture)),
    )


def _write_sentences(lecture: Lecture) -> tuple[str, ...]:
    """The sentences that the figures allow, the most asked for first."""
    cible = lecture.find_target(TOUTES)
    taux, hors_regles = lecture.ask(TOUTES), lecture.ask("sorties_hors_regles", "plie")
    return phrases.keep(
        (
            phrases.say_file_active(lecture.ask("file_active"), lecture.ask_year_before("file_active")),
            phrases_des_sorties.say_positive_exits(
                taux,
                lecture.ask(HORS_NEUTRES),
                cible.objectif if cible else None,
                partiel=any(c.valeur for c in hors_regles),
            ),
            phrases_des_sorties.say_outside_rules(hors_regles) if taux.valeur is not None else None,
            phrases_des_sorties.say_to_confirm(lecture.ask("sorties", "categorie")),
            phrases_des_sorties.say_undocumented(
                lecture.ask("sorties_non_documentees"), lecture.ask("sorties"), taux, hors_regles
            ),
            phrases.say_parity(lecture.ask("part_femmes")),
            phrases_des_objectifs.say_targets(list(lecture.objectifs)),
        )
    )


def _write_cards(lecture: Lecture) -> tuple[Chiffre, ...]:
    hors = phrases_des_sorties.note_outside_rules(lecture.ask("sorties_hors_regles", "plie"))
    return (
        card(lecture, "file_active", "File active", "parcours en cours au dernier jour"),
        *flow_cards(lecture),
        *rate_cards(lecture),
        card(lecture, "sorties_non_documentees", "Sorties non documentées", hors),
        card(lecture, "part_femmes", "Part de femmes", "participants accompagnés dans la période"),
        write_reached_card(lecture),
    )


def write_reached_card(lecture: Lecture) -> Chiffre:
    """How many targets are reached, out of those that can be judged."""
    territoire = lecture.filtres.territoire
    atteints, precision = write_reached(list(lecture.objectifs), territoire)
    if lecture.sans_objectifs not in ("", SANS_OBJET_PAR_TERRITOIRE):
        atteints, precision = "non montré", lecture.sans_objectifs
    return Chiffre("objectifs", "Objectifs atteints", None, atteints, "", precision)


def draw_identity(lecture: Lecture) -> Image:
    """The evening before + entries − exits = the last evening; why not where a number is missing."""
    veille, fin = lecture.ask("file_active", quand=Quand.VEILLE), lecture.ask("file_active")
    entrees, sorties = lecture.ask("entrees"), lecture.ask(DEPARTS)
    nom = name_clock("file_active", "File active", lecture.filtres)
    identite = phrases.write_identity(veille, entrees, sorties, fin)
    nombres = (veille, entrees, sorties, fin)
    if identite is None:
        return absent("flux", nom, _explain_no_identity([r.cellule.etat for r in nombres]), Forme.CASCADE)
    debut, au = veille.filtres.periode.au, fin.filtres.periode.au
    noms = (f"Au {write_short_date(debut)}", "Entrées", "Sorties", f"Au {write_short_date(au)}")
    barres = [bar_of(nom, r.cellule, r) for nom, r in zip(noms, nombres, strict=True)]
    serie = Serie(
        "Parcours", tuple(b.valeur for b in barres), tuple(b.texte for b in barres), max(b.base for b in barres)
    )
    return Image(
        code="flux",
        genre=Forme.CASCADE,
        message=phrases.say_flow(entrees, sorties) or f"{nom} : {identite}",
        sujet=f"{nom} : {identite}",
        entete="Étape du calcul",
        categories=noms,
        series=(serie,),
        unite="parcours",
        indicateurs=("file_active", "entrees", sorties.indicateur),
        note=f"du {write_date(debut)} au {write_date(au)}{INSECABLE}: {phrases.say_sum(lecture.filtres)}",
    )


def _explain_no_identity(etats: list[Etat]) -> str:
    if Etat.MOINS_DE_5 in etats:
        return "Un des quatre nombres de la somme est trop petit pour être montré : lisez-les sur les cartes, arrondis."
    if Etat.SANS_OBJET in etats or Etat.NON_DOCUMENTE in etats:
        return "Un des quatre nombres de la somme n’a pas de valeur ici : lisez-les sur les cartes."
    return "La somme « veille + entrées − sorties » ne se vérifie pas ici : signalez-le à l’animation. [FLU-001]"


def _draw_protocol(lecture: Lecture) -> Image:
    """Protocol targets, with the share of their time that has elapsed; papers print them with all the others."""
    titre, protocole = "Objectifs du protocole", of_protocol(lecture.objectifs)
    cibles = [c for c in as_cibles(lecture, protocole) if c.part is not None]
    if lecture.filtres.operation is not None or not cibles:
        return absent("protocole", titre, _explain_no_protocol(lecture), Forme.PUCES)
    montrees = keep_latest(cibles)
    coupe = (
        f" ; les {len(montrees)} moins avancés, tous sur la page « Objectifs »" if len(montrees) < len(cibles) else ""
    )
    note = f"{write_elapsed(protocole)} ; le trait noir marque l’attendu à ce jour{coupe}"
    return draw_bullets(titre, montrees, "protocole", note, detail_seul=True)


def _explain_no_protocol(lecture: Lecture) -> str:
    if lecture.sans_objectifs:
        return lecture.sans_objectifs
    if lecture.filtres.operation is not None:
        return "Une opération est choisie : revenez à toutes les opérations pour voir le protocole."
    return "Aucun objectif chiffré du protocole n’a de donnée. Ceux des opérations restent comptés plus haut."
