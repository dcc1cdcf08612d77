"""Command line of the profiles; its commands are those of `python -m data_access profil`.

python -m data_access profil proposer EXPORT --plie CODE > profil.json
python -m data_access profil importer profil.json
python -m data_access profil exporter NOM --plie CODE > profil.json
python -m data_access profil lister [--plie CODE]
"""

import argparse
import sys
from pathlib import Path

import sqlalchemy as sa

from data_access.classeur import controles as c
from data_access.classeur.anomalies import refuse
from data_access.classeur.garde import receive_classeur
from data_access.commandes.arguments import Commande, argument
from data_access.profils.contenu import Profil
from data_access.profils.correspondances import load_references
from data_access.profils.depot import list_profils, profil_from_json, profil_to_json, read_profil, save_profil
from data_access.profils.grille import open_extrait
from data_access.profils.proposition import propose_profil


def find_profil(engine: sa.Engine, nom: str, code_plie: str | None) -> Profil:
    """The profile in the file `nom`, else the stored one of that name. Raises `ClasseurRefuseError`."""
    chemin = Path(nom)
    if chemin.suffix.lower() == ".json":
        profil = profil_from_json(receive_classeur(chemin).contenu)
        if code_plie not in (None, profil.code_plie):
            raise refuse(c.PROFIL_INTROUVABLE, f"{nom}, PLIE {code_plie}")
        return profil
    with engine.connect() as base:
        trouves = [p for p in list_profils(base, code_plie and [code_plie]) if p.nom == nom]
        profil_lu = read_profil(base, trouves[0].code_plie, nom) if len(trouves) == 1 else None
    if profil_lu is None:
        raise refuse(c.PROFIL_INTROUVABLE, nom if not trouves else f"{nom}, dans plusieurs PLIE : précisez --plie")
    return profil_lu


def _propose(engine: sa.Engine, options: argparse.Namespace) -> int:
    extrait = open_extrait(receive_classeur(options.export))
    with engine.connect() as base:
        references = load_references(base, options.plie)
    proposition = propose_profil(
        extrait, options.plie, options.nom or options.export.stem, options.logiciel, references
    )
    sys.stdout.write(profil_to_json(proposition.profil))
    for colonne in proposition.colonnes:
        if colonne.a_verifier:
            inconnues = sum(valeur.valeur is None for valeur in colonne.valeurs)
            suite = f", {inconnues} valeur(s) sans correspondance" if inconnues else ""
            origine = " + ".join(colonne.regle.sources) or f"« {colonne.regle.constante} » partout"
            sys.stderr.write(f"À vérifier : {colonne.feuille}.{colonne.colonne} ← {origine}{suite}\n")
    return 0


def _import(engine: sa.Engine, options: argparse.Namespace) -> int:
    profil = profil_from_json(receive_classeur(options.profil).contenu)
    save_profil(engine, profil, options.auteur)
    sys.stdout.write(f"Profil enregistré : « {profil.nom} » ({profil.code_plie})\n")
    return 0


def _export(engine: sa.Engine, options: argparse.Namespace) -> int:
    sys.stdout.write(profil_to_json(find_profil(engine, options.nom, options.plie)))
    return 0


def _list(engine: sa.Engine, options: argparse.Namespace) -> int:
    with engine.connect() as base:
        for profil in list_profils(base, options.plie and [options.plie]):
            date = f"{profil.modifie_le:%d/%m/%Y}"
            sys.stdout.write(f"{profil.code_plie} : {profil.nom} ({profil.logiciel}), le {date}\n")
    return 0


_UN_CODE = argument("--plie", metavar="CODE", help="code du PLIE")
COMMANDES = (
    Commande(
        "profil proposer",
        "proposer un profil pour un export",
        _propose,
        (
            argument("export", type=Path, metavar="EXPORT"),
            argument("--plie", required=True, metavar="CODE", help="code du PLIE"),
            argument("--nom", help="nom du profil (celui de l’export par défaut)"),
            argument("--logiciel", default="non précisé", help="logiciel d’où vient l’export"),
        ),
    ),
    Commande(
        "profil importer",
        "enregistrer un profil écrit en JSON",
        _import,
        (
            argument("profil", type=Path, metavar="PROFIL.json"),
            argument("--auteur", default="ligne de commande", metavar="NOM"),
        ),
    ),
    Commande(
        "profil exporter",
        "écrire un profil enregistré en JSON",
        _export,
        (argument("nom", metavar="NOM"), _UN_CODE),
    ),
    Commande("profil lister", "lister les profils enregistrés", _list, (_UN_CODE,)),
)
