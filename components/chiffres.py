"""The only place that keeps figures: everything a page shows is asked here.

Keys are small frozen values (base, data version, rights, filters): a new import or other rights
never meet an old figure. Nothing kept here reads who is connected.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from components.base import connect, current_url, read_version
from components.messages import CALCUL
from components.session import current_rights
from indicators.objectifs import ObjectifEvalue, evaluate_objectifs
from indicators.perimetre import Droits, Filtres, Periode
from indicators.publication import publier
from indicators.referentiel import (
    Operation,
    Plie,
    Territoire,
    list_invented,
    list_labels,
    list_operations,
    list_plie,
    list_territoires,
)
from indicators.resultats import ResultatPublie


@dataclass(frozen=True)
class Cle:
    """What every kept answer depends on."""

    url: str
    version: int
    droits: Droits


@dataclass(frozen=True)
class Programmes:
    """What filters offer: the PLIE one may read, their operations and territories."""

    plie: tuple[Plie, ...]
    operations: tuple[Operation, ...]
    territoires: tuple[Territoire, ...]
    inventes: frozenset[str] = frozenset()


def chiffre(code: str, filtres: Filtres) -> ResultatPublie:
    """The indicator over these filters, for the rights of the moment. PublicationRefusee passes through."""
    return _chiffre(_key(), code, filtres)


def chiffre_un_an_avant(code: str, filtres: Filtres) -> ResultatPublie:
    """The same figure over the same period of the year before."""
    return chiffre(code, filtres.over(filtres.periode.one_year_before()))


def chiffre_la_veille(code: str, filtres: Filtres) -> ResultatPublie:
    """A stock on the evening before the period begins."""
    veille = filtres.periode.du - timedelta(days=1)
    return chiffre(code, filtres.over(Periode(veille, veille)))


def objectifs(plie: tuple[str, ...], au: date, operation: str | None = None) -> list[ObjectifEvalue]:
    """Targets of those PLIE (or of one operation) on the evening of `au`."""
    return [objectif for code in plie for objectif in _objectifs(_key(), code, au, operation)]


def programmes() -> Programmes:
    """What the filters may offer to the rights of the moment."""
    return _programmes(_key())


def are_invented(plie: tuple[str, ...]) -> bool:
    """True when one of those PLIE holds sample people, who do not exist."""
    return not programmes().inventes.isdisjoint(plie)


def short_name(nom: str) -> str:
    """« Agenais » for « PLIE de l’Agenais »: how it is looked for in a list."""
    for mot in ("PLIE ", "de l’", "des ", "du ", "de "):
        nom = nom.removeprefix(mot)
    return nom


def labels(plie: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Names of coded parts, by split."""
    return _labels(_key(), plie)


def _key() -> Cle:
    return Cle(current_url(), read_version(), current_rights())


@st.cache_data(max_entries=5000, show_spinner=CALCUL)
def _chiffre(cle: Cle, code: str, filtres: Filtres) -> ResultatPublie:
    with connect(cle.url) as base:
        return publier(base, code, filtres, cle.droits)


@st.cache_data(max_entries=500, show_spinner=CALCUL)
def _objectifs(cle: Cle, code_plie: str, au: date, operation: str | None) -> list[ObjectifEvalue]:
    with connect(cle.url) as base:
        return evaluate_objectifs(base, code_plie, au, cle.droits, operation)


@st.cache_data(max_entries=50, show_spinner=CALCUL)
def _programmes(cle: Cle) -> Programmes:
    with connect(cle.url) as base:
        plie = [p for p in list_plie(base) if cle.droits.plie is None or p.code_plie in cle.droits.plie]
        codes = [p.code_plie for p in plie]
        return Programmes(
            tuple(sorted(plie, key=lambda p: short_name(p.nom))),
            tuple(list_operations(base, codes)),
            tuple(list_territoires(base, codes)),
            list_invented(base),
        )


@st.cache_data(max_entries=200, show_spinner=CALCUL)
def _labels(cle: Cle, plie: tuple[str, ...]) -> dict[str, dict[str, str]]:
    with connect(cle.url) as base:
        return list_labels(base, plie)
