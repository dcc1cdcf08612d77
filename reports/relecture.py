"""What an edition holds that the papers cannot print: told before it is published, when it can still be mended."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from reports.caracteres import MARQUE, map_texts
from reports.pdf.polices import list_missing
from reports.typographie import bind
from sections.contenu import Edition

_CITES = 8


def write_missing(edition: Edition) -> str:
    """A French sentence naming the letters that no font of the PDF draws and where they are; empty when all can be."""
    vus: set[str] = set()
    lieux = []
    for lieu, textes in _list_places(edition):
        manquants = [lettre for lettre in list_missing("\n".join(textes)) if lettre not in vus]
        vus.update(manquants)
        if manquants:
            suite = "…" if len(manquants) > _CITES else ""
            lieux.append(f"{lieu} ({', '.join(map(_name, manquants[:_CITES]))}{suite})")
    if not lieux:
        return ""
    conseil = "Remplacez-les avant de publier, ou publiez ainsi. " if edition.numero is None else ""
    return bind(
        f"Des caractères ne s’impriment pas : {' ; '.join(lieux)}. Le PDF et la note écrivent « {MARQUE} » à leur "
        f"place, car aucune de leurs polices ne les dessine. {conseil}[PAP-004]"
    )


def _list_places(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    """Where the team writes, place after place; then all the rest, labels of the data included."""
    yield "le mot de l’équipe", [edition.commentaire]
    for section in edition.sections:
        yield f"le commentaire de « {section.titre} »", [section.commentaire]
        yield f"les points à décider de « {section.titre} »", list(section.points_de_decision)
    yield "les décisions précédentes", _list_texts(edition.suivis)
    yield "les libellés des données", _list_texts(replace(edition, figures=()))


def _list_texts(valeur: object) -> list[str]:
    textes: list[str] = []
    map_texts(valeur, lambda texte: textes.append(texte) or texte)  # type: ignore[func-returns-value]
    return textes


def _name(lettre: str) -> str:
    """« 中 »; the number of a letter that no machine draws."""
    nature = unicodedata.category(lettre[0])
    return f"U+{ord(lettre[0]):04X}" if nature in ("Co", "Cn") or nature[0] == "M" else lettre
