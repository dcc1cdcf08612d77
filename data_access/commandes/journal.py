"""`journal lister`, `journal purger`: who did what, when; what is older than the retention goes."""

import argparse
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.commandes.roles import ROLE
from data_access.commandes.versions import Reponse
from data_access.journal.acces import (
    VARIABLE_JOURS,
    Action,
    Evenement,
    FiltreEvenements,
    last_day_to_purge,
    list_events,
    purge,
    retention_days,
)
from data_access.journal.recit import write_moment
from data_access.moments import midnight

_Repondre = Callable[[Any, argparse.Namespace], int]


def add_commands(
    commandes: Any, commun: argparse.ArgumentParser, repondre: _Repondre, jour: Callable[[str], date]
) -> None:
    """Add `journal`; `repondre(answer, options)` prints what `answer(engine, options)` gives, `jour` reads a day."""
    journal = commandes.add_parser("journal", help="lire et purger le journal des accès")
    actions = journal.add_subparsers(required=True, metavar="ACTION")
    lister = actions.add_parser("lister", parents=[commun], help="qui a fait quoi, quand, sur quel périmètre")
    lister.add_argument("--depuis", default=None, type=jour, metavar="JJ/MM/AAAA", help="à partir de ce jour")
    lister.add_argument("--jusqua", default=None, type=jour, metavar="JJ/MM/AAAA", help="jusqu’à ce jour, compris")
    lister.add_argument("--action", action="append", default=[], choices=list(Action), metavar="ACTION")
    lister.add_argument("--identite", default="", metavar="TEXTE", help="l’identité contient ce texte")
    lister.add_argument("--plie", default=None, metavar="CODE", help="seulement ce PLIE")
    lister.add_argument("--json", action="store_true", help="répondre en JSON")
    lister.set_defaults(commande=lambda options: repondre(answer_list, options))
    purger = actions.add_parser(
        "purger", parents=[commun], help=f"retirer ce qui dépasse la durée de conservation ({VARIABLE_JOURS})"
    )
    purger.add_argument("--json", action="store_true", help="répondre en JSON")
    purger.set_defaults(commande=lambda options: repondre(answer_purge, options), auteur=None)


def answer_list(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """The events asked for, the last one first."""
    filtre = FiltreEvenements(
        depuis=midnight(options.depuis) if options.depuis else None,
        jusqua=midnight(date.fromordinal(options.jusqua.toordinal() + 1)) if options.jusqua else None,
        actions=tuple(map(Action, options.action)),
        identite=options.identite,
        code_plie=options.plie,
    )
    with engine.connect() as base:
        evenements = list_events(base, filtre)
    return [as_data(evenement) for evenement in evenements], map(tell, evenements) if evenements else _tell_nothing()


def answer_purge(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """Purge what is older than the retention. Raises `Refus`."""
    jour = last_day_to_purge()
    with engine.begin() as base:
        nombre = purge(base, jour, options.auteur, ROLE)
    donnees = {"retires": nombre, "avant": jour.isoformat(), "jours_gardes": retention_days()}
    return donnees, iter(
        [f"{nombre} événement(s) d’avant le {jour:%d/%m/%Y} retiré(s) ({retention_days()} jours gardés)"]
    )


def as_data(evenement: Evenement) -> dict[str, Any]:
    """A row for `--json`."""
    return {
        "moment": evenement.moment.isoformat(),
        "identite": evenement.identite,
        "role": evenement.role,
        "action": evenement.action.value,
        "codes_plie": list(evenement.codes_plie),
        "objet": evenement.objet,
    }


def tell(evenement: Evenement) -> str:
    """« 21/11/2026 14:05:09  marie@plie.fr (animation)  import  AGENAIS  version:12 »."""
    qui = f"{evenement.identite} ({evenement.role})" if evenement.role else evenement.identite
    codes = ", ".join(evenement.codes_plie)
    parties = (write_moment(evenement.moment), qui, evenement.action.value, codes, evenement.objet)
    return "  ".join(filter(None, parties))


def _tell_nothing() -> Iterator[str]:
    yield "Aucun événement au journal pour cette demande."
