"""`droits accorder`, `lister`, `modifier`, `retirer`: how the first administrator gets in, and the last resort."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from data_access.commandes.versions import Reponse
from data_access.droits.lignes import (
    ADMINISTRATION,
    LECTURES,
    ROLES,
    Droit,
    change_reading,
    grant,
    list_rights,
    remove,
    remove_identity,
)

_Repondre = Callable[[Any, argparse.Namespace], int]
_Reponse = Callable[[sa.Engine, argparse.Namespace], Reponse]


def add_commands(commandes: Any, commun: argparse.ArgumentParser, repondre: _Repondre) -> None:
    """Add `droits`; `repondre(answer, options)` prints what `answer(engine, options)` gives."""
    droits = commandes.add_parser("droits", help="accorder, lister, modifier, retirer les droits de lecture")
    actions = droits.add_subparsers(required=True, metavar="ACTION")

    def add(nom: str, aide: str, reponse: _Reponse) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = actions.add_parser(nom, parents=[commun], help=aide)
        parser.add_argument("--json", action="store_true", help="répondre en JSON")
        parser.set_defaults(commande=lambda options: repondre(reponse, options))
        return parser

    accorder = add("accorder", "donner un rôle à une adresse de courriel", answer_grant)
    accorder.add_argument("identite", metavar="IDENTITE", help="adresse de courriel de connexion")
    accorder.add_argument("--role", required=True, metavar="ROLE", help=", ".join(ROLES))
    accorder.add_argument("--plie", default=None, metavar="CODE", help="ce PLIE seulement (sinon tous)")
    accorder.add_argument("--territoire", default=None, metavar="CODE", help="ce territoire du PLIE seulement")
    accorder.add_argument(
        "--structure", default=None, metavar="NOM", help="les opérations de cette structure seulement"
    )
    accorder.add_argument(
        "--lecture", default="", choices=LECTURES, help="petits effectifs exacts ou arrondis (défaut : selon le rôle)"
    )
    accorder.add_argument("--auteur", default=None, metavar="NOM", help="nom porté au journal")
    modifier = add("modifier", "changer la lecture de droits existants", answer_change)
    modifier.add_argument("droits", nargs="+", type=int, metavar="N", help="numéro d’un droit (voir lister)")
    modifier.add_argument("--lecture", required=True, choices=LECTURES, help="petits effectifs exacts ou arrondis")
    modifier.add_argument("--auteur", default=None, metavar="NOM", help="nom porté au journal")
    add("lister", "lister les droits", answer_list)
    retirer = add("retirer", "retirer des droits", answer_removal)
    retirer.add_argument("droits", nargs="+", metavar="N|IDENTITE", help="numéro d’un droit, ou adresse pour tous")
    retirer.add_argument("--auteur", default=None, metavar="NOM", help="nom porté au journal")


def answer_grant(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """Grant one right. Raises `Refus`."""
    with engine.begin() as base:
        droit = grant(
            *(base, options.identite, options.role, options.plie, options.territoire, options.structure),
            par=options.auteur,
            lecture=options.lecture,
        )
    return as_data(droit), iter([f"Droit accordé : {tell(droit)}"])


def answer_list(engine: sa.Engine, _options: argparse.Namespace) -> Reponse:
    """Every right."""
    with engine.connect() as base:
        droits = list_rights(base)
    return [as_data(droit) for droit in droits], map(tell, droits) if droits else _tell_nothing()


def answer_change(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """Change how rights read small numbers, all or none. Raises `Refus`."""
    with engine.begin() as base:
        changes = [change_reading(base, numero, options.lecture, options.auteur) for numero in options.droits]
    return [as_data(droit) for droit in changes], (f"Droit : {tell(droit)}" for droit in changes)


def answer_removal(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """Remove rights by number or identity, all or none. Raises `Refus`."""
    retires: list[Droit] = []
    with engine.begin() as base:
        for cible in options.droits:
            if cible.isdecimal():
                retires.append(remove(base, int(cible), options.auteur))
            else:
                retires.extend(remove_identity(base, cible, options.auteur))
    return [as_data(droit) for droit in retires], (f"Droit retiré : {tell(droit)}" for droit in retires)


def as_data(droit: Droit) -> dict[str, Any]:
    """A row for `--json`."""
    return asdict(droit) | {"accorde_le": droit.accorde_le.isoformat()}


def tell(droit: Droit) -> str:
    """« 3. marie@plie.fr : direction, PLIE AGENAIS, territoire 47001, lecture exacte (accordé le 21/11/2026 par
    anne@plie.fr) »."""
    parties = [droit.role]
    if droit.role != ADMINISTRATION:
        parties.append(f"PLIE {droit.code_plie}" if droit.code_plie else "tous les PLIE")
    if droit.code_territoire:
        parties.append(f"territoire {droit.code_territoire}")
    if droit.structure:
        parties.append(f"structure {droit.structure}")
    if droit.lecture:
        parties.append(f"lecture {droit.lecture}")
    quand = f"accordé le {droit.accorde_le:%d/%m/%Y} par {droit.accorde_par}"
    return f"{droit.numero}. {droit.identite} : {', '.join(parties)} ({quand})"


def _tell_nothing() -> Iterator[str]:
    yield "Aucun droit n’est accordé. Le premier : droits accorder IDENTITE --role administration"
