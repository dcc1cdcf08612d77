"""What an import says on the command line: an account for `--json`, a summary in French."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data_access.classeur.anomalies import Anomalie, ClasseurRefuseError
from data_access.classeur.controles import Gravite
from data_access.imports.deroule import ImportPrepare

Compte = dict[str, Any]

_ANOMALIES_AFFICHEES = 20
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


def account(etat: str, version: int, prepare: ImportPrepare) -> Compte:
    """The account of one workbook; `etat` as in `ImportTermine`, or « simule »."""
    confirmation = None if prepare.is_refused else prepare.confirmation
    return {
        "classeur": prepare.classeur,
        "etat": etat,
        "version": version,
        "feuilles": {nom: bilan.as_dict() for nom, bilan in prepare.bilans().items()},
        "confirmation": confirmation.message if confirmation else None,
        "anomalies": [_as_dict(anomalie) for anomalie in prepare.anomalies],
    }


def account_of_refusal(chemin: Path, refus: ClasseurRefuseError) -> Compte:
    """The account of a workbook that could not be imported at all."""
    return {
        "classeur": chemin.name,
        "etat": "refuse",
        "version": None,
        "feuilles": {},
        "confirmation": None,
        "anomalies": [_as_dict(refus.anomalie)],
    }


def _as_dict(anomalie: Anomalie) -> dict[str, Any]:
    champs = ("code", "gravite", "feuille", "ligne", "colonne", "message", "conseil")
    return {champ: getattr(anomalie, champ) for champ in champs}


def numbers_in_words(bilan: dict[str, int]) -> str:
    """« 3 ajoutée(s), 1 retirée(s) », or « vide »."""
    return ", ".join(f"{nombre} {_MOTS[mot]}" for mot, nombre in bilan.items() if nombre) or "vide"


def summarise(compte: Compte) -> Iterator[str]:
    """The lines of the summary."""
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
