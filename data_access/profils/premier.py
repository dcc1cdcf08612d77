"""The first load of a PLIE: its export quotes lists (référents, opérations, types of étape) that nobody has given yet.

A row that quotes an unknown référent is rejected. Rather than reject everything, what quotes such a list is left
aside, and said: once the lists are loaded, the same export is matched again.
"""

from dataclasses import replace

from data_access.format import feuille
from data_access.profils.profil import Cible, Profil


def set_unlisted_aside(profil: Profil) -> tuple[Profil, tuple[str, ...]]:
    """The profile of a PLIE of which nothing is stored, without what could not load; « Feuille.colonne » left aside."""
    laisses: dict[str, None] = {}
    while True:
        donnees = {cible.feuille for _, cible in profil.targets()}
        avant = profil
        profil = _map(profil, donnees, laisses)
        if profil == avant:
            return profil, tuple(laisses)


def _map(profil: Profil, donnees: set[str], laisses: dict[str, None]) -> Profil:
    sources = []
    for source in profil.feuilles:
        cibles = [_keep(cible, donnees, laisses) for cible in source.cibles]
        gardees = tuple(cible for cible in cibles if cible is not None)
        if gardees:
            sources.append(replace(source, cibles=gardees))
    return replace(profil, feuilles=tuple(sources))


def _keep(cible: Cible, donnees: set[str], laisses: dict[str, None]) -> Cible | None:
    """The target without the columns that quote a missing list; None when one of them is required."""
    origine = feuille(cible.feuille)
    for reference in origine.references:
        if reference.feuille in donnees:
            continue
        colonne = reference.colonnes[0]
        if origine.colonne(colonne).obligatoire:
            laisses[cible.feuille] = None
            return None
        if colonne in cible.colonnes:
            laisses[f"{cible.feuille}.{colonne}"] = None
            cible = replace(cible, colonnes={nom: r for nom, r in cible.colonnes.items() if nom != colonne})
    return cible
