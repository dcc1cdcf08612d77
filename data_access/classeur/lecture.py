"""Opening a workbook: its sheets, their headers, their rows as they are written.

Nothing of a cell is understood here: see `conversion`.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from data_access.classeur import controles as c
from data_access.classeur.anomalies import LONGUEUR_CITEE, Anomalie, Rapport, list_names, refuse
from data_access.classeur.ecriture import NOM_LISEZ_MOI
from data_access.classeur.garde import ClasseurRecu, check_container
from data_access.classeur.identites import contains_identity, is_identity_column
from data_access.classeur.livre import COLONNES_MAX, load_livre, raw_rows
from data_access.colonnes import Feuille, normalise
from data_access.format import FEUILLES

LIGNES_MAX = 1_000_000
_FORMAT = {normalise(feuille.nom): feuille for feuille in FEUILLES}
_SANS_OBJET = {normalise(NOM_LISEZ_MOI)}


@dataclass
class Onglet:
    """A sheet of the workbook that is in the format. `positions`: column name → index in a raw row."""

    feuille: Feuille
    source: Any
    positions: dict[str, int] = field(default_factory=dict)


@dataclass
class ClasseurOuvert:
    """The sheets found, in the order of the format. Rows are read on demand, once."""

    onglets: dict[str, Onglet]
    rapport: Rapport

    def rows(self, nom: str) -> Iterator[tuple[int, list[object]]]:
        """Row number (header = 1) and cells of each row of sheet `nom` that is not empty.

        Raises `ClasseurRefuseError` beyond `LIGNES_MAX` rows or if the sheet cannot be read.
        """
        onglet = self.onglets[nom]
        largeur = max(onglet.positions.values(), default=-1) + 1
        utiles = {position: colonne for colonne, position in onglet.positions.items()}
        for numero, cellules, jamais_calculees in raw_rows(onglet.source, largeur):
            if numero == 1:
                continue
            remplie = any(cellules[position] is not None for position in utiles)
            if remplie and numero > LIGNES_MAX + 1:
                raise refuse(c.TROP_DE_LIGNES, feuille=nom)
            for position in jamais_calculees:
                if position in utiles:
                    self.rapport.add(Anomalie(c.FORMULE_JAMAIS_CALCULEE, nom, numero, utiles[position]))
            if remplie:
                yield numero, cellules


@contextmanager
def open_classeur(classeur: ClasseurRecu, rapport: Rapport) -> Iterator[ClasseurOuvert]:
    """Open `classeur` and match its sheets and headers, noting in `rapport` what does not match.

    Raises `ClasseurRefuseError` if it is not a workbook that can be read.
    """
    check_container(classeur)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        livre = load_livre(classeur)
        try:
            yield ClasseurOuvert(_match_sheets(livre, rapport), rapport)
        finally:
            livre.close()


def _match_sheets(livre: openpyxl.Workbook, rapport: Rapport) -> dict[str, Onglet]:
    trouves: dict[str, Onglet] = {}
    titres: dict[str, str] = {}
    for rang, titre in enumerate(livre.sheetnames, start=1):
        feuille = _FORMAT.get(normalise(titre))
        source = livre[titre]
        if feuille is None or not hasattr(source, "_get_source"):
            if normalise(titre) not in _SANS_OBJET:
                nommee = f"n° {rang}" if contains_identity(titre) else titre[:LONGUEUR_CITEE]
                rapport.add(Anomalie(c.FEUILLE_INCONNUE, feuille=nommee))
        elif feuille.nom in trouves:
            detail = f"« {titres[feuille.nom]} » et « {titre} »"
            rapport.add(Anomalie(c.FEUILLE_EN_DOUBLE, feuille.nom, detail=detail))
        else:
            titres[feuille.nom] = titre
            trouves[feuille.nom] = _match_columns(Onglet(feuille, source), rapport)
    if not trouves:
        rapport.add(Anomalie(c.AUCUNE_FEUILLE))
    return {feuille.nom: trouves[feuille.nom] for feuille in FEUILLES if feuille.nom in trouves}


def _match_columns(onglet: Onglet, rapport: Rapport) -> Onglet:
    feuille = onglet.feuille
    attendues = {normalise(colonne.nom): colonne.nom for colonne in feuille.colonnes}
    inconnues: list[tuple[int, str]] = []
    for position, intitule in _header(onglet.source):
        nom = attendues.get(normalise(intitule))
        if nom is None:
            inconnues.append((position, intitule))
        elif nom in onglet.positions:
            lettres = f"{_letter(onglet.positions[nom])} et {_letter(position)}"
            rapport.add(Anomalie(c.COLONNE_EN_DOUBLE, feuille.nom, colonne=nom, detail=lettres))
        else:
            onglet.positions[nom] = position
    for colonne in feuille.colonnes:
        if colonne.obligatoire and colonne.nom not in onglet.positions:
            rapport.add(Anomalie(c.COLONNE_ABSENTE, feuille.nom, 1, colonne.nom))
    _report_unknown(onglet, inconnues, rapport)
    return onglet


def _header(source: Any) -> list[tuple[int, str]]:
    """Position and text of each header; row 1 only."""
    for numero, cellules, _ in raw_rows(source, COLONNES_MAX):
        if numero != 1:
            break
        return [(rang, str(v).strip()) for rang, v in enumerate(cellules) if v is not None and str(v).strip()]
    return []


def _report_unknown(onglet: Onglet, inconnues: list[tuple[int, str]], rapport: Rapport) -> None:
    # Without a single known header, row 1 is data: its words must not be repeated.
    citer = bool(onglet.positions)
    refusees = [colonne for colonne in inconnues if is_identity_column(colonne[1])]
    autres = [colonne for colonne in inconnues if not is_identity_column(colonne[1])]
    for controle, colonnes in ((c.COLONNE_IDENTITE, refusees), (c.COLONNE_INCONNUE, autres)):
        if colonnes:
            noms = [
                f"« {intitule[:LONGUEUR_CITEE]} »" if citer and not contains_identity(intitule) else _letter(position)
                for position, intitule in colonnes
            ]
            rapport.add(Anomalie(controle, onglet.feuille.nom, detail=list_names(noms)))


def _letter(position: int) -> str:
    return get_column_letter(position + 1)
