"""The file of one person written down: JSON for a machine, a workbook for people (see `rgpd.participants`)."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import xlsxwriter

from data_access.rgpd.participants import Cellule, Dossier

EXTENSIONS = (".json", ".xlsx")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LARGEUR = 28


def write_dossier(dossier: Dossier, chemin: Path) -> None:
    """Write the file that the name of `chemin` asks for. Raises ValueError for another extension, OSError."""
    if chemin.suffix == ".json":
        texte = json.dumps(
            asdict(dossier) | {"exporte_le": dossier.exporte_le.isoformat()}, ensure_ascii=False, indent=1
        )
        chemin.write_text(texte + "\n", encoding="utf-8")
    elif chemin.suffix == ".xlsx":
        _write_workbook(dossier, chemin)
    else:
        raise ValueError(chemin.suffix)


def _write_workbook(dossier: Dossier, chemin: Path) -> None:
    classeur = xlsxwriter.Workbook(chemin, _OPTIONS)
    try:
        gras = classeur.add_format(
            {"bold": True, "bottom": 1, "bg_color": "#E8E8E8", "text_wrap": True, "valign": "top"}
        )
        texte = classeur.add_format({"text_wrap": True, "valign": "top"})

        def add_sheet(nom: str, titres: list[str], lignes: list[list[str]]) -> None:
            onglet = classeur.add_worksheet(nom)
            onglet.freeze_panes(1, 0)
            onglet.set_column(0, max(len(titres) - 1, 0), _LARGEUR)
            for rang, titre in enumerate(titres):
                onglet.write_string(0, rang, titre, gras)
            for numero, ligne in enumerate(lignes, start=1):
                for rang, valeur in enumerate(ligne):
                    onglet.write_string(numero, rang, valeur, texte)

        add_sheet("Lisez-moi", ["Rubrique", "Contenu"], _summary(dossier))
        for nom, lignes in dossier.feuilles.items():
            if lignes:
                add_sheet(nom, [cellule["sens"] for cellule in lignes[0]], [list(map(_say, ligne)) for ligne in lignes])
        add_sheet(
            "Historique", ["Version", "Date", "Classeur", "Feuille", "Changement", "Avant", "Après"], _history(dossier)
        )
        titres = ["Version", "Feuille", "Colonne", "Message"]
        add_sheet("Anomalies", titres, [list(anomalie.values()) for anomalie in dossier.anomalies])
    finally:
        classeur.close()


def _summary(dossier: Dossier) -> list[list[str]]:
    return [
        ["PLIE", f"{dossier.plie} ({dossier.code_plie})"],
        ["Numéro du participant", dossier.participant],
        ["Établi le", f"{dossier.exporte_le:%d/%m/%Y}"],
        ["Contenu", "Tout ce que le tableau de bord garde sur cette personne, et chaque changement depuis le premier "
                    "chargement. Aucun nom, aucune adresse, aucun numéro de sécurité sociale n’y est enregistré."],
        *([nom, f"{len(lignes)} ligne(s)"] for nom, lignes in dossier.feuilles.items()),
    ]  # fmt: skip


def _history(dossier: Dossier) -> list[list[str]]:
    return [
        [
            *(str(changement["version"]), changement["date"], changement["classeur"]),
            *(changement["feuille"], changement["changement"]),
            *(_in_line(changement["avant"]), _in_line(changement["apres"])),
        ]
        for changement in dossier.historique
    ]


def _in_line(ligne: list[Cellule]) -> str:
    return " ; ".join(f"{cellule['colonne']} = {_say(cellule)}" for cellule in ligne if cellule["valeur"])


def _say(cellule: Cellule) -> Any:
    return f"{cellule['valeur']} ({cellule['libelle']})" if cellule["libelle"] else cellule["valeur"]
