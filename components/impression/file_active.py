"""Parts of the page « File active »."""

from collections.abc import Sequence
from dataclasses import replace

from charts.barres import barres, name_of_reference
from charts.donnees import (
    Point,
    as_table,
    base_of,
    keep_drawn,
    keep_greatest,
    months_of,
    points_of,
    rename,
    sort_points,
    sum_values,
)
from charts.mois import flux, serie_mensuelle, starts_at_zero
from components.cadre.chiffres import chiffre, chiffre_un_an_avant, labels, short_name
from components.cadre.choix import Perimetre
from components.cadre.filtres import filter_on
from components.impression.cartes import make_carte, show_cartes
from components.impression.cartes_du_suivi import follow_up_cards
from components.impression.cibles import find_cible, objectifs_of
from components.impression.graphiques import (
    is_hidden,
    show_chart,
    show_missing,
    write_absence,
    write_n,
    write_small,
)
from components.impression.modes import single_step_cards
from components.impression.nomenclature import join_notes
from data_access.base.jours import add_months
from data_access.tables import NON_RENSEIGNE
from indicators.horloges import by_clock, departures, name_clock
from indicators.nombres import write_date, write_integer, write_rounded, write_value
from indicators.objectifs import ObjectifEvalue
from indicators.perimetre import Filtres, Periode
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule

MOIS_D_UNE_SERIE = 12
MOIS_COMPARABLES = 24
REFERENTS_MONTRES = 11
SANS_REFERENT = "Sans référent"
AXE_COUPE = "l’axe ne part pas de zéro"


def show_figures(perimetre: Perimetre) -> None:
    """The cards: stock, per ETP against its norm, seniority, suspended, single étapes beside."""
    filtres = perimetre.filtres
    norme = find_norm(perimetre, "file_active_par_etp")
    show_cartes(
        (
            make_carte("file_active", filtres, "File active", f"au {write_date(perimetre.periode.au)}"),
            make_carte(
                "file_active_par_etp",
                filtres,
                "Par équivalent temps plein",
                cible=name_norm(norme).capitalize() if norme else "",
            ),
            make_carte("anciennete_mediane", filtres, "Ancienneté médiane", _mean_seniority(filtres)),
            *single_step_cards("file_active", filtres, "Étapes seules", "jamais ajoutées à la file active"),
        ),
        follow_up_cards(filtres),
    )


def _mean_seniority(filtres: Filtres) -> str:
    moyenne = chiffre("anciennete_moyenne", filtres)
    return f"moyenne : {write_value(moyenne.cellule, moyenne.unite)}" if moyenne.valeur is not None else ""


def show_series(perimetre: Perimetre) -> None:
    """File active at each month's end, last year's under it."""
    filtres = series_filters(perimetre)
    nom = name_clock("file_active", "File active", filtres)
    points = months_of(chiffre("file_active", filtres), nom)
    series: list[Sequence[Point]] = [points]
    if len(points) <= MOIS_COMPARABLES:
        avant = months_of(chiffre_un_an_avant("file_active", filtres), "un an plus tôt")
        if any(p.valeur for p in avant):
            series = [rename(points, "cette année"), avant]
    if not any(p.valeur for p in points):
        vide = "Aucun parcours sur ces mois. Élargissez la période."
        show_missing(f"{nom} à la fin de chaque mois", write_absence(points, vide))
        return
    titre = f"{nom} à la fin de chaque mois, de {points[0].libelle} à {points[-1].libelle}"
    show_chart(
        serie_mensuelle(series, titre),
        titre,
        "serie",
        as_table([p for serie in series for p in _same_months(serie, points)], "Mois", nom),
        effectif=f"dernier jour : {points[-1].texte} parcours" if points[-1].valeur is not None else "",
        note=join_notes(write_small(points, "mois", "mois"), "" if starts_at_zero(series) else AXE_COUPE),
        base=base_of(points),
    )


def _same_months(serie: Sequence[Point], reference: Sequence[Point]) -> list[Point]:
    """Last year's points under the months of this year, so that the table has one line a month."""
    return [replace(p, libelle=r.libelle) for p, r in zip(serie, reference, strict=False)]


