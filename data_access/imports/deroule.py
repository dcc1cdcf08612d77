"""Importing a workbook in two times: prepare (nothing is written), then apply (all or nothing); or only try it.

A trial is written, counted, and always taken back: its transaction is seen by nobody else. Readers are never held up;
another import waits for the time of the trial (and the trial itself waits ten seconds at most for another import).
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from data_access.base.moteur import current_version
from data_access.classeur.anomalies import Anomalie, ClasseurRefuseError, Rapport
from data_access.classeur.controles import VERSION_DEPASSEE
from data_access.classeur.garde import ClasseurRecu, receive_classeur
from data_access.classeur.verification import ClasseurVerifie, Progres, verify_classeur
from data_access.imports.derivation import refresh_derived
from data_access.imports.differences import (
    Bilan,
    Difference,
    Disparition,
    compare,
    in_words,
    list_alarming,
    vanishing_parcours,
)
from data_access.imports.modifications import write_differences
from data_access.imports.qualite import identities
from data_access.imports.transaction import (
    Enregistre,
    FeuilleDUnPlie,
    begin_import,
    hold_imports,
    insert_version,
    read_loaded_sheets,
    write_anomalies,
    write_loaded_sheets,
)
from data_access.journal.acces import Action, record

_ESSAIS = 5
_ATTENDRE_LA_FIN = 0.85


@dataclass
class ImportPrepare:
    """What an import would do. `version` is that of the data it was compared with."""

    classeur: str
    empreinte: str
    version: int
    codes_plie: list[str]
    rapport: Rapport
    differences: dict[str, Difference]
    feuilles_nouvelles: set[FeuilleDUnPlie]
    feuilles_presentes: set[FeuilleDUnPlie]
    anomalies_changent: bool = False
    parcours_enregistres: dict[str, int] = field(default_factory=dict)

    @property
    def is_refused(self) -> bool:
        """True when a blocking check forbids loading anything."""
        return self.rapport.is_blocking

    @property
    def changes_something(self) -> bool:
        """True when applying would write a row, note a sheet given for the first time, or anomalies that changed."""
        if self.is_refused:
            return False
        lignes = any(difference.changes_something for difference in self.differences.values())
        return lignes or bool(self.feuilles_nouvelles) or self.anomalies_changent

    @property
    def disparitions(self) -> list[Disparition]:
        """PLIE that would lose more of their stored parcours than goes without saying."""
        return list_alarming(vanishing_parcours(self.differences, self.parcours_enregistres))

    @property
    def confirmation(self) -> Anomalie | None:
        """What must be confirmed before applying, in words; None when nothing is alarming."""
        return in_words(self.disparitions)

    @property
    def anomalies(self) -> list[Anomalie]:
        """All that the checks found, the gravest first."""
        return self.rapport.anomalies()

    def bilans(self) -> dict[str, Bilan]:
        """By sheet: rows added, changed, removed, unchanged, rejected."""
        return {nom: difference.bilan() for nom, difference in self.differences.items()}


class VersionDepasseeError(ClasseurRefuseError):
    """Another import came between prepare and apply; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(Anomalie(VERSION_DEPASSEE))


def prepare_import(
    engine: sa.Engine,
    classeur: Path | ClasseurRecu,
    codes_autorises: Collection[str] | None = None,
    progres: Progres | None = None,
) -> ImportPrepare:
    """Read and check `classeur` and compare it with the data; nothing is written.

    Never raises for what the workbook is or contains: see `is_refused` and `anomalies`.
    `codes_autorises`: the PLIE that the person may change; None for all.
    """
    try:
        recu = receive_classeur(classeur) if isinstance(classeur, Path) else classeur
    except ClasseurRefuseError as refus:
        return refused_import(engine, str(classeur), refus.anomalie)
    with engine.connect() as base:
        enregistre = Enregistre(base)
        verifie = verify_classeur(recu, enregistre, codes_autorises, progres)
        if progres:
            progres(_ATTENDRE_LA_FIN, "Comparaison avec les données enregistrées")
        return compare_with_stored(recu, verifie, enregistre)


def compare_with_stored(recu: ClasseurRecu, verifie: ClasseurVerifie, enregistre: Enregistre) -> ImportPrepare:
    """What loading the checked sheets would change."""
    presentes: set[FeuilleDUnPlie] = set()
    if not verifie.rapport.is_blocking:
        presentes = {(code, lue.feuille.table) for code in verifie.codes_plie for lue in verifie.feuilles.values()}
    return ImportPrepare(
        classeur=recu.nom,
        empreinte=recu.empreinte,
        version=enregistre.version,
        codes_plie=verifie.codes_plie,
        rapport=verifie.rapport,
        differences=compare(verifie),
        feuilles_nouvelles=presentes - enregistre.loaded_sheets() if presentes else set(),
        feuilles_presentes=presentes,
        anomalies_changent=enregistre.open_anomalies(presentes) != identities(verifie.rapport.anomalies(), presentes),
        parcours_enregistres=enregistre.count_parcours(verifie.codes_plie),
    )


def refused_import(engine: sa.Engine, nom: str, anomalie: Anomalie) -> ImportPrepare:
    """The import of a file that could not be read at all."""
    rapport = Rapport()
    rapport.add(anomalie)
    with engine.connect() as base:
        return ImportPrepare(Path(nom).name, "", current_version(base), [], rapport, {}, set(), set())


