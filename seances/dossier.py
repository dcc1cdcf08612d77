"""A meeting opened from an address of database: the door of `python -m reports`, which knows no database itself."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.base.moteur import make_engine
from data_access.refus import Refus
from data_access.seances.decisions import ETATS, list_decisions
from data_access.seances.preparations import read_preparation
from indicators.perimetre import ANIMATION, Periode
from indicators.referentiel import list_plie
from seances.composition import Demande, Progres, compose, read_sections
from seances.publication import open_edition, publish_edition, read_followups, read_logos, read_template
from sections.contenu import Edition, Suivi


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


def open_dossier(url: str | None, seance: Seance, progres: Progres | None = None) -> Dossier:
    """The edition asked for, opened again or composed from today's data with what the team prepared.

    Raises Refus.
    """
    try:
        with make_engine(url).connect() as base:
            ouvert = _reopen(base, seance) if seance.numero is not None else _compose(base, seance, progres)
            code = seance.code_plie
            return replace(ouvert, logos=read_logos(base, code), modele=read_template(base, code))
    except sa.exc.SQLAlchemyError:
        raise Refus(_BASE_MUETTE, "BAS-001") from None


def publish_dossier(url: str | None, dossier: Dossier, auteur: str) -> Dossier:
    """The same meeting, frozen under its number. Raises Refus; nothing is then published."""
    try:
        with make_engine(url).begin() as base:
            publiee = publish_edition(base, dossier.edition, auteur, ANIMATION.role)
    except sa.exc.SQLAlchemyError:
        raise Refus(_BASE_MUETTE, "BAS-001") from None
    return replace(dossier, edition=publiee)


_BASE_MUETTE = (
    "La séance ne peut pas être lue : la base ne répond pas, ou n’a pas encore de données. Rien n’est écrit. "
    "Chargez un classeur, ou vérifiez --base."
)


def _reopen(base: sa.Connection, seance: Seance) -> Dossier:
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
    avis: tuple[str, ...] = ()
    if ouverte.definitions_changees:
        noms = ", ".join(ouverte.definitions_changees)
        avis = (f"Définitions qui ont changé depuis cette édition : {noms}.",)
    decisions = tuple(
        Suivi(d.edition, d.texte, d.porteur, d.echeance, ETATS[d.etat], d.suivi)
        for d in list_decisions(base, seance.code_plie, seance.numero)
    )
    return Dossier(ouverte.edition, decisions=decisions, avis=avis)


def _compose(base: sa.Connection, seance: Seance, progres: Progres | None) -> Dossier:
    au = seance.au or _last_day(base, seance.code_plie)
    du = seance.du or au.replace(month=1, day=1)
    if du > au:
        raise Refus(
            f"La période finit le {au:%d/%m/%Y}, avant de commencer le {du:%d/%m/%Y}. Rien n’est écrit. "
            "Corrigez --du ou --au.",
            "EDI-012",
        )
    demande = Demande(seance.code_plie, seance.instance, Periode(du, au), seance.audience, lecture=seance.lecture)
    prepare = read_preparation(base, seance.code_plie, seance.instance)
    avis: tuple[str, ...] = ()
    if prepare:
        demande = _with_preparation(demande, prepare)
        avis = ("Commentaires, points de décision et sections : ceux que l’équipe a préparés.",)
    demande = replace(demande, suivis=read_followups(base, seance.code_plie))
    return Dossier(compose(base, demande, progres), avis=avis)


def _last_day(base: sa.Connection, code_plie: str) -> date:
    for plie in list_plie(base):
        if plie.code_plie == code_plie:
            return plie.date_extraction
    raise Refus(
        f"Le PLIE « {code_plie} » n’est pas dans la base. Rien n’est écrit. Vérifiez --plie, ou chargez son classeur.",
        "EDI-004",
    )


def _with_preparation(demande: Demande, contenu: dict[str, Any]) -> Demande:
    """What the team chose and wrote; the audience asked for on the command line wins over the one prepared."""
    audience = demande.audience or contenu["audience"]
    return replace(demande, sections=read_sections(contenu), commentaire=contenu["commentaire"], audience=audience)
