"""Publishing an edition and opening it again: numbered, frozen, checked against its fingerprint, with its papers."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from data_access.base.moteur import Base, current_version, open_base
from data_access.historique.comite import publish
from data_access.journal.acces import Action, record
from data_access.refus import Refus
from data_access.seances.editions import (
    AUTEUR_DES_COMMANDES,
    EditionGardee,
    hold_editions,
    insert_edition,
    list_editions,
    next_number,
    read_edition,
)
from data_access.seances.preparation import LOGO, MODELE, list_documents
from data_access.seances.publications import last_publications
from indicators.catalogue import CATALOGUE
from indicators.perimetre import ANIMATION, Periode
from indicators.referentiel import list_plie
from seances.decisions import read_followups, read_minutes
from seances.edition import Progres, compose, define, fingerprint, freeze, thaw
from seances.preparation import DemandeDEdition, read_brouillon
from sections.contenu import Definition, Edition, Suivi

__all__ = ["AUTEUR_DES_COMMANDES", "EditionGardee", "list_editions"]

EN_MEME_TEMPS = timedelta(minutes=10)
"""The same edition published twice within this time was meant once; later, it is for another meeting."""
_BASE_MUETTE = (
    "La séance ne peut pas être lue : la base ne répond pas, ou n’a pas encore de données. Rien n’est écrit. "
    "Chargez un classeur, ou vérifiez --base."
)


@dataclass(frozen=True)
class EditionRouverte:
    """An edition as it was. `integre`: its content still has its fingerprint. `definitions_changees`:
    figures that are not defined today as they were then."""

    edition: Edition
    gardee: EditionGardee
    integre: bool
    definitions_changees: tuple[str, ...]


def publish_edition(base: Base, edition: Edition, auteur: str, role: str) -> Edition:
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
    cle = insert_edition(
        base,
        contenu,
        code_plie=edition.code_plie,
        numero=numero,
        instance=edition.instance,
        du=edition.du,
        au=edition.au,
        version_id=edition.version,
        empreinte=fingerprint(contenu),
        publie_le=maintenant,
        publie_par=auteur,
    )
    record(base, auteur, role, Action.EDITION, (edition.code_plie,), f"edition:{numero} date:{edition.au}")
    if edition.audience == "comite":
        publish(base, edition.code_plie, edition.au, edition.version, auteur, edition_id=cle)
    return publiee


def _find_same(base: Base, edition: Edition) -> Edition | None:
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


def open_edition(base: Base, code_plie: str, numero: int) -> EditionRouverte:
    """The edition as it was published. Raises Refus."""
    gardee, contenu = read_edition(base, code_plie, numero)
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


@dataclass(frozen=True)
class Dossier:
    """An edition with what its papers need: funders' logos, slide template, decisions taken on it.

    `avis`: what must be told to whoever asked for it.
    """

    edition: Edition
    logos: tuple[tuple[str, bytes], ...] = ()
    modele: bytes | None = None
    decisions: tuple[Suivi, ...] = ()
    avis: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seance:
    """Which meeting: the edition `numero`, or a new one of `instance` over the period (by default the year to date).

    `lecture`: exact or rounded figures in a new one; empty = as its audience reads by default.
    """

    code_plie: str
    instance: str
    audience: str = ""
    du: date | None = None
    au: date | None = None
    numero: int | None = None
    lecture: str = ""


def gather(base: Base, edition: Edition) -> Dossier:
    """The edition with the logos and the template that its PLIE has given, and the decisions taken on it."""
    code = edition.code_plie
    modeles = list_documents(base, code, MODELE)
    return Dossier(
        edition,
        logos=tuple((d.nom, d.contenu) for d in list_documents(base, code, LOGO)),
        modele=modeles[0].contenu if modeles else None,
        decisions=read_minutes(base, code, edition.numero) if edition.numero is not None else (),
    )


def open_dossier(url: str | None, seance: Seance, progres: Progres | None = None) -> Dossier:
    """The edition asked for, opened again or composed from today's data with what the team prepared. Raises Refus."""
    with open_base(url, _BASE_MUETTE) as base:
        edition, avis = _reopen(base, seance) if seance.numero is not None else _compose(base, seance, progres)
        return replace(gather(base, edition), avis=avis)


def publish_dossier(url: str | None, dossier: Dossier, auteur: str) -> Dossier:
    """The same meeting, frozen under its number. Raises Refus; nothing is then published."""
    with open_base(url, _BASE_MUETTE, ecrire=True) as base:
        return replace(dossier, edition=publish_edition(base, dossier.edition, auteur, ANIMATION.role))


def _reopen(base: Base, seance: Seance) -> tuple[Edition, tuple[str, ...]]:
    """The edition, and what must be told of it."""
    if seance.lecture:
        raise Refus(
            f"L’édition {seance.numero} garde la lecture de sa publication. Rien n’est écrit. "
            "Retirez --lecture, ou composez une séance sans --edition.",
            "EDI-013",
        )
    ouverte = open_edition(base, seance.code_plie, seance.numero or 0)
    if not ouverte.integre:
        raise Refus(
            f"L’édition {seance.numero} du PLIE « {seance.code_plie} » a été modifiée dans la base depuis sa "
            "publication : son empreinte ne correspond plus. Rien n’est écrit. Prévenez l’administrateur.",
            "EDI-011",
        )
    noms = ", ".join(ouverte.definitions_changees)
    return ouverte.edition, (f"Définitions qui ont changé depuis cette édition : {noms}.",) if noms else ()


def _compose(base: Base, seance: Seance, progres: Progres | None) -> tuple[Edition, tuple[str, ...]]:
    """The edition, and what must be told of it. The audience asked for wins over the one that the team prepared."""
    code = seance.code_plie
    au = seance.au or _last_day(base, code)
    du = seance.du or au.replace(month=1, day=1)
    if du > au:
        raise Refus(
            f"La période finit le {au:%d/%m/%Y}, avant de commencer le {du:%d/%m/%Y}. Rien n’est écrit. "
            "Corrigez --du ou --au.",
            "EDI-012",
        )
    demande = DemandeDEdition(code, seance.instance, Periode(du, au), seance.audience, lecture=seance.lecture)
    demande = replace(demande, suivis=read_followups(base, code))
    prepare = read_brouillon(base, code, seance.instance)
    if prepare is None:
        return compose(base, demande, progres), ()
    demande = replace(
        demande,
        sections=prepare.sections,
        commentaire=prepare.commentaire,
        audience=seance.audience or prepare.audience,
    )
    avis = "Commentaires, points de décision et sections : ceux que l’équipe a préparés."
    return compose(base, demande, progres), (avis,)


def _last_day(base: Base, code_plie: str) -> date:
    for plie in list_plie(base):
        if plie.code_plie == code_plie:
            return plie.date_extraction
    raise Refus(
        f"Le PLIE « {code_plie} » n’est pas dans la base. Rien n’est écrit. Vérifiez --plie, ou chargez son classeur.",
        "EDI-004",
    )
