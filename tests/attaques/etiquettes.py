"""A PLIE whose every label is hostile, and what the screens make of it."""

import html
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.colonnes import Genre
from data_access.format import FEUILLES
from data_access.seances.decisions import Decision
from indicators.perimetre import Periode
from seances.decisions import keep_decision
from seances.edition import compose
from seances.preparation import DemandeDEdition
from seances.publication import publish_edition

HOSTILE = (
    "*gras* `c` $x^2$ [lien](http://m.fr) ![i](http://m.fr/i.png) :red[r] :material/home: :smile: "
    "<b>balise</b> ~~r~~ &amp; a -> b"
)
CODE_HOSTILE = "*c* $y$ :red[z]"
CODES = ("code_operation", "type_etape", "code_classe", "type_sortie", "code_referent")
# Read by the program as well as by people: numbers, lists of numbers.
_LUS_PAR_LE_PROGRAMME = ("seuils_parcours_longs", "bornes_age", "unite", "part", "departement")
CODE = "AGENAIS"


def make_hostile(url: str) -> None:
    """Every text and every code of the database, its anomalies, its rights, then an edition and a decision."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as base:
        for feuille in FEUILLES:
            for colonne in feuille.colonnes:
                if colonne.genre is Genre.TEXTE and colonne.nom not in _LUS_PAR_LE_PROGRAMME:
                    marque = mark(feuille.table, colonne.nom)
                    valeur = f"coalesce({colonne.nom}, '') || ' {marque} ' || ?"
                    base.execute(f"UPDATE {feuille.table} SET {colonne.nom} = {valeur}", (HOSTILE,))
        for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for colonne in base.execute(f"PRAGMA table_info({table})").fetchall():
                if colonne[1] in CODES:
                    base.execute(f"UPDATE {table} SET {colonne[1]} = {colonne[1]} || ?", (f" {CODE_HOSTILE}",))
        for table, colonne in (("anomalies", "message"), ("anomalies", "conseil"), ("versions", "classeur")):
            base.execute(f"UPDATE {table} SET {colonne} = {colonne} || ?", (f" {mark(table, colonne)} {HOSTILE}",))
    _add_meeting(url)


def _add_meeting(url: str) -> None:
    engine = make_engine(url)
    with engine.begin() as base:
        demande = DemandeDEdition(
            CODE, "comite_pilotage", Periode(date(2021, 1, 1), date(2021, 6, 30)), commentaire=f"Zzmot {HOSTILE}"
        )
        gardee = publish_edition(base, compose(base, demande), "essai", "animation")
        keep_decision(base, Decision(CODE, gardee.numero, f"Zzdecision {HOSTILE}", f"Zzporteur {HOSTILE}"), "essai")
        base.execute(
            sa.insert(t.droits).values(
                identite="a@b.fr", role="comite", code_plie=CODE, accorde_le=sa.func.now(), accorde_par="essai"
            )
        )
    engine.dispose()


def mark(table: str, colonne: str) -> str:
    """What says, on a screen, which column a label comes from."""
    return f"Zz{table}.{colonne}"


@dataclass(frozen=True)
class Trace:
    """A text of a screen: which kind of element it is in, and whether Streamlit reads it as Markdown."""

    genre: str
    texte: str
    markdown: bool


def read_texts(app: AppTest) -> Iterator[Trace]:
    """Every text of a page."""
    for noeud in _nodes(app._tree):
        proto = getattr(noeud, "proto", None)
        if proto is None:
            continue
        genre = proto.DESCRIPTOR.name
        if genre.startswith("Arrow") or genre == "Table":
            for texte in _cells(noeud):
                yield Trace(genre, texte, markdown=noeud.type in ("table", "arrow_table"))
            continue
        for nom, texte in _strings(proto):
            yield Trace(genre, texte, _is_markdown(genre, nom))


def _nodes(noeud: Any) -> Iterator[Any]:
    yield noeud
    for enfant in getattr(noeud, "children", {}).values():
        yield from _nodes(enfant)


def _cells(noeud: Any) -> Iterator[str]:
    table = noeud.value
    table = getattr(table, "data", table)
    yield from (str(nom) for nom in table.columns)
    yield from (str(valeur) for valeur in table.to_numpy().ravel())


def _strings(proto: Any) -> Iterator[tuple[str, str]]:
    for champ, valeur in proto.ListFields():
        valeurs = valeur if champ.is_repeated else [valeur]
        for v in valeurs:
            if isinstance(v, str):
                yield champ.name, v
            elif hasattr(v, "ListFields"):
                yield from _strings(v)


def _is_markdown(genre: str, nom: str) -> bool:
    if genre in ("Text", "Html", "ArrowVegaLiteChart"):
        return False
    return nom in ("body", "label", "help", "caption", "text", "content", "title") or (genre, nom) == (
        "Radio",
        "options",
    )


def is_changed(trace: Trace) -> bool:
    """True when a hostile label would not be read as it was typed."""
    if trace.markdown:
        return any(brut in trace.texte for brut in ("*gras*", " $x^2$", " [lien]", " *c*", " $y$"))
    if trace.genre == "Html":
        return "<b>" in trace.texte and html.escape("<b>balise") not in trace.texte
    # Doubly escaped: what shows text as it is would show the backslashes.
    return r"\*gras" in trace.texte or json.dumps(r"\*gras")[1:-1] in trace.texte or r"\*c\*" in trace.texte
