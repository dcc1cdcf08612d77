"""`conservation`, `participant`: people past the retention of their programme; a person who asks for their data, or for
them to go."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data_access.commandes.arguments import (
    AUTEUR,
    CE_PLIE,
    JSON,
    ROLE,
    UN_PLIE,
    ReponseDeCommande,
    argument,
    command,
    flag,
    read_day,
)
from data_access.refus import Refus
from data_access.rgpd.anonymisation import Anonymisation
from data_access.rgpd.conservation import Conservation, compact, list_retention, purge_past, read_rule
from data_access.rgpd.participants import EXTENSIONS, erase_person, export_person, find_person, write_dossier

_A_CONFIRMER = (
    "Rien n’est fait : {quoi}. C’est définitif, aucune annulation ne les ramène. Les chiffres ne changent pas. "
    "Relancez avec --confirmer."
)
_A_COMPACTER = (
    "La base était occupée : les anciens numéros ne se lisent plus, mais le fichier peut en garder des octets. "
    "Quand personne n’utilise le tableau de bord, lancez : python -m data_access conservation compacter"
)
_RESTE = (
    "Restent, sous des numéros tirés au sort et avec une date de naissance fictive de la même tranche d’âge : les "
    "dates, la commune, le référent et les caractéristiques que les chiffres comptent. Effacez aussi la personne du "
    "logiciel de suivi ; si un prochain export la contient encore, ses lignes ne seront pas lues."
)


_NUMERO = argument("numero", metavar="ID", help="numéro du participant dans le logiciel de suivi")


@command(
    "conservation lister",
    "combien de participants, par PLIE",
    CE_PLIE,
    argument("--au", type=read_day, metavar="JJ/MM/AAAA", help="ce jour-là plutôt qu’aujourd’hui"),
    JSON,
)
def answer_retention(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    with engine.connect() as base:
        liste = list_retention(base, [options.plie] if options.plie else None, options.au)
    return [asdict(c) for c in liste], _tell_retention(liste)


@command(
    "conservation purger",
    "anonymiser ceux qui dépassent la durée",
    UN_PLIE,
    flag("--confirmer", "anonymiser vraiment : c’est définitif"),
    AUTEUR,
    JSON,
)
def answer_purge(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    if not options.confirmer:
        with engine.connect() as base:
            (liste,) = list_retention(base, [options.plie])
        quoi = f"{liste.depassees} participant(s) du PLIE « {options.plie} » seraient anonymisés"
        raise Refus(_A_CONFIRMER.format(quoi=quoi), "CSV-002")
    bilan = purge_past(engine, options.plie, options.auteur, ROLE)
    if bilan is None:
        return {"personnes": 0}, ["Personne ne dépasse la durée de conservation : rien n’est fait."]
    return asdict(bilan), _tell_outcome(bilan)


@command("conservation compacter", "ôter du fichier les octets des effacements", JSON)
def answer_compaction(engine: sa.Engine, _options: argparse.Namespace) -> ReponseDeCommande:
    compacte = compact(engine)
    return {"compacte": compacte}, ["Base réécrite." if compacte else _A_COMPACTER]


def _tell_outcome(bilan: Anonymisation) -> Iterator[str]:
    """What was done, in French."""
    yield (
        f"{bilan.personnes} participant(s) anonymisé(s), {bilan.parcours} parcours, {bilan.lignes_du_journal} ligne(s) "
        f"d’historique réécrite(s), {bilan.anomalies} anomalie(s) retirée(s) (version {bilan.version})"
    )
    yield "Les chiffres n’ont pas changé. Les sauvegardes faites avant gardent les anciens numéros : supprimez-les."
    if not bilan.compacte:
        yield _A_COMPACTER


def _tell_retention(liste: list[Conservation]) -> Iterator[str]:
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


@command(
    "participant exporter",
    "tout ce qui est gardé sur une personne",
    _NUMERO,
    UN_PLIE,
    AUTEUR,
    JSON,
    argument("--vers", required=True, type=Path, metavar="FICHIER", help="fichier .json ou .xlsx à écrire"),
)
def answer_export(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
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


@command(
    "participant effacer",
    "anonymiser une personne, définitivement",
    _NUMERO,
    UN_PLIE,
    AUTEUR,
    JSON,
    flag("--confirmer", "effacer vraiment"),
)
def answer_erasure(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    if not options.confirmer:
        with engine.connect() as base:
            personne = find_person(base, options.plie, options.numero)
        quoi = f"un participant du PLIE « {options.plie} » et ses {len(personne.parcours)} parcours seraient anonymisés"
        raise Refus(f"{_A_CONFIRMER.format(quoi=quoi)} [CSV-002]\n{_RESTE}")
    bilan = erase_person(engine, options.plie, options.numero, options.auteur, ROLE)
    return asdict(bilan), [*_tell_outcome(bilan), _RESTE]
