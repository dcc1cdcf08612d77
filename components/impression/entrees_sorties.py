"""Parts of the page « Entrées et sorties »: the cards, the rates, exits by category, by nature and by type."""

from dataclasses import dataclass, replace

import pandas as pd

from charts.barres import barres
from charts.donnees import Point, as_table, base_of, points_of, sort_points
from components.cadre.chiffres import chiffre, chiffre_un_an_avant, short_name
from components.cadre.choix import Perimetre
from components.impression.cartes import Carte, carte_of, make_carte, show_cartes
from components.impression.cibles import find_cible, objectifs_of
from components.impression.graphiques import is_hidden, show_chart, show_missing, write_absence, write_n
from components.impression.modes import single_step_cards
from components.impression.nomenclature import is_named, join_notes, keep_readable, merge_by_name, name_part, quote
from components.impression.operation import flow_cards
from data_access.tables import NON_RENSEIGNE
from indicators.decoupages import find_decoupage
from indicators.horloges import by_clock, departures, name_clock
from indicators.nombres import ENVIRON, write_integer, write_ratio, write_value
from indicators.phrases import chiffres as phrases
from indicators.phrases import sorties as phrases_des_sorties
from indicators.resultats import Cellule, Etat, ResultatPublie
from indicators.statuts import of_protocol, write_objectif

TOUTES, HORS_NEUTRES = "taux_sorties_positives", "taux_sorties_positives_hors_neutres"
NON_DOCUMENTEE = "non_documentee"
SANS_REGLE = "Aucune règle de sortie n’était en vigueur ces jours-là."
SANS_TYPE = "Sans type de sortie"
POURQUOI = "Pourquoi des sorties ne sont pas documentées"
AUCUNE_SORTIE = "Aucune sortie sur la période. Élargissez la période ou le périmètre dans le menu de gauche."


@dataclass(frozen=True)
class Figures:
    """The published figures that the sentence, the cards and the charts share."""

    entrees: ResultatPublie
    sorties: ResultatPublie
    toutes: ResultatPublie
    hors_neutres: ResultatPublie
    par_type: ResultatPublie

    @property
    def partiel(self) -> bool:
        """True when some exits are left out of both rates."""
        return self.toutes.cellule.denominateur != self.sorties.valeur

    @property
    def effectif(self) -> str:
        """« n = 163 sorties »; nothing where the number has no value."""
        de = by_clock(self.sorties.filtres, "", " du PLIE")
        return phrases.write_size(self.sorties, f"sortie{de}", f"sorties{de}")


def read_figures(perimetre: Perimetre) -> Figures:
    """Asks for every figure that several parts need."""
    filtres = perimetre.filtres
    return Figures(
        entrees=chiffre("entrees", filtres),
        sorties=chiffre("sorties", filtres),
        toutes=chiffre(TOUTES, filtres),
        hors_neutres=chiffre(HORS_NEUTRES, filtres),
        par_type=chiffre("sorties", filtres.split_by("plie", "categorie", "nature", "type_sortie")),
    )


def write_a_retenir(perimetre: Perimetre, figures: Figures) -> tuple[str, ...]:
    """The sentences, if every figure that they need has a value."""
    hors = (
        phrases_des_sorties.say_outside_rules(_outside_rules(perimetre)) if figures.toutes.valeur is not None else None
    )
    return phrases.keep(
        (
            phrases_des_sorties.say_entries_and_exits(
                figures.entrees, figures.sorties, figures.toutes, figures.hors_neutres
            ),
            hors,
        )
    )


def show_figures(perimetre: Perimetre, figures: Figures) -> None:
    """The cards."""
    filtres = perimetre.filtres
    entrees, sorties = flow_cards(filtres)
    show_cartes(
        (
            entrees,
            *single_step_cards("entrees", filtres, "Entrées, étapes seules", "jamais ajoutées aux entrées"),
            sorties,
            *single_step_cards(departures(filtres), filtres, "Sorties, étapes seules", "jamais ajoutées aux sorties"),
            rate_card(perimetre, figures.toutes, "Sorties positives, toutes sorties", "sorties"),
            rate_card(perimetre, figures.hors_neutres, "Sorties positives, hors neutres", "sorties non neutres"),
            make_carte("sorties_non_documentees", filtres, "Sorties non documentées", write_why(figures)),
            _in_time_card(perimetre),
            make_carte("en_attente_de_validation", filtres, "En attente de validation", "solution trouvée, pas sortis"),
            make_carte("duree_parcours_mediane", filtres, "Durée médiane des parcours", _mean_duration(perimetre)),
        ),
        (_still_employed_card(perimetre), _fse_in_time_card(perimetre)),
    )


