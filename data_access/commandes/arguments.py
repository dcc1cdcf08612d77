"""A command declared as data: how it is typed, what it takes, who answers it."""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from data_access.profils.dates import read_as

ROLE = "commande"
"""Under which role the journal of accesses notes what is done from the command line: whoever may run a command is
already on the server, no right of the dashboard applies."""

Reponse = tuple[Any, Iterable[str]] | int
"""Data for `--json` and lines for people; or the exit code of a command that has already said all."""
Argument = tuple[tuple[str, ...], dict[str, Any]]


@dataclass(frozen=True)
class Commande:
    """`mots`: « droits accorder ». `repondre(engine, options)`: its engine is None when it needs no database."""

    mots: str
    aide: str
    repondre: Callable[[Any, argparse.Namespace], Reponse]
    arguments: tuple[Argument, ...] = ()
    avec_base: bool = True


def argument(*noms: str, **options: Any) -> Argument:
    """As `ArgumentParser.add_argument` takes them."""
    return noms, options


def flag(nom: str, aide: str) -> Argument:
    """An option without value."""
    return argument(nom, action="store_true", help=aide)


def read_day(texte: str) -> date:
    """« 31/01/2022 »."""
    jour = read_as(texte, "JJ/MM/AAAA")
    if jour is None:
        raise argparse.ArgumentTypeError("le jour s’écrit JJ/MM/AAAA")
    return jour


def read_iso_day(texte: str) -> date:
    """« 2022-01-31 »."""
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise argparse.ArgumentTypeError("le jour s’écrit AAAA-MM-JJ") from None


JSON = flag("--json", "répondre en JSON")
AUTEUR = argument("--auteur", metavar="NOM", help="nom porté au journal")
CE_PLIE = argument("--plie", metavar="CODE", help="seulement ce PLIE")
UN_PLIE = argument("--plie", required=True, metavar="CODE")


def build_parser(commandes: Iterable[Commande], groupes: dict[str, str]) -> argparse.ArgumentParser:
    """The parser of these commands; `options.commande` is the one that was typed. `groupes`: first word → its help."""
    commun = argparse.ArgumentParser(add_help=False)
    commun.add_argument("--base", default=argparse.SUPPRESS, metavar="URL", help="adresse de la base de données")
    parser = argparse.ArgumentParser(prog="python -m data_access", parents=[commun])
    racine = parser.add_subparsers(required=True, metavar="COMMANDE")
    places: dict[str, Any] = {"": racine}
    for commande in commandes:
        groupe, _, nom = commande.mots.rpartition(" ")
        if groupe not in places:
            places[groupe] = racine.add_parser(groupe, help=groupes[groupe]).add_subparsers(
                required=True, metavar="ACTION"
            )
        sien = places[groupe].add_parser(nom, parents=[commun], help=commande.aide)
        for noms, options in commande.arguments:
            sien.add_argument(*noms, **options)
        sien.set_defaults(commande=commande)
    return parser
