"""A command declared above the function that answers it: how it is typed, what it takes."""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any

from data_access.profils.dates import read_as

ROLE = "commande"
"""Under which role the journal of accesses notes what is done from the command line: whoever may run a command is
already on the server, no right of the dashboard applies."""

ReponseDeCommande = tuple[Any, Iterable[str]] | int
"""Data for `--json` and lines for people; or the exit code of a command that has already said all."""
Argument = tuple[tuple[str, ...], dict[str, Any]]


@dataclass(frozen=True)
class Commande:
    """`mots`: « droits accorder ». `repondre(engine, options)`: its engine is None when it needs no database."""

    mots: str
    aide: str
    repondre: Callable[[Any, argparse.Namespace], ReponseDeCommande]
    arguments: tuple[Argument, ...] = ()
    avec_base: bool = True


def command(
    mots: str, aide: str, *arguments: Argument, avec_base: bool = True
) -> Callable[[Callable[[Any, argparse.Namespace], ReponseDeCommande]], Commande]:
    """Makes a command of the function below."""
    return lambda repondre: Commande(mots, aide, repondre, arguments, avec_base)


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


def build_parser(modules: Iterable[ModuleType], groupes: dict[str, str]) -> argparse.ArgumentParser:
    """The parser of their commands; `options.commande` is the one that was typed. `groupes`: first word → its help."""
    commandes = [chose for module in modules for chose in vars(module).values() if isinstance(chose, Commande)]
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