def rate_card(perimetre: Perimetre, taux: ResultatPublie, titre: str, de_quoi: str) -> Carte:
    """A rate with its « x sur y » in words, and the protocol's target on it."""
    cible = find_cible(perimetre, of_protocol(objectifs_of(perimetre)), taux.indicateur)
    de_quoi = by_clock(perimetre.filtres, de_quoi, f"{de_quoi} du PLIE")
    carte = carte_of(
        taux,
        chiffre_un_an_avant(taux.indicateur, taux.filtres),
        name_clock(taux.indicateur, titre, perimetre.filtres),
        cible=f"Objectif du protocole : {write_objectif(cible, cible.objectif)}" if cible else "",
    )
    ratio = write_ratio(taux.cellule, de_quoi)
    if not ratio:
        inconnu = taux.cellule.etat is Etat.NON_DOCUMENTE
        return replace(carte, precision=SANS_REGLE) if inconnu else carte
    hors = phrases_des_sorties.write_outside_rules(_outside_rules(perimetre))
    return replace(carte, precision=f"{ratio}, hors {hors} sans règle ce jour-là" if hors else ratio)


def _outside_rules(perimetre: Perimetre) -> ResultatPublie:
    return chiffre("sorties_hors_regles", perimetre.filtres.split_by("plie"))


def write_why(figures: Figures) -> str:
    """« 7 sans type, 3 d’un type sans règle »."""
    sans_regle, sans_type = 0.0, 0.0
    for cellule in _of_category(figures, NON_DOCUMENTEE):
        if cellule.valeur is None:
            return ""
        if cellule.at("type_sortie") == NON_RENSEIGNE:
            sans_type += cellule.valeur
        else:
            sans_regle += cellule.valeur
    parties = ((sans_type, "sans type de sortie"), (sans_regle, "d’un type sans règle"))
    environ = ENVIRON if figures.par_type.base else ""
    return ", ".join(f"{environ}{write_integer(n)} {mots}" for n, mots in parties if n)


def _in_time_card(perimetre: Perimetre) -> Carte:
    a_temps = chiffre("sorties_saisies_a_temps", perimetre.filtres)
    ratio = write_ratio(a_temps.cellule, "sorties dont le mois est écoulé")
    return make_carte("sorties_saisies_a_temps", perimetre.filtres, "Saisies dans le mois", ratio)


def _fse_in_time_card(perimetre: Perimetre) -> Carte:
    code = "sorties_operation_saisies_a_temps"
    ratio = write_ratio(chiffre(code, perimetre.filtres).cellule, "sorties d’opération dont le mois est écoulé")
    return make_carte(code, perimetre.filtres, "Sorties d’opération saisies dans le mois", ratio)


def _still_employed_card(perimetre: Perimetre) -> Carte:
    maintien = chiffre("maintien_a_6_mois", perimetre.filtres)
    ratio = write_ratio(maintien.cellule, "sorties vers l’emploi dont la suite est connue")
    return make_carte("maintien_a_6_mois", perimetre.filtres, "Toujours en emploi à 6 mois", ratio)


def _mean_duration(perimetre: Perimetre) -> str:
    moyenne = chiffre("duree_parcours_moyenne", perimetre.filtres)
    return f"moyenne : {write_value(moyenne.cellule, moyenne.unite)}" if moyenne.valeur is not None else ""


def show_rates(figures: Figures) -> None:
    """Both rates, each with what it divides."""
    titre = f"Deux façons de mesurer les sorties positives{by_clock(figures.sorties.filtres, '', ' du PLIE')}"
    if figures.toutes.cellule.etat is Etat.NON_DOCUMENTE:
        show_missing(titre, "Les deux taux sont non documentés : aucune règle de sortie n’était en vigueur.")
        return
    points = (
        _rate(figures.toutes, "Des sorties jugées par une règle" if figures.partiel else "De toutes les sorties"),
        _rate(figures.hors_neutres, "Des sorties hors neutres"),
    )
    if is_hidden(points):
        show_missing(titre, AUCUNE_SORTIE if figures.sorties.valeur == 0 else write_absence(points, AUCUNE_SORTIE))
        return
    show_chart(
        barres(points, titre),
        titre,
        "taux",
        as_table(points, "Taux", "Valeur"),
        effectif=figures.effectif,
        note="neutres : celles que la règle du PLIE classe « autres »",
        base=base_of(points),
    )


def _rate(taux: ResultatPublie, nom: str) -> Point:
    # What it divides stands in the name, not beside the bar: a telephone shows it whole.
    ratio = write_ratio(taux.cellule, "")
    nom = f"{nom} : {ratio}" if ratio else nom
    return Point(taux.indicateur, nom, taux.valeur, write_value(taux.cellule, taux.unite), base=taux.base)


def show_by_category(perimetre: Perimetre, figures: Figures) -> str | None:
    """Exits by category; returns the category that was clicked."""
    titre = by_clock(perimetre.filtres, "Sorties par catégorie", "Sorties du PLIE par catégorie")
    resultat = chiffre("sorties", perimetre.filtres.split_by("categorie"))
    points = points_of(resultat, "categorie", find_decoupage("categorie").label)
    if is_hidden(points):
        show_missing(titre, write_absence(points, AUCUNE_SORTIE))
        return None
    choisie = show_chart(
        barres(points, titre, cliquable=True),
        titre,
        "categorie",
        as_table(points, "Catégorie", "Sorties"),
        effectif=figures.effectif,
        note="cliquez sur une barre pour voir ses types plus bas",
        base=base_of(points),
        cliquable=True,
    )
    return choisie if choisie in {p.code for p in points} else None


