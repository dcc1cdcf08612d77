"""Synthèse: the figures that a committee asks for first, what to remember, where the file active comes from."""

from indicators.horloges import departures, name_clock
from indicators.nombres import write_date, write_short_date, write_value
from indicators.phrases import chiffres as phrases
from indicators.phrases import objectifs as phrases_des_objectifs
from indicators.phrases import sorties as phrases_des_sorties
from indicators.statuts import write_objectif, write_reached
from sections.contenu import Chiffre, Genre, Image, Section, Serie
from sections.flux import flow_figures
from sections.lecture import Lecture

TOUTES, HORS_NEUTRES = "taux_sorties_positives", "taux_sorties_positives_hors_neutres"


def write_synthese(lecture: Lecture) -> Section:
    """Eight figures, the sentences, the flow identity."""
    ecrites = write_a_retenir(lecture)
    flux = _draw_flow(lecture)
    return Section(
        code="synthese",
        titre="Synthèse",
        message=ecrites[0] if ecrites else "Où en est le programme ?",
        phrases=ecrites[1:],
        chiffres=_write_figures(lecture),
        images=(flux,) if flux else (),
    )


def write_a_retenir(lecture: Lecture) -> tuple[str, ...]:
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


def _write_figures(lecture: Lecture) -> tuple[Chiffre, ...]:
    atteints, precision = write_reached(list(lecture.objectifs), lecture.filtres.territoire)
    return (
        lecture.figure("file_active", "File active", "parcours en cours au dernier jour"),
        *flow_figures(lecture),
        _write_rate(lecture, TOUTES, "Sorties positives, toutes sorties"),
        _write_rate(lecture, HORS_NEUTRES, "Sorties positives, hors neutres"),
        lecture.figure(
            "sorties_non_documentees",
            "Sorties non documentées",
            phrases_des_sorties.note_outside_rules(lecture.ask("sorties_hors_regles", "plie")),
        ),
        lecture.figure("part_femmes", "Part de femmes", "participants accompagnés dans la période"),
        Chiffre("objectifs", "Objectifs atteints", None, atteints, "", precision),
    )


def _write_rate(lecture: Lecture, code: str, libelle: str) -> Chiffre:
    cible = lecture.find_target(code)
    ecrite = f"Objectif du protocole : {write_objectif(cible, cible.objectif)}" if cible else ""
    return lecture.figure(code, libelle, cible=ecrite)


def _draw_flow(lecture: Lecture) -> Image | None:
    """The evening before + entries − exits = the last evening; nothing where a number is missing."""
    veille, fin = lecture.ask_eve("file_active"), lecture.ask("file_active")
    partis = departures(lecture.filtres)
    entrees, sorties = lecture.ask("entrees"), lecture.ask(partis)
    identite = phrases.write_identity(veille, entrees, sorties, fin)
    if identite is None:
        return None
    nom = name_clock("file_active", "File active", lecture.filtres)
    etapes = (
        (f"Au {write_short_date(veille.filtres.periode.au)}", veille),
        ("Entrées", entrees),
        ("Sorties", sorties),
        (f"Au {write_short_date(fin.filtres.periode.au)}", fin),
    )
    valeurs = tuple(r.valeur for _, r in etapes)
    textes = tuple(write_value(r.cellule, r.unite) for _, r in etapes)
    base = max(r.base for _, r in etapes)
    debut, au = veille.filtres.periode.au, fin.filtres.periode.au
    return Image(
        code="flux",
        genre=Genre.CASCADE,
        message=phrases.say_flow(entrees, sorties) or f"{nom} : {identite}",
        sujet=f"{nom} : {identite}",
        entete="Étape du calcul",
        categories=tuple(nom for nom, _ in etapes),
        series=(Serie("Parcours", valeurs, textes, base),),
        unite="parcours",
        indicateurs=("file_active", "entrees", partis),
        note=f"du {write_date(debut)} au {write_date(au)} : {phrases.say_sum(lecture.filtres)}",
    )
