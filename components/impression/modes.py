"""Parcours of mode « étape seule »: shown beside a figure and never added to it."""

from dataclasses import replace

from components.cadre.chiffres import chiffre, chiffre_un_an_avant
from components.impression.cartes import Carte, carte_of
from indicators.comparable import is_comparable
from indicators.perimetre import Filtres
from indicators.resultats import Cellule, Etat, ResultatPublie

ETAPE_SEULE = "etape_seule"


def single_step_cards(code: str, filtres: Filtres, titre: str, hors: str) -> tuple[Carte, ...]:
    """The card of the figure for single étapes; none where there is none. `hors` names what they stay out of."""
    par_mode = filtres.split_by("mode")
    actuel, avant = single_steps(chiffre(code, par_mode)), single_steps(chiffre_un_an_avant(code, par_mode))
    if not actuel.valeur and not avant.valeur:
        return ()
    return (carte_of(actuel, avant, titre, "comptées dans l’opération" if filtres.operation else hors),)


def single_steps(resultat: ResultatPublie) -> ResultatPublie:
    """The only cell of mode « étape seule » of a figure split by `mode`, a true 0 where it has none."""
    if not is_comparable(resultat):
        return resultat
    seules = tuple(replace(c, par=()) for c in resultat if dict(c.par).get("mode") == ETAPE_SEULE)
    return replace(resultat, cellules=seules or (Cellule((), Etat.EXACT, 0.0, 0.0),))
