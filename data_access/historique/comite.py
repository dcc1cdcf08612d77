"""What the committee reads: the dates that the team publishes, and the base of the committee that follows from them.

That base holds each PLIE at its published version, apart from the live data. A SQLite file that is never changed once
it has its name, and whose name follows from the publications in force: readers find the one of before or the one of
after, and whoever keeps figures by address never mixes two publications. It holds nothing of its own: lost, damaged or
made by another version of this code, it is written again.
"""

import contextlib
import hashlib
import logging
import os
import shutil
import sqlite3
import threading
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import RACINE, current_version, hold_lock, make_engine
from data_access.base.schema import fingerprint
from data_access.format import FEUILLES, feuille
from data_access.historique import instantane
from data_access.historique.instantane import rebuild, rows_at
from data_access.imports import derivation, modifications, sejours
from data_access.journal.acces import Action, record
from data_access.refus import Refus
from data_access.seances import publications
from data_access.seances.publications import Publication, insert_publication, last_publications

VARIABLE_DOSSIER = "PLIE_DOSSIER_PUBLIE"
FICHIERS_GARDES = 3
"""The one in force and those of before: somebody may still be reading them."""

_RECETTE = (t, derivation, sejours, modifications, instantane, publications)
_journal = logging.getLogger("plie.publication")
_verrou = threading.Lock()
_sains: dict[Path, tuple[int, int, int]] = {}


def publish(
    base: sa.Connection,
    code_plie: str,
    au: date,
    version: int,
    par: str,
    edition_id: int | None = None,
    role: str = "animation",
) -> Publication:
    """Open the figures of a PLIE up to `au`, from its data at `version`, and note it in the journal of accesses.

    Inside the caller's transaction. Whether `par` may do so is for the caller to check. Raises `Refus`,
    also when that version cannot be written again.
    """
    _check_date(base, code_plie, au, version)
    publication = insert_publication(base, code_plie, au, version, edition_id, par)
    record(base, par, role, Action.PUBLICATION, [code_plie], f"date:{au.isoformat()} version:{version}")
    return publication


def _check_date(base: sa.Connection, code_plie: str, au: date, version: int) -> None:
    derniere = current_version(base)
    if not 1 <= version <= derniere:
        raise Refus(
            f"Publication impossible : la version {version} des données n’existe pas, elles en sont à la version "
            f"{derniere}. Rien n’est publié. Choisissez une version de l’historique.",
            "PUB-002",
        )
    plie = rows_at(base, "PLIE", code_plie, version)
    if not plie:
        raise Refus(
            f"Publication impossible : le PLIE « {code_plie} » n’est pas dans les données à la version {version}. "
            "Rien n’est publié. Vérifiez son code, ou importez son classeur.",
            "PUB-001",
        )
    extraction: date = plie[0][feuille("PLIE").rangs["date_extraction"]]
    if au > extraction:
        raise Refus(
            f"Publication impossible : les données du PLIE « {code_plie} » s’arrêtent au {extraction:%d/%m/%Y}, elles "
            f"ne disent rien du {au:%d/%m/%Y}. Rien n’est publié. Choisissez une date plus ancienne, ou importez un "
            "classeur plus récent.",
            "PUB-003",
        )
    premiere = base.scalar(sa.select(sa.func.min(t.parcours.c.entree_le)).where(t.parcours.c.code_plie == code_plie))
    if premiere is not None and au < premiere:
        raise Refus(
            f"Publication impossible : le PLIE « {code_plie} » n’a aucun parcours avant le {premiere:%d/%m/%Y}, et la "
            f"date demandée est le {au:%d/%m/%Y}. Rien n’est publié. Vérifiez l’année.",
            "PUB-004",
        )

    if version != derniere:
        for origine in FEUILLES:
            rows_at(base, origine.nom, code_plie, version)


def committee_url(engine: sa.Engine) -> str | None:
    """Address of the base of the committee, brought up to date if need be; None while nothing is published.

    One small query when there is nothing to do. Otherwise one process writes and the others wait. Raises
    `Refus`, `Refus`.
    """
    with engine.connect() as base:
        en_vigueur = last_publications(base)
    if not en_vigueur:
        return None
    fichier = _folder(engine) / f"{_prefix(engine)}{_recipe()[:8]}-{_digest_of(en_vigueur)}.db"
    try:
        if not _is_sound(fichier):
            fichier.parent.mkdir(parents=True, exist_ok=True)
            with _verrou, _hold_folder(engine):
                if not _is_sound(fichier):
                    _write(engine, en_vigueur, fichier)
        return _address(fichier)
    except (OSError, sqlite3.Error, sa.exc.DatabaseError) as erreur:
        _journal.error("PUB-010 %s", type(erreur).__name__)
        raise Refus(
            "Les chiffres publiés ne peuvent pas être préparés : la base publiée ne s’écrit pas sur ce serveur. "
            "Les données ne sont pas touchées. Demandez à l’administration de vérifier la place et les droits du "
            f"dossier réglé par {VARIABLE_DOSSIER}.",
            "PUB-010",
        ) from None


def discard_committee(engine: sa.Engine) -> None:
    """Remove every base of the committee; they are written again when they are next read.

    For whoever takes something out of the past (journal included): published figures must not keep it.
    """
    if _folder(engine).is_dir():
        with _verrou, _hold_folder(engine):
            _remove(_files(engine, ""))


