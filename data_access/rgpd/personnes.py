"""The people that a PLIE's data speak of, in the tables and in the journal of imports, and how long they were followed.

A person taken out by a later import is no longer in the tables, but the journal still has the rows of before.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

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

    def follow_until(self, jour: date | None) -> None:
        """The person was followed that day, if it is known."""
        self.fin = max(filter(None, (self.fin, jour)), default=None)


def list_codes(base: sa.Connection) -> list[str]:
    """The PLIE of which something is kept, loaded or taken back since."""
    requete = sa.union(sa.select(t.plie.c.code_plie), sa.select(t.journal.c.code_plie))
    return sorted(code for code in base.execute(requete).scalars() if code)


def list_people(base: sa.Connection, code_plie: str) -> dict[str, Personne]:
    """Everyone not yet anonymised of whom something is kept about that PLIE, by number."""
    return _Recensement(base, code_plie).people()


class _Recensement:
    """Whose parcours are, and until when they last: what the tables hold has the last word on what the journal says."""

    def __init__(self, base: sa.Connection, code_plie: str) -> None:
        self._personnes: dict[str, Personne] = {}
        self._parcours: dict[str, tuple[str, date | None]] = {}
        self._partis_le: dict[str, date] = {}
        self._read_journal(base, code_plie)
        self._read_tables(base, code_plie)
        extraction = sa.select(t.plie.c.date_extraction).where(t.plie.c.code_plie == code_plie)
        self._extraction: date | None = base.execute(extraction).scalar()

    def people(self) -> dict[str, Personne]:
        for parcours, (numero, fin) in self._parcours.items():
            self._person(numero).parcours.add(parcours)
            self._person(numero).follow_until(fin or self._partis_le.get(parcours) or self._extraction)
        for personne in self._personnes.values():
            if personne.fin is None:
                personne.follow_until(self._extraction)
        return {n: p for n, p in sorted(self._personnes.items()) if not is_anonymous(n)}

    def _person(self, numero: str) -> Personne:
        return self._personnes.setdefault(numero, Personne(numero))

    def _note_birth(self, numero: str, naissance: date | None) -> Personne:
        personne = self._person(numero)
        personne.naissances |= {naissance} if naissance else set()
        return personne

    def _note_parcours(self, parcours: str, numero: str, entree: date, sortie: date | None) -> None:
        self._parcours[parcours] = numero, sortie
        self._partis_le.pop(parcours, None)
        self._person(numero).entrees.add(entree)

    def _read_journal(self, base: sa.Connection, code_plie: str) -> None:
        for ligne in journal_rows(base, code_plie, ("participants", "parcours")):
            for etat in filter(None, (ligne.avant, ligne.apres)):
                if ligne.nom_table == "participants":
                    self._note_birth(etat["id_participant"], _as_day(etat.get("date_naissance")))
                else:
                    entree = date.fromisoformat(etat["entree_le"])
                    self._note_parcours(
                        etat["id_parcours"], etat["id_participant"], entree, _as_day(etat.get("sortie_le"))
                    )
            if ligne.nom_table == "parcours" and ligne.apres is None:
                self._partis_le[ligne.avant["id_parcours"]] = ligne.moment.date()

    def _read_tables(self, base: sa.Connection, code_plie: str) -> None:
        p, q = t.parcours.c, t.participants.c
        for numero, naissance in base.execute(
            sa.select(q.id_participant, q.date_naissance).where(q.code_plie == code_plie)
        ):
            self._note_birth(numero, naissance).presente = True
        requete = sa.select(p.id_parcours, p.id_participant, p.entree_le, p.sortie_le).where(p.code_plie == code_plie)
        for ligne in base.execute(requete):
            self._note_parcours(*ligne)


def _as_day(jour: str | None) -> date | None:
    return date.fromisoformat(jour) if jour else None


def journal_rows(base: sa.Connection, code_plie: str, tables: Sequence[str]) -> Iterator[sa.Row]:
    """Every change of these tables of a PLIE, the oldest first, with the version that made it."""
    j, v = t.journal.c, t.versions.c
    requete = (
        sa.select(v.id.label("version"), v.moment, v.classeur, j.nom_table, j.avant, j.apres)
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
    for changement in journal_rows(base, code_plie, (table,)):
        for contenu in filter(None, (changement.avant, changement.apres)):
            valeurs[contenu["id_parcours"]].add(tuple(contenu.get(nom) for nom in colonnes))
    return valeurs
