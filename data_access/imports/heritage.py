"""What a row takes from its parcours and its type of étape, known as soon as it is inserted.

`derivation.refresh_derived` has the last word whatever is done here. But an étape written complete enters its six
indexes once; written bare, then completed, it enters them twice: that was a third of the time of a big import.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import tables as t

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
