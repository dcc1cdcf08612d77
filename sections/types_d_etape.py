"""Étapes by type, of one class or of all; the types that are listed without being counted."""

from collections.abc import Iterable, Sequence

from indicators.nombres import write_value
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, ResultatPublie
from sections.delais import (
    SANS_TYPE,
    name_classe,
)
from sections.dessins import (
    bars_of,
    draw_bars,
    greatest_first,
    name_part,
    say_most_frequent,
    write_n,
)
from sections.images import Image, Tableau
from sections.lecture import Lecture, short_name

AUCUNE_ETAPE = "Aucune étape sur la période. Élargissez la période ou le périmètre dans le menu de gauche."


def by_type(lecture: Lecture) -> ResultatPublie:
    return lecture.ask("etapes", "plie", "classe", "type_etape")


def list_counted(lecture: Lecture) -> list[Cellule]:
    return [c for c in by_type(lecture) if c.par and not c.hors_total]


def write_size_of_etapes(lecture: Lecture) -> str:
    return phrases.write_size(lecture.ask("etapes"), "étape")


def draw_types(lecture: Lecture, classe: str | None = None) -> Image:
    """Étapes by type, of one class or of all; the table keeps every type."""
    cellules = [c for c in list_counted(lecture) if classe in (None, name_classe(lecture, c))]
    sujet = f"Types d’étape : {classe}" if classe else "Types d’étape"
    return _draw_some(lecture, f"etapes_type_{classe}" if classe else "etapes_type", sujet, cellules)


def draw_listed_only(lecture: Lecture) -> Image | None:
    """Types that the PLIE lists without counting them; nothing where there is none."""
    cellules = [c for c in by_type(lecture) if c.par and c.hors_total]
    if not cellules:
        return None
    note = "types que le PLIE ne compte pas comme étapes : listés, jamais additionnés"
    return _draw_some(lecture, "etapes_hors_total", "Hors total", cellules, note, detail_seul=True)


def _draw_some(
    lecture: Lecture, code: str, sujet: str, cellules: Sequence[Cellule], note: str = "", detail_seul: bool = False
) -> Image:
    resultat = by_type(lecture)
    barres = greatest_first(
        bars_of(lecture, resultat, lambda c: name_part(lecture, c, "type_etape", SANS_TYPE), cellules)
    )
    return draw_bars(
        code,
        barres,
        sujet=sujet,
        vide=AUCUNE_ETAPE,
        message=say_most_frequent(barres, "Le type d’étape le plus fréquent", "étape", "étapes")
        if code == "etapes_type"
        else None,
        entete="Type d’étape",
        nom="Étapes",
        unite="étapes",
        indicateurs=("etapes",),
        effectif=write_n(barres, "étape"),
        note=note,
        tableau=_table_of_types(lecture, cellules),
        detail_seul=detail_seul,
    )


def _table_of_types(lecture: Lecture, cellules: Iterable[Cellule]) -> Tableau:
    """One line a type of a PLIE: class, type, étapes, people; the PLIE is named where there are several."""
    personnes = lecture.ask("etapes_participants", "plie", "classe", "type_etape")
    par_type = {c.par: write_value(c, personnes.unite) for c in personnes}
    noms = {p.code_plie: short_name(p.nom) for p in lecture.plie}
    triees = sorted(cellules, key=lambda c: (c.at("plie"), c.at("classe"), c.valeur is None, -(c.valeur or 0)))
    lignes = [
        (
            noms.get(c.at("plie"), c.at("plie")),
            name_classe(lecture, c),
            name_part(lecture, c, "type_etape", SANS_TYPE),
            write_value(c, "étapes"),
            par_type.get(c.par, "–"),
        )
        for c in triees
    ]
    entete = ("PLIE", "Classe", "Type d’étape", "Étapes", "Participants")
    return Tableau(entete, tuple(lignes)).without_first(not lecture.plusieurs)
