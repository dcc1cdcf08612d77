"""People erased or anonymised: the numbers that stand for them, and their own, which must not come back.

Erased numbers are kept as salted digests. What one tells whoever holds the database is that a number they already know
was erased, and nothing more: no row bears it, and digests are kept in the order of their own value.
"""

import hashlib
import secrets
from collections.abc import Callable, Collection, Iterable
from functools import cache

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.lots import execute_many
from data_access.classeur import controles as c
from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.conversion import FeuilleLue, Valeurs
from data_access.colonnes import Feuille
from data_access.format import FEUILLES

ANONYMISATION = "Anonymisation"
"""Stands for the name of a workbook in the version that an anonymisation opens."""

PREFIXE = "anonyme-"
NUMEROS = frozenset(k.nom for f in FEUILLES for k in f.colonnes if k.numero and k.cite)
"""The columns that say whose row it is, of which what was erased is remembered."""


def new_number() -> str:
    """A number drawn at random."""
    return PREFIXE + secrets.token_hex(8)


def is_anonymous(numero: object) -> bool:
    """True for a number given by an anonymisation."""
    return isinstance(numero, str) and numero.startswith(PREFIXE)


def anonymous_index(origine: Feuille) -> int | None:
    """Index, in a typed row of that sheet, of the number that tells whether the row is anonymised; None: never."""
    return origine.rangs[origine.numeros[-1]] if origine.numeros else None


class Effacements:
    """The erased numbers of some PLIE."""

    def __init__(self, base: sa.Connection, codes_plie: Collection[str]) -> None:
        e = t.effacements.c
        self._sels: dict[str, str] = {}
        self._empreintes: set[tuple[str, str]] = set()
        requete = sa.select(e.code_plie, e.sel, e.empreinte).where(e.code_plie.in_(sorted(codes_plie)))
        for code, sel, empreinte in base.execute(requete):
            self._sels[code] = sel
            self._empreintes.add((code, empreinte))

    def __bool__(self) -> bool:
        return bool(self._empreintes)

    def contains(self, code_plie: str, nature: str, numero: object) -> bool:
        """True if that number (`nature`: the column that bears it) was erased."""
        sel = self._sels.get(code_plie)
        return sel is not None and (code_plie, _digest(sel, nature, numero)) in self._empreintes

    def add(self, base: sa.Connection, code_plie: str, nature: str, numeros: Iterable[str]) -> None:
        """Remember these numbers, not their order."""
        sel = self._sels.setdefault(code_plie, secrets.token_hex(16))
        nouvelles = {(code_plie, _digest(sel, nature, numero)) for numero in numeros} - self._empreintes
        self._empreintes |= nouvelles
        lignes = ({"code_plie": code, "sel": sel, "empreinte": empreinte} for code, empreinte in sorted(nouvelles))
        execute_many(base, sa.insert(t.effacements), lignes)


def drop_erased(lues: dict[str, FeuilleLue], effacements: Effacements | None, rapport: Rapport) -> None:
    """Take the rows of erased people out of a workbook; the report says how many, never which.

    Rows already anonymous go too: those that are stored stay as they are.
    """
    if not effacements:
        return
    parcours: set[tuple[str, str]] = set()
    for nom, lue in lues.items():
        erased = _reader(lue.feuille, effacements, parcours)
        retirees = {numero for numero, valeurs in lue.lignes.items() if erased(valeurs)}
        rang = anonymous_index(lue.feuille)
        for numero, valeurs in list(lue.lignes.items()):
            if numero in retirees or (rang is not None and is_anonymous(valeurs[rang])):
                del lue.lignes[numero]
        for numero in [numero for numero, valeurs in lue.rejetees.items() if erased(valeurs)]:
            del lue.rejetees[numero]
        if retirees:
            rapport.add(Anomalie(c.PERSONNES_EFFACEES, nom, detail=str(len(retirees))))


def _reader(origine: Feuille, effacements: Effacements, parcours: set[tuple[str, str]]) -> Callable[[Valeurs], bool]:
    """Says whether a row of this sheet is that of an erased person; notes in `parcours` the parcours met so."""
    rangs = {nom: origine.rangs[nom] for nom in origine.numeros if nom in NUMEROS}
    rang_parcours = rangs.get("id_parcours")
    contains = cache(effacements.contains)

    def erased(valeurs: Valeurs) -> bool:
        code = valeurs[0]
        if rang_parcours is not None and (code, valeurs[rang_parcours]) in parcours:
            return True
        if not any(contains(code, nom, valeurs[rang]) for nom, rang in rangs.items()):
            return False
        if rang_parcours is not None:
            parcours.add((code, valeurs[rang_parcours]))
        return True

    return erased


def _digest(sel: str, nature: str, numero: object) -> str:
    return hashlib.sha256(f"{sel}\n{nature}\n{numero}".encode()).hexdigest()
