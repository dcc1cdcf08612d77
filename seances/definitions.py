"""The definitions that an edition carries, as the catalogue gives them on that day."""

from collections.abc import Collection

from indicators.catalogue import CATALOGUE
from indicators.catalogue.references import keep_sources
from indicators.declaration import Indicateur
from indicators.documentation import describe_source
from sections.contenu import Definition


def define_all(codes: Collection[str], code_plie: str) -> tuple[Definition, ...]:
    """Definitions of those figures, in the order of the catalogue, with what the texts of that PLIE say."""
    return tuple(define(indicateur, code_plie) for code, indicateur in CATALOGUE.items() if code in codes)


def define(indicateur: Indicateur, code_plie: str) -> Definition:
    """One definition, with the sources of that PLIE and the national ones."""
    return Definition(
        code=indicateur.code,
        libelle=indicateur.libelle,
        texte=indicateur.definition,
        unite=str(indicateur.unite),
        sources=tuple(map(describe_source, keep_sources(indicateur.sources, code_plie))),
        reserves=indicateur.reserves,
    )
