"""`participant exporter`, `participant effacer`: answering a person who asks for their data, or for them to go."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data_access.commandes.conservation import A_CONFIRMER, tell_outcome
from data_access.commandes.roles import ROLE
from data_access.commandes.versions import Reponse
from data_access.refus import Refus
from data_access.rgpd.participants import EXTENSIONS, erase_person, export_person, find_person, write_dossier

_Repondre = Callable[[Any, argparse.Namespace], int]
_RESTE = (
    "Restent, sous des numéros tirés au sort et avec une date de naissance fictive de la même tranche d’âge : les "
    "dates, la commune, le référent et les caractéristiques que les chiffres comptent. Effacez aussi la personne du "
    "logiciel de suivi ; si un prochain export la contient encore, ses lignes ne seront pas lues."
)


def add_commands(commandes: Any, commun: argparse.ArgumentParser, repondre: _Repondre) -> None:
    """Add `participant`; `repondre(answer, options)` prints what `answer(engine, options)` gives."""
    participant = commandes.add_parser("participant", help="répondre à une demande d’accès ou d’effacement")
    actions = participant.add_subparsers(required=True, metavar="ACTION")

    def add(nom: str, aide: str, reponse: Any) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = actions.add_parser(nom, parents=[commun], help=aide)
        parser.add_argument("numero", metavar="ID", help="numéro du participant dans le logiciel de suivi")
        parser.add_argument("--plie", required=True, metavar="CODE")
        parser.add_argument("--auteur", default=None, metavar="NOM", help="nom porté au journal")
        parser.add_argument("--json", action="store_true", help="répondre en JSON")
        parser.set_defaults(commande=lambda options: repondre(reponse, options))
        return parser

    exporter = add("exporter", "tout ce qui est gardé sur une personne", answer_export)
    exporter.add_argument("--vers", required=True, type=Path, metavar="FICHIER", help="fichier .json ou .xlsx à écrire")
    effacer = add("effacer", "anonymiser une personne, définitivement", answer_erasure)
    effacer.add_argument("--confirmer", action="store_true", help="effacer vraiment")


def answer_export(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """Write the file of one person. Raises `Refus`."""
    chemin: Path = options.vers
    if chemin.suffix not in EXTENSIONS or chemin.exists() or not chemin.parent.is_dir():
        raise Refus(
            "Le dossier n’est pas écrit : il faut un nom en .json ou .xlsx, dans un dossier qui existe, et qui n’est "
            "pas déjà pris. Choisissez un autre nom.",
            "PAR-002",
        )
    dossier = export_person(engine, options.plie, options.numero, options.auteur, ROLE)
    write_dossier(dossier, chemin)
    lignes = {nom: len(lignes) for nom, lignes in dossier.feuilles.items()}
    donnees = {"fichier": chemin.name, "feuilles": lignes, "historique": len(dossier.historique)}
    return donnees, _tell_export(donnees)


def _tell_export(donnees: dict[str, Any]) -> Iterator[str]:
    yield f"Dossier écrit : {donnees['fichier']}"
    for nom, nombre in donnees["feuilles"].items():
        yield f"  {nom} : {nombre} ligne(s)"
    yield f"  Historique : {donnees['historique']} changement(s)"
    yield "Ce fichier contient des données personnelles : remettez-le à la personne seule, puis supprimez-le."


def answer_erasure(engine: sa.Engine, options: argparse.Namespace) -> Reponse:
    """Make one person anonymous. Raises `Refus`."""
    if not options.confirmer:
        with engine.connect() as base:
            personne = find_person(base, options.plie, options.numero)
        quoi = f"un participant du PLIE « {options.plie} » et ses {len(personne.parcours)} parcours seraient anonymisés"
        raise Refus(f"{A_CONFIRMER.format(quoi=quoi)} [CSV-002]\n{_RESTE}")
    bilan = erase_person(engine, options.plie, options.numero, options.auteur, ROLE)
    return asdict(bilan), iter([*tell_outcome(bilan), _RESTE])
