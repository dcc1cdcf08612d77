"""The history of imports: who loaded what, when, what the checks found; taking back the last one.

History only grows: an undo is a version « annulation de la version N », with a journal of its own, and can
be undone in turn (which loads again what had been taken back). One transaction: all or nothing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import current_version
from data_access.classeur.effacements import ANONYMISATION
from data_access.format import feuille_of_table
from data_access.historique.instantane import Inverse
from data_access.imports.derivation import refresh_derived
from data_access.imports.deroule import VersionDepasseeError
from data_access.imports.differences import Bilan, Difference
from data_access.imports.modifications import write_differences
from data_access.imports.transaction import (
    Enregistre,
    begin_import,
    insert_version,
    read_loaded_sheets,
    write_loaded_sheets,
)
from data_access.journal.acces import Action, record
from data_access.refus import Refus


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


@dataclass(frozen=True)
class AnnulationPreparee:
    """What an undo would do: the version taken back, and by sheet the rows that would change.

    `code_plie`: the PLIE whose last import it is; None for the last one of all those that one may change.
    """

    version: int
    version_courante: int
    classeur: str
    auteur: str
    codes_plie: list[str]
    bilans: dict[str, Bilan]
    code_plie: str | None = None


def prepare_undo(
    engine: sa.Engine, codes_autorises: Collection[str] | None = None, code_plie: str | None = None
) -> AnnulationPreparee:
    """What `undo_last` would do now; nothing is written. Raises `Refus`.

    `codes_autorises`: the PLIE that the person may change; None for all. `code_plie`: the last import of this one.
    """
    with engine.connect() as base:
        cible = _find_last(base, codes_autorises, code_plie)
        differences = _reverse(base, cible)
        return AnnulationPreparee(
            version=cible.id,
            version_courante=current_version(base),
            classeur=cible.classeur,
            auteur=cible.auteur,
            codes_plie=cible.codes_plie,
            bilans={nom: difference.bilan() for nom, difference in differences.items()},
            code_plie=code_plie,
        )


def undo_last(
    engine: sa.Engine,
    auteur: str,
    codes_autorises: Collection[str] | None = None,
    prepare: AnnulationPreparee | None = None,
    role: str = "",
) -> int:
    """Take back the last import of these PLIE; gives the new version. `role`: that of `auteur`, for the journal.

    `prepare`: what the person has seen, for one PLIE or all; `VersionDepasseeError` if an import came since. Raises
    `Refus`.
    """
    with begin_import(engine) as base:
        if prepare and current_version(base) != prepare.version_courante:
            raise VersionDepasseeError
        cible = _find_last(base, codes_autorises, prepare.code_plie if prepare else None)
        differences = _reverse(base, cible)
        feuilles = cible.feuilles_precedentes or []
        version = insert_version(
            base,
            auteur=auteur,
            classeur=f"Annulation de la version {cible.id} ({_own_name(cible.classeur)})",
            empreinte=_restored_fingerprint(base, feuilles),
            codes_plie=cible.codes_plie,
            bilan={nom: asdict(difference.bilan()) for nom, difference in differences.items()},
            annulation_de=cible.id,
            feuilles_precedentes=read_loaded_sheets(base, [(code, table) for code, table, _ in feuilles]),
        )
        write_differences(base, version, differences)
        write_loaded_sheets(base, feuilles)
        refresh_derived(base, cible.codes_plie)
        record(base, auteur, role, Action.ANNULATION, cible.codes_plie, f"version:{cible.id}")
    return version


def _find_last(base: sa.Connection, codes_autorises: Collection[str] | None, code_plie: str | None) -> sa.Row:
    """The last import of these PLIE, or of `code_plie`. No later one that stands has touched a PLIE it concerns.

    An anonymisation is never taken back: it has given its numbers to the journal too, and is stepped over.
    """
    chargements = t.versions.c.classeur != ANONYMISATION
    versions = base.execute(sa.select(t.versions).where(chargements).order_by(t.versions.c.id.desc())).all()
    admis = None if codes_autorises is None else set(codes_autorises)
    miennes = [v for v in versions if admis is None or not admis.isdisjoint(v.codes_plie)]
    cible = next((v for v in miennes if code_plie is None or code_plie in v.codes_plie), None)
    if cible is None:
        raise _not_undone("aucun chargement n’est enregistré", "Chargez d’abord un classeur.", "ANN-001")
    if admis is not None and not admis.issuperset(cible.codes_plie):
        raise _not_undone(
            "le dernier chargement concerne aussi un PLIE que vous n’avez pas le droit de modifier",
            "Demandez ce droit à l’administration.",
            "ANN-002",
        )
    suivante = _last_standing([v for v in versions if v.id > cible.id and set(v.codes_plie) & set(cible.codes_plie)])
    if suivante is not None:
        autres = ", ".join(sorted(set(suivante.codes_plie) & set(cible.codes_plie)))
        raise _not_undone(
            f"le dernier chargement de ce PLIE (version {cible.id}) concerne aussi {autres}, que la version "
            f"{suivante.id} a changé depuis",
            f"Annulez d’abord la version {suivante.id}.",
            "ANN-004",
        )
    return cible


def _not_undone(pourquoi: str, que_faire: str, code: str) -> Refus:
    return Refus(f"Annulation impossible : {pourquoi}. Rien n’est modifié. {que_faire}", code)


def _last_standing(versions: Sequence[sa.Row]) -> sa.Row | None:
    """Of these versions (the last first), the last that another of them has not taken back."""
    debout: dict[int, sa.Row] = {}
    for version in reversed(versions):
        if debout.pop(version.annulation_de, None) is None:
            debout[version.id] = version
    return next(reversed(debout.values()), None)


def _own_name(classeur: str) -> str:
    """« Annulation de la version 2 (suivi.xlsx) » → « suivi.xlsx »: names do not pile up."""
    return classeur.split("(", 1)[1][:-1] if classeur.startswith("Annulation de la version ") else classeur


def _restored_fingerprint(base: sa.Connection, feuilles: list[list[Any]]) -> str:
    """SHA-256 of the workbook whose data are in force again; empty when nothing is left."""
    derniere = max((version for _, _, version in feuilles if version is not None), default=None)
    if derniere is None:
        return ""
    return base.execute(sa.select(t.versions.c.empreinte).where(t.versions.c.id == derniere)).scalar() or ""


def _reverse(base: sa.Connection, cible: sa.Row) -> dict[str, Difference]:
    """What brings the tables back to what they were before version `cible`."""
    j = t.journal.c
    enregistre = Enregistre(base)
    enregistre.limit_to(cible.codes_plie)
    changements: dict[str, list[tuple[dict | None, dict | None]]] = {}
    requete = sa.select(j.nom_table, j.avant, j.apres).where(j.version_id == cible.id).order_by(j.id)
    for table, avant, apres in base.execute(requete):
        changements.setdefault(table, []).append((avant, apres))
    inverses = {}
    for table, paires in changements.items():
        origine = feuille_of_table(table)
        inverse = Inverse(origine, enregistre.rows(origine.nom))
        try:
            for avant, apres in paires:
                inverse.take_back(avant, apres)
        except KeyError:
            raise _not_undone(
                f"les données ne correspondent plus au journal de la version {cible.id} ; elles ont été modifiées hors "
                "des chargements",
                "Rechargez le classeur voulu.",
                "ANN-003",
            ) from None
        inverses[origine.nom] = inverse.difference
    return inverses
