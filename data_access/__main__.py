"""Command line: load workbooks or the exports of other software, see and undo what was loaded, write the template.

    python -m data_access import CLASSEUR... [--base URL] [--json] [--auteur NOM] [--simuler] [--confirmer-disparition]
    python -m data_access import EXPORT... --profil PROFIL.json|NOM [--plie CODE] [--extraction JJ/MM/AAAA]
    python -m data_access historique [--plie CODE] [--json]
    python -m data_access annuler [--plie CODE] [--auteur NOM] [--json]
    python -m data_access comparer DE A [--plie CODE] [--lignes] [--json]
    python -m data_access publier --plie CODE [--au AAAA-MM-JJ] [--auteur NOM] [--json]
    python -m data_access publications [--plie CODE] [--json]
    python -m data_access profil proposer|importer|exporter|lister
    python -m data_access droits accorder IDENTITE --role ROLE [--plie CODE] [--territoire CODE | --structure NOM]
                                                   [--lecture exacte|arrondie]
    python -m data_access droits modifier N... --lecture exacte|arrondie
    python -m data_access droits lister|retirer N|IDENTITE... [--json]
    python -m data_access journal lister [--depuis JJ/MM/AAAA] [--action ACTION] [--identite TEXTE] [--json]
    python -m data_access journal purger
    python -m data_access conservation lister [--plie CODE] [--au JJ/MM/AAAA] [--json]
    python -m data_access conservation purger --plie CODE [--confirmer]
    python -m data_access conservation compacter
    python -m data_access participant exporter --plie CODE ID --vers FICHIER.json|FICHIER.xlsx
    python -m data_access participant effacer --plie CODE ID [--confirmer]
    python -m data_access modele CLASSEUR.xlsx

`import` exits with 0 when every workbook is loaded (rejected rows do not refuse a workbook), 1 when one is refused
or waits for a confirmation.
"""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from xlsxwriter.exceptions import FileCreateError

from data_access.base.ecriture import explain_refusal
from data_access.base.moteur import make_engine
from data_access.base.schema import ensure_schema
from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.classeur.ecriture import write_modele
from data_access.commandes import conservation, droits, journal, participants, publications, versions
from data_access.commandes.comptes import Compte, account, account_of_refusal, summarise
from data_access.commandes.profils import add_commands, find_profil
from data_access.commandes.roles import ROLE
from data_access.imports.deroule import ImportPrepare, import_prepared, prepare_import
from data_access.profils.chargement import prepare_extrait
from data_access.profils.dates import read_as
from data_access.refus import Refus


def main(arguments: list[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return options.commande(options)
    except Refus as refus:
        print(refus, file=sys.stderr)
        return 1
    except (SQLAlchemyError, ImportError, OSError) as erreur:
        if raison := explain_refusal(erreur):
            print(raison, file=sys.stderr)
            return 1
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
    importer.add_argument("--simuler", action="store_true", help="dire ce qui changerait, sans rien écrire")
    importer.add_argument(
        "--confirmer-disparition", action="store_true", help="charger même si plus de 10 %% des parcours disparaissent"
    )
    versions.add_commands(commandes, commun, _answer)
    publications.add_commands(commandes, commun, _answer)
    droits.add_commands(commandes, commun, _answer)
    add_commands(commandes, commun)
    journal.add_commands(commandes, commun, _answer, _day)
    conservation.add_commands(commandes, commun, _answer, _day)
    participants.add_commands(commandes, commun, _answer)
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
            comptes.append(_import_one(engine, chemin, auteur, options))
        except ClasseurRefuseError as refus:
            comptes.append(account_of_refusal(chemin, refus))
        if not options.json:
            _print_lines(summarise(comptes[-1]))
    if options.json:
        print(json.dumps(comptes, ensure_ascii=False, indent=1))
    engine.dispose()
    return 1 if any(compte["etat"] in ("refuse", "a_confirmer") for compte in comptes) else 0


def _import_one(engine: sa.Engine, chemin: Path, auteur: str, options: argparse.Namespace) -> Compte:
    def preparer() -> ImportPrepare:
        if options.profil is None:
            return prepare_import(engine, chemin)
        profil = find_profil(engine, options.profil, options.plie)
        return prepare_extrait(engine, chemin, profil, options.extraction)

    if options.simuler:
        prepare = preparer()
        return account("refuse" if prepare.is_refused else "simule", prepare.version, prepare)
    termine = import_prepared(engine, preparer, auteur, disparition_confirmee=options.confirmer_disparition, role=ROLE)
    return account(termine.etat, termine.version, termine.prepare)


def _answer(reponse: Callable[[sa.Engine, argparse.Namespace], versions.Reponse], options: argparse.Namespace) -> int:
    """Print what a command about versions or rights answers; 1 when it cannot."""
    engine = make_engine(getattr(options, "base", None))
    ensure_schema(engine)
    if "auteur" in options and not options.auteur:
        options.auteur = _current_user()
    try:
        donnees, lignes = reponse(engine, options)
    finally:
        engine.dispose()
    if options.json:
        print(json.dumps(donnees, ensure_ascii=False, indent=1))
    else:
        _print_lines(lignes)
    return 0


def _print_lines(lignes: Iterable[str]) -> None:
    for ligne in lignes:
        print(ligne)


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


if __name__ == "__main__":
    sys.exit(main())
