"""What the speaker reads under a slide: perimeter, numbers in words, definitions as they were, sources."""

from collections.abc import Iterable

from indicators.nombres import write_date
from reports.notice import INVENTEES
from sections.contenu import Definition, Edition, Image


def write_notes_of(edition: Edition, codes: Iterable[str], *morceaux: str) -> str:
    """The given pieces, then the perimeter and the definitions of these indicators."""
    definitions = [d for d in edition.definitions if d.code in set(codes)]
    parties = [*morceaux, write_source(edition)]
    if definitions:
        parties.append("DÉFINITIONS\n" + "\n\n".join(write_definition(d) for d in definitions))
    return "\n\n".join(p for p in parties if p)


def write_source(edition: Edition) -> str:
    """Perimeter, date and version of the data."""
    inventees = f"\n{INVENTEES}" if edition.inventees else ""
    return (
        f"PÉRIMÈTRE\n{edition.perimetre}\nDonnées au {write_date(edition.date_donnees)}, version {edition.version}."
        f"{inventees}"
    )


def write_definition(definition: Definition) -> str:
    """A definition with its unit, its sources and what the texts leave open."""
    reserves = "".join(f"\nRéserve : {reserve}" for reserve in definition.reserves)
    sources = f"\nSources : {' ; '.join(definition.sources)}" if definition.sources else ""
    return f"{definition.libelle} ({definition.unite})\n{definition.texte}{reserves}{sources}"


def write_table(image: Image) -> str:
    """The numbers of an image in words, names whole."""
    lignes = [f"NOMBRES : {image.sujet}"]
    for rang, categorie in enumerate(image.categories):
        if len(image.series) == 1:
            lignes.append(f"{categorie} : {image.series[0].textes[rang]}")
        else:
            lignes.append(f"{categorie} : " + " ; ".join(f"{s.nom} {s.textes[rang]}" for s in image.series))
    if image.repere is not None:
        lignes.append(f"Repère : {image.nom_du_repere}")
    return "\n".join(lignes + [t for t in (image.effectif, image.remarque) if t])
