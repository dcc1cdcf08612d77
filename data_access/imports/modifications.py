"""Writing what differs: rows added, changed, removed, each with its before and after in the journal."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.lots import execute_many, insert_rows, split_in_lots
from data_access.classeur.conversion import Valeurs
from data_access.format import FEUILLES
from data_access.imports.derivation import complete_row
from data_access.imports.differences import Difference

_BEAUCOUP = 100
_COLONNES_JOURNAL = ("version_id", "nom_table", "code_plie", "avant", "apres")

_Changements = Iterable[tuple[Valeurs | None, Valeurs | None]]
_Noter = Callable[[sa.Connection, int, sa.Table, list[str], _Changements], None]
_encode = json.JSONEncoder(default=date.isoformat).encode


def write_differences(
    base: sa.Connection, version: int, differences: dict[str, Difference], journal: bool = True
) -> None:
    """Apply the differences and note each of them in the journal (unless they are only a trial).

    Rows come in the order of the format (what is referred to first) and go in the reverse order.
    """
    noter = _write_journal if journal else _write_nothing
    presentes = [differences[f.nom] for f in FEUILLES if f.nom in differences]
    for difference in presentes:
        _insert(base, version, difference, noter)
        _update(base, version, difference, noter)
        _refresh_statistics(base, difference)
    for difference in reversed(presentes):
        _delete(base, version, difference, noter)


def _insert(base: sa.Connection, version: int, difference: Difference, noter: _Noter) -> None:
    table, noms = _table_and_columns(difference)
    for lot in split_in_lots(difference.ajouts):
        lignes = _complete(base, table, noms, lot)
        insert_rows(base, table, list(lignes[0]), [tuple(ligne.values()) for ligne in lignes])
        noter(base, version, table, noms, ((None, valeurs) for valeurs in lot))


def _update(base: sa.Connection, version: int, difference: Difference, noter: _Noter) -> None:
    table, noms = _table_and_columns(difference)
    for lot in split_in_lots(difference.modifications):
        lignes = _complete(base, table, noms, [apres for _, _, apres in lot])
        valeurs: dict[str, sa.BindParameter] = {nom: sa.bindparam(nom) for nom in lignes[0]}
        for ligne, (numero, _, _) in zip(lignes, lot, strict=True):
            ligne["_numero"] = numero
        base.execute(sa.update(table).where(table.c.id == sa.bindparam("_numero")).values(valeurs), lignes)
        noter(base, version, table, noms, ((avant, apres) for _, avant, apres in lot))


def _complete(base: sa.Connection, table: sa.Table, noms: list[str], lot: list[Valeurs]) -> list[dict[str, Any]]:
    """The rows of `lot` with the derived columns that are known already."""
    lignes = [complete_row(table.name, dict(zip(noms, valeurs, strict=True))) for valeurs in lot]
    for ligne, heritees in zip(lignes, inherited_values(base, table.name, lignes), strict=True):
        ligne |= heritees
    return lignes


def _refresh_statistics(base: sa.Connection, difference: Difference) -> None:
    """PostgreSQL plans on statistics: without them a table just filled looks empty, and is read whole for each row."""
    if base.dialect.name == "postgresql" and len(difference.ajouts) + len(difference.modifications) >= _BEAUCOUP:
        base.exec_driver_sql(f"ANALYZE {difference.feuille.table}")


def _delete(base: sa.Connection, version: int, difference: Difference, noter: _Noter) -> None:
    table, noms = _table_and_columns(difference)
    requete = sa.delete(table).where(table.c.id == sa.bindparam("_numero"))
    execute_many(base, requete, ({"_numero": numero} for numero, _ in difference.retraits))
    noter(base, version, table, noms, ((valeurs, None) for _, valeurs in difference.retraits))


def _table_and_columns(difference: Difference) -> tuple[sa.Table, list[str]]:
    return t.TABLES[difference.feuille.table], [colonne.nom for colonne in difference.feuille.colonnes]


def _write_journal(
    base: sa.Connection,
    version: int,
    table: sa.Table,
    noms: list[str],
    changements: _Changements,
) -> None:
    lignes = (
        (version, table.name, (avant or apres or ("",))[0], _as_json(noms, avant), _as_json(noms, apres))
        for avant, apres in changements
    )
    for lot in split_in_lots(lignes):
        insert_rows(base, t.journal, _COLONNES_JOURNAL, lot)


def _write_nothing(*_changement: object) -> None:
    """What a trial notes."""


def _as_json(noms: list[str], valeurs: Valeurs | None) -> str | None:
    return None if valeurs is None else _encode(dict(zip(noms, valeurs, strict=True)))


_Ligne = dict[str, Any]


def inherited_values(base: sa.Connection, table: str, lignes: Sequence[_Ligne]) -> Iterable[_Ligne]:
    """For each new row of `table`, the derived columns that it takes from rows already written."""
    if table not in ("etapes", "participations"):
        return ({} for _ in lignes)
    parcours = _read_parcours(base, lignes)
    if table == "participations":
        return ({"fin_le": _end(ligne, parcours)} for ligne in lignes)
    types = _read_types(base, lignes)
    return (_of_etape(ligne, parcours, types) for ligne in lignes)


def _of_etape(ligne: _Ligne, parcours: dict[tuple, sa.Row], types: dict[tuple, sa.Row]) -> _Ligne:
    parent = parcours.get((ligne["code_plie"], ligne["id_parcours"]))
    genre = types.get((ligne["code_plie"], ligne["type_etape"]))
    return {
        "fin_le": _end(ligne, parcours),
        **dict(zip(t.HERITEES, parent[3:] if parent else (None,) * len(t.HERITEES), strict=True)),
        "comptee": genre[2] if genre else None,
        "code_classe": genre[3] if genre else None,
    }


def _end(ligne: _Ligne, parcours: dict[tuple, sa.Row]) -> date:
    parent = parcours.get((ligne["code_plie"], ligne["id_parcours"]))
    return min(ligne["fin_le"], parent[2]) if parent else ligne["fin_le"]


def _read_parcours(base: sa.Connection, lignes: Sequence[_Ligne]) -> dict[tuple, sa.Row]:
    p, q = t.parcours.c, t.participants.c
    personne = sa.and_(q.code_plie == p.code_plie, q.id_participant == p.id_participant)
    requete = (
        sa.select(
            *(p.code_plie, p.id_parcours, p.fin_le),
            *(q.sexe if nom == "sexe" else p[nom] for nom in t.HERITEES),
        )
        .select_from(t.parcours.join(t.participants, personne))
        .where(p.code_plie.in_(_distinct(lignes, "code_plie")), p.id_parcours.in_(_distinct(lignes, "id_parcours")))
    )
    return {(ligne[0], ligne[1]): ligne for ligne in base.execute(requete)}


def _read_types(base: sa.Connection, lignes: Sequence[_Ligne]) -> dict[tuple, sa.Row]:
    ty = t.types_etape.c
    requete = sa.select(ty.code_plie, ty.type_etape, ty.comptee, ty.code_classe).where(
        ty.code_plie.in_(_distinct(lignes, "code_plie"))
    )
    return {(ligne[0], ligne[1]): ligne for ligne in base.execute(requete)}


def _distinct(lignes: Iterable[_Ligne], nom: str) -> list[str]:
    return list({ligne[nom] for ligne in lignes})
