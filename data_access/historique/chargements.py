"""The history of imports: who loaded what, when, what it changed, what the checks found, what was taken back."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data_access import tables as t


@dataclass(frozen=True)
class Version:
    """One import, or one undo. `anomalies` counts by check; `bilan` counts rows by sheet.

    `annule_par`: the version that took this one back. `en_vigueur`: False while it is taken back.
    """

    numero: int
    moment: datetime
    auteur: str
    classeur: str
    empreinte: str
    codes_plie: tuple[str, ...]
    bilan: dict[str, dict[str, int]]
    anomalies: dict[str, int]
    annulation_de: int | None
    annule_par: int | None
    en_vigueur: bool


def list_versions(base: sa.Connection, code_plie: str | None = None) -> list[Version]:
    """Every version, the last one first; with `code_plie`, only those that concern this PLIE."""
    lignes = base.execute(sa.select(t.versions).order_by(t.versions.c.id.desc())).all()
    annulees = {ligne.annulation_de: ligne.id for ligne in lignes if ligne.annulation_de is not None}
    anomalies = _count_anomalies(base, code_plie)
    return [
        Version(
            numero=ligne.id,
            moment=ligne.moment,
            auteur=ligne.auteur,
            classeur=ligne.classeur,
            empreinte=ligne.empreinte,
            codes_plie=tuple(ligne.codes_plie),
            bilan=ligne.bilan,
            anomalies=dict(sorted(anomalies[ligne.id].items())),
            annulation_de=ligne.annulation_de,
            annule_par=annulees.get(ligne.id),
            en_vigueur=_is_in_force(ligne.id, annulees),
        )
        for ligne in lignes
        if code_plie is None or code_plie in ligne.codes_plie
    ]


def _is_in_force(version: int, annulees: dict[int, int]) -> bool:
    """Taken back an even number of times (an undo that is undone loads again)."""
    fois = 0
    while version in annulees:
        version = annulees[version]
        fois += 1
    return fois % 2 == 0


def _count_anomalies(base: sa.Connection, code_plie: str | None) -> dict[int, Counter[str]]:
    a = t.anomalies.c
    requete = sa.select(a.version_id, a.controle, sa.func.count()).group_by(a.version_id, a.controle)
    if code_plie is not None:
        requete = requete.where(sa.or_(a.code_plie == code_plie, a.code_plie.is_(None)))
    nombres: dict[int, Counter[str]] = defaultdict(Counter)
    for version, controle, nombre in base.execute(requete):
        nombres[version][controle] = nombre
    return nombres
