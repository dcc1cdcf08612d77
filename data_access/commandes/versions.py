"""`historique`, `annuler`, `comparer`, `publier`, `publications`: versions of the data, what the committee reads."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import current_version
from data_access.commandes.arguments import (
    AUTEUR,
    CE_PLIE,
    JSON,
    ROLE,
    UN_PLIE,
    ReponseDeCommande,
    argument,
    command,
    flag,
    read_iso_day,
)
from data_access.commandes.chargements import numbers_in_words
from data_access.historique.chargements import Version, list_versions, prepare_undo, undo_last
from data_access.historique.comite import publish
from data_access.historique.comparaison import AJOUT, RETRAIT, Changement, compare_versions, list_changes
from data_access.seances.editions import sign
from data_access.seances.publications import Publication, last_publications, list_publications

_SIGNES = {AJOUT: "+", RETRAIT: "-"}


@command("historique", "lister les chargements et les annulations", CE_PLIE, JSON)
def answer_history(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    with engine.connect() as base:
        versions = list_versions(base, options.plie)
    return [asdict(version) for version in versions], (
        ligne for version in versions for ligne in _tell_version(version)
    )


def _tell_version(version: Version) -> Iterator[str]:
    suite = "" if version.en_vigueur else " (annulée)"
    yield (
        f"version {version.numero}{suite} : {version.classeur}, le {version.moment:%d/%m/%Y à %H:%M}, "
        f"par {version.auteur}, PLIE {', '.join(version.codes_plie)}"
    )
    for nom, bilan in version.bilan.items():
        if any(bilan[mot] for mot in ("ajoutes", "modifies", "retires")):
            yield f"  {nom} : {numbers_in_words(bilan)}"
    if version.anomalies:
        nombres = ", ".join(f"{controle} × {nombre}" for controle, nombre in version.anomalies.items())
        yield f"  anomalies : {nombres}"


@command(
    "annuler",
    "annuler le dernier chargement",
    CE_PLIE,
    argument("--auteur", metavar="NOM", help="nom porté à l’historique"),
    JSON,
)
def answer_undo(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    prepare = prepare_undo(engine, code_plie=options.plie)
    version = undo_last(engine, options.auteur, prepare=prepare, role=ROLE)
    bilans = {nom: asdict(bilan) for nom, bilan in prepare.bilans.items()}
    donnees = {"version": version, "annulation_de": prepare.version, "feuilles": bilans}
    return donnees, _tell_undo(version, prepare.version, bilans)


def _tell_undo(version: int, annulee: int, bilans: dict[str, dict[str, int]]) -> Iterator[str]:
    yield f"Version {annulee} annulée (version {version})"
    for nom, bilan in bilans.items():
        yield f"  {nom} : {numbers_in_words(bilan)}"


@command(
    "comparer",
    "ce qui a changé entre deux versions",
    argument("de", type=int, metavar="DE", help="numéro de version ; 0 = avant le premier chargement"),
    argument("a", type=int, metavar="A"),
    CE_PLIE,
    flag("--lignes", "détailler ligne par ligne"),
    JSON,
)
def answer_comparison(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    with engine.connect() as base:
        ecarts = compare_versions(base, options.de, options.a, options.plie)
        changements = {
            nom: list_changes(base, options.de, options.a, nom, options.plie) if options.lignes else []
            for nom in ecarts
        }
    donnees: dict[str, Any] = {"de": options.de, "a": options.a}
    donnees["feuilles"] = {nom: asdict(ecart) for nom, ecart in ecarts.items()}
    if options.lignes:
        donnees["lignes"] = [
            asdict(changement) | {"colonnes": changement.colonnes}
            for liste in changements.values()
            for changement in liste
        ]
    return donnees, _tell_comparison(donnees["feuilles"], changements)


def _tell_comparison(ecarts: dict[str, dict[str, int]], changements: dict[str, list[Changement]]) -> Iterator[str]:
    if not ecarts:
        yield "Rien n’a changé."
    for nom, ecart in ecarts.items():
        yield f"{nom} : {numbers_in_words(ecart)}"
        for changement in changements[nom]:
            yield f"  {_SIGNES.get(changement.genre, '~')} {_tell_row(changement)}"


def _tell_row(changement: Changement) -> str:
    ligne = changement.cle or changement.apres or changement.avant or {}
    cle = " · ".join(_in_words(valeur) for valeur in ligne.values() if valeur is not None)
    colonnes = (
        f"{nom} : {_in_words(avant)} → {_in_words(apres)}" for nom, (avant, apres) in changement.colonnes.items()
    )
    return f"{cle} ({', '.join(colonnes)})" if changement.colonnes else cle


def _in_words(valeur: Any) -> str:
    if valeur is None:
        return "vide"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, float):
        return f"{valeur:g}".replace(".", ",")
    try:
        return f"{date.fromisoformat(valeur):%d/%m/%Y}"
    except (TypeError, ValueError):
        return str(valeur)


@command(
    "publier",
    "ouvrir au comité les chiffres d’un PLIE jusqu’à une date",
    UN_PLIE,
    argument("--au", type=read_iso_day, metavar="AAAA-MM-JJ", help="dernier jour lu (par défaut : celui des données)"),
    AUTEUR,
    JSON,
)
def answer_publish(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    with engine.begin() as base:
        au = options.au or base.scalar(sa.select(t.plie.c.date_extraction).where(t.plie.c.code_plie == options.plie))
        # Without any date the PLIE is unknown: `publish` says so.
        publication = publish(base, options.plie, au or date.min, current_version(base), options.auteur)
    return asdict(publication), [f"Publié : {_tell_publication(publication)}"]


@command("publications", "lister les dates publiées", CE_PLIE, JSON)
def answer_publications(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    with engine.connect() as base:
        toutes = list_publications(base, options.plie)
        en_vigueur = {p.numero for p in last_publications(base).values()}
    donnees = [asdict(p) | {"en_vigueur": p.numero in en_vigueur} for p in toutes]
    return donnees, _tell_publications(toutes, en_vigueur)


def _tell_publications(toutes: list[Publication], en_vigueur: set[int]) -> Iterator[str]:
    if not toutes:
        yield "Aucune date n’est publiée : le comité ne lit aucun chiffre."
    for publication in toutes:
        yield f"{_tell_publication(publication)}{'' if publication.numero in en_vigueur else ' (remplacée)'}"


def _tell_publication(p: Publication) -> str:
    return (
        f"PLIE {p.code_plie}, chiffres au {p.au:%d/%m/%Y} (version {p.version} des données), "
        f"le {p.publie_le:%d/%m/%Y à %H:%M} UTC{sign(p.publie_par)}"
    )
