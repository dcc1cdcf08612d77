"""Command line: load workbooks or the exports of other software, write the empty template.

    python -m data_access import CLASSEUR... [--base URL] [--json] [--auteur NOM]
    python -m data_access import EXPORT... --profil PROFIL.json|NOM [--plie CODE] [--extraction JJ/MM/AAAA]
    python -m data_access profil proposer|importer|exporter|lister
    python -m data_access modele CLASSEUR.xlsx

`import` exits with 0 when every workbook is loaded (rejected rows do not refuse a workbook), 1 when one is refused.
"""

import argparse
import getpass
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from xlsxwriter.exceptions import FileCreateError

from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.classeur.gabarit import write_modele
from data_access.classeur.gravite import Gravite
from data_access.engine import make_engine
from data_access.imports import ImportTermine, import_classeur
from data_access.profils.__main__ import add_commands, find_profil
from data_access.profils.chargement import import_extrait
from data_access.profils.dates import read_as
from data_access.schema import ensure_schema

_ANOMALIES_AFFICHEES = 20
_ETATS = {"charge": "chargé", "refuse": "refusé", "inchange": "rien à changer"}
_MOTS = {
    "ajoutes": "ajoutée(s)",
    "modifies": "modifiée(s)",
    "retires": "retirée(s)",
    "inchanges": "inchangée(s)",
    "rejetes": "rejetée(s)",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return options.commande(options)
    except (SQLAlchemyError, ImportError, OSError) as erreur:
        print(
            f"La base de données ou le dossier ne répond pas ({type(erreur).__name__}). Rien n’est enregistré. "
            "Vérifiez l’adresse de la base et les droits sur le dossier. [BAS-001]",
            file=sys.stderr,
        )
        return 1


def _parser() -> argparse.ArgumentParser:
    commun = argparse.ArgumentParser(add_help=False)
    commun.add_argument("--base", default=argparse.SUPPRESS, metavar="URL", help="adresse de la base de données")
    parser = argparse.ArgumentParser(prog="python -m data_access", parents=[commun])
    commandes = parser.add_subparsers(required=True, metavar="COMMANDE")
    importer = commandes.add_parser("import", parents=[commun], help="charger des classeurs")
    importer.add_argument("classeurs", nargs="+", type=Path, metavar="CLASSEUR")
    importer.add_argument("--json", action="store_true", help="écrire le compte rendu en JSON")
    importer.add_argument("--auteur", default=None, metavar="NOM", help="nom porté au journal")
    importer.add_argument("--profil", default=None, metavar="PROFIL", help="lire l’export d’un autre logiciel")
    importer.add_argument("--plie", default=None, metavar="CODE", help="PLIE du profil, si son nom ne suffit pas")
    importer.add_argument("--extraction", default=None, type=_day, metavar="JJ/MM/AAAA", help="jour de l’extraction")
    importer.set_defaults(commande=_import)
    add_commands(commandes, commun)
    modele = commandes.add_parser("modele", parents=[commun], help="écrire le classeur modèle, vide")
    modele.add_argument("classeur", type=Path, metavar="CLASSEUR.xlsx")
    modele.set_defaults(commande=_modele)
    return parser


def _import(options: argparse.Namespace) -> int:
    engine = make_engine(getattr(options, "base", None))
    ensure_schema(engine)
    auteur = options.auteur or _current_user()
    comptes = []
    for chemin in options.classeurs:
        try:
            comptes.append(_account(_import_one(engine, chemin, auteur, options)))
        except ClasseurRefuseError as refus:
            comptes.append(_account_of_refusal(chemin, refus))
        if not options.json:
            _print_summary(comptes[-1])
    if options.json:
        print(json.dumps(comptes, ensure_ascii=False, indent=1))
    engine.dispose()
    return 1 if any(compte["etat"] == "refuse" for compte in comptes) else 0


def _import_one(engine: sa.Engine, chemin: Path, auteur: str, options: argparse.Namespace) -> ImportTermine:
    if options.profil is None:
        return import_classeur(engine, chemin, auteur)
    profil = find_profil(engine, options.profil, options.plie)
    return import_extrait(engine, chemin, profil, auteur, options.extraction)


def _day(texte: str) -> date:
    jour = read_as(texte, "JJ/MM/AAAA")
    if jour is None:
        raise argparse.ArgumentTypeError("le jour s’écrit JJ/MM/AAAA")
    return jour


def _modele(options: argparse.Namespace) -> int:
    if options.classeur.exists():
        print(
            f"Le modèle n’est pas écrit : « {options.classeur.name} » existe déjà, et un classeur rempli serait perdu. "
            "Choisissez un autre nom. [MOD-001]",
            file=sys.stderr,
        )
        return 1
    try:
        write_modele(options.classeur)
    except FileCreateError:
        print(
            f"Le modèle n’est pas écrit : « {options.classeur} » ne peut pas être créé. "
            "Vérifiez que le dossier existe et que vous pouvez y écrire. [MOD-002]",
            file=sys.stderr,
        )
        return 1
    print(f"Modèle écrit : {options.classeur}")
    return 0


def _current_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return os.environ.get("USERNAME", "ligne de commande")


def _account(termine: ImportTermine) -> dict[str, Any]:
    prepare = termine.prepare
    return {
        "classeur": prepare.classeur,
        "etat": termine.etat,
        "version": termine.version,
        "feuilles": {nom: bilan.as_dict() for nom, bilan in prepare.bilans().items()},
        "anomalies": [_as_dict(anomalie) for anomalie in prepare.anomalies],
    }


def _account_of_refusal(chemin: Path, refus: ClasseurRefuseError) -> dict[str, Any]:
    return {
        "classeur": chemin.name,
        "etat": "refuse",
        "version": None,
        "feuilles": {},
        "anomalies": [_as_dict(refus.anomalie)],
    }


def _as_dict(anomalie: Any) -> dict[str, Any]:
    champs = ("code", "gravite", "feuille", "ligne", "colonne", "message", "conseil")
    return {champ: getattr(anomalie, champ) for champ in champs}


def _print_summary(compte: dict[str, Any]) -> None:
    print(f"{compte['classeur']} : {_ETATS[compte['etat']]} (version {compte['version']})")
    for nom, bilan in compte["feuilles"].items():
        nombres = ", ".join(f"{nombre} {_MOTS[mot]}" for mot, nombre in bilan.items() if nombre)
        print(f"  {nom} : {nombres or 'vide'}")
    anomalies = [a for a in compte["anomalies"] if a["gravite"] != Gravite.AVERTISSEMENT]
    avertissements = len(compte["anomalies"]) - len(anomalies)
    for anomalie in anomalies[:_ANOMALIES_AFFICHEES]:
        print(f"  {anomalie['message']}")
    if len(anomalies) > _ANOMALIES_AFFICHEES:
        print(f"  … et {len(anomalies) - _ANOMALIES_AFFICHEES} autres (liste complète avec --json)")
    if avertissements:
        print(f"  {avertissements} avertissement(s) (liste complète avec --json)")


if __name__ == "__main__":
    sys.exit(main())
