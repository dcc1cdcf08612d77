"""The definitions that an edition carries, as the catalogue gives them on that day."""

from collections.abc import Collection

from indicators.catalogue import CATALOGUE
from indicators.declaration import Indicateur
from indicators.editions.contenu import Definition


def define_all(codes: Collection[str]) -> tuple[Definition, ...]:
    """Definitions of those figures, in the order of the catalogue."""
    return tuple(define(indicateur) for code, indicateur in CATALOGUE.items() if code in codes)


def define(indicateur: Indicateur) -> Definition:
    """One definition."""
    return Definition(
        code=indicateur.code,
        libelle=indicateur.libelle,
        texte=indicateur.definition,
        unite=str(indicateur.unite),
        sources=tuple(f"{source.document}, {source.reperes}" for source in indicateur.sources),
        reserves=indicateur.reserves,
    )
