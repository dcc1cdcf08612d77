"""The anomalies still open: those of the last import that gave each sheet of each PLIE.

An anomaly is known from one import to the next by its check, its sheet, its column and the key of its row
(by the row number where the row has no readable key). Its age is that of the first of the imports, without
a gap, that found it. What an undo takes back is forgotten; what it restores is open again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.classeur.controles import CATALOGUE, Gravite
from data_access.format import FEUILLES

Identite = tuple[str | None, str, str | None, str | None, str]
_TABLES = {f.nom: f.table for f in FEUILLES}
_ORDRE = {str(gravite.value): rang for rang, gravite in enumerate(Gravite)}


@dataclass(frozen=True)
class AnomalieOuverte:
    """One anomaly, the version that found it last and the version since which it is there."""

    code_plie: str | None
    controle: str
    gravite: str
    feuille: str | None
    ligne: int | None
    colonne: str | None
    cle: str | None
    code_referent: str | None
    code_operation: str | None
    message: str
    conseil: str
    version: int
    depuis_version: int
    depuis_le: datetime


@dataclass(frozen=True)
class GroupeDAnomalies:
    """Open anomalies of one check in one sheet, the oldest first."""

    controle: str
    titre: str
    gravite: str
    feuille: str | None
    conseil: str
    anomalies: tuple[AnomalieOuverte, ...]

    @property
    def nombre(self) -> int:
        """How many."""
        return len(self.anomalies)

    @property
    def depuis_le(self) -> datetime:
        """When the oldest appeared."""
        return self.anomalies[0].depuis_le


def open_anomalies(base: sa.Connection, codes_plie: Collection[str]) -> list[GroupeDAnomalies]:
    """Open anomalies of these PLIE by check and sheet: the gravest first, then the order of the checks."""
    dernieres = _Dernieres(base, codes_plie)
    trouvees = _read(base, dernieres.versions, codes_plie)
    ouvertes = [(anomalie, code) for anomalie in trouvees if (code := dernieres.find_plie(anomalie))]
    moments, precedentes = _read_versions(base)
    depuis = _first_versions(base, ouvertes, dernieres.par_feuille, precedentes)
    anomalies = [_as_open(a, depuis[_identity(a, a.controle)], moments) for a, _ in ouvertes]
    anomalies.sort(key=lambda a: (_group_key(a), a.depuis_version, a.ligne or 0, a.colonne or ""))
    return [_as_group(list(membres)) for _, membres in groupby(anomalies, key=_group_key)]


def open_identities(base: sa.Connection, feuilles: Collection[tuple[str, str]]) -> set[Identite]:
    """The anomalies open in these sheets, (code_plie, table), as they are known from one import to the next."""
    codes = {code for code, _ in feuilles}
    dernieres = _Dernieres(base, codes)
    tables = {table for _, table in feuilles}
    return {
        _identity(anomalie, anomalie.controle)
        for anomalie in _read(base, dernieres.versions, codes)
        if _TABLES.get(anomalie.feuille or "") in tables and dernieres.find_plie(anomalie)
    }


def identities(anomalies: Iterable, feuilles: Collection[tuple[str, str]]) -> set[Identite]:
    """As `open_identities`, of what the checks have just found."""
    tables = {table for _, table in feuilles}
    return {_identity(a, a.code) for a in anomalies if _TABLES.get(a.feuille or "") in tables}


def _identity(constat: Any, controle: str) -> Identite:
    """What tells one anomaly from another; `constat`: an `Anomalie`, or a row of the table."""
    cle = constat.cle or f"ligne {constat.ligne}"
    return constat.code_plie, controle, constat.feuille, constat.colonne, cle


class _Dernieres:
    """The version that gave each sheet last, and the last one of each PLIE."""

    def __init__(self, base: sa.Connection, codes_plie: Collection[str]) -> None:
        f = t.feuilles_chargees.c
        requete = sa.select(f.code_plie, f.nom_table, f.version_id).where(
            f.code_plie.in_(codes_plie), f.version_id.is_not(None)
        )
        self.par_feuille = {(code, table): version for code, table, version in base.execute(requete)}
        self._par_plie: dict[str, int] = {}
        for (code, _), version in self.par_feuille.items():
            self._par_plie[code] = max(version, self._par_plie.get(code, 0))

    @property
    def versions(self) -> set[int]:
        """All those versions."""
        return set(self.par_feuille.values())

    def find_plie(self, anomalie: sa.Row) -> str | None:
        """A PLIE for which this anomaly is still open; None if there is none.

        What concerns no sheet of the format (an unknown sheet) is open until the next import of the PLIE.
        """
        table = _TABLES.get(anomalie.feuille or "")
        for code in [anomalie.code_plie] if anomalie.code_plie else self._par_plie:
            version = self.par_feuille.get((code, table)) if table else self._par_plie.get(code)
            if version == anomalie.version_id:
                return code
        return None


def _read(base: sa.Connection, versions: Collection[int], codes_plie: Collection[str]) -> list[sa.Row]:
    a = t.anomalies.c
    du_plie = sa.or_(a.code_plie.in_(codes_plie), a.code_plie.is_(None))
    return list(base.execute(sa.select(t.anomalies).where(a.version_id.in_(versions), du_plie).order_by(a.id)))


def _read_versions(base: sa.Connection) -> tuple[dict[int, datetime], dict[tuple[int, str, str], int | None]]:
    """Moments, and for each sheet given by a version, the version that had given it before."""
    v = t.versions.c
    moments: dict[int, datetime] = {}
    precedentes: dict[tuple[int, str, str], int | None] = {}
    for numero, moment, feuilles in base.execute(sa.select(v.id, v.moment, v.feuilles_precedentes)):
        moments[numero] = moment
        for code, table, precedente in feuilles or ():
            precedentes[numero, code, table] = precedente
    return moments, precedentes


def _first_versions(
    base: sa.Connection,
    ouvertes: list[tuple[sa.Row, str]],
    dernieres: dict[tuple[str, str], int],
    precedentes: dict[tuple[int, str, str], int | None],
) -> dict[Identite, int]:
    """For each open anomaly, the first of the imports of its sheet that found it without a gap until now."""
    depuis = {_identity(a, a.controle): a.version_id for a, _ in ouvertes}
    par_feuille: dict[tuple[str, str], set[Identite]] = defaultdict(set)
    for anomalie, code in ouvertes:
        if anomalie.feuille in _TABLES:
            par_feuille[code, anomalie.feuille].add(_identity(anomalie, anomalie.controle))
    for (code, nom), presentes in par_feuille.items():
        table = _TABLES[nom]
        version = precedentes.get((dernieres[code, table], code, table))
        while presentes and version is not None:
            presentes &= _identities_of(base, version, code, nom)
            depuis.update(dict.fromkeys(presentes, version))
            version = precedentes.get((version, code, table))
    return depuis


def _identities_of(base: sa.Connection, version: int, code_plie: str, nom: str) -> set[Identite]:
    a = t.anomalies.c
    requete = sa.select(a.code_plie, a.controle, a.feuille, a.colonne, a.cle, a.ligne).where(
        a.version_id == version, a.feuille == nom, sa.or_(a.code_plie == code_plie, a.code_plie.is_(None))
    )
    return {_identity(ligne, ligne.controle) for ligne in base.execute(requete)}


def _as_open(anomalie: sa.Row, depuis: int, moments: dict[int, datetime]) -> AnomalieOuverte:
    valeurs = {nom: valeur for nom, valeur in anomalie._mapping.items() if nom not in ("id", "version_id")}
    return AnomalieOuverte(**valeurs, version=anomalie.version_id, depuis_version=depuis, depuis_le=moments[depuis])


def _group_key(anomalie: AnomalieOuverte) -> tuple[int, str, str]:
    return _ORDRE.get(anomalie.gravite, len(_ORDRE)), anomalie.controle, anomalie.feuille or ""


def _as_group(anomalies: list[AnomalieOuverte]) -> GroupeDAnomalies:
    premiere = anomalies[0]
    controle = CATALOGUE.get(premiere.controle)
    return GroupeDAnomalies(
        controle=premiere.controle,
        titre=controle.titre if controle else premiere.controle,
        gravite=premiere.gravite,
        feuille=premiere.feuille,
        conseil=premiere.conseil,
        anomalies=tuple(anomalies),
    )
