"""Situation of people when they leave an operation, on « Entrées et sorties »: drawn only where it is given."""

from charts.barres import barres
from charts.donnees import as_table, base_of, points_of
from components.cadre.chiffres import chiffre
from components.cadre.choix import Perimetre
from components.impression.graphiques import show_chart, write_n
from indicators.decoupages import find_decoupage
from indicators.horloges import by_clock

TITRE = "Situation à la sortie des opérations"


def show_immediate_results(perimetre: Perimetre) -> None:
    """Séjours ended in the period by situation, those that nobody recorded included."""
    resultat = chiffre("resultats_immediats", perimetre.filtres)
    if not any(c.valeur or c.base for c in resultat):
        return
    points = points_of(resultat, "situation", find_decoupage("situation").label)
    show_chart(
        barres(points, TITRE),
        TITRE,
        "resultats_immediats",
        as_table(points, "Situation", "Sorties d’opération"),
        effectif=write_n(points, "sortie d’opération", "sorties d’opération"),
        note=by_clock(
            perimetre.filtres, "une personne qui quitte deux opérations compte dans chacune", "résultats immédiats FSE"
        ),
        base=base_of(points),
    )
