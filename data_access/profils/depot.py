"""Profiles kept in the database, by PLIE and name, to be used again next month."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from data_access.profils.echange import check_profil, profil_from_dict, profil_to_dict
from data_access.profils.profil import Profil
from data_access.tables import profils as table


@dataclass(frozen=True)
class ProfilEnregistre:
    """A stored profile, without its content."""

    code_plie: str
    logiciel: str
    nom: str
    modifie_le: datetime
    auteur: str


def save_profil(engine: sa.Engine, profil: Profil, auteur: str) -> None:
    """Store `profil`, in place of the one of the same PLIE and name. Raises `ClasseurRefuseError` if it cannot work."""
    check_profil(profil)
    with engine.begin() as base:
        base.execute(sa.delete(table).where(_is(profil.code_plie, profil.nom)))
        base.execute(
            sa.insert(table).values(
                code_plie=profil.code_plie,
                logiciel=profil.logiciel,
                nom=profil.nom,
                contenu=profil_to_dict(profil),
                modifie_le=datetime.now(UTC),
                auteur=auteur,
            )
        )


def list_profils(base: sa.Connection, codes_plie: Collection[str] | None = None) -> list[ProfilEnregistre]:
    """The stored profiles of these PLIE (None for all), by PLIE and name."""
    c = table.c
    requete = sa.select(c.code_plie, c.logiciel, c.nom, c.modifie_le, c.auteur).order_by(c.code_plie, c.nom)
    if codes_plie is not None:
        requete = requete.where(c.code_plie.in_(codes_plie))
    return [ProfilEnregistre(*ligne) for ligne in base.execute(requete)]


def read_profil(base: sa.Connection, code_plie: str, nom: str) -> Profil | None:
    """The profile of that name; None if there is none."""
    contenu = base.execute(sa.select(table.c.contenu).where(_is(code_plie, nom))).scalar()
    return None if contenu is None else profil_from_dict(contenu)


def delete_profil(engine: sa.Engine, code_plie: str, nom: str) -> None:
    """Forget a profile; what was loaded with it stays."""
    with engine.begin() as base:
        base.execute(sa.delete(table).where(_is(code_plie, nom)))


def _is(code_plie: str, nom: str) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.code_plie == code_plie, table.c.nom == nom)
