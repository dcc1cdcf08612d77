"""`import`, `modele`: loading workbooks or the exports of other software, writing the empty workbook."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from xlsxwriter.exceptions import FileCreateError

from data_access.classeur.anomalies import Anomalie, ClasseurRefuseError
from data_access.classeur.controles import Gravite
from data_access.classeur.ecriture import write_modele
from data_access.commandes.arguments import AUTEUR, ROLE, Commande, Reponse, argument, flag, read_day
from data_access.commandes.profils import find_profil
from data_access.imports.deroule import ImportPrepare, import_prepared, prepare_import
from data_access.profils.chargement import prepare_extrait
from data_access.refus import Refus

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
    feuilles = {nom: bilan.as_dict() for nom, bilan in prepare.bilans().items()}
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


def answer_template(_engine: None, options: argparse.Namespace) -> Reponse:
    """Write the empty workbook, over nothing. Raises `Refus`."""
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


IMPORT = Commande(
    "import",
    "charger des classeurs",
    answer_import,
    (
        argument("classeurs", nargs="+", type=Path, metavar="CLASSEUR"),
        flag("--json", "écrire le compte rendu en JSON"),
        AUTEUR,
        argument("--profil", metavar="PROFIL", help="lire l’export d’un autre logiciel"),
        argument("--plie", metavar="CODE", help="PLIE du profil, si son nom ne suffit pas"),
        argument("--extraction", type=read_day, metavar="JJ/MM/AAAA", help="jour de l’extraction"),
        flag("--simuler", "dire ce qui changerait, sans rien écrire"),
        flag("--confirmer-disparition", "charger même si plus de 10 %% des parcours disparaissent"),
    ),
)
MODELE = Commande(
    "modele",
    "écrire le classeur modèle, vide",
    answer_template,
    (argument("classeur", type=Path, metavar="CLASSEUR.xlsx"),),
    avec_base=False,
)
