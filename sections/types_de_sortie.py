"""Exits by type, why some have no category, the rules that classify them."""

from collections.abc import Iterable

from data_access.tables import NON_RENSEIGNE
from indicators.decoupages import find_decoupage
from indicators.horloges import by_clock
from indicators.nombres import ENVIRON, write_integer, write_short_date, write_value
from indicators.phrases import chiffres as phrases
from indicators.referentiel import RegleDeSortie
from indicators.resultats import Cellule, ResultatPublie
from sections.dessins import (
    absent,
    bars_of,
    draw_bars,
    greatest_first,
    label_of,
    name_part,
    quote,
    say_most_frequent,
    write_n,
)
from sections.images import Image, Tableau
from sections.lecture import Lecture, short_name

NON_DOCUMENTEE = "non_documentee"
SANS_TYPE = "Sans type de sortie"
POURQUOI = "Pourquoi des sorties ne sont pas documentées"
AUCUNE_SORTIE = "Aucune sortie sur la période. Élargissez la période ou le périmètre dans le menu de gauche."


def _by_type(lecture: Lecture) -> ResultatPublie:
    return lecture.ask("sorties", "plie", "categorie", "nature", "type_sortie")


def _of_category(lecture: Lecture, categorie: str | None) -> list[Cellule]:
    return [c for c in _by_type(lecture) if c.par and categorie in (None, c.at("categorie"))]


def write_why(lecture: Lecture) -> str:
    """« 7 sans type, 3 d’un type sans règle »."""
    sans_regle, sans_type = 0.0, 0.0
    for cellule in _of_category(lecture, NON_DOCUMENTEE):
        if cellule.valeur is None:
            return ""
        if cellule.at("type_sortie") == NON_RENSEIGNE:
            sans_type += cellule.valeur
        else:
            sans_regle += cellule.valeur
    parties = ((sans_type, "sans type de sortie"), (sans_regle, "d’un type sans règle"))
    environ = ENVIRON if _by_type(lecture).base else ""
    return ", ".join(f"{environ}{write_integer(n)} {mots}" for n, mots in parties if n)


def write_size_of_exits(lecture: Lecture) -> str:
    de = by_clock(lecture.filtres, "", " du PLIE")
    return phrases.write_size(lecture.ask("sorties"), f"sortie{de}", f"sorties{de}")


def draw_types(lecture: Lecture, categorie: str | None = None) -> Image:
    """Exits by type, of one category or of all; the table keeps every type with its category."""
    types = by_clock(lecture.filtres, "Types de sortie", "Types de sortie du PLIE")
    sujet = f"{types} de la catégorie {quote(find_decoupage('categorie').label(categorie))}" if categorie else types
    cellules = _of_category(lecture, categorie)
    if not categorie and cellules and all(c.at("categorie") == NON_DOCUMENTEE for c in cellules):
        return absent(
            "sorties_type", sujet, f"Aucune sortie n’a de catégorie : leurs types sont sous {quote(POURQUOI)}."
        )
    barres = greatest_first(bars_of(lecture, _by_type(lecture), lambda c: _name_type(lecture, c), cellules))
    return draw_bars(
        f"sorties_type_{categorie}" if categorie else "sorties_type",
        barres,
        sujet=sujet,
        vide=AUCUNE_SORTIE,
        message=say_most_frequent(barres, "Le type de sortie le plus fréquent", "sortie", "sorties")
        if not categorie
        else None,
        entete="Type de sortie",
        nom="Sorties",
        unite="sorties",
        indicateurs=("sorties",),
        effectif=write_n(barres, "sortie") if categorie else write_size_of_exits(lecture),
        tableau=_table_of_types(lecture, cellules),
    )


