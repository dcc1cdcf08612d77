"""`publier`, `publications`: opening a date to the committee, and what was opened so far."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import current_version
from data_access.commandes.versions import Reponse
from data_access.historique.comite import publish
from data_access.seances.editions import sign
from data_access.seances.publications import Publication, last_publications, list_publications


def add_commands(commandes: Any, commun: argparse.ArgumentParser, repondre: Any) -> None:
    """Add the two commands; `repondre(answer, options)` prints what `answer(engine, options)` gives."""
    publier: argparse.ArgumentParser = commandes.add_parser(
        "publier", parents=[commun], help="ouvrir au comité les chiffres d’un PLIE jusqu’à une date"
    )
    publier.add_argument("--plie", required=True, metavar="CODE")
    publier.add_argument(
        "--au", default=None, type=_day, metavar="AAAA-MM-JJ", help="dernier jour lu (par défaut : celui des données)"
    )
    publier.add_argument("--auteur", default=None, metavar="NOM", help="nom porté au journal")
    publier.set_defaults(commande=lambda options: repondre(answer_publish, options))
    lister: argparse.ArgumentParser = commandes.add_parser(
        "publications", parents=[commun], help="lister les dates publiées"
    )
    lister.add_argument("--plie", default=None, metavar="CODE", help="seulement ce PLIE")
    lister.set_defaults(commande=lambda options: repondre(answer_publications, options))
    for parser in (publier, lister):
        parser.add_argument("--json", action="store_true", help="répondre en JSON")


def answer_publish(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """Publish the present data. Raises `Refus`."""
    with engine.begin() as base:
        au = options.au or base.scalar(sa.select(t.plie.c.date_extraction).where(t.plie.c.code_plie == options.plie))
        # Without any date the PLIE is unknown: `publish` says so.
        publication = publish(base, options.plie, au or date.min, current_version(base), options.auteur)
    return _as_data(publication), iter([f"Publié : {_tell(publication)}"])


def answer_publications(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """Every publication, the last one first."""
    with engine.connect() as base:
        toutes = list_publications(base, options.plie)
        en_vigueur = {p.numero for p in last_publications(base).values()}
    donnees = [_as_data(p) | {"en_vigueur": p.numero in en_vigueur} for p in toutes]
    return donnees, _tell_all(toutes, en_vigueur)


def _tell_all(toutes: list[Publication], en_vigueur: set[int]) -> Iterator[str]:
    if not toutes:
        yield "Aucune date n’est publiée : le comité ne lit aucun chiffre."
    for publication in toutes:
        yield f"{_tell(publication)}{'' if publication.numero in en_vigueur else ' (remplacée)'}"


def _tell(p: Publication) -> str:
    return (
        f"PLIE {p.code_plie}, chiffres au {p.au:%d/%m/%Y} (version {p.version} des données), "
        f"le {p.publie_le:%d/%m/%Y à %H:%M} UTC{sign(p.publie_par)}"
    )


def _as_data(publication: Publication) -> dict[str, Any]:
    donnees = asdict(publication)
    return donnees | {"au": publication.au.isoformat(), "publie_le": publication.publie_le.isoformat()}


def _day(texte: str) -> date:
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise argparse.ArgumentTypeError("le jour s’écrit AAAA-MM-JJ") from None
