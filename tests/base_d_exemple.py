"""Text tables → a small database, so that a figure can be asked of rows that are read at a glance."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.colonnes import Feuille, Genre
from data_access.format import feuille_of_table
from data_access.imports.derivation import complete_row, refresh_derived
from indicators.documentation import read_example_table

PLIE_EXEMPLE = "P"

_PAR_DEFAUT: dict[str, dict[str, Any]] = {
    "plie": {"nom": "PLIE d’exemple", "date_extraction": date(2100, 1, 1)},
    "operations": {"intitule": "Opération", "debut": date(2021, 1, 1), "fin": date(2021, 12, 31)},
    "territoires": {"type": "commune"},
    "regles_de_sortie": {"libelle": "Type", "depuis": date(2000, 1, 1), "source": "exemple"},
    "types_etape": {"libelle": "Type", "code_classe": "1", "libelle_classe": "Classe", "comptee": True},
    "referents": {"etp": 1.0, "depuis": date(2000, 1, 1)},
    "parcours": {"mode": "complet"},
    "participations": {"code_operation": "O1"},
    "etapes": {"type_etape": "T", "statut": "realisee"},
    "contacts": {"nature": "entretien"},
}
_BOOLEENS = {"oui": True, "non": False}


def load_example(base: sa.Connection, tables: Mapping[str, str]) -> None:
    """Makes the tables in `base` and fills them with these rows; every sheet counts as given."""
    t.metadata.create_all(base)
    lignes = {nom: parse_table(nom, texte) for nom, texte in tables.items()}
    lignes.setdefault("plie", [{"code_plie": PLIE_EXEMPLE} | _PAR_DEFAUT["plie"]])
    lignes["participants"] = _with_missing_participants(lignes)
    if "etapes" in lignes:
        lignes.setdefault("types_etape", [_row("types_etape", {"type_etape": "T"})])
    if "participations" in lignes:
        codes = {ligne["code_operation"] for ligne in lignes["participations"]}
        lignes.setdefault("operations", [_row("operations", {"code_operation": code}) for code in sorted(codes)])
    for nom, table in t.TABLES.items():
        if lignes.get(nom):
            base.execute(sa.insert(table), [complete_row(nom, ligne) for ligne in lignes[nom]])
    base.execute(sa.insert(t.feuilles_chargees), [{"code_plie": PLIE_EXEMPLE, "nom_table": nom} for nom in t.TABLES])
    refresh_derived(base, [PLIE_EXEMPLE])


def parse_table(table: str, texte: str) -> list[dict[str, Any]]:
    """Rows of a text table: first line the column names, columns split by |, dates as AAAA-MM-JJ."""
    noms, corps = read_example_table(texte)
    feuille = feuille_of_table(table)
    return [
        _row(table, {nom: _parse(feuille, nom, brut) for nom, brut in zip(noms, rang, strict=True)}) for rang in corps
    ]


def _row(table: str, valeurs: dict[str, Any]) -> dict[str, Any]:
    vide = dict.fromkeys(t.workbook_columns(t.TABLES[table]))
    ligne = vide | {"code_plie": PLIE_EXEMPLE} | _PAR_DEFAUT.get(table, {}) | valeurs
    if table == "parcours" and ligne["id_participant"] is None:
        ligne["id_participant"] = ligne["id_parcours"]
    return ligne


def _parse(feuille: Feuille, nom: str, brut: str) -> Any:
    if not brut:
        return None
    match feuille.colonne(nom).genre:
        case Genre.DATE:
            return date.fromisoformat(brut)
        case Genre.NOMBRE:
            return float(brut)
        case Genre.ENTIER:
            return int(brut)
        case Genre.BOOLEEN:
            return _BOOLEENS[brut]
        case _:
            return brut


def _with_missing_participants(lignes: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    donnes = lignes.get("participants", [])
    connus = {ligne["id_participant"] for ligne in donnes}
    autres = {ligne["id_participant"] for ligne in lignes.get("parcours", [])} - connus
    return donnes + [_row("participants", {"id_participant": code}) for code in sorted(autres)]
