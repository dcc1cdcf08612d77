"""The people that a PLIE's data speak of, in the tables and in the journal of imports, and how long they were followed.

A person taken out by a later import is no longer in the tables, but the journal still has the rows of before.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.classeur.effacements import is_anonymous
from data_access.format import FEUILLES

LOT = 5_000
FEUILLES_DE_PERSONNES = tuple(origine.table for origine in FEUILLES if origine.numeros)
"""The tables whose rows are those of one person."""


@dataclass
class Personne:
    """One participant. `fin`: last day known of the follow-up; an open parcours is followed until the extraction.

    `presente`: still in the tables. `naissances`: the dates of birth given in turn.
    """

    numero: str
    presente: bool = False
    parcours: set[str] = field(default_factory=set)
    entrees: set[date] = field(default_factory=set)
    naissances: set[date] = field(default_factory=set)
    fin: date | None = None

    def follow_until(self, jour: date) -> None:
        """The person was followed that day."""
        self.fin = jour if self.fin is None else max(self.fin, jour)


def list_people(base: sa.Connection, code_plie: str) -> dict[str, Personne]:
    """Everyone not yet anonymised of whom something is kept about that PLIE, by number."""
    return _Recensement(base, code_plie).people()


def list_codes(base: sa.Connection) -> list[str]:
    """The PLIE of which something is kept, loaded or taken back since."""
    requete = sa.union(sa.select(t.plie.c.code_plie), sa.select(t.journal.c.code_plie))
    return sorted(code for code in base.execute(requete).scalars() if code)


class _Recensement:
    def __init__(self, base: sa.Connection, code_plie: str) -> None:
        self._base, self._code = base, code_plie
        self._personnes: dict[str, Personne] = {}
        self._proprietaires: dict[str, str] = {}
        self._fins: dict[str, date | None] = {}
        self._partis_le: dict[str, date] = {}

    def people(self) -> dict[str, Personne]:
        self._read_journal()
        extraction = self._read_tables()
        for parcours, numero in self._proprietaires.items():
            personne = self._person(numero)
            personne.parcours.add(parcours)
            jour = self._fins[parcours] or self._partis_le.get(parcours) or extraction
            if jour:
                personne.follow_until(jour)
        for personne in self._personnes.values():
            if personne.fin is None and extraction:
                personne.follow_until(extraction)
        return {n: p for n, p in sorted(self._personnes.items()) if not is_anonymous(n)}

    def _person(self, numero: str) -> Personne:
        return self._personnes.setdefault(numero, Personne(numero))

    def _read_journal(self) -> None:
        for table, moment, avant, apres in journal_rows(self._base, self._code, ("participants", "parcours")):
            for ligne in filter(None, (avant, apres)):
                if table == "participants":
                    self._note_birth(self._person(ligne["id_participant"]), ligne.get("date_naissance"))
                else:
                    self._note_parcours(ligne)
            if table == "parcours":
                numero = (apres or avant or {})["id_parcours"]
                self._partis_le.pop(numero, None)
                if apres is None:
                    self._partis_le[numero] = moment.date()

    def _note_birth(self, personne: Personne, jour: str | None) -> None:
        if jour:
            personne.naissances.add(date.fromisoformat(jour))

    def _note_parcours(self, ligne: dict[str, Any]) -> None:
        sortie = ligne.get("sortie_le")
        self._proprietaires[ligne["id_parcours"]] = ligne["id_participant"]
        self._fins[ligne["id_parcours"]] = date.fromisoformat(sortie) if sortie else None
        self._person(ligne["id_participant"]).entrees.add(date.fromisoformat(ligne["entree_le"]))

    def _read_tables(self) -> date | None:
        """What the tables hold has the last word; gives the day of the extraction."""
        p, q = t.parcours.c, t.participants.c
        requete = sa.select(q.id_participant, q.date_naissance).where(q.code_plie == self._code)
        for numero, naissance in self._base.execute(requete):
            personne = self._person(numero)
            personne.presente = True
            if naissance:
                personne.naissances.add(naissance)
        requete = sa.select(p.id_parcours, p.id_participant, p.entree_le, p.sortie_le).where(p.code_plie == self._code)
        for ligne in self._base.execute(requete):
            self._proprietaires[ligne.id_parcours], self._fins[ligne.id_parcours] = (
                ligne.id_participant,
                ligne.sortie_le,
            )
            self._partis_le.pop(ligne.id_parcours, None)
            self._person(ligne.id_participant).entrees.add(ligne.entree_le)
        return self._base.execute(sa.select(t.plie.c.date_extraction).where(t.plie.c.code_plie == self._code)).scalar()


def journal_rows(base: sa.Connection, code_plie: str, tables: tuple[str, ...]) -> Iterator[sa.Row]:
    """(table, moment, before, after) of every change of these tables of a PLIE, the oldest first."""
    j, v = t.journal.c, t.versions.c
    requete = (
        sa.select(j.nom_table, v.moment, j.avant, j.apres)
        .join_from(t.journal, t.versions, j.version_id == v.id)
        .where(j.code_plie == code_plie, j.nom_table.in_(tables))
        .order_by(j.id)
    )
    yield from base.execute(requete.execution_options(yield_per=LOT))


def group_by_parcours(base: sa.Connection, code_plie: str, table: str, *colonnes: str) -> dict[str, set[tuple]]:
    """Values of these columns of `table` (days as in the journal) by parcours, tables and journal together."""
    valeurs: dict[str, set[tuple]] = defaultdict(set)
    origine = t.TABLES[table]
    requete = sa.select(origine.c.id_parcours, *(origine.c[nom] for nom in colonnes))
    for ligne in base.execute(requete.where(origine.c.code_plie == code_plie)):
        valeurs[ligne[0]].add(tuple(v.isoformat() if isinstance(v, date) else v for v in ligne[1:]))
    for _, _, avant, apres in journal_rows(base, code_plie, (table,)):
        for contenu in filter(None, (avant, apres)):
            valeurs[contenu["id_parcours"]].add(tuple(contenu.get(nom) for nom in colonnes))
    return valeurs
