"""Why the data of a PLIE differ between two versions: the changes taken one cause after the other.

In the order of `CAUSES`, each cause is added to those before it: the first state is the old version, the last the new.
A late recording is an event that had happened by the day of the old edition and was entered after it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.classeur.conversion import Valeurs
from data_access.colonnes import Feuille, Lien
from data_access.format import FEUILLES, feuille
from data_access.historique.comparaison import AJOUT, RETRAIT, Changement, LigneNotee, list_changes
from data_access.historique.instantane import as_values, loaded_sheets_at, rows_at, write_rows, write_versions


class Cause(StrEnum):
    """Why rows differ. `REGLES`: any sheet that describes the programme rather than people."""

    REGLES = "regles"
    RETRAITS = "retraits"
    CORRECTIONS = "corrections"
    TARDIVES = "tardives"
    NOUVEAUX = "nouveaux"


CAUSES = tuple(Cause)
Images = list[LigneNotee | None]
LignesParFeuille = dict[str, list[Valeurs]]
"""Rows of each sheet."""

_DESCRIPTIONS = frozenset(f.nom for f in FEUILLES if not f.numeros and not any(c.debut for c in f.colonnes))


@dataclass(frozen=True)
class EtatDesDonnees:
    """The data once `cause` (None: the old version) and those before it are in. `changements`: how many it brings."""

    cause: Cause | None
    lignes: LignesParFeuille
    changements: int


def open_states(
    base: sa.Connection, code_plie: str, de: int, a: int, jour: date
) -> Iterator[tuple[EtatDesDonnees, sa.Connection]]:
    """Each state of `list_states` with a database that holds it, of its own: `publier` remembers what it read of a
    version in a database."""
    feuilles = loaded_sheets_at(base, code_plie, a)
    with TemporaryDirectory(prefix="plie_") as dossier:
        for rang, etat in enumerate(list_states(base, code_plie, de, a, jour)):
            engine = make_engine(f"sqlite:///{Path(dossier) / f'etat_{rang}.db'}")
            try:
                t.metadata.create_all(engine)
                with engine.connect() as passe:
                    # The order of the writing does not matter before the end of the transaction.
                    passe.exec_driver_sql("BEGIN")
                    passe.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                    write_rows(passe, code_plie, a, etat.lignes, feuilles)
                    write_versions(base, {code_plie: a}, passe)
                    passe.commit()
                    yield etat, passe
            finally:
                engine.dispose()


def list_states(base: sa.Connection, code_plie: str, de: int, a: int, jour: date) -> Iterator[EtatDesDonnees]:
    """The old version, then one state per cause that changes something. `jour`: the day of the old edition.

    Raises Refus.
    """
    anciennes = {f.nom: rows_at(base, f.nom, code_plie, de) for f in FEUILLES}
    changements = {f.nom: list_changes(base, de, a, f.nom, code_plie) for f in FEUILLES}
    yield EtatDesDonnees(None, anciennes, 0)
    avant = None
    for rang, cause in enumerate(CAUSES):
        images = {nom: [_image(x, rang, jour) for x in liste] for nom, liste in changements.items()}
        if avant is not None:
            nombre = sum(x != y for nom in images for x, y in zip(avant[nom], images[nom], strict=True))
        else:
            nombre = sum(x != c.avant for nom in images for c, x in zip(changements[nom], images[nom], strict=True))
        avant = images
        if nombre:
            yield EtatDesDonnees(cause, _keep_attached(_apply(anciennes, changements, images)), nombre)


def _image(changement: Changement, rang: int, jour: date) -> LigneNotee | None:
    """The row once the causes up to `rang` are in; None while (or once) it is not there."""
    cause = CAUSES[rang]
    if changement.feuille in _DESCRIPTIONS or cause is Cause.NOUVEAUX:
        return changement.apres
    if changement.genre == RETRAIT:
        return None if rang >= CAUSES.index(Cause.RETRAITS) else changement.avant
    if changement.genre == AJOUT:
        return _late_row(changement, jour) if cause is Cause.TARDIVES else None
    if rang < CAUSES.index(Cause.CORRECTIONS):
        return changement.avant
    return _completed(changement, jour if cause is Cause.TARDIVES else date.min)


def _late_row(changement: Changement, jour: date) -> LigneNotee | None:
    """An added row as it should have been known on that day; None when its event came after."""
    apres = changement.apres or {}
    debut = next((apres.get(c.nom) for c in feuille(changement.feuille).colonnes if c.debut), None)
    if debut is not None and debut > jour.isoformat():
        return None
    return _without(apres, changement.feuille, lambda colonne: apres[colonne] > jour.isoformat(), {})


def _completed(changement: Changement, jour: date) -> LigneNotee:
    """A changed row with its corrections, and the events that complete it up to that day."""
    avant, apres = changement.avant or {}, changement.apres or {}

    def is_later(colonne: str) -> bool:
        return avant.get(colonne) is None and apres[colonne] > jour.isoformat()

    return _without(apres, changement.feuille, is_later, avant)


def _without(ligne: LigneNotee, nom: str, is_later: Callable[[str], bool], avant: Mapping) -> LigneNotee:
    """The row without the days that came later, nor what is told with them: as `avant` had them."""
    tardifs = {c.nom for c in feuille(nom).colonnes if c.plus_tard and ligne.get(c.nom) is not None and is_later(c.nom)}
    partent = [c.nom for c in feuille(nom).colonnes if tardifs & {c.nom, c.avec}]
    return ligne | {colonne: avant.get(colonne, _default(colonne)) for colonne in partent}


def _default(colonne: str) -> str | None:
    # The only completed column that cannot be empty: an étape whose end is not known goes on.
    return "en_cours" if colonne == "statut" else None


def _apply(
    anciennes: LignesParFeuille,
    changements: Mapping[str, list[Changement]],
    images: Mapping[str, Images],
) -> LignesParFeuille:
    return {f.nom: _apply_one(f, anciennes[f.nom], changements[f.nom], images[f.nom]) for f in FEUILLES}


def _apply_one(origine: Feuille, lignes: list[Valeurs], changements: list[Changement], images: Images) -> list[Valeurs]:
    remplacees: dict[Valeurs, Images] = {}
    ajoutees = []
    for changement, image in zip(changements, images, strict=True):
        ancienne = as_values(origine, changement.avant)
        if ancienne is not None:
            remplacees.setdefault(ancienne, []).append(image)
        elif image is not None:
            ajoutees.append(image)
    gardees: list[LigneNotee | Valeurs | None] = [_take(remplacees, valeurs) for valeurs in lignes]
    resultat = [x if isinstance(x, tuple) else as_values(origine, x) for x in (*gardees, *ajoutees)]
    return [x for x in resultat if x is not None]


def _take(remplacees: dict[Valeurs, Images], valeurs: Valeurs) -> LigneNotee | Valeurs | None:
    """What became of a row: its image, or itself. Identical rows are replaced one by one."""
    images = remplacees.get(valeurs)
    return images.pop() if images else valeurs


def _keep_attached(lignes: LignesParFeuille) -> LignesParFeuille:
    """Without the rows whose parent is not there yet, or no more."""
    for f in FEUILLES:
        for colonne in f.citations(Lien.TENU):
            citee, rang = feuille(colonne.cite), f.rangs[colonne.nom]
            presents = {ligne[citee.rangs[citee.cited_as(colonne.nom)]] for ligne in lignes[citee.nom]}
            lignes[f.nom] = [ligne for ligne in lignes[f.nom] if ligne[rang] in presents]
    return lignes
