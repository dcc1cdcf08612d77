"""The workbook of an edition: « Lisez-moi », one sheet a section, decisions, definitions, every figure."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from xlsxwriter import Workbook

from reports.embleme import mention_of
from reports.notice import name_edition
from reports.xlsx.annexes import (
    LARGEURS_CHIFFRES,
    LARGEURS_DECISIONS,
    LARGEURS_DEFINITIONS,
    LARGEURS_LISEZ_MOI,
    write_decisions,
    write_definitions,
    write_figures,
    write_readme,
)
from reports.xlsx.feuille import POLICE, Classeur, Onglet
from reports.xlsx.sections import LARGEURS, widths_of, write_section
from seances.edition import Progres
from sections.contenu import Edition

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # Widths are counted in digits of this font: one that the reader's machine lacks would widen every column.
    "default_format_properties": {"font_name": POLICE, "font_size": 10},
}


def build(edition: Edition, logos: Sequence[tuple[str, bytes]] = (), progres: Progres | None = None) -> bytes:
    """The workbook as bytes. `logos`: name and picture of each funder; `progres` hears how far it is."""
    octets = io.BytesIO()
    livre = Workbook(octets, _OPTIONS)
    _set_properties(livre, edition)
    classeur = Classeur(livre)
    lisez_moi, *ecrites = _plan(classeur, edition)
    fini = 1 + len(ecrites)
    for rang, (feuille, ecrire) in enumerate(ecrites):
        if progres:
            progres(rang / fini, f"Feuille « {feuille.nom} »")
        ecrire(feuille)
        feuille.finish(*_margins(edition))
    feuille, _ = lisez_moi
    write_readme(feuille, edition, logos, [f.nom for f, _ in ecrites])
    feuille.finish(*_margins(edition))
    livre.close()
    if progres:
        progres(1.0, "Classeur écrit")
    return octets.getvalue()


def _plan(classeur: Classeur, edition: Edition) -> list[tuple[Onglet, Callable[[Onglet], None]]]:
    """Every sheet in its order, empty, with what will write it: « Lisez-moi » names them all, so it is written last."""
    plan: list[tuple[Onglet, Callable[[Onglet], None]]] = [
        (_open(classeur, "Lisez-moi", LARGEURS_LISEZ_MOI), lambda feuille: None)
    ]
    for section in edition.sections:
        feuille = _open(classeur, section.titre, widths_of(section), len(LARGEURS))
        plan.append((feuille, partial(write_section, section=section, edition=edition)))
    annexes = (
        ("Décisions", LARGEURS_DECISIONS, write_decisions),
        ("Définitions", LARGEURS_DEFINITIONS, write_definitions),
        ("Chiffres", LARGEURS_CHIFFRES, write_figures),
    )
    for nom, colonnes, ecrire in annexes:
        plan.append((_open(classeur, nom, colonnes), partial(ecrire, edition=edition)))
    return plan


def _open(classeur: Classeur, nom: str, largeurs: tuple[int, ...], texte_sur: int | None = None) -> Onglet:
    propre = classeur.name_sheet(nom)
    return Onglet(classeur, classeur.livre.add_worksheet(propre), propre, largeurs, texte_sur or len(largeurs))


def _margins(edition: Edition) -> tuple[str, str]:
    """Header and footer of every sheet."""
    mention = mention_of(edition.mention)
    return f"{edition.plie} – {edition.titre} – {name_edition(edition)}", mention.court


def _set_properties(livre: Workbook, edition: Edition) -> None:
    mention = mention_of(edition.mention)
    livre.set_properties(
        {
            "title": f"{edition.plie} – {edition.titre}",
            "subject": edition.perimetre,
            "author": edition.plie,
            "company": edition.plie,
            "category": "Dossier de séance",
            "keywords": mention.texte,
            "comments": name_edition(edition),
            # Two builds of the same edition are the same file.
            "created": (edition.publie_le or datetime(edition.au.year, edition.au.month, edition.au.day)).replace(
                tzinfo=None
            ),
        }
    )
    livre.set_size(2400, 1500)