def show_by_nature(perimetre: Perimetre) -> None:
    """What positive exits lead to."""
    titre = by_clock(perimetre.filtres, "Sorties positives par nature", "Sorties positives du PLIE par nature")
    resultat = chiffre("sorties_positives", perimetre.filtres.split_by("nature"))
    if not resultat.regles:
        show_missing(titre, "Non documenté : aucune règle de sortie n’était en vigueur.")
        return
    points = points_of(resultat, "nature", find_decoupage("nature").label)
    if is_hidden(points):
        vide = "Aucune sortie positive sur la période. Élargissez la période ou le périmètre."
        show_missing(titre, write_absence(points, vide))
        return
    show_chart(
        barres(points, titre),
        titre,
        "nature",
        as_table(points, "Nature", "Sorties positives"),
        effectif=write_n(points, "sortie positive", "sorties positives"),
        base=base_of(points),
    )


def show_by_type(perimetre: Perimetre, figures: Figures, categorie: str | None) -> None:
    """Exits by type, of the category chosen or of all; the table keeps every type with its category."""
    types = by_clock(perimetre.filtres, "Types de sortie", "Types de sortie du PLIE")
    titre = f"{types} de la catégorie {quote(_category(categorie))}" if categorie else types
    cellules = _of_category(figures, categorie)
    points = sort_points(merge_by_name(figures.par_type, name_type, cellules))
    if is_hidden(points):
        show_missing(titre, write_absence(points, AUCUNE_SORTIE))
        return
    if all(c.at("categorie") == NON_DOCUMENTEE for c in figures.par_type):
        show_missing(titre, f"Aucune sortie n’a de catégorie : leurs types sont sous {quote(POURQUOI)}.")
        return
    montres, reste = keep_readable(points, figures.par_type.unite, "types")
    conseil = "" if categorie else "cliquez sur une catégorie pour n’en garder que les types"
    show_chart(
        barres(montres, titre),
        titre,
        "type",
        table_of_types(perimetre, figures, cellules),
        effectif=write_n(points, "sortie") if categorie else figures.effectif,
        note=join_notes(reste, conseil),
        base=base_of(points),
    )


def name_type(cellule: Cellule) -> str:
    """The type as the rule of its PLIE calls it; what it lacks is said."""
    nom = name_part(cellule, "type_sortie", SANS_TYPE)
    if cellule.at("categorie") != NON_DOCUMENTEE or nom == SANS_TYPE:
        return nom
    return f"{nom} (pas de règle ce jour-là)" if is_named(cellule, "type_sortie") else f"{nom} (aucune règle)"


def table_of_types(perimetre: Perimetre, figures: Figures, cellules: tuple[Cellule, ...]) -> pd.DataFrame:
    """One line a type of a PLIE: category, nature, type, exits; the PLIE is named where there are several."""
    plusieurs = len(perimetre.codes) > 1
    noms = {p.code_plie: short_name(p.nom) for p in perimetre.plie}
    lignes = [
        ({"PLIE": noms[c.at("plie")]} if plusieurs else {})
        | {
            "Catégorie": _category(c.at("categorie")),
            "Nature": _nature(c),
            "Type de sortie": name_type(c),
            "Sorties": write_value(c, figures.par_type.unite),
        }
        for c in cellules
    ]
    return pd.DataFrame(lignes)


def show_undocumented(figures: Figures) -> None:
    """Why exits have no category."""
    titre = POURQUOI
    cellules = _of_category(figures, NON_DOCUMENTEE)
    points = sort_points(merge_by_name(figures.par_type, name_type, cellules))
    if is_hidden(points):
        show_missing(titre, write_absence(points, "Toutes les sorties de la période ont une catégorie."))
        return
    montres, reste = keep_readable(points, figures.par_type.unite, "raisons")
    show_chart(
        barres(montres, titre),
        titre,
        "non_documentees",
        as_table(points, "Raison", "Sorties"),
        effectif=_n_of_all(points, figures.sorties),
        note=join_notes("sans type, ou d’un type sans règle ce jour-là", reste),
        base=base_of(points),
    )


def _n_of_all(points: tuple[Point, ...], sorties: ResultatPublie) -> str:
    """« n = 10 sorties sur 163 »."""
    effectif = write_n(points, "sortie")
    return f"{effectif} sur {write_integer(sorties.valeur)}" if effectif and sorties.valeur is not None else effectif


def _of_category(figures: Figures, categorie: str | None) -> tuple[Cellule, ...]:
    return tuple(c for c in figures.par_type if categorie in (None, c.at("categorie")))


def _category(code: str) -> str:
    return find_decoupage("categorie").label(code)


def _nature(cellule: Cellule) -> str:
    if cellule.at("categorie") != "positive":
        return "–"
    return find_decoupage("nature").label(cellule.at("nature"))
