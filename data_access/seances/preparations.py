"""The meeting being prepared: one draft per PLIE and body, kept until it is published or started anew."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from data_access import tables as t


def read_preparation(base: sa.Connection, code_plie: str, instance: str) -> dict[str, Any] | None:
    """The draft as it was saved last; None when there is none."""
    p = t.preparations.c
    requete = sa.select(p.contenu).where(p.code_plie == code_plie, p.instance == instance)
    return base.scalar(requete)


def save_preparation(base: sa.Connection, code_plie: str, instance: str, contenu: dict[str, Any], auteur: str) -> None:
    """Write the draft over the one before. `contenu`: JSON values."""
    p = t.preparations.c
    valeurs = {"contenu": contenu, "modifie_le": datetime.now(UTC), "auteur": auteur}
    fait = base.execute(
        sa.update(t.preparations).where(p.code_plie == code_plie, p.instance == instance).values(**valeurs)
    )
    if not fait.rowcount:
        base.execute(sa.insert(t.preparations).values(code_plie=code_plie, instance=instance, **valeurs))


def forget_preparation(base: sa.Connection, code_plie: str, instance: str) -> None:
    """Remove the draft: the next one starts from the last edition."""
    p = t.preparations.c
    base.execute(sa.delete(t.preparations).where(p.code_plie == code_plie, p.instance == instance))
