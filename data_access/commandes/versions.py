"""`historique`, `annuler`, `comparer`: what each one answers, as data for `--json` and as lines in French."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.commandes.comptes import numbers_in_words
from data_access.commandes.roles import ROLE
from data_access.historique.annulation import prepare_undo, undo_last
from data_access.historique.chargements import Version, list_versions
from data_access.historique.comparaison import AJOUT, RETRAIT, Changement, compare_versions, list_changes

Reponse = tuple[Any, Iterator[str]]
"""Data for `--json`, lines for people."""

_SIGNES = {AJOUT: "+", RETRAIT: "-"}


def add_commands(commandes: Any, commun: argparse.ArgumentParser, repondre: Any) -> None:
    """Add the three commands; `repondre(answer, options)` prints what `answer(engine, options)` gives."""

    def add(nom: str, aide: str, reponse: Any) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = commandes.add_parser(nom, parents=[commun], help=aide)
        parser.add_argument("--plie", default=None, metavar="CODE", help="seulement ce PLIE")
        parser.add_argument("--json", action="store_true", help="répondre en JSON")
        parser.set_defaults(commande=lambda options: repondre(reponse, options))
        return parser

    add("historique", "lister les chargements et les annulations", answer_history)
    annuler = add("annuler", "annuler le dernier chargement", answer_undo)
    annuler.add_argument("--auteur", default=None, metavar="NOM", help="nom porté à l’historique")
    comparer = add("comparer", "ce qui a changé entre deux versions", answer_comparison)
    comparer.add_argument("de", type=int, metavar="DE", help="numéro de version ; 0 = avant le premier chargement")
    comparer.add_argument("a", type=int, metavar="A")
    comparer.add_argument("--lignes", action="store_true", help="détailler ligne par ligne")


def answer_history(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """Every version, the last one first."""
    with engine.connect() as base:
        versions = list_versions(base, options.plie)
    donnees = [asdict(version) | {"moment": version.moment.isoformat()} for version in versions]
    return donnees, (ligne for version in versions for ligne in _tell_version(version))


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


def answer_undo(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """Undo, and what it has changed. Raises `Refus`."""
    prepare = prepare_undo(engine, code_plie=options.plie)
    version = undo_last(engine, options.auteur, prepare=prepare, role=ROLE)
    bilans = {nom: bilan.as_dict() for nom, bilan in prepare.bilans.items()}
    donnees = {"version": version, "annulation_de": prepare.version, "feuilles": bilans}
    return donnees, _tell_undo(version, prepare.version, bilans)


def _tell_undo(version: int, annulee: int, bilans: dict[str, dict[str, int]]) -> Iterator[str]:
    yield f"Version {annulee} annulée (version {version})"
    for nom, bilan in bilans.items():
        yield f"  {nom} : {numbers_in_words(bilan)}"


def answer_comparison(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """What differs between two versions. Raises `Refus`."""
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
