"""On the page « Étapes »: étapes that are late to come, their hours and proofs, what came before the exits."""

from collections.abc import Iterable

import pandas as pd

from charts.barres import barres
from charts.donnees import Point, as_table, base_of
from components.cadre.chiffres import chiffre
from components.cadre.choix import Perimetre
from components.impression.cartes import Carte, make_carte
from components.impression.graphiques import is_hidden, show_chart, show_missing, write_absence
from components.impression.nomenclature import name_part
from indicators.horloges import by_clock
from indicators.nombres import INSECABLE, write_integer, write_ratio, write_value
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, Etat, ResultatPublie

PREMIERE = "Première étape après l’entrée"
AVANT_SORTIE = "Étapes qui ont précédé les sorties positives"
AUCUNE_ENTREE = "Aucun parcours n’est entré depuis assez longtemps sur la période. Élargissez la période."
AUCUNE_SORTIE = "Aucune sortie positive de la période ne suit une étape."


def list_cards(perimetre: Perimetre) -> tuple[Carte, ...]:
    """What is late, how many hours, how many proofs."""
    filtres = perimetre.filtres
    attentes = chiffre("attente_entre_etapes", filtres).cellule
    justifiees = chiffre("etapes_justifiees", filtres).cellule
    return (
        make_carte("sans_etape_en_cours", filtres, "Sans étape en cours", _share_of_stock(perimetre)),
        make_carte("attente_entre_etapes", filtres, "Attente entre deux étapes", _median_of(attentes, "attente")),
        make_carte("heures_etapes", filtres, "Heures d’étapes", "des étapes comptées actives dans la période"),
        make_carte("etapes_justifiees", filtres, "Étapes justifiées", write_ratio(justifiees, "étapes")),
    )


def _share_of_stock(perimetre: Perimetre) -> str:
    sans = chiffre("sans_etape_en_cours", perimetre.filtres)
    stock = chiffre("file_active", perimetre.filtres)
    part = phrases.write_share(sans.cellule, stock.cellule, 0)
    qui = by_clock(perimetre.filtres, "parcours en cours", "présents")
    return f"{part} des {write_integer(stock.valeur or 0)} {qui}, le dernier jour" if part else ""


def _median_of(cellule: Cellule, quoi: str) -> str:
    """« médiane de 383 attentes »."""
    nombre = cellule.denominateur
    environ = f"environ{INSECABLE}" if cellule.base else ""
    return f"médiane de {environ}{phrases.count(nombre, quoi)}" if cellule.valeur is not None and nombre else ""


def show_first_etape(perimetre: Perimetre) -> None:
    """Share of those who have entered whose first étape came within 30, 60 and 90 days."""
    parts = chiffre("delai_premiere_etape_respecte", perimetre.filtres)
    points = [_share_within(c, parts) for c in parts]
    if is_hidden(points):
        show_missing(PREMIERE, AUCUNE_ENTREE if _nobody(parts) else write_absence(points, AUCUNE_ENTREE))
        return
    delai = chiffre("delai_premiere_etape", perimetre.filtres)
    show_chart(
        barres(points, PREMIERE),
        PREMIERE,
        "premiere_etape",
        as_table(points, "Délai", "Parcours entrés dont la première étape a commencé"),
        effectif=f"délai médian : {write_value(delai.cellule, delai.unite)}" if delai.valeur is not None else "",
        note="parcours entrés dans la période depuis au moins ce délai, avec ou sans étape",
        base=base_of(points),
    )


def _share_within(cellule: Cellule, parts: ResultatPublie) -> Point:
    ratio = write_ratio(cellule)
    texte = write_value(cellule, parts.unite) + (f" ({ratio})" if ratio else "")
    seuil = cellule.at("seuil")
    return Point(seuil, f"En {seuil} jours", cellule.valeur, texte, base=cellule.base)


def _nobody(cellules: Iterable[Cellule]) -> bool:
    return all(c.etat is Etat.SANS_OBJET for c in cellules)


def show_before_exits(perimetre: Perimetre) -> None:
    """Classes of étapes that came before the positive exits, all exits beside; one PLIE at a time."""
    if len(perimetre.codes) > 1:
        show_missing(AVANT_SORTIE, "Chaque PLIE a ses classes d’étapes : choisissez un seul PLIE pour les comparer.")
        return
    toutes = chiffre("etapes_avant_sortie", perimetre.filtres.split_by("plie", "classe"))
    par_categorie = chiffre("etapes_avant_sortie", perimetre.filtres.split_by("plie", "categorie", "classe"))
    ensemble = {c.at("classe"): c for c in toutes if c.par}
    positives = [c for c in par_categorie if dict(c.par).get("categorie") == "positive"]
    positives.sort(key=lambda c: -(c.valeur or 0.0))
    points = [_class_before(c, ensemble, toutes.unite) for c in positives]
    if is_hidden(points):
        show_missing(AVANT_SORTIE, write_absence(points, AUCUNE_SORTIE))
        return
    show_chart(
        barres(points, AVANT_SORTIE),
        AVANT_SORTIE,
        "avant_sortie",
        pd.DataFrame([_row(c, ensemble, toutes.unite) for c in positives]),
        effectif=_size_of(positives[0]),
        note="une sortie peut suivre plusieurs classes ; ce n’est pas une cause : rien ne dit qu’elles y mènent",
        base=base_of(points),
    )


def _name(cellule: Cellule) -> str:
    return name_part(cellule, "classe", "Sans classe")


def _class_before(cellule: Cellule, ensemble: dict[str, Cellule], unite: str) -> Point:
    code, nom = cellule.at("classe"), _name(cellule)
    toutes = ensemble.get(code)
    compare = f"{nom} (toutes sorties{INSECABLE}: {write_value(toutes, unite)})" if toutes else nom
    return Point(code, compare, cellule.valeur, write_value(cellule, unite), base=cellule.base)


def _row(cellule: Cellule, ensemble: dict[str, Cellule], unite: str) -> dict[str, str]:
    toutes = ensemble.get(cellule.at("classe"))
    return {
        "Classe d’étape": _name(cellule),
        "Sorties positives": _with_ratio(cellule, unite),
        "Toutes les sorties": _with_ratio(toutes, unite) if toutes else "–",
    }


def _with_ratio(cellule: Cellule, unite: str) -> str:
    ratio = write_ratio(cellule)
    return f"{write_value(cellule, unite)} ({ratio})" if ratio else write_value(cellule, unite)


def _size_of(cellule: Cellule) -> str:
    if cellule.denominateur is None:
        return ""
    egal = "≈" if cellule.base else "="
    return f"n {egal} {phrases.count(cellule.denominateur, 'sortie positive', 'sorties positives')}"