def series_filters(perimetre: Perimetre) -> Filtres:
    """The period, made twelve months long when it is shorter, by month."""
    periode = perimetre.periode
    debut = add_months(periode.au.replace(day=1), 1 - MOIS_D_UNE_SERIE)
    return perimetre.filtres.over(Periode(min(periode.du, debut), periode.au)).split_by("mois")


def show_monthly_flow(perimetre: Perimetre) -> None:
    """Entries and exits month by month, over the same months as the series."""
    filtres = series_filters(perimetre)
    entrees = months_of(chiffre("entrees", filtres), "Entrées")
    sorties = months_of(chiffre(departures(filtres), filtres), "Sorties")
    titre = by_clock(filtres, "Entrées et sorties de chaque mois", "Entrées et sorties de l’opération, chaque mois")
    if not any(p.valeur for p in (*entrees, *sorties)):
        vide = "Aucune entrée ni sortie. Élargissez la période."
        show_missing(titre, write_absence((*entrees, *sorties), vide))
        return
    effectifs = (write_n(entrees, "entrée"), write_n(sorties, "sortie").removeprefix("n = ").removeprefix("n ≈ "))
    show_chart(
        flux(entrees, sorties, titre),
        titre,
        "flux_mensuel",
        as_table((*entrees, *sorties), "Mois", "Parcours"),
        effectif=" et ".join(effectifs) if all(effectifs) else "",
        note=join_notes(
            f"de {entrees[0].libelle} à {entrees[-1].libelle}",
            write_small((*entrees, *sorties), "nombre"),
        ),
        base=base_of((*entrees, *sorties)),
    )


def show_seniority(perimetre: Perimetre) -> None:
    """How many have been there for each threshold of the PLIE or longer."""
    stock = chiffre("file_active", perimetre.filtres)
    longs = chiffre("parcours_longs", perimetre.filtres)
    titre = name_clock("parcours_longs", "Parcours longs", perimetre.filtres)
    entres = by_clock(perimetre.filtres, "", "entrés dans le PLIE depuis ")
    bruts = points_of(longs, "seuil", lambda s: phrases.capitalise(f"{entres}{s} mois ou plus"))
    points = [replace(p, texte=_with_share(p, c, stock.cellule)) for p, c in zip(bruts, longs, strict=True)]
    if stock.valeur == 0 or is_hidden(points):
        vide = "Personne n’est présent ce jour-là : aucune ancienneté à montrer."
        show_missing(titre, vide if stock.valeur == 0 else write_absence(points, vide))
        return
    show_chart(
        barres(points, titre),
        titre,
        "anciennete",
        as_table(
            points,
            "Ancienneté",
            by_clock(perimetre.filtres, "Parcours (part de la file active)", "Parcours (part des présents)"),
        ),
        effectif=phrases.write_n(stock.cellule, "parcours"),
        note=phrases.say_nested(len(points)),
        base=base_of(points),
    )


def _with_share(point: Point, cellule: Cellule, stock: Cellule) -> str:
    part = phrases.write_share(cellule, stock, 0)
    return f"{point.texte} ({part})" if part else point.texte


def show_by_operation(perimetre: Perimetre) -> None:
    """File active of each operation, whatever the one chosen; a click restricts every page to it."""
    titre = "File active par opération"
    noms = labels(perimetre.codes)["operation"]
    resultat = chiffre("file_active", perimetre.filtres_sans_operation.split_by("operation"))
    tous = sort_points(points_of(resultat, "operation", lambda code: f"{code} · {noms.get(code, code)}"))
    suivis = keep_drawn(tous)
    if is_hidden(suivis):
        vide = "Aucune opération ne suit de parcours à cette date."
        show_missing(titre, write_absence(suivis, vide))
        return
    choisie = show_chart(
        barres(keep_greatest(suivis, resultat.unite), titre, cliquable=True),
        titre,
        "operation",
        as_table(tous, "Opération", "File active"),
        effectif=_sum_and_distinct(perimetre, suivis),
        base=base_of(suivis),
        note="un parcours peut suivre plusieurs opérations ; cliquez sur une barre pour filtrer",
        cliquable=True,
    )
    if choisie and choisie != perimetre.filtres.operation:
        filter_on(choisie)