def _folder(engine: sa.Engine) -> Path:
    choisi = os.environ.get(VARIABLE_DOSSIER, "").strip()
    if choisi:
        return Path(choisi)
    fichier = engine.url.database if engine.url.get_backend_name() == "sqlite" else None
    return (Path(fichier).parent if fichier else RACINE / "data") / "publie"


def _hold_folder(engine: sa.Engine) -> contextlib.AbstractContextManager[None]:
    return hold_lock(_folder(engine) / f"{_prefix(engine)}verrou")


def _prefix(engine: sa.Engine) -> str:
    """What the files of this database begin with: several may share a folder."""
    adresse = engine.url.set(password=None).render_as_string()
    return f"comite-{hashlib.sha256(adresse.encode()).hexdigest()[:8]}-"


def _digest_of(en_vigueur: dict[str, Publication]) -> str:
    contenu = "\n".join(f"{p.numero} {p.code_plie} {p.au} {p.version} {p.publie_le}" for p in en_vigueur.values())
    return hashlib.sha256(contenu.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _recipe() -> str:
    """Changes with the code that says what the file holds: what an older code wrote is written again."""
    return fingerprint([*(Path(module.__file__ or "") for module in _RECETTE), Path(__file__)])


def _files(engine: sa.Engine, recette: str) -> list[Path]:
    """The bases of the committee of this one made by that code (empty: by any), the last written first."""
    trouves = _folder(engine).glob(f"{_prefix(engine)}{recette}*.db")
    return sorted(trouves, key=lambda fichier: fichier.stat().st_mtime_ns, reverse=True)


def _address(fichier: Path) -> str:
    """Read only, and different for each writing, so that a connection kept open is never taken for the new file."""
    marque = {"mode": "ro", "immutable": "1", "uri": "true", "ecrit": str(fichier.stat().st_mtime_ns)}
    return sa.URL.create("sqlite", database=f"file:{quote(str(fichier))}", query=marque).render_as_string()


def _is_sound(fichier: Path) -> bool:
    """True if the file is there and whole; looked into once for each writing."""
    try:
        etat = fichier.stat()
    except OSError:
        return False
    marque = (etat.st_ino, etat.st_size, etat.st_mtime_ns)
    if _sains.get(fichier) != marque:
        if not _is_whole(fichier):
            _journal.warning("PUB-011 base publiée abîmée, écrite à nouveau")
            return False
        _sains[fichier] = marque
    return True


def _is_whole(fichier: Path) -> bool:
    adresse = f"file:{quote(str(fichier))}?mode=ro&immutable=1"
    try:
        with contextlib.closing(sqlite3.connect(adresse, uri=True)) as base:
            return base.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.Error:
        return False


def _write(engine: sa.Engine, en_vigueur: dict[str, Publication], fichier: Path) -> None:
    """Write what these publications open, from the last file where it holds the same; then give it its name."""
    brouillon = fichier.with_suffix(".ecriture")
    _remove([brouillon])
    precedent = next((p for p in _files(engine, _recipe()[:8]) if p != fichier and _is_sound(p)), None)
    if precedent:
        shutil.copyfile(precedent, brouillon)
    cible = make_engine(f"sqlite:///{brouillon}")
    try:
        with engine.connect() as base:
            _fill(base, en_vigueur, cible)
        with cible.connect() as ecrite:
            ecrite.exec_driver_sql("PRAGMA journal_mode=DELETE")
        cible.dispose()
        brouillon.replace(fichier)
    finally:
        cible.dispose()
        _remove([brouillon])
    _remove(_files(engine, "")[FICHIERS_GARDES:])


def _fill(base: sa.Connection, en_vigueur: dict[str, Publication], cible: sa.Engine) -> None:
    tenues = _take_publications(cible)
    if not tenues.keys() <= en_vigueur.keys():
        t.metadata.drop_all(cible)
        tenues = _take_publications(cible)
    deja = {code for code, p in tenues.items() if code in en_vigueur and en_vigueur[code].version == p.version}
    rebuild(base, {code: p.version for code, p in en_vigueur.items()}, cible, deja)
    with cible.begin() as ecrite:
        for code, p in en_vigueur.items():
            ecrite.execute(sa.update(t.plie).where(t.plie.c.code_plie == code).values(date_extraction=p.au))
            ecrite.execute(
                sa.insert(t.publications).values(
                    id=p.numero,
                    code_plie=code,
                    au=p.au,
                    version_id=p.version,
                    publie_le=p.publie_le,
                    publie_par=p.publie_par,
                )
            )


def _take_publications(cible: sa.Engine) -> dict[str, Publication]:
    """What the file opened so far, taken out of it; its tables are made if it is new."""
    t.metadata.create_all(cible)
    with cible.begin() as ecrite:
        tenues = last_publications(ecrite)
        ecrite.execute(sa.delete(t.publications))
    return tenues


def _remove(fichiers: list[Path]) -> None:
    """Take files away with what SQLite keeps beside them; one that is held open (Windows) goes the next time."""
    for fichier in fichiers:
        _sains.pop(fichier, None)
        for suite in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                fichier.with_name(fichier.name + suite).unlink(missing_ok=True)