def apply_import(
    engine: sa.Engine,
    prepare: ImportPrepare,
    auteur: str,
    progres: Progres | None = None,
    disparition_confirmee: bool = False,
    role: str = "",
) -> int:
    """Write what was prepared, in one transaction; gives the version of the data afterwards.

    `role`: that of `auteur`, for the journal of accesses. Nothing to change: the version stays. Raises
    `VersionDepasseeError` if the data have changed since `prepare_import`, `ClasseurRefuseError` if the workbook was
    refused, or if too many parcours would vanish and that was not confirmed (IMP-017).
    """
    if prepare.is_refused:
        raise ClasseurRefuseError(prepare.anomalies[0])
    if prepare.confirmation and not disparition_confirmee:
        raise ClasseurRefuseError(prepare.confirmation)
    if not prepare.changes_something:
        return prepare.version
    if progres:
        progres(_ATTENDRE_LA_FIN, "Enregistrement")
    with begin_import(engine) as base:
        version = write_import(base, prepare, auteur)
        record(base, auteur, role, Action.IMPORT, prepare.codes_plie, f"version:{version}")
    if progres:
        progres(1.0, "Terminé")
    return version


def write_import(base: sa.Connection, prepare: ImportPrepare, auteur: str, journal: bool = True) -> int:
    """Write what was prepared inside the caller's transaction, which holds the imports; gives the new version.

    Raises `VersionDepasseeError` if the data have changed since `prepare_import`.
    """
    if current_version(base) != prepare.version:
        raise VersionDepasseeError
    version = insert_version(
        base,
        auteur=auteur,
        classeur=prepare.classeur,
        empreinte=prepare.empreinte,
        codes_plie=prepare.codes_plie,
        bilan={nom: asdict(bilan) for nom, bilan in prepare.bilans().items()},
        feuilles_precedentes=read_loaded_sheets(base, prepare.feuilles_presentes),
    )
    write_differences(base, version, prepare.differences, journal)
    write_loaded_sheets(base, [(code, table, version) for code, table in prepare.feuilles_presentes])
    write_anomalies(base, version, prepare.anomalies)
    refresh_derived(base, prepare.codes_plie)
    return version


@dataclass
class ImportTermine:
    """An import seen through: `etat` is « charge », « refuse », « inchange » or « a_confirmer » (nothing loaded)."""

    etat: str
    version: int
    prepare: ImportPrepare


def import_classeur(
    engine: sa.Engine,
    classeur: Path,
    auteur: str,
    progres: Progres | None = None,
    disparition_confirmee: bool = False,
) -> ImportTermine:
    """Prepare and apply in one go; prepares again when another import came in between."""

    def preparer() -> ImportPrepare:
        return prepare_import(engine, classeur, progres=progres)

    return import_prepared(engine, preparer, auteur, progres, disparition_confirmee)


def import_prepared(
    engine: sa.Engine,
    preparer: Callable[[], ImportPrepare],
    auteur: str,
    progres: Progres | None = None,
    disparition_confirmee: bool = False,
    role: str = "",
) -> ImportTermine:
    """As `import_classeur`, for a file that `preparer` knows how to prepare."""
    for _ in range(_ESSAIS):
        prepare = preparer()
        if prepare.is_refused:
            return ImportTermine("refuse", prepare.version, prepare)
        if prepare.confirmation and not disparition_confirmee:
            return ImportTermine("a_confirmer", prepare.version, prepare)
        try:
            version = apply_import(engine, prepare, auteur, progres, disparition_confirmee, role)
        except VersionDepasseeError:
            continue
        return ImportTermine("charge" if version != prepare.version else "inchange", version, prepare)
    raise VersionDepasseeError


_PATIENCE_D_UN_ESSAI_MS = 10_000
_AUTEUR = "simulation"

T = TypeVar("T")


@contextmanager
def simulate(engine: sa.Engine, prepare: ImportPrepare) -> Iterator[sa.Connection]:
    """A connection that sees the data as they would be after `prepare`; nothing of it remains.

    Raises `ClasseurRefuseError` if the workbook was refused, `VersionDepasseeError` if the data have changed
    since, `Refus` if another import is writing.
    """
    if prepare.is_refused:
        raise ClasseurRefuseError(prepare.anomalies[0])
    with hold_imports(engine, _PATIENCE_D_UN_ESSAI_MS) as base:
        write_import(base, prepare, _AUTEUR, journal=False)
        # Whoever counts must not make the trial last by mistake.
        sa.event.listen(base, "commit", _refuse_commit)
        yield base


def figures_before_after(
    engine: sa.Engine, prepare: ImportPrepare, calculer: Callable[[sa.Connection], T]
) -> tuple[T, T]:
    """What `calculer` counts now, and what it would count once `prepare` is applied. Errors as `simulate`.

    `calculer` must not keep what it reads under the number of the version alone: that of a trial is given again.
    """
    with engine.connect() as base:
        avant = calculer(base)
        base.rollback()
    with simulate(engine, prepare) as base:
        return avant, calculer(base)


def _refuse_commit(_base: sa.Connection) -> None:
    raise RuntimeError("a trial is never committed")
