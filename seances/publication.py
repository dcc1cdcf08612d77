"""Publishing an edition and opening it again: numbered, frozen, checked against its fingerprint."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from data_access.base.versions import current_version
from data_access.journal.acces import Action, record
from data_access.refus import Refus
from data_access.seances.decisions import ETATS, list_open_decisions
from data_access.seances.documents import LOGO, MODELE, list_documents
from data_access.seances.editions import (
    AUTEUR_DES_COMMANDES,
    EditionGardee,
    hold_editions,
    insert_edition,
    list_editions,
    next_number,
)
from data_access.seances.editions import read_edition as read_stored
from data_access.seances.publications import last_publications, publish
from indicators.catalogue import CATALOGUE
from seances.definitions import define
from seances.gel import fingerprint, freeze, thaw
from sections.contenu import Definition, Edition, Suivi

__all__ = ["AUTEUR_DES_COMMANDES", "EditionGardee", "Refus", "list_editions"]

EN_MEME_TEMPS = timedelta(minutes=10)
"""The same edition published twice within this time was meant once; later, it is for another meeting."""


@dataclass(frozen=True)
class EditionRouverte:
    """An edition as it was. `integre`: its content still has its fingerprint. `definitions_changees`:
    figures that are not defined today as they were then."""

    edition: Edition
    gardee: EditionGardee
    integre: bool
    definitions_changees: tuple[str, ...]


def publish_edition(base: sa.Connection, edition: Edition, auteur: str, role: str) -> Edition:
    """Freeze the edition under the next number of its PLIE; the committee's one also publishes its date.

    In the caller's transaction. When the last edition says the same and is minutes old (two people have published at
    once), it is that one, as it is. Raises Refus when the data have changed since it was composed.
    """
    hold_editions(base)
    if current_version(base) != edition.version:
        raise Refus(
            "L’édition n’est pas publiée : un chargement a changé les données depuis qu’elle a été composée. "
            "Rien n’est perdu. Relisez les chiffres, puis publiez de nouveau.",
            "EDI-005",
        )
    if (deja := _find_same(base, edition)) is not None:
        return deja
    numero, maintenant = next_number(base, edition.code_plie), datetime.now(UTC)
    publiee = edition.published(numero, maintenant, auteur)
    contenu = freeze(publiee)
    gardee = EditionGardee(
        id=0,
        code_plie=edition.code_plie,
        numero=numero,
        instance=edition.instance,
        du=edition.du,
        au=edition.au,
        version=edition.version,
        empreinte=fingerprint(contenu),
        publie_le=maintenant,
        publie_par=auteur,
    )
    cle = insert_edition(base, gardee, contenu)
    record(base, auteur, role, Action.EDITION, (edition.code_plie,), f"edition:{numero} date:{edition.au}")
    if edition.audience == "comite":
        publish(base, edition.code_plie, edition.au, edition.version, auteur, edition_id=cle)
    return publiee


def _find_same(base: sa.Connection, edition: Edition) -> Edition | None:
    """The edition that this PLIE has just published, if it is this one and, for the committee, what it reads."""
    derniere = next(iter(list_editions(base, edition.code_plie)), None)
    if derniere is None or datetime.now(UTC) - derniere.publie_le > EN_MEME_TEMPS:
        return None
    meme = edition.published(derniere.numero, derniere.publie_le, derniere.publie_par)
    if fingerprint(freeze(meme)) != derniere.empreinte:
        return None
    if edition.audience != "comite":
        return meme
    en_vigueur = last_publications(base).get(edition.code_plie)
    return meme if en_vigueur is not None and en_vigueur.edition == derniere.id else None


def open_edition(base: sa.Connection, code_plie: str, numero: int) -> EditionRouverte:
    """The edition as it was published. Raises Refus."""
    gardee, contenu = read_stored(base, code_plie, numero)
    edition = thaw(contenu)
    integre = fingerprint(contenu) == gardee.empreinte
    return EditionRouverte(edition, gardee, integre, changed_definitions(edition.definitions))


def changed_definitions(anciennes: tuple[Definition, ...]) -> tuple[str, ...]:
    """Labels of the figures whose definition is not what it was, or that exist no more. Which texts are quoted for it
    changes nothing to what is counted."""
    return tuple(
        d.libelle
        for d in anciennes
        if d.code not in CATALOGUE or replace(define(CATALOGUE[d.code], ""), sources=()) != replace(d, sources=())
    )


def read_followups(base: sa.Connection, code_plie: str) -> tuple[Suivi, ...]:
    """Decisions of earlier meetings that the next one must hear of."""
    return tuple(
        Suivi(d.edition, d.texte, d.porteur, d.echeance, ETATS[d.etat], d.suivi)
        for d in list_open_decisions(base, code_plie)
    )


def read_logos(base: sa.Connection, code_plie: str) -> tuple[tuple[str, bytes], ...]:
    """Name and content of each funder's logo that the PLIE has given."""
    return tuple((d.nom, d.contenu) for d in list_documents(base, code_plie, LOGO))


def read_template(base: sa.Connection, code_plie: str) -> bytes | None:
    """The PLIE's own pptx template; None when it gave none."""
    return next((d.contenu for d in list_documents(base, code_plie, MODELE)), None)
