"""Parts of the page « Synthèse »."""

from dataclasses import dataclass

import streamlit as st

from charts.cascade import cascade
from charts.donnees import Point, as_table
from charts.puces import puces
from components.cadre.chiffres import chiffre, chiffre_la_veille, chiffre_un_an_avant
from components.cadre.choix import Perimetre
from components.impression.cibles import OBJECTIFS_FERMES, find_cible, keep_latest, make_puces, why_no_targets
from components.impression.graphiques import show_chart, show_missing
from components.messages.etats import show_empty
from components.messages.texte import print_list
from indicators.horloges import departures, name_clock
from indicators.nombres import write_date, write_short_date, write_value
from indicators.objectifs import ObjectifEvalue
from indicators.perimetre import Filtres
from indicators.phrases import chiffres as phrases
from indicators.phrases import objectifs as phrases_des_objectifs
from indicators.phrases import sorties as phrases_des_sorties
from indicators.resultats import Etat, ResultatPublie
from indicators.statuts import of_protocol, write_elapsed


@dataclass(frozen=True)
class Figures:
    """The published figures from which the sentences and the flow are written."""

    veille: ResultatPublie
    entrees: ResultatPublie
    sorties: ResultatPublie
    departs: ResultatPublie
    file_active: ResultatPublie
    un_an_avant: ResultatPublie
    taux: ResultatPublie
    taux_hors_neutres: ResultatPublie
    non_documentees: ResultatPublie
    hors_regles: ResultatPublie
    par_categorie: ResultatPublie
    part_femmes: ResultatPublie


def read_figures(perimetre: Perimetre) -> Figures:
    """Asks for every figure that the sentences need."""
    filtres: Filtres = perimetre.filtres
    return Figures(
        veille=chiffre_la_veille("file_active", filtres),
        entrees=chiffre("entrees", filtres),
        sorties=chiffre("sorties", filtres),
        departs=chiffre(departures(filtres), filtres),
        file_active=chiffre("file_active", filtres),
        un_an_avant=chiffre_un_an_avant("file_active", filtres),
        taux=chiffre("taux_sorties_positives", filtres),
        taux_hors_neutres=chiffre("taux_sorties_positives_hors_neutres", filtres),
        non_documentees=chiffre("sorties_non_documentees", filtres),
        hors_regles=chiffre("sorties_hors_regles", filtres.split_by("plie")),
        par_categorie=chiffre("sorties", filtres.split_by("categorie")),
        part_femmes=chiffre("part_femmes", filtres),
    )


def write_a_retenir(perimetre: Perimetre, figures: Figures, evalues: list[ObjectifEvalue]) -> tuple[str, ...]:
    """The sentences that the figures allow."""
    cible = find_cible(perimetre, of_protocol(evalues), "taux_sorties_positives")
    return phrases.keep(
        (
            phrases.say_file_active(figures.file_active, figures.un_an_avant),
            phrases_des_sorties.say_positive_exits(
                figures.taux,
                figures.taux_hors_neutres,
                cible.objectif if cible else None,
                partiel=any(c.valeur for c in figures.hors_regles),
            ),
            phrases_des_sorties.say_outside_rules(figures.hors_regles) if figures.taux.valeur is not None else None,
            phrases_des_sorties.say_to_confirm(figures.par_categorie),
            phrases_des_sorties.say_undocumented(
                figures.non_documentees, figures.sorties, figures.taux, figures.hors_regles
            ),
            phrases.say_parity(figures.part_femmes),
            phrases_des_objectifs.say_targets(evalues),
        )
    )


def show_a_retenir(ecrites: tuple[str, ...]) -> None:
    """The sentences, one a line."""
    st.subheader("À retenir", anchor=False)
    if not ecrites:
        show_empty("Aucun chiffre de ce périmètre ne permet d’écrire une phrase.")
    print_list(ecrites)


def show_flow(perimetre: Perimetre, figures: Figures) -> None:
    """The flow identity, as a sum and as a waterfall; in words where it does not hold."""
    nom = name_clock("file_active", "File active", perimetre.filtres)
    identite = phrases.write_identity(figures.veille, figures.entrees, figures.departs, figures.file_active)
    if identite is None:
        show_missing(nom, _why_no_identity(figures))
        return
    veille, fin = figures.veille.filtres.periode.au, perimetre.periode.au
    points = (
        _step(figures.veille, f"Au {write_short_date(veille)}"),
        _step(figures.entrees, "Entrées"),
        _step(figures.departs, "Sorties"),
        _step(figures.file_active, f"Au {write_short_date(fin)}"),
    )
    show_chart(
        cascade(*points, sujet=f"{nom} : {identite}"),
        f"{nom} : {identite}",
        "flux",
        as_table(points, "Étape du calcul", "Parcours"),
        note=f"du {write_date(veille)} au {write_date(fin)} : {phrases.say_sum(perimetre.filtres)}",
        base=max(p.base for p in points),
    )


def show_protocol(perimetre: Perimetre, protocole: list[ObjectifEvalue]) -> None:
    """Protocol targets, with the share of their time that has elapsed."""
    titre = "Objectifs du protocole"
    toutes = make_puces(protocole, perimetre)
    lignes = keep_latest(toutes)
    if perimetre.filtres.operation is not None or not lignes:
        show_missing(titre, _why_no_protocol(perimetre))
        return
    show_chart(
        puces(lignes, titre),
        titre,
        "protocole",
        as_table(tuple(Point(p.code, p.libelle, p.part, p.texte) for p in toutes), "Objectif", "Où en est-on"),
        effectif=f"n = {phrases.count(len(toutes), 'objectif')}",
        note=f"{write_elapsed(protocole)} ; le trait noir marque l’attendu à ce jour"
        + (f" ; les {len(lignes)} moins avancés, tous dans le tableau" if len(lignes) < len(toutes) else ""),
    )


def _step(resultat: ResultatPublie, nom: str) -> Point:
    return Point(nom, nom, resultat.valeur, write_value(resultat.cellule, resultat.unite), base=resultat.base)


def _why_no_identity(figures: Figures) -> str:
    nombres = (figures.veille, figures.entrees, figures.departs, figures.file_active)
    if any(resultat.cellule.etat is Etat.MOINS_DE_5 for resultat in nombres):
        return "Un des quatre nombres de la somme est trop petit pour être montré : lisez-les sur les cartes, arrondis."
    return "La somme « veille + entrées − sorties » ne se vérifie pas ici : signalez-le à l’animation. [FLU-001]"


def _why_no_protocol(perimetre: Perimetre) -> str:
    if raison := why_no_targets(perimetre):
        return raison
    if perimetre.partiel:
        return OBJECTIFS_FERMES
    if perimetre.filtres.operation is not None:
        return "Une opération est choisie : revenez à toutes les opérations pour voir le protocole."
    return "Aucun objectif chiffré du protocole n’a de donnée. Ceux des opérations restent comptés plus haut."
