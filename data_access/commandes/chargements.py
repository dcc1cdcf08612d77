"""`import`, `modele`, `profil`: loading workbooks and exports of other software; the empty workbook; profiles."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from xlsxwriter.exceptions import FileCreateError

from data_access.classeur import controles as c
from data_access.classeur.anomalies import Anomalie, ClasseurRefuseError, refuse
from data_access.classeur.controles import Gravite
from data_access.classeur.ecriture import write_modele
from data_access.classeur.garde import receive_classeur
from data_access.commandes.arguments import AUTEUR, ROLE, ReponseDeCommande, argument, command, flag, read_day
from data_access.imports.deroule import ImportPrepare, import_prepared, prepare_import
from data_access.profils.chargement import prepare_extrait
from data_access.profils.contenu import Profil
from data_access.profils.correspondances import load_references
from data_access.profils.depot import list_profils, profil_from_json, profil_to_json, read_profil, save_profil
from data_access.profils.grille import open_extrait
from data_access.profils.proposition import propose_profil
from data_access.refus import Refus

_UN_CODE = argument("--plie", metavar="CODE", help="code du PLIE")


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


@command(
    "profil proposer",
    "proposer un profil pour un export",
    argument("export", type=Path, metavar="EXPORT"),
    argument("--plie", required=True, metavar="CODE", help="code du PLIE"),
    argument("--nom", help="nom du profil (celui de l’export par défaut)"),
    argument("--logiciel", default="non précisé", help="logiciel d’où vient l’export"),
)
def _propose_profil(engine: sa.Engine, options: argparse.Namespace) -> int:
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


@command(
    "profil importer",
    "enregistrer un profil écrit en JSON",
    argument("profil", type=Path, metavar="PROFIL.json"),
    argument("--auteur", default="ligne de commande", metavar="NOM"),
)
def _import_profil(engine: sa.Engine, options: argparse.Namespace) -> int:
    profil = profil_from_json(receive_classeur(options.profil).contenu)
    save_profil(engine, profil, options.auteur)
    sys.stdout.write(f"Profil enregistré : « {profil.nom} » ({profil.code_plie})\n")
    return 0


@command("profil exporter", "écrire un profil enregistré en JSON", argument("nom", metavar="NOM"), _UN_CODE)
def _export_profil(engine: sa.Engine, options: argparse.Namespace) -> int:
    sys.stdout.write(profil_to_json(find_profil(engine, options.nom, options.plie)))
    return 0


@command("profil lister", "lister les profils enregistrés", _UN_CODE)
def _list_profils(engine: sa.Engine, options: argparse.Namespace) -> int:
    with engine.connect() as base:
        for profil in list_profils(base, options.plie and [options.plie]):
            date = f"{profil.modifie_le:%d/%m/%Y}"
            sys.stdout.write(f"{profil.code_plie} : {profil.nom} ({profil.logiciel}), le {date}\n")
    return 0


Compte = dict[str, Any]

_ANOMALIES_AFFICHEES = 20
_CHAMPS = ("code", "gravite", "feuille", "ligne", "colonne", "message", "conseil")
_ETATS = {
    "charge": "chargé",
    "refuse": "refusé",
    "inchange": "rien à changer",
    "a_confirmer": "à confirmer, rien n’est chargé",
    "simule": "simulation, rien n’est chargé",
}
_MOTS = {
    "ajoutes": "ajoutée(s)",
    "modifies": "modifiée(s)",
    "retires": "retirée(s)",
    "inchanges": "inchangée(s)",
    "rejetes": "rejetée(s)",
}


@command(
    "import",
    "charger des classeurs",
    argument("classeurs", nargs="+", type=Path, metavar="CLASSEUR"),
    flag("--json", "écrire le compte rendu en JSON"),
    AUTEUR,
    argument("--profil", metavar="PROFIL", help="lire l’export d’un autre logiciel"),
    argument("--plie", metavar="CODE", help="PLIE du profil, si son nom ne suffit pas"),
    argument("--extraction", type=read_day, metavar="JJ/MM/AAAA", help="jour de l’extraction"),
    flag("--simuler", "dire ce qui changerait, sans rien écrire"),
    flag("--confirmer-disparition", "charger même si plus de 10 %% des parcours disparaissent"),
)
def answer_import(engine: sa.Engine, options: argparse.Namespace) -> int:
    """Each workbook is told as soon as it is done; 1 when one is refused or waits for a confirmation."""
    comptes = []
    for chemin in options.classeurs:
        try:
            comptes.append(_import_one(engine, chemin, options))
        except ClasseurRefuseError as refus:
            comptes.append(_account(chemin.name, "refuse", None, anomalies=[refus.anomalie]))
        if not options.json:
            sys.stdout.writelines(f"{ligne}\n" for ligne in _summarise(comptes[-1]))
    if options.json:
        sys.stdout.write(f"{json.dumps(comptes, ensure_ascii=False, indent=1)}\n")
    return 1 if any(compte["etat"] in ("refuse", "a_confirmer") for compte in comptes) else 0


def _import_one(engine: sa.Engine, chemin: Path, options: argparse.Namespace) -> Compte:
    def preparer() -> ImportPrepare:
        if options.profil is None:
            return prepare_import(engine, chemin)
        profil = find_profil(engine, options.profil, options.plie)
        return prepare_extrait(engine, chemin, profil, options.extraction)

    if options.simuler:
        prepare = preparer()
        etat, version = "refuse" if prepare.is_refused else "simule", prepare.version
    else:
        termine = import_prepared(
            engine, preparer, options.auteur, disparition_confirmee=options.confirmer_disparition, role=ROLE
        )
        etat, version, prepare = termine.etat, termine.version, termine.prepare
    feuilles = {nom: asdict(bilan) for nom, bilan in prepare.bilans().items()}
    confirmation = None if prepare.is_refused else prepare.confirmation
    return _account(prepare.classeur, etat, version, feuilles, confirmation, prepare.anomalies)


def _account(
    classeur: str,
    etat: str,
    version: int | None,
    feuilles: dict[str, dict[str, int]] | None = None,
    confirmation: Anomalie | None = None,
    anomalies: list[Anomalie] | None = None,
) -> Compte:
    """The account of one workbook; `etat` as in `ImportTermine`, or « simule »."""
    return {
        "classeur": classeur,
        "etat": etat,
        "version": version,
        "feuilles": feuilles or {},
        "confirmation": confirmation.message if confirmation else None,
        "anomalies": [{champ: getattr(anomalie, champ) for champ in _CHAMPS} for anomalie in anomalies or ()],
    }


def numbers_in_words(bilan: dict[str, int]) -> str:
    """« 3 ajoutée(s), 1 retirée(s) », or « vide »."""
    return ", ".join(f"{nombre} {_MOTS[mot]}" for mot, nombre in bilan.items() if nombre) or "vide"


def _summarise(compte: Compte) -> Iterator[str]:
    yield f"{compte['classeur']} : {_ETATS[compte['etat']]} (version {compte['version']})"
    for nom, bilan in compte["feuilles"].items():
        yield f"  {nom} : {numbers_in_words(bilan)}"
    if compte["confirmation"] and compte["etat"] in ("a_confirmer", "simule"):
        yield f"  {compte['confirmation']}"
        yield "  Pour confirmer, relancez avec --confirmer-disparition."
    anomalies = [a for a in compte["anomalies"] if a["gravite"] != Gravite.AVERTISSEMENT]
    avertissements = len(compte["anomalies"]) - len(anomalies)
    for anomalie in anomalies[:_ANOMALIES_AFFICHEES]:
        yield f"  {anomalie['message']}"
    if len(anomalies) > _ANOMALIES_AFFICHEES:
        yield f"  … et {len(anomalies) - _ANOMALIES_AFFICHEES} autres (liste complète avec --json)"
    if avertissements:
        yield f"  {avertissements} avertissement(s) (liste complète avec --json)"


@command(
    "modele",
    "écrire le classeur modèle, vide",
    argument("classeur", type=Path, metavar="CLASSEUR.xlsx"),
    avec_base=False,
)
def answer_template(_engine: None, options: argparse.Namespace) -> ReponseDeCommande:
    if options.classeur.exists():
        raise Refus(
            f"Le modèle n’est pas écrit : « {options.classeur.name} » existe déjà, et un classeur rempli serait perdu. "
            "Choisissez un autre nom.",
            "MOD-001",
        )
    try:
        write_modele(options.classeur)
    except FileCreateError:
        raise Refus(
            f"Le modèle n’est pas écrit : « {options.classeur} » ne peut pas être créé. "
            "Vérifiez que le dossier existe et que vous pouvez y écrire.",
            "MOD-002",
        ) from None
    sys.stdout.write(f"Modèle écrit : {options.classeur}\n")
    return 0
