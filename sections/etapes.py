"""Étapes: what participants do, by class and type; who is without étape."""

from indicators.decoupages import find_decoupage
from indicators.nombres import INSECABLE, write_ratio, write_value
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, Etat
from indicators.statuts import write_objectif
from sections.contenu import Chiffre, Genre, Image, Section
from sections.delais_des_etapes import draw_before_exits, draw_first_etape
from sections.images import (
    Barre,
    as_cell,
    bars_of,
    draw_bars,
    greatest_first,
    name_code,
    say_most_frequent,
    stack,
)
from sections.lecture import Lecture

PAR_PARTICIPANT = "etapes_par_participant"
SANS_CLASSE, SANS_TYPE = "Sans classe", "Sans type d’étape"
CLASSES_MONTREES = 8


def write_etapes(lecture: Lecture) -> Section:
    """Figures, étapes by class, by type, women and men in each class."""
    cible = lecture.find_target(PAR_PARTICIPANT, protocole=False)
    dite = phrases.say_etapes(
        lecture.ask("etapes"),
        lecture.ask("etapes_participants"),
        lecture.ask(PAR_PARTICIPANT),
        lecture.ask("sans_etape"),
        cible.objectif if cible else None,
    )
    return Section(
        code="etapes",
        titre="Étapes",
        message=dite or _explain_silence(lecture),
        chiffres=_write_figures(lecture),
        images=tuple(
            image
            for image in (
                _draw_classes(lecture),
                _draw_sexes(lecture),
                _draw_types(lecture),
                draw_first_etape(lecture),
                draw_before_exits(lecture),
            )
            if image
        ),
    )


def _explain_silence(lecture: Lecture) -> str:
    if lecture.ask("etapes").cellule.etat is Etat.NON_DOCUMENTE:
        return "Les étapes ne sont pas documentées : la feuille « Etapes » n’a jamais été donnée, ce n’est pas zéro."
    return "Que font les participants, et qui est sans étape ?"


def _write_figures(lecture: Lecture) -> tuple[Chiffre, ...]:
    cible = lecture.find_target(PAR_PARTICIPANT, protocole=False)
    visee = f"Objectif : {write_objectif(cible, cible.objectif)}" if cible else ""
    justifiees = lecture.ask("etapes_justifiees")
    return (
        lecture.figure("etapes", "Étapes", "actives dans la période, hors types non comptés"),
        lecture.figure("etapes_participants", "Participants en étape"),
        lecture.figure(PAR_PARTICIPANT, "Étapes par participant", "accompagné dans la période", visee),
        lecture.figure("sans_etape", "Sans étape depuis 6 mois", "parcours en cours"),
        *lecture.known_figures(
            lecture.figure("sans_etape_en_cours", "Sans étape en cours", "parcours en cours, le dernier jour"),
            lecture.figure("delai_premiere_etape", "Délai de la première étape", "médiane, depuis l’entrée"),
            lecture.figure("attente_entre_etapes", "Attente entre deux étapes", "médiane"),
            lecture.figure("heures_etapes", "Heures d’étapes", "des étapes actives dans la période"),
            lecture.figure("etapes_justifiees", "Étapes justifiées", write_ratio(justifiees.cellule, "étapes")),
        ),
    )


def _counted(lecture: Lecture, *par: str) -> list[Cellule]:
    return [c for c in lecture.ask("etapes", *par) if c.par and not c.hors_total]


def _name(lecture: Lecture, cellule: Cellule, decoupage: str, sans_nom: str) -> str:
    return name_code(lecture.labels[decoupage], cellule.at(decoupage), sans_nom)


def _by_classe(lecture: Lecture) -> list[Barre]:
    cellules = _counted(lecture, "classe")
    return greatest_first(
        bars_of(lecture.ask("etapes", "classe"), lambda c: _name(lecture, c, "classe", SANS_CLASSE), cellules)
    )


def _draw_classes(lecture: Lecture) -> Image | None:
    barres, total = _by_classe(lecture), lecture.ask("etapes")
    message = "Étapes par classe"
    if barres and (part := phrases.write_share(as_cell(barres[0]), total.cellule, 0)):
        message = f"«{INSECABLE}{barres[0].nom}{INSECABLE}» est la première classe : {part} des étapes."
    return draw_bars(
        "etapes_classe",
        barres,
        message=message,
        sujet="Étapes par classe",
        entete="Classe",
        nom="Étapes",
        unite="étapes",
        indicateurs=("etapes",),
        effectif=phrases.write_size(total, "étape"),
    )


def _draw_sexes(lecture: Lecture) -> Image | None:
    sexe = find_decoupage("sexe")
    cellules = _counted(lecture, "classe", "sexe")
    resultat = lecture.ask("etapes", "classe", "sexe")
    groupes = []
    for classe in _by_classe(lecture)[:CLASSES_MONTREES]:
        siennes = [c for c in cellules if _name(lecture, c, "classe", SANS_CLASSE) == classe.nom]
        groupes.append((classe.nom, bars_of(resultat, lambda c: sexe.label(c.at("sexe")), siennes)))
    if not groupes:
        return None
    categories, series = stack(groupes, sexe.libelles, str(resultat.unite))
    return Image(
        code="etapes_sexe",
        genre=Genre.PARTS,
        message=_say_women(lecture) or "Femmes et hommes dans chaque classe d’étapes",
        sujet="Femmes et hommes dans chaque classe",
        entete="Classe",
        categories=categories,
        series=series,
        unite=str(resultat.unite),
        indicateurs=("etapes",),
        effectif=phrases.write_size(lecture.ask("etapes"), "étape"),
        note="part des étapes de chaque classe",
    )


def _say_women(lecture: Lecture) -> str | None:
    """« Les femmes suivent 54,6 % des étapes. »"""
    part = lecture.ask("part_femmes_etapes")
    return None if part.valeur is None else f"Les femmes suivent {write_value(part.cellule, part.unite)} des étapes."


def _draw_types(lecture: Lecture) -> Image | None:
    barres = greatest_first(
        bars_of(
            lecture.ask("etapes", "type_etape"),
            lambda c: _name(lecture, c, "type_etape", SANS_TYPE),
            _counted(lecture, "type_etape"),
        )
    )
    return draw_bars(
        "etapes_type",
        barres,
        message=say_most_frequent(barres, "Le type d’étape", "étape", "étapes") or "Types d’étape",
        sujet="Types d’étape",
        entete="Type d’étape",
        nom="Étapes",
        unite="étapes",
        indicateurs=("etapes",),
        effectif=phrases.write_size(lecture.ask("etapes"), "étape"),
    )
