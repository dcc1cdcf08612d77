"""What the committee's screens ask for, as questions to `publier`."""

from collections.abc import Iterator
from itertools import combinations

from indicators.catalogue import CATALOGUE
from indicators.masquage.sens import EN_PAIRES
from indicators.perimetre import Filtres

_SANS_PAIRE = ("plie", "operation", "mois", "referent", "mode", "seuil")
_PUBLICS = ("sexe", "age", "rsa", "minima_sociaux", "deld", "qpv", "handicap", "diplome")
_SIMPLES = {
    "file_active": ("sexe", "mode", "mois", "referent"),
    "file_active_par_referent": ("referent",),
    "entrees": ("sexe", "mode", "mois"),
    "sorties": ("sexe", "mode", "mois", "categorie", "nature", "type_sortie"),
    "sorties_positives": ("sexe", "nature"),
    "participants_accompagnes": (*_PUBLICS, "mode"),
    "part_femmes": ("mode",),
    "etapes": ("sexe", "mode", "classe", "type_etape"),
    "etapes_participants": ("classe", "type_etape"),
    "etapes_commencees": ("mois",),
}
"""By what the screens of the committee split each figure, besides the place and the operation."""
_CROISES = {
    "participants_accompagnes": (("sexe", "age"),),
    "sorties": (("categorie", "nature"), ("categorie", "nature", "type_sortie")),
    "etapes": (("classe", "type_etape"), ("classe", "sexe")),
    "etapes_participants": (("classe", "type_etape"),),
}


def ask_screens(filtres: Filtres, lieux: tuple[str, ...]) -> Iterator[tuple[str, Filtres]]:
    """Every figure, by what the screens split it by; by place too, where a place can still be chosen."""
    for code, indicateur in CATALOGUE.items():
        simples = [(), *((d,) for d in _SIMPLES.get(code, ()))]
        # The months of a place are all masked (tests/attaques): asking for them would only swell the problem.
        ici = [par for par in simples if par != ("mois",)]
        voulus = [*simples, *_CROISES.get(code, ()), *((lieu, *par) for lieu in lieux for par in ici)]
        for par in voulus:
            if set(par) <= set(indicateur.decoupages):
                yield code, filtres.split_by(*par)


def ask_catalogue(filtres: Filtres) -> Iterator[tuple[str, Filtres]]:
    """Every split of every figure, and every pair of splits of the counts."""
    for code, indicateur in CATALOGUE.items():
        for d in indicateur.decoupages:
            yield code, filtres.split_by(d)
        if code in EN_PAIRES:
            for paire in combinations([d for d in indicateur.decoupages if d not in _SANS_PAIRE], 2):
                yield code, filtres.split_by(*paire)
