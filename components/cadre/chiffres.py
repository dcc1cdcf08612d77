"""The only place that keeps figures: everything a page shows is asked here.

Keys are small frozen values (base, data version, rights, filters): a new import, a new publication or other rights
never meet an old figure. Nothing kept here reads who is connected.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from components.acces.base import connect_while_awaited, read_version
from components.acces.session import current_session
from components.cadre.offre import Programmes, keep_open_operations, keep_open_territories, keep_present
from components.messages.etats import CALCUL
from data_access.refus import Refus
from data_access.seances.publications import Publication, last_publications
from indicators.comparable import publier_un_an_avant
from indicators.objectifs import ObjectifEvalue, evaluate_objectifs
from indicators.perimetre import Droits, Filtres
from indicators.publication import publier
from indicators.referentiel import list_invented, list_labels, list_operations, list_plie, list_territoires
from indicators.resultats import ResultatPublie
from seances.edition import compose
from seances.preparation import DemandeDEdition
from sections.contenu import Edition
from sections.lecture import short_name

RIEN_DE_PUBLIE = (
    "L’équipe d’animation n’a pas encore publié de chiffres pour vous : le comité ne lit que des chiffres publiés. "
    "Demandez-lui de publier une date. [DRO-005]"
)


@dataclass(frozen=True)
class Cle:
    """What every kept answer depends on."""

    url: str
    version: int
    droits: Droits


# Frozen values of text and days: what they print tells them apart, at a tenth of the cost of going through them.
EMPREINTES: dict[str | type, Callable[[Any], str]] = {Cle: repr, Filtres: repr}


def chiffre(code: str, filtres: Filtres) -> ResultatPublie:
    """The indicator over these filters, for the rights of the moment. Refus passes through."""
    return _chiffre(_key(), code, filtres)


def chiffre_un_an_avant(code: str, filtres: Filtres) -> ResultatPublie:
    """The same figure over the same period of the year before, or that nothing compares (`indicators.comparable`)."""
    return _un_an_avant(_key(), code, filtres)


def objectifs(plie: tuple[str, ...], au: date, operation: str | None = None) -> list[ObjectifEvalue]:
    """Targets of those PLIE (or of one operation) on the evening of `au`."""
    return [objectif for code in plie for objectif in _objectifs(_key(), code, au, operation)]


def programmes() -> Programmes:
    """What the filters may offer to the rights of the moment; nothing to the committee before a publication."""
    if current_session().url is None:
        return Programmes((), (), ())
    return _programmes(_key())


def are_invented(plie: tuple[str, ...]) -> bool:
    """True when one of those PLIE holds sample people, who do not exist."""
    return not programmes().inventes.isdisjoint(plie)


def labels(plie: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Names of coded parts, by split."""
    return _labels(_key(), plie)


def reading_url() -> str:
    """The database that the person reads. Refus: the committee, before any publication."""
    url = current_session().url
    if url is None:
        raise Refus(RIEN_DE_PUBLIE)
    return url


def _key() -> Cle:
    url, session = reading_url(), current_session()
    if not session.reads_published:
        return Cle(url, read_version(), session.droits)
    # The published dates are those of the very database that is read. Its address changes with each publication,
    # and nothing else changes it.
    publie_au = tuple(sorted((code, p.au) for code, p in _publications(url).items()))
    return Cle(url, 0, replace(session.droits, publie_au=publie_au))


@st.cache_data(max_entries=5000, show_spinner=CALCUL, hash_funcs=EMPREINTES)
def _chiffre(cle: Cle, code: str, filtres: Filtres) -> ResultatPublie:
    with connect_while_awaited(cle.url) as base:
        return publier(base, code, filtres, cle.droits)


@st.cache_data(max_entries=5000, show_spinner=CALCUL, hash_funcs=EMPREINTES)
def _un_an_avant(cle: Cle, code: str, filtres: Filtres) -> ResultatPublie:
    with connect_while_awaited(cle.url) as base:
        return publier_un_an_avant(base, code, filtres, cle.droits)


@st.cache_data(max_entries=500, show_spinner=CALCUL, hash_funcs=EMPREINTES)
def _objectifs(cle: Cle, code_plie: str, au: date, operation: str | None) -> list[ObjectifEvalue]:
    with connect_while_awaited(cle.url) as base:
        return evaluate_objectifs(base, code_plie, au, cle.droits, operation)


@st.cache_data(max_entries=50, show_spinner=False)
def _publications(url: str) -> dict[str, Publication]:
    with connect_while_awaited(url) as base:
        return last_publications(base)


@st.cache_data(max_entries=50, show_spinner=CALCUL, hash_funcs=EMPREINTES)
def _programmes(cle: Cle) -> Programmes:
    droits = cle.droits
    lit_le_publie = droits.publie_au is not None
    publiees = _publications(cle.url) if lit_le_publie else {}
    with connect_while_awaited(cle.url) as base:
        plie = [p for p in list_plie(base) if droits.plie is None or p.code_plie in droits.plie]
        codes = [p.code_plie for p in plie]
        operations = keep_open_operations(list_operations(base, codes), droits.limites)
        territoires = keep_open_territories(list_territoires(base, codes), droits.limites)
        limites = keep_present(droits.limites, operations, territoires)
        # A PLIE of which nothing that is open exists is not offered: whatever was asked of it would be refused.
        fermes = {limite.plie for limite in droits.limites} - {limite.plie for limite in limites}
        return Programmes(
            tuple(sorted((p for p in plie if p.code_plie not in fermes), key=lambda p: short_name(p.nom))),
            operations,
            territoires,
            list_invented(base),
            limites,
            tuple(publiees[code] for code in codes if code in publiees),
            len(set(droits.plie or ()) - publiees.keys()) if lit_le_publie else 0,
        )


@st.cache_data(max_entries=200, show_spinner=CALCUL, hash_funcs=EMPREINTES)
def _labels(cle: Cle, plie: tuple[str, ...]) -> dict[str, dict[str, str]]:
    with connect_while_awaited(cle.url) as base:
        return list_labels(base, plie)


def composer(demande: DemandeDEdition) -> Edition:
    """The edition that the demand describes, from the live data. The page that asks is for the team alone."""
    return _composer(_key(), demande)


@st.cache_data(max_entries=40, show_spinner=CALCUL, hash_funcs=EMPREINTES)
def _composer(cle: Cle, demande: DemandeDEdition) -> Edition:
    with connect_while_awaited(cle.url) as base:
        return compose(base, demande)