def _sum_and_distinct(perimetre: Perimetre, suivis: Sequence[Point]) -> str:
    """« somme des opérations : 512 ; en opération ou non, parcours distincts : 986 ».

    Nothing where one is unknown or not open."""
    somme, filtres = sum_values(suivis), perimetre.filtres_sans_operation
    distincts = chiffre("file_active", filtres)
    if somme is None or distincts.valeur is None or filtres.operation is not None:
        return ""
    tous = write_value(distincts.cellule, distincts.unite)
    ecrite = write_rounded(somme, distincts.unite) if base_of(suivis) else write_integer(somme)
    return f"somme des opérations : {ecrite} ; en opération ou non, parcours distincts : {tous}"


def show_by_referent(perimetre: Perimetre) -> None:
    """Parcours of each référent and of nobody, against the norm of the texts: the bars add up to the file active."""
    titre = by_clock(perimetre.filtres, "File active par référent", "Présents dans l’opération, par référent")
    plusieurs = len(perimetre.codes) > 1
    par = ("plie", "referent") if plusieurs else ("referent",)
    resultat = chiffre("file_active", perimetre.filtres.split_by(*par))
    ratio = chiffre("file_active_par_referent", resultat.filtres)
    en_poste = {c.par for c in ratio if c.valeur is not None}
    # Who is in post is not asked of a part of the territory: nobody is then said to have left.
    inconnus = any(c.motif for c in ratio)
    noms = {p.code_plie: short_name(p.nom) for p in perimetre.plie} if plusieurs else {}
    suivis = sort_points(_referent(c, noms, inconnus or c.par in en_poste) for c in resultat if not _is_without(c))
    seuls = tuple(_referent(c, noms, True) for c in resultat if _is_without(c))
    points = (*suivis, *seuls)
    if is_hidden(points) or not suivis:
        vide = "Aucun parcours de ce périmètre n’a de référent connu."
        show_missing(titre, write_absence(points, vide))
        return
    norme = find_norm(perimetre, "file_active_par_referent") or find_norm(perimetre, "file_active_par_etp")
    show_chart(
        barres(
            (*keep_greatest(suivis, resultat.unite, REFERENTS_MONTRES), *seuls),
            titre,
            repere=norme.objectif if norme else None,
            nom_du_repere=name_norm(norme) if norme else "",
        ),
        titre,
        "referent",
        as_table(points, "Référent", "File active"),
        effectif=phrases.write_size(chiffre("file_active", perimetre.filtres), "parcours", "parcours"),
        base=base_of(points),
        note=join_notes(
            "" if inconnus else phrases.count(len(en_poste), "référent en poste", "référents en poste"),
            f"les {REFERENTS_MONTRES - 1} plus chargés, tous dans le tableau"
            if len(suivis) > REFERENTS_MONTRES
            else "",
        ),
    )


def _is_without(cellule: Cellule) -> bool:
    return cellule.at("referent") == NON_RENSEIGNE


def _referent(cellule: Cellule, noms: dict[str, str], en_poste: bool) -> Point:
    code = SANS_REFERENT if _is_without(cellule) else cellule.at("referent")
    nom = f"{noms[cellule.at('plie')]} · {code}" if noms else code
    libelle = nom if en_poste else f"{nom} (plus en poste)"
    return Point(nom, libelle, cellule.valeur, write_value(cellule, "parcours"), base=cellule.base)


def find_norm(perimetre: Perimetre, indicateur: str) -> ObjectifEvalue | None:
    """The target that the texts of the PLIE set on that ratio."""
    return find_cible(perimetre, objectifs_of(perimetre), indicateur)


def name_norm(norme: ObjectifEvalue) -> str:
    """« norme : 80 au plus »."""
    maximum = norme.nature == "maximum"
    minimum = norme.nature == "minimum"
    return name_of_reference(norme.objectif or 0.0, "", True if maximum else False if minimum else None)