def _name_type(lecture: Lecture, cellule: Cellule) -> str:
    """The type as the rule of its PLIE calls it; what it lacks is said."""
    nom = name_part(lecture, cellule, "type_sortie", SANS_TYPE)
    if cellule.at("categorie") != NON_DOCUMENTEE or nom == SANS_TYPE:
        return nom
    nomme = cellule.at("type_sortie") in lecture.names("type_sortie", (cellule.at("plie"),))
    return f"{nom} (pas de règle ce jour-là)" if nomme else f"{nom} (aucune règle)"


def _table_of_types(lecture: Lecture, cellules: Iterable[Cellule]) -> Tableau:
    """One line a type of a PLIE: category, nature, type, exits; the PLIE is named where there are several."""
    noms = {p.code_plie: short_name(p.nom) for p in lecture.plie}
    lignes = [
        (
            noms.get(c.at("plie"), c.at("plie")),
            label_of("categorie", c),
            label_of("nature", c) if c.at("categorie") == "positive" else "–",
            _name_type(lecture, c),
            write_value(c, "sorties"),
        )
        for c in cellules
    ]
    return Tableau(("PLIE", "Catégorie", "Nature", "Type de sortie", "Sorties"), tuple(lignes)).without_first(
        not lecture.plusieurs
    )


def draw_undocumented(lecture: Lecture) -> Image:
    """Why exits have no category."""
    sorties, cellules = lecture.ask("sorties"), _of_category(lecture, NON_DOCUMENTEE)
    barres = greatest_first(bars_of(lecture, _by_type(lecture), lambda c: _name_type(lecture, c), cellules))
    effectif = write_n(barres, "sortie")
    if effectif and sorties.valeur is not None:
        effectif = f"{effectif} sur {write_integer(sorties.valeur)}"
    return draw_bars(
        "sorties_non_documentees",
        barres,
        sujet=POURQUOI,
        vide="Toutes les sorties de la période ont une catégorie.",
        entete="Raison",
        nom="Sorties",
        unite="sorties",
        indicateurs=("sorties",),
        effectif=effectif,
        note="sans type, ou d’un type sans règle ce jour-là",
        detail_seul=True,
    )


def say_without_rules(lecture: Lecture, taux: ResultatPublie) -> str:
    """Names the PLIE that had no exit rule over the period, and what becomes of their exits; empty when all had."""
    noms = [p.nom for p in lecture.plie if p.code_plie in taux.plie_sans_source]
    if not noms:
        return ""
    debut = f"Aucune règle de sortie n’était en vigueur sur la période pour {phrases.enumerate_in_words(noms)} : "
    fin = "leurs sorties sont non documentées" if len(noms) > 1 else "ses sorties sont non documentées"
    if len(noms) == len(lecture.plie):
        return f"{debut}{fin} et aucun taux n’est calculé."
    return f"{debut}{fin} ; elles comptent au dénominateur des deux taux, jamais parmi les positives."


def table_of_rules(lecture: Lecture, taux: ResultatPublie) -> Tableau:
    """One line a rule in force over the period, with its source."""
    noms = {p.code_plie: short_name(p.nom) for p in lecture.plie}
    categorie, nature = find_decoupage("categorie"), find_decoupage("nature")
    lignes = [
        (
            noms[r.code_plie],
            r.libelle,
            categorie.label(r.categorie),
            nature.label(r.nature) if r.nature else "–",
            _in_force(r),
            r.source,
        )
        for r in lecture.source.read_rules(lecture.filtres.plie, lecture.filtres.periode)
    ]
    dites = (regle.split(" : ", 1) for regle in taux.regles)
    return Tableau(
        ("PLIE", "Type de sortie", "Catégorie", "Nature", "En vigueur", "Source"),
        tuple(lignes),
        "Règles de sortie appliquées",
        " · ".join(f"{noms.get(code, code)} : {reste}" for code, reste in dites),
    ).without_first(not lecture.plusieurs)


def _in_force(regle: RegleDeSortie) -> str:
    debut = write_short_date(regle.depuis)
    return f"depuis le {debut}" if regle.jusqua is None else f"du {debut} au {write_short_date(regle.jusqua)}"
