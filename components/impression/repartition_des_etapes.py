"""How étapes are shared out: by class, by type, by sexe, by operation, and those listed without being counted."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from charts import palette
from charts.barres import barres, barres_empilees
from charts.donnees import AUTRES, Point, as_table, base_of, keep_drawn, keep_greatest, points_of, sort_points
from components.cadre.chiffres import chiffre, labels, short_name
from components.cadre.choix import Perimetre
from components.cadre.filtres import filter_on
from components.impression.etapes import Figures
from components.impression.graphiques import is_hidden, show_chart, show_missing, write_absence, write_n
from components.impression.modes import ETAPE_SEULE
from components.impression.nomenclature import join_notes, keep_readable, merge_by_name, name_part
from indicators.decoupages import find_decoupage
from indicators.nombres import write_integer, write_value
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, ResultatPublie

AUCUNE_ETAPE = "Aucune étape sur la période. Élargissez la période ou le périmètre dans le menu de gauche."
SANS_TYPE = "Sans type d’étape"
SANS_CLASSE = "Sans classe"


def name_classe(cellule: Cellule) -> str:
    """The class as its PLIE calls it."""
    return name_part(cellule, "classe", SANS_CLASSE)


def name_type(cellule: Cellule) -> str:
    """The type as its PLIE calls it."""
    return name_part(cellule, "type_etape", SANS_TYPE)


def show_by_classe(perimetre: Perimetre, figures: Figures) -> str | None:
    """Étapes by class; returns the class that was clicked."""
    titre = "Étapes par classe"
    points = sort_points(merge_by_name(figures.par_type, name_classe, figures.comptees))
    if is_hidden(points):
        show_missing(titre, write_absence(points, AUCUNE_ETAPE))
        return None
    montres, reste = keep_readable(points, figures.par_type.unite, "classes")
    choisie = show_chart(
        barres(montres, titre, cliquable=True),
        titre,
        "classe",
        as_table(points, "Classe", "Étapes"),
        effectif=_effectif(figures.etapes),
        note=join_notes("cliquez sur une barre pour voir ses types", reste),
        base=base_of(points),
        cliquable=True,
    )
    return choisie if choisie in {p.code for p in points} else None


def _effectif(etapes: ResultatPublie) -> str:
    return phrases.write_size(etapes, "étape")


def show_by_sexe(perimetre: Perimetre, figures: Figures) -> None:
    """Women and men in each class, the same classes in the same order as beside."""
    titre = "Femmes et hommes dans chaque classe"
    resultat = chiffre("etapes", perimetre.filtres.split_by("plie", "classe", "sexe"))
    cellules = [c for c in resultat if not c.hors_total]
    rangees = keep_greatest(sort_points(merge_by_name(resultat, name_classe, cellules)), resultat.unite)
    classes = [p for p in rangees if p.code != AUTRES]
    if not classes:
        show_missing(titre, AUCUNE_ETAPE)
        return
    sexe = find_decoupage("sexe")
    points = [p for classe in classes for p in _by_sexe(resultat, classe, cellules)]
    if is_hidden(points):
        show_missing(titre, write_absence(points, AUCUNE_ETAPE))
        return
    show_chart(
        barres_empilees(points, titre, {sexe.label(code): palette.PAR_PART[code] for code in sexe.valeurs}),
        titre,
        "etapes_sexe",
        as_table(points, "Classe", "Étapes", "sexe"),
        effectif=_effectif(figures.etapes),
        note="part des étapes de chaque classe ; les nombres sont dans le tableau",
        base=base_of(points),
    )


def _by_sexe(resultat: ResultatPublie, classe: Point, cellules: Iterable[Cellule]) -> list[Point]:
    sexe = find_decoupage("sexe")
    de_la_classe = [c for c in cellules if name_classe(c) == classe.code]
    ordonnees = [c for code in sexe.valeurs for c in de_la_classe if c.at("sexe") == code]
    par_sexe = merge_by_name(resultat, lambda c: sexe.label(c.at("sexe")), ordonnees)
    return [replace(p, libelle=classe.libelle, serie=p.code) for p in par_sexe]


def show_by_type(perimetre: Perimetre, figures: Figures, classe: str | None) -> None:
    """Étapes by type, of the class chosen or of all; the table keeps every type."""
    titre = f"Types d’étape : {classe}" if classe else "Types d’étape"
    cellules = tuple(c for c in figures.comptees if classe in (None, name_classe(c)))
    _show_types(perimetre, figures, cellules, titre, "type_etape")


def show_listed_only(perimetre: Perimetre, figures: Figures) -> None:
    """Types that the PLIE lists without counting them; nothing where there is none."""
    if figures.hors_total:
        note = "types que le PLIE ne compte pas comme étapes : listés, jamais additionnés"
        _show_types(perimetre, figures, figures.hors_total, "Hors total", "hors_total", note)


def _show_types(
    perimetre: Perimetre,
    figures: Figures,
    cellules: tuple[Cellule, ...],
    titre: str,
    cle: str,
    note: str = "",
) -> None:
    resultat = figures.par_type
    points = sort_points(merge_by_name(resultat, name_type, cellules))
    if is_hidden(points):
        show_missing(titre, write_absence(points, AUCUNE_ETAPE))
        return
    montres, reste = keep_readable(points, resultat.unite, "types")
    show_chart(
        barres(montres, titre, couleur=palette.SIXIEME if note else palette.PRINCIPALE),
        titre,
        cle,
        table_of_types(perimetre, resultat, cellules),
        effectif=write_n(points, "étape"),
        note=join_notes(note, reste),
        base=base_of(points),
    )


def table_of_types(perimetre: Perimetre, resultat: ResultatPublie, cellules: Iterable[Cellule]) -> pd.DataFrame:
    """One line a type of a PLIE: class, type, étapes, people; the PLIE is named where there are several."""
    personnes = chiffre("etapes_participants", perimetre.filtres.split_by("plie", "classe", "type_etape"))
    par_type = {c.par: write_value(c, personnes.unite) for c in personnes}
    noms = {p.code_plie: short_name(p.nom) for p in perimetre.plie}
    triees = sorted(cellules, key=lambda c: (c.at("plie"), c.at("classe"), c.valeur is None, -(c.valeur or 0)))
    return pd.DataFrame(
        [
            ({"PLIE": noms[c.at("plie")]} if len(noms) > 1 else {})
            | {
                "Classe": name_classe(c),
                "Type d’étape": name_type(c),
                "Étapes": write_value(c, resultat.unite),
                "Participants": par_type.get(c.par, "–"),
            }
            for c in triees
        ]
    )


def show_by_operation(perimetre: Perimetre) -> None:
    """Étapes of each operation, whatever the one chosen; a click restricts every page to it."""
    titre = "Étapes par opération"
    filtres = perimetre.filtres_sans_operation
    noms = labels(perimetre.codes)["operation"]
    resultat = chiffre("etapes", filtres.split_by("operation"))
    tous = sort_points(points_of(resultat, "operation", lambda code: f"{code} · {noms.get(code, code)}"))
    suivis = keep_drawn(tous)
    if is_hidden(suivis):
        show_missing(titre, write_absence(suivis, "Aucune étape de la période n’est rattachée à une opération."))
        return
    choisie = show_chart(
        barres(keep_greatest(suivis, resultat.unite), titre, cliquable=True),
        titre,
        "etapes_operation",
        as_table(tous, "Opération", "Étapes"),
        effectif=write_n(suivis, "étape"),
        note=join_notes(*write_unattached(perimetre), "cliquez sur une barre pour filtrer"),
        base=base_of(suivis),
        cliquable=True,
    )
    if choisie and choisie != perimetre.filtres.operation:
        filter_on(choisie)


def write_unattached(perimetre: Perimetre) -> tuple[str, ...]:
    """How many étapes no operation bears, and how many of the bars belong to single-step parcours."""
    filtres = perimetre.filtres_sans_operation
    if filtres.operation is not None:
        return ()
    total = chiffre("etapes", filtres).valeur
    par_mode = chiffre("etapes", filtres.split_by("operation", "mode"))
    if total is None or par_mode.base or any(c.valeur is None for c in par_mode):
        return ()
    seules = sum(c.valeur or 0 for c in par_mode if c.at("mode") == ETAPE_SEULE)
    sans = total - sum(c.valeur or 0 for c in par_mode if c.at("mode") != ETAPE_SEULE)
    notes = []
    if sans:
        notes.append(f"{phrases.count(sans, 'autre étape', 'autres étapes')} hors de toute opération")
    if seules:
        notes.append(f"dont {write_integer(seules)} de parcours d’une seule étape")
    return tuple(notes)
