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
from operator import methodcaller

from sqlalchemy.exc import SQLAlchemyError

from data_access.base.moteur import explain_refusal, make_engine
from data_access.base.schema import ensure_schema
from data_access.commandes import chargements, droits, rgpd, versions
from data_access.commandes.arguments import ReponseDeCommande, build_parser
from data_access.refus import Refus

GROUPES = {
    "droits": "accorder, lister, modifier, retirer les droits de lecture",
    "profil": "profils de lecture des exports d’autres logiciels",
    "journal": "lire et purger le journal des accès",
    "conservation": "données gardées au-delà de la durée de leur programme",
    "participant": "répondre à une demande d’accès ou d’effacement",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    options = build_parser((chargements, versions, droits, rgpd), GROUPES).parse_args(arguments)
    try:
        return _print(_answer(options), options)
    except Refus as refus:
        print(refus, file=sys.stderr)
    except (SQLAlchemyError, ImportError, OSError) as erreur:
        print(explain_refusal(erreur) or _say_silent(erreur), file=sys.stderr)
    return 1


def _answer(options: argparse.Namespace) -> ReponseDeCommande:
    if not options.commande.avec_base:
        return options.commande.repondre(None, options)
    engine = make_engine(getattr(options, "base", None))
    try:
        ensure_schema(engine)
        options.auteur = getattr(options, "auteur", None) or _current_user()
        return options.commande.repondre(engine, options)
    finally:
        engine.dispose()


def _print(reponse: ReponseDeCommande, options: argparse.Namespace) -> int:
    if isinstance(reponse, int):
        return reponse
    donnees, lignes = reponse
    if options.json:
        print(json.dumps(donnees, ensure_ascii=False, indent=1, default=methodcaller("isoformat")))
    else:
        for ligne in lignes:
            print(ligne)
    return 0


def _say_silent(erreur: Exception) -> str:
    return (
        f"La base de données ou le dossier ne répond pas ({type(erreur).__name__}). Rien n’est enregistré. "
        "Vérifiez l’adresse de la base et les droits sur le dossier. [BAS-001]"
    )


def _current_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return os.environ.get("USERNAME", "ligne de commande")


if __name__ == "__main__":
    sys.exit(main())
