"""Tiny workbooks for the tests: a valid one, and ways to spoil it."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path

import openpyxl

from data_access.base.moteur import make_engine
from data_access.classeur.anomalies import Anomalie
from data_access.classeur.ecriture import write_classeur
from data_access.classeur.etat import LigneEnregistree
from data_access.classeur.garde import receive_classeur
from data_access.classeur.verification import ClasseurVerifie, verify_classeur
from data_access.imports.deroule import prepare_import
from data_access.tables import metadata

Feuilles = dict[str, list[dict[str, object]]]


class RienEnregistre:
    """An empty database."""

    def __init__(self) -> None:
        self.codes_plie: set[str] = set()

    def limit_to(self, codes_plie: set[str]) -> None:
        """Nothing to look at."""

    def rows(self, nom: str) -> list[LigneEnregistree]:
        """No row."""
        return []

    def erased(self) -> None:
        """Nobody was erased."""


_MODELE: Feuilles = {
    "PLIE": [{"code_plie": "T", "nom": "PLIE d’essai", "date_extraction": date(2024, 12, 31)}],
    "Territoires": [
        {"code_plie": "T", "code_territoire": "33063", "nom": "Ville", "type": "commune", "eligible": True},
        {"code_plie": "T", "code_territoire": "33064", "nom": "Voisine", "type": "commune", "eligible": False},
        {"code_plie": "T", "code_territoire": "QP1", "nom": "Quartier", "type": "qpv", "code_parent": "33063"},
    ],
    "Operations": [
        {
            "code_plie": "T", "code_operation": "O1", "intitule": "Accompagner", "debut": date(2022, 1, 1),
            "fin": date(2024, 12, 31), "etp": 2.5,
        },
    ],
    "Objectifs": [
        {
            "code_plie": "T", "code_operation": "O1", "code_indicateur": "taux_sorties_positives", "libelle": "Sorties",
            "nature": "taux", "valeur": 0.5, "debut": date(2022, 1, 1), "fin": date(2024, 12, 31),
        },
    ],
    "Regles de sortie": [
        {
            "code_plie": "T", "type_sortie": "CDI", "libelle": "CDI", "categorie": "positive", "nature": "emploi",
            "depuis": date(2015, 1, 1), "source": "protocole",
        },
    ],
    "Types d'etape": [
        {
            "code_plie": "T", "type_etape": "FORM", "libelle": "Formation", "code_classe": "F",
            "libelle_classe": "Former", "comptee": True,
        },
    ],
    "Referents": [{"code_plie": "T", "code_referent": "R1", "etp": 1, "depuis": date(2020, 1, 1)}],
    "Participants": [
        {"code_plie": "T", "id_participant": "p1", "sexe": "F", "date_naissance": date(1990, 5, 1)},
        {"code_plie": "T", "id_participant": "p2", "sexe": "H", "date_naissance": date(1970, 2, 28)},
    ],
    "Parcours": [
        {
            "code_plie": "T", "id_parcours": "c1", "id_participant": "p1", "entree_le": date(2022, 1, 10),
            "code_referent": "R1", "code_commune": "33063", "code_quartier": "QP1", "rsa": True,
            "sortie_le": date(2023, 6, 1), "type_sortie": "CDI", "saisie_le": date(2023, 6, 15),
        },
        {
            "code_plie": "T", "id_parcours": "c2", "id_participant": "p2", "entree_le": date(2023, 3, 1),
            "code_referent": "R1", "code_commune": "33063",
        },
    ],
    "Participations": [
        {
            "code_plie": "T", "id_parcours": "c1", "code_operation": "O1", "entree_le": date(2022, 1, 10),
            "questionnaire_complet": True,
        },
    ],
    "Etapes": [
        {
            "code_plie": "T", "id_etape": "e1", "id_parcours": "c1", "type_etape": "FORM", "code_operation": "O1",
            "debut": date(2022, 3, 1), "fin": date(2022, 5, 1), "statut": "realisee", "heures": 35,
        },
        {
            "code_plie": "T", "id_etape": "e2", "id_parcours": "c2", "type_etape": "FORM", "debut": date(2023, 4, 1),
            "statut": "en_cours",
        },
    ],
    "Suspensions": [{"code_plie": "T", "id_parcours": "c2", "motif": "congé", "debut": date(2023, 8, 1)}],
    "Contacts": [
        {"code_plie": "T", "id_parcours": "c2", "contact_le": date(2023, 9, 1), "nature": "entretien"},
        {"code_plie": "T", "id_parcours": "c2", "contact_le": date(2023, 9, 1), "nature": "entretien"},
    ],
    "Realisations": [
        {
            "code_plie": "T", "code_operation": "O1", "code_indicateur": "ateliers", "realise_le": date(2023, 1, 5),
            "valeur": 3,
        },
    ],
}  # fmt: skip


def valid_sheets() -> Feuilles:
    """The rows of a workbook that no check complains about; free to be spoiled."""
    return deepcopy(_MODELE)


def write(dossier: Path, feuilles: Feuilles, nom: str = "essai.xlsx") -> Path:
    """The workbook of these rows."""
    chemin = dossier / nom
    write_classeur(chemin, feuilles)
    return chemin


def write_raw(dossier: Path, feuilles: dict[str, Sequence[Sequence[object]]], nom: str = "brut.xlsx") -> Path:
    """A workbook of these very cells."""
    livre = openpyxl.Workbook()
    livre.remove(livre.worksheets[0])
    for titre, lignes in feuilles.items():
        onglet = livre.create_sheet(titre)
        for ligne in lignes:
            onglet.append(list(ligne))
    livre.save(dossier / nom)
    return dossier / nom


def raw_sheets(feuilles: Feuilles) -> dict[str, list[list[object]]]:
    """Rows as cells under their headers, to be changed cell by cell."""
    brutes: dict[str, list[list[object]]] = {}
    for nom, lignes in feuilles.items():
        colonnes = list(dict.fromkeys(colonne for ligne in lignes for colonne in ligne))
        brutes[nom] = [list(colonnes), *([ligne.get(colonne) for colonne in colonnes] for ligne in lignes)]
    return brutes


def verify(chemin: Path) -> ClasseurVerifie:
    """What the checks say of the workbook, before an empty database."""
    return verify_classeur(receive_classeur(chemin), RienEnregistre())


def places(anomalies: Sequence[Anomalie]) -> list[tuple[str, str | None, int | None, str | None]]:
    """Code and place of each anomaly."""
    return [(a.code, a.feuille, a.ligne, a.colonne) for a in anomalies]


def refusal(chemin: Path) -> str:
    """The code of the only blocking anomaly."""
    engine = make_engine("sqlite://")
    metadata.create_all(engine)
    prepare = prepare_import(engine, chemin)
    engine.dispose()
    assert prepare.is_refused
    assert not prepare.changes_something
    codes = [a.code for a in prepare.anomalies if a.gravite == "bloquant"]
    assert len(codes) == 1
    return codes[0]
