"""`conservation lister`, `purger`, `compacter`: people past the retention of their programme."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.commandes.roles import ROLE
from data_access.commandes.versions import Reponse
from data_access.refus import Refus
from data_access.rgpd.anonymisation import Anonymisation
from data_access.rgpd.conservation import Conservation, compact, list_retention, purge_past, read_rule

A_CONFIRMER = (
    "Rien n’est fait : {quoi}. C’est définitif, aucune annulation ne les ramène. Les chiffres ne changent pas. "
    "Relancez avec --confirmer."
)
A_COMPACTER = (
    "La base était occupée : les anciens numéros ne se lisent plus, mais le fichier peut en garder des octets. "
    "Quand personne n’utilise le tableau de bord, lancez : python -m data_access conservation compacter"
)
_Repondre = Callable[[Any, argparse.Namespace], int]


def add_commands(
    commandes: Any, commun: argparse.ArgumentParser, repondre: _Repondre, jour: Callable[[str], date]
) -> None:
    """Add `conservation`; `repondre(answer, options)` prints what `answer(engine, options)` gives."""
    conservation = commandes.add_parser("conservation", help="données gardées au-delà de la durée de leur programme")
    actions = conservation.add_subparsers(required=True, metavar="ACTION")
    lister = actions.add_parser("lister", parents=[commun], help="combien de participants, par PLIE")
    lister.add_argument("--plie", default=None, metavar="CODE", help="seulement ce PLIE")
    lister.add_argument("--au", default=None, type=jour, metavar="JJ/MM/AAAA", help="ce jour-là plutôt qu’aujourd’hui")
    lister.add_argument("--json", action="store_true", help="répondre en JSON")
    lister.set_defaults(commande=lambda options: repondre(answer_list, options))
    compacter = actions.add_parser("compacter", parents=[commun], help="ôter du fichier les octets des effacements")
    compacter.add_argument("--json", action="store_true", help="répondre en JSON")
    compacter.set_defaults(commande=lambda options: repondre(answer_compaction, options))
    purger = actions.add_parser("purger", parents=[commun], help="anonymiser ceux qui dépassent la durée")
    purger.add_argument("--plie", required=True, metavar="CODE")
    purger.add_argument("--confirmer", action="store_true", help="anonymiser vraiment : c’est définitif")
    purger.add_argument("--auteur", default=None, metavar="NOM", help="nom porté au journal")
    purger.add_argument("--json", action="store_true", help="répondre en JSON")
    purger.set_defaults(commande=lambda options: repondre(answer_purge, options))


def answer_list(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """By PLIE, how many people are past the limit. Raises `Refus`."""
    with engine.connect() as base:
        liste = list_retention(base, [options.plie] if options.plie else None, options.au)
    donnees = [asdict(c) | {"echeance": c.echeance.isoformat() if c.echeance else None} for c in liste]
    return donnees, _tell(liste)


def answer_purge(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """Make them anonymous. Raises `Refus`."""
    if not options.confirmer:
        with engine.connect() as base:
            (liste,) = list_retention(base, [options.plie])
        quoi = f"{liste.depassees} participant(s) du PLIE « {options.plie} » seraient anonymisés"
        raise Refus(A_CONFIRMER.format(quoi=quoi), "CSV-002")
    bilan = purge_past(engine, options.plie, options.auteur, ROLE)
    if bilan is None:
        return {"personnes": 0}, iter(["Personne ne dépasse la durée de conservation : rien n’est fait."])
    return asdict(bilan), tell_outcome(bilan)


def answer_compaction(engine: sa.Engine, _options: argparse.Namespace) -> Reponse:
    """Write the files of the database again without what was erased."""
    compacte = compact(engine)
    return {"compacte": compacte}, iter(["Base réécrite." if compacte else A_COMPACTER])


def tell_outcome(bilan: Anonymisation) -> Iterator[str]:
    """What was done, in French."""
    yield (
        f"{bilan.personnes} participant(s) anonymisé(s), {bilan.parcours} parcours, {bilan.lignes_du_journal} ligne(s) "
        f"d’historique réécrite(s), {bilan.anomalies} anomalie(s) retirée(s) (version {bilan.version})"
    )
    yield "Les chiffres n’ont pas changé. Les sauvegardes faites avant gardent les anciens numéros : supprimez-les."
    if not bilan.compacte:
        yield A_COMPACTER


def _tell(liste: list[Conservation]) -> Iterator[str]:
    yield f"Durée de conservation : {read_rule().in_words()}"
    for c in liste:
        suite = [f"{c.depassees} au-delà de la durée sur {c.personnes} participant(s)"]
        if c.hors_tables:
            suite.append(f"dont {c.hors_tables} que seul l’historique garde")
        if c.sans_limite:
            suite.append(f"{c.sans_limite} sans limite connue")
        if c.echeance:
            suite.append(f"prochaine échéance le {c.echeance:%d/%m/%Y} ({c.a_l_echeance})")
        yield f"{c.code_plie} : {', '.join(suite)}"
